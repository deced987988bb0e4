"""For people with the Manage Server permission: `/settings`, what a channel is answered from."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.admin import may_manage
from bot.delivery import UNDELIVERED
from bot.facets import Facet
from bot.replies import notice, problem
from bot.scoping import ChannelSetting, filters
from bot.settings_card import Panel, picked, settings_payload
from bot.views import ChangeSetting

if TYPE_CHECKING:
    from bot.client import FootnoteBot

_log = logging.getLogger(__name__)


class Settings(commands.Cog):
    """A channel's settings."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot

    @app_commands.command(description="What this channel is answered from (Manage Server only)")
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.check(may_manage)
    async def settings(self, interaction: discord.Interaction) -> None:
        """`/settings`, for the asker alone; in a thread they are its channel's."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        await self._show(interaction, _channel_of(interaction))

    async def change(self, interaction: discord.Interaction, action: ChangeSetting) -> None:
        """A menu or the button was used; also on a card from before a restart."""
        messages = self.bot.reader(interaction).messages
        if not (interaction.permissions.manage_guild or interaction.permissions.administrator):
            await interaction.response.defer(thinking=True, ephemeral=True)
            await self.bot.respond(interaction, notice(messages.manage_forbidden))
            return
        await interaction.response.defer()
        after = await self._changed(self.bot.channels.get(action.channel_id), interaction, action)
        try:
            await asyncio.to_thread(self.bot.channels.set, action.channel_id, interaction.guild_id or 0, after)
        except (sqlite3.Error, ValueError):
            _log.exception("A channel's settings could not be stored")
            await self.bot.respond(interaction, problem(messages.settings_not_saved))
            return
        _log.info("User %d changed the settings of channel %d", interaction.user.id, action.channel_id)
        await self._show(interaction, action.channel_id)

    async def _changed(
        self, setting: ChannelSetting, interaction: discord.Interaction, action: ChangeSetting
    ) -> ChannelSetting:
        data: Any = interaction.data or {}
        values = [str(value) for value in data.get("values", ())]
        match action.what:
            case "collections":
                known = await self.bot.service.choices(Facet.COLLECTION)
                return replace(setting, collections=picked(known, setting.collections, values))
            case "sources":
                known = await self.bot.service.choices(Facet.SOURCE)
                return replace(setting, sources=picked(known, setting.sources, values))
            case "everything":
                return replace(setting, answer_all=not setting.answer_all)

    async def _show(self, interaction: discord.Interaction, channel_id: int) -> None:
        service = self.bot.service
        channel = interaction.guild.get_channel(channel_id) if interaction.guild else None
        setting = self.bot.channels.get(channel_id)
        panel = Panel(
            channel_id,
            channel.name if channel else str(channel_id),
            setting,
            await service.choices(Facet.COLLECTION),
            await service.choices(Facet.SOURCE),
            self.bot.intents.message_content,
            await service.reach(filters(setting)),
        )
        ready = settings_payload(panel, self.bot.reader(interaction).messages)
        try:
            await interaction.edit_original_response(**ready)
        except UNDELIVERED as error:
            _log.warning("The settings could not be shown: %s", error)


def _channel_of(interaction: discord.Interaction) -> int:
    """The channel, or the one that the thread is in."""
    return getattr(interaction.channel, "parent_id", None) or interaction.channel_id or 0
