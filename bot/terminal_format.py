"""Reply → text for a terminal (styled) or a pipe (plain), with rich."""

from __future__ import annotations

from datetime import datetime

from rich.console import Console
from rich.padding import Padding
from rich.style import Style
from rich.text import Text

from bot.replies import Kind, QuoteBlock, Reply, Source, SourceBlock

_STATUS = {
    Kind.STRONG: "green",
    Kind.PARTIAL: "yellow",
    Kind.CLOSEST: "yellow",
    Kind.SEARCH: "cyan",
    Kind.ARTICLE: "cyan",
    Kind.LATEST: "cyan",
    Kind.TIMELINE: "cyan",
}


def show(console: Console, reply: Reply, *, show_heading: bool = False) -> None:
    """Prints a reply. In a pipe the highlight is set between `**`, since nothing there is bold."""
    styled = console.is_terminal
    if show_heading and reply.heading:
        _print(console, Text(reply.heading, "bold"))
    if reply.note:
        _print(console, Text(reply.note, "dim"))
    if reply.status:
        status = Text(reply.status, _STATUS.get(reply.kind, ""))
        if reply.caution:
            caution = reply.caution
            status.append(f" · {caution.before}{_date(caution.date)}{caution.after}")
        _print(console, status)
    for block in reply.blocks:
        if isinstance(block, QuoteBlock):
            _print(console, Text())
            _quote(console, block, styled)
        elif isinstance(block, SourceBlock):
            _named(console, block, styled)
        else:
            _print(console, Text(block.text, "red" if reply.kind is Kind.PROBLEM else ""))
    _print(console, Text())


def _quote(console: Console, block: QuoteBlock, styled: bool) -> None:
    shown, mark = block.excerpt, "" if styled else "**"
    text = Text("… " if shown.cut_before else "", "dim").append(shown.before, "not dim")
    if shown.highlight:
        text.append(f"{mark}{shown.highlight}{mark}", "bold not dim")
    text.append(shown.after, "not dim").append(" …" if shown.cut_after else "")
    source = _source(block.source, styled)
    if not styled:
        _print(console, Text("> ").append_text(text))
        _print(console, Text("  ").append_text(source))
        return
    console.print(Padding(text, (0, 2, 0, 2)), highlight=False)
    console.print(Padding(source, (0, 2, 0, 4)), highlight=False)


def _named(console: Console, block: SourceBlock, styled: bool) -> None:
    source = _source(block.source, styled)
    if styled:
        console.print(Padding(source, (0, 2, 0, 2)), highlight=False)
    else:
        _print(console, Text("• ").append_text(source))


def _source(source: Source, styled: bool) -> Text:
    text = Text(f"{source.rank}. " if source.rank is not None else "")
    text.append(source.title, "italic")
    facts = [source.publisher, _date(source.published), *source.details]
    text.append("".join(f" · {fact}" for fact in facts if fact), "dim")
    if source.link and styled:  # shown without the sentence, which makes it long; a click still opens it there
        address = source.link.partition(":~:text=")[0].rstrip("#")
        text.append("\n").append(address, Style(color="blue", link=source.link))
    elif source.link:
        text.append(f"\n  {source.link}")
    return text


def _date(moment: datetime | None) -> str:
    return f"{moment.day} {moment:%B %Y}" if moment else ""


def _print(console: Console, text: Text) -> None:
    # A pipe gets one line a paragraph, for grep and for other programs; a terminal gets wrapped words.
    console.print(text, highlight=False, soft_wrap=not console.is_terminal)
