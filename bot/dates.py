"""What somebody means by “last month” or “March 2016”: the first or the last day of it. Loads dateparser when asked."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, time, timedelta

_LIMIT = 50
_BARE_NUMBER = re.compile(r"\d{1,3}\W*")  # dateparser takes 12 for the twelfth of this month


def first_day(text: str, language: str, today: date) -> date | None:
    """The first day of what `text` names in `language` or in English; None when it names no time."""
    return _edge(text, language, today, last=False)


def last_day(text: str, language: str, today: date) -> date | None:
    """The last day of it."""
    return _edge(text, language, today, last=True)


def _edge(text: str, language: str, today: date, *, last: bool) -> date | None:
    text = text.strip()
    if len(text) > _LIMIT or _BARE_NUMBER.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)  # before dateparser, which reads days first
    except ValueError:
        pass
    from dateparser.date import DateDataParser

    settings = {
        "RELATIVE_BASE": datetime.combine(today, time(12)),
        "PREFER_DATES_FROM": "past",
        "PREFER_DAY_OF_MONTH": "first",
        "PREFER_MONTH_OF_YEAR": "first",
        "DATE_ORDER": "DMY",
    }
    languages = list(dict.fromkeys((language, "en")))
    try:
        found = DateDataParser(languages=languages, settings=settings).get_date_data(text)
    except (ValueError, OverflowError):  # outside the calendar
        return None
    if found.date_obj is None:
        return None
    first, end = _around(found.date_obj.date(), found.period)
    return end if last else first


def _around(day: date, period: str) -> tuple[date, date]:
    if period == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if period == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if period == "year":
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    return day, day
