"""Answer → Reply: what a reader sees, as neutral blocks that Discord and the terminal render alike.

Texts in a reply are plain: no markup, nothing escaped. Sizes are chosen so that a reply is about a screen on a phone
and, escaped in the worst way, stays within Discord's limits (`discord_format` has the last word on those).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal

from bot import links
from bot.actions import Actions
from bot.article_keys import About
from bot.excerpts import Excerpt, clean, excerpt, shorten
from bot.messages import Messages, duration, number
from bot.reindexing import Progress
from bot.timeliness import caution
from index.models import Answer, BuildReport, Citation, Quote

STRONG = 0.75
"""Confidence from which an answer is called a strong match."""
WORTH_SHOWING = 0.5
"""A further quote is shown when it is at least this share as likely to answer as the first one."""
SCREEN = 900
"""Characters of quoted text in one reply: with sources and buttons about the height of a phone."""
PASSAGES_PER_PAGE = 5
_CLAIM = 120
_NAMED = 200
_FAILURES_SHOWN = 8
_BAR = 12


class Kind(StrEnum):
    """What a reply is, for its look."""

    STRONG = "strong"
    PARTIAL = "partial"
    CLOSEST = "closest"
    SEARCH = "search"
    ARTICLE = "article"
    LATEST = "latest"
    TIMELINE = "timeline"
    NOTICE = "notice"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Source:
    """One source line. `link` is safe to show and opens at the sentence; `details` come after the date."""

    title: str
    link: str | None
    publisher: str
    published: datetime | None
    details: tuple[str, ...] = ()
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class QuoteBlock:
    """A quotation with its source. `article_id`, `start` and `end` say where it stands in the stored article."""

    excerpt: Excerpt
    source: Source
    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """An article that is named, not quoted."""

    source: Source


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Our own words."""

    text: str


Block = QuoteBlock | SourceBlock | TextBlock


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of a stored search this is, or `of` the further passages for an answer; pages count from 0."""

    search_id: int
    page: int
    pages: int
    previous_label: str
    next_label: str
    of: Literal["search", "answer"] = "search"


@dataclass(frozen=True, slots=True)
class Dated:
    """A sentence of ours with a date in it, which is shown the reader's way: `before`, date, `after`."""

    before: str
    date: datetime
    after: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What a reader gets: a heading (the question, for one), a line about the whole, blocks, and a last line.

    `caution` belongs to the line about the whole.
    """

    kind: Kind
    blocks: tuple[Block, ...]
    heading: str = ""
    status: str = ""
    paging: Paging | None = None
    caution: Dated | None = None
    footer: str = ""
    actions: Actions | None = None
    understood: str = ""
    """The whole question, where the one that was asked leaned on the one before; `note` tells it to the reader."""
    note: str = ""
    about: About | None = None

    @property
    def plain(self) -> bool:
        """True when the reply is our own words only, and needs no card."""
        return all(isinstance(block, TextBlock) for block in self.blocks) and not self.heading

    @property
    def text(self) -> str:
        """Our own words, a line each."""
        return "\n".join(block.text for block in self.blocks if isinstance(block, TextBlock))


def answer_reply(
    answer: Answer,
    quotes: Sequence[Quote],
    messages: Messages,
    *,
    asked_at: datetime | None = None,
    claim: bool = False,
    unanswered: Sequence[str] = (),
) -> Reply:
    """The reply to a question, or to a claim that sources are wanted for. `quotes` are the answer's quotes that were
    proved just now; without `asked_at` nothing is said about their age. `unanswered` are questions left open by it."""
    heading = clean(answer.question)
    if claim:
        heading = messages.sources_heading.format(claim=shorten(heading, _CLAIM))
    if not answer.answerable:
        return _closest_reply(answer, heading, messages.sources_none if claim else messages.no_answer, messages)
    if not quotes:
        return problem(messages.quotes_dropped)
    quotes = worth_showing(quotes)
    limits = _limits(len(quotes))
    kind = Kind.STRONG if answer.confidence >= STRONG else Kind.PARTIAL
    left = messages.left_open.format(questions=shorten(clean(" ".join(unanswered)), _NAMED)) if unanswered else ""
    asked = (messages.strong_match, left or messages.partial_match)
    strong, partial = (messages.sources_strong, messages.sources_partial) if claim else asked
    status = strong if kind is Kind.STRONG else partial
    blocks = tuple(quote_block(quote, limit, messages) for quote, limit in zip(quotes, limits, strict=True))
    dated, published = None, blocks[0].source.published
    if asked_at and published:
        wordings = {"old": messages.old_evidence, "elsewhen": messages.other_time}
        before, _, after = caution(answer.question, quotes[0], asked_at, **wordings).partition("{date}")
        dated = Dated(before, published, after) if before else None
    return Reply(kind, blocks, heading=heading, status=status, caution=dated)


def worth_showing(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """The quotes without those that are much less likely to answer than the first."""
    return tuple(quote for quote in quotes if quote.score >= WORTH_SHOWING * quotes[0].score)


def search_reply(
    keywords: str, quotes: Sequence[Quote], total: int, search_id: int | None, page: int, messages: Messages
) -> Reply:
    """One page of a search. `quotes` are the page's; without a `search_id` the pages cannot be turned."""
    if not quotes:
        return notice(messages.search_nothing)
    pages = page_count(total)
    first = page * PASSAGES_PER_PAGE + 1
    limit = SCREEN // PASSAGES_PER_PAGE
    turnable = search_id is not None and pages > 1
    return Reply(
        Kind.SEARCH,
        tuple(quote_block(quote, limit, messages, rank=first + n) for n, quote in enumerate(quotes)),
        heading=messages.search_heading.format(keywords=clean(keywords)),
        status=messages.search_page.format(page=page + 1, pages=pages, total=total),
        paging=Paging(search_id, page, pages, messages.previous_page, messages.next_page)
        if search_id is not None and turnable
        else None,
    )


