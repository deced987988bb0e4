"""For people with the Manage Server permission: `/reindex`."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.live_message import LiveMessage
from bot.rebuild import rebuild

if TYPE_CHECKING:
    from bot.client import FootnoteBot


def may_manage(interaction: discord.Interaction) -> bool:
    """Default permissions only hide a command, and a server's admins can change them; so this is checked here."""
    if interaction.guild_id is None:
        raise app_commands.NoPrivateMessage
    if not (interaction.permissions.manage_guild or interaction.permissions.administrator):
        raise app_commands.MissingPermissions(["manage_guild"])
    return True


class Admin(commands.Cog):
    """Upkeep."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot

    @app_commands.command(description="Take in new or changed articles (Manage Server only)")
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.check(may_manage)
    async def reindex(self, interaction: discord.Interaction) -> None:
        """`/reindex`, with a message that follows it."""
        await interaction.response.defer(thinking=True, ephemeral=self.bot.reindexer.busy)
        shown = LiveMessage(interaction)
        async with aclosing(rebuild(self.bot.reindexer, self.bot.service, self.bot.reader(interaction))) as progress:
            async for reply in progress:
                await shown.show(reply)
