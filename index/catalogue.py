"""All articles without their text, in memory: what autocomplete and look-ups by title answer from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from heapq import nlargest
from math import log

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from index.errors import ArticleNotFound
from index.models import NO_FILTERS, Citation, Filters

_ALIKE = 60.0  # rapidfuzz score (0..100) under which a title is not what somebody is typing
_WORDS, _TITLES, _SHORTLIST = 4, 2000, 300
"""Typed words that are looked for, the newest titles taken for each word, the titles that are then compared whole."""


class Catalogue:
    """Articles newest first, undated ones last."""

    def __init__(self, citations: Iterable[Citation]) -> None:
        dated = sorted(citations, key=lambda c: (c.published_at is None, -_seconds(c), c.title))
        self.citations: tuple[Citation, ...] = tuple(dated)
        self._by_id = {c.id: c for c in dated}
        self._folded = [default_process(c.title) for c in dated]
        self._titles_with: dict[str, list[int]] = {}
        for i, title in enumerate(self._folded):
            for word in set(title.split()):
                self._titles_with.setdefault(word, []).append(i)
        self._words = list(self._titles_with)
        self._allowed = lru_cache(32)(self._passing)  # a channel asks with the same filters on every key

    def citation(self, article_id: str) -> Citation:
        """The article with this id. Raises ArticleNotFound."""
        try:
            return self._by_id[article_id]
        except KeyError:
            raise ArticleNotFound(article_id) from None

    def suggest(self, typed: str, limit: int = 25, filters: Filters = NO_FILTERS) -> tuple[Citation, ...]:
        """Articles whose title fits what was typed so far, best first; nothing typed gives the newest.

        Titles that hold the typed words come before ones that are only spelt alike.
        """
        allowed = self._allowed(filters)
        typed = default_process(typed)
        if not typed:
            return tuple(self.citations[i] for i in allowed[:limit])
        found = [i for i in allowed if typed in self._folded[i]]
        found.sort(key=lambda i: (not self._folded[i].startswith(typed), i))
        if len(found) < limit:
            found += [i for i in self._alike(typed, allowed, limit) if typed not in self._folded[i]]
        return tuple(self.citations[i] for i in found[:limit])

    def _passing(self, filters: Filters) -> Sequence[int]:
        if filters.empty:
            return range(len(self.citations))
        return [i for i, citation in enumerate(self.citations) if filters.passes(citation)]

    def _alike(self, typed: str, allowed: Sequence[int], limit: int) -> list[int]:
        """Titles spelt alike, best first: compared are only those that share words with it, or nearly."""
        shared: dict[int, float] = {}
        for word in sorted(set(typed.split()), key=len, reverse=True)[:_WORDS]:
            best: dict[int, float] = {}
            near = process.extract(word, self._words, scorer=fuzz.ratio, processor=None, limit=10, score_cutoff=_ALIKE)
            for known, score, _ in near:
                titles = self._titles_with[known]
                weight = score * log(1 + len(self.citations) / len(titles))  # a rare word tells more
                for i in titles[:_TITLES]:
                    best[i] = max(best.get(i, 0.0), weight)
            for i, weight in best.items():
                shared[i] = shared.get(i, 0.0) + weight
        if len(allowed) < len(self.citations):
            passing = set(allowed)
            shared = {i: weight for i, weight in shared.items() if i in passing}
        shortlist = nlargest(_SHORTLIST, shared, key=lambda i: (shared[i], -i))
        folded = {i: self._folded[i] for i in shortlist}
        alike = process.extract(typed, folded, scorer=fuzz.WRatio, processor=None, limit=limit, score_cutoff=_ALIKE)
        return [i for _, _, i in alike]

    def __len__(self) -> int:
        return len(self.citations)


EMPTY = Catalogue(())


def _seconds(citation: Citation) -> float:
    moment = citation.published_at
    return moment.timestamp() if moment else 0.0
