"""Several questions in one message."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.replies import STRONG
from bot.several import parts, together
from index.models import Answer
from tests.bot.fakes import answer


@pytest.mark.parametrize(
    ("question", "pieces"),
    [
        ("What did the bridge cost and who opened it?", ("What did the bridge cost?", "who opened it?")),
        ("What did it cost? And who paid?", ("What did it cost?", "who paid?")),
        ("Who won, and how many votes did she get?", ("Who won?", "how many votes did she get?")),
        (
            "When did it open, and why so late, and who paid for it?",
            ("When did it open?", "why so late?", "who paid for it?"),
        ),
        ("is it open and what does it cost", ("is it open?", "what does it cost?")),
    ],
)
def test_questions_in_one_message_are_told_apart(question: str, pieces: tuple[str, ...]) -> None:
    assert parts(question) == pieces


@pytest.mark.parametrize(
    "question",
    [
        "",
        "?",
        "What did the bridge cost?",
        "How and why did it open?",
        "When and where was Ada Moss born?",
        "Who or what is the Maren Lys?",
        "Who is the mayor, who was elected in May?",
        "The bridge is open and when I crossed it was empty. What did it cost?",
        "Who built the bridge and the library?",
        "What is it? Who is it? Where is it? Why is it? How is it?",
        "Who won? Thanks!",
    ],
)
def test_one_question_stays_one(question: str) -> None:
    assert parts(question) == (question,)


def found(name: str, confidence: float) -> Answer:
    """An answer whose quote is marked at a place of its own."""
    plain = answer(name, confidence, quotes=1)
    quote = replace(plain.quotes[0], highlight_span=(len(name), len(name) + 1))
    return replace(plain, answerable=True, quotes=(quote,))


def test_each_question_gets_its_best_quote_and_the_least_sure_counts() -> None:
    one, two = found("who", 0.9), found("where", 0.6)
    joined = together("who and where?", [one, two])
    assert joined is not None
    assert joined.question == "who and where?"
    assert joined.confidence == 0.6
    assert [q.highlight_span for q in joined.quotes] == [(3, 4), (5, 6)]
    assert {q.score for q in joined.quotes} == {0.6}


def test_an_open_question_makes_it_partial() -> None:
    joined = together("who and where?", [found("who", 0.95), replace(answer("where", 0.1, quotes=0), answerable=False)])
    assert joined is not None
    assert joined.answerable
    assert joined.confidence < STRONG
    assert len(joined.quotes) == 1


def test_the_same_sentence_is_shown_once() -> None:
    joined = together("who, and who?", [found("who", 0.9), found("who", 0.8)])
    assert joined is not None
    assert len(joined.quotes) == 1


def test_nothing_answered_is_no_answer() -> None:
    assert together("who?", [replace(answer("who", 0.1, quotes=0), answerable=False)]) is None
