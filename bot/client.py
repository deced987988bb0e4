"""The Discord client: what it listens to, how it sends, and how it starts and stops."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import logging
import signal
import sqlite3
from collections.abc import Iterator
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot.asking import Asking, wait_reply
from bot.cogs.admin import Admin
from bot.cogs.ask import Ask
from bot.cogs.buttons import Buttons
from bot.cogs.listen import Listen
from bot.cogs.lookup import Lookup
from bot.cogs.settings import Settings
from bot.cogs.sources import Sources
from bot.conversations import Conversations
from bot.cooldowns import NO_COOLDOWNS, Cooldowns
from bot.delivery import UNDELIVERED, Underway, insist
from bot.discord_format import payload
from bot.locales import for_locale
from bot.messages import ENGLISH, Messages
from bot.readers import Reader
from bot.reindexing import Reindexer
from bot.replies import Reply, notice, problem
from bot.scoping import ChannelSettings, filters
from bot.service import Service
from bot.state import State
from bot.translator import Translator
from bot.waiting import Line
from index.models import Filters

_FREE = frozenset({"help", "reindex", "settings"})
"""Commands that look nothing up, and are never held back."""
_PATIENCE = 7
"""Seconds for the last answers at the end; service managers wait ten before they kill."""
_SPEAKERS = 10_000
"""People whose language is in memory."""
_log = logging.getLogger(__name__)


class FootnoteBot(commands.Bot):
    """Answers `/` commands, mentions and direct messages. Pings nobody, and needs no privileged intent, but
    asks for one with `message_content`: then it can be set to answer every question in a channel."""

    def __init__(
        self,
        service: Service,
        reindexer: Reindexer,
        state: State,
        *,
        message_content: bool = False,
        cooldowns: Cooldowns = NO_COOLDOWNS,
    ) -> None:
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # no voice here: spare two warnings
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=CalmTree,
            intents=discord.Intents(
                guilds=True, guild_messages=True, dm_messages=True, message_content=message_content
            ),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
        )
        self.service, self.reindexer, self._state = service, reindexer, state
        self.asking = Asking(service, Conversations(state), cooldowns, Line())
        self._speaks: dict[int, Messages] = {}
        self.channels, self.settings = ChannelSettings(state), Settings(self)
        self.underway = Underway()

    async def setup_hook(self) -> None:
        """Registers commands and buttons, and starts loading the model."""
        for cog in (Ask(self), Listen(self), Lookup(self), Sources(self), Admin(self), self.settings, Buttons(self)):
            await self.add_cog(cog)
        self._warming = self.service.warm_up()
        await self._sync_commands()

    async def on_ready(self) -> None:
        """Logged on every fresh connection."""
        _log.info("Connected as %s, in %d servers", self.user, len(self.guilds))

    async def on_message(self, message: discord.Message, /) -> None:
        """There are no prefix commands; the Listen cog listens for questions."""

    def reader(self, origin: discord.Interaction[Any] | discord.Message) -> Reader:
        """Who is asking, for the service."""
        if isinstance(origin, discord.Interaction):
            messages = for_locale(str(origin.locale))
            self._heard_speak(origin.user.id, messages)
            return Reader(messages, origin.user.id, origin.channel_id, origin.guild_id, self._scope(origin))
        guild = origin.guild
        messages = for_locale(str(guild.preferred_locale)) if guild else self._speaks.get(origin.author.id, ENGLISH)
        return Reader(
            messages,
            origin.author.id,
            origin.channel.id,
            guild.id if guild else None,
            self._scope(origin),
        )

    def _heard_speak(self, user_id: int, messages: Messages) -> None:
        """A direct message does not tell its author's language; a command before it did."""
        self._speaks.pop(user_id, None)
        self._speaks[user_id] = messages
        if len(self._speaks) > _SPEAKERS:
            del self._speaks[next(iter(self._speaks))]

    def _scope(self, origin: discord.Interaction[Any] | discord.Message) -> Filters:
        """What the channel, or the channel that the thread is in, may be answered from."""
        parent_id = getattr(origin.channel, "parent_id", None)
        return filters(self.channels.get(origin.channel.id if origin.channel else None, parent_id))

    async def respond(self, interaction: discord.Interaction[Any], reply: Reply) -> int | None:
        """Shows the reply to an interaction that was deferred; returns its message’s id, or None."""
        in_place = interaction.response.type is discord.InteractionResponseType.deferred_message_update
        try:
            if in_place and reply.plain:  # a card cannot become a plain message
                await interaction.followup.send(**payload(reply), ephemeral=True)
                return None
            shown = {"content": None, **payload(reply)}  # a card takes the place of “you are number 4 in line”
            return (await insist(lambda: interaction.edit_original_response(**shown))).id
        except UNDELIVERED as error:
            _log.warning("A reply to interaction %d could not be shown: %s", interaction.id, error)
            return None

    async def held_back(self, interaction: discord.Interaction[Any], cost: float = 1.0) -> bool:
        """True when somebody is too fast, and was told so privately instead of an answer."""
        reader = self.reader(interaction)
        wait = self.asking.hold_back(reader, cost)
        if wait is None:
            return False
        reply = wait_reply(wait, reader)
        with contextlib.suppress(*UNDELIVERED):
            await interaction.response.send_message(**payload(reply), ephemeral=True)
        return True

    async def close(self) -> None:
        """Stops a running build, brings the answers that are being worked on to their readers, tells those in line to
        ask again, then disconnects."""
        self.asking.line.close()
        _, finished = await asyncio.gather(self.reindexer.stop(), self.underway.finished(_PATIENCE))
        if not finished:
            _log.warning("Some answers were not ready in %d seconds, and are given up", _PATIENCE)
        self.service.close()
        await super().close()

    async def _sync_commands(self) -> None:
        """Tells Discord the commands, only when they are not the ones it was told last."""
        translator = Translator()
        await self.tree.set_translator(translator)
        described = [await c.get_translated_payload(self.tree, translator) for c in self.tree.get_commands()]
        known = json.dumps([self.application_id, described], sort_keys=True, default=str)
        digest = hashlib.sha256(known.encode()).hexdigest()
        with self._noting():
            if await asyncio.to_thread(self._state.fact, "commands") == digest:
                return
        try:
            await self.tree.sync()
        except discord.HTTPException:
            _log.exception("The commands could not be registered; mentions and direct messages still work")
            return
        _log.info("Registered %d commands", len(described))
        with self._noting():
            await asyncio.to_thread(self._state.remember, "commands", digest)

    @contextlib.contextmanager
    def _noting(self) -> Iterator[None]:
        """A state that is locked or on a full disk costs no more than registering the commands again."""
        try:
            yield
        except sqlite3.Error:
            _log.exception("Whether the commands are registered could not be looked up or noted")


