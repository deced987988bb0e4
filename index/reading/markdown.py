"""Markdown with YAML front matter. The text is the whole file; blocks are its headings and its prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from index.errors import UnreadableArticle
from index.models import Article, Block, Span
from index.reading import layout, metadata
from index.reading.decoding import read_text
from index.reading.layout import Line

if TYPE_CHECKING:
    from markdown_it.token import Token

_FENCE = re.compile(r"^-{3,}\s*$", re.MULTILINE)
_NOT_PROSE = re.compile(r"<!--.*?(?:-->|\Z)|\[?!\[[^\]]*\]\([^)]*\)(?:\]\([^)]*\))?", re.DOTALL)
"""HTML comments and images, linked or not, inside a paragraph."""

_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|pre|textarea|svg)\b.*?(?:</\1>|\Z)|</?[a-z][^<>]*\n[^<>]*>|(?:<[^<>]*>\s*)+$",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
"""What of raw HTML nobody sees: comments, scripts, tags over several lines or at the end of one."""

_HEADING_MARKS = re.compile(r"^[\s>]*#{1,6}[ \t]+|[ \t]+#+$")


class _Part(NamedTuple):
    """A block with its HTML tag (`h1`, `p`, `tr`) and, for a heading, its words without markup."""

    tag: str
    words: str
    block: Block


def read(file: Path, path: str) -> tuple[Article]:
    """The one article in a Markdown file. Raises `UnreadableArticle`, also for front matter that is no YAML."""
    text = read_text(file, path)
    said, body = _front_matter(text, path)
    parts = list(_parts(text, body))
    known = metadata.described(said)
    title = (
        known.title or next((part.words for part in parts if part.tag == "h1"), None) or metadata.title_from_path(path)
    )
    return (
        Article(
            id=path,
            title=title,
            text=text,
            path=path,
            url=known.url,
            source=known.source,
            author=known.author,
            published=known.published,
            blocks=tuple(part.block for part in parts if part.words != title),
        ),
    )


def _front_matter(text: str, path: str) -> tuple[Mapping[str, object], int]:
    """What the front matter says, and where the body begins."""
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    handler = YAMLHandler()
    if not handler.detect(text) or len(_FENCE.findall(text)) < 2:
        return {}, 0
    raw, body = handler.split(text)
    try:
        said = handler.load(raw)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        raise UnreadableArticle(
            path,
            f"its front matter is not valid YAML{where}. Put values that hold a colon or a quote in quotes.",
        ) from error
    if not isinstance(said, dict):  # two rules with prose between are no front matter
        return {}, 0
    return said, len(text) - len(body)


def _parts(text: str, body: int) -> Iterator[_Part]:
    """The headings and the prose from `body` on, in order. Code, tags and rules are left out."""
    from markdown_it import MarkdownIt

    starts = list(accumulate((len(line) + 1 for line in text[body:].split("\n")), initial=body))
    in_table_head = False
    tokens = MarkdownIt("commonmark").enable("table").parse(text[body:])
    for token, inside in zip(tokens, [*tokens[1:], *tokens[-1:]], strict=True):
        if token.type == "heading_open" and inside.map and not _is_underlined_prose(token, inside):
            span = _trim(text, starts[inside.map[0]], starts[inside.map[1]] - 1)
            span = _without_marks(text, span)
            if span[0] < span[1]:
                yield _Part(token.tag, _words(inside), Block("heading", *span))
        elif token.type == "html_block" and token.map:
            yield from _raw_html(text, starts[token.map[0]], starts[token.map[1]] - 1)
        elif token.type in ("paragraph_open", "tr_open", "heading_open") and token.map:
            # the row of dashes under a table's head belongs to the head, the rule under prose is none of it
            last = token.map[1] + in_table_head - (token.type == "heading_open")
            span = _trim(text, starts[token.map[0]], starts[min(last, len(starts) - 1)] - 1)
            yield from (_Part(token.tag, "", Block("paragraph", *part)) for part in _prose(text, span))
        in_table_head = token.type == "thead_open"


def _is_underlined_prose(heading: Token, inside: Token) -> bool:
    """True for a paragraph right above `---`: its author meant a rule, not a heading."""
    return heading.markup == "-" and layout.ends_sentence(inside.content)


def _raw_html(text: str, start: int, end: int) -> Iterator[_Part]:
    """The prose on lines of its own between raw tags (`<br>`, `<details>`); a line that begins with a tag is none."""
    lines = [
        Line(line.start, line.start, "", 0) if line.text.startswith("<") else line
        for line in layout.split_lines(_HIDDEN.sub(_blanked, text[start:end]))
    ]
    for paragraph in layout.paragraphs(lines):
        yield _Part("p", "", Block("paragraph", start + paragraph[0].start, start + paragraph[-1].end))


def _blanked(hidden: re.Match[str]) -> str:
    return "".join("\n" if character == "\n" else " " for character in hidden[0])


def _words(inline: Token) -> str:
    return " ".join("".join(child.content or " " for child in inline.children or ()).split())


def _without_marks(text: str, span: Span) -> Span:
    start, end = span
    for mark in _HEADING_MARKS.finditer(text[start:end]):
        if mark.start() == 0:
            start = span[0] + mark.end()
        else:
            end = span[0] + mark.start()
    return _trim(text, start, max(start, end))


def _prose(text: str, span: Span) -> Iterator[Span]:
    """`span` without its comments and images; parts without a letter or digit are dropped."""
    start, end = span
    cuts = [(start + cut.start(), start + cut.end()) for cut in _NOT_PROSE.finditer(text[start:end])]
    for left, right in zip([start, *(cut[1] for cut in cuts)], [*(cut[0] for cut in cuts), end], strict=True):
        part = _trim(text, left, right)
        if any(map(str.isalnum, text[part[0] : part[1]])):
            yield part


def _trim(text: str, start: int, end: int) -> Span:
    inside = text[start:end].rstrip()
    return start + len(inside) - len(inside.lstrip()), start + len(inside)
