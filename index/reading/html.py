"""HTML pages: trafilatura finds the article in the page and what the page says about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.errors import UnreadableArticle
from index.models import Article, Block
from index.reading import layout, metadata
from index.reading.dates import to_iso
from index.reading.decoding import decode, read_bytes

Element = Any
"""An `lxml.etree.Element`; lxml ships no types."""

_DECLARED_ENCODING = re.compile(rb"<meta[^>]+charset=[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD_BYTES = 4096
_BLOCKS = frozenset({"p", "head", "item", "quote", "list", "table", "div", "code"})
_ALSO_INLINE = frozenset({"quote", "code"})
_NOTE_MARK = re.compile(r"\[.*\]|\(\d+\)|[*†‡§]+")
_SENTENCE_STOP = re.compile(r"[^\W\d_][.,;:!?][\"”’)]*$|[.!?][\"”’]$")
_EXPONENT = re.compile(r"[+−–-]?\d+")
_SUPERSCRIPT = str.maketrans("0123456789+−–-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_PUBLISHED = "string(//meta[@property='article:published_time' or @itemprop='datePublished']/@content)"


def read(file: Path, path: str) -> tuple[Article]:
    """The one article of a page; its text is what the page shows of it, a blank line between paragraphs.

    Raises `UnreadableArticle` when the page holds no article.
    """
    import trafilatura
    from trafilatura.settings import Document

    data = read_bytes(file, path)
    declared = _DECLARED_ENCODING.search(data[:_HEAD_BYTES])
    tree = trafilatura.load_html(decode(data, path, declared[1].decode() if declared else None))
    stamp = str(tree.xpath(_PUBLISHED)) if tree is not None else ""  # trafilatura would drop the time of day
    if tree is not None:
        _prepare(tree)
    page = (
        None
        if tree is None
        else trafilatura.bare_extraction(
            tree,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={
                "extensive_search": False,
                "original_date": True,
            },  # no guesses from loose years
        )
    )
    if not isinstance(page, Document) or page.body is None or not "".join(page.body.itertext()).strip():
        raise UnreadableArticle(
            path, "no article text was found in the page. Save the whole article page, or its text."
        )
    title = metadata.plain(page.title) or metadata.title_from_path(path)
    text, blocks = _laid_out(page.body, title)
    return (
        Article(
            id=path,
            title=title,
            text=text,
            path=path,
            url=metadata.web_address(page.url),
            source=metadata.plain(page.sitename),
            author=metadata.plain(page.author.replace(";", ",") if page.author else None),
            published=to_iso(stamp) or to_iso(page.date),
            blocks=blocks,
        ),
    )


def _prepare(page: Element) -> None:
    """Makes explicit what trafilatura would lose: what the article is, what is struck out, what is raised."""
    from trafilatura.xpaths import BODY_XPATH

    for struck in list(page.iter("del", "s", "strike")):
        struck.drop_tree()
    for raised in page.xpath("//sup[not(ancestor::sup)]"):
        _flatten(raised)
    body = page.find("body")
    if body is not None and not any(container(page) for container in BODY_XPATH):
        article = body.makeelement("article")  # else only its paragraphs would be found, no list and no heading
        article.text, body.text = body.text, None
        article.extend(list(body))
        body.append(article)


def _flatten(raised: Element) -> None:
    """Writes an exponent with superscript digits, so that it stays apart from the number; drops the mark of a note."""
    words = "".join(raised.itertext()).strip()
    before = raised.getprevious()
    above = (before.tail if before is not None else raised.getparent().text) or ""
    link = next(raised.iterancestors("a"), None)
    if link is not None and "#" in link.get("href", "") and "".join(link.itertext()).strip() == words:
        link.drop_tree()
    elif (
        raised.xpath("boolean(.//a[contains(@href, '#')])")
        or _NOTE_MARK.fullmatch(words)
        or (words.isdigit() and _SENTENCE_STOP.search(above))
    ):
        raised.drop_tree()
    elif _EXPONENT.fullmatch(words):
        for child in list(raised):
            child.drop_tree()
        raised.text = words.translate(_SUPERSCRIPT)
        raised.drop_tag()


def _laid_out(body: Element, title: str) -> tuple[str, tuple[Block, ...]]:
    """The text of `body` and its blocks; a heading or first line that only repeats the title is left out."""
    text, above = "", ""
    blocks: list[Block] = []
    for tag, raw in _parts(body, "p"):
        for words in layout.reflow(raw):
            if words == title and (tag == "head" or not text):
                continue
            if text:
                text += "\n" if tag == above and tag in ("item", "row") else "\n\n"
            start, above = len(text), tag
            text += f"- {words}" if tag == "item" else words
            if tag != "code":
                blocks.append(Block("heading" if tag == "head" else "paragraph", start, len(text)))
    return text, tuple(blocks)


def _parts(element: Element, tag: str) -> Iterator[tuple[str, str]]:
    """The runs of text in `element`, each with the innermost of `_BLOCKS` around it, in page order."""
    words = element.text or ""
    for child in element:
        if child.tag == "lb":
            words += "\n"
        elif child.tag == "row":
            yield tag, words
            words = ""
            yield (
                "row",
                " | ".join(" ".join(" ".join(words for _, words in _parts(cell, "cell")).split()) for cell in child),
            )
        elif child.tag in _BLOCKS and not (child.tag in _ALSO_INLINE and tag in ("p", "item") and words.strip()):
            yield tag, words
            yield from _parts(child, tag if child.tag in ("p", "quote", "list", "table", "div") else child.tag)
            words = ""
        else:
            words += "".join(child.itertext())
        words += child.tail or ""
    yield tag, words
