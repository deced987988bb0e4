"""A question → candidates: found by both legs, fused, looked at closely, best first."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from index.analysis import terms
from index.calibration import Calibration
from index.evidence import Evidence, Reading, prose, read_passage
from index.fusion import convex_combination
from index.models import NO_FILTERS, Citation, Filters, Hit, Passage
from index.protocols import Embedder, Engine, Mask
from index.questions import Question
from index.spelling import with_lookalikes

DEPTH = 200
"""Hits a leg brings to the fusion."""
CLOSE_LOOK = 40
"""Fused hits whose sentences are read."""
_DENSE, _LEXICAL, _ARTICLE, _TIME = 0.3, 0.7, 0.15, 0.1
"""Weights of the fusion that chooses what is looked at closely; `Calibration.ranking` then orders it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may answer, with its evidence; `score` orders the candidates of one question only."""

    row: int
    article_row: int
    passage: Passage
    citation: Citation
    reading: Reading
    evidence: Evidence
    score: float


def retrieve(
    question: Question,
    engine: Engine,
    embedder: Embedder,
    calibration: Calibration,
    filters: Filters = NO_FILTERS,
) -> list[Candidate]:
    """The candidates for a question, best first; empty when the question has no words or nothing passes the filters."""
    if not question.text:
        return []
    question = with_lookalikes(question, engine)
    vector = embedder.encode_query(question.text)
    passages, articles = _allowed(engine, filters)
    lexical = engine.lexical(question.terms, DEPTH, passages)
    dense = engine.dense(vector, DEPTH, passages)
    whole = engine.lexical_articles(question.terms, DEPTH, articles)
    fused = _fuse(question, engine, lexical, dense, whole)[:CLOSE_LOOK]

    idf = {term: max(engine.idf(term), 0.0) for term in question.terms}
    mass = sum(idf.values()) or 1.0
    by_lexical, by_dense, by_article = ({h.row: h.score for h in hits} for hits in (lexical, dense, whole))
    article_rows = engine.article_rows()
    candidates = []
    for hit, passage in zip(fused, engine.passages([h.row for h in fused]), strict=True):
        article = int(article_rows[hit.row])
        citation = engine.citations[article]
        cosines = engine.sentence_vectors(hit.row) @ vector
        reading = read_passage(question, passage, citation.label, _spelt_out(citation), cosines, idf)
        best, opening = reading.best, 1 / (1 + passage.ordinal)
        evidence = Evidence(
            dense=by_dense.get(hit.row, dense[-1].score if dense else 0.0),
            lexical=by_lexical.get(hit.row, 0.0) / mass,
            article=by_article.get(article, 0.0) / mass,
            sentence=float(reading.cosine[best]),
            coverage=reading.coverage,
            focus=float(reading.focus[best]),
            expected=float(reading.expected[best]),
            named=reading.named,
            foretold=float(reading.foretold[best]),
            asking=float(np.mean(reading.asking)) if len(reading.asking) else 0.0,
            opening=opening,
            lead=opening * sum(idf[term] for term in idf.keys() & set(terms(citation.title))) / mass,
            time=_nearness(question, citation),
            prose=prose(passage.text),
            dated=float(citation.published_at is not None),
        )
        score = calibration.rank(evidence)
        candidates.append(Candidate(hit.row, article, passage, citation, reading, evidence, score))
    return sorted(candidates, key=lambda c: (-c.score, c.row))


def _fuse(question: Question, engine: Engine, lexical: list[Hit], dense: list[Hit], whole: list[Hit]) -> list[Hit]:
    legs = convex_combination([(_DENSE, dense), (_LEXICAL, lexical)])
    article_rows = engine.article_rows()
    best = whole[0].score if whole else 1.0
    share = {h.row: h.score / best for h in whole}
    fused = []
    for hit in legs:
        article = int(article_rows[hit.row])
        time = _nearness(question, engine.citations[article])
        fused.append(Hit(hit.row, hit.score + _ARTICLE * share.get(article, 0.0) + _TIME * time))
    return sorted(fused, key=lambda h: (-h.score, h.row))


def _nearness(question: Question, citation: Citation) -> float:
    """How near an article is to the question's time, 0..1; -1 for one published after the question was asked."""
    published = citation.published_at
    if published is None:
        return 0.0
    if (published - question.asked_at).days > 1:
        return -1.0
    return question.period.nearness(published.date()) if question.period else 0.0


def _spelt_out(citation: Citation) -> str:
    """The day of publication in words: "in March 2019" may be about an article whose text names no year."""
    return f"{citation.published_at:%d %B %Y}" if citation.published_at else ""


def _allowed(engine: Engine, filters: Filters) -> tuple[Mask | None, Mask | None]:
    """Masks by passage row and by article row; None when everything passes."""
    if filters.empty:
        return None, None
    ids = frozenset(filters.article_ids)  # may be thousands: not looked for one by one
    rest = replace(filters, article_ids=())
    articles = np.array([(not ids or c.id in ids) and rest.passes(c) for c in engine.citations], np.bool_)
    return articles[engine.article_rows()], articles
