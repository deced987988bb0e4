"""Replies to look-ups: what a search was limited to, the newest articles, a timeline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot import links, replies
from bot.article_keys import About, key
from bot.excerpts import clean, shorten
from bot.messages import Messages
from bot.replies import SCREEN, Kind, Reply, SourceBlock, notice
from index.models import Citation, Filters, Quote

LATEST = 10
"""Articles in `/latest`."""
TIMELINE = 8
"""Quotes in a timeline, at most: a screen on a phone."""
_NAME = 60


def searched(reply: Reply, wanted: Filters, messages: Messages) -> Reply:
    """A page of a search, with what it was limited to."""
    limits = " · ".join(_limits(wanted, messages))
    if not limits:
        return reply
    if reply.kind is Kind.NOTICE:
        return notice(messages.search_nothing_within.format(limits=limits))
    return replace(reply, status=f"{reply.status} · {limits}")


def carded(reply: Reply, citation: Citation, messages: Messages) -> Reply:
    """An article's card, with the button that asks about the article."""
    return replace(reply, about=About(key(citation.id), messages.button_ask_about))


def latest_reply(citations: Sequence[Citation], source: str | None, messages: Messages) -> Reply:
    """The newest articles, newest first."""
    if not citations:
        return notice(messages.latest_nothing)
    name = shorten(clean(source or ""), _NAME)
    status = messages.latest_of.format(source=name) if name else messages.latest_status
    named = tuple(SourceBlock(replies.source_of(citation, links.safe_url(citation.url))) for citation in citations)
    return Reply(Kind.LATEST, named, status=status)


def timeline_reply(topic: str, quotes: Sequence[Quote], messages: Messages) -> Reply:
    """One sentence from each article, oldest first. `quotes` are in this order, proved and dated."""
    if not quotes:
        return notice(messages.timeline_nothing)
    limit = SCREEN // max(4, len(quotes))
    return Reply(
        Kind.TIMELINE,
        tuple(replies.quote_block(_sentence(quote), limit, messages) for quote in quotes),
        heading=messages.timeline_heading.format(topic=clean(topic)),
        status=messages.timeline_status,
    )


def _sentence(quote: Quote) -> Quote:
    """The answering sentence alone, unmarked: in a timeline every sentence is the one that matters."""
    start, end = quote.highlight_span
    return replace(quote, text=quote.highlight, start=start, end=end, highlight="", highlight_span=(start, start))


def _limits(wanted: Filters, messages: Messages) -> Iterator[str]:
    yield from (shorten(clean(name), _NAME) for name in wanted.sources)
    yield from (messages.search_by.format(author=shorten(clean(name), _NAME)) for name in wanted.authors)
    if wanted.after:
        yield messages.search_after.format(date=wanted.after.isoformat())
    if wanted.before:
        yield messages.search_before.format(date=wanted.before.isoformat())
