"""Manners around a question: who asks too fast waits, who comes when it is busy stands in line.

Knows no Discord: the cogs bring a question and show what comes of it.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from bot.conversations import KEPT_SECONDS, Conversations, Turn
from bot.cooldowns import Cooldowns, Wait
from bot.dialogue import Previous, answered
from bot.intake import spoken
from bot.readers import Reader
from bot.replies import Reply, notice, problem
from bot.service import Service
from bot.waiting import Line, LineClosed, LineFull

Show = Callable[[Reply], Coroutine[Any, Any, None]]
T = TypeVar("T")
_log = logging.getLogger(__name__)


def wait_reply(wait: Wait, reader: Reader) -> Reply:
    """Asks for patience."""
    said = reader.messages.crowded if wait.crowded else reader.messages.slow_down
    return notice(said.format(seconds=wait.seconds))


@dataclass(frozen=True)
class Asking:
    """What asking needs besides the service. Make one per process."""

    service: Service
    turns: Conversations
    cooldowns: Cooldowns
    line: Line
    _locks: WeakValueDictionary[int, asyncio.Lock] = field(default_factory=WeakValueDictionary)
    _orders: WeakValueDictionary[int, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    def lock(self, message_id: int) -> asyncio.Lock:
        """Keeps what happens to one message in order: asked, edited, deleted."""
        return self._locks.setdefault(message_id, asyncio.Lock())

    def in_order(self, channel_id: int | None, memory: float | None) -> AbstractAsyncContextManager[object]:
        """Where a question may follow up the last one without replying to it (`memory` of so many seconds), one is
        answered after the other: "and who proposed it?" has to wait for what it follows."""
        if channel_id is None or memory is None:
            return nullcontext()
        return self._orders.setdefault(channel_id, asyncio.Lock())

    def hold_back(self, reader: Reader, cost: float = 1.0, *, telling: bool = False) -> Wait | None:
        """How long the reader has to wait before asking again; None, and the question counted, when not at all.
        See `Cooldowns.take`."""
        return self.cooldowns.take(reader.user_id, reader.channel_id, cost, telling=telling)

    async def answer(self, question: str, reader: Reader, previous: Turn | None, show: Show) -> Reply:
        """The reply to a question that may follow up the `previous` one. While it waits in line, `show` gets to show
        where."""
        before = (
            Previous(previous.understood, previous.articles, previous.people)
            if previous and previous.understood
            else None
        )

        return await self._in_line(lambda: self.service.ask(question, reader, previous=before), reader, show)

    async def sources(self, message: str, reader: Reader, show: Show) -> Reply:
        """Quotes for or against what a chat message claims, after the same wait as a question."""
        return await self._in_line(lambda: self.service.sources(message, reader), reader, show)

    async def _in_line(self, work: Callable[[], Awaitable[Reply]], reader: Reader, show: Show) -> Reply:
        async def tell(number: int) -> None:
            await show(notice(reader.messages.in_line.format(number=number)))

        try:
            return await self.line.through(work, tell)
        except LineFull:
            _log.warning("A question was turned away: the line is full")
            return problem(reader.messages.line_full)
        except LineClosed:
            return problem(reader.messages.leaving)

    async def remember(self, turn: Turn, reply: Reply) -> None:
        """Stores a turn with what came of it. A full disk costs only the memory."""
        said = answered(reply, spoken(turn.asked)) or Previous("")
        whole = replace(turn, understood=said.question, articles=said.articles, people=said.people)
        await self._stored(lambda: self.turns.add(whole))

    async def before(self, channel_id: int | None, replied_to: int | None, within: float | None) -> Turn | None:
        """The turn that a new question may follow up: of the message it replies to, else the channel's last one, if
        that is no older than `within` seconds; None there counts no such turn."""
        turn = await self.of_message(replied_to) if replied_to else None
        if turn or channel_id is None or within is None or replied_to:
            return turn
        latest = await self._stored(lambda: self.turns.latest(channel_id, within))
        return latest or await self.of_message(channel_id)  # a thread has the id of the message that it was begun on

    async def of_message(self, message_id: int) -> Turn | None:
        """The turn that a message belongs to, as our reply or as the question, for as long as it can be followed up."""
        asked = partial(self.turns.of_question, message_id, KEPT_SECONDS)
        return await self.of_reply(message_id) or await self._stored(asked)

    async def of_reply(self, reply_id: int) -> Turn | None:
        """The turn of a reply of ours."""
        return await self._stored(lambda: self.turns.of_reply(reply_id))

    async def of_question(self, question_id: int) -> Turn | None:
        """The turn that a message of the last day began."""
        return await self._stored(lambda: self.turns.of_question(question_id))

    async def forget(self, turn: Turn) -> None:
        """Forgets a turn whose reply is gone."""
        await self._stored(lambda: self.turns.forget(turn.reply_id))

    async def _stored(self, work: Callable[[], T]) -> T | None:
        try:
            return await asyncio.to_thread(work)
        except sqlite3.Error:
            _log.exception("The conversation could not be stored or looked up")
            return None
