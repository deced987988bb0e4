"""Which candidates stand together in an answer: rather from different articles, never the same text twice, and, for a
question that no one passage can answer whole, each for another part of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from rapidfuzz import fuzz

from index.retrieval import Candidate

_COVER, _AGAIN = 12.0, 0.5
"""What a question wholly covered anew is worth in ranking score; what a word is still worth each time it is covered.
On a plateau of both (4–24, .3–.7), measured on questions over several articles: docs/quality.md."""
_SAME = 0.5
"""Ranking score by which a further passage of an article must be better than one of another: docs/quality.md."""
_ALIKE = 90
"""Per cent of letters in common from which on two texts are one: 2 · common / both lengths."""
_NUMBER = re.compile(r"\d+")


def diversify(candidates: Sequence[Candidate], k: int) -> list[Candidate]:
    """The best k, one by one, each further passage of an article at a loss of `_SAME`; what is told twice is once.

    Fewer than k come first in the same order.
    """
    left = list(candidates)
    chosen: list[Candidate] = []
    times: Counter[int] = Counter()
    while left and len(chosen) < k:
        best = max(left, key=lambda c: c.score - _SAME * times[c.article_row])
        left.remove(best)
        if not any(_repeats(best, kept) for kept in chosen):
            chosen.append(best)
            times[best.article_row] += 1
    return chosen


def _repeats(one: Candidate, other: Candidate) -> bool:
    """Whether two passages are the same but for a few letters: an agency's text in two papers, say.

    They must hold the same words of the question and the same numbers: results told by one pattern are no repeats.
    """
    a, b = (" ".join(c.passage.text.split()) for c in (one, other))
    if a == b:
        return True
    alike = one.reading.held == other.reading.held and _NUMBER.findall(a) == _NUMBER.findall(b)
    return alike and bool(fuzz.ratio(a, b, score_cutoff=_ALIKE))


def cover(candidates: Sequence[Candidate], idf: Callable[[str], float], k: int) -> list[Candidate]:
    """The k candidates that together cover a question best, one by one: score + what the candidate covers anew.

    What can be covered are the question's terms that any candidate holds, by their `idf`. Greedy, as in maximal
    marginal relevance (Carbonell & Goldstein 1998) and explicit query aspect diversification (Santos et al. 2010),
    with the question's terms as its aspects. Fewer than k come first in the same order.
    """
    left = diversify(candidates, len(candidates))
    mass = {term: max(idf(term), 0.0) for term in sorted(frozenset().union(*(c.reading.held for c in left)))}
    total = sum(mass.values()) or 1.0
    worth = {term: _COVER * weight / total for term, weight in mass.items()}
    chosen: list[Candidate] = []
    while left and len(chosen) < k:
        seen = {c.article_row for c in chosen}
        fresh = [c for c in left if c.article_row not in seen] or left
        best = max(fresh, key=lambda c: c.score + sum(worth[term] for term in sorted(c.reading.held)))
        left.remove(best)
        chosen.append(best)
        for term in best.reading.held:
            worth[term] *= _AGAIN
    return chosen
