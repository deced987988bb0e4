"""What a question says about time: "last week", "in July 2016", "this month" → a range of days, and how near to it
an article was published. Always soft: an undated article is never dropped."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from index.models import Span

_MONTHS = {m.lower(): i for i, m in enumerate(calendar.month_name) if m}
_MONTHS |= {m.lower(): i for i, m in enumerate(calendar.month_abbr) if m} | {"sept": 9}
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_WEEKDAYS = {d.lower(): i for i, d in enumerate(calendar.day_name)}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b")
_DAY_MONTH = re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? (?P<year>\d{{4}}))?\b", re.I)
_MONTH_DAY = re.compile(rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<year>\d{{4}}))?", re.I)
_MONTH_YEAR = re.compile(rf"\b{_MONTH},? (?:of )?(?P<year>\d{{4}})\b", re.I)
_IN_MONTH = re.compile(rf"\b(?:in|during|since|until|till|(?!(?-i:this may\b))this|last) {_MONTH}\b", re.I)
_SEASON_YEAR = re.compile(r"\b(?P<season>spring|summer|autumn|fall|winter)(?: of)? (?P<year>\d{4})\b", re.I)
_YEAR = re.compile(r"(?<![\d.,$£€-])(?P<year>(?:19|20)\d{2})(?P<decade>(?<=0)['’]?s\b)?(?![\d%]|[.,-]\d)", re.I)
_JOINED = r" ?(?:[-–—/&]|to|and|or|through|until|till) ?(?:the )?"
_DAYS_IN_MONTH = re.compile(
    rf"\b{_MONTH} (?P<one>\d{{1,2}})(?:st|nd|rd|th)?(?P<joined>{_JOINED})(?P<two>\d{{1,2}})(?:st|nd|rd|th)?\b"
    r"(?!:)(?P<year>,? \d{4}\b)?",
    re.I,
)
_MONTHS_DAYS = re.compile(
    rf"\b(?P<one>\d{{1,2}})(?:st|nd|rd|th)?(?P<joined>{_JOINED})(?P<two>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}"
    r"(?P<year>,? \d{4}\b)?",
    re.I,
)
_MONTHS_IN_YEAR = re.compile(
    rf"\b{_MONTH}(?P<joined>{_JOINED}){_MONTH.replace('month', 'second')},? (?:of )?(?P<year>\d{{4}})\b", re.I
)
_YEARS = re.compile(r"\b(?P<one>(?:19|20)\d{2})[-–—](?P<two>(?:19|20)\d{2})\b(?![-–—.,]?\d)")
_PART_OF_YEAR = re.compile(r"\b(early|mid|late)-(?=(?:19|20)\d{2}\b)", re.I)
_DIRECTION = re.compile(
    r"\b(?P<which>since|after|before|until|till|prior to)(?: the)?(?: (?:year|start|end|beginning) of)? $", re.I
)
_ON = frozenset({"since", "after"})
_FROM = re.compile(r"\b(?:between|from)(?: the)? $", re.I)
_TO = re.compile(r" ?(?:and|to|until|till|through|[-–—])(?: the)? ?", re.I)
_LONG = timedelta(days=5 * 365)
"""How far back "before 2019" looks."""
_LAST_FELL = re.compile(r"\bwhen (?:did|was|were|has|have|does)\b.*\blast fall\b", re.I)
""" "When did prices last fall?" asks for a time, and names none."""
_COUNTS = {n: i for i, n in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)}
_COUNTS |= {"a": 1, "an": 1, "few": 3, "a few": 3, "couple of": 2, "a couple of": 2, "several": 4}
_COUNT = r"(?P<n>\d+|" + "|".join(sorted(_COUNTS, key=len, reverse=True)) + ")"
_RELATIVE = re.compile(
    rf"\b(?P<which>this|last|past|previous|current)(?: {_COUNT})? "
    r"(?P<unit>day|week|weekend|month|year|spring|summer|autumn|fall|winter)s?\b",
    re.I,
)
_AGO = re.compile(rf"\b{_COUNT} (?P<unit>day|week|month|year)s? ago\b", re.I)
_WEEKDAY = re.compile(r"\b(?P<which>on|last|this|since) (?P<weekday>" + "|".join(_WEEKDAYS) + r")\b", re.I)
_BARE_WEEKDAY = re.compile(
    r"\b(?:happen|did|was|were|had)\w*\b.*(?<!\bblack)(?<!\bcyber)(?<!\bgood)(?<!\bbloody)(?<!\bsuper)(?<!\bash)"
    r"(?<!\bpalm)(?<!\beaster)(?<!\bholy) (?P<which>)(?P<weekday>" + "|".join(_WEEKDAYS) + r")"
    r"(?: (?:morning|afternoon|evening|night))?\W*$",
    re.I,
)
"""At the end of a question about what was, and no name of a day in the calendar of feasts and sales."""
_DAY = re.compile(r"\b(?P<day>today|tonight|day before yesterday|yesterday|last night)\b", re.I)
_NOW = re.compile(
    r"\b(?:now|nowadays|currently|latest|recently|recent|newest|at the moment|so far|still|lately|as of today"
    r"|(?-i:will)|won['’]t|tomorrow|going to|upcoming|soon|next (?:week|month|year|season|election))\b",
    re.I,
)
"""Of the present, and of the future: what is known of it stands in the newest articles."""


@dataclass(frozen=True, slots=True)
class Period:
    """A range of days, both ends included; `now` when the question is about the present."""

    start: date
    end: date
    now: bool = False
    days: tuple[date, ...] = ()
    """The single days named, if they are more than one and no range: what lies between them is as far as elsewhere."""

    def nearness(self, published: date | None) -> float:
        """1 for an article published inside the period, falling with the days outside it, 0 for an undated one.

        The fall is exponential, with half the period's length but at least four days as its scale: news of a
        week is told for a few days more, news of a year for months. Of several days the nearest counts.
        """
        if published is None:
            return 0.0
        if self.days:
            return max(Period(day, day).nearness(published) for day in self.days)
        outside = max((self.start - published).days, (published - self.end).days, 0)
        scale = max(4.0, (self.end - self.start).days / 2)
        return float(2.0 ** (-outside / scale))


def period(question: str, asked_at: datetime | None = None) -> Period | None:
    """The days a question is about, seen from when it was asked (default: now); None when it names none."""
    today = (asked_at or datetime.now(UTC)).date()
    try:
        named = _explicit(question, today) or _relative(question, today) or _year(question, today)
        return named or _present(question, today)
    except (OverflowError, ValueError):  # outside the calendar: "winter 9999", or asked in the year 1
        return None


def _explicit(question: str, today: date) -> Period | None:
    question = _spelt_out(question)
    if named := _days(question, today):
        return named
    months = [(m.start(), _month(int(m["year"]), _MONTHS[m["month"].lower()])) for m in _MONTH_YEAR.finditer(question)]
    seasons = [(m.start(), _season(int(m["year"]), m["season"].lower())) for m in _SEASON_YEAR.finditer(question)]
    if months or seasons:
        return _spanning(question, months or seasons, today)
    if m := _IN_MONTH.search(question):
        month = _MONTHS[m["month"].lower()]
        latest = _month(today.year if month <= today.month else today.year - 1, month)
        return _directed(question[: m.start("month")], latest, today)
    return None


def _year(question: str, today: date) -> Period | None:
    """A bare year counts last: "what did she say yesterday about the 2030 plan?" was published yesterday."""
    question = _spelt_out(question)
    years = [(m.start(), _years(int(m["year"]), 10 if m["decade"] else 1)) for m in _YEAR.finditer(question)]
    return _spanning(question, years, today)


def _spelt_out(question: str) -> str:
    """Each day with its month and each month with its year: "3-5 May 2019" → "3 May 2019 - 5 May 2019"."""
    question = _YEARS.sub(r"\g<one> – \g<two>", _PART_OF_YEAR.sub(r"\1 ", question))
    question = _DAYS_IN_MONTH.sub(r"\g<month> \g<one>\g<year>\g<joined>\g<month> \g<two>\g<year>", question)
    question = _MONTHS_DAYS.sub(r"\g<one> \g<month>\g<year>\g<joined>\g<two> \g<month>\g<year>", question)

    def with_year(m: re.Match[str]) -> str:
        year = int(m["year"]) - (_MONTHS[m["month"].lower()] > _MONTHS[m["second"].lower()])
        return f"{m['month']} {year:04}{m['joined']}{m['second']} {m['year']}"

    return _MONTHS_IN_YEAR.sub(with_year, question)


def _spanning(question: str, named: Sequence[tuple[int, Period | None]], today: date) -> Period | None:
    """From the first of the periods named, each with its place in the question, to the last."""
    periods = [period for _, period in named if period]
    if not periods:
        return None
    whole = Period(min(p.start for p in periods), max(p.end for p in periods))
    return _directed(question[: named[0][0]], whole, today)


def _days(question: str, today: date) -> Period | None:
    """A day, the days from one to another, or several days."""
    matches = sorted(
        {m.span(): m for pattern in (_ISO, _DAY_MONTH, _MONTH_DAY) for m in pattern.finditer(question)}.items()
    )
    found: list[tuple[Span, date]] = []
    later: re.Match[str] | None = None
    for span, m in reversed(matches):  # the year may stand with the last of them only: "May 3 and May 9, 2019"
        joined = later and _TO.fullmatch(question[m.end() : later.start()])
        if day := _date(m, today, found[0][1] if found and joined and later and later["year"] else None):
            found.insert(0, (span, day))
            later = m
    if not found:
        return None
    (begins, ends), first = found[0]
    named = {day for _, day in found}
    if len(named) == 1:
        return _directed(question[:begins], Period(first, first), today)
    (begins_again, _), second = found[1]
    opened, closed = (_DIRECTION.search(question[:b]) for b in (begins, begins_again))
    joined = _TO.fullmatch(question[ends:begins_again])
    runs = joined and ("and" not in joined.group().lower() or _FROM.search(question[:begins]))
    walled = opened and closed and opened["which"].lower() in _ON and closed["which"].lower() not in _ON
    if len(found) == 2 and first < second and (runs or walled):
        return Period(first, second)
    days = tuple(sorted(named))
    return Period(days[0], days[-1], days=days)


def _directed(before: str, named: Period | None, today: date) -> Period | None:
    """The period named, or what lies after or before it when the words `before` it say "since" or "until"."""
    m = _DIRECTION.search(before)
    if not (m and named):
        return named
    if m["which"].lower() in _ON:
        return Period(named.start, max(named.end, today))
    return Period(named.start - _LONG, named.end)


def _relative(question: str, today: date) -> Period | None:
    if m := _DAY.search(question):
        back = {"yesterday": 1, "last night": 1, "day before yesterday": 2}.get(m["day"].lower(), 0)
        found: Period | None = Period(today - timedelta(back), today - timedelta(back), now=True)
    elif (m := _RELATIVE.search(question)) and not _LAST_FELL.search(question):
        found = _counted(m["which"].lower(), _count(m["n"]), m["unit"].lower(), today)
    elif m := _AGO.search(question):
        found = _ago(_count(m["n"]), m["unit"].lower(), today)
    elif m := _WEEKDAY.search(question) or _BARE_WEEKDAY.search(question):
        back = (today.weekday() - _WEEKDAYS[m["weekday"].lower()]) % 7
        day = today - timedelta(days=back or 7 * (m["which"].lower() == "last"))
        found = Period(day, day)
    else:
        return None
    begins = m.start("weekday") if "weekday" in m.groupdict() else m.start()
    return _directed(question[:begins], found, today)


def _count(said: str | None) -> int:
    said = (said or "one").lower()
    return min(int(said), 1000) if said.isdigit() else _COUNTS[said]


def _ago(n: int, unit: str, today: date) -> Period:
    """A day that long ago, and as many beside it as whoever says "two weeks ago" may be off; of years the whole one."""
    if unit == "year":
        return _years(today.year - n, 1)
    day = today - timedelta(days=n * {"day": 1, "week": 7, "month": 30}[unit])
    about = timedelta(days={"day": 0, "week": 3, "month": 15}[unit])
    return Period(day - about, day + about)


def _present(question: str, today: date) -> Period | None:
    return Period(today - timedelta(days=60), today, now=True) if _NOW.search(question) else None


def _counted(which: str, n: int, unit: str, today: date) -> Period | None:
    """ "this week" is the seven days up to today: who asks on a Monday means the news, not the calendar."""
    current = which in {"this", "current"}
    if unit in _SEASONS:
        year = today.year if _SEASONS[unit] <= today.month else today.year - 1
        latest = _season(year, unit)
        return latest if current or (latest and latest.end < today) else _season(year - 1, unit)
    if unit == "year" and n == 1 and which != "past":
        year = today.year if current else today.year - 1
        return Period(date(year, 1, 1), min(date(year, 12, 31), today), now=current)
    if unit == "month" and n == 1 and which != "past":
        first = today.replace(day=1)
        if current:
            return Period(first, today, now=True)
        last = first - timedelta(days=1)
        return Period(last.replace(day=1), last)
    days = {"day": 1, "week": 7, "weekend": 7, "month": 31, "year": 366}[unit] * n
    if which in {"last", "previous"} and n == 1 and unit == "week":
        return Period(today - timedelta(days=today.weekday() + 7), today - timedelta(days=1))
    return Period(today - timedelta(days=days), today, now=current)


def _date(m: re.Match[str], today: date, before: date | None = None) -> date | None:
    """The day that is meant: the latest one up to `before` or today where no year is given."""
    month = m["month"].lower()
    number = int(month) if month.isdigit() else _MONTHS[month]
    latest = before or today
    years = [int(m["year"])] if m["year"] else range(latest.year, latest.year - 9, -1)  # 29 February: 8 years ago
    for year in years:
        with suppress(ValueError):
            day = date(year, number, int(m["day"]))
            if m["year"] or day <= latest:
                return day
    return None


def _years(first: int, count: int) -> Period:
    return Period(date(first, 1, 1), date(first + count - 1, 12, 31))


def _month(year: int, month: int) -> Period | None:
    return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])) if year else None


def _season(year: int, season: str) -> Period | None:
    first = _month(year, _SEASONS[season])
    last = _month(year + (season == "winter"), (_SEASONS[season] + 1) % 12 + 1)
    return Period(first.start, last.end) if first and last else None