def page_count(total: int) -> int:
    """Pages that `total` passages fill."""
    return max(1, -(-total // PASSAGES_PER_PAGE))


def article_reply(citation: Citation, lead: Quote | None, typed: str | None, messages: Messages) -> Reply:
    """An article's card: its metadata and how it begins. `typed` is given when it is only the closest title."""
    details = [messages.article_by.format(author=clean(citation.author))] if citation.author else []
    if lead is not None:
        details.append(messages.article_paragraphs.format(total=lead.paragraphs))
    source = source_of(citation, links.safe_url(citation.url), tuple(details))
    status = messages.article_closest_title.format(typed=clean(typed)) if typed else ""
    if lead is None:
        return Reply(Kind.ARTICLE, (SourceBlock(source), TextBlock(messages.article_empty)), status=status)
    unmarked = replace(lead, highlight="", highlight_span=(lead.start, lead.start))
    block = QuoteBlock(excerpt(unmarked, SCREEN // 2), source, citation.id, lead.start, lead.end)
    return Reply(Kind.ARTICLE, (block,), status=status)


def reindex_reply(report: BuildReport, messages: Messages) -> Reply:
    """What a finished build did, with the first of the files that failed."""
    done = messages.reindex_done.format(
        duration=duration(report.seconds, messages),
        added=len(report.added),
        changed=len(report.changed),
        removed=len(report.removed),
        failed=len(report.failed),
    )
    articles, passages = number(report.articles, messages), number(report.passages, messages)
    lines = [done, messages.reindex_totals.format(articles=articles, passages=passages)]
    for failure in report.failed[:_FAILURES_SHOWN]:
        line = messages.reindex_failed_file.format(path=clean(failure.path), reason=clean(failure.reason))
        lines.append(line if len(line) <= 160 else line[:159] + "…")
    if len(report.failed) > _FAILURES_SHOWN:
        lines.append(messages.reindex_more_failed.format(count=len(report.failed) - _FAILURES_SHOWN))
    return Reply(Kind.NOTICE, tuple(TextBlock(line) for line in lines))


def progress_reply(progress: Progress | None, messages: Messages) -> Reply:
    """How far a running build is; None before its first word."""
    if progress is None:
        return notice(messages.reindex_starting, messages.reindex_meanwhile)
    stage = getattr(messages, f"reindex_{progress.stage}", messages.reindex_starting)
    if not progress.total:
        return notice(stage, messages.reindex_meanwhile)
    share = min(1.0, progress.done / progress.total)
    filled = round(share * _BAR)
    done, total = number(progress.done, messages), number(progress.total, messages)
    counted = messages.reindex_progress.format(stage=stage, done=done, total=total, percent=int(share * 100))
    return notice(counted, "▰" * filled + "▱" * (_BAR - filled), messages.reindex_meanwhile)


def notice(*lines: str) -> Reply:
    """Something to know; nothing went wrong."""
    return Reply(Kind.NOTICE, tuple(TextBlock(line) for line in lines))


def problem(line: str) -> Reply:
    """One calm sentence that says what to do."""
    return Reply(Kind.PROBLEM, (TextBlock(line),))


def quote_block(quote: Quote, limit: int, messages: Messages, rank: int | None = None) -> QuoteBlock:
    """A quote in about `limit` characters, with its source."""
    shown = excerpt(quote, limit)
    position = messages.paragraph.format(number=quote.paragraph, total=quote.paragraphs)
    link = links.at_sentence(quote.citation.url, shown.highlight or shown.after)
    return QuoteBlock(
        shown, source_of(quote.citation, link, (position,), rank), quote.citation.id, quote.start, quote.end
    )


def _closest_reply(answer: Answer, heading: str, status: str, messages: Messages) -> Reply:
    named = [SourceBlock(source_of(citation, links.safe_url(citation.url))) for citation in answer.closest[:3]]
    lead = TextBlock(messages.closest if named else messages.no_articles)
    return Reply(Kind.CLOSEST, (lead, *named), heading=heading, status=status)


def source_of(citation: Citation, link: str | None, details: tuple[str, ...] = (), rank: int | None = None) -> Source:
    """An article's source line."""
    try:
        published = citation.published_at
    except ValueError:  # an index written elsewhere may hold a date that is none; the quote is still good
        published = None
    return Source(
        title=clean(citation.title) or clean(citation.path) or citation.id,
        link=link,
        publisher=clean(citation.source or ""),
        published=published,
        details=details,
        rank=rank,
    )


def _limits(count: int) -> list[int]:
    """Characters for each of `count` quotes: the strongest gets half as much again as the others."""
    share = SCREEN / (count + 0.5)
    return [round(1.5 * share)] + [round(share)] * (count - 1)
