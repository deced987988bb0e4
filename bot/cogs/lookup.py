"""Looking things up without a question: `/search`, `/article`, `/help`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

if TYPE_CHECKING:
    from bot.client import FootnoteBot


class Lookup(commands.Cog):
    """Passages by keyword and articles by title."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot

    @app_commands.command(description="Find passages by keywords, best first")
    @app_commands.describe(keywords="Words to look for")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def search(self, interaction: discord.Interaction, keywords: str) -> None:
        """`/search keywords:`"""
        await interaction.response.defer(thinking=True)
        reply = await self.bot.service.search(keywords, self.bot.reader(interaction))
        await self.bot.respond(interaction, reply)

    @app_commands.command(description="Look an article up by its title")
    @app_commands.describe(title="The title, or a part of it")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def article(self, interaction: discord.Interaction, title: str) -> None:
        """`/article title:`"""
        await interaction.response.defer(thinking=True)
        reply = await self.bot.service.article(title, self.bot.reader(interaction))
        await self.bot.respond(interaction, reply)

    @article.autocomplete("title")
    async def suggest(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Titles like what was typed so far."""
        found = await self.bot.service.suggest(typed)
        return [app_commands.Choice(name=suggestion.label, value=suggestion.value) for suggestion in found]

    @app_commands.command(description="What I can do")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def help(self, interaction: discord.Interaction) -> None:
        """`/help`, to the asker alone."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        await self.bot.respond(interaction, self.bot.service.help(self.bot.reader(interaction)))
