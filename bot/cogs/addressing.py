"""Is a message a question to the bot, and which? Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

import discord

from bot.conversations import KEPT_SECONDS
from bot.excerpts import clean, shorten
from bot.intake import remark, spoken
from bot.lookups import QUESTION_LIMIT

_DIRECT_SECONDS = 3600
_ASKABLE = (discord.MessageType.default, discord.MessageType.reply)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a person wrote, without the mentions.

    `addressed` says that it is for the bot whatever it says: a mention, a direct message, a reply that pings it and is
    no mere remark. `empty` is True when Discord told no text, as it does without the Message Content intent.
    """

    text: str
    addressed: bool
    forum_post: bool = False

    @property
    def empty(self) -> bool:
        """True when there is nothing to read."""
        return not self.text


def hear(message: discord.Message, me: int) -> Heard | None:
    """What `message` says, for the bot with user id `me`; None for bots, webhooks and what Discord itself writes.

    The message that opens a forum post is read with the post's title, cut where a question gets too long.
    """
    if message.author.bot or message.webhook_id is not None or message.type not in _ASKABLE:
        return None
    text = spoken(message.content)
    named = re.search(rf"<@!?{me}>", message.content) is not None
    pinged = any(user.id == me for user in message.mentions)  # a reply pings, unless its author says otherwise
    addressed = message.guild is None or (pinged and (named or not remark(text)))
    channel = message.channel
    opens_post = message.id == channel.id and isinstance(channel, discord.Thread)
    if opens_post and isinstance(channel, discord.Thread) and isinstance(channel.parent, discord.ForumChannel):
        title = clean(channel.name)
        stop = "" if title[-1:] in "?!.…" else "."
        return Heard(shorten(f"{title}{stop} {clean(text)}".strip(), QUESTION_LIMIT), addressed, forum_post=True)
    return Heard(text, addressed)


def memory(channel: object) -> float | None:
    """For how many seconds a question in this channel may follow up the last one there without replying to it; None
    where people talk of many things."""
    kind = getattr(channel, "type", None)
    if kind is discord.ChannelType.private:
        return _DIRECT_SECONDS
    threads = (discord.ChannelType.public_thread, discord.ChannelType.private_thread, discord.ChannelType.news_thread)
    return KEPT_SECONDS if kind in threads else None


def replied_to(message: discord.Message) -> int | None:
    """The id of the message that this one replies to; None for none, and for a forwarded message."""
    reference = message.reference
    if reference is None or message.type is not discord.MessageType.reply:
        return None
    return reference.message_id
