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
"""Candidates that are read: nearly every answer is among them, and a passage takes some 40 ms on two cores."""
_MORE = 4
"""So many others are read at most because they would come first."""
_FIRST = 4
"""Candidates that are read in any case."""
_SURE = 0.6
"""`Evidence.reader` that hardly any passage exceeds, right or wrong: what an unread one might still get."""
_UNREAD = -0.6
"""`Evidence.reader` of passages that were not read: about the median of those read from the second on."""


def reread(
    question: Question, candidates: Sequence[Candidate], reader: Reader, calibration: Calibration
) -> list[Candidate]:
    """The candidates, the first `READ` of them read, sorted anew; the others count as read and found wanting.

    The second half is left unread when nothing in it could come first any more. Whatever then comes first was read.
    Raises ReaderUnavailable.
    """
    read = _read(question, candidates[:_FIRST], reader, calibration)
    second = candidates[_FIRST:READ]
    might = max((calibration.rank(replace(c.evidence, reader=_SURE)) for c in second), default=0.0)
    if second and max(c.score for c in read) < might:
        read += _read(question, second, reader, calibration)
    rest = sorted((_judged(question, c, _UNREAD, calibration) for c in candidates[len(read) :]), key=lambda c: -c.score)
    best = max((c.score for c in read), default=0.0)
    for ahead in rest[:_MORE]:
        if ahead.score <= best:
            break
        read += _read(question, [ahead], reader, calibration)
        best = max(best, read[-1].score)
    known = {c.row for c in read}
    unread = [replace(c, score=min(c.score, best)) for c in rest if c.row not in known]
    return sorted([*read, *unread], key=lambda c: (-c.score, c.row not in known, c.row))


def _read(
    question: Question, candidates: Sequence[Candidate], reader: Reader, calibration: Calibration
) -> list[Candidate]:
    views = [in_context(c.citation.title, c.passage) for c in candidates]
    verdicts = reader.read(question.text, [text for text, _ in views], [spans for _, spans in views])
    read = []
    for candidate, verdict in zip(candidates, verdicts, strict=True):
        reading = replace(candidate.reading, reader=verdict.sentences)
        judged = _judged(question, candidate, verdict.answer / 10, calibration)
        read.append(replace(judged, reading=reading))
    return read


def _judged(question: Question, candidate: Candidate, answer: float, calibration: Calibration) -> Candidate:
    answer = max(-1.0, min(1.0, answer))
    doubt = max(-answer, 0.0) if question.explains else 0.0
    evidence = replace(candidate.evidence, reader=answer, doubt=doubt)
    return replace(candidate, evidence=evidence, score=calibration.rank(evidence))
