"""What was asked, what it was answered and whether that helped: in SQLite, for the buttons beneath an answer and for
the people who look after the articles. Methods block for a moment: call them off the event loop.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from pydantic import TypeAdapter

from bot.readers import Reader
from bot.state import State
from index.models import NO_FILTERS, Answer, Filters

KEPT_SECONDS = 90 * 24 * 3600
"""How long a question is kept; for as long its buttons work."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the answer that was shown: its quotes are those the reader saw, in that order.

    `claim` is true when it was not asked but claimed by somebody, and sources were wanted. `unanswered` are those of
    several questions in one message that the answer leaves open.
    """

    answer: Answer
    at: datetime
    asker_id: int = 0
    scope: Filters = NO_FILTERS
    claim: bool = False
    unanswered: tuple[str, ...] = ()


class Questions:
    """The stored questions. Methods raise sqlite3.Error when the file cannot be used."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, asked: Asked, reader: Reader) -> int:
        """Stores a question and forgets those that are too old. Returns its id."""
        now = time.time()
        answer = asked.answer
        with self._state.database() as db:
            oldest = now - KEPT_SECONDS
            db.execute("DELETE FROM feedback WHERE question_id IN (SELECT id FROM questions WHERE at < ?)", (oldest,))
            db.execute("DELETE FROM questions WHERE at < ?", (oldest,))
            cursor = db.execute(
                "INSERT INTO questions (at, question, claim, answerable, confidence, asker_id, channel_id, guild_id,"
                " scope, answer, unanswered) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    asked.at.timestamp(),
                    answer.question,
                    asked.claim,
                    answer.answerable,
                    answer.confidence,
                    asked.asker_id,
                    reader.channel_id,
                    reader.guild_id,
                    _filters().dump_json(asked.scope).decode(),
                    _answers().dump_json(answer).decode(),
                    json.dumps(asked.unanswered, ensure_ascii=False),
                ),
            )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def get(self, question_id: int) -> Asked | None:
        """A stored question, or None once it was forgotten."""
        with self._state.database() as db:
            row = db.execute(
                "SELECT answer, at, asker_id, scope, claim, unanswered FROM questions WHERE id = ?", (question_id,)
            ).fetchone()
        if row is None:
            return None
        answer, at, asker_id, scope, claim, unanswered = row
        return Asked(
            _answers().validate_json(answer),
            datetime.fromtimestamp(at, UTC),
            asker_id,
            _filters().validate_json(scope),
            bool(claim),
            tuple(json.loads(unanswered)),
        )

    def vote(self, question_id: int, user_id: int, helpful: bool) -> tuple[int, int] | None:
        """Stores whether the answer helped this person, replacing what they said before.

        Returns how many found it helpful and how many did not; None when the question was forgotten.
        """
        with self._state.database() as db:
            stored = db.execute(
                "INSERT OR REPLACE INTO feedback (question_id, user_id, helpful, at)"
                " SELECT id, ?, ?, ? FROM questions WHERE id = ?",
                (user_id, helpful, time.time(), question_id),
            )
            if not stored.rowcount:
                return None
            counted = db.execute(
                "SELECT count(*) FILTER (WHERE helpful), count(*) FILTER (WHERE NOT helpful)"
                " FROM feedback WHERE question_id = ?",
                (question_id,),
            )
            helped, not_helped = counted.fetchone()
        return helped, not_helped

    def mark_shared(self, question_id: int, shared: bool) -> bool:
        """Notes that the answer was, or after all was not, shared in its channel; False when that was so before."""
        with self._state.database() as db:
            changed = db.execute(
                "UPDATE questions SET shared = ? WHERE id = ? AND shared <> ?", (shared, question_id, shared)
            )
        return bool(changed.rowcount)


@cache
def _answers() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)


@cache
def _filters() -> TypeAdapter[Filters]:
    return TypeAdapter(Filters)
