"""Buttons as data. All that one needs to act stands in its custom id or in SQLite, so old replies outlive a restart.

What a button does is in `cogs/buttons.py`, found by custom id: discord.py then keeps no view in memory for every
message ever sent, and a failing button answers the person who pressed it, which a `DynamicItem` cannot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import discord
from discord import ui

from bot.actions import Actions
from bot.article_keys import About
from bot.excerpts import shorten
from bot.replies import Paging

_LABEL = 80
"""Characters that Discord allows on a button."""
_DIGITS, _LARGEST = 20, 2**63 - 1
"""What SQLite takes for a number; an article's key has one bit more."""


@dataclass(frozen=True, slots=True)
class TurnPage:
    """Shows a page of a stored search, or of the further passages for an answer."""

    search_id: int
    page: int
    of: Literal["search", "answer"] = "search"

    @property
    def custom_id(self) -> str:
        """What Discord sends back when the button is pressed; at most 100 characters."""
        return f"{self.of}:{self.search_id}:{self.page}"


@dataclass(frozen=True, slots=True)
class More:
    """Shows the first page of further passages for an answer."""

    answer_id: int

    @property
    def custom_id(self) -> str:
        return f"more:{self.answer_id}"


@dataclass(frozen=True, slots=True)
class Context:
    """Shows the sentences around an answer's quote; quotes count from 0."""

    answer_id: int
    quote: int

    @property
    def custom_id(self) -> str:
        return f"context:{self.answer_id}:{self.quote}"


@dataclass(frozen=True, slots=True)
class Vote:
    """Notes whether an answer helped."""

    answer_id: int
    helpful: bool

    @property
    def custom_id(self) -> str:
        return f"vote:{self.answer_id}:{self.helpful:d}"


@dataclass(frozen=True, slots=True)
class Dismiss:
    """Deletes an answer."""

    answer_id: int

    @property
    def custom_id(self) -> str:
        return f"dismiss:{self.answer_id}"


@dataclass(frozen=True, slots=True)
class Share:
    """Posts a private answer in its channel."""

    answer_id: int

    @property
    def custom_id(self) -> str:
        return f"share:{self.answer_id}"


@dataclass(frozen=True, slots=True)
class AskAbout:
    """Asks for a question about one article, by its key."""

    article_key: int

    @property
    def custom_id(self) -> str:
        return f"about:{self.article_key}"


@dataclass(frozen=True, slots=True)
class ChangeSetting:
    """Changes one of a channel's settings."""

    what: Literal["collections", "sources", "everything"]
    channel_id: int

    @property
    def custom_id(self) -> str:
        return f"{self.what}:{self.channel_id}"


Action = AskAbout | ChangeSetting | TurnPage | More | Context | Vote | Dismiss | Share


def pressed(custom_id: str) -> Action | None:
    """The button with this custom id, or None when it is none of ours."""
    name, *parts = custom_id.split(":")
    if not all(part.isascii() and part.isdecimal() and len(part) <= _DIGITS for part in parts):
        return None
    if name != "about" and any(int(part) > _LARGEST for part in parts):
        return None
    match name, [int(part) for part in parts]:
        case (("search" | "answer" as of), [search_id, page]):
            return TurnPage(search_id, page, "answer" if of == "answer" else "search")
        case "more", [answer_id]:
            return More(answer_id)
        case "context", [answer_id, quote]:
            return Context(answer_id, quote)
        case "vote", [answer_id, (0 | 1) as helpful]:
            return Vote(answer_id, bool(helpful))
        case "dismiss", [answer_id]:
            return Dismiss(answer_id)
        case "share", [answer_id]:
            return Share(answer_id)
        case "about", [article_key]:
            return AskAbout(article_key)
        case ((("collections" | "sources" | "everything") as what), [channel_id]):
            return ChangeSetting(what, channel_id)
    return None


def page_buttons(paging: Paging) -> Iterator[ui.Button[ui.LayoutView]]:
    """Previous and next; at an end the button stays, disabled, so that the other keeps its place."""

    def turn(page: int) -> TurnPage:
        return TurnPage(paging.search_id, page, paging.of)

    last = paging.pages - 1
    yield _button(f"◀ {paging.previous_label}", turn(max(0, paging.page - 1)), paging.page > 0)
    yield _button(f"{paging.next_label} ▶", turn(min(last, paging.page + 1)), paging.page < last)


def action_buttons(actions: Actions) -> Iterator[ui.Button[ui.LayoutView]]:
    """The buttons beneath an answer; five at most, which is what fits into a row."""
    for label, action in (
        (actions.more, More(actions.answer_id)),
        (actions.helpful, Vote(actions.answer_id, True)),
        (actions.not_helpful, Vote(actions.answer_id, False)),
        (actions.dismiss, Dismiss(actions.answer_id)),
        (actions.share, Share(actions.answer_id)),
    ):
        if label:
            yield _button(label, action)


def about_button(about: About) -> ui.Button[ui.LayoutView]:
    """The button under an article's card."""
    return _button(about.label, AskAbout(about.key))


def context_button(actions: Actions, quote: int) -> ui.Button[ui.LayoutView]:
    """The button beside the answer's quote of that number, counted from 0."""
    return _button(actions.context, Context(actions.answer_id, quote))


def _button(label: str, action: Action, enabled: bool = True) -> ui.Button[ui.LayoutView]:
    style = discord.ButtonStyle.secondary
    return ui.Button(label=shorten(label, _LABEL), style=style, custom_id=action.custom_id, disabled=not enabled)
