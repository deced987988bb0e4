"""Plain text → paragraphs and headings, by the looks of its lines.

Text comes hard-wrapped (a newline inside a paragraph is a wrap) or with each paragraph on a line of its own,
with or without blank lines between. One look at the whole text decides which, then one look at each newline.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.models import Block

_NARROWEST_WRAP, _WIDEST_WRAP = 40, 120
"""No text is hard-wrapped outside these columns; shorter lines are verse or lists, longer ones paragraphs."""

_LIST_ITEM = re.compile(r"(?:[-*+•·▪◦‣–—]|\(?\d{1,3}[.)]|\(?[A-Za-z]\))\s+\S")
_NUMBERED_ON = re.compile(r"\(?(?!1[.)])\d")
_BULLET = re.compile(r"[-*+•·▪◦‣–—>]")
_SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*$")
_NO_HEADING_END = re.compile(r"[.!?…。！？؟।,;:\"'”’»\-–—]$")
_FACT = re.compile(r":\s+\S|\d$")
"""`Admission: $5`, `Lions 3, Tigers 1`: what is said there is said nowhere else, so it must stay quotable."""

_HEADING_WORDS, _HEADING_CHARACTERS, _PROSE_WORDS = 12, 90, 20


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the blanks around it: `text == whole_text[start:end]`, empty for a blank line."""

    start: int
    end: int
    text: str
    indent: int


def split_lines(text: str) -> list[Line]:
    """The lines of `text`, blank ones included. Any newline counts (`\\n`, `\\r\\n`, form feed, U+2028, …)."""
    lines, offset = [], 0
    for raw in text.splitlines(keepends=True):
        bare = raw.strip()
        indent = len(raw) - len(raw.lstrip())
        start = offset + indent if bare else offset
        lines.append(Line(start, start + len(bare), bare, indent))
        offset += len(raw)
    return lines


def ends_sentence(words: str) -> bool:
    """True when `words` end as a sentence does, closing quotes and brackets aside."""
    return bool(_SENTENCE_END.search(words))


def paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of each paragraph. Lines without a letter or digit (`* * *`, `=====`) only separate."""
    width = _wrap_width(lines)
    found: list[list[Line]] = []
    previous: Line | None = None
    for line in lines:
        if not any(map(str.isalnum, line.text)):
            previous = None
            continue
        if previous is not None and _continues(found[-1], line, width):
            found[-1].append(line)
        else:
            found.append([line])
        previous = line
    return found


def blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """The paragraphs of `lines`; short ones that stand over prose and end like no sentence are headings."""
    found = paragraphs(lines)
    attached = {below.start for above, below in pairwise(lines) if any(map(str.isalnum, above.text))}
    return tuple(
        Block(
            "heading" if _is_heading(found, at) and not _ends_list(found, at, attached) else "paragraph",
            paragraph[0].start,
            paragraph[-1].end,
        )
        for at, paragraph in enumerate(found)
    )


def reflow(text: str) -> list[str]:
    """The paragraphs of `text`, each on one line: for formats whose line breaks are not the author's."""
    return [" ".join(" ".join(line.text for line in lines).split()) for lines in paragraphs(split_lines(text))]


def _wrap_width(lines: Sequence[Line]) -> int:
    """The column where the text is wrapped; 0 when each line is a paragraph."""
    total = sum(len(line.text) for line in lines)
    long = sum(len(line.text) for line in lines if len(line.text) > _WIDEST_WRAP)
    if long * 5 > total:
        return 0
    width = max(
        (
            len(above.text)
            for above, below in pairwise(lines)
            if below.text and " " in above.text and len(above.text) <= _WIDEST_WRAP
        ),
        default=0,
    )
    return width if width >= _NARROWEST_WRAP else 0


def _continues(paragraph: Sequence[Line], below: Line, width: int) -> bool:
    """True when the newline above `below` is only a wrap, so that the line goes on with `paragraph`."""
    line = paragraph[-1]
    if line.text == below.text or _begins_item(below.text, paragraph):  # a caption given twice; a list
        return False
    if not ends_sentence(line.text):
        broken_off = line.end - paragraph[0].start > _WIDEST_WRAP and line.text[-1] != ":"
        if below.text[0].islower() or below.text[0].isdigit() or line.text[-1] in ",;" or broken_off:
            return True
    if not width or (below.indent > line.indent + 1 and not _LIST_ITEM.match(line.text)):
        return False
    room = width - len(line.text) - 1 - len(below.text.split(None, 1)[0])
    return room < width * 0.2  # else the next word would have fitted, so the line was ended on purpose


def _begins_item(below: str, paragraph: Sequence[Line]) -> bool:
    """True for a list item; `2. It is` after half a sentence is none (a subscript, copied from a web page)."""
    above = paragraph[-1].text
    inside_sentence = not (ends_sentence(above) or above.endswith(":") or _LIST_ITEM.match(paragraph[0].text))
    return bool(_LIST_ITEM.match(below)) and not (inside_sentence and _NUMBERED_ON.match(below))


def _is_heading(found: Sequence[Sequence[Line]], at: int) -> bool:
    if len(found[at]) > 1 or at + 1 == len(found):
        return False
    words, below = found[at][0].text, " ".join(line.text for line in found[at + 1])
    return (
        len(words.split()) <= _HEADING_WORDS
        and len(words) <= _HEADING_CHARACTERS
        and not _NO_HEADING_END.search(words)
        and not words[0].islower()
        and not _BULLET.match(words)
        and (len(below.split()) >= _PROSE_WORDS or ends_sentence(below))
        and not (_LIST_ITEM.match(words) and _LIST_ITEM.match(below))
        and not _FACT.search(words)
    )


def _ends_list(found: Sequence[Sequence[Line]], at: int, attached: Collection[int]) -> bool:
    """True for the last row of a list, table or score; `attached` has the starts of lines right below another."""
    if at == 0:
        return False
    line, above = found[at][0], found[at - 1][-1].text
    if _LIST_ITEM.match(above) and _LIST_ITEM.match(line.text):
        return True
    short = len(above.split()) <= _HEADING_WORDS and not ends_sentence(above)
    return line.start in attached and short
