"""Text → Discord's markdown, such that what is not ours renders as itself. Pure; knows nothing of discord.py.

Discord's parser takes a backslash before any punctuation as "show this character". Only characters that could begin
markup are escaped, so ordinary prose passes unchanged.
"""

from __future__ import annotations

import re
from datetime import datetime

from bot.excerpts import shorten

TEXT_LIMIT = 4000
"""Characters in all text displays of one Components V2 message."""
CONTENT_LIMIT = 2000
"""Characters in a plain message."""

_MARKUP = re.compile(
    r"""
      [\\`*_<\[\]]                      # escapes, code, emphasis, mentions and timestamps, links
    | ~(?=~) | (?<=~)~                  # strike-through
    | \|(?=\|) | (?<=\|)\|              # spoilers
    | :(?=//) | :(?=[\w+-]+:)           # bare URLs, :emoji:
    | @(?=everyone|here) | (?<=<)[@#]   # the latter because Discord's servers look for <@1> without reading escapes
    | (?m:^)[^\S\n]*(?:[#>+-])          # headings, subtext, quotes, lists: only where a line begins
    | (?m:^)[^\S\n]*\d+[.)](?=\s|$)     # ordered lists
    """,
    re.VERBOSE,
)
_BRACKETS = str.maketrans("[]", "()")
_SCHEME = re.compile(r"\b[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def escape(text: str) -> str:
    """`text` as markdown that renders as `text`: no markup, mention, link, emoji, timestamp or heading in it."""
    return _MARKUP.sub(lambda match: f"{match[0][:-1]}\\{match[0][-1]}", text)


def link(label: str, url: str | None, *, limit: int = 100) -> str:
    """A masked link, or the escaped label alone where there is no URL. The URL must be safe (see `links.py`).

    Discord's link rule reads brackets in a label without regard to escapes, and shows a label that looks like a URL
    as raw markdown; so brackets become parentheses and a scheme is left out.
    """
    shown = shorten(label, limit)
    if url is None:
        return escape(shown)
    return f"[{escape(_SCHEME.sub('', shown.translate(_BRACKETS)) or '…')}]({url})"


def timestamp(moment: datetime, style: str = "D") -> str:
    """A date that each reader's client shows in the reader's own language."""
    return f"<t:{int(moment.timestamp())}:{style}>"
