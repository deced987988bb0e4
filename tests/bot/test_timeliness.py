"""Evidence of another time than the question is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.timeliness import of_another_time, outdated

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("question", "days", "old"),
    [
        ("Who is the mayor now?", 91, True),
        ("Who is the mayor now?", 89, False),
        ("What is the latest on the bridge?", 3000, True),
        ("Is the ferry still running?", 181, True),
        ("What happened this week?", 60, True),
        ("What happened this week?", 20, False),
        ("What happened today?", 40, True),
        ("What was built this year?", 300, False),
        ("What was built this year?", 400, True),
        ("Who is the current mayor?", 91, True),
        ("Who is the current mayor?", 89, False),
        ("What is the price at present?", 400, True),
        ("How strong is a current of water?", 3000, False),
        ("Who is the mayor?", 3000, False),
        ("Who was the mayor in 2017?", 3000, False),
        ("What happened last week?", 3000, False),
        ("", 3000, False),
    ],
)
def test_old_evidence_is_noticed_for_questions_about_the_present_only(question: str, days: int, old: bool) -> None:
    assert outdated(question, NOW - timedelta(days=days), NOW) is old


@pytest.mark.parametrize(
    ("question", "text", "published", "other"),
    [
        ("Who won the fair in 2019?", "A cook won the fair.", "2026-10-12", True),
        ("Who won the 2019 fair?", "A cook won the fair.", "2026-10-12", True),
        ("Who won the fair in 2019?", "A cook won it in 2019.", "2026-10-12", False),
        ("Who won the fair in 2019?", "A cook won the fair.", "2019-10-12", False),
        ("Who won the fair in 2019?", "A cook won the fair.", "2020-01-12", False),  # told for a while
        ("Who won the fair in 2019?", "A cook won the fair.", "2018-10-12", True),
        ("Who won the fair last week?", "A cook won the fair.", "2025-10-12", True),
        ("Who has won the fair since 2019?", "A cook won the fair.", "2018-10-12", False),
        ("Who won the fair now?", "A cook won the fair.", "2018-10-12", False),  # "old" says it better
        ("Who won the fair?", "A cook won the fair.", "2018-10-12", False),
    ],
)
def test_a_time_that_is_named_should_be_the_article_s_or_stand_in_the_quote(
    question: str, text: str, published: str, other: bool
) -> None:
    assert of_another_time(question, text, datetime.fromisoformat(published).replace(tzinfo=UTC), NOW) is other
