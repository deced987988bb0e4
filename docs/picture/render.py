"""`python -m docs.picture.render`: a page that shows Discord messages as Discord's dark theme does.

Reads message objects of Discord's API (what `docs.picture.messages` prints), writes HTML. Only what the bot sends is
drawn: text, containers, sections, separators, action rows and buttons, with the markdown it uses. Sizes and colours
are those of Discord's own style sheet; its font is not free, so Open Sans stands in.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

_PAGE = """<!doctype html><meta charset="utf-8"><title>Footnote on Discord</title>
<style>{style}</style>
{messages}
"""
_COLOURS = ("#5865f2", "#3ba55d")
_TIMESTAMP = re.compile(r"&lt;t:(\d+):D&gt;")
_MENTION = re.compile(r"&lt;@(\d+)&gt;")
_SMALL = re.compile(r"^-# (.*)$", re.MULTILINE)
_MARKDOWN = MarkdownIt("zero", {"breaks": True, "html": False}).enable(
    ["blockquote", "heading", "list", "emphasis", "escape", "link", "newline", "entity"]
)
_KINDS = {1: "row", 2: "button", 9: "section", 10: "text", 14: "separator", 17: "container"}


def main() -> None:
    """Standard input to standard output."""
    style = Path(__file__).with_name("discord.css").read_text("utf-8")
    print(_PAGE.format(style=style, messages="\n".join(message(m) for m in json.load(sys.stdin))))


def message(raw: dict[str, Any]) -> str:
    """One message with its author, and above it the message that it replies to."""
    author = raw["author"]
    bot = bool(author.get("bot"))
    asked = raw.get("referenced_message")
    names = {m["id"]: m["username"] for m in (*raw["mentions"], *(asked["mentions"] if asked else ()))}
    when = datetime.fromisoformat(raw["timestamp"]).strftime("%H:%M")
    above = ""
    if asked:
        line = f"<b>{escape(asked['author']['username'])}</b> {_inline(asked['content'], names)}"
        above = f'<div class="spine"></div><div class="reply">{line}</div>'
    app = '<span class="app">APP</span>' if bot else ""
    body = f'<div class="text">{_text(raw["content"], names)}</div>' if raw["content"] else ""
    body += "".join(_component(c, names) for c in raw["components"]) + "".join(_embed(e, names) for e in raw["embeds"])
    return (
        f'<div class="message{" answer" if asked else ""}">{above}'
        f'<div class="avatar" style="background:{_COLOURS[bot]}">{escape(author["username"][0])}</div>'
        f'<div><span class="name">{escape(author["username"])}</span>{app}<span class="when">{when}</span></div>'
        f"{body}</div>"
    )


def _component(raw: dict[str, Any], names: dict[str, str]) -> str:
    kind = _KINDS[raw["type"]]
    inside = "".join(_component(c, names) for c in raw.get("components", ()))
    if kind == "container":
        return f'<div class="card" style="--accent:#{raw["accent_color"]:06x}">{inside}</div>'
    if kind == "section":
        return f'<div class="section">{inside}{_component(raw["accessory"], names)}</div>'
    if kind == "row":
        return f'<div class="row">{inside}</div>'
    if kind == "button":
        return f'<span class="button">{escape(raw["label"])}</span>'
    if kind == "separator":
        return '<div class="gap"></div>'
    return f'<div class="text">{_text(raw["content"], names)}</div>'


def _embed(raw: dict[str, Any], names: dict[str, str]) -> str:
    return f'<div class="embed text" style="--accent:#{raw["color"]:06x}">{_text(raw["description"], names)}</div>'


def _text(content: str, names: dict[str, str]) -> str:
    """Discord's markdown as HTML: `-#` lines apart, since CommonMark has none."""
    parts = []
    for index, part in enumerate(_SMALL.split(content)):
        if index % 2:
            parts.append(f'<div class="small">{_inline(part, names)}</div>')
        elif part.strip():
            # A quote ends with its line on Discord; CommonMark would let the next line continue it.
            apart = re.sub(r"^(> .*)\n(?!>)", r"\1\n\n", part, flags=re.MULTILINE)
            parts.append(_marked(_MARKDOWN.render(apart), names))
    return "".join(parts)


def _inline(content: str, names: dict[str, str]) -> str:
    return _marked(_MARKDOWN.renderInline(content), names)


def _marked(html: str, names: dict[str, str]) -> str:
    html = _TIMESTAMP.sub(lambda m: f"<time>{datetime.fromtimestamp(int(m[1]), UTC):%-d %B %Y}</time>", html)
    return _MENTION.sub(lambda m: f'<span class="mention">@{escape(names[m[1]])}</span>', html)


if __name__ == "__main__":
    main()
