"""Questions as a command: `/ask`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.answers import for_one
from bot.cogs.addressing import memory
from bot.conversations import Turn
from bot.replies import Reply

if TYPE_CHECKING:
    from bot.client import FootnoteBot


class Ask(commands.Cog):
    """Answers with quotes."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot

    @app_commands.command(description="Ask the articles; the answer is word-for-word quotes with their sources")
    @app_commands.describe(
        question="Your question, in one or two sentences",
        private="Show the answer to you alone; you can share it afterwards",
    )
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def ask(self, interaction: discord.Interaction, question: str, private: bool = False) -> None:
        """`/ask question: private:`; in a thread or a direct message it may follow up what was asked there before."""
        await interaction.response.defer(thinking=True, ephemeral=private)
        asking, reader = self.bot.asking, self.bot.reader(interaction)

        async def show(reply: Reply) -> None:
            await self.bot.respond(interaction, reply)

        remembered = memory(interaction.channel)
        async with asking.in_order(interaction.channel_id, remembered):
            previous = await asking.before(interaction.channel_id, None, remembered)
            reply = await asking.answer(question, reader, previous, show)
            reply_id = await self.bot.respond(interaction, for_one(reply, reader.messages) if private else reply)
            if reply_id and interaction.channel_id and not private:  # what one saw is no part of the conversation
                ids = (reply_id, interaction.channel_id, interaction.user.id, None)
                before = previous.reply_id if previous else None
                await asking.remember(Turn(*ids, question, "", previous_id=before), reply)
