"""Replies to the buttons under an answer: further passages, and the sentences around a quote."""

from __future__ import annotations

from collections.abc import Sequence

from bot.excerpts import clean, shorten
from bot.messages import Messages
from bot.replies import PASSAGES_PER_PAGE, SCREEN, Kind, Paging, Reply, notice, page_count, quote_block
from index.models import Quote

_QUESTION = 120


def more_reply(
    question: str, quotes: Sequence[Quote], total: int, answer_id: int, page: int, messages: Messages
) -> Reply:
    """One page of the passages that were not quoted in the answer. `quotes` are the page's, `total` counts all."""
    if not quotes:
        return notice(messages.more_nothing)
    pages = page_count(total)
    first = page * PASSAGES_PER_PAGE + 1
    limit = SCREEN // PASSAGES_PER_PAGE
    return Reply(
        Kind.SEARCH,
        tuple(quote_block(quote, limit, messages, rank=first + n) for n, quote in enumerate(quotes)),
        heading=messages.more_heading.format(question=shorten(clean(question), _QUESTION)),
        status=messages.search_page.format(page=page + 1, pages=pages, total=total),
        paging=Paging(answer_id, page, pages, messages.previous_page, messages.next_page, "answer")
        if pages > 1
        else None,
    )


def context_reply(around: Quote, moved: bool, messages: Messages) -> Reply:
    """What stands around a quoted sentence; `moved` when the article has changed since."""
    status = messages.context_moved if moved else messages.context_status
    return Reply(Kind.ARTICLE, (quote_block(around, SCREEN, messages),), status=status)
