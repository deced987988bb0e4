"""The real client against a simulated Discord: people ask, search, turn pages, reindex."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord

from bot.client import FootnoteBot
from bot.messages import ENGLISH
from bot.reindexing import Reindexer
from bot.service import Service
from bot.state import State
from index.errors import IndexMissing
from tests.bot.builder import PROGRESS, REPORT, write
from tests.bot.discord_model import render
from tests.bot.fakes import BRIDGE, SENTENCE, FakeLibrary, answer

Env = simcord.Env


class World:
    """A server with a channel, a reader and an admin."""

    def __init__(self, env: Env) -> None:
        self.env = env
        self.guild = env.create_guild()
        self.channel = self.guild.create_text_channel("general")
        self.alice = self.guild.add_member(env.create_user("alice"))
        self.bob = self.guild.add_member(env.create_user("bob"))
        role = self.guild.create_role("Admins", permissions=discord.Permissions(manage_guild=True))
        self.admin = self.guild.add_member(env.create_user("admin"), roles=[role])
        assert env.bot.user
        self.mention = env.bot.user.mention

    @property
    def replies(self) -> list[str]:
        """Everything that the bot says in the channel."""
        assert self.env.bot.user
        return [seen(message) for message in self.channel.history() if message.author.id == self.env.bot.user.id]


@pytest.fixture
def world(simcord_env: Env) -> World:
    """The server, with the bot in it."""
    return World(simcord_env)


def texts(components: list[dict[str, Any]]) -> list[str]:
    """The text displays of a card."""
    return [
        text
        for item in components
        for text in ([item["content"]] if item["type"] == 10 else texts(item.get("components", [])))
    ]


def seen(message: discord.Message | simcord.ResponseMessage) -> str:
    """All that a message says."""
    if isinstance(message, simcord.ResponseMessage):
        components = message.components
    else:
        components = [component.to_dict() for component in message.components]  # type: ignore[misc]
    return "\n".join(part for part in (message.content, *texts(components)) if part)


def response(result: simcord.InteractionResult) -> str:
    """What an interaction was answered with."""
    assert result.response
    return seen(result.response)


async def test_ask_defers_and_answers_with_a_quote_its_source_its_date_and_a_link(world: World) -> None:
    result = await world.alice.slash(world.channel, "ask", question="How did they vote?")
    assert [r.json for r in world.env.http_requests if r.path.endswith("/callback")] == [{"type": 5}]
    assert not result.ephemeral
    shown = render(response(result))
    assert shown.bold == [SENTENCE]
    assert [label for label, _ in shown.links] == [BRIDGE.title]
    assert "<t:1489579200:D>" in shown.text
    assert "How did they vote?" in shown.text


async def test_a_mention_is_answered_beneath_it_without_the_mention_in_the_question(
    world: World, library: FakeLibrary
) -> None:
    asked = await world.alice.send(world.channel, f"{world.mention} How did they vote?")
    reply = world.channel.last_message
    assert library.asked == ["How did they vote?"]
    assert reply
    assert reply.reference
    assert reply.reference.message_id == asked.id
    assert SENTENCE in seen(reply)
    assert "How did they vote?" not in seen(reply)  # it stands just above


async def test_a_direct_message_is_a_question(world: World, library: FakeLibrary) -> None:
    await world.alice.send_dm("How did they vote?")
    assert library.asked == ["How did they vote?"]
    assert SENTENCE in seen(world.alice.user.dm_channel.history()[-1])


async def test_talk_among_people_is_left_alone(world: World, library: FakeLibrary) -> None:
    await world.alice.send(world.channel, "How did they vote?")
    await world.alice.send(world.channel, f"{world.bob.mention} and @everyone: how?")
    assert library.asked == []
    assert world.replies == []


async def test_a_mention_without_a_question_gets_a_short_how_to(world: World, library: FakeLibrary) -> None:
    await world.alice.send(world.channel, f" {world.mention} ")
    assert library.asked == []
    assert "/ask" in world.replies[-1]


async def test_another_bot_is_never_answered(world: World, library: FakeLibrary, simcord_env: Env) -> None:
    robot = world.guild.add_member(simcord_env.create_user("robot", bot=True))
    await robot.send(world.channel, f"{world.mention} How did they vote?")
    assert library.asked == []
    assert world.replies == []


async def test_a_question_without_answer_names_the_closest_articles(world: World, library: FakeLibrary) -> None:
    library.answer = answer(quotes=0)
    shown = render(response(await world.alice.slash(world.channel, "ask", question="Why?")))
    assert "quote" not in shown.constructs
    assert "not an answer" in shown.text
    assert BRIDGE.title in shown.text


async def test_a_very_long_question_is_told_the_limit(world: World) -> None:
    assert "6,000" in response(await world.alice.slash(world.channel, "ask", question="x" * 6000))


async def test_nobody_is_pinged_whatever_an_article_or_a_person_says(world: World, library: FakeLibrary) -> None:
    library.answer = answer(f"@everyone {world.bob.mention}")
    await world.alice.slash(world.channel, "ask", question=f"@everyone {world.bob.mention}")
    await world.alice.slash(world.channel, "article", title=f"@everyone {world.bob.mention}")
    await world.alice.send(world.channel, f"{world.mention} {world.bob.mention}")
    for sent in world.env.http_requests:
        if sent.json and "allowed_mentions" in sent.json:
            assert sent.json["allowed_mentions"]["parse"] == []
            assert not sent.json["allowed_mentions"].get("replied_user")
    mine = [m for m in world.channel.history() if m.author == world.env.bot.user]
    assert len(mine) == 3
    assert not any(message.mentions or message.mention_everyone for message in mine)


async def test_search_turns_its_pages_in_place(world: World) -> None:
    result = await world.alice.slash(world.channel, "search", keywords="bridge")
    assert "Page 1 of 3" in response(result)
    assert result.response
    await world.alice.click(result.response, label="Next ▶")
    assert "Page 2 of 3" in response(result)
    await world.alice.click(result.response, label="Next ▶")
    assert "Page 3 of 3" in response(result)
    await world.alice.click(result.response, label="◀ Previous")
    assert "Page 2 of 3" in response(result)


async def test_pages_of_another_persons_search_are_turned_privately(world: World) -> None:
    result = await world.alice.slash(world.channel, "search", keywords="bridge")
    assert result.response
    click = await world.bob.click(result.response, label="Next ▶")
    assert "Page 1 of 3" in response(result)
    assert click.ephemeral
    assert "Page 2 of 3" in response(click)
    assert click.response
    await world.bob.click(click.response, label="Next ▶")
    assert "Page 3 of 3" in response(click)


async def test_buttons_work_after_a_restart(
    world: World, simcord_env: Env, library: FakeLibrary, state: State, reindexer: Reindexer
) -> None:
    result = await world.alice.slash(world.channel, "search", keywords="bridge")
    await simcord_env.restart_bot(FootnoteBot(Service(library, state), reindexer, state))
    assert result.response
    await world.alice.click(result.response, label="Next ▶")
    assert "Page 2 of 3" in response(result)


async def test_a_button_of_a_forgotten_search_says_so_privately(world: World, state: State) -> None:
    result = await world.alice.slash(world.channel, "search", keywords="bridge")
    state._db.execute("DELETE FROM searches")
    assert result.response
    click = await world.alice.click(result.response, label="Next ▶")
    assert [seen(message) for message in click.followups] == [ENGLISH.search_expired]
    assert click.followups[0].ephemeral
    assert "Page 1 of 3" in response(result)


async def test_a_button_that_this_version_does_not_know_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    result = await world.alice.slash(world.channel, "search", keywords="bridge")
    monkeypatch.setattr("bot.cogs.buttons.pressed", lambda _: None)
    assert result.response
    click = await world.alice.click(result.response, label="Next ▶")
    assert click.ephemeral
    assert response(click) == ENGLISH.button_unknown


async def test_no_view_is_kept_in_memory(world: World, bot: FootnoteBot) -> None:
    await world.alice.slash(world.channel, "search", keywords="bridge")
    await world.alice.send(world.channel, f"{world.mention} How did they vote?")
    assert bot.persistent_views == []


async def test_article_offers_titles_and_takes_one_or_free_text(world: World) -> None:
    (choice,) = await world.alice.autocomplete(world.channel, "article", "title", "coun")
    assert choice["name"] == "Council backs the bridge (2017)"
    assert "by Ada Moss" in response(await world.alice.slash(world.channel, "article", title=choice["value"]))
    assert "“backs”" in response(await world.alice.slash(world.channel, "article", title="backs"))


async def test_help_is_shown_to_the_asker_alone(world: World) -> None:
    result = await world.alice.slash(world.channel, "help")
    assert result.ephemeral
    assert "/search" in response(result)


async def test_without_an_index_the_reader_is_told_who_can_help(world: World, library: FakeLibrary) -> None:
    library.error = IndexMissing(Path("x"))
    assert response(await world.alice.slash(world.channel, "ask", question="Why?")) == ENGLISH.index_missing


async def test_an_unexpected_error_is_one_calm_sentence(world: World, library: FakeLibrary) -> None:
    library.error = RuntimeError("boom")
    assert response(await world.alice.slash(world.channel, "ask", question="Why?")) == ENGLISH.failed


async def test_a_reply_that_cannot_be_shown_is_only_logged(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.env.inject_error("PATCH", "/webhooks/*", status=404)
    await world.alice.slash(world.channel, "ask", question="Why?")
    assert "could not be shown" in caplog.text


async def test_where_the_bot_may_not_reply_beneath_it_answers_in_the_channel(world: World) -> None:
    world.env.inject_error("POST", "/channels/*/messages", status=403)
    await world.alice.send(world.channel, f"{world.mention} How?")
    (reply,) = [m for m in world.channel.history() if m.author == world.env.bot.user]
    assert reply.reference is None
    assert SENTENCE in seen(reply)


async def test_typing_that_is_not_allowed_stops_no_answer(world: World) -> None:
    world.env.inject_error("POST", "/channels/*/typing", status=403)
    await world.alice.send(world.channel, f"{world.mention} How?")
    assert SENTENCE in world.replies[-1]


async def test_reindex_is_hidden_from_readers_and_refused_in_code(world: World, builder: Path) -> None:
    write(builder, PROGRESS + REPORT)
    assert "reindex" not in world.alice.available_commands(world.channel)
    command = next(c for c in await world.env.bot.tree.fetch_commands() if c.name == "reindex")  # type: ignore[attr-defined]
    assert command.default_member_permissions == discord.Permissions(manage_guild=True)
    world.guild.set_command_permissions(command, {world.alice: True})  # an admin let her see it
    result = await world.alice.slash(world.channel, "reindex")
    assert result.ephemeral
    assert response(result) == ENGLISH.manage_forbidden
    assert [type(error) for error in world.env.errors] == [discord.app_commands.MissingPermissions]


async def test_reindex_shows_how_it_ended_and_questions_go_on(
    world: World, builder: Path, library: FakeLibrary
) -> None:
    write(builder, PROGRESS + REPORT)
    result = await world.admin.slash(world.channel, "reindex")
    assert not result.ephemeral
    assert "+1 added ~0 changed −0 removed ✗1 failed" in " ".join(response(result).split())
    assert "x.pdf: It is encrypted." in response(result)
    assert library.refreshed == 1


async def test_a_second_reindex_is_refused_politely_and_questions_are_answered_meanwhile(
    world: World, bot: FootnoteBot, builder: Path
) -> None:
    write(builder, PROGRESS + "time.sleep(30)")
    running = bot.reindexer.run()
    await anext(running)
    second = await world.admin.slash(world.channel, "reindex")
    assert second.ephemeral
    assert response(second) == ENGLISH.reindex_busy
    assert SENTENCE in response(await world.alice.slash(world.channel, "ask", question="How?"))
    await running.aclose()


async def test_progress_outlives_the_interactions_token(world: World, builder: Path) -> None:
    write(builder, PROGRESS + REPORT)
    world.env.inject_error("PATCH", "/webhooks/*", status=401)
    result = await world.admin.slash(world.channel, "reindex")
    assert "Reindexed" in world.replies[-1]
    assert len(world.replies) == 2  # "thinking", which Discord took away from us, and the new message, edited
    assert result.acknowledged


async def test_progress_whose_message_was_deleted_goes_on_in_a_new_one(world: World, builder: Path) -> None:
    write(builder, PROGRESS + REPORT)
    world.env.inject_error("PATCH", "/webhooks/*", status=404)
    world.env.inject_error("PATCH", "/channels/*", status=404)
    await world.admin.slash(world.channel, "reindex")
    assert "Reindexed" in world.replies[-1]


async def test_where_progress_cannot_be_shown_at_all_the_reindex_still_ends(
    world: World, builder: Path, library: FakeLibrary, caplog: pytest.LogCaptureFixture
) -> None:
    write(builder, PROGRESS + REPORT)
    world.env.inject_error("*", "/channels/*", status=403, times=99)
    world.env.inject_error("PATCH", "/webhooks/*", status=404, times=99)
    await world.admin.slash(world.channel, "reindex")
    assert library.refreshed == 1
    assert "could not be shown" in caplog.text


async def test_a_locked_state_costs_no_command(
    world: World,
    simcord_env: Env,
    library: FakeLibrary,
    state: State,
    reindexer: Reindexer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def locked(*_: object) -> str:
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr(State, "fact", locked)
    monkeypatch.setattr(State, "remember", locked)
    await simcord_env.restart_bot(FootnoteBot(Service(library, state), reindexer, state))
    puts = [r for r in simcord_env.http_requests if r.method == "PUT" and r.path.endswith("/commands")]
    assert len(puts) == 2
    assert SENTENCE in response(await world.alice.slash(world.channel, "ask", question="How did they vote?"))


async def test_commands_are_registered_only_when_they_changed(
    world: World, simcord_env: Env, library: FakeLibrary, state: State, reindexer: Reindexer
) -> None:
    def syncs() -> int:
        return len([r for r in simcord_env.http_requests if r.method == "PUT" and r.path.endswith("/commands")])

    assert syncs() == 1
    await simcord_env.restart_bot(FootnoteBot(Service(library, state), reindexer, state))
    assert syncs() == 1
    state.remember("commands", "something else")
    await simcord_env.restart_bot(FootnoteBot(Service(library, state), reindexer, state))
    assert syncs() == 2


def test_no_privileged_intent_is_asked_for(bot: FootnoteBot) -> None:
    assert bot.intents == discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


async def test_closing_stops_a_running_build(bot: FootnoteBot, builder: Path) -> None:
    write(builder, PROGRESS + "time.sleep(30)")
    running = bot.reindexer.run()
    await anext(running)
    await asyncio.wait_for(bot.close(), 4)
    await running.aclose()
