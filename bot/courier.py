"""Brings replies to messages: beneath them where the bot may, edited while they grow, silent where it may not write."""

from __future__ import annotations

import logging
import secrets

import discord

from bot.delivery import UNDELIVERED, insist
from bot.discord_format import payload
from bot.replies import Reply

_WHISPERS = 1000
"""People and channels in memory."""
_log = logging.getLogger(__name__)


class Courier:
    """Everything it does respects the channel's permissions and never raises: neither for Discord nor the network."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._refusals: set[int] = set()
        self._whispered: set[tuple[int, int]] = set()

    def may_answer(self, message: discord.Message) -> bool:
        """True where the bot may write. Where it may not, the log says so once for each channel."""
        if self._allowed(message):
            return True
        self._refused(message.channel.id, "the bot may not write there")
        return False

    async def whisper(self, message: discord.Message, reply: Reply) -> None:
        """Tells the author in a direct message, once for each channel, what could not be written there."""
        key = (message.author.id, message.channel.id)
        if key in self._whispered:
            return
        if len(self._whispered) >= _WHISPERS:
            self._whispered.clear()
        self._whispered.add(key)
        try:
            await message.author.send(**payload(reply))
        except UNDELIVERED as error:  # they take no direct messages
            _log.info("User %d could not be told: %s", message.author.id, error)

    def under(self, message: discord.Message) -> Answering:
        """Where the reply to a message grows."""
        return Answering(self, message)

    async def edit(self, channel_id: int, message_id: int, reply: Reply) -> bool:
        """Makes a message of ours say something else; False when it is gone or cannot be edited."""
        card = payload(reply, show_heading=False, card=True)
        try:
            await insist(lambda: self._message(channel_id, message_id).edit(content=None, **card))
        except discord.NotFound:
            return False
        except UNDELIVERED as error:  # an archived thread, for one
            _log.warning("Message %d could not be edited: %s", message_id, error)
            return False
        return True

    async def delete(self, channel_id: int, message_id: int) -> None:
        """Deletes a message of ours, if it is still there."""
        try:
            await insist(lambda: self._message(channel_id, message_id).delete())
        except discord.NotFound:
            return
        except UNDELIVERED as error:
            _log.warning("Message %d could not be deleted: %s", message_id, error)

    async def send(self, message: discord.Message, reply: Reply) -> int | None:
        """A new reply to a message; its id, or None when the channel takes none."""
        ready = {**payload(reply, show_heading=False), "nonce": secrets.token_hex(8)}
        reference = message.to_reference(fail_if_not_exists=False)
        referring = {**ready, "reference": reference, "mention_author": False}
        try:
            if self._may_refer(message):
                try:
                    return (await insist(lambda: message.channel.send(**referring))).id
                except discord.Forbidden:  # permissions change between two moments
                    pass
            return (await insist(lambda: message.channel.send(**ready))).id
        except discord.Forbidden as error:
            self._refused(message.channel.id, str(error))
        except UNDELIVERED as error:
            _log.warning("Message %d could not be answered: %s", message.id, error)
        return None

    def _allowed(self, message: discord.Message) -> bool:
        channel = message.channel
        if message.guild is None or not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
            return True
        allowed = channel.permissions_for(message.guild.me)
        if isinstance(channel, discord.Thread):
            return allowed.send_messages_in_threads and (allowed.manage_threads or not channel.locked)
        return allowed.send_messages

    def _may_refer(self, message: discord.Message) -> bool:
        channel = message.channel
        if message.guild is None or not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
            return True
        return channel.permissions_for(message.guild.me).read_message_history

    def _refused(self, channel_id: int, why: str) -> None:
        if channel_id not in self._refusals:
            self._refusals.add(channel_id)
            _log.warning("No replies in channel %d: %s", channel_id, why)

    def _message(self, channel_id: int, message_id: int) -> discord.PartialMessage:
        return self._client.get_partial_messageable(channel_id).get_partial_message(message_id)


class Answering:
    """A reply to a message that is sent once and edited from then on."""

    def __init__(self, courier: Courier, message: discord.Message) -> None:
        self._courier, self._message = courier, message
        self.reply_id: int | None = None

    async def show(self, reply: Reply) -> None:
        """Makes the reply say this."""
        channel_id = self._message.channel.id
        if self.reply_id is None or not await self._courier.edit(channel_id, self.reply_id, reply):
            self.reply_id = await self._courier.send(self._message, reply)
