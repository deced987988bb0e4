"""The terminal, driven line by line, through pipes, and as a real terminal."""

from __future__ import annotations

import asyncio
import io
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from rich.console import Console

from bot.console import Terminal
from bot.messages import TERMINAL_ENGLISH
from bot.reindexing import Reindexer
from bot.service import Service
from index.errors import IndexMissing
from tests.bot.builder import PROGRESS, REPORT, started, write
from tests.bot.fakes import BRIDGE, SENTENCE, FakeLibrary, answer

ROOT = Path(__file__).parents[2]
PROGRAM = """
import asyncio, sys, time
from pathlib import Path
from bot import console
from bot.reindexing import Reindexer
from bot.service import Service
from bot.state import State
from index.errors import IndexMissing
from tests.bot.fakes import FakeLibrary

class Slow(FakeLibrary):
    def ask(self, question, **how):
        time.sleep(1 if "slow" in question else 0)
        return super().ask(question, **how)

folder = Path(sys.argv[1])
state = State.open(folder / "bot.sqlite3")
library = Slow()
library.error = IndexMissing(folder) if (folder / "missing").exists() else None
service = Service(library, state)
reindexer = Reindexer([sys.executable, str(folder / "builder.py")])

async def main():
    return await console.run(service, reindexer, folder / "bot.history")

sys.exit(asyncio.run(main()))
"""


class Typed:
    """A terminal whose output is kept."""

    def __init__(self, service: Service, reindexer: Reindexer) -> None:
        self._output = io.StringIO()
        self.terminal = Terminal(service, reindexer, Console(file=self._output, width=80))

    async def __call__(self, line: str) -> str:
        """Types a line; returns what is shown for it."""
        self._output.truncate(self._output.seek(0))
        await self.terminal.answer(line)
        return self._output.getvalue()


@pytest.fixture
def typed(service: Service, reindexer: Reindexer) -> Typed:
    """A terminal to type into."""
    return Typed(service, reindexer)


@pytest.mark.parametrize("line", ["How did they vote?", "/ask How did they vote?"])
async def test_plain_text_and_ask_answer_with_quote_source_date_and_link(typed: Typed, line: str) -> None:
    shown = await typed(line)
    assert f"**{SENTENCE}**" in shown
    assert "Council backs the bridge · The Gazette · 15 March 2017 · paragraph 7 of 23" in shown
    assert "https://gazette.example/bridge#:~:text=" in shown
    assert shown.startswith("Strong match\n")


async def test_a_question_without_answer_names_articles_and_says_what_they_are_not(
    typed: Typed, library: FakeLibrary
) -> None:
    library.answer = answer(quotes=0)
    shown = await typed("Why?")
    assert "not an answer" in shown
    assert BRIDGE.title in shown
    assert SENTENCE not in shown


async def test_a_question_may_lean_on_the_one_before_and_says_how_it_was_understood(
    typed: Typed, library: FakeLibrary
) -> None:
    await typed("How did the council vote on the bridge?")
    assert await typed("🎉") == f"{TERMINAL_ENGLISH.no_words}\n\n"
    shown = await typed("and who proposed it?")
    assert shown.startswith("about: who proposed the bridge?\nStrong match\n")
    assert "why proposed the bridge?" in await typed("why?")


async def test_the_lines_of_a_pipe_are_questions_of_their_own(typed: Typed, library: FakeLibrary) -> None:
    async def lines() -> AsyncIterator[str]:
        yield "How did the council vote on the bridge?"
        yield "and who proposed it?"

    await typed.terminal.pipe(lines())
    assert library.asked == ["How did the council vote on the bridge?", "and who proposed it?"]


async def test_more_after_an_answer_shows_further_passages_page_by_page(typed: Typed) -> None:
    await typed("How did they vote?")
    first = await typed("/more")
    assert "Page 1 of 3" in first
    assert "/more" in first
    assert "Page 2 of 3" in await typed("/more")
    await typed("/search bridge")
    await typed("How did they vote?")
    assert "Page 1 of 3" in await typed("/more")


