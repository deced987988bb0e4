"""Is the evidence old for a question about now? Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from index.temporal import period

_GRACE = timedelta(days=30)
"""So long before the days that a question is about ("this week"; two months for "now") an article may still know."""


def outdated(question: str, published: datetime, asked_at: datetime) -> bool:
    """Whether the question asks about the present in so many words, and the article is too old to know it.

    "Who is the mayor?" names no time, and is no such question; "who is the mayor now?" is one.
    """
    asked_about = period(question, asked_at)
    return asked_about is not None and asked_about.now and published.date() < asked_about.start - _GRACE
