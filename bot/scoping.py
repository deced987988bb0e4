"""What a channel's answers are limited to: its settings, in memory and in SQLite, and what they mean to a search."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace

from bot.state import State
from index.errors import ConfigurationError
from index.models import Filters


@dataclass(frozen=True, slots=True)
class ChannelSetting:
    """One channel's settings. Empty `collections` or `sources` limit nothing."""

    answer_all: bool = False
    collections: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class ChannelSettings:
    """Every channel's settings. Reading is from memory and never blocks; `set` writes a file."""

    def __init__(self, state: State) -> None:
        """Reads them all. Raises ConfigurationError where the file is damaged: without them the bot would answer from
        what it must not."""
        self._state = state
        try:
            self._known = {
                channel_id: ChannelSetting(answer_all, _read(collections), _read(sources))
                for channel_id, answer_all, collections, sources in state.channel_settings()
            }
        except (sqlite3.Error, ValueError) as error:
            raise ConfigurationError(
                "STATE_DB",
                f"the channels’ settings cannot be read ({error}). Put back a copy of the file, or move it away: then "
                "an empty one is made.",
            ) from error

    def get(self, channel_id: int | None, parent_id: int | None = None) -> ChannelSetting:
        """(memory) A channel's setting; a thread without one of its own has its parent's."""
        for known in (channel_id, parent_id):
            if known is not None and known in self._known:
                return self._known[known]
        return DEFAULT

    def set(self, channel_id: int, guild_id: int, setting: ChannelSetting) -> None:
        """Stores a channel's setting. May block. Raises sqlite3.Error, and then nothing has changed."""
        collections, sources = json.dumps(setting.collections), json.dumps(setting.sources)
        self._state.set_channel_setting(channel_id, guild_id, setting.answer_all, collections, sources)
        self._known[channel_id] = setting


def filters(setting: ChannelSetting) -> Filters:
    """What a search in the channel may find."""
    return Filters(collections=setting.collections, sources=setting.sources)


def narrow(scope: Filters, wanted: Filters) -> Filters | None:
    """What passes both a channel's `scope` and what a reader `wanted`; None when nothing can."""
    sources = scope.sources or wanted.sources
    if scope.sources and wanted.sources:
        allowed = {source.casefold() for source in scope.sources}
        sources = tuple(source for source in wanted.sources if source.casefold() in allowed)
        if not sources:
            return None
    return replace(wanted, collections=scope.collections, sources=sources)


def _read(text: str) -> tuple[str, ...]:
    return tuple(str(value) for value in json.loads(text))


DEFAULT = ChannelSetting()
