"""A quote is shown only when it stands, letter for letter, where it says it stands."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.chunking import chunk
from index.errors import ArticleNotFound, QuoteMismatch
from index.models import Article, Block, Citation, Quote
from index.quoting import prove, proved, quote_passage, widen

TEXT = (
    "The ferry left at nine. It carried Zoë’s “lucky” 🐕 dog. Nobody fell in.\n\n"
    "The ferry left at nine. It came back at ten, with nobody on board."
)
ARTICLE = Article("ferry", "The ferry", TEXT, "ferry.txt", blocks=(Block("paragraph", 0, len(TEXT)),))
CITATION = Citation("ferry", "The ferry", "ferry.txt")


def quote_of(start: int, end: int, mark: tuple[int, int]) -> Quote:
    return Quote(TEXT[start:end], start, end, TEXT[mark[0] : mark[1]], mark, 0.5, CITATION)


GOOD = quote_of(0, 56, (24, 56))


def test_a_verbatim_quote_holds() -> None:
    prove(GOOD, ARTICLE)
    prove(quote_of(0, len(TEXT), (0, len(TEXT))), ARTICLE)
    prove(quote_of(3, 4, (3, 4)), ARTICLE)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(GOOD, text=GOOD.text + " "),
        replace(GOOD, text=GOOD.text.replace("’", "'")),
        replace(GOOD, text=GOOD.text.replace("“", '"')),
        replace(GOOD, text=GOOD.text.replace("ë", "e\u0308")),
        replace(GOOD, text=GOOD.text.upper()),
        replace(GOOD, text=""),
        replace(GOOD, highlight=GOOD.highlight[:-1]),
        replace(GOOD, highlight=""),
        replace(GOOD, highlight="The ferry left at nine."),
        replace(GOOD, start=GOOD.start + 1),
        replace(GOOD, start=-len(TEXT)),
        replace(GOOD, end=GOOD.end + 1),
        replace(GOOD, end=GOOD.start),
        replace(GOOD, highlight_span=(24, 57)),
        replace(GOOD, highlight_span=(24, 24), highlight=""),
        replace(GOOD, highlight_span=(56, 24), highlight=""),
        replace(GOOD, citation=replace(CITATION, id="another")),
    ],
    ids=repr,
)
def test_a_quote_that_is_wrong_in_any_way_is_caught(wrong: Quote) -> None:
    with pytest.raises(QuoteMismatch) as caught:
        prove(wrong, ARTICLE)
    assert (caught.value.article_id, caught.value.start, caught.value.end) == (
        wrong.citation.id,
        wrong.start,
        wrong.end,
    )


def test_a_highlight_outside_its_quote_is_caught_even_if_it_is_verbatim() -> None:
    for mark in ((0, 23), (57, 74), (0, 60)):
        with pytest.raises(QuoteMismatch):
            prove(replace(quote_of(24, 56, (24, 56)), highlight_span=mark, highlight=TEXT[slice(*mark)]), ARTICLE)


def test_a_quote_past_the_end_of_its_article_is_caught() -> None:
    end = len(TEXT)
    with pytest.raises(QuoteMismatch):
        prove(Quote(TEXT[end - 9 :], end - 9, end + 5, TEXT[end - 9 :], (end - 9, end + 5), 0.5, CITATION), ARTICLE)


PLACES = st.integers(-5, len(TEXT) + 5)


def edited(words: str) -> st.SearchStrategy[str]:
    """`words` with a few characters put in, left out or exchanged at one place."""
    return st.builds(
        lambda at, new, cut: words[:at] + new + words[at + cut :],
        st.integers(0, len(words)),
        st.text(max_size=2),
        st.integers(0, 2),
    ).filter(lambda other: other != words)


@given(st.data())
def test_any_single_change_is_caught(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 2))
    end = data.draw(st.integers(start + 1, len(TEXT)))
    left = data.draw(st.integers(start, end - 1))
    right = data.draw(st.integers(left + 1, end))
    quote = quote_of(start, end, (left, right))
    prove(quote, ARTICLE)

    article = ARTICLE
    match data.draw(st.sampled_from(["text", "highlight", "start", "end", "highlight_span", "article"])):
        case "text":
            quote = replace(quote, text=data.draw(edited(quote.text)))
        case "highlight":
            quote = replace(quote, highlight=data.draw(edited(quote.highlight)))
        case "start":
            quote = replace(quote, start=data.draw(PLACES.filter(lambda place: place != start)))
        case "end":
            quote = replace(quote, end=data.draw(PLACES.filter(lambda place: place != end)))
        case "highlight_span":
            span = data.draw(st.tuples(PLACES, PLACES))
            assume(not (start <= span[0] < span[1] <= end and TEXT[span[0] : span[1]] == quote.highlight))
            quote = replace(quote, highlight_span=span)
        case "article":
            at = data.draw(st.integers(start, end - 1))
            letter = data.draw(st.characters().filter(lambda c: c != TEXT[at]))
            article = replace(ARTICLE, text=TEXT[:at] + letter + TEXT[at + 1 :])
    with pytest.raises(QuoteMismatch):
        prove(quote, article)


def test_a_wrong_quote_is_dropped_with_an_error_in_the_log_and_the_others_stay(
    caplog: pytest.LogCaptureFixture,
) -> None:
    other = quote_of(0, 23, (0, 23))
    wrong = replace(GOOD, text=GOOD.text.lower())
    with caplog.at_level(logging.ERROR):
        assert proved([GOOD, wrong, other], lambda _: ARTICLE) == (GOOD, other)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "differs from the stored article 'ferry'" in caplog.text


def test_a_quote_of_an_article_that_is_gone_is_dropped_too(caplog: pytest.LogCaptureFixture) -> None:
    def find(article_id: str) -> Article:
        raise ArticleNotFound(article_id)

    assert proved([GOOD], find) == ()
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_no_quotes_are_proved_without_looking_anything_up() -> None:
    def find(article_id: str) -> Article:
        raise AssertionError("nothing to look up")

    assert proved([], find) == ()


@pytest.mark.parametrize("sentence", [0, 1, 4])
def test_a_passage_becomes_a_quote_that_holds_with_the_sentence_marked(sentence: int) -> None:
    [passage] = chunk(ARTICLE)
    quote = quote_passage(passage, CITATION, sentence, 0.25)
    prove(quote, ARTICLE)
    assert quote.text == passage.text
    assert quote.highlight_span == passage.sentences[sentence]
    assert (quote.score, quote.paragraph, quote.paragraphs) == (0.25, passage.paragraph, passage.paragraphs)


Widening = Callable[[tuple[int, int], int], Quote]


@pytest.fixture
def wide() -> Widening:
    return lambda span, around: widen(chunk(ARTICLE), CITATION, TEXT, span, around)


def test_widening_by_nothing_is_the_span_itself(wide: Widening) -> None:
    quote = wide((24, 56), 0)
    prove(quote, ARTICLE)
    assert quote.text == quote.highlight == GOOD.highlight


def test_widening_adds_whole_sentences_on_both_sides_up_to_the_limit(wide: Widening) -> None:
    quote = wide((24, 56), 30)
    prove(quote, ARTICLE)
    assert quote.text == "The ferry left at nine. It carried Zoë’s “lucky” 🐕 dog. Nobody fell in."
    assert quote.highlight == GOOD.highlight


def test_widening_stops_at_the_ends_of_the_article(wide: Widening) -> None:
    quote = wide((24, 56), 10_000)
    prove(quote, ARTICLE)
    assert quote.text == TEXT


def test_widening_goes_over_paragraphs_but_not_over_what_is_no_prose() -> None:
    text = "One is here.\n\nTwo is here.\n\n## A heading\n\nThree is here.\n\nFour is here."
    lines = [(text.index(line), line) for line in text.split("\n\n")]
    blocks = tuple(Block("heading" if "#" in line else "paragraph", at, at + len(line)) for at, line in lines)
    passages = chunk(replace(ARTICLE, text=text, blocks=blocks))
    for marked, expected in (("Two", "One is here.\n\nTwo is here."), ("Three", "Three is here.\n\nFour is here.")):
        at = text.index(marked)
        assert widen(passages, CITATION, text, (at, at + len(marked)), 1000).text == expected


@given(st.data())
def test_widening_any_span_gives_a_quote_that_holds(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 1))
    end = data.draw(st.integers(start + 1, len(TEXT)))
    around = data.draw(st.integers(0, 100))
    quote = widen(chunk(ARTICLE), CITATION, TEXT, (start, end), around)
    prove(quote, ARTICLE)
    assert quote.highlight == TEXT[start:end]
    assert start - around <= quote.start <= start < end <= quote.end <= end + around
