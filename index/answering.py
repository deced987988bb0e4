"""A question → an answer. This is the line of the design: retrieve, diversify, quote, prove, judge."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from index.calibration import Calibration, signals
from index.errors import ArticleNotFound
from index.models import NO_FILTERS, Answer, Article, Citation, Filters, Quote
from index.protocols import Embedder, Engine
from index.questions import read_question
from index.quoting import proved, quote_candidate
from index.retrieval import Candidate, diversify, retrieve

CLOSEST = 3
"""How many closest articles a question without an answer gets."""
_NEAR = 0.2
"""Cosine under which an article is not called close: unrelated text stays below it."""


@dataclass(frozen=True)
class Answerer:
    """Answers from one version of the index. Safe to use from several threads."""

    engine: Engine
    embedder: Embedder
    calibration: Calibration

    def ask(
        self,
        question: str,
        *,
        k: int = 3,
        asked_at: datetime | None = None,
        filters: Filters = NO_FILTERS,
        always_quote: bool = False,
    ) -> Answer:
        """Up to `k` quotes when the articles answer (or `always_quote`), otherwise up to three closest articles."""
        started = time.perf_counter()
        candidates = retrieve(read_question(question, asked_at), self.engine, self.embedder, self.calibration, filters)
        best = diversify(candidates, k)
        confidence = self.calibration.probability(signals([(c.score, c.evidence) for c in candidates]))
        answerable = bool(best) and confidence >= self.calibration.threshold
        quotes = self._quotes(best) if answerable or always_quote else ()
        closest = () if answerable else _closest(candidates)
        elapsed = (time.perf_counter() - started) * 1000
        return Answer(question, answerable and bool(quotes), confidence, quotes, closest, round(elapsed, 3))

    def search(
        self, keywords: str, *, limit: int = 50, asked_at: datetime | None = None, filters: Filters = NO_FILTERS
    ) -> tuple[Quote, ...]:
        """Passages for keywords, best first, however many come from one article."""
        question = read_question(keywords, asked_at)
        return self._quotes(retrieve(question, self.engine, self.embedder, self.calibration, filters)[:limit])

    def article(self, article_id: str) -> Article:
        """The stored article. Raises ArticleNotFound."""
        return self.engine.article(self.row(article_id))

    def row(self, article_id: str) -> int:
        """The article's row in this version. Raises ArticleNotFound."""
        try:
            return self._rows[article_id]
        except KeyError:
            raise ArticleNotFound(article_id) from None

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {citation.id: row for row, citation in enumerate(self.engine.citations)}

    def _quotes(self, candidates: Sequence[Candidate]) -> tuple[Quote, ...]:
        top = candidates[0].score if candidates else 1.0
        scored = [quote_candidate(c, _share(c.score, top)) for c in candidates]
        return proved(scored, self.article)


def _closest(candidates: Sequence[Candidate]) -> tuple[Citation, ...]:
    near = [c for c in candidates if max(c.evidence.dense, c.evidence.sentence) >= _NEAR]
    return tuple(dict.fromkeys(c.citation for c in near))[:CLOSEST]


def _share(score: float, top: float) -> float:
    """A quote's score relative to the first one's, in 0..1."""
    return round(max(0.0, min(1.0, score / top)), 4) if top > 0 else 0.0
