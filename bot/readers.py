"""Who is asking, and where: all that the service needs to know about it, without Discord's types."""

from __future__ import annotations

from dataclasses import dataclass

from bot.messages import ENGLISH, Messages
from index.models import NO_FILTERS, Filters


@dataclass(frozen=True, slots=True)
class Reader:
    """A person with the wording that suits them. The ids are Discord's, 0 or None in the terminal.

    `scope` limits what the reader is answered from: the channel's settings, or a single article.
    """

    messages: Messages = ENGLISH
    user_id: int = 0
    channel_id: int | None = None
    guild_id: int | None = None
    scope: Filters = NO_FILTERS
