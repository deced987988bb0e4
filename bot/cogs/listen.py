"""Questions as messages: mentions, replies, direct messages, and whatever the bot was set to listen to.

Without the Message Content intent Discord tells the text of mentions and direct messages only; all other messages come
empty and are left alone, a reply without a mention included.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from bot.asking import wait_reply
from bot.cogs.addressing import Heard, hear, memory, replied_to
from bot.conversations import Turn
from bot.courier import Courier
from bot.delivery import UNDELIVERED
from bot.excerpts import clean
from bot.followups import asks_on
from bot.intake import looks_like_question, small_talk
from bot.replies import Kind, Reply, notice

if TYPE_CHECKING:
    from bot.client import FootnoteBot


class Listen(commands.Cog):
    """Answers messages, keeps an answer in step with its question, and takes it away with it."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot, self.courier = bot, Courier(bot)
        self._edited: dict[int, discord.Message] = {}
        self._waiting: dict[int, discord.Message | None] = {}

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Anybody's message."""
        if self._worth_reading(message) is None:
            return
        asking = self.bot.asking
        self.bot.underway.note()
        self._waiting[message.id] = message
        try:
            async with asking.in_order(message.channel.id, memory(message.channel)), asking.lock(message.id):
                latest = self._waiting.pop(message.id, None)  # edited while it waited; None when it was deleted
                heard = self._worth_reading(latest) if latest else None
                if latest and heard:
                    await self._answer(latest, heard)
        finally:
            self._waiting.pop(message.id, None)

    def _worth_reading(self, message: discord.Message) -> Heard | None:
        """What a message says, unless it can be no question to the bot."""
        heard = hear(message, self._me)
        if heard is None or (heard.empty and not heard.addressed) or small_talk(heard.text):
            return None
        return heard

    async def _answer(self, message: discord.Message, heard: Heard) -> None:
        previous = await self._before(message)
        if not (heard.addressed or (await self._listens(message, heard, previous) and _asks(heard, previous))):
            return
        asking, reader = self.bot.asking, self.bot.reader(message)
        if not self.courier.may_answer(message):
            if heard.addressed:
                name = clean(str(getattr(message.channel, "name", "")))
                await self.courier.whisper(message, notice(reader.messages.cannot_write.format(channel=name)))
            return
        if wait := asking.hold_back(reader, telling=True):
            if not wait.told:
                await self.courier.send(message, wait_reply(wait, reader))
            return
        shown = self.courier.under(message)
        async with _typing(message.channel):
            reply = await asking.answer(heard.text, reader, previous, shown.show)
        await shown.show(reply)
        if shown.reply_id is not None:
            before = previous.reply_id if previous else None
            ids = (shown.reply_id, message.channel.id, message.author.id, message.id)
            await asking.remember(Turn(*ids, heard.text, "", previous_id=before), reply)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        """A question was put otherwise: so is its answer. Previews of links that Discord adds are no such edit, and a
        question that is no longer for the bot keeps its answer."""
        message, asking = event.message, self.bot.asking
        if message.id in self._waiting:  # it has not had its turn yet
            self._waiting[message.id] = message
            return
        waiting = message.id in self._edited
        self._edited[message.id] = message
        if waiting:  # the edit before is not answered yet, and will read this one instead
            return
        async with asking.lock(message.id):
            turn = None if message.author.bot else await asking.of_question(message.id)
            if turn and await self._asked_anew(message, turn):
                reader = self.bot.reader(message)
                if wait := asking.hold_back(reader):
                    await asyncio.sleep(wait.seconds)
                    asking.hold_back(reader)
            latest = self._edited.pop(message.id, message)
            question = await self._asked_anew(latest, turn) if turn else None
            if turn and question:
                await self._ask_again(latest, question, turn)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """A question is gone: so is its answer."""
        await self._gone([event.message_id])

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """The same for many at once."""
        await self._gone(event.message_ids)

    async def _asked_anew(self, message: discord.Message, turn: Turn) -> str | None:
        """The question that an edited message asks by now; None when it is the same, or nothing for the bot."""
        heard = self._worth_reading(message)
        if heard is None or heard.empty or heard.text == turn.asked:
            return None
        if heard.addressed:
            return heard.text
        listening = await self._listens(message, heard, await self._before(message))
        return heard.text if listening and _asks(heard, await self._followed(turn)) else None

    async def _followed(self, turn: Turn) -> Turn | None:
        """The turn that this one followed up."""
        return await self.bot.asking.of_reply(turn.previous_id) if turn.previous_id else None

    async def _ask_again(self, message: discord.Message, question: str, turn: Turn) -> None:
        """Answers in the reply that is there, which stays when nothing can be answered at the moment."""
        asking, previous = self.bot.asking, await self._followed(turn)

        async def show(_: Reply) -> None:
            """The old answer stays until there is the new one."""

        reply = await asking.answer(question, self.bot.reader(message), previous, show)
        if reply.kind is not Kind.PROBLEM and await self.courier.edit(turn.channel_id, turn.reply_id, reply):
            await asking.remember(replace(turn, asked=question), reply)

    async def _gone(self, message_ids: Iterable[int]) -> None:
        asking = self.bot.asking
        for message_id in message_ids:
            if message_id in self._waiting:
                self._waiting[message_id] = None
                continue
            async with asking.lock(message_id):
                if turn := await asking.of_question(message_id):
                    await self.courier.delete(turn.channel_id, turn.reply_id)
                    await asking.forget(turn)
                elif turn := await asking.of_reply(message_id):
                    await asking.forget(turn)

    async def _before(self, message: discord.Message) -> Turn | None:
        """The turn that a message may follow up."""
        return await self.bot.asking.before(message.channel.id, replied_to(message), memory(message.channel))

    async def _listens(self, message: discord.Message, heard: Heard, previous: Turn | None) -> bool:
        """True where the bot reads what is not addressed to it: replies to its own, question channels, forums' opening
        posts, its own threads. Whoever replies to somebody else talks to them."""
        channel = message.channel
        if to := replied_to(message):
            return previous is not None and previous.reply_id == to
        thread = channel if isinstance(channel, discord.Thread) else None
        in_forum = thread is not None and isinstance(thread.parent, discord.ForumChannel)
        if heard.forum_post or not in_forum:
            parent_id = thread.parent_id if thread else None
            if self.bot.channels.get(channel.id, parent_id).answer_all:
                return True
        if thread is None or in_forum:
            return False
        return thread.owner_id == self._me or await self.bot.asking.of_message(thread.id) is not None

    @property
    def _me(self) -> int:
        return self.bot.user.id if self.bot.user else 0


def _asks(heard: Heard, previous: Turn | None) -> bool:
    """True for what is a question, or one with the question before."""
    if heard.forum_post or looks_like_question(heard.text):
        return True
    return previous is not None and asks_on(heard.text)


@contextlib.asynccontextmanager
async def _typing(channel: discord.abc.Messageable) -> AsyncIterator[None]:
    """Shows that the bot is at work, where it is allowed to."""
    async with contextlib.AsyncExitStack() as stack:
        with contextlib.suppress(*UNDELIVERED):
            await stack.enter_async_context(channel.typing())
        yield
