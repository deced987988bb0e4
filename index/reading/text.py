"""Plain text: the first line is the title, lines right below may say who, when and where from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.models import Article
from index.reading import layout, metadata
from index.reading.dates import to_iso
from index.reading.decoding import read_text
from index.reading.layout import Line
from index.sentences import sentences

_LONGEST_TITLE = 200
_TITLE_WORDS = 12
"""A headline that ends with a full stop has no more words than this."""

_LONGEST_HEADER = 160

_FIELDS = {
    **dict.fromkeys(("title", "headline"), "title"),
    **dict.fromkeys(("author", "authors", "by", "byline", "autor", "autora", "auteur"), "author"),
    **dict.fromkeys(("source", "publisher", "publication", "quelle", "fuente"), "source"),
    **dict.fromkeys(("url", "link"), "url"),
    **dict.fromkeys(("date", "published", "published on", "posted", "datum", "fecha"), "published"),
    **dict.fromkeys(("updated", "last updated", "modified", "tags", "category", "section", "language"), ""),
}
"""What a header line may be labelled, and the field it fills; none for those that are only passed over."""

_LABELLED = re.compile(r"([^\W\d_][\w ]{1,15}?)\s*:\s+(\S.*)")
_BYLINE = re.compile(r"(?:by|von|por|par)\s+(\S.*)", re.IGNORECASE)
_STAMP = re.compile(r"(?:(?:first|last)\s+)?(?:published|posted|updated)\b.*\d{4}", re.IGNORECASE)
_FULL_STOP = re.compile(r"\.[\"'”’)\]]*$")
_PARTS = re.compile(r"\s+[|•·]\s+|\s+[–—]\s+")
_PARTICLES = frozenset("and und y et & de van von der den la le du di da bin al ibn the of for".split())


@dataclass(slots=True)
class _Header:
    """What the first lines say, and how many of them are no part of the prose."""

    lines: int
    fields: dict[str, str] = field(default_factory=dict)


def read(file: Path, path: str) -> tuple[Article]:
    """The one article in a text file. Raises `UnreadableArticle`."""
    text = read_text(file, path)
    lines = layout.split_lines(text)
    header = _header(lines)
    body = lines[header.lines :]
    title = header.fields.pop("title", "") or metadata.title_from_text(" ".join(line.text for line in body[:20]))
    return (
        Article(path, title or metadata.title_from_path(path), text, path, blocks=layout.blocks(body), **header.fields),
    )


def _header(lines: Sequence[Line]) -> _Header:
    header = _title(lines)
    for at in range(header.lines, len(lines)):
        if not lines[at].text:
            continue
        said = _read_header_line(lines[at].text)
        if said is None or _goes_on(lines, at + 1):
            break
        header.fields = said | header.fields
        header.lines = at + 1
    return header


def _title(lines: Sequence[Line]) -> _Header:
    """The title, its lines, and a date or address above it: the title is one line, or a few when it is wrapped.

    None if the text starts at once.
    """
    header = _above_title(lines)
    first = header.lines
    if _labelled(lines[first].text) is not None:  # "Title: …": the header lines say it
        return header
    end = first + 1
    while _goes_on(lines, end) and not layout.ends_sentence(lines[end - 1].text):
        end += 1
    title = " ".join(" ".join(line.text for line in lines[first:end]).split())
    nothing_below = not any(line.text for line in lines[end:])
    goes_on = end < len(lines) and lines[end].text and _read_header_line(lines[end].text) is None
    wrapped_prose = end > first + 1 and (goes_on or layout.ends_sentence(title))
    if len(title) > _LONGEST_TITLE or nothing_below or wrapped_prose or _is_prose(title):
        return header
    return _Header(end, header.fields | {"title": title})


def _above_title(lines: Sequence[Line]) -> _Header:
    """What dates, time stamps and addresses above the title say, and the line where the title may begin."""
    header = _Header(0)
    for at, line in enumerate(lines):
        if not line.text:
            continue
        said = _stamp_or_address(line.text)
        header.lines = at
        if said is None:
            return header
        header.fields = said | header.fields
    return _Header(next((at for at, line in enumerate(lines) if line.text), 0))  # there is nothing else


def _stamp_or_address(line: str) -> dict[str, str] | None:
    if len(line) > _LONGEST_HEADER:
        return None
    if address := metadata.web_address(line):
        return {"url": address}
    if published := to_iso(line):
        return {"published": published}
    return {} if _is_stamp(line) else None


def _is_prose(title: str) -> bool:
    """True for a long sentence, or several: an article's opening, not its headline."""
    if not _FULL_STOP.search(title):
        return False
    return len(title.split()) > _TITLE_WORDS or len(sentences(title, 0, len(title))) > 1


def _goes_on(lines: Sequence[Line], at: int) -> bool:
    """True when line `at` is the second half of the one above and no header line of its own."""
    return at < len(lines) and lines[at].text[:1].islower() and _read_header_line(lines[at].text) is None


def _read_header_line(line: str) -> dict[str, str] | None:
    """The fields that one header line fills, or None when it is prose."""
    if len(line) > _LONGEST_HEADER:
        return None
    if (labelled := _labelled(line)) is not None:  # {} is a header line, too: one that fills no field
        return labelled
    if address := metadata.web_address(line):
        return {"url": address}
    parts = _PARTS.split(line)
    known = [_byline_or_date(part) for part in parts]
    if not any(said is not None for said in known):
        return None
    fields: dict[str, str] = {}
    for part, said in zip(parts, known, strict=True):
        if said is None and (len(part.split()) > 6 or layout.ends_sentence(part)):
            return None
        fields |= {"source": part} if said is None else said
    return fields


def _labelled(line: str) -> dict[str, str] | None:
    match = _LABELLED.fullmatch(line)
    if not match or match[1].lower() not in _FIELDS:
        return None
    name, value = _FIELDS[match[1].lower()], match[2]
    known = to_iso(value) if name == "published" else metadata.web_address(value) if name == "url" else value
    return {name: known} if name and known else {}


def _byline_or_date(part: str) -> dict[str, str] | None:
    byline = _BYLINE.fullmatch(part)
    if byline and _are_names(byline[1]):
        name, _, rest = byline[1].rpartition(",")
        return {"author": byline[1]} if not (name and to_iso(rest)) else {"author": name}
    if published := to_iso(part):
        return {"published": published}
    return {} if _is_stamp(part) else None


def _is_stamp(words: str) -> bool:
    return bool(_STAMP.fullmatch(words)) and len(words.split()) <= 12


def _are_names(words: str) -> bool:
    """True for `Ada Quill and Tom de Vries, Staff Writers`; false for prose that happens to begin with "By"."""
    names = re.split(r"[\s,]+", words)
    return len(names) <= 12 and not re.search(r"[a-z]{3,}\.$", words) and all(
        name[:1].isupper() or name.lower() in _PARTICLES or name.isdigit() for name in names if name
    )  # fmt: skip
