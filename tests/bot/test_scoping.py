"""A channel's settings outlive a restart, and limit what is found there."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from bot.scoping import DEFAULT, ChannelSetting, ChannelSettings, filters, narrow
from bot.state import State
from index.errors import ConfigurationError
from index.models import NO_FILTERS, Filters

SETTING = ChannelSetting(True, ("harbour", "town/old"), ("The Gazette",))


def test_a_channel_nobody_set_anything_for_answers_from_everything(state: State) -> None:
    settings = ChannelSettings(state)
    assert settings.get(1) == settings.get(None) == DEFAULT == ChannelSetting(False, (), ())
    assert filters(DEFAULT) == NO_FILTERS


def test_settings_outlive_a_restart(tmp_path: Path) -> None:
    first = State.open(tmp_path / "s.sqlite3")
    ChannelSettings(first).set(7, 1, DEFAULT)
    ChannelSettings(first).set(7, 1, SETTING)
    first.close()
    second = State.open(tmp_path / "s.sqlite3")
    assert ChannelSettings(second).get(7) == SETTING
    second.close()


def test_a_damaged_page_is_one_sentence_about_the_file(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    first = State.open(path)
    ChannelSettings(first).set(7, 1, SETTING)
    (page,) = first.rows("SELECT rootpage FROM sqlite_master WHERE name = 'channel_settings'")[0]
    (size,) = first.rows("PRAGMA page_size")[0]
    first.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    first.close()
    damaged = bytearray(path.read_bytes())
    damaged[(page - 1) * size : page * size] = b"\xa5" * size
    path.write_bytes(damaged)
    second = State.open(path)
    with pytest.raises(ConfigurationError, match="STATE_DB"):
        ChannelSettings(second)
    second.close()


def test_a_thread_has_its_parents_settings_until_it_has_its_own(state: State) -> None:
    settings = ChannelSettings(state)
    settings.set(7, 1, SETTING)
    assert settings.get(8, 7) == SETTING
    settings.set(8, 1, DEFAULT)
    assert settings.get(8, 7) == DEFAULT


def test_reading_needs_no_file(state: State) -> None:
    settings = ChannelSettings(state)
    settings.set(7, 1, SETTING)
    state.close()
    assert settings.get(7) == SETTING


def test_what_cannot_be_stored_changes_nothing(state: State) -> None:
    settings = ChannelSettings(state)
    state.close()
    with pytest.raises(sqlite3.Error):
        settings.set(7, 1, SETTING)
    assert settings.get(7) == DEFAULT


def test_a_setting_is_a_filter() -> None:
    assert filters(SETTING) == Filters(collections=("harbour", "town/old"), sources=("The Gazette",))


@pytest.mark.parametrize(
    ("scope", "wanted", "both"),
    [
        (Filters(), Filters(authors=("A",)), Filters(authors=("A",))),
        (Filters(sources=("A", "B")), Filters(), Filters(sources=("A", "B"))),
        (Filters(sources=("A", "B")), Filters(sources=("b",)), Filters(sources=("b",))),
        (Filters(sources=("A",)), Filters(sources=("B",)), None),
        (
            Filters(collections=("c",)),
            Filters(sources=("B",), after=date(2020, 1, 1)),
            Filters(collections=("c",), sources=("B",), after=date(2020, 1, 1)),
        ),
        (Filters(collections=("c",)), Filters(article_ids=("x",)), Filters(collections=("c",), article_ids=("x",))),
    ],
)
def test_a_reader_can_narrow_a_channels_scope_but_never_widen_it(
    scope: Filters, wanted: Filters, both: Filters | None
) -> None:
    assert narrow(scope, wanted) == both