class CalmTree(app_commands.CommandTree[FootnoteBot]):
    """Tells the user in one sentence what went wrong, and the log the rest."""

    async def interaction_check(self, interaction: discord.Interaction[FootnoteBot], /) -> bool:
        """False for a look-up that comes too soon after others; autocomplete is part of typing one."""
        typing = interaction.type is discord.InteractionType.autocomplete
        if not typing:
            interaction.client.underway.note()
        free = interaction.command is not None and interaction.command.name in _FREE
        return typing or free or not await interaction.client.held_back(interaction)

    async def on_error(
        self, interaction: discord.Interaction[FootnoteBot], error: app_commands.AppCommandError, /
    ) -> None:
        """Answers privately where nothing was said yet."""
        messages = interaction.client.reader(interaction).messages
        if isinstance(error, app_commands.MissingPermissions):
            reply = notice(messages.manage_forbidden)
        elif isinstance(error, app_commands.NoPrivateMessage):
            reply = notice(messages.guild_only)
        else:
            _log.error("A command failed", exc_info=error)
            reply = problem(messages.failed)
        if interaction.response.is_done():
            await interaction.client.respond(interaction, reply)
            return
        with contextlib.suppress(*UNDELIVERED):
            await interaction.response.send_message(**payload(reply), ephemeral=True)


async def run(bot: FootnoteBot, token: str) -> int:
    """Connects and stays until SIGINT or SIGTERM; returns the exit code. Problems are one line in the log."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with bot:
        running, stopping = asyncio.create_task(bot.start(token)), asyncio.create_task(stop.wait())
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not running.done():
            _log.info("Leaving")
            await bot.close()
            running.cancel()
            await asyncio.wait({running})
            return 0
    try:
        await running
    except (discord.LoginFailure, ValueError):
        _log.error("Discord refused the token. Check DISCORD_TOKEN: the bot’s token is under Bot on its Discord page.")
    except discord.PrivilegedIntentsRequired:
        _log.error(
            "Discord refuses MESSAGE_CONTENT: switch on Message Content Intent under Bot on the bot’s Discord page, "
            "or set MESSAGE_CONTENT=false."
        )
    except discord.ConnectionClosed as error:
        _log.error("Discord closed the connection for good (code %s).", error.code)
    except (aiohttp.ClientError, discord.HTTPException, discord.GatewayNotFound, OSError) as error:
        _log.error("Discord cannot be reached (%s). Check the network, then start again.", error)
    else:
        return 0
    return 1
