"""The Discord client: what it listens to, how it sends, and how it starts and stops."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import logging
import signal
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.admin import Admin
from bot.cogs.ask import Ask
from bot.cogs.buttons import Buttons
from bot.cogs.lookup import Lookup
from bot.discord_format import payload
from bot.messages import for_locale
from bot.readers import Reader
from bot.reindexing import Reindexer
from bot.replies import Reply, notice, problem
from bot.scoping import ChannelSettings, filters
from bot.service import Service
from bot.state import State
from index.models import Filters

_log = logging.getLogger(__name__)


class FootnoteBot(commands.Bot):
    """Answers `/` commands, mentions and direct messages. Needs no privileged intent, and pings nobody."""

    def __init__(self, service: Service, reindexer: Reindexer, state: State) -> None:
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # no voice here: spare two warnings
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=CalmTree,
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
        )
        self.service, self.reindexer, self._state = service, reindexer, state
        self.channels = ChannelSettings(state)

    async def setup_hook(self) -> None:
        """Registers commands and buttons, and starts loading the model."""
        for cog in (Ask(self), Lookup(self), Admin(self), Buttons(self)):
            await self.add_cog(cog)
        self._warming = self.service.warm_up()
        await self._sync_commands()

    async def on_ready(self) -> None:
        """Logged on every fresh connection."""
        _log.info("Connected as %s, in %d servers", self.user, len(self.guilds))

    async def on_message(self, message: discord.Message, /) -> None:
        """There are no prefix commands; the Ask cog listens for questions."""

    def reader(self, origin: discord.Interaction[Any] | discord.Message) -> Reader:
        """Who is asking, for the service."""
        if isinstance(origin, discord.Interaction):
            messages = for_locale(str(origin.locale))
            return Reader(messages, origin.user.id, origin.channel_id, origin.guild_id, self._scope(origin))
        locale = origin.guild.preferred_locale if origin.guild else "en"
        return Reader(
            for_locale(str(locale)),
            origin.author.id,
            origin.channel.id,
            origin.guild.id if origin.guild else None,
            self._scope(origin),
        )

    def _scope(self, origin: discord.Interaction[Any] | discord.Message) -> Filters:
        """What the channel, or the channel that the thread is in, may be answered from."""
        parent_id = getattr(origin.channel, "parent_id", None)
        return filters(self.channels.get(origin.channel.id if origin.channel else None, parent_id))

    async def respond(self, interaction: discord.Interaction[Any], reply: Reply) -> None:
        """Shows the reply to an interaction that was deferred."""
        in_place = interaction.response.type is discord.InteractionResponseType.deferred_message_update
        try:
            if in_place and reply.plain:  # a card cannot become a plain message
                await interaction.followup.send(**payload(reply), ephemeral=True)
            else:
                await interaction.edit_original_response(**payload(reply))
        except discord.HTTPException as error:
            _log.warning("A reply to interaction %d could not be shown: %s", interaction.id, error)

    async def reply_to(self, message: discord.Message, reply: Reply) -> None:
        """Answers a message, beneath it where the bot may, else in its channel."""
        ready = payload(reply, show_heading=False)
        try:
            reference = message.to_reference(fail_if_not_exists=False)
            await message.channel.send(**ready, reference=reference, mention_author=False)
        except discord.Forbidden:
            try:
                await message.channel.send(**ready)
            except discord.HTTPException as error:
                _log.warning("Channel %d takes no reply: %s", message.channel.id, error)
        except discord.HTTPException as error:
            _log.warning("Message %d could not be answered: %s", message.id, error)

    async def close(self) -> None:
        """Stops a running build, then disconnects."""
        await self.reindexer.stop()
        self.service.close()
        await super().close()

    async def _sync_commands(self) -> None:
        """Tells Discord the commands, only when they are not the ones it was told last."""
        described = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        known = json.dumps([self.application_id, described], sort_keys=True, default=str)
        digest = hashlib.sha256(known.encode()).hexdigest()
        if await asyncio.to_thread(self._state.fact, "commands") == digest:
            return
        try:
            await self.tree.sync()
        except discord.HTTPException:
            _log.exception("The commands could not be registered; mentions and direct messages still work")
            return
        await asyncio.to_thread(self._state.remember, "commands", digest)
        _log.info("Registered %d commands", len(described))


class CalmTree(app_commands.CommandTree[FootnoteBot]):
    """Tells the user in one sentence what went wrong, and the log the rest."""

    async def on_error(
        self, interaction: discord.Interaction[FootnoteBot], error: app_commands.AppCommandError, /
    ) -> None:
        """Answers privately where nothing was said yet."""
        messages = interaction.client.reader(interaction).messages
        if isinstance(error, app_commands.MissingPermissions):
            reply = notice(messages.reindex_forbidden)
        elif isinstance(error, app_commands.NoPrivateMessage):
            reply = notice(messages.guild_only)
        else:
            _log.error("A command failed", exc_info=error)
            reply = problem(messages.failed)
        if interaction.response.is_done():
            await interaction.client.respond(interaction, reply)
            return
        with contextlib.suppress(discord.HTTPException):
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
    except discord.ConnectionClosed as error:
        _log.error("Discord closed the connection for good (code %s).", error.code)
    except (aiohttp.ClientError, discord.HTTPException, discord.GatewayNotFound, OSError) as error:
        _log.error("Discord cannot be reached (%s). Check the network, then start again.", error)
    else:
        return 0
    return 1
