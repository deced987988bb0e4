"""What a question says about time, seen from Wednesday 20 July 2016 unless it says otherwise."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.temporal import Period, period

WEDNESDAY = datetime(2016, 7, 20, 12, tzinfo=UTC)


def days(question: str, asked_at: datetime = WEDNESDAY) -> tuple[str, str] | None:
    found = period(question, asked_at)
    return (found.start.isoformat(), found.end.isoformat()) if found else None


@pytest.mark.parametrize(
    "question",
    [
        "",
        "Who won the election?",
        "How old is the bridge?",
        "Who may vote?",
        "How does one march in step?",
        "Is 1,200 a lot?",
        "Does it cost $2016?",
        "Is 20160 a lot?",
        "Did 2016.5 litres leak?",
        "Is 2016% a lot?",
        "Who lives at 20 Summer Street?",
        "31 February",
        "in July 0000",
        "0000-00-00",
        "2016-13-45",
        "winter 9999",
        "the year 12345",
        "Who said this may be the last chance?",
        "When did unemployment last fall?",
    ],
)
def test_a_question_that_names_no_time_has_none(question: str) -> None:
    assert period(question, WEDNESDAY) is None


@pytest.mark.parametrize(
    ("question", "start", "end"),
    [
        ("What happened on 2016-07-15?", "2016-07-15", "2016-07-15"),
        ("What happened on 15 July 2016?", "2016-07-15", "2016-07-15"),
        ("What happened on the 15th of July, 2016?", "2016-07-15", "2016-07-15"),
        ("What happened on July 15, 2016?", "2016-07-15", "2016-07-15"),
        ("what happened on jul 15th 2016", "2016-07-15", "2016-07-15"),
        ("Sept. 3 2015?", "2015-09-03", "2015-09-03"),
        ("What happened on 15 July?", "2016-07-15", "2016-07-15"),
        ("What happened on 25 December?", "2015-12-25", "2015-12-25"),
        ("What will happen on 25 December 2030?", "2030-12-25", "2030-12-25"),
        ("What happened on 29 February 2016?", "2016-02-29", "2016-02-29"),
        ("What happened on 29 February?", "2016-02-29", "2016-02-29"),
        ("31 February 2016", "2016-02-01", "2016-02-29"),
        ("31 December 9999", "9999-12-31", "9999-12-31"),
        ("on July 3-5, 2015", "2015-07-03", "2015-07-05"),
        ("on 3–5 July 2015", "2015-07-03", "2015-07-05"),
        ("between 3 and 9 May", "2016-05-03", "2016-05-09"),
        ("May 3 to May 9", "2016-05-03", "2016-05-09"),
        ("between March 3 and March 9, 2015", "2015-03-03", "2015-03-09"),
        ("between December 28 and January 3, 2015", "2014-12-28", "2015-01-03"),
        ("on March 3 and 4, 2015", "2015-03-03", "2015-03-04"),
    ],
)
def test_a_day(question: str, start: str, end: str) -> None:
    assert days(question) == (start, end)


@pytest.mark.parametrize(
    ("question", "start", "end"),
    [
        ("What was decided in July 2016?", "2016-07-01", "2016-07-31"),
        ("What was decided in February 2015?", "2015-02-01", "2015-02-28"),
        ("what was decided during feb, 2016", "2016-02-01", "2016-02-29"),
        ("What was decided in May?", "2016-05-01", "2016-05-31"),
        ("What was decided in July?", "2016-07-01", "2016-07-31"),
        ("What was decided in August?", "2015-08-01", "2015-08-31"),
        ("What was decided last December?", "2015-12-01", "2015-12-31"),
        ("in July 9999", "9999-07-01", "9999-07-31"),
        ("What was decided in 2014?", "2014-01-01", "2014-12-31"),
        ("Who won the 2014 recipe fair?", "2014-01-01", "2014-12-31"),
        ("recipe fair 2014", "2014-01-01", "2014-12-31"),
        ("between 2012 and 2014", "2012-01-01", "2014-12-31"),
        ("from 2012 to 2014", "2012-01-01", "2014-12-31"),
        ("What has changed since 2014?", "2014-01-01", "2016-07-20"),
        ("after the end of 2014", "2014-01-01", "2016-07-20"),
        ("since July 2014", "2014-07-01", "2016-07-20"),
        ("since 15 July 2014", "2014-07-15", "2016-07-20"),
        ("Who was mayor before 2014?", "2009-01-02", "2014-12-31"),
        ("until spring 2014", "2009-03-02", "2014-05-31"),
        ("since 2031", "2031-01-01", "2031-12-31"),
        ("the budget for the year 2031", "2031-01-01", "2031-12-31"),
        ("What opened in summer 2015?", "2015-06-01", "2015-08-31"),
        ("What opened in the autumn of 2015?", "2015-09-01", "2015-11-30"),
        ("the winter of 2015", "2015-12-01", "2016-02-29"),
        ("spring 2016", "2016-03-01", "2016-05-31"),
        ("between March 2014 and May 2015", "2014-03-01", "2015-05-31"),
        ("from March to May 2015", "2015-03-01", "2015-05-31"),
        ("from December to February 2015", "2014-12-01", "2015-02-28"),
        ("from summer 2014 to winter 2014", "2014-06-01", "2015-02-28"),
        ("in the 1990s", "1990-01-01", "1999-12-31"),
        ("since the 1990’s", "1990-01-01", "2016-07-20"),
        ("this May", "2016-05-01", "2016-05-31"),
    ],
)
def test_a_month_a_season_a_year(question: str, start: str, end: str) -> None:
    assert days(question) == (start, end)


@pytest.mark.parametrize(
    ("question", "start", "end"),
    [
        ("What happened today?", "2016-07-20", "2016-07-20"),
        ("What is on tonight?", "2016-07-20", "2016-07-20"),
        ("What happened yesterday?", "2016-07-19", "2016-07-19"),
        ("What happened on Monday?", "2016-07-18", "2016-07-18"),
        ("What happened on Wednesday?", "2016-07-20", "2016-07-20"),
        ("What happened last Wednesday?", "2016-07-13", "2016-07-13"),
        ("What happened last Thursday?", "2016-07-14", "2016-07-14"),
        ("What happened this week?", "2016-07-13", "2016-07-20"),
        ("What happened last week?", "2016-07-11", "2016-07-19"),
        ("in the past week", "2016-07-13", "2016-07-20"),
        ("in the last 3 days", "2016-07-17", "2016-07-20"),
        ("over the past 2 weeks", "2016-07-06", "2016-07-20"),
        ("last weekend", "2016-07-13", "2016-07-20"),
        ("this month", "2016-07-01", "2016-07-20"),
        ("last month", "2016-06-01", "2016-06-30"),
        ("this year", "2016-01-01", "2016-07-20"),
        ("the previous year", "2015-01-01", "2015-12-31"),
        ("the past year", "2015-07-20", "2016-07-20"),
        ("this summer", "2016-06-01", "2016-08-31"),
        ("last summer", "2015-06-01", "2015-08-31"),
        ("last spring", "2016-03-01", "2016-05-31"),
        ("last winter", "2015-12-01", "2016-02-29"),
    ],
)
def test_a_time_relative_to_the_asking(question: str, start: str, end: str) -> None:
    assert days(question) == (start, end)


@pytest.mark.parametrize(
    ("question", "asked", "start", "end"),
    [
        ("last week", "2016-07-18", "2016-07-11", "2016-07-17"),  # a Monday: the whole calendar week before
        ("last week", "2016-07-24", "2016-07-11", "2016-07-23"),  # a Sunday
        ("last month", "2016-03-31", "2016-02-01", "2016-02-29"),
        ("last month", "2016-01-15", "2015-12-01", "2015-12-31"),
        ("this month", "2016-07-01", "2016-07-01", "2016-07-01"),
        ("yesterday", "2016-03-01", "2016-02-29", "2016-02-29"),
        ("yesterday", "2016-01-01", "2015-12-31", "2015-12-31"),
        ("last year", "2016-02-29", "2015-01-01", "2015-12-31"),
        ("this winter", "2016-01-15", "2015-12-01", "2016-02-29"),
        ("last winter", "2016-01-15", "2014-12-01", "2015-02-28"),
        ("29 February", "2016-01-15", "2012-02-29", "2012-02-29"),
        ("29 February", "2015-01-15", "2012-02-29", "2012-02-29"),
        ("29 February", "1903-01-15", "1896-02-29", "1896-02-29"),  # 1900 was no leap year
    ],
)
def test_edges_of_the_calendar(question: str, asked: str, start: str, end: str) -> None:
    assert days(question, datetime.fromisoformat(asked)) == (start, end)


def test_today_is_the_day_where_the_question_was_asked() -> None:
    late = datetime(2016, 7, 20, 0, 30, tzinfo=timezone(timedelta(hours=2)))  # still 19 July in Greenwich
    assert days("today", late) == ("2016-07-20", "2016-07-20")


def test_a_named_day_beats_a_relative_word() -> None:
    assert days("What is the latest on the bridge that opened on 2 May 2016?") == ("2016-05-02", "2016-05-02")


@pytest.mark.parametrize("word", ["now", "currently", "the latest", "recently", "still", "so far"])
def test_a_question_about_the_present_looks_back_sixty_days(word: str) -> None:
    found = period(f"Who is mayor {word}?", WEDNESDAY)
    assert found == Period(date(2016, 5, 21), date(2016, 7, 20), now=True)


@pytest.mark.parametrize(
    "question", ["When will the bridge open?", "When is the next election?", "Who is going to be mayor?"]
)
def test_a_question_about_the_future_is_answered_by_the_newest_articles(question: str) -> None:
    assert period(question, WEDNESDAY) == Period(date(2016, 5, 21), date(2016, 7, 20), now=True)


def test_a_man_called_will_is_not_the_future() -> None:
    assert period("Who is Will Askew?", WEDNESDAY) is None


@pytest.mark.parametrize("asked_at", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)])
@pytest.mark.parametrize("phrase", ["now", "yesterday", "last week", "last year", "last winter", "past 9 years"])
def test_a_question_from_the_ends_of_time_is_no_crash(phrase: str, asked_at: datetime) -> None:
    found = period(phrase, asked_at)
    assert found is None or found.start <= found.end


@given(
    st.sampled_from(["on", "in", "last", "past", "this", "spring of", "winter", "July"]),
    st.integers(0, 10**6),
    st.sampled_from(["", " July", " days", " years", " winter", "-02-30"]),
    st.datetimes(timezones=st.timezones()),
)
def test_any_phrase_at_any_time_gives_a_period_or_none(head: str, number: int, tail: str, asked_at: datetime) -> None:
    found = period(f"{head} {number}{tail}", asked_at)
    assert found is None or found.start <= found.end


def test_an_endless_number_is_no_crash() -> None:
    assert period("last " + "9" * 5000 + " days", WEDNESDAY) is None


def test_nearness_is_one_inside_falls_outside_and_zero_without_a_date() -> None:
    week = Period(date(2016, 7, 11), date(2016, 7, 17))
    assert week.nearness(date(2016, 7, 11)) == week.nearness(date(2016, 7, 17)) == 1.0
    assert week.nearness(date(2016, 7, 21)) == 0.5  # four days after; four days is the least scale
    assert week.nearness(date(2016, 7, 7)) == 0.5
    assert week.nearness(date(1916, 7, 7)) == pytest.approx(0.0)
    assert week.nearness(None) == 0.0


def test_nearness_of_a_long_period_falls_slowly() -> None:
    year = Period(date(2016, 1, 1), date(2016, 12, 31))  # 365 days from first to last: scale 182.5
    assert year.nearness(date(2017, 7, 2)) == pytest.approx(2 ** (-183 / 182.5))


@pytest.mark.parametrize(
    ("question", "start", "end"),
    [
        ("What happened between 3 May 2016 and 9 May 2016?", "2016-05-03", "2016-05-09"),
        ("What happened from May 3, 2016 to May 9, 2016?", "2016-05-03", "2016-05-09"),
        ("From 2016-05-03 – 2016-05-09", "2016-05-03", "2016-05-09"),
        ("What changed after 3 May 2016 and before 9 May 2016?", "2016-05-03", "2016-05-09"),
        ("Was 3 May 2016, I mean 3 May 2016, a holiday?", "2016-05-03", "2016-05-03"),
    ],
)
def test_two_days_may_be_a_range(question: str, start: str, end: str) -> None:
    found = period(question, WEDNESDAY)
    assert found == Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    "question",
    [
        "Do the report of 2016-05-03 and the one of 2016-06-20 agree?",
        "Between the report on 3 May 2016 and the one on 20 June 2016, what changed?",
        "after 20 June 2016 or before 3 May 2016",
    ],
)
def test_of_several_days_the_nearest_counts(question: str) -> None:
    found = period(question, WEDNESDAY)
    assert found is not None
    assert (found.start, found.end) == (date(2016, 5, 3), date(2016, 6, 20))
    assert found.nearness(date(2016, 5, 3)) == found.nearness(date(2016, 6, 20)) == 1
    assert found.nearness(date(2016, 5, 27)) < 0.1


@pytest.mark.parametrize(
    ("question", "start", "end"),
    [
        ("What happened two days ago?", "2016-07-18", "2016-07-18"),
        ("who won 3 days ago", "2016-07-17", "2016-07-17"),
        ("What was decided two weeks ago?", "2016-07-03", "2016-07-09"),
        ("What was decided a month ago?", "2016-06-05", "2016-07-05"),
        ("Who was mayor ten years ago?", "2006-01-01", "2006-12-31"),
        ("What happened in the last two weeks?", "2016-07-06", "2016-07-20"),
        ("What happened in the past few days?", "2016-07-17", "2016-07-20"),
        ("What happened the day before yesterday?", "2016-07-18", "2016-07-18"),
        ("What burned last night?", "2016-07-19", "2016-07-19"),
        ("What has happened since Monday?", "2016-07-18", "2016-07-20"),
        ("What happened Monday?", "2016-07-18", "2016-07-18"),
        ("who did the council meet friday night", "2016-07-15", "2016-07-15"),
        ("What has changed since May?", "2016-05-01", "2016-07-20"),
        ("What has the council done since last year?", "2015-01-01", "2016-07-20"),
        ("What was built from 2010-2012?", "2010-01-01", "2012-12-31"),
        ("What was built in mid-2012?", "2012-01-01", "2012-12-31"),
        ("What did the mayor say yesterday about the 2030 harbour plan?", "2016-07-19", "2016-07-19"),
    ],
)
def test_how_people_say_when(question: str, start: str, end: str) -> None:
    assert days(question) == (start, end)


@pytest.mark.parametrize(
    "question", ["What was sold Black Friday?", "What happened Good Friday?", "Is it open Mondays?"]
)
def test_a_day_of_sales_or_feasts_and_every_monday_are_no_day(question: str) -> None:
    assert days(question) is None


def test_what_is_asked_of_tomorrow_stands_in_the_newest_articles() -> None:
    found = period("Does the ferry run tomorrow?", WEDNESDAY)
    assert found
    assert found.now
