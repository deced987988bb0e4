"""What files say about themselves, brought into one form; and a title for those that say nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from index.reading.dates import to_iso

_KEYS = {
    "title": ("title", "headline"),
    "author": ("author", "authors", "byline", "by"),
    "source": ("source", "publisher", "publication", "site"),
    "url": ("url", "link", "canonical", "canonical_url", "source_url", "source"),
    "published": ("published", "date", "published_at", "publishdate", "pubdate", "created"),
}
"""Article field → the keys of front matter and records that may hold it, the best first."""

_URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_TITLE_WORDS = 12


class Described(NamedTuple):
    """What a file says about an article, each None when it says nothing usable; `published` is ISO 8601."""

    title: str | None
    url: str | None
    source: str | None
    author: str | None
    published: str | None


def described(said: Mapping[str, object]) -> Described:
    """Front matter or a record, read under whichever of the usual names, whatever their case."""
    given = {str(key).lower(): value for key, value in said.items()}

    def first(field: str) -> str | None:
        return plain(next((given[key] for key in _KEYS[field] if given.get(key)), None))

    url = next(filter(None, (web_address(given.get(key)) for key in _KEYS["url"])), None)
    published = next(filter(None, (to_iso(given.get(key)) for key in _KEYS["published"])), None)
    source = first("source")
    return Described(first("title"), url, source if source != url else None, first("author"), published)


def plain(value: object) -> str | None:
    """One line of text: a string or number without extra blanks, several of them joined by commas, or None.

    A mapping stands for its `name` (`{"name": "Ada Quill"}`), as JSON-LD and some front matter write authors.
    """
    if isinstance(value, Mapping):
        return plain(value.get("name"))
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(plain, value))) or None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(str(value).split()) or None


def web_address(value: object) -> str | None:
    """`value` when it is a whole http(s) address, else None: nothing else may become a link."""
    address = plain(value)
    return address if address and _URL.fullmatch(address) else None


def title_from_path(path: str) -> str:
    """`news/harbor-bridge_closes.pdf` → `Harbor bridge closes`."""
    words = " ".join(re.sub(r"[-_]+", " ", PurePosixPath(path).stem).split())
    return words[:1].upper() + words[1:] if words else path


def title_from_text(text: str) -> str:
    """The first words of `text`, as a title for an article without one."""
    words = text.split(None, _TITLE_WORDS)
    title = " ".join(words[:_TITLE_WORDS])
    return title[:120].rstrip() + " …" if len(words) > _TITLE_WORDS or len(title) > 120 else title
