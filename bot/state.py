"""What the bot remembers between runs, in one SQLite file. Methods block for a moment: call them off the event loop.

`user_version` counts the migrations that were applied. A migration, once released, is never edited: append another.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from index.errors import ConfigurationError

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE searches (id INTEGER PRIMARY KEY AUTOINCREMENT, keywords TEXT NOT NULL, at REAL NOT NULL);
    CREATE INDEX searches_at ON searches (at);
    """,
    """
    CREATE TABLE channel_settings (
        channel_id INTEGER PRIMARY KEY, guild_id INTEGER NOT NULL, answer_all INTEGER NOT NULL DEFAULT 0,
        collections TEXT NOT NULL DEFAULT '[]', sources TEXT NOT NULL DEFAULT '[]'
    );
    ALTER TABLE searches ADD COLUMN filters TEXT NOT NULL DEFAULT '{}';
    """,
    """
    CREATE TABLE turns (
        reply_id INTEGER PRIMARY KEY, channel_id INTEGER NOT NULL, asker_id INTEGER NOT NULL, question_id INTEGER,
        asked TEXT NOT NULL, understood TEXT NOT NULL, articles TEXT NOT NULL, people TEXT NOT NULL,
        previous_id INTEGER, at REAL NOT NULL
    );
    CREATE INDEX turns_question ON turns (question_id);
    CREATE INDEX turns_channel ON turns (channel_id, at);
    CREATE INDEX turns_at ON turns (at);
    """,
    """
    CREATE TABLE questions (
        id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, question TEXT NOT NULL, claim INTEGER NOT NULL,
        answerable INTEGER NOT NULL, confidence REAL NOT NULL, asker_id INTEGER NOT NULL, channel_id INTEGER,
        guild_id INTEGER, scope TEXT NOT NULL, answer TEXT NOT NULL, shared INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX questions_at ON questions (at);
    CREATE TABLE feedback (
        question_id INTEGER NOT NULL, user_id INTEGER NOT NULL, helpful INTEGER NOT NULL, at REAL NOT NULL,
        PRIMARY KEY (question_id, user_id)
    ) WITHOUT ROWID;
    """,
    "ALTER TABLE questions ADD COLUMN unanswered TEXT NOT NULL DEFAULT '[]'",
)
SEARCH_KEPT_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True, slots=True)
class State:
    """The open database. Safe to share between threads."""

    _db: sqlite3.Connection
    _lock: threading.Lock

    @classmethod
    def open(cls, path: Path) -> Self:
        """Opens or creates the file and brings its schema up to date. Raises ConfigurationError."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(path, timeout=10, check_same_thread=False, isolation_level=None)
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            _migrate(db, path)
        except (OSError, sqlite3.Error) as error:
            raise ConfigurationError(
                "STATE_DB", f"{path} cannot be opened ({error}). Name a file in a folder that the bot can write to."
            ) from error
        return cls(db, threading.Lock())

    def fact(self, key: str) -> str | None:
        """A remembered value, or None."""
        with self._lock:
            row = self._db.execute("SELECT value FROM facts WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def remember(self, key: str, value: str) -> None:
        """Stores a value under a key, replacing what was there."""
        with self._lock:
            self._db.execute("INSERT OR REPLACE INTO facts (key, value) VALUES (?, ?)", (key, value))

    def add_search(self, keywords: str, filters: str = "{}") -> int:
        """Stores a search, `filters` as JSON, so that its pages can be turned later. Returns its id.

        Forgets searches older than 30 days.
        """
        now = time.time()
        with self._lock:
            self._db.execute("DELETE FROM searches WHERE at < ?", (now - SEARCH_KEPT_SECONDS,))
            cursor = self._db.execute(
                "INSERT INTO searches (keywords, at, filters) VALUES (?, ?, ?)", (keywords, now, filters)
            )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def search(self, search_id: int) -> tuple[str, str] | None:
        """The keywords and filters of a stored search, or None once it was forgotten."""
        with self._lock:
            row = self._db.execute("SELECT keywords, filters FROM searches WHERE id = ?", (search_id,)).fetchone()
        return None if row is None else (str(row[0]), str(row[1]))

    def channel_settings(self) -> list[tuple[int, bool, str, str]]:
        """All channels' settings: channel id, whether every question is answered, collections and sources as JSON."""
        with self._lock:
            rows = self._db.execute("SELECT channel_id, answer_all, collections, sources FROM channel_settings")
            return [(channel_id, bool(answer_all), *lists) for channel_id, answer_all, *lists in rows]

    def set_channel_setting(
        self, channel_id: int, guild_id: int, answer_all: bool, collections: str, sources: str
    ) -> None:
        """Stores a channel's settings, replacing what was there."""
        with self._lock:
            self._db.execute(
                "INSERT OR REPLACE INTO channel_settings (channel_id, guild_id, answer_all, collections, sources) "
                "VALUES (?, ?, ?, ?, ?)",
                (channel_id, guild_id, answer_all, collections, sources),
            )

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What a SELECT finds, for the modules that own a table."""
        with self._lock:
            return self._db.execute(query, values).fetchall()

    def write(self, statement: str, *values: object) -> None:
        """Runs one changing statement."""
        with self._lock:
            self._db.execute(statement, values)

    @contextmanager
    def database(self) -> Iterator[sqlite3.Connection]:
        """The database, to oneself, for a store with tables of its own."""
        with self._lock:
            yield self._db

    def close(self) -> None:
        """Closes the file; the state cannot be used afterwards."""
        with self._lock:
            self._db.close()


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    applied = db.execute("PRAGMA user_version").fetchone()[0]
    if applied > len(MIGRATIONS):
        raise ConfigurationError(
            "STATE_DB", f"{path} was written by a newer Footnote. Update Footnote, or name another file."
        )
    for number in range(applied, len(MIGRATIONS)):
        db.executescript(f"BEGIN; {MIGRATIONS[number]}; PRAGMA user_version = {number + 1}; COMMIT;")
