"""What people mean by a date."""

from __future__ import annotations

from datetime import date

import pytest

from bot.dates import first_day, last_day

TODAY = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("typed", "language", "first", "last"),
    [
        ("2016-07-05", "en", "2016-07-05", "2016-07-05"),
        ("15/07/2016", "en", "2016-07-15", "2016-07-15"),
        ("yesterday", "en", "2026-11-21", "2026-11-21"),
        ("last week", "en", "2026-11-09", "2026-11-15"),
        ("last month", "en", "2026-10-01", "2026-10-31"),
        ("March 2016", "en", "2016-03-01", "2016-03-31"),
        ("February 2024", "en", "2024-02-01", "2024-02-29"),
        ("2016", "en", "2016-01-01", "2016-12-31"),
        ("letzten Monat", "de", "2026-10-01", "2026-10-31"),
        ("gestern", "de", "2026-11-21", "2026-11-21"),
        ("März 2016", "de", "2016-03-01", "2016-03-31"),
        ("last month", "de", "2026-10-01", "2026-10-31"),
        ("el mes pasado", "es", "2026-10-01", "2026-10-31"),
        ("marzo de 2016", "es", "2016-03-01", "2016-03-31"),
    ],
)
def test_a_time_has_a_first_and_a_last_day(typed: str, language: str, first: str, last: str) -> None:
    assert first_day(typed, language, TODAY) == date.fromisoformat(first)
    assert last_day(typed, language, TODAY) == date.fromisoformat(last)


@pytest.mark.parametrize("typed", ["", "   ", "banana", "12", "99999-01-01", "x" * 300, "yesterday " * 20])
def test_what_is_no_time_is_none(typed: str) -> None:
    assert first_day(typed, "en", TODAY) is None
    assert last_day(typed, "en", TODAY) is None
