"""What the bot expects of a library, asked of the fake one and of the real one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.ports import Library
from index.errors import ArticleNotFound, IndexMissing
from tests.bot.fakes import FakeLibrary
from tests.index.fakes import build_in, library_in, text_article, write_files


@pytest.fixture(params=["fake", "real"])
def any_library(request: pytest.FixtureRequest, tmp_path: Path) -> Library:
    """Two articles that mention a bridge; one has “council” in its title."""
    if request.param == "fake":
        return FakeLibrary()
    paragraph = "The council voted for the bridge on Tuesday. It will cost 28 million crowns, said the mayor."
    write_files(
        tmp_path,
        {
            "bridge.txt": text_article("Council backs the bridge", paragraph),
            "ferry.txt": text_article("A ferry", paragraph),
        },
    )
    build_in(tmp_path)
    library = library_in(tmp_path)
    library.refresh()
    return library


def test_an_answer_has_no_more_quotes_than_asked_for_and_each_is_proved(any_library: Library) -> None:
    answer = any_library.ask("What will the bridge cost?", k=1)
    assert len(answer.quotes) <= 1
    assert any_library.prove(answer.quotes) == answer.quotes


def test_a_search_gives_ranked_passages_up_to_its_limit(any_library: Library) -> None:
    (found,) = any_library.search("bridge", limit=1)
    start, end = (offset - found.start for offset in found.highlight_span)
    assert found.text[start:end] == found.highlight
    assert any_library.prove([found]) == (found,)


def test_titles_are_suggested_and_known_by_id(any_library: Library) -> None:
    assert len(any_library.suggest("")) == 2
    (found,) = any_library.suggest("council", limit=1)
    assert any_library.citation(found.id) == found
    assert any_library.lead(found.id) is not None


def test_an_articles_text_holds_its_passages_and_the_sentences_around_them(any_library: Library) -> None:
    (known,) = any_library.suggest("council", limit=1)
    found = any_library.lead(known.id)
    assert found
    assert any_library.article(known.id).text[found.start : found.end] == found.text
    around = any_library.context(known.id, *found.highlight_span)
    assert (around.highlight, around.highlight_span) == (found.highlight, found.highlight_span)
    assert len(around.text) > len(around.highlight)
    assert any_library.prove([around]) == (around,)


def test_an_unknown_article_is_an_error_of_its_own(any_library: Library) -> None:
    with pytest.raises(ArticleNotFound):
        any_library.citation("nothing")
    with pytest.raises(ArticleNotFound):
        any_library.lead("nothing")
    with pytest.raises(ArticleNotFound):
        any_library.article("nothing")
    with pytest.raises(ArticleNotFound):
        any_library.context("nothing", 0, 1)


def test_a_version_has_a_name(any_library: Library) -> None:
    assert any_library.version


def test_the_real_library_drops_a_quote_that_was_tampered_with(tmp_path: Path) -> None:
    write_files(tmp_path, {"bridge.txt": text_article("Council", "The council voted for the bridge on Tuesday.")})
    build_in(tmp_path)
    library = library_in(tmp_path)
    (found,) = library.search("bridge", limit=1)
    assert library.prove([replace(found, text=found.text.replace("voted", "spoke"))]) == ()


def test_the_real_library_without_an_index_says_so_and_suggests_nothing(tmp_path: Path) -> None:
    library = library_in(tmp_path)
    assert library.suggest("") == ()
    with pytest.raises(IndexMissing):
        library.refresh()
