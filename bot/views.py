"""Buttons. Everything that one needs to act stands in its custom id or in SQLite, so old replies outlive a restart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ui

from bot.replies import Paging

if TYPE_CHECKING:
    from bot.client import FootnoteBot


class PageButton(ui.DynamicItem[ui.Button[ui.LayoutView]], template=r"search:(?P<search>\d+):(?P<page>\d+)"):
    """Turns a stored search to a page. A click by another person shows that person a page of their own."""

    def __init__(self, search_id: int, page: int, label: str | None = None, disabled: bool = False) -> None:
        super().__init__(
            ui.Button(
                label=label,
                disabled=disabled,
                style=discord.ButtonStyle.secondary,
                custom_id=f"search:{search_id}:{page}",
            )
        )
        self.search_id, self.page = search_id, page

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: ui.Item[ui.LayoutView], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed, read back from its custom id."""
        return cls(int(match["search"]), int(match["page"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Edits the reply in place, or answers a stranger privately."""
        bot: FootnoteBot = interaction.client
        asker = interaction.message.interaction_metadata if interaction.message else None
        if asker is None or asker.user.id == interaction.user.id:
            await interaction.response.defer()
        else:
            await interaction.response.defer(ephemeral=True, thinking=True)
        await bot.respond(interaction, await bot.service.turn_page(self.search_id, self.page, bot.reader(interaction)))


def page_buttons(paging: Paging) -> Iterator[PageButton]:
    """Previous and next; at an end the button stays, disabled, so that the other keeps its place."""
    last = paging.pages - 1
    yield PageButton(paging.search_id, max(0, paging.page - 1), f"◀ {paging.previous_label}", paging.page <= 0)
    yield PageButton(paging.search_id, min(last, paging.page + 1), f"{paging.next_label} ▶", paging.page >= last)
