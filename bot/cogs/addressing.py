"""Is a message a question to the bot, and which? Pure."""

from __future__ import annotations

import re

import discord

_ASKABLE = (discord.MessageType.default, discord.MessageType.reply)


def question_in(message: discord.Message, me: int) -> str | None:
    """The question that `message` asks the bot with user id `me`, without the mention; None if it asks nothing.

    Direct messages and messages that mention the bot are for it. Bots and webhooks are never answered.
    """
    if message.author.bot or message.webhook_id is not None or message.type not in _ASKABLE:
        return None
    if message.guild is not None and all(user.id != me for user in message.mentions):
        return None
    return re.sub(rf"<@!?{me}>", " ", message.content).strip()
