"""Several questions in one message: “what did it cost, and who paid?” Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.replies import STRONG
from index.analysis import terms
from index.models import Answer, Quote

_MOST = 3
_WH = r"(?:who|whom|whose|what|when|where|why|how|which)\b"
_NEXT = re.compile(
    rf"(?<=\?)\s+(?:(?:and|but|or|also)\b[\s,]*)?(?=\w)|,?\s+(?:and|or|but)\s+(?:also\s+)?(?={_WH})", re.I
)
_ASKS = re.compile(
    rf"(?:\w+\s+){{0,2}}{_WH}|(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|tell|explain)\b",
    re.I,
)


def parts(question: str) -> tuple[str, ...]:
    """The questions in a message, two or three; the message itself when it holds but one, or more than can be told."""
    pieces = [piece.strip(" ,;") for piece in _NEXT.split(question)]
    whole = all(_ASKS.match(piece) and terms(piece) for piece in pieces)
    if not whole or not 1 < len(pieces) <= _MOST:
        return (question,)
    return tuple(piece if piece.endswith("?") else f"{piece}?" for piece in pieces)


def together(question: str, answers: Sequence[Answer]) -> Answer | None:
    """One answer for all: the best quote of each question that has one; None when none has.

    It is as sure as the least sure of them, and no strong match while one is left open.
    """
    answered = [a for a in answers if a.answerable and a.quotes]
    if not answered:
        return None
    confidence = min(a.confidence for a in answered)
    if len(answered) < len(answers):
        confidence = min(confidence, STRONG - 0.01)
    marked: dict[tuple[str, tuple[int, int]], Quote] = {}
    for answer in answered:
        quote = replace(answer.quotes[0], score=round(confidence, 4))
        marked.setdefault((quote.citation.id, quote.highlight_span), quote)
    elapsed = sum(a.elapsed_ms for a in answers)
    return Answer(question, True, confidence, tuple(marked.values()), (), round(elapsed, 3))
