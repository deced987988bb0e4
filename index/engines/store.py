"""Articles and passages in SQLite: written once by a build, then only read."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import IndexCorrupt
from index.models import Article, Citation, Passage

_SCHEMA = """
CREATE TABLE articles (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, path TEXT NOT NULL,
    url TEXT, source TEXT, author TEXT, published TEXT, digest TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles, ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, sentences TEXT NOT NULL,
    paragraph INTEGER NOT NULL, paragraphs INTEGER NOT NULL, heading TEXT NOT NULL, digest TEXT NOT NULL);
CREATE INDEX passages_by_article ON passages (article, ordinal);
"""
_CITATION = "id, title, path, url, source, author, published"
_PASSAGE = (
    """passages.row, articles.id, ordinal, start, "end", passages.text, sentences, paragraph, paragraphs, heading"""
)


@dataclass(frozen=True)
class Entry:
    """An article as stored: its digest tells whether it changed, its passages' digests which vectors still hold."""

    article: Article
    digest: str
    passages: tuple[Passage, ...]
    passage_digests: tuple[str, ...]


def write(path: Path, entries: Iterable[Entry]) -> None:
    """Write a new store; rows count up from 0 in the order given. Raises sqlite3.Error, OSError (disk full)."""
    connection = sqlite3.connect(path)
    try:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        row = 0
        for number, entry in enumerate(entries):
            a = entry.article
            connection.execute(
                "INSERT INTO articles VALUES (?,?,?,?,?,?,?,?,?,?)",
                (number, a.id, a.title, a.path, a.url, a.source, a.author, a.published, entry.digest, a.text),
            )
            for p, digest in zip(entry.passages, entry.passage_digests, strict=True):
                place = (
                    p.ordinal,
                    p.start,
                    p.end,
                    p.text,
                    json.dumps(p.sentences),
                    p.paragraph,
                    p.paragraphs,
                    p.heading,
                )
                connection.execute("INSERT INTO passages VALUES (?,?,?,?,?,?,?,?,?,?,?)", (row, number, *place, digest))
                row += 1
        connection.commit()
    finally:
        connection.close()


class Store:
    """A written store, open for reading; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        """Open `path`. Raises IndexCorrupt when it is not a store."""
        self._path, self._lock = path, threading.Lock()
        try:
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            self.citations = tuple(Citation(*r) for r in self._all(f"SELECT {_CITATION} FROM articles ORDER BY row"))
        except sqlite3.Error as error:
            raise IndexCorrupt(path, str(error)) from error

    def article(self, row: int) -> Article:
        """The article of this row, without blocks."""
        found = self._all(
            "SELECT id, title, text, path, url, source, author, published FROM articles WHERE row = ?", row
        )
        return Article(*found[0])

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of these rows, in the order asked for."""
        marks = ",".join("?" * len(rows))
        found = self._all(
            f"SELECT {_PASSAGE} FROM passages JOIN articles ON articles.row = article WHERE passages.row IN ({marks})",
            *rows,
        )
        by_row = {r[0]: _passage(r[1:]) for r in found}
        return [by_row[row] for row in rows]

    def passages_of(self, article_row: int) -> list[Passage]:
        """An article's passages in reading order."""
        found = self._all(
            f"SELECT {_PASSAGE} FROM passages JOIN articles ON articles.row = article"
            " WHERE article = ? ORDER BY ordinal",
            article_row,
        )
        return [_passage(r[1:]) for r in found]

    def digests(self) -> dict[str, str]:
        """Article id → digest, for every article."""
        return dict(self._all("SELECT id, digest FROM articles"))

    def passage_digests(self) -> list[str]:
        """The digest of every passage, by row."""
        return [r[0] for r in self._all("SELECT digest FROM passages ORDER BY row")]

    def entries(self) -> Iterator[Entry]:
        """Every article with its passages, by row."""
        for row, (digest,) in enumerate(self._all("SELECT digest FROM articles ORDER BY row")):
            digests = self._all("SELECT digest FROM passages WHERE article = ? ORDER BY ordinal", row)
            yield Entry(self.article(row), digest, tuple(self.passages_of(row)), tuple(d for (d,) in digests))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _all(self, query: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]  # rows are untyped
        try:
            with self._lock:
                return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise IndexCorrupt(self._path, str(error)) from error


def _passage(r: tuple) -> Passage:  # type: ignore[type-arg]
    sentences = tuple((start, end) for start, end in json.loads(r[5]))
    return Passage(r[0], r[1], r[2], r[3], r[4], sentences, r[6], r[7], r[8])
