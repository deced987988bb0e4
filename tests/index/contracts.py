"""What every implementation of a protocol must do. Subclass a suite, give it the fixture, and pytest runs it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
import pytest
from rank_bm25 import BM25Okapi

from index.analysis import terms
from index.models import Hit, Passage
from index.protocols import Embedder, Engine, Mask, Matrix
from tests.index.fakes import FakeEmbedder

TITLE = "Ferry timetable. "
SENTENCES = ("The ferry leaves the harbour at nine.", "Dogs travel free on weekdays.", "Tea is served below deck.")


class EmbedderContract:
    """Give it a fixture `embedder`."""

    @pytest.fixture
    def embedder(self) -> Embedder:
        raise NotImplementedError("a contract suite needs the implementation under test")

    def test_it_has_a_name_and_a_steady_fingerprint(self, embedder: Embedder) -> None:
        assert embedder.model
        assert embedder.fingerprint == embedder.fingerprint != ""

    @pytest.mark.parametrize("text", ["Where is the ferry?", "", " ", "\0", "🎉", "フェリー", "ferry " * 1000])
    def test_a_question_of_any_kind_gets_one_unit_vector(self, embedder: Embedder, text: str) -> None:
        vector = embedder.encode_query(text)
        assert vector.dtype == np.float32
        assert vector.ndim == 1
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)

    def test_no_passages_give_no_vectors_of_the_right_width(self, embedder: Embedder) -> None:
        passages, sentences = embedder.encode_passages([], [])
        assert passages.shape == (0, len(embedder.encode_query("ferry")))
        assert sentences == []

    def test_passages_and_their_sentences_get_unit_vectors_in_the_order_given(self, embedder: Embedder) -> None:
        texts = ["Short one.", TITLE + " ".join(SENTENCES), "No sentence marked here.", "One.  Two."]
        spans = [[(0, 10)], spans_of(texts[1]), [], [(0, 4), (6, 10)]]
        passages, sentences = embedder.encode_passages(texts, spans)
        width = len(embedder.encode_query("ferry"))
        assert passages.shape == (4, width)
        assert [rows.shape for rows in sentences] == [(1, width), (3, width), (0, width), (2, width)]
        for rows in (passages, *sentences):
            assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(rows)), abs=1e-4)
        for text, span, vector, rows in zip(texts, spans, passages, sentences, strict=True):
            alone, own = embedder.encode_passages([text], [span])
            assert alone[0] == pytest.approx(vector, abs=1e-4)
            assert own[0] == pytest.approx(rows, abs=1e-4)

    def test_a_question_is_nearest_to_the_text_and_the_sentence_about_it(self, embedder: Embedder) -> None:
        about = TITLE + " ".join(SENTENCES)
        passages, sentences = embedder.encode_passages(["A recipe for carrot soup.", about], [[], spans_of(about)])
        asked = embedder.encode_query("Is tea served on the ferry?")
        assert np.argmax(passages @ asked) == 1
        assert np.argmax(sentences[1] @ embedder.encode_query("Do dogs travel free?")) == 1

    def test_several_threads_get_what_one_gets(self, embedder: Embedder) -> None:
        questions = [f"Question number {n} about the {word}?" for n in range(4) for word in ("ferry", "tea")]
        alone = [embedder.encode_query(q) for q in questions]
        with ThreadPoolExecutor(4) as pool:
            together = list(pool.map(embedder.encode_query, questions))
        assert np.array(together) == pytest.approx(np.array(alone), abs=1e-4)


def spans_of(text: str) -> list[tuple[int, int]]:
    """Where `SENTENCES` stand in a text that holds them all."""
    return [(text.index(s), text.index(s) + len(s)) for s in SENTENCES]


CORPUS = [
    {
        "id": "ferry",
        "title": "Ferry timetable changes",
        "text": "The ferry leaves the harbour at nine. Dogs travel free on weekdays. "
        + " ".join(f"Sailing {n} calls at pier {n} on its way to the island and waits there." for n in range(30)),
        "source": "The Gazette",
        "author": "Ann Lee",
        "url": "https://gazette.example/ferry",
        "published": "2016-07-15",
    },
    {"id": "bakery", "title": "Bakery burns", "text": "A fire closed the bakery. Nobody was hurt, the baker said."},
    {"id": "second", "title": "Bakery burns", "text": "A fire closed the bakery. Nobody was hurt, the baker said."},
    {
        "id": "soup",
        "title": "Soup",
        "text": "Chop the carrots. Boil them with an onion until the harbour smells of it.",
    },
    {"id": "chess", "title": "Chess club", "text": "The chess club meets on Tuesdays. Bring your own clock."},
]
"""Records of a JSONL file: an article of several passages, two alike, and one with neither date nor author."""


class EngineContract:
    """Give it a fixture `engine` over `CORPUS`, in this order, with the vectors of `FakeEmbedder()`."""

    @pytest.fixture
    def engine(self) -> Engine:
        raise NotImplementedError("a contract suite needs the implementation under test")

    def test_the_version_has_a_name(self, engine: Engine) -> None:
        assert engine.version

    def test_articles_come_back_as_they_went_in(self, engine: Engine) -> None:
        assert [c.id for c in engine.citations] == [record["id"] for record in CORPUS]
        for row, record in enumerate(CORPUS):
            article, citation = engine.article(row), engine.citations[row]
            for name in ("id", "title", "source", "author", "url", "published"):
                assert getattr(article, name) == getattr(citation, name) == record.get(name)
            assert article.text == record["text"]

    def test_every_passage_is_a_slice_of_its_article_and_its_sentences_lie_inside(self, engine: Engine) -> None:
        rows = engine.article_rows()
        assert sorted(set(rows.tolist())) == [0, 1, 2, 3, 4]
        assert len(rows) > len(CORPUS)
        for row, passage in enumerate(engine.passages(range(len(rows)))):
            article = engine.article(int(rows[row]))
            assert passage.article_id == article.id
            assert passage.text == article.text[passage.start : passage.end]
            assert passage.sentences
            assert all(passage.start <= start < end <= passage.end for start, end in passage.sentences)
            assert len(engine.sentence_vectors(row)) == len(passage.sentences)

    def test_passages_come_in_the_order_asked_for_also_twice(self, engine: Engine) -> None:
        everyone = engine.passages(range(len(engine.article_rows())))
        assert engine.passages([3, 0, 3]) == [everyone[3], everyone[0], everyone[3]]
        assert engine.passages([]) == []

    def test_passages_of_an_article_come_in_reading_order(self, engine: Engine) -> None:
        for row in range(len(CORPUS)):
            mine = engine.passages_of(row)
            assert mine == engine.passages(np.flatnonzero(engine.article_rows() == row).tolist())
            assert [p.ordinal for p in mine] == list(range(len(mine)))

    @pytest.mark.parametrize("query", ["harbour", "bakery fire baker", "ferry ferry pier 7", "harbour unicorn"])
    def test_lexical_is_bm25_over_passages_with_their_article_s_label(self, engine: Engine, query: str) -> None:
        bodies = [
            _label(engine, int(a)) + terms(p.text) for a, p in zip(engine.article_rows(), _all(engine), strict=True)
        ]
        _same_ranking(engine.lexical(terms(query), 100), BM25Okapi(bodies).get_scores(terms(query)))

    @pytest.mark.parametrize("query", ["harbour", "bakery fire baker", "carrots", "harbour unicorn"])
    def test_lexical_articles_is_bm25_over_whole_articles(self, engine: Engine, query: str) -> None:
        bodies = [
            _label(engine, row) + [t for p in engine.passages_of(row) for t in terms(p.text)]
            for row in range(len(CORPUS))
        ]
        _same_ranking(engine.lexical_articles(terms(query), 100), BM25Okapi(bodies).get_scores(terms(query)))

    @pytest.mark.parametrize("query", ["Where is the harbour?", "", "unicorn"])
    def test_dense_is_cosine_over_all_passages(self, engine: Engine, query: str) -> None:
        vector = FakeEmbedder().encode_query(query)
        expected = _vectors(engine) @ vector
        hits = engine.dense(vector, 100)
        assert [hit.score for hit in hits] == pytest.approx(sorted(expected, reverse=True), abs=1e-5)
        assert [hit.score for hit in hits] == pytest.approx([expected[hit.row] for hit in hits], abs=1e-5)

    def test_nothing_asked_or_nothing_known_finds_no_words(self, engine: Engine) -> None:
        for query in ([], ["unicorn"]):
            assert engine.lexical(query, 5) == []
            assert engine.lexical_articles(query, 5) == []

    def test_k_cuts_the_list(self, engine: Engine) -> None:
        vector = FakeEmbedder().encode_query("ferry")
        for k in (0, 1, 3):
            assert engine.lexical(["ferri"], k) == engine.lexical(["ferri"], 100)[:k]
            assert engine.dense(vector, k) == engine.dense(vector, 100)[:k]

    def test_only_allowed_rows_are_found(self, engine: Engine) -> None:
        vector, query = FakeEmbedder().encode_query("bakery fire"), ["bakeri", "fire"]
        articles = np.array([False, False, True, False, False])
        passages: Mask = articles[engine.article_rows()]
        assert engine.article_rows()[[h.row for h in engine.lexical(query, 9, passages)]].tolist() == [2]
        assert engine.article_rows()[[h.row for h in engine.dense(vector, 9, passages)]].tolist() == [2]
        assert [h.row for h in engine.lexical_articles(query, 9, articles)] == [2]
        nobody = np.zeros(len(passages), np.bool_)
        assert engine.lexical(query, 9, nobody) == engine.dense(vector, 9, nobody) == []

    def test_a_rare_term_weighs_more_and_an_unknown_one_most(self, engine: Engine) -> None:
        assert engine.idf("sail") < engine.idf("carrot") < engine.idf("unicorn")

    def test_only_a_term_that_no_passage_holds_has_a_lookalike(self, engine: Engine) -> None:
        assert engine.lookalike("harbor") == "harbour"
        assert engine.lookalike("harbour") is None
        assert engine.lookalike("unicorn") is None

    def test_every_term_weighs_something(self, engine: Engine) -> None:
        assert min(engine.idf(term) for p in _all(engine) for term in terms(p.text)) > 0

    def test_sentence_vectors_are_those_of_the_embedder(self, engine: Engine) -> None:
        for row, passage in enumerate(_all(engine)):
            assert engine.sentence_vectors(row).dtype == np.float32
            expected = [FakeEmbedder().encode_query(_sentence(passage, i)) for i in range(len(passage.sentences))]
            assert engine.sentence_vectors(row) == pytest.approx(np.array(expected), abs=1e-3)  # may be halves

    def test_several_threads_get_what_one_gets(self, engine: Engine) -> None:
        def look(n: int) -> tuple[object, ...]:
            vector = FakeEmbedder().encode_query(f"question {n}")
            return (
                engine.dense(vector, 3),
                engine.lexical(["ferri", str(n)], 3),
                engine.passages([n % 4]),
                engine.article(n % 4),
            )

        alone = [look(n) for n in range(20)]
        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(look, range(20))) == alone


def _all(engine: Engine) -> list[Passage]:
    return engine.passages(range(len(engine.article_rows())))


def _label(engine: Engine, article_row: int) -> list[str]:
    return terms(engine.citations[article_row].label)


def _sentence(passage: Passage, i: int) -> str:
    start, end = passage.sentences[i]
    return passage.text[start - passage.start : end - passage.start]


def _vectors(engine: Engine) -> Matrix:
    titles = [engine.citations[int(row)].title for row in engine.article_rows()]
    texts = [f"{title}. {p.text}" for title, p in zip(titles, _all(engine), strict=True)]
    return FakeEmbedder().encode_passages(texts, [[] for _ in texts])[0]


def _same_ranking(hits: list[Hit], scores: npt.NDArray[np.float64]) -> None:
    """The hits are all rows with a positive score, best first; how an engine orders ties is its own business."""
    assert sorted(hit.row for hit in hits) == np.flatnonzero(scores > 0).tolist()
    assert [hit.score for hit in hits] == pytest.approx(sorted(scores[scores > 0], reverse=True), rel=1e-5)
    assert [hit.score for hit in hits] == pytest.approx([scores[hit.row] for hit in hits], rel=1e-5)
