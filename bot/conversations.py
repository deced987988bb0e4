"""Which reply of the bot answers which message, so that a later message, edit or deletion finds it. Kept in SQLite."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass

from bot.state import State

EDITABLE_SECONDS = 24 * 3600
"""For so long an edited or deleted question takes its reply along."""
KEPT_SECONDS = 7 * 24 * 3600
"""For so long a question can be followed up."""
_COLUMNS = "reply_id, channel_id, asker_id, question_id, asked, understood, articles, people, previous_id"


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and the bot's reply to it.

    `question_id` is the reader's message, None for a command. `understood` is the question with what it left out,
    empty when the reply was no answer. `people` are those whom the best quote named.
    `previous_id` is the reply that it followed up.
    """

    reply_id: int
    channel_id: int
    asker_id: int
    question_id: int | None
    asked: str
    understood: str
    articles: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    previous_id: int | None = None


class Conversations:
    """The turns of the last seven days. Methods block for a moment: call them off the event loop."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, turn: Turn) -> None:
        """Stores a turn, replacing the one of the same reply; forgets those older than seven days."""
        now = time.time()
        self._state.write("DELETE FROM turns WHERE at < ?", now - KEPT_SECONDS)
        self._state.write(
            f"INSERT INTO turns ({_COLUMNS}, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (reply_id) DO UPDATE SET asked = excluded.asked, understood = excluded.understood, "
            # an edit extends nothing: its time stays that of the question
            "articles = excluded.articles, people = excluded.people",
            *(turn.reply_id, turn.channel_id, turn.asker_id, turn.question_id),
            *(turn.asked, turn.understood, json.dumps(turn.articles), json.dumps(turn.people), turn.previous_id, now),
        )

    def of_reply(self, reply_id: int) -> Turn | None:
        """The turn that a message of the bot belongs to."""
        return self._one("reply_id = ?", reply_id, KEPT_SECONDS)

    def of_question(self, question_id: int, within: float = EDITABLE_SECONDS) -> Turn | None:
        """The turn that a reader's message began, `within` so many seconds."""
        return self._one("question_id = ?", question_id, within)

    def latest(self, channel_id: int, within: float = KEPT_SECONDS) -> Turn | None:
        """The last turn in a channel that can be followed up, `within` so many seconds."""
        return self._one("understood != '' AND channel_id = ?", channel_id, within)

    def forget(self, reply_id: int) -> None:
        """Forgets the turn of a reply that is gone."""
        self._state.write("DELETE FROM turns WHERE reply_id = ?", reply_id)

    def _one(self, condition: str, value: int, within: float) -> Turn | None:
        rows = self._state.rows(
            f"SELECT {_COLUMNS} FROM turns WHERE {condition} AND at >= ? ORDER BY at DESC, reply_id DESC LIMIT 1",
            value,
            time.time() - within,
        )
        for *first, articles, people, previous_id in rows:
            reply_id, channel_id, asker_id, question_id, asked, understood = first
            lists = (tuple(json.loads(articles)), tuple(json.loads(people)))
            return Turn(reply_id, channel_id, asker_id, question_id, asked, understood, *lists, previous_id)
        return None
