"""Questions as messages, followed up, edited and deleted, against a simulated Discord."""

from __future__ import annotations

import asyncio
from typing import Any

import discord
import pytest
import simcord
from simcord.builders import ChannelHandle

from bot.client import FootnoteBot
from bot.conversations import Conversations
from bot.cooldowns import Cooldowns, Rate
from bot.messages import ENGLISH
from bot.reindexing import Reindexer
from bot.scoping import ChannelSetting
from bot.service import Service
from bot.state import State
from bot.waiting import Line
from tests.bot.fakes import SENTENCE, FakeLibrary, answer
from tests.bot.test_discord import World, response, seen

QUESTION = "How did the council vote on the bridge?"


@pytest.fixture
def simcord_bot(service: Service, reindexer: Reindexer, state: State) -> FootnoteBot:
    """A bot that reads all messages."""
    return FootnoteBot(service, reindexer, state, message_content=True)


@pytest.fixture
def world(simcord_env: simcord.Env) -> World:
    """The server, with the bot in it."""
    return World(simcord_env)


def bot_of(world: World) -> Any:
    return world.env.bot


def answer_all(world: World, channel: ChannelHandle) -> None:
    bot_of(world).channels.set(channel.id, world.guild.id, ChannelSetting(answer_all=True))


def thread_on(world: World, message: discord.Message) -> ChannelHandle:
    """Alice begins a thread on a message."""
    made = world.env.backend.create_thread(world.channel.id, "More", world.alice.id, message_id=message.id)
    return ChannelHandle(world.env, world.guild, made)


def last(world: World) -> discord.Message:
    """The bot's last reply in the channel."""
    assert world.env.bot.user
    return [m for m in world.channel.history() if m.author.id == world.env.bot.user.id][-1]


async def test_a_reply_to_an_answer_is_a_follow_up_and_shows_how_it_was_understood(
    world: World, library: FakeLibrary
) -> None:
    await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    await world.bob.send(world.channel, "and who proposed it?", reply_to=last(world))
    assert library.asked[1] == "who proposed the bridge?"
    assert library.filters[1].article_ids == ("bridge.txt",)
    assert "about: who proposed the bridge?" in seen(last(world)).replace("\\", "")
    await world.bob.send(world.channel, "why?", reply_to=last(world))
    assert "about: why proposed the bridge?" in seen(last(world)).replace("\\", "")


async def test_a_follow_up_works_after_a_restart(
    world: World, library: FakeLibrary, state: State, reindexer: Reindexer
) -> None:
    await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    await world.env.restart_bot(FootnoteBot(Service(library, state), reindexer, state, message_content=True))
    await world.bob.send(world.channel, "who proposed it?", reply_to=last(world))
    assert "who proposed the bridge?" in library.asked


async def test_a_command_in_a_thread_and_a_reply_to_its_answer_are_follow_ups_too(
    world: World, library: FakeLibrary
) -> None:
    result = await world.alice.slash(world.channel, "ask", question=QUESTION)
    assert result.response
    thread = thread_on(world, last(world))
    await world.bob.send(world.channel, "who proposed it?", reply_to=last(world))
    assert "who proposed the bridge?" in library.asked
    await world.bob.send(thread, "who opposed the ferry?")
    assert "about: who opposed it?" not in response(result)
    again = await world.bob.slash(thread, "ask", question="and when?")
    assert "about: when opposed the ferry?" in response(again).replace("\\", "")


async def test_what_one_person_saw_is_not_followed_up_in_public(world: World, library: FakeLibrary) -> None:
    await world.alice.send(world.channel, f"{world.mention} hello bridge?")
    thread = thread_on(world, last(world))
    await world.alice.slash(thread, "ask", question="Who is Ada Moss?", private=True)
    await world.bob.send(thread, "and when?")
    assert not any("Moss" in text for text in library.asked[2:])


async def test_a_private_answer_can_be_followed_up_once_it_is_shared(world: World, library: FakeLibrary) -> None:
    private = await world.alice.slash(world.channel, "ask", question=QUESTION, private=True)
    assert private.response
    await world.alice.click(private.response, label=ENGLISH.button_share)
    await world.bob.send(world.channel, "who proposed it?", reply_to=last(world))
    assert "who proposed the bridge?" in library.asked


