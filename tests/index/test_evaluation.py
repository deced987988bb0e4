"""Quality figures, against numbers worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ConfigurationError
from index.evaluation import Judged, LabelledQuestion, auroc, figures, judge, normalise, read_questions, spread
from index.models import Answer, Citation, Quote
from tests.index.fakes import build_in, library_in, write_records


@pytest.mark.parametrize(
    ("positive", "negative", "expected"),
    [
        ([1.0], [0.0], 1.0),
        ([0.0], [1.0], 0.0),
        ([0.5], [0.5], 0.5),
        ([0.9, 0.4], [0.6, 0.1], 0.75),  # of four pairs only (0.4, 0.6) is the wrong way round
        ([0.8, 0.5, 0.5], [0.5, 0.2], 5 / 6),  # 1 + 1 + ½ + 1 + ½ + 1 = 5 of 6
    ],
)
def test_auroc_by_hand(positive: list[float], negative: list[float], expected: float) -> None:
    assert auroc(positive, negative) == pytest.approx(expected)


SCORES = st.lists(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]) | st.floats(0, 1), min_size=1, max_size=15)


@given(SCORES, SCORES)
def test_auroc_is_the_share_of_pairs_the_right_way_round(positive: list[float], negative: list[float]) -> None:
    pairs = [(p > n) + 0.5 * (p == n) for p in positive for n in negative]
    assert auroc(positive, negative) == pytest.approx(sum(pairs) / len(pairs))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("The  Bridge!", "bridge"),
        ("A man, an apple & the sea", "man apple sea"),
        ("voted 7–4", "voted 7 4"),
        ("Theatre", "theatre"),
        ("THE THE", ""),
        ("ﬁre", "fire"),
    ],
)
def test_answers_are_compared_as_squad_does(text: str, expected: str) -> None:
    assert normalise(text) == expected


def citation(article_id: str) -> Citation:
    return Citation(article_id, f"Title of {article_id}", f"{article_id}.txt")


def quote(article_id: str, text: str, highlight: str = "", start: int = 0) -> Quote:
    marked = highlight or text
    at = start + text.index(marked)
    return Quote(text, start, start + len(text), marked, (at, at + len(marked)), 0.5, citation(article_id))


def judged(
    quotes: Sequence[Quote] = (),
    *,
    answerable: bool = True,
    relevant: tuple[tuple[str, int, int], ...] = (("right", 0, 0),),
    answers: tuple[str, ...] = ("forty dogs",),
    confidence: float = 0.5,
    answered: bool = True,
) -> Judged:
    question = LabelledQuestion("q", "?", answers if answerable else (), answerable, relevant)
    return Judged(question, Answer("?", answered, confidence, tuple(quotes), (), 12.34))


def test_the_rank_is_that_of_the_first_quote_from_a_relevant_article() -> None:
    assert judged([]).rank == 0
    assert judged([quote("wrong", "No.")]).rank == 0
    assert judged([quote("right", "Yes.")]).rank == 1
    assert judged([quote("wrong", "No."), quote("right", "Yes."), quote("right", "Yes.")]).rank == 2


def test_an_answer_is_held_as_whole_words() -> None:
    question = LabelledQuestion("q", "How many?", ("forty dogs", "the"), True, ())
    assert question.holds("It carries FORTY  dogs.")
    for text in ("It carries forty dogsleds.", "dogs forty", "the the", ""):
        assert not question.holds(text)


def test_an_answer_may_stand_in_the_title_only_when_titles_count() -> None:
    one = judged([quote("right", "Nothing here.")], answers=("title of right",))
    assert not one.in_quote()
    assert one.in_quote(title=True)


@pytest.mark.parametrize(
    ("span", "on"),
    [((5, 9), True), ((0, 6), True), ((8, 20), True), ((0, 5), False), ((9, 20), False), ((0, 0), True)],
)
def test_a_quote_is_on_a_span_that_it_overlaps(span: tuple[int, int], on: bool) -> None:
    assert judged([quote("right", "Yes.", start=5)], relevant=(("right", *span),)).on_span() is on
    assert not judged([quote("wrong", "No.", start=5)], relevant=(("right", *span),)).on_span()


def test_no_questions_give_no_figures_to_mislead() -> None:
    assert figures([]) == {"questions": 0, "answerable": 0, "p50 ms": 0.0}


def test_figures_by_hand() -> None:
    hit = quote("right", "It sails. It carries forty dogs.", "It carries forty dogs.")
    unmarked = quote("right", "It sails. It carries forty dogs.", "It sails.")
    miss = quote("wrong", "It rains.")
    found = figures(
        [
            judged([hit, miss], confidence=0.9),
            judged([miss, unmarked], confidence=0.4, answered=False),
            judged([unmarked], confidence=0.8),
            judged([], confidence=0.1, answered=False),
            judged([miss], answerable=False, confidence=0.6),
            judged([], answerable=False, confidence=0.2, answered=False),
        ],
        [judged([miss], confidence=0.3)],
    )
    assert found == {
        "questions": 6,
        "answerable": 4,
        "article@1": 0.5,
        "MRR@10": 0.625,  # (1 + ½ + 1 + 0) / 4
        "all articles@10": 0.75,
        "on span": 0.5,
        "first quote": 0.5,
        "first three": 0.75,
        "seen first": 0.5,
        "seen in three": 0.75,
        "highlight": 0.5,  # of the two first quotes that hold the answer, one marks it
        "AUROC": 0.625,  # .9 and .8 beat both, .4 beats .2, .1 beats neither: 5 of 8
        "AUROC left out": 0.75,
        "answered": 0.5,
        "refused": 0.5,
        "p50 ms": 12.3,
    }


def test_a_question_of_several_articles_wants_all_of_them() -> None:
    both = (("right", 0, 0), ("other", 0, 0))
    assert figures([judged([quote("right", "Yes.")], relevant=both)])["all articles@10"] == 0
    assert figures([judged([quote("right", "Yes."), quote("other", "So.")], relevant=both)])["all articles@10"] == 1


def test_questions_are_read_with_what_is_given(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    full = {
        "id": 7,
        "question": "How many\u2028dogs?",
        "answers": ["forty", ""],
        "answerable": True,
        "relevant": [{"article_id": "ferry", "start": 3, "end": 9}, {"article_id": "chess"}],
        "asked_at": "2016-07-15T12:00:00+00:00",
    }
    bare = {"id": "b", "question": "Who?", "answerable": False}
    path.write_text(json.dumps(full, ensure_ascii=False) + "\n\n" + json.dumps(bare) + "\n", "utf-8")
    noon = datetime(2016, 7, 15, 12, tzinfo=UTC)
    assert read_questions(path) == [
        LabelledQuestion("7", "How many\u2028dogs?", ("forty",), True, (("ferry", 3, 9), ("chess", 0, 0)), noon),
        LabelledQuestion("b", "Who?", (), False, ()),
    ]
    assert read_questions(path)[0].articles == {"ferry", "chess"}


@pytest.mark.parametrize(
    "line", ["{", "[]", "5", "null", '{"id": 1}', '{"id":1,"question":"?","answerable":true,"asked_at":"soon"}']
)
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"id": 1, "question": "?", "answerable": false}\n' + line)
    with pytest.raises(ConfigurationError, match=r"questions\.jsonl, line 2, is not a labelled question"):
        read_questions(path)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "latin.jsonl").write_bytes(b'{"question": "caf\xe9"}')
    for path, reason in (("absent.jsonl", "No such file"), ("latin.jsonl", "not UTF-8"), (".", "directory")):
        with pytest.raises(ConfigurationError, match=reason):
            read_questions(tmp_path / path)


@pytest.mark.parametrize("others", [0, 2])
def test_leaving_out_hides_the_relevant_articles_also_when_there_are_no_others(tmp_path: Path, others: int) -> None:
    texts = {"ferry": "The ferry carries dogs.", "chess": "Chess is played.", "soup": "Soup is eaten."}
    write_records(tmp_path, [{"id": i, "title": i, "text": t} for i, t in list(texts.items())[: others + 1]])
    build_in(tmp_path)
    library = library_in(tmp_path)
    library.warm()
    question = LabelledQuestion("q", "Does the ferry carry dogs?", ("dogs",), True, (("ferry", 0, 0),))
    [open_book], [hidden] = judge(library, [question]), judge(library, [question], leave_out=True)
    assert open_book.rank == 1
    assert hidden.rank == 0
    assert len(hidden.answer.quotes) == others


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, range(10)), (1, [0]), (3, [0, 3, 6]), (5, [0, 2, 4, 6, 8]), (10, range(10)), (99, range(10))],
)
def test_a_sample_is_spread_over_the_file(count: int, expected: Sequence[int]) -> None:
    questions = [LabelledQuestion(str(i), "?", (), True, ()) for i in range(10)]
    assert [int(q.id) for q in spread(questions, count)] == list(expected)
    assert spread([], count) == []
