"""Right-click a message → Apps → "Find sources"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.replies import Reply

if TYPE_CHECKING:
    from bot.client import FootnoteBot


class Sources(commands.Cog):
    """Quotes for or against what a message claims."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot
        self._menu = app_commands.ContextMenu(
            name="Find sources",
            callback=self.find_sources,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )

    async def cog_load(self) -> None:
        """discord.py finds slash commands in a cog by itself, but not this."""
        self.bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Takes it back."""
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    async def find_sources(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """To the person who looked it up alone. Discord sends the message's text along: no intent is needed."""
        await interaction.response.defer(thinking=True, ephemeral=True)

        async def show(reply: Reply) -> None:
            await self.bot.respond(interaction, reply)

        await show(await self.bot.asking.sources(_text(message), self.bot.reader(interaction), show))


def _text(message: discord.Message) -> str:
    """What was written, also where it was only forwarded."""
    return "\n".join(part for part in (message.content, *(m.content for m in message.message_snapshots)) if part)
