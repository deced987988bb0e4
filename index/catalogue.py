"""All articles without their text, in memory: what autocomplete and look-ups by title answer from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from index.errors import ArticleNotFound
from index.models import NO_FILTERS, Citation, Filters

_ALIKE = 60.0  # rapidfuzz score (0..100) under which a title is not what somebody is typing


class Catalogue:
    """Articles newest first, undated ones last."""

    def __init__(self, citations: Iterable[Citation]) -> None:
        dated = sorted(citations, key=lambda c: (c.published_at is None, -_seconds(c), c.title))
        self.citations: tuple[Citation, ...] = tuple(dated)
        self._by_id = {c.id: c for c in dated}
        self._folded = [default_process(c.title) for c in dated]

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
        allowed: Sequence[int] = range(len(self.citations))
        if not filters.empty:
            allowed = [i for i in allowed if filters.passes(self.citations[i])]
        typed = default_process(typed)
        if not typed:
            return tuple(self.citations[i] for i in allowed[:limit])
        folded = {i: self._folded[i] for i in allowed}
        found = [i for i, title in folded.items() if typed in title]
        found.sort(key=lambda i: (not folded[i].startswith(typed), i))
        if len(found) < limit:
            alike = process.extract(typed, folded, scorer=fuzz.WRatio, processor=None, limit=limit, score_cutoff=_ALIKE)
            found += [i for _, _, i in alike if typed not in folded[i]]
        return tuple(self.citations[i] for i in found[:limit])

    def __len__(self) -> int:
        return len(self.citations)


EMPTY = Catalogue(())


def _seconds(citation: Citation) -> float:
    moment = citation.published_at
    return moment.timestamp() if moment else 0.0
