"""Starting and stopping: a wrong token and an unreachable Discord are one line each."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sqlite3
import sys
from pathlib import Path

import discord
import pytest
from aiohttp import web

from bot import __main__ as start
from bot import client, logs
from bot.client import FootnoteBot
from bot.state import State
from tests.bot.fakes import FakeLibrary


async def refuse(_: web.Request) -> web.Response:
    return web.json_response({"message": "401: Unauthorized", "code": 0}, status=401)


async def stall(_: web.Request) -> web.Response:
    await asyncio.sleep(60)
    return web.Response()


async def serve(handler: object, monkeypatch: pytest.MonkeyPatch) -> web.AppRunner:
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", handler)  # type: ignore[arg-type]
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    monkeypatch.setattr(discord.http.Route, "BASE", f"http://127.0.0.1:{runner.addresses[0][1]}")
    return runner


async def test_a_wrong_token_is_one_line_and_exit_code_one(
    bot: FootnoteBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    server = await serve(refuse, monkeypatch)
    assert await client.run(bot, "secret.token.value") == 1
    await server.cleanup()
    (line,) = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
    assert "DISCORD_TOKEN" in line
    assert "secret" not in caplog.text
    assert "Traceback" not in caplog.text


async def test_a_refused_intent_is_one_line_that_names_both_ways_out(
    bot: FootnoteBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def refused(_: str) -> None:
        raise discord.PrivilegedIntentsRequired(None)

    monkeypatch.setattr(bot, "start", refused)
    assert await client.run(bot, "secret.token.value") == 1
    (line,) = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
    assert "Message Content Intent" in line
    assert "MESSAGE_CONTENT=false" in line
    assert "Traceback" not in caplog.text


async def test_an_unreachable_discord_is_one_line_and_exit_code_one(
    bot: FootnoteBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(discord.http.Route, "BASE", "http://127.0.0.1:1")
    assert await client.run(bot, "secret.token.value") == 1
    (line,) = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
    assert "cannot be reached" in line
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_leaves_cleanly(
    bot: FootnoteBot, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    server = await serve(stall, monkeypatch)
    running = asyncio.create_task(client.run(bot, "secret.token.value"))
    await asyncio.sleep(0.1)
    os.kill(os.getpid(), number)
    assert await asyncio.wait_for(running, 3) == 0
    await server.cleanup()


def test_a_damaged_state_ends_the_start_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def damaged(_: State) -> None:
        raise sqlite3.DatabaseError("database disk image is malformed")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["bot"])
    monkeypatch.setenv("DISCORD_TOKEN", "secret.token.value")
    monkeypatch.setenv("STATE_DB", "bot.sqlite3")
    monkeypatch.setattr(start, "open_library", lambda _: FakeLibrary())
    monkeypatch.setattr(logs, "configure", lambda *_: None)
    monkeypatch.setattr(State, "channel_settings", damaged)
    assert start.main() == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("STATE_DB")
