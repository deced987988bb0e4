"""The sources, authors and collections that the articles have, most frequent first: to choose from, or to type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.excerpts import clean
from index.models import Citation, Filters

_ALIKE = 70.0  # rapidfuzz score (0..100) from which a misspelt name is taken for the one that is known


class Facet(StrEnum):
    """What articles can be told apart by."""

    SOURCE = "source"
    AUTHOR = "author"
    COLLECTION = "collection"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value and how many articles have it."""

    value: str
    articles: int


def choices(citations: Iterable[Citation], facet: Facet, scope: Filters) -> list[Choice]:
    """The values among the articles in `scope`, most frequent first. A collection counts what lies below it."""
    counted: Counter[str] = Counter()
    for citation in citations:
        if scope.passes(citation):
            counted.update(_values(citation, facet))
    return [Choice(value, count) for value, count in sorted(counted.items(), key=lambda item: (-item[1], item[0]))]


def matching(known: Sequence[Choice], typed: str) -> list[Choice]:
    """Those that fit what was typed so far: begin with it, hold it, are spelt alike; all for an empty string."""
    wanted = clean(typed).casefold()
    if not wanted:
        return list(known)
    held = [choice for choice in known if wanted in choice.value.casefold()]
    held.sort(key=lambda choice: not choice.value.casefold().startswith(wanted))
    return held or [choice for choice in [_alike(known, wanted)] if choice]


def meant(known: Sequence[Choice], typed: str) -> str | None:
    """The value that somebody typed: exactly, or the most frequent one that fits; None when none does."""
    wanted = clean(typed).casefold()
    exact = next((choice.value for choice in known if choice.value.casefold() == wanted), None)
    return exact or next((choice.value for choice in matching(known, typed)), None)


def _alike(known: Sequence[Choice], wanted: str) -> Choice | None:
    from rapidfuzz import fuzz, process

    found = process.extractOne(
        wanted, [choice.value.casefold() for choice in known], scorer=fuzz.WRatio, score_cutoff=_ALIKE
    )
    return known[found[2]] if found else None


def _values(citation: Citation, facet: Facet) -> Iterator[str]:
    if facet is Facet.SOURCE:
        yield from [citation.source] if citation.source and citation.source.strip() else []
    elif facet is Facet.AUTHOR:
        yield from citation.authors
    else:
        folders = citation.collection.split("/") if citation.collection else []
        yield from ("/".join(folders[: depth + 1]) for depth in range(len(folders)))
