"""Whatever a page calls its date → ISO 8601, or None. A wrong date is worse than none."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime
from functools import lru_cache

_YEARS = range(1400, 2200)
_LONGEST = 80
_LABEL = re.compile(
    r"^(?:(?:first|originally|last)\s+)?(?:published|posted|issued|created|date|updated|modified)(?:\s+on)?\b\s*:?\s*",
    re.IGNORECASE,
)
_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})(?:\s?([/.-])\s?|\s)(\d{1,2})(?:\s?\2\s?|\s)\d{4}(?!\d)")
_ONLY_NUMBERS = re.compile(r"[\d\s./-]+")
_YEAR_FIRST = re.compile(r"\d{4}")
_COMPACT = range(14000101, 21991232)
_SECONDS, _MILLISECONDS = range(10**8, 10**10), range(10**11, 10**13)


def to_iso(value: object) -> str | None:
    """`2016-07-15`, or `2016-07-15T12:45:00-07:00` when both time and offset are known; None when not sure.

    Takes strings in many languages and notations, `date`, `datetime` and Unix time. Not sure are: anything
    without day, month and four-digit year, a date among other words, and `03/04/2016`, which is a day in March
    or in April. A time without an offset is left out.
    """
    if isinstance(value, datetime):
        return _iso(value)
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return _from_number(value)
    return _from_words(" ".join(value.split())) if isinstance(value, str) else None


@lru_cache(maxsize=4096)
def _from_words(words: str) -> str | None:
    if not words or len(words) > _LONGEST:
        return None
    try:
        return _day(date.fromisoformat(words)) if len(words) <= 10 else _iso(datetime.fromisoformat(words))
    except ValueError:
        pass
    words = _LABEL.sub("", words)
    numeric = _SLASHED.search(words)
    order = "MDY"
    if not numeric and _ONLY_NUMBERS.fullmatch(words) and not _YEAR_FIRST.match(words):
        return None
    if numeric:
        first, mark, second = numeric.groups()
        order = "DMY" if mark == "." or int(first) > 12 else "MDY"  # a full stop is only written day first
        if order == "MDY" and int(second) <= 12 and first != second:
            return None
    if not _FOUR_DIGITS.search(words):
        return None
    return _parsed(words, order)


def _parsed(words: str, order: str) -> str | None:
    import dateparser

    moment = dateparser.parse(
        words,
        settings={
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["day", "month", "year"],
            "STRICT_PARSING": True,
            "DATE_ORDER": order,
        },
    )
    return _iso(moment) if moment else None


def _from_number(number: float) -> str | None:
    """Unix time in seconds or milliseconds, or a date written without dashes (`20160715`)."""
    if number in _COMPACT:
        return _from_words(str(int(number)))
    if int(number) in _MILLISECONDS:
        number /= 1000
    elif int(number) not in _SECONDS:
        return None
    return datetime.fromtimestamp(int(number), UTC).isoformat()


def _day(day: date) -> str | None:
    return day.isoformat() if day.year in _YEARS else None


def _iso(moment: datetime) -> str | None:
    if moment.year not in _YEARS or moment.tzinfo is None:
        return _day(moment.date())
    return moment.isoformat(timespec="seconds")
