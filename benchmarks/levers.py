"""`python -m benchmarks.levers`: what each part of the retrieval adds on labelled questions, one row a part.

Every question is looked up once with the modules that answer readers. The rows order its candidates anew, with one
part left out at a time; the baselines order what one leg, or a plain fusion of both, found.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.report import show
from index.answering import Answerer
from index.bootstrap import open_library
from index.calibration import Calibration
from index.diversity import cover, diversify
from index.evaluation import DEPTH, LabelledQuestion, auroc, read_questions, spread
from index.evidence import NAMES
from index.fusion import convex_combination, reciprocal_rank_fusion
from index.models import Hit, Passage
from index.questions import read_question
from index.rereading import reread
from index.retrieval import DEPTH as LEG
from index.retrieval import Candidate, retrieve
from index.settings import IndexSettings

HEADER = ("", "article@1", "MRR@10", "all articles@10", "first quote", "first three", "marked sentence", "AUROC")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a row puts first for a question: passages best first, the marked sentence, the confidence (if any)."""

    question: LabelledQuestion
    passages: Sequence[Passage]
    marked: str = ""
    confidence: float | None = None

    @property
    def rank(self) -> int:
        """1-based rank of the first relevant article, 0 when there is none."""
        ids = [p.article_id for p in self.passages]
        return next((i for i, article in enumerate(ids, 1) if article in self.question.articles), 0)


@dataclass(frozen=True, slots=True)
class Looked:
    """A question's candidates, ranked without a reader, and with one (none when it is compound)."""

    question: LabelledQuestion
    compound: bool
    plain: list[Candidate]
    read: list[Candidate]


def main() -> None:
    """Ask, order in every way, print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.levers", description=__doc__.partition("\n")[0])
    parser.add_argument("--queries", type=Path, required=True, help="labelled questions, as for `evaluate`")
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=0, help="ask only so many, spread evenly; 0: all")
    chosen = parser.parse_args()
    library = open_library(IndexSettings(index_dir=chosen.index))
    library.warm()
    answerer = library.answerer()
    questions = spread(read_questions(chosen.queries), chosen.limit)
    looked = [_look(answerer, q) for q in questions]
    rows = [_row(name, [_leg(answerer, q, order) for q in questions]) for name, order in _baselines(answerer)]
    rows += _parts("all features, no reader", answerer.plain, answerer, [(x, x.plain) for x in looked])
    if any(x.compound for x in looked):
        rows.append(_row("… without covering", [_ranked(answerer.plain, None, x, x.plain) for x in looked]))
    read = [(x, x.read) for x in looked if not x.compound]
    if answerer.reader and read:
        rows += _parts("with the reader", answerer.read, answerer, read)
    show(f"{chosen.queries.parent.name}/{chosen.queries.name}: {len(questions)} questions", HEADER, rows)


def _baselines(answerer: Answerer) -> Iterable[tuple[str, Callable[[LabelledQuestion], list[Hit]]]]:
    engine, embedder = answerer.engine, answerer.embedder

    def lexical(q: LabelledQuestion) -> list[Hit]:
        return engine.lexical(read_question(q.question, q.asked_at).terms, LEG)

    def dense(q: LabelledQuestion) -> list[Hit]:
        return engine.dense(embedder.encode_query(q.question), LEG)

    yield "BM25 (title + text)", lexical
    yield "cosine", dense
    yield "reciprocal rank fusion of both", lambda q: reciprocal_rank_fusion([lexical(q), dense(q)])
    yield "0.3 cosine + 0.7 BM25", lambda q: convex_combination([(0.3, dense(q)), (0.7, lexical(q))])


def _leg(answerer: Answerer, question: LabelledQuestion, order: Callable[[LabelledQuestion], list[Hit]]) -> Shown:
    return Shown(question, answerer.engine.passages([h.row for h in order(question)][:DEPTH]))


def _look(answerer: Answerer, question: LabelledQuestion) -> Looked:
    asked = read_question(question.question, question.asked_at)
    plain = retrieve(asked, answerer.engine, answerer.embedder, answerer.plain)
    reader = None if asked.compound else answerer.reader
    read = reread(asked, plain, reader, answerer.read) if reader else []
    return Looked(question, asked.compound, plain, read)


def _parts(
    name: str, calibration: Calibration, answerer: Answerer, asked: Sequence[tuple[Looked, list[Candidate]]]
) -> list[list[str]]:
    """The row with all features, one without each that the ranking weighs, one without each of the confidence."""

    def row(name: str, changed: Calibration) -> list[str]:
        return _row(name, [_ranked(changed, answerer, x, candidates) for x, candidates in asked])

    rows = [row(name, calibration)]
    for feature in (n for n in NAMES if calibration.ranking.get(n)):
        without = replace(calibration, ranking={**calibration.ranking, feature: 0.0})
        rows.append(row(f"… without {feature}", without))
    for feature in (n for n in NAMES if calibration.confidence.get(n)):
        without = replace(calibration, confidence={**calibration.confidence, feature: 0.0})
        rows.append(row(f"… confidence without {feature}", without))
    return rows


def _ranked(calibration: Calibration, cover_by: Answerer | None, asked: Looked, candidates: list[Candidate]) -> Shown:
    """The candidates as `calibration` ranks them; those for a compound question cover it by an answerer's idf."""
    question = asked.question
    scored = [replace(c, score=calibration.rank(c.evidence)) for c in candidates]
    ordered = sorted(scored, key=lambda c: (-c.score, c.row))
    covering = cover_by if asked.compound else None
    best = cover(ordered, covering.engine.idf, DEPTH) if covering else diversify(ordered, DEPTH)
    if not best:
        return Shown(question, ())
    first = best[0]
    start, end = first.passage.sentences[first.reading.best]
    marked = first.passage.text[start - first.passage.start : end - first.passage.start]
    return Shown(question, [c.passage for c in best], marked, calibration.probability(first.evidence))


def _row(name: str, shown: Sequence[Shown]) -> list[str]:
    can = [s for s in shown if s.question.answerable]
    worded = [s for s in can if s.question.answers]
    held = [s for s in worded if _holds(s, 1)]
    sure = [(s.confidence, s.question.answerable) for s in shown if s.confidence is not None]
    yes, no = [c for c, can in sure if can], [c for c, can in sure if not can]
    return [
        name,
        _share([s.rank == 1 for s in can]),
        _share([1 / s.rank if s.rank else 0.0 for s in can]),
        _share([s.question.articles <= {p.article_id for p in s.passages} for s in can]),
        _share([_holds(s, 1) for s in worded]),
        _share([_holds(s, 3) for s in worded]),
        _share([s.question.holds(s.marked) for s in held if s.marked]),
        f"{auroc(yes, no):.3f}" if yes and no else "–",
    ]


def _holds(shown: Shown, first: int) -> bool:
    return any(shown.question.holds(p.text) for p in shown.passages[:first])


def _share(values: Sequence[float]) -> str:
    return f"{sum(values) / len(values):.3f}" if values else "–"


if __name__ == "__main__":
    main()
