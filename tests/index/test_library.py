"""The live index behind one object: answers from what is live, swaps between questions, never mixes."""

from __future__ import annotations

import logging
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index.bootstrap import open_library
from index.engines.embedded import EmbeddedEngine
from index.errors import ArticleNotFound, ConfigurationError, IndexCorrupt, IndexMissing
from index.library import Library
from index.models import Filters, Quote
from index.quoting import prove
from index.settings import IndexSettings
from index.versions import live
from tests.index.fakes import FakeEmbedder, build_in, library_in, settings_in, write_records

FERRY = {
    "id": "ferry",
    "title": "The ferry",
    "text": "The ferry leaves at nine. It carries forty dogs. Tea is served below deck.",
    "source": "The Gazette",
    "author": "Ann Lee",
    "published": "2016-07-15",
    "url": "https://gazette.example/ferry",
}
BAKERY = {
    "id": "bakery",
    "title": "The bakery",
    "text": "A fire closed the bakery. Nobody was hurt.",
    "published": "2019-11-05",
}
CHESS = {"id": "chess", "title": "The chess club", "text": "The chess club meets on Tuesdays. Bring your own clock."}
LONG = {
    "id": "long",
    "title": "The long report",
    "text": "\n\n".join(
        " ".join(f"Section {part} of the report counts the {word} on pier {n}." for n in range(10))
        for part, word in enumerate(("gulls", "boats", "crabs"))
    ),
}
ALL = [FERRY, BAKERY, CHESS, LONG]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index of all four articles; only read from."""
    folder = tmp_path_factory.mktemp("library")
    write_records(folder, ALL)
    build_in(folder)
    return folder


@pytest.fixture(scope="module")
def library(folder: Path) -> Library:
    return library_in(folder)


def rebuild(folder: Path, *records: dict[str, str], embedder: FakeEmbedder | None = None) -> str:
    write_records(folder, records)
    return build_in(folder, embedder).version


def test_nothing_is_opened_until_it_is_needed(tmp_path: Path) -> None:
    library = library_in(tmp_path)
    assert library.version == ""
    assert library.catalogue() == library.suggest("ferry") == library.suggest("") == ()
    with pytest.raises(ArticleNotFound):
        library.citation("ferry")


def test_without_an_index_every_question_says_how_to_build_one(tmp_path: Path) -> None:
    library = library_in(tmp_path)
    for ask in (lambda: library.ask("ferry?"), lambda: library.search("ferry"), library.warm, library.refresh):
        with pytest.raises(IndexMissing, match="python -m index build"):
            ask()


def test_an_index_built_later_is_picked_up(tmp_path: Path) -> None:
    library = library_in(tmp_path)
    with pytest.raises(IndexMissing):
        library.ask("ferry?")
    version = rebuild(tmp_path, FERRY)
    assert library.refresh() is True
    assert library.version == version
    assert [c.id for c in library.catalogue()] == ["ferry"]


@pytest.mark.parametrize("question", ["", "   ", "\n\t"])
def test_an_empty_question_gets_no_answer(library: Library, question: str) -> None:
    for always in (False, True):
        answer = library.ask(question, always_quote=always)
        assert (answer.answerable, answer.confidence, answer.quotes, answer.closest) == (False, 0.0, (), ())
    assert library.search(question) == ()


@pytest.mark.parametrize("question", ["?", "What is it?", "unicorn", "\0", "🐕", "dogs " * 1200, "caf\udce9"])
def test_any_question_gets_an_answer_of_the_right_shape(library: Library, question: str) -> None:
    for always in (False, True):
        answer = library.ask(question, always_quote=always)
        assert 0 <= answer.confidence <= 1
        assert len(answer.closest) <= 3
        assert len(answer.quotes) <= 3
        assert bool(answer.quotes) == (answer.answerable or always)
        assert not (answer.answerable and answer.closest)
        assert answer.elapsed_ms > 0


def test_quotes_are_verbatim_and_best_first_with_the_sentence_marked(library: Library) -> None:
    answer = library.ask("How many dogs does the ferry carry?", always_quote=True)
    for quote in answer.quotes:
        prove(quote, library.article(quote.citation.id))
    assert answer.quotes[0].citation == library.citation("ferry")
    assert answer.quotes[0].highlight == "It carries forty dogs."
    scores = [quote.score for quote in answer.quotes]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_quotes_come_from_several_articles_each_passage_once(library: Library) -> None:
    quotes = library.ask("What does the report count on pier 7?", k=6, always_quote=True).quotes
    articles = [quote.citation.id for quote in quotes]
    assert articles[0] == "long"
    assert len(set(articles)) == 4  # that is all of them, one of which has three passages
    assert articles.count("long") == 3
    assert len({(quote.citation.id, quote.start) for quote in quotes}) == 6


@pytest.mark.parametrize("k", [1, 2, 100])
def test_k_limits_the_quotes(library: Library, k: int) -> None:
    assert len(library.ask("ferry", k=k, always_quote=True).quotes) == min(k, 6)
    assert len(library.search("ferry", limit=k)) == min(k, 6)


def test_search_ranks_passages_however_many_come_from_one_article(library: Library) -> None:
    assert [q.citation.id for q in library.search("report pier section counts", limit=3)] == ["long"] * 3


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(article_ids=("chess", "bakery")), {"chess", "bakery"}),
        (Filters(after=date(2016, 7, 15)), {"ferry", "bakery"}),
        (Filters(before=date(2016, 7, 15)), {"ferry"}),
        (Filters(sources=("THE GAZETTE",)), {"ferry"}),
        (Filters(authors=("Nobody",)), set()),
        (Filters(collections=("elsewhere",)), set()),
    ],
)
def test_filters_limit_answers_and_searches(library: Library, filters: Filters, expected: set[str]) -> None:
    asked = library.ask("the ferry and the bakery", k=9, filters=filters, always_quote=True)
    assert {q.citation.id for q in asked.quotes} == expected
    assert {c.id for c in asked.closest} <= expected
    assert {q.citation.id for q in library.search("the ferry", filters=filters)} == expected
    assert {c.id for c in library.suggest("", filters=filters)} == expected


def test_an_article_is_looked_up_whole_by_passage_and_by_its_first(library: Library) -> None:
    article = library.article("long")
    assert article.text == LONG["text"]
    passages = library.passages("long")
    assert [q.start for q in passages] == sorted(q.start for q in passages)
    assert len(passages) == 3
    assert library.lead("long") == passages[0]
    assert library.prove(passages) == passages


def test_the_context_of_a_span_is_the_whole_sentences_around_it(library: Library) -> None:
    start = FERRY["text"].index("It carries")
    quote = library.context("ferry", start, start + 22, around=30)
    assert quote.text == FERRY["text"]
    assert quote.highlight == "It carries forty dogs."
    assert library.prove([quote]) == (quote,)
    assert library.context("ferry", start, start + 22, around=0).text == "It carries forty dogs."


def test_an_unknown_article_is_named(library: Library) -> None:
    library.warm()
    for look_up in (library.article, library.passages, library.lead, library.citation):
        with pytest.raises(ArticleNotFound, match="'unheard of'"):
            look_up("unheard of")
    with pytest.raises(ArticleNotFound):
        library.context("unheard of", 0, 5)


def test_the_next_question_is_answered_from_the_version_that_is_live_then(tmp_path: Path) -> None:
    first = rebuild(tmp_path, FERRY)
    library = library_in(tmp_path)
    assert library.search("chess")[0].citation.id == "ferry"
    assert library.version == first
    second = rebuild(tmp_path, FERRY, CHESS)
    assert library.version == first
    assert library.search("chess club")[0].citation.id == "chess"
    assert library.version == second
    assert {c.id for c in library.catalogue()} == {"ferry", "chess"}


def test_refresh_says_whether_there_was_something_new(tmp_path: Path) -> None:
    rebuild(tmp_path, FERRY)
    library = library_in(tmp_path)
    assert library.refresh() is True
    assert library.refresh() is False
    rebuild(tmp_path, FERRY, CHESS)
    assert library.refresh() is True


def test_the_old_version_answers_all_through_a_build(tmp_path: Path) -> None:
    first = rebuild(tmp_path, FERRY)
    library = library_in(tmp_path)
    write_records(tmp_path, [CHESS])
    answered = set()

    def ask(stage: str, done: int, total: int) -> None:
        assert {q.citation.id for q in library.search("chess")} == {"ferry"}
        assert library.version == first
        answered.add(stage)

    build_in(tmp_path, on_progress=ask)
    assert answered == {"reading", "writing", "embedding"}
    assert {q.citation.id for q in library.search("chess")} == {"chess"}


def test_a_version_goes_on_answering_when_its_files_are_swept(tmp_path: Path) -> None:
    rebuild(tmp_path, FERRY)
    folder = live(settings_in(tmp_path).index_dir)
    engine = EmbeddedEngine(folder)
    for records in ([CHESS], [BAKERY]):
        rebuild(tmp_path, *records)
    assert not folder.exists()
    assert engine.article(0).text == FERRY["text"]
    assert engine.dense(FakeEmbedder().encode_query("ferry"), 1)[0].row == 0
    assert engine.passages_of(0)[0].text == FERRY["text"]


def test_a_new_version_that_cannot_be_opened_leaves_the_old_one_answering(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = rebuild(tmp_path, FERRY)
    library = library_in(tmp_path)
    library.warm()
    rebuild(tmp_path, FERRY, CHESS)
    (live(settings_in(tmp_path).index_dir) / "vectors.npy").unlink()
    with caplog.at_level(logging.ERROR):
        assert library.refresh() is False
        assert {q.citation.id for q in library.search("chess")} == {"ferry"}
    assert "the old one goes on answering" in caplog.text
    assert library.version == first
    build_in(tmp_path)
    assert library.search("chess club")[0].citation.id == "chess"


@pytest.mark.parametrize("damage", ["pointer", "everything"])
def test_an_index_lost_while_it_is_open_goes_on_answering(tmp_path: Path, damage: str) -> None:
    rebuild(tmp_path, FERRY)
    library = library_in(tmp_path)
    library.warm()
    index_dir = settings_in(tmp_path).index_dir
    (index_dir / "LIVE").unlink() if damage == "pointer" else shutil.rmtree(index_dir)
    assert library.search("dogs")[0].citation.id == "ferry"


def test_an_index_of_another_model_is_never_asked_with_this_one(tmp_path: Path) -> None:
    rebuild(tmp_path, FERRY)
    library = library_in(tmp_path, FakeEmbedder("fake-1"))
    library.warm()
    rebuild(tmp_path, FERRY, CHESS, embedder=FakeEmbedder("fake-2"))
    assert {q.citation.id for q in library.search("chess")} == {"ferry"}
    with pytest.raises(IndexCorrupt, match="built with the embedding model fake, the settings name fake"):
        library_in(tmp_path, FakeEmbedder("fake-1")).ask("chess?")
    assert library_in(tmp_path, FakeEmbedder("fake-2")).search("chess club")[0].citation.id == "chess"


def test_quotes_of_an_article_that_changed_or_went_are_dropped(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    rebuild(tmp_path, FERRY, BAKERY, CHESS)
    library = library_in(tmp_path)
    quotes = {q.citation.id: q for q in library.search("ferry bakery chess")}
    rebuild(tmp_path, {**FERRY, "text": FERRY["text"].replace("nine", "ten")}, BAKERY)
    with caplog.at_level(logging.ERROR):
        assert library.prove(quotes.values()) == (quotes["bakery"],)
    assert len(caplog.records) == 2


def test_a_closed_library_opens_again_when_asked(tmp_path: Path) -> None:
    version = rebuild(tmp_path, FERRY)
    library = library_in(tmp_path)
    library.close()
    library.warm()
    library.close()
    assert library.version == ""
    assert library.catalogue() == ()
    assert library.search("dogs")[0].citation.id == "ferry"
    assert library.version == version


def test_threads_may_ask_while_versions_are_swapped(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    versions = [[FERRY, CHESS], [FERRY, BAKERY], [{**FERRY, "text": "Prologue. " + FERRY["text"]}, CHESS, BAKERY]]
    rebuild(tmp_path, *versions[0])
    library = library_in(tmp_path)
    known = {(r["id"], r["text"]) for records in versions for r in records}

    def ask(n: int) -> tuple[Quote, ...]:
        library.refresh()
        assert library.suggest("ferry", limit=1)[0].id == "ferry"
        return library.ask(f"How many dogs does the ferry carry, asked for the {n}th time?", always_quote=True).quotes

    with ThreadPoolExecutor(4) as pool, caplog.at_level(logging.ERROR):
        running = []
        for round_ in range(6):
            running += [pool.submit(ask, n) for n in range(5)]
            rebuild(tmp_path, *versions[round_ % 3])
        answers = [future.result() for future in running]
    assert not caplog.records
    assert len(answers) == 30
    for quotes in answers:
        assert quotes[0].highlight == "It carries forty dogs."
        assert all(any(q.citation.id == i and q.text in text for i, text in known) for q in quotes)


def test_an_unknown_engine_is_a_configuration_error_that_names_the_choice() -> None:
    elastic: dict[str, Any] = {"engine": "elastic"}
    with pytest.raises(ConfigurationError, match=r"ENGINE: there is no engine 'elastic'\. Set it to: embedded"):
        open_library(IndexSettings(**elastic))