async def test_an_unaddressed_question_in_an_ordinary_channel_is_left_alone(world: World, library: FakeLibrary) -> None:
    human = await world.bob.send(world.channel, QUESTION)
    await world.alice.send(world.channel, "and who proposed it?", reply_to=human)
    assert library.asked == []


async def test_thanks_for_an_answer_is_no_question(world: World, library: FakeLibrary) -> None:
    await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    await world.alice.send(world.channel, "thanks a lot", reply_to=last(world))  # which mentions the bot
    await world.alice.send(world.channel, f"{world.mention} Danke!")
    assert len(library.asked) == 1


async def test_in_a_question_channel_questions_are_answered_and_talk_is_not(world: World, library: FakeLibrary) -> None:
    answer_all(world, world.channel)
    asked = await world.alice.send(world.channel, QUESTION)
    assert last(world).reference
    await world.bob.send(world.channel, "good question")
    await world.bob.send(world.channel, "is that so?", reply_to=asked)
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))
    await robot.send(world.channel, QUESTION)
    await world.guild.create_webhook(world.channel).send(QUESTION)
    assert library.asked == [QUESTION]


async def test_whoever_tells_something_in_a_reply_asks_nothing(world: World, library: FakeLibrary) -> None:
    await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    thread = thread_on(world, last(world))
    for told in ("I don't believe it", "and I was there", "it cost too much", "but that is wrong", "and it was wet"):
        await world.bob.send(thread, told)
    assert len(library.asked) == 1
    await world.bob.send(thread, "and the ferry")
    assert len(library.asked) > 1


async def test_a_busy_channel_is_not_blamed_on_one_person(world: World, library: FakeLibrary) -> None:
    object.__setattr__(bot_of(world).asking, "cooldowns", Cooldowns(Rate(0, 30), Rate(1, 60)))
    await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    command = await world.alice.slash(world.channel, "ask", question=QUESTION)
    assert response(command) == ENGLISH.crowded.format(seconds=60)
    await world.bob.send(world.channel, f"{world.mention} {QUESTION}")
    assert world.replies[-1] == ENGLISH.crowded.format(seconds=60)


async def test_a_forum_post_is_answered_once_from_its_title_and_body(world: World, library: FakeLibrary) -> None:
    forum = world.guild.create_forum_channel("ask-the-articles")

    async def post(title: str, body: str) -> ChannelHandle:
        backend = world.env.backend
        made = backend.create_thread(forum.id, title, world.alice.id, broadcast=False)
        backend.announce_thread_create(made)
        starter = backend.prepare_message(made.id, world.alice.id, body)
        starter.id = made.id
        backend.commit_message(starter)
        await world.env.settle()
        return ChannelHandle(world.env, world.guild, made)

    await post("Quiet forum", "nobody listens yet?")
    answer_all(world, forum)
    thread = await post("The bridge vote", "Who voted how? " + "I wonder. " * 150)
    assert len(library.asked) == 1
    assert library.asked[0].startswith("The bridge vote. Who voted how? I wonder.")
    assert SENTENCE in seen(thread.history()[-1])
    await world.bob.send(thread, "What do the others think?")
    assert len(library.asked) == 1
    await world.bob.send(thread, "who proposed it?", reply_to=thread.history()[-2])
    assert len(library.asked) > 1


async def test_in_a_thread_on_its_answer_the_bot_needs_no_mention(world: World, library: FakeLibrary) -> None:
    await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    thread = thread_on(world, last(world))
    await world.bob.send(thread, "And Larkmoor?")
    await world.bob.send(thread, "interesting")
    assert "How did the council vote on Larkmoor?" in library.asked
    assert not any("interesting" in text for text in library.asked)


async def test_in_a_direct_message_the_last_question_is_followed_up(world: World, library: FakeLibrary) -> None:
    await world.alice.send_dm(QUESTION)
    await world.alice.send_dm("who proposed it?")
    assert "who proposed the bridge?" in library.asked


