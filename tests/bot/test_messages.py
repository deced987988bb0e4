"""Every catalogue says the same things."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from bot.locales import CATALOGUES, for_locale
from bot.messages import ENGLISH, TERMINAL_ENGLISH, Messages, duration
from bot.reindexing import Stage

ALL = {**CATALOGUES, "terminal": TERMINAL_ENGLISH}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("name", ALL)
def test_every_sentence_is_there_with_the_placeholders_of_the_english_one(name: str) -> None:
    for field in fields(Messages):
        ours, english = getattr(ALL[name], field.name), getattr(ENGLISH, field.name)
        for one in ours if isinstance(ours, tuple) else (ours,):
            assert one.strip()
        if isinstance(ours, str):
            assert placeholders(ours) <= placeholders(english) | {"problem"}, field.name
            assert name == "terminal" or placeholders(ours) == placeholders(english), field.name


def test_no_sentence_is_left_over() -> None:
    code = "".join(path.read_text("utf-8") for path in (Path(__file__).parents[2] / "bot").rglob("*.py"))
    stages = {f"reindex_{stage}" for stage in get_args(Stage)}
    unused = [f.name for f in fields(Messages) if f.name not in stages and f"messages.{f.name}" not in code.lower()]
    assert [name for name in unused if f"english.{name}" not in code.lower()] == []


@pytest.mark.parametrize(("locale", "found"), [("en-GB", ENGLISH), ("en", ENGLISH), ("xx-YY", ENGLISH), ("", ENGLISH)])
def test_an_unknown_locale_reads_english(locale: str, found: Messages) -> None:
    assert for_locale(locale) is found


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.04, "0.0 s"), (0.5, "0.5 s"), (1.2, "1 s"), (59.9, "1 min 0 s"), (187, "3 min 7 s")]
)
def test_a_duration_is_told_in_minutes_and_seconds(seconds: float, text: str) -> None:
    assert duration(seconds, ENGLISH) == text
