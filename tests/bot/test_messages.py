"""Every catalogue says the same things."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from bot.locales import CATALOGUES, for_locale
from bot.messages import ENGLISH, TERMINAL_ENGLISH, Messages, duration, number
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


@pytest.mark.parametrize(("language", "text"), [("en", "1,234,567"), ("de", "1.234.567"), ("es", "1.234.567")])
def test_a_number_is_written_as_its_reader_writes_it(language: str, text: str) -> None:
    assert number(1234567, CATALOGUES[language]) == text
    assert number(12, CATALOGUES[language]) == "12"


@pytest.mark.parametrize("language", CATALOGUES)
def test_one_of_a_kind_is_told_like_many(language: str) -> None:
    messages = CATALOGUES[language]
    for one, many in (
        (messages.search_page.format(page=1, pages=1, total=1), messages.search_page.format(page=1, pages=1, total=9)),
        (messages.article_paragraphs.format(total=1), messages.article_paragraphs.format(total=9)),
        (
            messages.reindex_totals.format(articles=2, passages=1),
            messages.reindex_totals.format(articles=2, passages=9),
        ),
    ):
        assert one.rindex(":") < one.rindex("1"), "the number comes after the noun, which has no number of its own"
        assert one[: one.rindex("1")] == many[: many.rindex("9")]
