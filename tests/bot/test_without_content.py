"""What the bot hears without the Message Content intent, which is how it is installed."""

from __future__ import annotations

import discord
import pytest
import simcord

from bot.client import FootnoteBot
from bot.reindexing import Reindexer
from bot.scoping import ChannelSetting
from bot.service import Service
from bot.state import State
from tests.bot.fakes import SENTENCE, FakeLibrary
from tests.bot.test_discord import World

QUESTION = "How did the council vote on the bridge?"


@pytest.fixture
def world(simcord_env: simcord.Env) -> World:
    """The server, with the bot in it."""
    return World(simcord_env)


async def test_a_reply_that_pings_the_bot_is_a_follow_up(world: World, library: FakeLibrary) -> None:
    await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    reply = world.channel.last_message
    assert reply
    await world.bob.send(world.channel, "who proposed it?", reply_to=reply)
    assert "who proposed the bridge?" in library.asked


async def test_a_remark_in_a_reply_that_pings_the_bot_is_left_alone(world: World, library: FakeLibrary) -> None:
    await world.alice.send(world.channel, f"{world.mention} How did they vote?")
    reply = world.channel.last_message
    assert reply
    await world.bob.send(world.channel, "I don’t believe it.", reply_to=reply)
    assert len(library.asked) == 1
    await world.bob.send(world.channel, f"{world.mention} I don’t believe it.", reply_to=reply)
    assert len(library.asked) > 1


async def test_messages_that_come_without_their_text_are_left_alone(
    world: World, library: FakeLibrary, bot: FootnoteBot
) -> None:
    bot.channels.set(world.channel.id, world.guild.id, ChannelSetting(answer_all=True))
    await world.alice.send(world.channel, QUESTION)
    assert library.asked == []
    assert world.replies == []


async def test_a_question_that_no_longer_mentions_the_bot_keeps_its_answer(world: World, library: FakeLibrary) -> None:
    asked = await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    await world.alice.edit(asked, "never mind")
    assert library.asked == [QUESTION]
    assert SENTENCE in world.replies[-1]


def test_the_intent_is_asked_for_only_when_switched_on(service: Service, reindexer: Reindexer, state: State) -> None:
    plain = FootnoteBot(service, reindexer, state)
    listening = FootnoteBot(service, reindexer, state, message_content=True)
    assert not plain.intents.message_content
    assert listening.intents == discord.Intents(
        guilds=True, guild_messages=True, dm_messages=True, message_content=True
    )
