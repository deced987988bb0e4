"""Sending through a network that may fail for a moment, and waiting for those who are being served."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
import discord

T = TypeVar("T")
NETWORK = (aiohttp.ClientError, OSError)
"""What a broken connection raises beneath discord.py; a TimeoutError is an OSError."""
UNDELIVERED = (discord.HTTPException, *NETWORK)
"""What sending may raise: Discord refuses, or cannot be reached."""
_PAUSE = 1.0  # seconds


async def insist(send: Callable[[], Awaitable[T]]) -> T:
    """Sends, and once more after a moment when the connection broke. For what does no harm when it arrives twice:
    edits, deletions, and messages with a nonce. Raises what the second try raises."""
    try:
        return await send()
    except NETWORK:
        await asyncio.sleep(_PAUSE)
        return await send()


class Underway:
    """The handlers that somebody waits for. Used from one event loop."""

    def __init__(self) -> None:
        self._handlers: set[asyncio.Task[object]] = set()

    def note(self) -> None:
        """Whoever calls this, in a task of its own, serves somebody until that task ends."""
        task = asyncio.current_task()
        if task:
            self._handlers.add(task)
            task.add_done_callback(self._handlers.discard)

    async def finished(self, patience: float) -> bool:
        """Waits until all have ended, also those that come meanwhile, `patience` seconds at most; whether they have."""
        clock = asyncio.get_running_loop().time
        end = clock() + patience
        while waiting := self._handlers - {asyncio.current_task()}:
            if clock() >= end:
                return False
            await asyncio.wait(waiting, timeout=end - clock())
        return True