async def test_a_follow_up_waits_for_the_answer_that_it_follows(world: World, library: FakeLibrary) -> None:
    dm = (await world.alice.send_dm("When did the ferry stop?")).channel.id
    library.gate.clear()
    world.env.backend.create_message(dm, world.alice.id, QUESTION)
    await asyncio.sleep(0.1)
    world.env.backend.create_message(dm, world.alice.id, "and who proposed it?")
    await asyncio.sleep(0.1)
    library.gate.set()
    await world.env.settle()
    assert "who proposed the bridge?" in library.asked
    assert not any("proposed" in text and "ferry" in text for text in library.asked)


async def queued_behind_another(world: World, library: FakeLibrary) -> tuple[int, int]:
    """A direct message that waits while the one before it is worked on: its channel’s id and its own."""
    dm = (await world.alice.send_dm("When did the ferry stop?")).channel.id
    library.gate.clear()
    world.env.backend.create_message(dm, world.alice.id, QUESTION)
    await asyncio.sleep(0.1)
    waiting = world.env.backend.create_message(dm, world.alice.id, "Who paid for the harbour in 1918?")
    await asyncio.sleep(0.1)
    return dm, waiting.id


async def test_a_question_edited_while_it_waits_is_asked_as_it_stands_by_then(
    world: World, library: FakeLibrary
) -> None:
    waiting = await queued_behind_another(world, library)
    content = {"content": "Who paid for the harbour in 2018?"}
    world.env.backend.edit_message(*waiting, content)
    await asyncio.sleep(0.1)
    library.gate.set()
    await world.env.settle()
    assert [text for text in library.asked if "harbour" in text] == ["Who paid for the harbour in 2018?"]


async def test_a_question_deleted_while_it_waits_is_not_asked(world: World, library: FakeLibrary) -> None:
    waiting = await queued_behind_another(world, library)
    world.env.backend.delete_message(*waiting)
    await asyncio.sleep(0.1)
    library.gate.set()
    await world.env.settle()
    assert QUESTION in library.asked
    assert not any("harbour" in text for text in library.asked)
    await world.alice.send_dm("Who paid for the harbour in 2018?")
    assert any("harbour" in text for text in library.asked), "the next question has its turn"


async def test_an_edited_question_edits_its_answer(world: World, library: FakeLibrary, state: State) -> None:
    asked = await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    reply = last(world)
    library.answer = answer(quotes=0)
    await world.alice.edit(asked, f"{world.mention} Who proposed the bridge?")
    assert library.asked[-1] == "Who proposed the bridge?"
    assert last(world).id == reply.id
    assert ENGLISH.no_answer in seen(last(world)).replace("\\", "")
    turn = Conversations(state).of_question(asked.id)
    assert turn
    assert turn.understood == "Who proposed the bridge?"
    assert turn.articles == ()


async def test_an_answer_becomes_a_sentence_of_ours_and_a_sentence_an_answer(
    world: World, library: FakeLibrary
) -> None:
    asked = await world.alice.send(world.channel, f"{world.mention} 🎉")
    assert seen(last(world)) == ENGLISH.no_words
    await world.alice.edit(asked, f"{world.mention} {QUESTION}")
    assert SENTENCE in seen(last(world))
    await world.alice.edit(asked, f"{world.mention} ```x```")
    assert ENGLISH.code_only in seen(last(world)).replace("\\", "")
    assert len(world.replies) == 1


@pytest.mark.parametrize("edited", ["{mention}", "never mind, {question}", "{mention}  {question}"])
async def test_an_edit_that_asks_nothing_new_of_the_bot_leaves_the_answer(
    world: World, library: FakeLibrary, edited: str
) -> None:
    asked = await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    await world.alice.edit(asked, edited.format(mention=world.mention, question=QUESTION))
    assert library.asked == [QUESTION]
    assert SENTENCE in world.replies[-1]


