"""What was asked, kept for a while."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.questions import KEPT_SECONDS, Asked, Questions
from bot.readers import Reader
from bot.state import State
from index.models import Filters
from tests.bot.fakes import BRIDGE, answer

NOW = datetime.now(UTC)
ALICE = Reader(user_id=2**62, channel_id=5, guild_id=6)
SCOPE = Filters(collections=("town",), after=date(2020, 1, 2), article_ids=(BRIDGE.id,))


@pytest.fixture
def questions(state: State) -> Questions:
    """An empty store."""
    return Questions(state)


@pytest.mark.parametrize("quotes", [0, 1, 3])
def test_a_question_is_there_after_a_restart_with_all_that_was_answered(tmp_path: Path, quotes: int) -> None:
    asked = Asked(answer(quotes=quotes), NOW, ALICE.user_id, SCOPE, claim=True, unanswered=("Who „else“?",))
    first = State.open(tmp_path / "bot.sqlite3")
    known = Questions(first).add(asked, ALICE)
    first.close()
    second = State.open(tmp_path / "bot.sqlite3")
    assert Questions(second).get(known) == asked
    second.close()


def test_the_unknown_is_none_and_nobody_can_vote_on_it(questions: Questions, state: State) -> None:
    assert questions.get(7) is None
    assert questions.vote(7, 1, True) is None
    assert not questions.mark_shared(7, True)
    with state.database() as db:
        assert db.execute("SELECT count(*) FROM feedback").fetchone() == (0,)


def test_the_last_vote_of_each_person_counts(questions: Questions) -> None:
    known = questions.add(Asked(answer(), NOW), ALICE)
    other = questions.add(Asked(answer(), NOW), ALICE)
    questions.vote(other, 1, True)
    assert questions.vote(known, 1, True) == (1, 0)
    assert questions.vote(known, 1, True) == (1, 0)
    assert questions.vote(known, 2, True) == (2, 0)
    assert questions.vote(known, 1, False) == (1, 1)


def test_an_answer_is_shared_once(questions: Questions) -> None:
    known = questions.add(Asked(answer(), NOW), ALICE)
    assert questions.mark_shared(known, True)
    assert not questions.mark_shared(known, True)
    assert questions.mark_shared(known, False)
    assert questions.mark_shared(known, True)


def test_old_questions_and_their_votes_are_forgotten(
    questions: Questions, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = questions.add(Asked(answer(), NOW), ALICE)
    questions.vote(old, 1, True)
    later = time.time() + KEPT_SECONDS + 1
    monkeypatch.setattr(time, "time", lambda: later)
    new = questions.add(Asked(answer(), datetime.fromtimestamp(later, UTC)), ALICE)
    assert questions.get(old) is None
    assert questions.get(new) is not None
    assert new > old
    with state.database() as db:
        assert db.execute("SELECT count(*) FROM feedback").fetchone() == (0,)


def test_what_was_not_found_can_be_listed_with_sql(questions: Questions, state: State) -> None:
    questions.add(Asked(answer("Why?", 0.1, quotes=0), NOW, 3), ALICE)
    questions.add(Asked(answer("How?"), NOW, 3), ALICE)
    with state.database() as db:
        found = db.execute("SELECT question, confidence, channel_id FROM questions WHERE NOT answerable").fetchall()
    assert found == [("Why?", 0.1, 5)]
