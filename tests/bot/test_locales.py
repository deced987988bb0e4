"""No language lacks a sentence, a placeholder or a command's name, and Discord takes every one of them."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import discord
import pytest
import simcord

from bot.client import FootnoteBot
from bot.locales import CATALOGUES, COMMANDS, de, es, for_locale
from bot.messages import ENGLISH, Messages
from bot.translator import Translator
from tests.bot.test_messages import placeholders

MODULES = {"de": de, "es": es}
NAME = re.compile(r"[-_'\w]{1,32}")


@pytest.mark.parametrize("language", MODULES)
def test_every_sentence_is_written_out_in_every_language(language: str) -> None:
    (call,) = (
        node
        for node in ast.walk(ast.parse(inspect.getsource(MODULES[language])))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Messages"
    )
    assert {keyword.arg for keyword in call.keywords} == {field.name for field in fields(Messages)}


@pytest.mark.parametrize("language", MODULES)
def test_every_placeholder_is_kept(language: str) -> None:
    ours = CATALOGUES[language]
    assert ours.language == language
    for field in fields(Messages):
        text, english = getattr(ours, field.name), getattr(ENGLISH, field.name)
        if isinstance(text, str):
            assert placeholders(text) == placeholders(english), field.name
        else:
            assert len(text) == len(english), field.name


@pytest.mark.parametrize("language", MODULES)
def test_sentences_name_commands_as_that_language_calls_them(language: str) -> None:
    known = {f"/{name}" for name in COMMANDS[language].values()}
    for field in fields(Messages):
        if field.name.startswith("terminal_") or field.name in ("search_more", "search_last_page"):
            continue  # only the terminal shows these, and its commands are English
        text = getattr(CATALOGUES[language], field.name)
        for sentence in (text,) if isinstance(text, str) else text:
            assert set(re.findall(r"(?<!\S)/[\w-]+", sentence)) <= known, field.name


@pytest.mark.parametrize("language", CATALOGUES)
def test_labels_fit_discord(language: str) -> None:
    messages = CATALOGUES[language]
    for field in fields(Messages):
        if field.name.startswith("button_") and field.name != "button_unknown":
            assert len(getattr(messages, field.name)) <= 80, field.name
    assert max(len(messages.ask_about_title), len(messages.ask_about_question)) <= 45
    assert max(len(messages.settings_button_on), len(messages.settings_button_off)) <= 80
    assert len("\n".join(messages.help)) <= 2000


async def test_commands_have_names_and_descriptions_in_every_language(
    simcord_env: simcord.Env, bot: FootnoteBot
) -> None:
    payloads = [await c.get_translated_payload(bot.tree, Translator()) for c in bot.tree.get_commands()]
    assert len(payloads) >= 9
    used = set()
    for payload in payloads:
        for described in _described(payload):
            used |= {described["name"], described.get("description", "")}
            for locale in ("de", "es-ES", "es-419"):
                name = described["name_localizations"][locale]
                assert len(name) <= 32
                if payload["type"] == discord.AppCommandType.chat_input.value:
                    assert NAME.fullmatch(name)
                    assert name == name.lower()
                if described.get("description"):
                    assert 1 <= len(described["description_localizations"][locale]) <= 100
    for language, table in COMMANDS.items():
        assert set(table) == used - {""}, language


def test_spanish_is_spoken_on_both_sides_of_the_ocean() -> None:
    assert for_locale("es-419") is for_locale("es-ES") is es.SPANISH
    assert for_locale("de") is de.GERMAN


def _described(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield payload
    for option in payload.get("options", ()):
        yield from _described(option)