async def test_a_preview_that_discord_adds_to_a_link_is_no_edit(world: World, library: FakeLibrary) -> None:
    asked = await world.alice.send(world.channel, f"{world.mention} Is https://a.example right?")
    object.__setattr__(bot_of(world).asking, "cooldowns", Cooldowns(Rate(1, 30), Rate(0, 60)))
    preview = {"embeds": [{"type": "link", "url": "https://a.example", "title": "A"}]}
    world.env.backend.edit_message(world.channel.id, asked.id, preview)
    await world.env.settle()
    assert len(library.asked) == 1
    assert bot_of(world).asking.cooldowns.take(world.alice.id, None) is None


@pytest.mark.parametrize("obstacle", ["busy", "leaving", "failing"])
async def test_an_edit_that_cannot_be_answered_at_the_moment_leaves_the_answer_and_can_be_saved_again(
    world: World, library: FakeLibrary, obstacle: str
) -> None:
    asked, asking = await world.alice.send(world.channel, f"{world.mention} {QUESTION}"), bot_of(world).asking
    line = Line(0, longest=0)
    if obstacle == "failing":
        library.error = RuntimeError("no disk")
    else:
        object.__setattr__(asking, "line", line)
    if obstacle == "leaving":
        line.close()
    await world.alice.edit(asked, f"{world.mention} Who proposed the bridge?")
    assert SENTENCE in seen(last(world))
    object.__setattr__(asking, "line", Line())
    library.error, library.answer = None, answer(quotes=0)
    await world.alice.edit(asked, f"{world.mention}  Who proposed the bridge?")
    assert library.asked[-1] == "Who proposed the bridge?"
    assert ENGLISH.no_answer in seen(last(world)).replace("\\", "")


async def test_a_question_that_becomes_talk_keeps_its_answer(world: World, library: FakeLibrary) -> None:
    asked = await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    await world.alice.edit(asked, f"{world.mention} thanks!")
    answer_all(world, world.channel)
    heard = await world.alice.send(world.channel, "Who paid for it in the end?")
    await world.alice.edit(heard, "(solved, see the pinned post)")
    assert library.asked == [QUESTION, "Who paid for it in the end?"]
    await world.alice.edit(heard, "Who paid for the bridge?")
    assert library.asked[-1] == "Who paid for the bridge?"


async def test_an_edited_follow_up_that_only_asks_on_is_asked_again(world: World, library: FakeLibrary) -> None:
    await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    thread = thread_on(world, last(world))
    asked = await world.bob.send(thread, "and the ferry")
    await world.bob.edit(asked, "and the harbour")
    assert "How did the council vote on the harbour?" in library.asked


async def test_a_thread_on_a_question_and_a_reply_to_it_know_what_was_asked(world: World, library: FakeLibrary) -> None:
    asked = await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    await world.bob.send(thread_on(world, asked), "and who proposed it?")
    assert "who proposed the bridge?" in library.asked
    await world.bob.send(world.channel, f"{world.mention} and who opposed it?", reply_to=asked)
    assert "who opposed the bridge?" in library.asked
    count = len(library.asked)
    await world.bob.send(world.channel, "and who opposed it?", reply_to=asked)
    assert len(library.asked) == count, "whoever replies to somebody else talks to them"


async def test_a_shared_look_up_is_followed_up_by_what_was_looked_up(world: World, library: FakeLibrary) -> None:
    said = await world.bob.send(world.channel, "The Wendmouth Bridge cost 40 million crowns")
    private = await world.alice.context_menu(world.channel, "Find sources", said)
    assert private.response
    await world.alice.click(private.response, label=ENGLISH.button_share)
    count = len(library.asked)
    await world.bob.send(world.channel, "and why?", reply_to=last(world))
    assert len(library.asked) > count
    assert any("The Wendmouth Bridge" in text for text in library.asked[count:])
    assert not any("Sources" in text for text in library.asked[count:])


async def test_an_edit_whose_answer_is_gone_is_left_at_that(world: World, library: FakeLibrary) -> None:
    asked = await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    await world.admin.send(world.channel, "tidying up")
    world.env.backend.delete_message(world.channel.id, last(world).id)
    await world.env.settle()
    await world.alice.edit(asked, f"{world.mention} why?")
    assert world.replies == []
    assert library.asked == [QUESTION]