async def test_search_and_more_turn_pages_up_to_the_last(typed: Typed) -> None:
    assert "Page 1 of 3" in await typed("/search bridge")
    assert "Page 2 of 3" in await typed("/more")
    last = await typed("/more")
    assert "Page 3 of 3" in last
    assert "/more" not in last
    assert TERMINAL_ENGLISH.search_last_page in await typed("/more")


async def test_article_shows_its_card(typed: Typed) -> None:
    shown = await typed("/article council backs the bridge")
    assert "by Ada Moss" in shown
    assert "The council met on Tuesday." in shown


async def test_reindex_ends_in_its_counts(typed: Typed, builder: Path) -> None:
    write(builder, PROGRESS + REPORT)
    assert "+1 added" in await typed("/reindex")


@pytest.mark.parametrize(("line", "expected"), [("/help", "/search"), ("/nonsense", "no command /nonsense")])
async def test_help_and_unknown_commands_say_what_there_is(typed: Typed, line: str, expected: str) -> None:
    assert expected in await typed(line)


@pytest.mark.parametrize("line", ["/search", "/article", "/ask", "/ask   "])
async def test_a_command_without_its_words_says_what_is_missing(typed: Typed, line: str) -> None:
    assert len((await typed(line)).strip()) > 10


async def test_empty_lines_are_silent(typed: Typed) -> None:
    assert await typed("  ") == ""


async def test_a_control_sequence_in_an_article_never_reaches_the_terminal(typed: Typed, library: FakeLibrary) -> None:
    library.answer = answer("\x1b[2J\x1b]0;gotcha\x07?")
    library.found = ()
    assert "\x1b" not in await typed("Why?")
    assert "\x1b" not in await typed("/article \x1b[31mred")


async def lines(*given: str) -> AsyncIterator[str]:
    for line in given:
        yield line


async def test_a_pipe_that_could_not_be_answered_exits_with_one(typed: Typed, library: FakeLibrary) -> None:
    assert await typed.terminal.pipe(lines("How?\n", "\n", "/quit\n", "never read\n")) == 0
    assert library.asked == ["How?"]
    library.error = IndexMissing(Path("x"))
    assert await typed.terminal.pipe(lines("How?\n")) == 1


def run_piped(tmp_path: Path, given: bytes) -> subprocess.CompletedProcess[bytes]:
    """The terminal as a process with pipes for its streams."""
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)], input=given, capture_output=True, cwd=ROOT, timeout=30
    )


def test_a_pipe_gets_every_line_answered_without_prompt_or_colour(tmp_path: Path) -> None:
    done = run_piped(tmp_path, b"How did they vote?\n\n/search bridge")
    out = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert f"**{SENTENCE}**" in out
    assert "Page 1 of 3" in out
    assert "\x1b" not in out
    assert "›" not in out


def test_bytes_that_are_no_text_are_survived(tmp_path: Path) -> None:
    done = run_piped(tmp_path, b"caf\xe9 \xff?\nHow?\n")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().count(SENTENCE) == 2


