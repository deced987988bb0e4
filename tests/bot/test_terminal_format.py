"""Replies in a terminal."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from rich.console import Console

from bot import terminal_format
from bot.messages import TERMINAL_ENGLISH
from bot.replies import answer_reply
from tests.bot.fakes import answer


def test_old_evidence_for_a_question_about_now_is_told_with_its_date() -> None:
    output = Console(file=io.StringIO(), width=200)
    found = answer("Who is the mayor now?")
    reply = answer_reply(found, found.quotes, TERMINAL_ENGLISH, asked_at=datetime(2026, 11, 23, tzinfo=UTC))
    terminal_format.show(output, reply)
    assert isinstance(output.file, io.StringIO)
    first = output.file.getvalue().splitlines()[0]
    assert first == "Strong match · You asked about now, but the best quote is from 15 March 2017"
