"""The first candidates, read by the reader and put in a new order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.calibration import Calibration
from index.context import in_context
from index.protocols import Reader
from index.questions import Question
from index.retrieval import Candidate

READ = 8
"""Candidates that are read at most: nearly every answer is among them, and a passage takes some 40 ms on two cores."""
_FIRST = 4
"""Candidates that are read in any case."""
_SURE = 0.6
"""`Evidence.reader` that hardly any passage exceeds, right or wrong: what an unread one might still get."""


def reread(
    question: Question, candidates: Sequence[Candidate], reader: Reader, calibration: Calibration
) -> list[Candidate]:
    """The candidates with the first `READ` of them read and sorted anew; the rest follow as they were.

    The second half is left unread when nothing in it could come first any more. Raises ReaderUnavailable.
    """
    head, tail = candidates[:READ], candidates[READ:]
    read = _read(question, head[:_FIRST], reader, calibration)
    rest = [replace(c, score=calibration.rank(c.evidence)) for c in head[_FIRST:]]
    might = max((calibration.rank(replace(c.evidence, reader=_SURE)) for c in rest), default=0.0)
    if rest and max(c.score for c in read) < might:
        rest = _read(question, rest, reader, calibration)
    return [*sorted([*read, *rest], key=lambda c: (-c.score, c.row)), *tail]


def _read(
    question: Question, candidates: Sequence[Candidate], reader: Reader, calibration: Calibration
) -> list[Candidate]:
    views = [in_context(c.citation.title, c.passage) for c in candidates]
    verdicts = reader.read(question.text, [text for text, _ in views], [spans for _, spans in views])
    read = []
    for candidate, verdict in zip(candidates, verdicts, strict=True):
        evidence = replace(candidate.evidence, reader=max(-1.0, min(1.0, verdict.answer / 10)))
        reading = replace(candidate.reading, reader=verdict.sentences)
        read.append(replace(candidate, evidence=evidence, reading=reading, score=calibration.rank(evidence)))
    return read
