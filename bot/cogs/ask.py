"""Questions: `/ask`, a mention in a channel, a direct message."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.addressing import question_in

if TYPE_CHECKING:
    from bot.client import FootnoteBot


class Ask(commands.Cog):
    """Answers with quotes."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot

    @app_commands.command(description="Ask the articles; the answer is word-for-word quotes with their sources")
    @app_commands.describe(question="Your question, in one or two sentences")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def ask(self, interaction: discord.Interaction, question: str) -> None:
        """`/ask question:`"""
        await interaction.response.defer(thinking=True)
        reply = await self.bot.service.ask(question, self.bot.reader(interaction))
        await self.bot.respond(interaction, reply)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """A mention or a direct message."""
        question = question_in(message, self.bot.user.id) if self.bot.user else None
        if question is None:
            return
        async with _typing(message.channel):
            reply = await self.bot.service.ask(question, self.bot.reader(message))
        await self.bot.reply_to(message, reply)


@contextlib.asynccontextmanager
async def _typing(channel: discord.abc.Messageable) -> AsyncIterator[None]:
    """Shows that the bot is at work, where it is allowed to."""
    async with contextlib.AsyncExitStack() as stack:
        with contextlib.suppress(discord.HTTPException):
            await stack.enter_async_context(channel.typing())
        yield
