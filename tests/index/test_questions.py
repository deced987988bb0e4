"""A question, read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from index.questions import MAX_CHARACTERS, read_question


@pytest.mark.parametrize("text", ["", "   ", "\n", "???", "What is it?"])
def test_a_question_without_content_has_no_terms_and_no_time(text: str) -> None:
    question = read_question(text)
    assert question.terms == ()
    assert question.period is None


def test_blanks_are_one_space_each() -> None:
    assert read_question("  who \n\n won\t? ").text == "who won ?"


def test_a_question_of_six_thousand_characters_is_cut() -> None:
    assert len(read_question("bridge " * 1000).text) == MAX_CHARACTERS == 2000


def test_broken_bytes_from_a_terminal_become_question_marks() -> None:
    assert read_question("the caf\udce9 fire").text == "the caf? fire"


def test_terms_are_the_words_that_are_indexed() -> None:
    assert read_question("When did the Bridges open?").terms == ("bridg", "open")


def test_asked_at_is_now_in_utc_unless_given_and_a_naive_one_is_utc() -> None:
    assert abs(read_question("?").asked_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert read_question("?", datetime(2016, 7, 15)).asked_at == datetime(2016, 7, 15, tzinfo=UTC)
    away = datetime(2016, 7, 15, tzinfo=timezone(timedelta(hours=-5)))
    assert read_question("?", away).asked_at == away


def test_the_period_is_seen_from_when_it_was_asked() -> None:
    found = read_question("What happened yesterday?", datetime(2016, 7, 15, tzinfo=UTC)).period
    assert found is not None
    assert found.start == date(2016, 7, 14)


@pytest.mark.parametrize(
    ("text", "expects"),
    [
        ("Who won?", "person"),
        ("whose boat sank", "person"),
        ("Which minister resigned?", "person"),
        ("When did it open?", "time"),
        ("What year did it open?", "time"),
        ("In which century was it built?", "time"),
        ("How many people came?", "number"),
        ("How much did it cost?", "number"),
        ("What percentage voted?", "number"),
        ("Where is the bridge?", "place"),
        ("Which town floods most?", "place"),
        ("What is the bridge made of?", ""),
        ("Tell me about the bridge", ""),
        ("Whatever. A whosit.", ""),
    ],
)
def test_the_kind_of_answer_expected(text: str, expects: str) -> None:
    assert read_question(text).expects == expects


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Who is Ines Valdry?", {"ine", "valdri"}),
        ("What did Quill’s Bakery lose in 2019?", {"quill", "bakeri", "2019"}),
        ("Did 1,200 people come?", {"1200"}),
        ("When did the bridge open?", set()),
        ("who is ines valdry", set()),  # nothing tells
    ],
)
def test_names_are_capitalised_words_within_and_whatever_begins_with_a_digit(text: str, names: set[str]) -> None:
    assert read_question(text).names == names


@pytest.mark.parametrize(
    "text",
    [
        "Why did the ferry stop?",
        "how come the fair moved",
        "How does the sluice work?",
        "what is the difference between ebb and flood",
        "What does slack water mean?",
        "what caused the fire in 1957",
    ],
)
def test_some_questions_want_an_explanation(text: str) -> None:
    assert read_question(text).explains


@pytest.mark.parametrize(
    "text", ["Who won?", "How many came?", "when did work begin", "How old is she?", "ferry times"]
)
def test_others_want_a_fact(text: str) -> None:
    assert not read_question(text).explains
