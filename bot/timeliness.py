"""Is the evidence of another time than the question is about? Pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from index.models import Quote
from index.temporal import period

_RECENT = timedelta(days=60)  # what `index.temporal` takes "now" to be
_PRESENT = re.compile(
    r"\b(?:the|our|your) current [a-z]|\bat present\b|\bthese days\b|\bto date\b|\bup[- ]to[- ]date\b", re.I
)
"""Ways to ask about the present that say too little about days to rank articles by."""
_GRACE = timedelta(days=30)
"""So long before the days that a question is about ("this week"; two months for "now") an article may still know."""
_TOLD_FOR = timedelta(days=60)
"""So long after a year, a month or a day articles are still about it."""


def caution(question: str, quote: Quote, asked_at: datetime, *, old: str, elsewhen: str) -> str:
    """What to say about the age of the best quote: the sentence `old`, `elsewhen`, or "" for nothing."""
    published = quote.citation.published_at
    if published is None:
        return ""
    if outdated(question, published, asked_at):
        return old
    return elsewhen if of_another_time(question, quote.text, published, asked_at) else ""


def of_another_time(question: str, text: str, published: datetime, asked_at: datetime) -> bool:
    """Whether the question names a time ("in 2019", "last week") that neither the article's date nor the text fits."""
    asked_about = period(question, asked_at)
    if asked_about is None or asked_about.now or asked_about.start.year != asked_about.end.year:
        return False
    told = asked_about.start <= published.date() <= asked_about.end + _TOLD_FOR
    return not told and str(asked_about.start.year) not in text


def outdated(question: str, published: datetime, asked_at: datetime) -> bool:
    """Whether the question asks about the present in so many words, and the article is too old to know it.

    "Who is the mayor?" names no time, and is no such question; "who is the mayor now?" is one.
    """
    asked_about = period(question, asked_at)
    if asked_about is not None:
        return asked_about.now and published.date() < asked_about.start - _GRACE
    return bool(_PRESENT.search(question)) and published.date() < asked_at.date() - _RECENT - _GRACE
