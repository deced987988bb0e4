"""PDF: pypdf's text, put back into paragraphs. Page numbers and running heads are left out."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import UnreadableArticle
from index.models import Article
from index.reading import layout, metadata
from index.reading.dates import to_iso
from index.reading.decoding import read_bytes

if TYPE_CHECKING:
    from pypdf import DocumentInformation, PdfReader

MAX_PDF_BYTES = 100 * 1024 * 1024
"""The largest PDF that is opened; most of a large one is pictures."""

_NO_TITLE = re.compile(
    r"untitled|(document|title|slide) ?\d*|microsoft (word|powerpoint) - .*|.*\.\w{2,4}", re.IGNORECASE
)
_HYPHENATED = re.compile(r"(\w+)(\u00ad|-)\n\s*([^\W\d_A-Z]\w*)")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?[-–—|\s]*\d{1,4}[-–—|\s]*(?:(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,4}")
_REPEATED_ON = 3


def read(file: Path, path: str) -> tuple[Article]:
    """The one article of a PDF; its text has one line a paragraph and a blank line between.

    Raises `UnreadableArticle` when the file is too large, broken, encrypted or only pictures of text.
    """
    from pypdf.errors import PyPdfError

    data = read_bytes(file, path, MAX_PDF_BYTES)
    try:
        reader = _open(data, path)
        said = reader.metadata
        named, author, created = (_whole(said.title), _whole(said.author), _created(said)) if said else ("", "", None)
        pages = [_whole(page.extract_text()) for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise UnreadableArticle(path, "the PDF is damaged. Open it in a PDF viewer and save it anew.") from error
    paragraphs = layout.reflow(_without_hyphens("\n".join(_without_page_furniture(pages))))
    text = "\n\n".join(paragraphs)
    if not any(map(str.isalpha, text)):
        raise UnreadableArticle(
            path,
            "the PDF holds no text, only pictures of it. Run text recognition (OCR) on it, or save it as text.",
        )
    title = metadata.plain(named)
    if not title or _NO_TITLE.fullmatch(title):
        title = metadata.title_from_path(path)
    lines = layout.split_lines(text)
    return (
        Article(
            id=path,
            title=title,
            text=text,
            path=path,
            author=metadata.plain(author),
            published=created,
            blocks=layout.blocks([line for line in lines if line.text != title]),
        ),
    )


def _open(data: bytes, path: str) -> PdfReader:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableArticle(path, "the PDF is encrypted. Save it without a password.")
    except (DependencyError, NotImplementedError) as error:
        raise UnreadableArticle(path, "the PDF is encrypted. Save it without a password.") from error
    return reader


def _whole(text: str | None) -> str:
    """The text with pairs of surrogates joined and lone ones replaced: fonts map letters to halves of characters."""
    return (text or "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _created(said: DocumentInformation) -> str | None:
    """When it was made; what pypdf cannot read as the format's own date may be another date."""
    try:
        return to_iso(said.creation_date)
    except ValueError:
        return to_iso(str(said.creation_date_raw or ""))


def _without_page_furniture(pages: Sequence[str]) -> list[str]:
    """The lines of all pages, without page numbers and without first and last lines that most pages share."""
    split = [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]
    edges = [[_edge_forms(lines[at], number) for at in (0, -1)] if lines else [] for number, lines in enumerate(split)]
    counts = Counter((at, form) for page in edges for at, forms in enumerate(page) for form in forms)
    enough = len(pages) if len(pages) == 2 else max(_REPEATED_ON, len(pages) // 2)
    lasting: list[str] = []
    for lines, page in zip(split, edges, strict=True):
        running = [any(counts[at, form] >= enough for form in forms) for at, forms in enumerate(page)]
        for at, line in enumerate(lines):
            shared = (at == 0 and running[0]) or (at == len(lines) - 1 and running[1])
            at_edge = at in (0, len(lines) - 1)
            if (at_edge and _PAGE_NUMBER.fullmatch(line)) or (
                shared and not (len(pages) == 2 and layout.ends_sentence(line))
            ):
                continue
            lasting.append(line)
    return lasting


def _edge_forms(line: str, page: int) -> set[str]:
    """`line`, and what it becomes when one of its numbers counts the pages: `Gazette | Page 3 of 5`."""
    return {line} | {
        f"{line[: number.start()]}\0{int(number[0]) - page}\0{line[number.end() :]}"
        for number in _NUMBER.finditer(line)
    }


def _without_hyphens(text: str) -> str:
    """Joins words that were divided at the end of a line; a hyphen that stands elsewhere in the word stays."""
    whole = set(re.findall(r"\w+-\w+", text))

    def join(divided: re.Match[str]) -> str:
        left, hyphen, right = divided.groups()
        of_the_word = hyphen == "-" and not left[-1].islower()  # "19-year-old", "COVID-related"
        return f"{left}-{right}" if of_the_word or f"{left}-{right}" in whole else left + right

    return _HYPHENATED.sub(join, text)
