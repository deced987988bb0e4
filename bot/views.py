"""Buttons as data. All that one needs to act stands in its custom id or in SQLite, so old replies outlive a restart.

What a button does is in `cogs/buttons.py`, found by custom id: discord.py then keeps no view in memory for every
message ever sent, and a failing button answers the person who pressed it, which a `DynamicItem` cannot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import discord
from discord import ui

from bot.replies import Paging


@dataclass(frozen=True, slots=True)
class TurnPage:
    """Shows a page of a stored search."""

    search_id: int
    page: int

    @property
    def custom_id(self) -> str:
        """What Discord sends back when the button is pressed; at most 100 characters."""
        return f"search:{self.search_id}:{self.page}"


def pressed(custom_id: str) -> TurnPage | None:
    """The button with this custom id, or None when it is none of ours."""
    match custom_id.split(":"):
        case ["search", search_id, page] if search_id.isdecimal() and page.isdecimal():
            return TurnPage(int(search_id), int(page))
    return None


def page_buttons(paging: Paging) -> Iterator[ui.Button[ui.LayoutView]]:
    """Previous and next; at an end the button stays, disabled, so that the other keeps its place."""
    yield _button(f"◀ {paging.previous_label}", TurnPage(paging.search_id, max(0, paging.page - 1)), paging.page > 0)
    last = paging.pages - 1
    following = TurnPage(paging.search_id, min(last, paging.page + 1))
    yield _button(f"{paging.next_label} ▶", following, paging.page < last)


def _button(label: str, action: TurnPage, enabled: bool) -> ui.Button[ui.LayoutView]:
    style = discord.ButtonStyle.secondary
    return ui.Button(label=label, style=style, custom_id=action.custom_id, disabled=not enabled)
