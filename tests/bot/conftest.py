"""The bot over a fake library, without token or network."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.client import FootnoteBot
from bot.reindexing import Reindexer
from bot.service import Service
from bot.state import State
from tests.bot.fakes import FakeLibrary


@pytest.fixture
def library() -> FakeLibrary:
    """What the bot answers from."""
    return FakeLibrary()


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    """An empty state database."""
    opened = State.open(tmp_path / "bot.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def service(library: FakeLibrary, state: State) -> Iterator[Service]:
    """The service over the fake library."""
    made = Service(library, state)
    yield made
    made.close()


@pytest.fixture
def builder(tmp_path: Path) -> Path:
    """A script that stands for `python -m index build`; a test writes what it does."""
    script = tmp_path / "builder.py"
    script.write_text("raise SystemExit(1)", "utf-8")
    return script


@pytest.fixture
def reindexer(builder: Path) -> Reindexer:
    """Runs the builder script."""
    return Reindexer([sys.executable, str(builder)])


@pytest.fixture
def bot(service: Service, reindexer: Reindexer, state: State) -> FootnoteBot:
    """The Discord client, not connected."""
    return FootnoteBot(service, reindexer, state)


@pytest.fixture
def simcord_bot(bot: FootnoteBot) -> FootnoteBot:
    """The client that simcord connects to its Discord."""
    return bot
