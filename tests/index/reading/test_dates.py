"""A date is only taken when it is certain."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.reading.dates import to_iso


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2016-07-15", "2016-07-15"),
        ("20160715", "2016-07-15"),
        (20160715, "2016-07-15"),
        ("2016-07-15T12:45:00Z", "2016-07-15T12:45:00+00:00"),
        ("2016-07-15 12:45:00 -0700", "2016-07-15T12:45:00-07:00"),
        ("2016-07-15T12:45:00.250+02:00", "2016-07-15T12:45:00+02:00"),
        ("Fri, 15 Jul 2016 12:45:00 -0700", "2016-07-15T12:45:00-07:00"),
        ("July 15, 2016", "2016-07-15"),
        ("  Friday,  July 15,\n2016 ", "2016-07-15"),
        ("July 15th, 2016", "2016-07-15"),
        ("15 July 2016 at 12:45 BST", "2016-07-15T12:45:00+01:00"),
        ("Published on July 15, 2016", "2016-07-15"),
        ("15/07/2016", "2016-07-15"),
        ("07/15/2016", "2016-07-15"),
        ("07/07/2016", "2016-07-07"),
        ("5.7.2016", "2016-07-05"),
        ("3. 4. 2016", "2016-04-03"),
        ("15 / 07 / 2016", "2016-07-15"),
        ("15 07 2016", "2016-07-15"),
        ("2016/07/15", "2016-07-15"),
        ("15. Juli 2016", "2016-07-15"),
        ("15 de julio de 2016", "2016-07-15"),
        ("15 juillet 2016", "2016-07-15"),
        ("2016年7月15日", "2016-07-15"),
        (1468586700, "2016-07-15T12:45:00+00:00"),
        (1468586700123, "2016-07-15T12:45:00+00:00"),
        (date(2016, 7, 15), "2016-07-15"),
        (datetime(2016, 7, 15, 12, 45), "2016-07-15"),
        (datetime(2016, 7, 15, 12, 45, tzinfo=timezone(timedelta(hours=-7))), "2016-07-15T12:45:00-07:00"),
    ],
)
def test_reads_many_notations(value: object, expected: str) -> None:
    assert to_iso(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "Monday",
        "5:20 p.m.",
        "yesterday",
        "two days ago",
        "2016",
        "July 2016",
        "July 15",
        "15/07/16",
        "03/04/2016",
        "03 / 04 / 2016",
        "03 04 2016",
        "12 2016 03",
        "The war began on July 15, 2016 and ended",
        "12 May 2016 people came",
        "Feb 30, 2016",
        "2016-13-45",
        "0000-00-00",
        "0001-01-01",
        "9999-12-31",
        "Room 12, 2016 May Street",
        "May 5 2016 " * 50,
        "",
        "   ",
        "\x00",
        None,
        True,
        3,
        float("nan"),
        float("inf"),
        ["2016-07-15"],
        {"date": "2016-07-15"},
        date(1, 1, 1),
        datetime(9999, 1, 1, tzinfo=UTC),
    ],
)
def test_is_silent_when_not_sure(value: object) -> None:
    assert to_iso(value) is None


@settings(deadline=None)
@given(st.datetimes(min_value=datetime(1500, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_what_it_writes_it_reads_again(moment: datetime) -> None:
    written = to_iso(moment)
    assert written is not None
    assert datetime.fromisoformat(written) == moment.replace(microsecond=0)
    assert to_iso(written) == written
