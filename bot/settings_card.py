"""The card of `/settings`: a channel's settings in plain words, with menus and a button that change them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.discord_markdown import escape
from bot.excerpts import clean, shorten
from bot.facets import Choice
from bot.messages import Messages, number
from bot.scoping import ChannelSetting
from bot.views import ChangeSetting

OPTIONS = 25
"""Options that Discord allows in a menu."""
_CHOICE = 100
_NAMES = 700
"""Characters of names in one line of the card."""


@dataclass(frozen=True, slots=True)
class Panel:
    """All that the card shows. `collections` and `sources` are what there is, most frequent first."""

    channel_id: int
    channel: str
    setting: ChannelSetting
    collections: Sequence[Choice]
    sources: Sequence[Choice]
    message_content: bool
    reach: tuple[int, int] = (0, 0)
    """How many articles the settings let through, and how many there are."""


def settings_payload(panel: Panel, messages: Messages) -> dict[str, Any]:
    """Keyword arguments for discord.py's send and edit methods."""
    view = ui.LayoutView(timeout=None)
    card: ui.Container[ui.LayoutView] = ui.Container(accent_colour=0x5865F2)
    card.add_item(ui.TextDisplay("\n".join(_lines(panel, messages))))
    collections = ChangeSetting("collections", panel.channel_id)
    sources = ChangeSetting("sources", panel.channel_id)
    for action, known, chosen, placeholder in (
        (collections, panel.collections, panel.setting.collections, messages.settings_pick_collections),
        (sources, panel.sources, panel.setting.sources, messages.settings_pick_sources),
    ):
        options = _options(known, chosen, messages)
        if options:
            card.add_item(ui.ActionRow(_menu(action, options, placeholder)))
        if len(known) > OPTIONS:
            more = messages.settings_more.format(shown=len(options), total=len(known))
            card.add_item(ui.TextDisplay(f"-# {escape(more)}"))
    if panel.message_content:
        card.add_item(ui.ActionRow(_toggle(panel, messages)))
    view.add_item(card)
    view.stop()  # nothing for discord.py to remember: menus are found by their custom id
    return {"view": view, "allowed_mentions": discord.AllowedMentions.none()}


def picked(known: Sequence[Choice], chosen: Sequence[str], values: Sequence[str]) -> tuple[str, ...]:
    """The names behind a menu's values, which Discord limits to 100 characters."""
    names = {_value(choice.value): choice.value for choice in _offered(known, chosen)}
    return tuple(names[value] for value in values if value in names)


def _lines(panel: Panel, messages: Messages) -> Iterator[str]:
    setting = panel.setting
    yield f"### {escape(messages.settings_heading.format(channel=shorten(clean(panel.channel), _CHOICE)))}"
    yield escape(messages.settings_collections.format(names=_names(panel.collections, setting.collections, messages)))
    yield escape(messages.settings_sources.format(names=_names(panel.sources, setting.sources, messages)))
    passing, total = panel.reach
    if total and (setting.collections or setting.sources):
        said = messages.settings_reach if passing else messages.settings_reach_none
        yield escape(said.format(count=number(passing, messages), total=number(total, messages)))
    everything = setting.answer_all and panel.message_content
    yield escape(messages.settings_answer_all if everything else messages.settings_answer_mentions)
    if not panel.message_content:
        yield f"-# {escape(messages.settings_answer_all_off)}"
    yield f"-# {escape(messages.settings_thread)}"


def _names(known: Sequence[Choice], chosen: Sequence[str], messages: Messages) -> str:
    there = {choice.value.casefold() for choice in known}
    shown = [
        shorten(clean(name), _CHOICE)
        if name.casefold() in there
        else messages.settings_missing.format(name=shorten(clean(name), _CHOICE))
        for name in chosen
    ]
    return shorten(", ".join(shown), _NAMES) if shown else messages.settings_any


def _offered(known: Sequence[Choice], chosen: Sequence[str]) -> list[Choice]:
    """What is chosen, also where no article has it any more, so that it can be taken away; then the most frequent."""
    counts = {choice.value: choice for choice in known}
    first = [counts.get(name) or Choice(name, 0) for name in chosen[:OPTIONS]]
    rest = [choice for choice in known if choice.value not in chosen]
    offered = (first + rest)[:OPTIONS]
    unique = {_value(choice.value): choice for choice in reversed(offered) if choice.value.strip()}
    return sorted(unique.values(), key=lambda choice: (-choice.articles, choice.value))


def _options(known: Sequence[Choice], chosen: Sequence[str], messages: Messages) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(
            label=shorten(clean(choice.value), _CHOICE) or "…",
            value=_value(choice.value),
            description=shorten(messages.settings_articles.format(count=number(choice.articles, messages)), _CHOICE),
            default=choice.value in chosen,
        )
        for choice in _offered(known, chosen)
    ]


def _value(name: str) -> str:
    return name[:_CHOICE]


def _menu(action: ChangeSetting, options: list[discord.SelectOption], placeholder: str) -> ui.Select[ui.LayoutView]:
    return ui.Select(
        custom_id=action.custom_id, options=options, min_values=0, max_values=len(options), placeholder=placeholder
    )


def _toggle(panel: Panel, messages: Messages) -> ui.Button[ui.LayoutView]:
    label = messages.settings_button_off if panel.setting.answer_all else messages.settings_button_on
    action = ChangeSetting("everything", panel.channel_id)
    return ui.Button(label=label, style=discord.ButtonStyle.secondary, custom_id=action.custom_id)
