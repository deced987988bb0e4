"""The line in front of the answers: a few are worked on at once, the others wait and know their number."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
Told = Callable[[int], Coroutine[Any, Any, None]]
"""Tells somebody their number in line."""


class LineFull(Exception):
    """So many are waiting that one more would wait too long."""


class LineClosed(Exception):
    """Nobody is served any more."""


class Line:
    """First come, first served. Used from one event loop."""

    def __init__(
        self, width: int = 2, *, longest: int = 50, told_from: int = 4, patience: float = 1.0, every: float = 2.0
    ) -> None:
        """`width` at once, `longest` waiting at most. Who still waits after `patience` seconds is told the number, from
        `told_from` on, and again `every` so many seconds while it changes."""
        self._patience = patience
        self._free, self._longest, self._told_from, self._every = width, longest, told_from, every
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._closed = False

    async def through(self, work: Callable[[], Awaitable[T]], tell: Told | None = None) -> T:
        """Does the work when its turn comes. Whatever `tell` still has to say is said before this returns.

        Raises LineFull without waiting, LineClosed, and whatever the work raises.
        """
        telling = await self._turn(tell)
        try:
            return await work()
        finally:
            self._next()
            if telling:
                await asyncio.wait({telling})

    def close(self) -> None:
        """Sends everybody who waits away, and who comes later; what is being worked on goes on."""
        self._closed = True
        while self._waiting:
            self._waiting.popleft().set_exception(LineClosed())

    async def _turn(self, tell: Told | None) -> asyncio.Task[None] | None:
        """Waits for a place; returns what is just being told."""
        if self._closed:
            raise LineClosed
        if self._free and not self._waiting:
            self._free -= 1
            return None
        if len(self._waiting) >= self._longest:
            raise LineFull
        ticket: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(ticket)
        telling: asyncio.Task[None] | None = None
        told = 0
        try:
            if self._patience:
                await asyncio.wait({ticket}, timeout=self._patience)
            while not ticket.done():
                number = self._waiting.index(ticket) + 1
                if tell and number != told and (told or number >= self._told_from) and (not telling or telling.done()):
                    told, telling = number, asyncio.create_task(tell(number))
                await asyncio.wait({ticket}, timeout=self._every)
            ticket.result()
        except LineClosed:
            if telling:
                await asyncio.wait({telling})
            raise
        except BaseException:
            if not ticket.done():
                self._waiting.remove(ticket)
            elif not ticket.exception():
                self._next()
            raise
        return telling

    def _next(self) -> None:
        if self._waiting:
            self._waiting.popleft().set_result(None)
        else:
            self._free += 1
