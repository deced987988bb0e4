"""The nouns of the library: Article → Passage → Hit → Quote + Citation → Answer.

All are frozen. Every offset is a count of characters (Python code points) into `Article.text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Literal

_BETWEEN_NAMES = re.compile(r"\s*[,;&]\s*(?:and\s+)?|\s+and\s+", re.I)
_PROFESSION = re.compile(r"\b(?:staff|writer|reporter|correspondent|editor|columnist|contributor)s?\b", re.I)

Span = tuple[int, int]
"""Half-open character range `[start, end)` into an article's text."""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of an article's text as its format laid it out. Text outside every block is never quoted."""

    kind: Literal["heading", "paragraph"]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read. `text` is never altered after reading; blocks say which parts are prose.

    `id` is stable over builds: a JSONL record's own id, otherwise the file's path below the articles folder.
    `published` is ISO 8601, a date (`2016-07-15`) or a date-time with offset.
    `path` is the POSIX path of the file below the articles folder.
    """

    id: str
    title: str
    text: str
    path: str
    url: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None
    blocks: tuple[Block, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one article: `text == article.text[start:end]`.

    `ordinal` counts the article's passages from 0. `sentences` are spans into the article's text, inside
    `[start, end)`. `paragraph` is the 1-based number of the prose paragraph the passage begins in, of
    `paragraphs` in the article. `heading` is the nearest heading above, or empty.
    """

    article_id: str
    ordinal: int
    start: int
    end: int
    text: str
    sentences: tuple[Span, ...]
    paragraph: int = 1
    paragraphs: int = 1
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """What a reader needs to find an article: everything but its text."""

    id: str
    title: str
    path: str
    url: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None

    @property
    def published_at(self) -> datetime | None:
        """The publishing time, timezone-aware; a bare date counts as noon UTC, so that it shows as that date."""
        if not self.published:
            return None
        if len(self.published) == 10:
            return datetime.combine(date.fromisoformat(self.published), time(12), UTC)
        moment = datetime.fromisoformat(self.published)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    @property
    def label(self) -> str:
        """Title, source and author: words that speak for every passage of the article."""
        return " ".join(filter(None, (self.title, self.source, self.author)))

    @property
    def authors(self) -> tuple[str, ...]:
        """The names in `author`: "Ada Quill and Tom Reed" are two, "Reed, Tom" is one, and so is a single word."""
        whole = " ".join((self.author or "").split())
        names = tuple(name for name in _BETWEEN_NAMES.split(whole) if name and not _PROFESSION.search(name))
        return names if names and all(" " in name for name in names) else (whole,) if whole else ()

    @property
    def collection(self) -> str:
        """The sub-folder of the articles folder that the article's file stands in; empty at the top."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage, by its row in the index, with its score; higher is better."""

    row: int
    score: float


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim span of an article: `text == article.text[start:end]`.

    `highlight` is the sentence that answers: `article.text[highlight_span[0]:highlight_span[1]]`, inside `text`.
    `score` is the calibrated probability in 0..1 that this quote answers, never above the score of the one before it.
    """

    text: str
    start: int
    end: int
    highlight: str
    highlight_span: Span
    score: float
    citation: Citation
    paragraph: int = 1
    paragraphs: int = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gets: quotes when `answerable` (or when asked to quote always), else closest articles.

    `confidence` is the calibrated probability in 0..1 that the first quote answers the question.
    """

    question: str
    answerable: bool
    confidence: float
    quotes: tuple[Quote, ...]
    closest: tuple[Citation, ...]
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class Filters:
    """Limits a search to some articles. Empty fields limit nothing. `after` and `before` are inclusive dates.

    `collections` are sub-folders (an article below one belongs to it); `sources` and `authors` are compared
    without case. An undated article passes `after`/`before` only when neither is given.
    """

    collections: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    after: date | None = None
    before: date | None = None
    article_ids: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """True when every article passes."""
        return self == NO_FILTERS

    def passes(self, citation: Citation) -> bool:
        """Whether an article may be found under these filters."""
        return (
            _one_of([citation.source or ""], self.sources)
            and _one_of([citation.author or "", *citation.authors], self.authors)
            and (not self.article_ids or citation.id in self.article_ids)
            and (not self.collections or _below(citation.collection, self.collections))
            and (self.after is self.before is None or self._in_time(citation))
        )

    def _in_time(self, citation: Citation) -> bool:
        if citation.published_at is None:
            return False
        published = citation.published_at.date()
        return (self.after is None or published >= self.after) and (self.before is None or published <= self.before)


NO_FILTERS = Filters()


def _one_of(values: Iterable[str], wanted: tuple[str, ...]) -> bool:
    return not wanted or not {v.casefold() for v in values}.isdisjoint(w.casefold() for w in wanted)


def _below(collection: str, wanted: tuple[str, ...]) -> bool:
    return any(collection == w or collection.startswith(f"{w}/") for w in (w.strip("/") for w in wanted))


@dataclass(frozen=True, slots=True)
class Failure:
    """One article or file that could not be read, and why, in words that say what to do."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `version` is the name of the version that is live now."""

    version: str
    articles: int
    passages: int
    embedded: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    failed: tuple[Failure, ...]
    seconds: float
