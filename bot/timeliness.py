"""Is the evidence old for a question about now? Pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from index.temporal import period

_RECENT = timedelta(days=60)  # what `index.temporal` takes "now" to be
_PRESENT = re.compile(
    r"\b(?:the|our|your) current [a-z]|\bat present\b|\bthese days\b|\bto date\b|\bup[- ]to[- ]date\b", re.I
)
"""Ways to ask about the present that say too little about days to rank articles by."""
_GRACE = timedelta(days=30)
"""So long before the days that a question is about ("this week"; two months for "now") an article may still know."""


def outdated(question: str, published: datetime, asked_at: datetime) -> bool:
    """Whether the question asks about the present in so many words, and the article is too old to know it.

    "Who is the mayor?" names no time, and is no such question; "who is the mayor now?" is one.
    """
    asked_about = period(question, asked_at)
    if asked_about is not None:
        return asked_about.now and published.date() < asked_about.start - _GRACE
    return bool(_PRESENT.search(question)) and published.date() < asked_at.date() - _RECENT - _GRACE
