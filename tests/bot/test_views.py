"""Custom ids: what a button remembers, read back."""

from __future__ import annotations

import pytest

from bot.views import Action, Context, Dismiss, More, Share, TurnPage, Vote, pressed

HUGE = 2**62


@pytest.mark.parametrize(
    "button",
    [
        TurnPage(HUGE, 9),
        TurnPage(HUGE, 9, "answer"),
        More(HUGE),
        Context(HUGE, 4),
        Vote(HUGE, True),
        Vote(HUGE, False),
        Dismiss(HUGE),
        Share(HUGE),
    ],
)
def test_a_button_is_read_back_from_its_custom_id(button: Action) -> None:
    assert len(button.custom_id) <= 100
    assert pressed(button.custom_id) == button


@pytest.mark.parametrize(
    "custom_id",
    [
        "",
        "search",
        "search:1",
        "search:1:2:3",
        "search:x:1",
        "search:-1:2",
        "other:1:2",
        "vote:1:2",
        "more:²",
        "share:",
        f"more:{2**63}",
        f"dismiss:{'9' * 90}",
    ],
)
def test_anything_else_is_no_button_of_ours(custom_id: str) -> None:
    assert pressed(custom_id) is None
