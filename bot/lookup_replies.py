"""Replies to look-ups: what a search was limited to, the newest articles, a timeline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot import links, replies
from bot.article_keys import About, key
from bot.excerpts import clean, shorten
from bot.messages import Messages
from bot.readers import Reader
from bot.replies import SCREEN, Kind, Reply, SourceBlock, TextBlock, notice
from index.models import Citation, Filters, Quote

LATEST = 10
"""Articles in `/latest`."""
TIMELINE = 8
"""Quotes in a timeline, at most: a screen on a phone."""
_NAME = 60
_NAMES = 200


def searched(reply: Reply, wanted: Filters, messages: Messages) -> Reply:
    """A page of a search, with what it was limited to."""
    limits = " · ".join(_limits(wanted, messages))
    return reply if not limits else replace(reply, status=f"{reply.status} · {limits}")


def search_nothing(wanted: Filters, reader: Reader) -> Reply:
    """A search without a passage, with what it was limited to."""
    messages, limits = reader.messages, " · ".join(_limits(wanted, reader.messages))
    said = messages.search_nothing_within.format(limits=limits) if limits else messages.search_nothing
    return nothing(said, reader)


def nothing(said: str, reader: Reader) -> Reply:
    """A look-up that found nothing, with what the channel is limited to."""
    limited = channel_limited(reader)
    return notice(said, limited) if limited else notice(said)


def channel_limited(reader: Reader) -> str:
    """What the channel's settings let it be answered from; empty when that is everything."""
    names = ", ".join(clean(name) for name in (*reader.scope.collections, *reader.scope.sources))
    return reader.messages.channel_limited.format(names=shorten(names, _NAMES)) if names else ""


def about_one(reply: Reply, citation: Citation, messages: Messages) -> Reply:
    """The reply to a question about one article, which it names."""
    if reply.kind not in (Kind.STRONG, Kind.PARTIAL, Kind.CLOSEST):
        return reply
    note = messages.within_article.format(title=shorten(clean(citation.title) or clean(citation.path), _NAME))
    if reply.kind is not Kind.CLOSEST:
        return replace(reply, note=note)
    notes = [block for block in reply.blocks if isinstance(block, TextBlock)][1:]
    blocks = (TextBlock(messages.article_silent_next), *notes)
    return replace(reply, note=note, status=messages.article_silent, blocks=blocks)


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
