"""What the buttons of `views.py` do, also those of replies from before a restart or a reindex."""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING

import discord
from discord import ui
from discord.ext import commands

from bot.cogs import about
from bot.conversations import Turn
from bot.cooldowns import PRESS
from bot.delivery import UNDELIVERED
from bot.discord_format import payload
from bot.excerpts import clean
from bot.readers import Reader
from bot.replies import Reply, notice
from bot.views import Action, AskAbout, ChangeSetting, Context, Dismiss, More, Share, TurnPage, Vote, pressed

if TYPE_CHECKING:
    from bot.client import FootnoteBot

_PRESSES = (discord.InteractionType.component, discord.InteractionType.modal_submit)
_log = logging.getLogger(__name__)


class Buttons(commands.Cog):
    """Answers presses."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """A press of any button, a choice in any menu, a form sent in."""
        if interaction.type not in _PRESSES or interaction.data is None:
            return
        self.bot.underway.note()
        if await self.bot.held_back(interaction, PRESS):
            return
        action = pressed(str(interaction.data.get("custom_id", "")))
        if interaction.type is discord.InteractionType.modal_submit:
            if isinstance(action, AskAbout):
                await about.submitted(self.bot, interaction, action)
            return
        match action:
            case TurnPage():
                await self._turn(interaction, action)
            case Dismiss():
                await self._dismiss(interaction, action)
            case Share():
                await self._share(interaction, action)
            case AskAbout():
                await about.open_form(self.bot, interaction, action)
            case ChangeSetting():
                await self.bot.settings.change(interaction, action)
            case _:
                await interaction.response.defer(ephemeral=True, thinking=True)
                await self.bot.respond(interaction, await self._privately(action, self.bot.reader(interaction)))

    async def _privately(self, action: Action | None, reader: Reader) -> Reply:
        """What only the person who pressed sees."""
        answers = self.bot.service.answers
        match action:
            case More():
                return await answers.more(action.answer_id, 0, reader)
            case Context():
                return await answers.context(action.answer_id, action.quote, reader)
            case Vote():
                return await answers.vote(action.answer_id, action.helpful, reader)
            case _:
                return notice(reader.messages.button_unknown)

    async def _turn(self, interaction: discord.Interaction, action: TurnPage) -> None:
        """Turns the page in place for the person who searched; anybody else gets pages of their own, privately."""
        if _asker(interaction) in (None, interaction.user.id):
            await interaction.response.defer()
        else:
            await interaction.response.defer(ephemeral=True, thinking=True)
        service, reader = self.bot.service, self.bot.reader(interaction)
        if action.of == "answer":
            reply = await service.answers.more(action.search_id, action.page, reader)
        else:
            reply = await service.turn_page(action.search_id, action.page, reader)
        await self.bot.respond(interaction, reply)

    async def _dismiss(self, interaction: discord.Interaction, action: Dismiss) -> None:
        """Deletes the answer for the asker and for moderators."""
        await interaction.response.defer()
        answers, reader = self.bot.service.answers, self.bot.reader(interaction)
        alone, asker = interaction.guild_id is None, _asker(interaction) == interaction.user.id
        may = alone or asker or interaction.permissions.manage_messages
        refusal = None if may else await answers.dismissal(action.answer_id, reader)
        if refusal:
            await self.bot.respond(interaction, refusal)
            return
        with contextlib.suppress(discord.NotFound):  # pressed twice
            await interaction.delete_original_response()

    async def _share(self, interaction: discord.Interaction, action: Share) -> None:
        """Posts the answer in the channel, then disables the button."""
        await interaction.response.defer()
        answers, reader = self.bot.service.answers, self.bot.reader(interaction)
        shared = await answers.share(action.answer_id, clean(interaction.user.display_name), reader)
        if shared.public is None:
            await self.bot.respond(interaction, shared.refusal or notice(reader.messages.failed))
            return
        try:
            posted = await interaction.followup.send(**payload(shared.public))
        except UNDELIVERED as error:
            _log.warning("An answer could not be shared: %s", error)
            await self.bot.respond(interaction, await answers.unshare(action.answer_id, reader))
            return
        turn = Turn(posted.id, posted.channel.id, interaction.user.id, None, shared.question, "")
        await self.bot.asking.remember(turn, shared.public)  # now anybody can reply to it and ask further
        if interaction.message:
            with contextlib.suppress(*UNDELIVERED):  # dismissed meanwhile
                await interaction.edit_original_response(view=_without(interaction.message, action.custom_id))


def _without(message: discord.Message, custom_id: str) -> ui.LayoutView:
    """The message's card with that button disabled."""
    view = ui.LayoutView.from_message(message, timeout=None)
    for item in view.walk_children():
        if isinstance(item, ui.Button) and item.custom_id == custom_id:
            item.disabled = True
    view.stop()
    return view


def _asker(interaction: discord.Interaction) -> int | None:
    """Who made the bot write the message that the button is on, where Discord tells."""
    origin = interaction.message.interaction_metadata if interaction.message else None
    return origin.user.id if origin else None
