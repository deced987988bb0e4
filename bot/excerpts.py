"""A quote as it is shown: whitespace collapsed, whole sentences around the highlight, within a length. Pure.

The quote itself stays verbatim in the library; this is display only, and it only ever leaves text out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from index.models import Quote

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_SPACE = re.compile(r"\s+")
# Control characters, text-direction overrides (they could make a quote read backwards) and byte order marks.
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_LINE_MARKER = re.compile(r"(?m)^[ \t]*(?:>[ \t]?|[-*+][ \t]+)")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """`before + highlight + after` is display text of the article; a cut side was left out at a sentence's end."""

    before: str
    highlight: str
    after: str
    cut_before: bool = False
    cut_after: bool = False

    def __len__(self) -> int:
        return len(self.before) + len(self.highlight) + len(self.after)


def clean(text: str) -> str:
    """One line of visible text: whitespace collapsed, control and direction-override characters removed."""
    return _SURROGATES.sub("\ufffd", _INVISIBLE.sub("", _SPACE.sub(" ", text))).strip()


def shorten(text: str, limit: int) -> str:
    """`text` within `limit` characters, cut after a whole word where there is one, with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > limit // 2 else cut).rstrip() + "…"


def words_of_markdown(text: str) -> str:
    """A Markdown fragment's words without its inline markup: `see [the **map**](u)` → `see the map`."""
    inline = _markdown().parseInline(_LINE_MARKER.sub("", text))
    words = []
    for token in (child for block in inline for child in block.children or ()):
        if token.type in ("text", "code_inline", "text_special", "image"):
            words.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            words.append("\n")
    return "".join(words)


def excerpt(quote: Quote, limit: int) -> Excerpt:
    """`quote` for display in about `limit` characters: the highlight and as many whole sentences around it as fit.

    The highlight itself is cut, after a whole word, only where it alone is longer than `limit`.
    """
    start, end = (offset - quote.start for offset in quote.highlight_span)
    show = words_of_markdown if quote.citation.path.lower().endswith((".md", ".markdown")) else str
    before, highlight, after = (
        clean(show(part)) for part in (quote.text[:start], quote.text[start:end], quote.text[end:])
    )
    if not highlight:
        before, highlight, after = "", "", clean(show(quote.text))
    if len(highlight) > limit:
        cut = highlight[:limit]
        return Excerpt("", cut.rpartition(" ")[0] or cut, "", cut_before=bool(before), cut_after=True)
    left, right = sentences(before), sentences(after)
    first, last = _fit([len(s) for s in left], [len(s) for s in right], limit - len(highlight))
    kept_before, kept_after = "".join(left[first:]).strip(), "".join(right[:last]).strip()
    if not highlight and not kept_after:
        kept_after, last = after[:limit].rpartition(" ")[0] or after[:limit], 0
    spaced_before = kept_before and highlight and _SPACE.search(quote.text[start - 1 : start + 1])
    spaced_after = kept_after and highlight and _SPACE.search(quote.text[end - 1 : end + 1])
    return Excerpt(
        kept_before + (" " if spaced_before else ""),
        highlight,
        (" " if spaced_after else "") + kept_after,
        cut_before=first > 0,
        cut_after=last < len(right),
    )


def _fit(left: list[int], right: list[int], room: int) -> tuple[int, int]:
    """How much of each side fits, taken by turns nearest the middle first: the index of the first kept sentence
    on the left and the number of kept sentences on the right."""
    first, last, open_left, open_right = len(left), 0, True, True
    while open_left or open_right:
        open_left = open_left and first > 0 and left[first - 1] <= room
        if open_left:
            first -= 1
            room -= left[first]
        open_right = open_right and last < len(right) and right[last] <= room
        if open_right:
            room -= right[last]
            last += 1
    return first, last


def sentences(text: str) -> list[str]:
    """`text` cut after each sentence; the pieces join to `text`."""
    import sentencex

    return list(sentencex.segment("en", text)) if text else []


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt()
