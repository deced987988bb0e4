"""Sources, authors and collections to choose from."""

from __future__ import annotations

import pytest

from bot.facets import Choice, Facet, choices, matching, meant
from index.models import NO_FILTERS, Citation, Filters

ARTICLES = [
    Citation("a", "A", "town/old/a.txt", source="The Gazette", author="Ada Moss"),
    Citation("b", "B", "town/b.txt", source="The Gazette", author="Bo Lind"),
    Citation("c", "C", "harbour/c.txt", source="Herald"),
    Citation("d", "D", "d.txt", source=" "),
]
SOURCES = choices(ARTICLES, Facet.SOURCE, NO_FILTERS)


def test_values_are_counted_most_frequent_first() -> None:
    assert [Choice("The Gazette", 2), Choice("Herald", 1)] == SOURCES
    assert [c.value for c in choices(ARTICLES, Facet.AUTHOR, NO_FILTERS)] == ["Ada Moss", "Bo Lind"]


def test_a_collection_counts_what_lies_below_it() -> None:
    found = choices(ARTICLES, Facet.COLLECTION, NO_FILTERS)
    assert found == [Choice("town", 2), Choice("harbour", 1), Choice("town/old", 1)]


def test_only_what_the_channel_is_answered_from_is_offered() -> None:
    scope = Filters(collections=("harbour",))
    assert choices(ARTICLES, Facet.SOURCE, scope) == [Choice("Herald", 1)]


def test_what_was_typed_so_far_narrows_the_choices() -> None:
    assert matching(SOURCES, "") == SOURCES
    assert [c.value for c in matching(SOURCES, "H")] == ["Herald", "The Gazette"]
    assert matching(SOURCES, "zzz") == []


def test_a_name_may_be_written_in_any_case_and_a_little_wrong() -> None:
    assert meant(SOURCES, "the gazette") == meant(SOURCES, "gazete") == "The Gazette"
    assert meant(SOURCES, "qqqq") is None
    assert meant([], "x") is None


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Ada Quill", ["Ada Quill"]),
        ("Ada Quill and Tom Reed", ["Ada Quill", "Tom Reed"]),
        ("Ada Quill, Tom Reed & Bo Lind", ["Ada Quill", "Bo Lind", "Tom Reed"]),
        ("Ada Quill, Staff Writer", ["Ada Quill"]),
        ("Reed, Tom", ["Reed, Tom"]),
        ("Simon and Schuster", ["Simon and Schuster"]),
    ],
)
def test_authors_of_one_article_are_told_apart(author: str, names: list[str]) -> None:
    article = Citation("e", "E", "e.txt", author=author)
    assert [choice.value for choice in choices([article], Facet.AUTHOR, NO_FILTERS)] == names
    assert all(Filters(authors=(name.upper(),)).passes(article) for name in (*names, author))
    assert not Filters(authors=("Ada Moss",)).passes(article)