def test_a_closed_input_is_an_empty_one(tmp_path: Path) -> None:
    closing = 'exec "$0" "$@" <&-'
    done = subprocess.run(
        ["sh", "-c", closing, sys.executable, "-c", PROGRAM, str(tmp_path)], capture_output=True, cwd=ROOT, timeout=30
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


class Tty:
    """The terminal as a process on a pseudo-terminal."""

    def __init__(self, folder: Path, output: int | None = None) -> None:
        """`output`, a file, is written to in the place of the screen."""
        self._main, worker = pty.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(folder)],
            stdin=worker,
            stdout=worker if output is None else output,
            stderr=worker if output is None else output,
            cwd=ROOT,
            env={**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"},
            start_new_session=True,
        )
        os.close(worker)
        self.seen = ""

    def type(self, keys: str) -> None:
        """Presses keys."""
        os.write(self._main, keys.encode())

    def interrupt(self) -> None:
        """Ctrl-C while no line is being edited: the terminal makes it a signal."""
        self._process.send_signal(signal.SIGINT)

    def until(self, text: str) -> None:
        """Waits until this is shown, after what was waited for before."""
        self._until(lambda: text in self._plain(), text)
        self.seen = self._plain().partition(text)[2]

    def until_written(self, file: Path, text: str) -> None:
        """Waits until this stands in a file."""
        self._until(lambda: text in file.read_text("utf-8"), text)

    def leaves(self) -> int:
        """Waits for the exit code."""
        self._until(lambda: self._process.poll() is not None, "exit")
        return self._process.returncode

    def close(self) -> None:
        """Ends it, however it is."""
        self._process.kill()
        self._process.wait()
        os.close(self._main)

    def _plain(self) -> str:
        return re.sub(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))", "", self.seen)

    def _until(self, holds: Callable[[], bool], what: str) -> None:
        import select

        end = time.monotonic() + 20
        while not holds():
            assert time.monotonic() < end, f"waited for {what!r}, saw {self._plain()!r}"
            if select.select([self._main], [], [], 0.05)[0]:
                try:
                    self.seen += os.read(self._main, 65536).decode(errors="replace")
                except OSError:  # the other end is closed
                    self._process.wait(5)


@pytest.fixture
def tty(tmp_path: Path) -> Iterator[Tty]:
    """A terminal with a person at it."""
    opened = Tty(tmp_path)
    yield opened
    opened.close()


def test_a_person_asks_completes_a_command_and_leaves_with_ctrl_d(tty: Tty, tmp_path: Path) -> None:
    tty.until("›")
    tty.type("How did they vote?\r")
    tty.until(SENTENCE)
    tty.until("›")
    tty.type("/sea\t")
    tty.until("/search")
    tty.type(" bridge\r")
    tty.until("Page 1 of 3")
    tty.until("›")
    tty.type("\x04")
    assert tty.leaves() == 0
    assert "How did they vote?" in (tmp_path / "bot.history").read_text("utf-8")


def test_a_person_without_an_index_is_told_what_to_do_before_asking(tmp_path: Path) -> None:
    (tmp_path / "missing").touch()
    tty = Tty(tmp_path)
    try:
        tty.until("/reindex")
        tty.until("›")
    finally:
        tty.close()


def test_ctrl_c_gives_up_a_line_and_twice_on_an_empty_one_leaves(tty: Tty) -> None:
    tty.until("›")
    tty.type("half a questi")
    tty.until("questi")
    tty.type("\x03")
    tty.until("\n")  # the line that was given up is drawn once more
    tty.until("›")
    tty.type("\x03")
    tty.until("again")
    tty.until("›")
    tty.type("\x03")
    assert tty.leaves() == 0


def test_ctrl_c_gives_up_an_answer_and_the_next_question_is_answered(tty: Tty) -> None:
    tty.until("›")
    tty.type("a slow one\r")
    tty.until("Looking")
    tty.interrupt()
    tty.until("Cancelled")
    tty.until("›")
    tty.type("/quit\r")
    assert tty.leaves() == 0


def test_ctrl_c_leaves_where_a_keyboard_is_read_and_a_file_written(tmp_path: Path) -> None:
    with (tmp_path / "answers.txt").open("wb") as file:
        tty = Tty(tmp_path, output=file.fileno())
    try:
        tty.type("How did they vote?\n")
        tty.until_written(tmp_path / "answers.txt", SENTENCE)
        tty.type("And\nwho?\n")
        tty.interrupt()
        assert tty.leaves() in (-signal.SIGINT, 1)
    finally:
        tty.close()


async def test_leaving_during_a_reindex_stops_the_build(typed: Typed, builder: Path, reindexer: Reindexer) -> None:
    write(builder, PROGRESS + "time.sleep(30)")
    task = asyncio.create_task(typed("/reindex"))
    await started(reindexer)
    task.cancel()
    await asyncio.wait({task})
    assert not reindexer.busy
