"""Runs `python -m index build` beside the bot and reports how far it is.

The build is a process of its own, so neither the event loop nor the answers feel it, and a build that dies takes
nothing with it: the live index is swapped at its very end.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from index.errors import FootnoteError
from index.models import BuildReport, Failure

Stage = Literal["reading", "embedding", "writing"]
_LINE_LIMIT = 64 * 1024 * 1024
_PATIENCE = 5.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` files or passages of a stage; a total of 0 is unknown."""

    stage: Stage
    done: int
    total: int


class ReindexBusy(FootnoteError):
    """This bot is already reindexing."""

    def __init__(self) -> None:
        super().__init__("A reindex is already running.")


class ReindexFailed(FootnoteError):
    """The build ended without a report. `problem` is the builder's own sentence, or empty when it gave none."""

    def __init__(self, problem: str, exit_code: int | None) -> None:
        super().__init__(problem or f"The build stopped unexpectedly (exit code {exit_code}).")
        self.problem, self.exit_code = problem, exit_code


def build_command(articles: Path, index: Path) -> list[str]:
    """The build as a command line of this Python."""
    return [sys.executable, "-m", "index", "build", "--events", "--articles", str(articles), "--index", str(index)]


class Reindexer:
    """Runs one build at a time."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = list(command)
        self._process: asyncio.subprocess.Process | None = None
        self._busy = False

    @property
    def busy(self) -> bool:
        """True while a build that this object started is running."""
        return self._busy

    async def run(self) -> AsyncGenerator[Progress | BuildReport, None]:
        """Yields progress and, last, the report. Raises ReindexBusy or ReindexFailed.

        Leaving early (`aclose`, cancellation) stops the build; the live index stays as it was.
        """
        if self._busy:
            raise ReindexBusy
        self._busy = True
        try:
            async with contextlib.aclosing(self._events()) as events:
                async for event in events:
                    yield event
        finally:
            self._busy = False

    async def stop(self) -> None:
        """Ends a running build, gently first."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), _PATIENCE)
            except TimeoutError:
                process.kill()
                await process.wait()

    async def _events(self) -> AsyncGenerator[Progress | BuildReport, None]:
        environment = {name: value for name, value in os.environ.items() if name.upper() != "DISCORD_TOKEN"}
        try:
            self._process = process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                env=environment,
                limit=_LINE_LIMIT,
                start_new_session=True,  # Ctrl-C in a terminal is for us alone; we stop the build ourselves
            )
        except OSError as error:
            raise ReindexFailed(f"The build could not be started ({error.strerror or error}).", None) from error
        assert process.stdout is not None
        assert process.stderr is not None
        complaints = asyncio.create_task(_tail(process.stderr))
        report, problem = None, ""
        try:
            async for line in process.stdout:
                event = _parse(line)
                if isinstance(event, str):
                    problem = event
                elif isinstance(event, BuildReport):
                    report = event
                elif event:
                    yield event
            exit_code = await process.wait()
            tail = await complaints
        finally:
            complaints.cancel()
            await asyncio.shield(self.stop())
        if report is not None and exit_code == 0:
            yield report
            return
        if problem:
            _log.warning("The build did not finish: %s", problem)
        else:
            _log.error("The build ended with exit code %s%s%s", exit_code, ": " if tail else "", tail)
        raise ReindexFailed(problem, exit_code)


def _parse(line: bytes) -> Progress | BuildReport | str | None:
    """One event line; a string is the builder's error message, None is anything that is no event."""
    try:
        event: dict[str, Any] = json.loads(line)
        match event.pop("event"):
            case "progress":
                return Progress(cast(Stage, event["stage"]), int(event["done"]), int(event["total"]))
            case "error":
                return str(event["message"])
            case "report":
                event.update({name: tuple(event[name]) for name in ("added", "changed", "removed")})
                event["failed"] = tuple(Failure(one["path"], one["reason"]) for one in event["failed"])
                return BuildReport(**event)
    except (ValueError, KeyError, TypeError, AttributeError):
        _log.debug("The build printed a line that is no event")
    return None


async def _tail(stream: asyncio.StreamReader, keep: int = 4000) -> str:
    """Reads a stream to its end, keeping the last of it, so that the writer never blocks on a full pipe."""
    kept = b""
    while chunk := await stream.read(4096):
        kept = (kept + chunk)[-keep:]
    return kept.decode(errors="replace").strip()
