"""Looking up articles by title while somebody types."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.catalogue import EMPTY, Catalogue
from index.errors import ArticleNotFound
from index.models import Citation, Filters


def citation(article_id: str, title: str, published: str | None = None, **more: str) -> Citation:
    return Citation(article_id, title, more.pop("path", f"{article_id}.txt"), published=published, **more)


BRIDGE = citation("bridge", "Wendmouth Bridge opens at last", "2023-05-22", source="Gazette", path="harbour/bridge.md")
LATE = citation("late", "Bridge delayed again", "2021-03-01T08:00:00+01:00", author="Ann Lee", path="harbour/late.md")
FIRE = citation("fire", "Fire closes the bakery", "2019-11-05", path="town/fire.md")
CAFE = citation("café", "Café Zoë: ten years of cake", path="town/old/cafe.md")
SOUP = citation("soup", "A soup for January", path="soup.md")
CATALOGUE = Catalogue([SOUP, FIRE, BRIDGE, CAFE, LATE])


def ids(found: tuple[Citation, ...]) -> list[str]:
    return [c.id for c in found]


def test_an_empty_catalogue_suggests_nothing() -> None:
    assert len(EMPTY) == 0
    assert EMPTY.suggest("") == EMPTY.suggest("bridge") == EMPTY.citations == ()


def test_articles_stand_newest_first_and_undated_ones_last_by_title() -> None:
    assert ids(CATALOGUE.citations) == ["bridge", "late", "fire", "soup", "café"]
    assert len(CATALOGUE) == 5


def test_times_with_different_offsets_are_compared_as_moments() -> None:
    earlier, later = citation("a", "A", "2020-01-01T10:00:00+02:00"), citation("b", "B", "2020-01-01T09:00:00+00:00")
    assert ids(Catalogue([earlier, later]).citations) == ["b", "a"]


@pytest.mark.parametrize("typed", ["", "   ", "?!"])
def test_nothing_typed_gives_the_newest(typed: str) -> None:
    assert ids(CATALOGUE.suggest(typed, 3)) == ["bridge", "late", "fire"]


def test_titles_that_begin_with_what_was_typed_come_first_then_those_that_hold_it() -> None:
    assert ids(CATALOGUE.suggest("bridge"))[:2] == ["late", "bridge"]
    assert ids(CATALOGUE.suggest("BRIDGE  "))[:2] == ["late", "bridge"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("wendmuth brigde", "bridge"), ("bakrey fire", "fire"), ("soup january", "soup"), ("delayd agian", "late")],
)
def test_a_misspelt_title_is_still_found(typed: str, expected: str) -> None:
    assert ids(CATALOGUE.suggest(typed, 1)) == [expected]


def test_accents_may_be_left_out() -> None:
    assert ids(CATALOGUE.suggest("cafe zoe", 1)) == ["café"]


def test_something_quite_different_suggests_nothing() -> None:
    assert CATALOGUE.suggest("qqqqqq") == ()


def test_a_hundred_characters_are_no_trouble() -> None:
    assert ids(CATALOGUE.suggest("Wendmouth Bridge opens at last " + "x" * 69))[:1] == ["bridge"]
    assert CATALOGUE.suggest("x" * 100) == ()


@pytest.mark.parametrize("limit", [0, 1, 2, 25])
def test_never_more_than_asked_for(limit: int) -> None:
    for typed in ("", "bridge", "brigde"):
        assert len(CATALOGUE.suggest(typed, limit)) <= limit


def test_many_articles_of_one_name_are_cut_and_newest_first() -> None:
    many = Catalogue(citation(str(n), "Minutes of the council", f"20{n:02}-01-01") for n in range(10, 60))
    assert ids(many.suggest("council", 25)) == [str(n) for n in range(59, 34, -1)]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(collections=("harbour",)), ["bridge", "late"]),
        (Filters(collections=("town",)), ["fire", "café"]),
        (Filters(collections=("town/old/",)), ["café"]),
        (Filters(collections=("tow",)), []),
        (Filters(sources=("gazette",)), ["bridge"]),
        (Filters(authors=("ANN LEE",)), ["late"]),
        (Filters(after=date(2021, 3, 1)), ["bridge", "late"]),
        (Filters(before=date(2021, 3, 1)), ["late", "fire"]),
        (Filters(after=date(2023, 5, 22), before=date(2023, 5, 22)), ["bridge"]),
        (Filters(article_ids=("soup", "fire", "unheard of")), ["fire", "soup"]),
        (Filters(sources=("gazette",), authors=("Ann Lee",)), []),
    ],
)
def test_filters_limit_what_is_suggested(filters: Filters, expected: list[str]) -> None:
    assert ids(CATALOGUE.suggest("", filters=filters)) == expected


def test_filters_hold_for_typed_words_too() -> None:
    assert ids(CATALOGUE.suggest("bridge", filters=Filters(authors=("Ann Lee",)))) == ["late"]
    assert CATALOGUE.suggest("brigde opens", filters=Filters(collections=("town",))) == ()


def test_an_article_is_found_by_its_id_and_an_unknown_one_is_named() -> None:
    assert CATALOGUE.citation("café") is CAFE
    with pytest.raises(ArticleNotFound, match="'unheard of'"):
        CATALOGUE.citation("unheard of")


@given(st.text(max_size=100), st.integers(0, 30))
def test_whatever_is_typed_suggests_known_articles_once_each(typed: str, limit: int) -> None:
    found = CATALOGUE.suggest(typed, limit)
    assert len(set(found)) == len(found) <= limit
    assert set(found) <= set(CATALOGUE.citations)
