"""The buttons under an answer, private answers and sources for a message, on a simulated Discord."""

from __future__ import annotations

import discord
import pytest
import simcord

from bot.client import FootnoteBot
from bot.messages import ENGLISH
from bot.reindexing import Reindexer
from bot.service import Service
from bot.state import State
from bot.waiting import Line, LineFull
from tests.bot.discord_model import render
from tests.bot.fakes import BRIDGE, SENTENCE, TEXT, FakeLibrary, answer
from tests.bot.test_discord import World, response, seen

Env = simcord.Env


@pytest.fixture
def world(simcord_env: Env) -> World:
    """The server, with the bot in it."""
    return World(simcord_env)


async def ask(world: World, **options: object) -> simcord.ResponseMessage:
    """Alice asks; the answer's message."""
    result = await world.alice.slash(world.channel, "ask", question="How did they vote?", **options)
    assert result.response
    return result.response


def mine(world: World) -> list[discord.Message]:
    """The bot's messages in the channel."""
    assert world.env.bot.user
    return [message for message in world.channel.history() if message.author.id == world.env.bot.user.id]


def labels(message: simcord.ResponseMessage) -> list[str]:
    """The message's buttons that can be pressed, in order."""

    def walk(items: list[dict[str, object]]) -> list[str]:
        found: list[str] = []
        for item in items:
            if item["type"] == 2 and not item.get("disabled"):
                found.append(str(item["label"]))
            found += walk(item.get("components", []))  # type: ignore[arg-type]
            found += walk([item["accessory"]] if "accessory" in item else [])  # type: ignore[list-item]
        return found

    return walk(message.components)


async def test_an_answer_carries_its_buttons(world: World) -> None:
    assert labels(await ask(world)) == ["Context", "More passages", "Helpful", "Not helpful", "Dismiss"]


async def test_an_answer_to_a_mention_carries_them_too(world: World) -> None:
    await world.alice.send(world.channel, f"{world.mention} How did they vote?")
    click = await world.bob.click(mine(world)[-1], label="Context")
    assert click.ephemeral
    assert "The bridge was long in the making." in response(click)


async def test_more_passages_open_privately_and_turn_in_place(world: World) -> None:
    message = await ask(world)
    opened = await world.bob.click(message, label="More passages")
    assert opened.ephemeral
    assert "Page 1 of 3" in response(opened)
    assert opened.response
    await world.bob.click(opened.response, label="Next ▶")
    assert "Page 2 of 3" in response(opened)
    assert SENTENCE in seen(message)


async def test_context_marks_the_sentence_among_those_around_it(world: World) -> None:
    click = await world.bob.click(await ask(world), label="Context")
    assert click.ephemeral
    assert render(response(click)).bold == [SENTENCE]
    assert "So the mayor said." in response(click)


async def test_each_quote_has_a_context_of_its_own(world: World, library: FakeLibrary) -> None:
    library.answer = answer(quotes=3)
    message = await ask(world)
    assert labels(message).count("Context") == 3
    click = await world.bob.click(message, custom_id="context:1:2")
    assert render(response(click)).bold == [SENTENCE]


async def test_buttons_work_after_a_restart_and_a_reindex_or_say_why_not(
    world: World, simcord_env: Env, library: FakeLibrary, state: State, reindexer: Reindexer
) -> None:
    message = await ask(world)
    await simcord_env.restart_bot(FootnoteBot(Service(library, state), reindexer, state))
    library.texts[BRIDGE.id] = "New. " + TEXT
    assert SENTENCE in response(await world.alice.click(message, label="Context"))
    library.texts[BRIDGE.id] = "Something else."
    assert response(await world.alice.click(message, label="Context")) == ENGLISH.context_changed
    assert "Page 1 of 3" in response(await world.alice.click(message, label="More passages"))


async def test_votes_are_thanked_for_privately_and_the_last_one_counts(world: World) -> None:
    message = await ask(world)
    await world.alice.click(message, label="Helpful")
    await world.bob.click(message, label="Helpful")
    click = await world.bob.click(message, label="Not helpful")
    assert click.ephemeral
    assert response(click) == ENGLISH.thanks.format(helpful=1, not_helpful=1)


async def test_the_asker_dismisses_an_answer(world: World) -> None:
    await world.alice.click(await ask(world), label="Dismiss")
    assert mine(world) == []


async def test_the_asker_of_a_mention_dismisses_the_reply(world: World) -> None:
    await world.alice.send(world.channel, f"{world.mention} How did they vote?")
    await world.alice.click(mine(world)[-1], label="Dismiss")
    assert mine(world) == []


