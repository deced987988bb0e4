"""Look-ups and settings against a simulated Discord."""

from __future__ import annotations

from dataclasses import replace

import discord
import pytest
import simcord

from bot.client import FootnoteBot
from bot.locales import de
from bot.messages import ENGLISH
from bot.reindexing import Reindexer
from bot.service import Service
from bot.state import State
from bot.views import AskAbout, ChangeSetting, pressed
from index.models import Filters
from tests.bot.discord_model import render
from tests.bot.fakes import BRIDGE, FERRY, SENTENCE, FakeLibrary, answer
from tests.bot.test_discord import World, response


@pytest.fixture
def world(simcord_env: simcord.Env) -> World:
    """The server, with the bot in it."""
    return World(simcord_env)


async def test_search_takes_limits_and_completes_sources_and_authors(world: World, library: FakeLibrary) -> None:
    assert await world.alice.autocomplete(world.channel, "search", "source", "gaz", keywords="bridge") == [
        {"name": "The Gazette", "value": "The Gazette"}
    ]
    (author,) = await world.alice.autocomplete(world.channel, "search", "author", "", keywords="bridge")
    assert author["value"] == "Ada Moss"
    result = await world.alice.slash(
        world.channel, "search", keywords="bridge", source="The Gazette", author="Ada Moss", after="2016"
    )
    assert "from 2016" in response(result)
    assert result.response
    await world.alice.click(result.response, label="Next ▶")
    assert library.filters[0] == library.filters[1] != Filters()


async def test_latest_and_timeline_are_shown(world: World) -> None:
    shown = response(await world.alice.slash(world.channel, "latest"))
    assert BRIDGE.title in shown
    assert "<t:1489579200:D>" in shown
    assert "It is long." in response(await world.alice.slash(world.channel, "timeline", topic="bridge"))
    (source,) = await world.alice.autocomplete(world.channel, "latest", "source", "")
    assert source["value"] == "The Gazette"


async def test_a_card_takes_a_question_about_its_article(world: World, library: FakeLibrary) -> None:
    card = await world.alice.slash(world.channel, "article", title=BRIDGE.title)
    assert card.response
    form = await world.alice.click(card.response, label=ENGLISH.button_ask_about)
    answered = await world.alice.submit_modal(form, _filled(form, "How did they vote?"))
    assert library.asked == ["How did they vote?"]
    assert library.filters == [Filters(article_ids=(BRIDGE.id,))]
    assert ENGLISH.within_article.format(title=BRIDGE.title) in response(answered)
    library.answer = answer(quotes=0)
    form = await world.alice.click(card.response, label=ENGLISH.button_ask_about)
    silent = response(await world.alice.submit_modal(form, _filled(form, "Who won the cup?")))
    assert ENGLISH.article_silent in silent
    assert FERRY.title not in silent
    assert SENTENCE in response(answered)


def test_the_custom_ids_of_menus_forms_and_buttons_are_short_and_understood() -> None:
    for action in (AskAbout(2**64 - 1), ChangeSetting("collections", 2**63 - 1), ChangeSetting("everything", 1)):
        assert len(action.custom_id) <= 100
        assert pressed(action.custom_id) == action


async def test_settings_limit_what_the_channel_is_answered_from_also_after_a_restart(
    world: World, simcord_env: simcord.Env, library: FakeLibrary, state: State, reindexer: Reindexer
) -> None:
    library.citations = (BRIDGE, replace(FERRY, path="harbour/ferry.md"))
    card = await world.admin.slash(world.channel, "settings")
    assert card.ephemeral
    assert "Collections: all" in response(card)
    assert ENGLISH.settings_answer_all_off in render(response(card)).text
    assert card.response
    sources = ChangeSetting("sources", world.channel.id).custom_id
    await world.admin.select(card.response, ["The Gazette"], custom_id=sources)
    assert "Sources: The Gazette" in response(card)
    await simcord_env.restart_bot(FootnoteBot(Service(library, state), reindexer, state))
    collections = ChangeSetting("collections", world.channel.id).custom_id
    await world.admin.select(card.response, ["harbour"], custom_id=collections)
    await world.alice.slash(world.channel, "ask", question="How?")
    assert library.filters == [Filters(collections=("harbour",), sources=("The Gazette",))]
    await world.admin.select(card.response, [], custom_id=sources)
    assert "Sources: all" in response(card)


async def test_settings_are_for_managers_only(world: World, bot: FootnoteBot) -> None:
    assert "settings" not in world.alice.available_commands(world.channel)
    command = next(c for c in await bot.tree.fetch_commands() if c.name == "settings")
    world.guild.set_command_permissions(command, {world.alice: True})
    result = await world.alice.slash(world.channel, "settings")
    assert response(result) == ENGLISH.manage_forbidden
    assert [type(error) for error in world.env.errors] == [discord.app_commands.MissingPermissions]


async def test_the_switch_for_every_message_is_offered_where_it_can_work(
    world: World, simcord_env: simcord.Env, library: FakeLibrary, state: State, reindexer: Reindexer
) -> None:
    bot = FootnoteBot(Service(library, state), reindexer, state, message_content=True)
    await simcord_env.restart_bot(bot)
    card = await world.admin.slash(world.channel, "settings")
    assert card.response
    await world.admin.click(card.response, label=ENGLISH.settings_button_on)
    assert bot.channels.get(world.channel.id).answer_all
    assert ENGLISH.settings_answer_all in response(card)
    await world.admin.click(card.response, label=ENGLISH.settings_button_off)
    assert not bot.channels.get(world.channel.id).answer_all


async def test_a_german_server_is_answered_in_german(world: World, bot: FootnoteBot) -> None:
    guild = bot.get_guild(world.guild.id)
    assert guild
    guild.preferred_locale = discord.Locale.german
    await world.alice.send(world.channel, f"{world.mention} How did they vote?")
    assert de.GERMAN.strong_match in world.replies[-1]


async def test_a_direct_message_is_answered_in_the_language_of_the_command_before_it(
    world: World, bot: FootnoteBot
) -> None:
    message = await world.alice.send_dm("How did they vote?")
    bot._heard_speak(message.author.id, de.GERMAN)
    assert bot.reader(message).messages is de.GERMAN
    for other in range(10_001):
        bot._heard_speak(other, de.GERMAN)
    assert bot.reader(message).messages is ENGLISH


async def test_settings_say_how_many_articles_are_left(world: World, library: FakeLibrary) -> None:
    library.citations = (BRIDGE, replace(FERRY, path="harbour/ferry.md"))
    card = await world.admin.slash(world.channel, "settings")
    assert card.response
    await world.admin.select(
        card.response, ["The Gazette"], custom_id=ChangeSetting("sources", world.channel.id).custom_id
    )
    assert ENGLISH.settings_reach.format(count=1, total=2) in response(card)
    await world.admin.select(
        card.response, ["harbour"], custom_id=ChangeSetting("collections", world.channel.id).custom_id
    )
    assert ENGLISH.settings_reach_none in response(card)


def _filled(form: simcord.InteractionResult, text: str) -> dict[str, str]:
    modal = form.modal
    assert modal
    (label,) = modal["components"]
    return {label["component"]["custom_id"]: text}
