"""Reply → what discord.py sends.

Quotes go out as a Components V2 card: text at full message size and width (an embed's is smaller and narrower,
which shows on a phone), small grey source lines, no Embed Links permission needed, no link previews, and room for
buttons beside each quote. Our own short sentences go out as plain messages, which notifications can show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import discord
from discord import ui

from bot.discord_markdown import CONTENT_LIMIT, TEXT_LIMIT, escape, link, timestamp
from bot.excerpts import shorten
from bot.replies import Block, Dated, Kind, QuoteBlock, Reply, Source, TextBlock
from bot.views import about_button, action_buttons, context_button, page_buttons

_COLOURS = {
    Kind.STRONG: 0x3BA55D,
    Kind.PARTIAL: 0xD9A441,
    Kind.CLOSEST: 0x80848E,
    Kind.SEARCH: 0x5865F2,
    Kind.ARTICLE: 0x5865F2,
    Kind.LATEST: 0x5865F2,
    Kind.TIMELINE: 0x5865F2,
    Kind.NOTICE: 0x80848E,
    Kind.PROBLEM: 0xC03537,
}
_HEADING = 150
_QUOTED = "> "
_NAME = 60


def payload(reply: Reply, *, show_heading: bool = True, card: bool = False) -> dict[str, Any]:
    """Keyword arguments for any of discord.py's send and edit methods.

    Without `show_heading` the question is left out, for where it stands just above. With `card` even our own short
    sentences are a card, as they must be in a message that was one.
    """
    nobody = discord.AllowedMentions.none()
    if reply.plain and not card:
        return {"content": shorten(escape(reply.text), CONTENT_LIMIT), "allowed_mentions": nobody}
    return {"view": _card(reply, show_heading), "allowed_mentions": nobody}


def card_texts(reply: Reply, show_heading: bool = True) -> list[str]:
    """The card's texts, one a block, within Discord's total: links go first, then the last blocks."""
    head, foot = "\n".join(_head(reply, show_heading)), _foot(reply)
    linked, plain = ([_block(block, with_links) for block in reply.blocks] for with_links in (True, False))
    bodies = linked if _fits(head + foot, linked) else plain
    while len(bodies) > 1 and not _fits(head + foot, bodies):
        bodies.pop()
    if reply.kind in (Kind.CLOSEST, Kind.LATEST):  # one list, not a text apart for each article
        bodies = ["\n".join(bodies)]
    return [text for text in (head, *bodies, foot) if text]


def _fits(head: str, bodies: Sequence[str]) -> bool:
    return len(head) + sum(len(body) + 1 for body in bodies) <= TEXT_LIMIT


def _card(reply: Reply, show_heading: bool) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    card: ui.Container[ui.LayoutView] = ui.Container(accent_colour=_COLOURS[reply.kind])
    quotes = 0
    for number, text in enumerate(card_texts(reply, show_heading)):
        if number:
            card.add_item(ui.Separator(visible=False))
        if reply.actions and reply.actions.context and text.startswith(_QUOTED):
            quoted, _, source = text.rpartition("\n")
            card.add_item(ui.TextDisplay(quoted))
            card.add_item(ui.Section(source, accessory=context_button(reply.actions, quotes)))
            quotes += 1
        else:
            card.add_item(ui.TextDisplay(text))
    if reply.paging:
        card.add_item(ui.ActionRow(*page_buttons(reply.paging)))
    if reply.actions:
        card.add_item(ui.ActionRow(*action_buttons(reply.actions)))
    if reply.about:
        card.add_item(ui.ActionRow(about_button(reply.about)))
    view.add_item(card)
    view.stop()  # nothing for discord.py to remember: buttons are found by their custom id
    return view


def _head(reply: Reply, show_heading: bool) -> Iterator[str]:
    if reply.heading and show_heading:
        yield f"### {escape(shorten(reply.heading, _HEADING))}"
    if reply.note:
        yield f"-# {escape(shorten(reply.note, _HEADING))}"
    if reply.status:
        line = f"**{escape(reply.status)}**" if reply.kind is Kind.CLOSEST else f"-# {escape(reply.status)}"
        yield f"{line} · {_dated(reply.caution)}" if reply.caution else line


def _dated(sentence: Dated) -> str:
    return f"{escape(sentence.before)}{timestamp(sentence.date)}{escape(sentence.after)}"


def _foot(reply: Reply) -> str:
    return f"-# {escape(shorten(reply.footer, _NAME))}" if reply.footer else ""


def _block(block: Block, with_links: bool) -> str:
    if isinstance(block, TextBlock):
        return escape(block.text)
    if isinstance(block, QuoteBlock):
        return f"{_QUOTED}{_quotation(block)}\n-# {_source_line(block.source, with_links)}"
    return f"- {_source_line(block.source, with_links)}"


def _quotation(block: QuoteBlock) -> str:
    shown = block.excerpt
    marked = f"**{escape(shown.highlight)}**" if shown.highlight else ""
    return (
        ("… " if shown.cut_before else "")
        + escape(shown.before)
        + marked
        + escape(shown.after)
        + (" …" if shown.cut_after else "")
    )


def _source_line(source: Source, with_links: bool) -> str:
    parts = [f"**{source.rank}**"] if source.rank is not None else []
    parts.append(link(source.title, source.link if with_links else None))
    if source.publisher:
        parts.append(escape(shorten(source.publisher, _NAME)))
    if source.published:
        parts.append(timestamp(source.published))
    parts.extend(escape(shorten(detail, _NAME)) for detail in source.details)
    return " · ".join(parts)
