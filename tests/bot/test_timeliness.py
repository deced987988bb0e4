"""Old evidence for a question about now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.timeliness import outdated

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