async def test_moderators_dismiss_and_others_are_told_politely_that_they_may_not(world: World) -> None:
    message = await ask(world)
    click = await world.bob.click(message, label="Dismiss")
    assert [seen(one) for one in click.followups] == [ENGLISH.dismiss_forbidden]
    assert click.followups[0].ephemeral
    assert len(mine(world)) == 1
    role = world.guild.create_role("Moderators", permissions=discord.Permissions(manage_messages=True))
    moderator = world.guild.add_member(world.env.create_user("moderator"), roles=[role])
    await moderator.click(message, label="Dismiss")
    assert mine(world) == []


async def test_the_asker_dismisses_even_an_answer_that_was_forgotten(world: World, state: State) -> None:
    message = await ask(world)
    with state.database() as db:
        db.execute("DELETE FROM questions")
    await world.alice.click(message, label="Dismiss")
    assert mine(world) == []


async def test_a_private_answer_is_shared_once_with_the_sharers_name_and_no_ping(world: World) -> None:
    message = await ask(world, private=True)
    assert message.ephemeral
    assert labels(message) == ["Context", "More passages", "Helpful", "Not helpful", "Share"]
    click = await world.alice.click(message, label="Share")
    (public,) = click.followups
    assert not public.ephemeral
    shown = render(seen(public))
    assert shown.bold == [SENTENCE]
    assert shown.text.endswith("Shared by alice")
    assert "Share" not in labels(public)
    assert "Dismiss" in labels(public)
    assert "Share" not in labels(message)
    assert SENTENCE in seen(message)
    (sent,) = [r.json for r in world.env.http_requests if r.method == "POST" and "/webhooks/" in r.path]
    assert sent
    assert sent["allowed_mentions"] == {"parse": []}


async def test_a_sharers_name_is_only_a_name(world: World, simcord_env: Env) -> None:
    eve = world.guild.add_member(
        simcord_env.create_user("eve", global_name="@everyone **x** <@1> [a](https://b.example)")
    )
    result = await eve.slash(world.channel, "ask", question="How?", private=True)
    assert result.response
    click = await eve.click(result.response, label="Share")
    shown = render(seen(click.followups[0]))
    assert shown.bold == [SENTENCE]
    assert "everyone" not in shown.constructs
    assert len(shown.links) == 1


async def test_an_answer_that_cannot_be_posted_says_so_and_can_be_shared_later(world: World) -> None:
    message = await ask(world, private=True)
    world.env.inject_error("POST", "/webhooks/*", status=403)
    click = await world.alice.click(message, label="Share")
    assert [seen(one) for one in click.followups] == [ENGLISH.share_failed]
    click = await world.alice.click(message, label="Share")
    assert SENTENCE in seen(click.followups[0])


async def test_an_answer_is_not_shared_after_its_articles_changed(world: World, library: FakeLibrary) -> None:
    message = await ask(world, private=True)
    library.tampered = True
    click = await world.alice.click(message, label="Share")
    (told,) = click.followups
    assert told.ephemeral
    assert seen(told) == ENGLISH.answer_changed


async def test_sources_for_a_message_are_shown_to_one_person_and_can_be_shared(
    world: World, library: FakeLibrary
) -> None:
    said = await world.bob.send(world.channel, "I heard that they voted 7–4 for it")
    result = await world.alice.context_menu(world.channel, "Find sources", said)
    assert result.ephemeral
    assert library.asked == ["I heard that they voted 7–4 for it"]
    assert SENTENCE in response(result)
    assert result.response
    click = await world.alice.click(result.response, label="Share")
    assert "Shared by alice" in seen(click.followups[0])


async def test_a_message_without_words_gets_a_friendly_sentence(world: World) -> None:
    said = await world.bob.send(world.channel, "🎉 https://a.example/x")
    result = await world.alice.context_menu(world.channel, "Find sources", said)
    assert result.ephemeral
    assert response(result) == ENGLISH.sources_empty
    answered = await ask(world)  # a card has no text of its own
    result = await world.alice.context_menu(world.channel, "Find sources", mine(world)[-1])
    assert response(result) == ENGLISH.sources_empty
    assert SENTENCE in seen(answered)


async def test_sources_stand_in_line_like_questions(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(*_: object) -> None:
        raise LineFull

    monkeypatch.setattr(Line, "through", full)
    said = await world.bob.send(world.channel, "They voted 7–4")
    assert response(await world.alice.context_menu(world.channel, "Find sources", said)) == ENGLISH.line_full


async def test_after_a_dismissal_the_question_can_be_edited_without_harm(world: World) -> None:
    said = await world.alice.send(world.channel, f"{world.mention} How did they vote?")
    await world.alice.click(mine(world)[-1], label="Dismiss")
    await world.alice.edit(said, f"{world.mention} Who voted?")
    assert world.env.errors == []
