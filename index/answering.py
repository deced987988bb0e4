"""A question → an answer. This is the line of the design: retrieve, diversify, quote, prove, judge."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import accumulate

from index.calibration import Calibration
from index.diversity import cover, diversify
from index.errors import ArticleNotFound
from index.models import NO_FILTERS, Answer, Article, Citation, Filters, Quote
from index.protocols import Embedder, Engine, Reader
from index.questions import Question, read_question
from index.quoting import proved, quote_candidate
from index.rereading import reread
from index.retrieval import Candidate, retrieve

CLOSEST = 3
"""How many closest articles a question without an answer gets."""
_NEAR = 0.2
"""Cosine under which an article is not called close: unrelated text stays below it."""


@dataclass(frozen=True)
class Answerer:
    """Answers from one version of the index. Safe to use from several threads."""

    engine: Engine
    embedder: Embedder
    reader: Reader | None
    plain: Calibration
    """How candidates are ranked before they are read, and judged when there is no reader."""
    read: Calibration
    """How they are ranked and judged once a reader has looked; the same as `plain` without one."""

    def warm(self) -> None:
        """Load the models now. Raises EmbedderUnavailable, ReaderUnavailable."""
        self.embedder.encode_query("warm-up")
        if self.reader:
            self.reader.read("warm-up", ["warm-up"], [[(0, 7)]])

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
        asked = read_question(question, asked_at)
        candidates, judge = self._found(asked, filters)
        best = cover(candidates, self.engine.idf, k) if asked.compound else diversify(candidates, k)
        confidence = judge.probability(best[0].evidence) if best else 0.0
        answerable = bool(best) and confidence >= judge.threshold
        quotes = self._quotes(best, judge) if answerable or always_quote else ()
        closest = () if answerable else _closest(candidates)
        elapsed = (time.perf_counter() - started) * 1000
        return Answer(question, answerable and bool(quotes), confidence, quotes, closest, round(elapsed, 3))

    def search(
        self, keywords: str, *, limit: int = 50, asked_at: datetime | None = None, filters: Filters = NO_FILTERS
    ) -> tuple[Quote, ...]:
        """Passages for keywords, best first, however many come from one article."""
        candidates, judge = self._found(read_question(keywords, asked_at), filters)
        return self._quotes(candidates[:limit], judge)

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

    def candidates(self, text: str, asked_at: datetime | None, filters: Filters) -> list[Candidate]:
        """What may answer, best first; read, when there is a reader. Raises EmbedderUnavailable, ReaderUnavailable."""
        return self._found(read_question(text, asked_at), filters)[0]

    def _found(self, question: Question, filters: Filters) -> tuple[list[Candidate], Calibration]:
        """The candidates, and the coefficients that they are judged by.

        The reader says whether one passage answers the whole question: of a compound one none does, so it isn't asked.
        """
        candidates = retrieve(question, self.engine, self.embedder, self.plain, filters)
        if question.compound:
            return candidates, self.plain.for_compound()
        if self.reader is None:
            return candidates, self.plain
        return reread(question, candidates, self.reader, self.read), self.read

    def _quotes(self, candidates: Sequence[Candidate], judge: Calibration) -> tuple[Quote, ...]:
        """Quotes with their own probabilities as scores, never rising from one to the next."""
        scores = accumulate((judge.probability(c.evidence) for c in candidates), min)
        quotes = [quote_candidate(c, round(score, 4)) for c, score in zip(candidates, scores, strict=True)]
        return proved(quotes, self.article)


def _closest(candidates: Sequence[Candidate]) -> tuple[Citation, ...]:
    near = [c for c in candidates if max(c.evidence.dense, c.evidence.sentence) >= _NEAR]
    return tuple(dict.fromkeys(c.citation for c in near))[:CLOSEST]
