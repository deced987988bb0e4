"""Sending through a broken connection, and waiting for those who are being served."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest
import simcord

from bot import client, delivery
from bot.client import FootnoteBot
from bot.delivery import Underway, insist
from bot.messages import ENGLISH
from tests.bot.builder import PROGRESS, REPORT, write
from tests.bot.fakes import SENTENCE, FakeLibrary
from tests.bot.test_discord import World, response, seen

BROKEN = aiohttp.ClientOSError(104, "Connection reset by peer")


@pytest.fixture
def world(simcord_env: simcord.Env) -> World:
    """The server, with the bot in it."""
    return World(simcord_env)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pause before the second try."""
    monkeypatch.setattr(delivery, "_PAUSE", 0.0)


def breaks(monkeypatch: pytest.MonkeyPatch, owner: type, name: str, times: int) -> list[int]:
    """Has a method of discord.py fail like a broken connection so many times; counts the calls."""
    real: Callable[..., Any] = getattr(owner, name)
    calls: list[int] = []

    async def sometimes(self: Any, *given: Any, **named: Any) -> Any:
        calls.append(1)
        if len(calls) <= times:
            raise BROKEN
        return await real(self, *given, **named)

    monkeypatch.setattr(owner, name, sometimes)
    return calls


@pytest.mark.parametrize("error", [BROKEN, aiohttp.ServerDisconnectedError(), TimeoutError()])
async def test_a_broken_connection_is_tried_twice_and_no_more(error: Exception) -> None:
    tries = []

    async def send() -> None:
        tries.append(1)
        raise error

    with pytest.raises(type(error)):
        await insist(send)
    assert len(tries) == 2


async def test_an_answer_is_sent_again_when_the_connection_broke(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    breaks(monkeypatch, discord.Interaction, "edit_original_response", 1)
    assert SENTENCE in response(await world.alice.slash(world.channel, "ask", question="How did they vote?"))
    breaks(monkeypatch, discord.TextChannel, "send", 1)
    await world.alice.send(world.channel, f"{world.mention} How did they vote?")
    assert SENTENCE in seen(world.channel.history()[-1])


async def test_a_message_that_cannot_be_sent_at_all_is_one_line_in_the_log(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    breaks(monkeypatch, discord.TextChannel, "send", 99)
    await world.alice.send(world.channel, f"{world.mention} How did they vote?")
    assert "could not be answered" in caplog.text
    assert "Traceback" not in caplog.text


async def test_a_network_that_fails_during_a_reindex_does_not_end_it(
    world: World, builder: Path, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    write(builder, PROGRESS + REPORT)
    breaks(monkeypatch, discord.Interaction, "edit_original_response", 99)
    await world.admin.slash(world.channel, "reindex")
    assert library.refreshed == 1
    assert "could not be shown" in caplog.text


async def test_underway_are_the_tasks_that_said_so() -> None:
    underway, gate = Underway(), asyncio.Event()

    async def serve() -> None:
        underway.note()
        await gate.wait()

    assert await underway.finished(0)
    serving = asyncio.create_task(serve())
    await asyncio.sleep(0)
    assert not await underway.finished(0.01)
    gate.set()
    assert await underway.finished(5)
    assert serving.done()
    underway.note()
    assert await underway.finished(0), "who leaves does not wait for itself"


async def waiting(world: World, count: int) -> None:
    """So many questions, asked at once, are in front of the library or in line."""
    for number in range(count):
        world.env.backend.create_message(world.channel.id, world.alice.id, f"{world.mention} How did {number} vote?")
    await asyncio.sleep(0.3)


async def test_who_is_being_answered_when_the_bot_stops_gets_the_answer_and_who_waits_is_told(
    world: World, simcord_bot: FootnoteBot, library: FakeLibrary
) -> None:
    library.gate.clear()
    await waiting(world, 4)
    asyncio.get_running_loop().call_later(0.1, library.gate.set)
    await simcord_bot.close()
    assert sum(SENTENCE in text for text in world.replies) == 2
    assert world.replies.count(ENGLISH.leaving) == 2


async def test_who_waits_behind_another_question_is_told_to_ask_again_too(
    world: World, simcord_bot: FootnoteBot, library: FakeLibrary
) -> None:
    channel = (await world.alice.send_dm("When did the ferry stop?")).channel
    library.gate.clear()
    for number in range(3):
        world.env.backend.create_message(channel.id, world.alice.id, f"How did {number} vote?")
    await asyncio.sleep(0.2)
    asyncio.get_running_loop().call_later(0.1, library.gate.set)
    await simcord_bot.close()
    told = [r.json.get("content") for r in world.env.http_requests if isinstance(r.json, dict)]
    assert told.count(ENGLISH.leaving) == 2


async def test_who_comes_while_the_bot_waits_for_others_is_waited_for_as_well() -> None:
    underway, gates = Underway(), [asyncio.Event(), asyncio.Event()]

    async def serve(gate: asyncio.Event) -> None:
        underway.note()
        await gate.wait()

    first = asyncio.create_task(serve(gates[0]))
    await asyncio.sleep(0)
    finished = asyncio.create_task(underway.finished(5))
    await asyncio.sleep(0)
    second = asyncio.create_task(serve(gates[1]))
    gates[0].set()
    await first
    await asyncio.sleep(0.01)
    assert not finished.done()
    gates[1].set()
    assert await finished
    assert second.done()


async def test_an_answer_that_takes_too_long_holds_up_no_stop(
    world: World,
    simcord_bot: FootnoteBot,
    library: FakeLibrary,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(client, "_PATIENCE", 0.05)
    library.gate.clear()
    await waiting(world, 1)
    with caplog.at_level(logging.WARNING):
        await asyncio.wait_for(simcord_bot.close(), 3)
    library.gate.set()
    assert "given up" in caplog.text
    assert world.replies == []
