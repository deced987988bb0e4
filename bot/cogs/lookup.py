"""Looking things up without a question: `/search`, `/article`, `/latest`, `/timeline`, `/help`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.facets import Facet
from bot.lookups import Limits

if TYPE_CHECKING:
    from bot.client import FootnoteBot


class Lookup(commands.Cog):
    """Passages by keyword, articles by title or date, a topic's timeline."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot

    @app_commands.command(description="Find passages by keywords, best first")
    @app_commands.describe(
        keywords="Words to look for",
        source="Only articles of this source",
        author="Only articles by this author",
        after="Published on or after: “last month”, “March 2016”, “2016-07-15”",
        before="Published on or before: “yesterday”, “2016”, “2016-07-15”",
    )
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def search(
        self,
        interaction: discord.Interaction,
        keywords: str,
        source: str = "",
        author: str = "",
        after: str = "",
        before: str = "",
    ) -> None:
        """`/search keywords: source: author: after: before:`"""
        await interaction.response.defer(thinking=True)
        limits = Limits(source, author, after, before)
        reply = await self.bot.service.search(keywords, self.bot.reader(interaction), limits)
        await self.bot.respond(interaction, reply)

    @search.autocomplete("source")
    async def sources(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Sources like what was typed so far."""
        return await self._names(interaction, Facet.SOURCE, typed)

    @search.autocomplete("author")
    async def authors(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Authors like what was typed so far."""
        return await self._names(interaction, Facet.AUTHOR, typed)

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
        found = await self.bot.service.suggest(typed, self.bot.reader(interaction).scope)
        return [app_commands.Choice(name=suggestion.label, value=suggestion.value) for suggestion in found]

    @app_commands.command(description="The newest articles")
    @app_commands.describe(source="Only articles of this source")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def latest(self, interaction: discord.Interaction, source: str = "") -> None:
        """`/latest source:`"""
        await interaction.response.defer(thinking=True)
        await self.bot.respond(interaction, await self.bot.service.latest(self.bot.reader(interaction), source))

    @latest.autocomplete("source")
    async def latest_sources(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Sources like what was typed so far."""
        return await self._names(interaction, Facet.SOURCE, typed)

    @app_commands.command(description="Dated quotes on a topic, one from each article, oldest first")
    @app_commands.describe(topic="What the quotes are about")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def timeline(self, interaction: discord.Interaction, topic: str) -> None:
        """`/timeline topic:`"""
        await interaction.response.defer(thinking=True)
        await self.bot.respond(interaction, await self.bot.service.timeline(topic, self.bot.reader(interaction)))

    @app_commands.command(description="What I can do")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def help(self, interaction: discord.Interaction) -> None:
        """`/help`, to the asker alone."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        await self.bot.respond(interaction, self.bot.service.help(self.bot.reader(interaction)))

    async def _names(
        self, interaction: discord.Interaction, facet: Facet, typed: str
    ) -> list[app_commands.Choice[str]]:
        found = await self.bot.service.names(facet, typed, self.bot.reader(interaction).scope)
        return [app_commands.Choice(name=name, value=name) for name in found]
