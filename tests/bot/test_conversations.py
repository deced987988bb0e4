"""What the bot remembers of its conversations, and for how long."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversations import EDITABLE_SECONDS, KEPT_SECONDS, Conversations, Turn
from bot.state import State

TURN = Turn(1, 10, 100, 1000, "and why?", "Why did they vote for the bridge?", ("bridge.txt",), ("Ada Moss",), 7)


@pytest.fixture
def turns(state: State) -> Conversations:
    """An empty memory."""
    return Conversations(state)


def pass_time(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    later = time.time() + seconds
    monkeypatch.setattr(time, "time", lambda: later)


def test_the_unknown_is_none(turns: Conversations) -> None:
    assert turns.of_reply(1) is None
    assert turns.of_question(1) is None
    assert turns.latest(1) is None


def test_a_turn_is_found_by_reply_by_question_and_by_channel_also_after_a_restart(tmp_path: Path) -> None:
    first = State.open(tmp_path / "bot.sqlite3")
    Conversations(first).add(TURN)
    first.close()
    second = State.open(tmp_path / "bot.sqlite3")
    turns = Conversations(second)
    assert turns.of_reply(1) == turns.of_question(1000) == turns.latest(10) == TURN
    second.close()


def test_a_question_can_be_edited_for_a_day_and_followed_up_for_seven(
    turns: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns.add(TURN)
    pass_time(monkeypatch, EDITABLE_SECONDS + 1)
    assert turns.of_question(1000) is None
    assert turns.of_question(1000, KEPT_SECONDS) == TURN
    assert turns.of_reply(1) == TURN
    pass_time(monkeypatch, KEPT_SECONDS - EDITABLE_SECONDS)
    assert turns.of_reply(1) is None
    assert turns.latest(10) is None


def test_an_edit_does_not_make_a_question_younger(turns: Conversations, monkeypatch: pytest.MonkeyPatch) -> None:
    turns.add(TURN)
    pass_time(monkeypatch, EDITABLE_SECONDS - 10)
    turns.add(replace(TURN, asked="and who?"))
    assert turns.of_question(1000) == replace(TURN, asked="and who?")
    pass_time(monkeypatch, 20)
    assert turns.of_question(1000) is None


def test_the_latest_turn_is_one_that_was_answered(turns: Conversations) -> None:
    turns.add(TURN)
    turns.add(replace(TURN, reply_id=2, understood=""))
    turns.add(replace(TURN, reply_id=3, channel_id=11))
    assert turns.latest(10) == TURN
    assert turns.latest(10, within=-1) is None


def test_old_turns_do_not_pile_up(turns: Conversations, state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    turns.add(TURN)
    pass_time(monkeypatch, KEPT_SECONDS + 1)
    turns.add(replace(TURN, reply_id=2))
    assert state.rows("SELECT reply_id FROM turns") == [(2,)]


def test_a_forgotten_turn_is_gone(turns: Conversations) -> None:
    turns.add(TURN)
    turns.forget(1)
    assert turns.of_reply(1) is None
