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
"""Candidates that are read: nearly every answer is among them, and a passage takes some 25 ms on two cores."""


def reread(
    question: Question, candidates: Sequence[Candidate], reader: Reader, calibration: Calibration
) -> list[Candidate]:
    """The candidates with the first `READ` of them read and sorted anew; the rest follow as they were.

    Raises ReaderUnavailable.
    """
    head, tail = candidates[:READ], candidates[READ:]
    views = [in_context(c.citation.title, c.passage) for c in head]
    verdicts = reader.read(question.text, [text for text, _ in views], [spans for _, spans in views])
    read = []
    for candidate, verdict in zip(head, verdicts, strict=True):
        evidence = replace(candidate.evidence, reader=max(-1.0, min(1.0, verdict.answer / 10)))
        reading = replace(candidate.reading, reader=verdict.sentences)
        read.append(replace(candidate, evidence=evidence, reading=reading, score=calibration.rank(evidence)))
    return [*sorted(read, key=lambda c: (-c.score, c.row)), *tail]