async def test_a_deleted_question_takes_its_answer_along_also_after_a_restart(
    world: World, library: FakeLibrary, state: State, reindexer: Reindexer
) -> None:
    first = await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    await world.alice.delete(first)
    assert world.replies == []
    second = await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    await world.env.restart_bot(FootnoteBot(Service(library, state), reindexer, state))
    await world.alice.delete(second)
    assert world.replies == []
    assert state.rows("SELECT * FROM turns") == []


async def test_a_question_deleted_while_it_is_answered_gets_none(world: World, library: FakeLibrary) -> None:
    library.gate.clear()
    asked = world.env.backend.create_message(world.channel.id, world.alice.id, f"{world.mention} {QUESTION}")
    await asyncio.sleep(0.1)
    world.env.backend.delete_message(world.channel.id, asked.id)
    await asyncio.sleep(0.1)
    library.gate.set()
    await world.env.settle()
    assert library.asked == [QUESTION]
    assert world.replies == []


async def test_who_asks_too_fast_is_told_once_how_long_to_wait(world: World, library: FakeLibrary) -> None:
    cooldowns = Cooldowns(Rate(1, 30), Rate(0, 60), clock=lambda: 1000.0)
    object.__setattr__(bot_of(world).asking, "cooldowns", cooldowns)
    for _ in range(3):
        await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    assert len(library.asked) == 1
    assert [text for text in world.replies if "in 30 s" in text] == [world.replies[-1]]
    command = await world.alice.slash(world.channel, "ask", question=QUESTION)
    assert command.ephemeral
    assert "in 30 s" in response(command)
    found = await world.bob.slash(world.channel, "search", keywords="bridge")
    assert found.response
    click = await world.alice.click(found.response, label="Next ▶")
    assert click.ephemeral
    assert "in 15 s" in response(click)
    assert await world.alice.autocomplete(world.channel, "article", "title", "coun")


async def test_who_stands_in_line_is_told_the_number_and_gets_the_answer_in_its_place(
    world: World, library: FakeLibrary
) -> None:
    object.__setattr__(bot_of(world).asking, "line", Line(1, longest=2, told_from=2, patience=0, every=0.01))
    library.gate.clear()
    backend = world.env.backend
    for number in range(4):
        backend.create_message(world.channel.id, world.alice.id, f"{world.mention} bridge {number}?")
    await asyncio.sleep(0.3)
    assert sorted(world.replies) == sorted([ENGLISH.in_line.format(number=2), ENGLISH.line_full])
    library.gate.set()
    await world.env.settle()
    assert len(world.replies) == 4
    assert sum(SENTENCE in text for text in world.replies) == 3
    assert not any("in line" in text for text in world.replies)


async def test_a_command_in_line_shows_its_number_where_the_answer_will_be(world: World, library: FakeLibrary) -> None:
    line = Line(1, told_from=1, patience=0, every=0.01)
    object.__setattr__(bot_of(world).asking, "line", line)
    gate = asyncio.Event()
    first = asyncio.create_task(line.through(gate.wait))
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_later(0.2, gate.set)
    result = await world.alice.slash(world.channel, "ask", question=QUESTION)
    await first
    told = [
        r.json for r in world.env.http_requests if isinstance(r.json, dict) and "in line" in str(r.json.get("content"))
    ]
    assert len(told) == 1
    assert SENTENCE in response(result)


@pytest.mark.parametrize("right", ["send_messages", "read_message_history"])
async def test_a_missing_permission_costs_no_exception(
    world: World, library: FakeLibrary, caplog: pytest.LogCaptureFixture, right: str
) -> None:
    assert world.guild.me
    overwrite = discord.PermissionOverwrite(**{right: False})
    channel = world.guild.create_text_channel("odd", overwrites={world.guild.default_role: overwrite})
    member = world.admin if right == "send_messages" else world.alice
    for _ in range(2):
        world.env.backend.create_message(channel.id, member.id, f"{world.mention} {QUESTION}")
        await world.env.settle()
    mine = [m for m in channel.history() if m.author == world.env.bot.user]
    if right == "send_messages":
        assert mine == []
        assert library.asked == []
        told = [r.json["content"] for r in world.env.http_requests if isinstance(r.json, dict) and "content" in r.json]
        assert told.count(ENGLISH.cannot_write.format(channel="odd")) == 1
        assert caplog.text.count("No replies in channel") == 1
    else:
        assert [m.reference for m in mine] == [None, None]
    assert world.env.errors == []


