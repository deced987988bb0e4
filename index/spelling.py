"""Misspelt names: a question's word that no article holds, and the word of the articles that it resembles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.questions import Question

if TYPE_CHECKING:
    from index.protocols import Engine

_SHORTEST = 5
_TWO_SLIPS = 9
"""From this length on, two slips of the pen are allowed; under `_SHORTEST` none, from there one."""


def with_lookalikes(question: Question, engine: Engine) -> Question:
    """The question with a look-alike added for every term that is in no article.

    The term itself stays: what is matched through a look-alike covers half of what was asked, and so lowers the
    confidence. A look-alike of a name is a name.
    """
    found = {term: other for term in dict.fromkeys(question.terms) if (other := engine.lookalike(term))}
    if not found:
        return question
    names = question.names | {other for term, other in found.items() if term in question.names}
    return replace(question, terms=(*question.terms, *found.values()), names=names)


def by_first_letter(words: Iterable[str]) -> dict[str, list[str]]:
    """The words under their first letters."""
    grouped: dict[str, list[str]] = defaultdict(list)
    for word in words:
        grouped[word[:1]].append(word)  # an index of no words holds one empty term
    return dict(grouped)


def nearest(term: str, vocabulary: Mapping[str, Sequence[str]], frequency: Callable[[str], int]) -> str | None:
    """The word that `term` is most likely a misspelling of, or None; `vocabulary` holds them `by_first_letter`.

    Slips are insertions, deletions, substitutions and swaps of neighbours (Damerau 1964, optimal string alignment);
    the first letter has to be right. Of words equally near the more frequent wins.
    """
    if len(term) < _SHORTEST or not term.isalpha():
        return None
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    slips = 2 if len(term) >= _TWO_SLIPS else 1
    near = process.extract(term, vocabulary.get(term[0], ()), scorer=OSA.distance, score_cutoff=slips, limit=None)
    alike = [(distance, -frequency(word), word) for word, distance, _ in near if word.isalpha()]
    return min(alike)[2] if alike else None
