"""A reply that is edited for as long as its work takes, also beyond an interaction's 15 minutes."""

from __future__ import annotations

import logging
import time
from typing import Any

import discord

from bot.delivery import UNDELIVERED, insist
from bot.discord_format import payload
from bot.replies import Reply

_TOKEN_SECONDS = 14 * 60  # of 15, counted by a clock that nobody sets
_log = logging.getLogger(__name__)


class LiveMessage:
    """The response to a deferred interaction. `show` never raises, whatever Discord says and the
    network does: the work goes on."""

    def __init__(self, interaction: discord.Interaction[Any]) -> None:
        self._interaction = interaction
        self._message_id: int | None = None
        self._by_interaction_until = time.monotonic() + _TOKEN_SECONDS

    async def show(self, reply: Reply) -> None:
        """Replaces what the message says: through the interaction while that lasts, else as an ordinary edit, and
        with a new message where the old one is gone."""
        try:
            await insist(lambda: self._show(reply))
        except UNDELIVERED as error:
            _log.warning("Progress could not be shown: %s", error)

    async def _show(self, reply: Reply) -> None:
        if not (await self._edit_response(reply) or await self._edit_message(reply)):
            self._message_id = (await self._channel().send(**payload(reply))).id

    async def _edit_response(self, reply: Reply) -> bool:
        if time.monotonic() < self._by_interaction_until:
            try:
                message = await self._interaction.edit_original_response(**payload(reply))
            except discord.DiscordServerError:
                raise
            except discord.HTTPException:  # expired early, or deleted: from here on without the interaction
                self._by_interaction_until = 0.0
            else:
                self._message_id = message.id
                return True
        return False

    async def _edit_message(self, reply: Reply) -> bool:
        if self._message_id is None or self._interaction.channel_id is None:
            return False
        try:
            await self._channel().get_partial_message(self._message_id).edit(**payload(reply))
        except (discord.NotFound, discord.Forbidden):
            return False
        return True

    def _channel(self) -> discord.PartialMessageable:
        assert self._interaction.channel_id is not None
        client: discord.Client = self._interaction.client
        return client.get_partial_messageable(self._interaction.channel_id, guild_id=self._interaction.guild_id)
