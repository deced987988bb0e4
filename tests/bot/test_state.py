"""What the bot remembers, and its schema's migrations."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest

from bot import state as state_module
from bot.state import MIGRATIONS, SEARCH_KEPT_SECONDS, State
from index.errors import ConfigurationError


def test_what_was_remembered_is_there_after_a_restart(tmp_path: Path) -> None:
    first = State.open(tmp_path / "deep" / "bot.sqlite3")
    first.remember("commands", "a")
    first.remember("commands", "b")
    search = first.add_search("bridge toll")
    first.close()
    second = State.open(tmp_path / "deep" / "bot.sqlite3")
    assert second.fact("commands") == "b"
    assert second.search(search) == ("bridge toll", "{}")
    second.close()


def test_the_unknown_is_none(state: State) -> None:
    assert state.fact("nothing") is None
    assert state.search(123) is None


def test_old_searches_are_forgotten_and_their_ids_never_used_again(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = state.add_search("old")
    later = time.time() + SEARCH_KEPT_SECONDS + 1
    monkeypatch.setattr(time, "time", lambda: later)
    new = state.add_search("new")
    assert state.search(old) is None
    assert new > old


def test_migrations_run_once_and_keep_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bot.sqlite3"
    State.open(path).remember("key", "kept")
    monkeypatch.setattr(state_module, "MIGRATIONS", (*MIGRATIONS, "CREATE TABLE later (id INTEGER)"))
    for _ in range(2):
        opened = State.open(path)
        assert opened.fact("key") == "kept"
        opened.close()
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)
        assert db.execute("SELECT count(*) FROM later").fetchone() == (0,)


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bot.sqlite3"
    State.open(path).remember("key", "kept")
    monkeypatch.setattr(state_module, "MIGRATIONS", (*MIGRATIONS, "CREATE TABLE later (id INTEGER); NONSENSE"))
    with pytest.raises(ConfigurationError):
        State.open(path)
    monkeypatch.undo()
    opened = State.open(path)
    assert opened.fact("key") == "kept"
    opened.close()


def test_a_file_from_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bot.sqlite3"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 999")
    with pytest.raises(ConfigurationError, match="newer Footnote"):
        State.open(path)


def test_a_file_that_cannot_be_opened_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no database, only text that is long enough to be read as one" * 20, "utf-8")
    for path in (tmp_path / "file", tmp_path / "file" / "below.sqlite3", tmp_path):
        with pytest.raises(ConfigurationError, match=r"STATE_DB: .* Name a file in a folder"):
            State.open(path)
