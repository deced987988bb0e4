"""The same bot in a terminal or a pipe: no token, no network, no discord import."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import AsyncIterator, Coroutine, Iterable
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot import terminal_format
from bot.dialogue import Previous, answered
from bot.messages import TERMINAL_ENGLISH
from bot.readers import Reader
from bot.rebuild import rebuild
from bot.reindexing import Reindexer
from bot.replies import Kind, Paging, Reply, notice
from bot.service import Service

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from rich.console import Console

READER = Reader(TERMINAL_ENGLISH)
COMMANDS = ("/ask", "/search", "/more", "/article", "/latest", "/timeline", "/reindex", "/help", "/quit")


class Terminal:
    """Reads lines, answers each. `answer` is the behaviour; the two loops differ in where lines come from."""

    def __init__(self, service: Service, reindexer: Reindexer, output: Console) -> None:
        self._service, self._reindexer, self._output = service, reindexer, output
        self._paging: Paging | None = None
        self._answer_id: int | None = None
        self._previous: Previous | None = None
        self._failed = False
        self._messages = READER.messages

    async def answer(self, line: str) -> bool:
        """Handles one line. False when it asks to leave."""
        line = line.strip()
        command, _, argument = line.partition(" ")
        match command:
            case "":
                return True
            case "/quit" | "/exit":
                return False
            case "/help":
                self._show(self._service.help(READER))
            case "/search":
                await self._turn(self._service.search(argument, READER))
            case "/more":
                await self._more()
            case "/article":
                self._show(await self._working(self._service.article(argument, READER)))
            case "/latest":
                self._show(await self._working(self._service.latest(READER, argument)))
            case "/timeline":
                self._show(await self._working(self._service.timeline(argument, READER)))
            case "/reindex":
                await self._rebuild()
            case "/ask":
                await self._ask(argument)
            case _ if command.startswith("/"):
                self._show(notice(self._messages.terminal_unknown.format(command=command)))
            case _:
                await self._ask(line)
        return True

    async def pipe(self, lines: AsyncIterator[str]) -> int:
        """Answers every line of a pipe; returns the exit code, 1 if something could not be answered at all."""
        failed = False
        async for line in lines:
            self._failed, self._previous = False, None  # lines of a pipe are questions of their own
            if not await self.answer(line):
                break
            failed |= self._failed
        return int(failed)

    async def interact(self, history: Path) -> int:
        """The read-eval-print loop. Ctrl-C gives up a line or an answer; again, or Ctrl-D, leaves."""
        session = _prompt(history, self._service)
        obstacle = await self._service.check(READER)
        if obstacle:
            self._show(obstacle)
        self._output.print(self._messages.terminal_hint, style="dim")
        leaving = False
        while True:
            try:
                line = await session.prompt_async("› ")
            except EOFError:
                return 0
            except KeyboardInterrupt:
                if leaving:
                    return 0
                leaving = not session.default_buffer.text
                if leaving:
                    self._output.print(self._messages.terminal_leave, style="dim")
                continue
            leaving = False
            if await self._interruptible(self.answer(line)) is False:
                return 0

    async def _interruptible(self, work: Coroutine[Any, Any, bool]) -> bool | None:
        task, loop = asyncio.ensure_future(work), asyncio.get_running_loop()
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(signal.SIGINT, task.cancel)
        try:
            return await task
        except asyncio.CancelledError:
            if not task.cancelled():  # we are being stopped, not the answer
                raise
            self._output.print(self._messages.terminal_cancelled, style="dim")
            return None
        finally:
            with contextlib.suppress(NotImplementedError):
                loop.remove_signal_handler(signal.SIGINT)

    async def _ask(self, question: str) -> None:
        reply = await self._working(self._service.ask(question, READER, previous=self._previous))
        self._previous = answered(reply, question) or self._previous
        if reply.actions:
            self._paging, self._answer_id = None, reply.actions.answer_id
        self._show(reply)

    async def _turn(self, page: Coroutine[Any, Any, Reply]) -> None:
        reply = await self._working(page)
        self._paging, self._answer_id = reply.paging, None
        self._show(reply)
        if reply.paging and reply.paging.page + 1 < reply.paging.pages:
            self._show(notice(self._messages.search_more))

    async def _more(self) -> None:
        paging, more = self._paging, self._service.answers.more
        if self._answer_id is not None:
            await self._turn(more(self._answer_id, 0, READER))
            return
        if paging is None or paging.page + 1 >= paging.pages:
            self._show(notice(self._messages.search_last_page))
            return
        turn = more if paging.of == "answer" else self._service.turn_page
        await self._turn(turn(paging.search_id, paging.page + 1, READER))

    async def _rebuild(self) -> None:
        """Progress on one live line; in a pipe only the outcome."""
        last = None
        async with aclosing(rebuild(self._reindexer, self._service, READER, every=0.2)) as progress:
            with self._output.status("") as status:
                async for reply in progress:
                    last = reply
                    status.update(reply.text)
        if last:
            self._show(last)

    async def _working(self, work: Coroutine[Any, Any, Reply]) -> Reply:
        with self._output.status(self._messages.terminal_loading):
            return await work

    def _show(self, reply: Reply) -> None:
        self._failed = reply.kind is Kind.PROBLEM
        terminal_format.show(self._output, reply)


async def run(service: Service, reindexer: Reindexer, history: Path) -> int:
    """Opens the terminal bot on this process's standard streams; returns the exit code."""
    from rich.console import Console

    terminal = Terminal(service, reindexer, Console())
    warming = service.warm_up()
    try:
        if sys.stdin and sys.stdin.isatty() and sys.stdout.isatty():
            return await terminal.interact(history)
        return await terminal.pipe(_lines())
    except BrokenPipeError:  # `| head`: the reader has seen enough
        sys.stdout = None
        return 0
    finally:
        warming.cancel()
        await reindexer.stop()
        service.close()


async def _lines() -> AsyncIterator[str]:
    if sys.stdin is None:  # closed
        return
    reading = _typed if sys.stdin.isatty() else _piped
    while line := await reading():
        yield line


async def _piped() -> str:
    return await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)


async def _typed() -> str:
    """A line from the keyboard. A thread that reads it could not be ended, and Ctrl-C would wait for the next line."""
    loop, ready = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(sys.stdin, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(sys.stdin)
    return sys.stdin.readline()  # a terminal hands over whole lines


def _prompt(history: Path, service: Service) -> PromptSession[str]:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import Completer, Completion, ThreadedCompleter
    from prompt_toolkit.document import Document
    from prompt_toolkit.history import FileHistory, History, InMemoryHistory

    class Commands(Completer):
        def get_completions(self, document: Document, complete_event: object) -> Iterable[Completion]:
            typed = document.text_before_cursor
            if typed.startswith("/article "):
                title = typed.removeprefix("/article ")
                for suggestion in service.suggestions(title):
                    yield Completion(suggestion.title, start_position=-len(title))
            elif typed.startswith("/") and " " not in typed:
                for command in COMMANDS:
                    if command.startswith(typed):
                        yield Completion(command, start_position=-len(typed))

    kept: History = InMemoryHistory()
    with contextlib.suppress(OSError):  # a read-only folder costs the history only
        history.parent.mkdir(parents=True, exist_ok=True)
        history.touch()
        kept = FileHistory(str(history))
    return PromptSession(history=kept, completer=ThreadedCompleter(Commands()), complete_while_typing=False)
