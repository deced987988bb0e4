"""JSON lines: one article a line, its `text` kept to the letter."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from index.errors import UnreadableArticle
from index.models import Article, Failure
from index.reading import layout, metadata
from index.reading.decoding import MAX_TEXT_BYTES

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(file: Path, path: str) -> Iterator[Article | Failure]:
    """The articles of a `.jsonl` file; a broken line is a `Failure` of its own (`path:12`).

    Raises `UnreadableArticle` when the file is empty or is no JSON lines at all.
    """
    with file.open("rb") as stream:
        empty = True
        for number, line in enumerate(_lines(stream), 1):
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
                _refuse_other_formats(line, path)
            if not line.strip():
                continue
            empty = False
            where = f"{path}:{number}"
            try:
                yield _article(line, path, where)
            except UnreadableArticle as error:
                yield Failure(error.path, error.reason)
    if empty:
        raise UnreadableArticle(path, "the file is empty. Put one JSON record a line in it, or remove it.")


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of `stream`, none held longer than what one article may have and a little more."""
    limit = 2 * MAX_TEXT_BYTES
    while line := stream.readline(limit):
        yield line
        while len(line) == limit and not line.endswith(b"\n"):  # too long: reported once, its rest is passed over
            line = stream.readline(limit)


def _refuse_other_formats(first_line: bytes, path: str) -> None:
    if first_line.startswith(_UTF16):
        raise UnreadableArticle(path, "it is UTF-16 text. Save it as UTF-8.")
    if first_line.strip() in (b"{", b"[") or first_line.lstrip().startswith(b"["):
        raise UnreadableArticle(
            path, "it is one JSON document, not JSON lines. Write each article on a line of its own."
        )


def _article(line: bytes, path: str, where: str) -> Article:
    record = _record(line, where)
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise UnreadableArticle(where, 'the record has no "text". Add it, or remove the line.')
    article_id = record.get("id")
    if isinstance(article_id, bool) or not isinstance(article_id, str | int) or not str(article_id).strip():
        raise UnreadableArticle(where, 'the record has no "id". Give it one that no other article has.')
    said = metadata.described(record)
    title = said.title or metadata.title_from_text(text)
    lines = layout.split_lines(text)
    if lines[0].text == title:
        lines = lines[1:]
    return Article(
        id=str(article_id),
        title=title,
        text=text,
        path=path,
        url=said.url,
        source=said.source,
        author=said.author,
        published=said.published,
        blocks=layout.blocks(lines),
    )


def _record(line: bytes, where: str) -> dict[str, object]:
    if len(line) > MAX_TEXT_BYTES:
        raise UnreadableArticle(
            where, f"the record is larger than {MAX_TEXT_BYTES // 2**20} MB. Split it into several articles."
        )
    try:
        record = json.loads(line.decode("utf-8").strip())
    except UnicodeDecodeError as error:
        raise UnreadableArticle(where, "the line is not UTF-8. Save the file as UTF-8.") from error
    except json.JSONDecodeError as error:
        raise UnreadableArticle(
            where,
            f"the line is not valid JSON ({error.msg}, column {error.colno}). Write one complete record on it.",
        ) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableArticle(where, "the line is JSON that cannot be read. Write one plain record on it.") from error
    if not isinstance(record, dict):
        raise UnreadableArticle(where, 'the line is no JSON object. Write {"id": …, "title": …, "text": …}.')
    if b"\\u" in line and _has_surrogates(record):
        raise UnreadableArticle(where, "the record holds half a character (a lone surrogate). Repair its text.")
    return record


def _has_surrogates(record: dict[str, object]) -> bool:
    """True when a value cannot be written as UTF-8, so that no database could store it."""
    try:
        json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False
