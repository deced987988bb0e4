"""Asking about one article: the button under its card opens a form, the form's question gets an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.conversations import Turn
from bot.excerpts import shorten
from bot.lookups import QUESTION_LIMIT
from bot.messages import Messages
from bot.views import AskAbout

if TYPE_CHECKING:
    from bot.client import FootnoteBot

_LABEL = 45
"""Characters that Discord allows in a form's title and labels."""


async def open_form(bot: FootnoteBot, interaction: discord.Interaction, action: AskAbout) -> None:
    """Asks for the question."""
    await interaction.response.send_modal(_form(action, bot.reader(interaction).messages))


async def submitted(bot: FootnoteBot, interaction: discord.Interaction, action: AskAbout) -> None:
    """Answers the question from the article alone."""
    await interaction.response.defer(thinking=True)
    data: Any = interaction.data or {}
    question = "".join(_typed(data.get("components", ())))
    reply = await bot.service.ask_about(action.article_key, question, bot.reader(interaction))
    reply_id = await bot.respond(interaction, reply)
    if reply_id and interaction.channel_id:
        turn = Turn(reply_id, interaction.channel_id, interaction.user.id, None, question, "")
        await bot.asking.remember(turn, reply)


def _form(action: AskAbout, messages: Messages) -> ui.Modal:
    form = ui.Modal(title=shorten(messages.ask_about_title, _LABEL), custom_id=action.custom_id, timeout=None)
    field = ui.TextInput[ui.Modal](style=discord.TextStyle.paragraph, max_length=QUESTION_LIMIT)
    form.add_item(ui.Label(text=shorten(messages.ask_about_question, _LABEL), component=field))
    form.stop()  # nothing for discord.py to remember: the answer is found by its custom id
    return form


def _typed(components: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """What was typed into the form's text fields."""
    for component in components:
        if component.get("type") == discord.ComponentType.text_input.value:
            yield str(component.get("value") or "")
        inner = component.get("component")
        yield from _typed([inner] if inner else component.get("components", ()))
