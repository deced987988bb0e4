"""What the buttons of `views.py` do, also those of replies from before a restart or a reindex."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from bot.replies import notice
from bot.views import TurnPage, pressed

if TYPE_CHECKING:
    from bot.client import FootnoteBot


class Buttons(commands.Cog):
    """Answers presses."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """A press of any button."""
        if interaction.type is not discord.InteractionType.component or interaction.data is None:
            return
        match pressed(str(interaction.data.get("custom_id", ""))):
            case TurnPage() as action:
                await self._turn(interaction, action)
            case _:
                await interaction.response.defer(ephemeral=True, thinking=True)
                await self.bot.respond(interaction, notice(self.bot.reader(interaction).messages.button_unknown))

    async def _turn(self, interaction: discord.Interaction, action: TurnPage) -> None:
        """Turns the page in place for the person who searched; anybody else gets pages of their own, privately."""
        if _asker(interaction) in (None, interaction.user.id):
            await interaction.response.defer()
        else:
            await interaction.response.defer(ephemeral=True, thinking=True)
        reply = await self.bot.service.turn_page(action.search_id, action.page, self.bot.reader(interaction))
        await self.bot.respond(interaction, reply)


def _asker(interaction: discord.Interaction) -> int | None:
    """Who made the bot write the message that the button is on, where Discord tells."""
    origin = interaction.message.interaction_metadata if interaction.message else None
    return origin.user.id if origin else None