async def test_a_thread_that_the_bot_may_not_write_in_costs_no_exception(
    world: World, library: FakeLibrary, caplog: pytest.LogCaptureFixture
) -> None:
    nobody = discord.PermissionOverwrite(send_messages_in_threads=False)
    channel = world.guild.create_text_channel("odd", overwrites={world.guild.default_role: nobody})
    made = world.env.backend.create_thread(channel.id, "More", world.alice.id)
    world.env.backend.create_message(made.id, world.alice.id, f"{world.mention} {QUESTION}")
    await world.env.settle()
    assert library.asked == []
    assert caplog.text.count("No replies in channel") == 1
    assert world.env.errors == []


async def test_many_questions_deleted_at_once_take_their_answers_along(world: World) -> None:
    asked = [await world.alice.send(world.channel, f"{world.mention} {QUESTION} {n}") for n in range(2)]
    event = discord.RawBulkMessageDeleteEvent(
        {"ids": [message.id for message in asked], "channel_id": world.channel.id}
    )
    await bot_of(world).get_cog("Listen").on_raw_bulk_message_delete(event)
    assert world.replies == []


async def test_an_edit_that_comes_too_soon_is_answered_after_the_wait(world: World, library: FakeLibrary) -> None:
    asked = await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    object.__setattr__(bot_of(world).asking, "cooldowns", Cooldowns(Rate(1, 5), Rate(0, 60)))
    bot_of(world).asking.cooldowns.take(world.alice.id, None)
    await world.alice.edit(asked, f"{world.mention} Who is Ada Moss?")
    assert library.asked == [QUESTION]
    edited = {"content": f"{world.mention} Who is Hob Sillitoe?"}
    world.env.backend.edit_message(world.channel.id, asked.id, edited)
    await world.env.advance_time(6)
    assert library.asked == [QUESTION, "Who is Hob Sillitoe?"]


async def test_an_answer_from_one_article_can_be_followed_up(world: World, library: FakeLibrary) -> None:
    card = await world.alice.slash(world.channel, "article", title="Council backs the bridge")
    assert card.response
    shown = await world.alice.click(card.response, label=ENGLISH.button_ask_about)
    form = next(r.json for r in world.env.http_requests if isinstance(r.json, dict) and r.json.get("type") == 9)
    field = form["data"]["components"][0]["component"]["custom_id"]
    await world.alice.submit_modal(shown, {field: QUESTION})
    await world.bob.send(world.channel, "who proposed it?", reply_to=last(world))
    assert "who proposed the bridge?" in library.asked


async def test_a_locked_thread_is_left_in_peace(world: World, library: FakeLibrary) -> None:
    await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    asked = await world.alice.send(thread := thread_on(world, last(world)), f"{world.mention} why?")
    before = len(thread.history())
    metadata = world.env.backend.channels[thread.id].thread_metadata
    assert metadata
    metadata.locked = metadata.archived = True
    await world.alice.edit(asked, f"{world.mention} Who is Ada Moss?")
    assert len(thread.history()) == before
    assert world.env.errors == []


async def test_a_channel_that_refuses_every_reply_is_named_once_in_the_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.env.inject_error("POST", "/channels/*/messages", status=403, times=None)
    for _ in range(2):
        await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    assert caplog.text.count("No replies in channel") == 1
    assert world.env.errors == []


async def test_a_question_in_another_language_is_told_so_only_when_nothing_was_found(
    world: World, library: FakeLibrary
) -> None:
    await world.alice.send(world.channel, f"{world.mention} Wann wurde die Brücke eröffnet?")
    assert ENGLISH.articles_in_english not in world.replies[-1].replace("\\", "")
    library.answer = answer(quotes=0)
    await world.alice.send(world.channel, f"{world.mention} Wann wurde die Brücke eröffnet?")
    assert ENGLISH.articles_in_english in world.replies[-1].replace("\\", "")
