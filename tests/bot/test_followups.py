"""Questions that lean on the one before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.followups import asks_on, people_in, understand

BRIDGE = "How did the council vote on the Wendmouth Bridge?"


@pytest.mark.parametrize(
    ("previous", "question", "reading"),
    [
        (BRIDGE, "and who proposed it?", "who proposed the Wendmouth Bridge?"),
        ("how did larkmoor council vote on the bridge?", "who proposed it?", "who proposed the bridge?"),
        ("How did Greece vote on the bailout?", "what about Turkey?", "How did Turkey vote on the bailout?"),
        ("How did Greece vote on the bailout?", "And Turkey?", "How did Turkey vote on the bailout?"),
        ("How did Greece vote in 2015?", "and in 2017?", "How did Greece vote in 2017?"),
        ("How did Greece vote?", "and in 2017?", "How did Greece vote in 2017?"),
        ("What did the bridge cost?", "what about the ferry?", "What did the ferry cost?"),
        ("What did the bridge cost?", "how about ferry", "What did ferry cost?"),
        ("when did the ferry stop running?", "who captained it last?", "who captained the ferry last?"),
        ("was the ferry service running?", "who captained it?", "who captained the ferry service?"),
        (BRIDGE, "why?", "why did the council vote on the Wendmouth Bridge?"),
        (BRIDGE, "Since when?", "Since when did the council vote on the Wendmouth Bridge?"),
        ("Did the council vote on the bridge?", "when?", "when (the council, the bridge)"),
        ("Who is the mayor of Wendmouth?", "when was she elected?", "when was the mayor elected?"),
        ("Who is Ada Moss?", "what is her party?", "what is Ada Moss’s party?"),
        (BRIDGE, "who paid?", "who paid (the council, the Wendmouth Bridge)"),
        (BRIDGE, "who opposed that?", "who opposed the Wendmouth Bridge?"),
        ("Wie war das mit Obama?", "und Kerry?", "Wie war das mit Kerry?"),
        ("Wann wurde die Brücke eröffnet?", "und die Fähre?", "Wann wurde die Fähre eröffnet?"),
        ("Was hat die Brücke gekostet?", "und der Tunnel?", "Was hat der Tunnel gekostet?"),
        ("¿Cuánto costó el puente?", "¿y la barca?", "¿Cuánto costó la barca?"),
        ("¿Qué dijo Obama?", "¿y Kerry?", "¿Qué dijo Kerry?"),
        (BRIDGE, "and?", BRIDGE),
        ("How did Greece vote on the bailout?", "Same for Turkey", "How did Turkey vote on the bailout?"),
        ("What did the bridge cost?", "No, I meant the old bridge", "What did the old bridge cost?"),
        ("What did the bridge cost?", "no, I meant when did it open", "when did the bridge open"),
        ("¿Qué dijo Obama?", "lo mismo para Kerry", "¿Qué dijo Kerry?"),
        ("What did John Kerry say in Moscow?", "who did he meet?", "who did John Kerry meet?"),
        ("Who lives at Lake Como?", "who owns it?", "who owns Lake Como?"),
        ("Wann wurde die Brücke eröffnet?", "und warum?", "warum wurde die Brücke eröffnet?"),
        ("Was hat die Brücke gekostet?", "Und warum?", "warum (Brücke)"),
        ("Wann wurde die Brücke eröffnet?", "wer zahlte?", "wer zahlte (Brücke)"),
        ("¿Cuánto costó el puente?", "¿y por qué?", "por qué costó el puente?"),
        ("¿Cuánto costó el puente?", "y cuando", "cuando costó el puente?"),
    ],
)
def test_a_follow_up_is_read_with_what_the_question_before_was_about(
    previous: str, question: str, reading: str
) -> None:
    meant = understand(question, previous)
    assert meant
    assert reading in meant.readings[:2]
    assert meant.sure


@pytest.mark.parametrize(
    "question",
    [
        "How much did the Rhine ferry cost?",
        "Is there a swimming pool in Larkmoor?",
        "Who is Obama?",
        "thanks",
        "?",
        "",
        "🙂",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(question: str) -> None:
    assert understand(question, BRIDGE) is None


@pytest.mark.parametrize("question", ["Who is the mayor?", "And who is the mayor?", "where is a bakery?"])
def test_a_question_that_names_what_it_is_about_may_stand_alone(question: str) -> None:
    meant = understand(question, "How much did the Wendmouth Bridge cost?")
    assert meant is None or not meant.sure


@pytest.mark.parametrize(
    ("previous", "question", "reading"),
    [
        ("Wann wurde die Wendmouth-Brücke eröffnet?", "und wer hat sie gebaut?", "wer hat sie gebaut"),
        ("Wann wurde die Wendmouth-Brücke eröffnet?", "und was hat sie gekostet?", "was hat sie gekostet"),
        ("Was kostete die Wendmouth-Brücke?", "Aber wieso so viel?", "wieso so viel"),
        ("¿Cuánto costó el puente de Wendmouth?", "¿y quién lo pagó?", "quién lo pagó"),
        ("¿Cuánto costó el puente de Wendmouth?", "¿Y cuándo abrió?", "cuándo abrió"),
    ],
)
def test_a_question_word_in_german_or_spanish_asks_and_is_no_name(previous: str, question: str, reading: str) -> None:
    meant = understand(question, previous)
    assert meant
    assert [text.partition(" (")[0] for text in meant.readings] == [reading]
    assert "Wendmouth" in meant.readings[0]
    assert not any(word in meant.readings[0] for word in ("Wann", "Was", "Cuánto"))


def test_a_person_may_be_one_whom_the_quote_named() -> None:
    meant = understand("how many votes did she get?", "who won the mayoral election?", ("Ms Pell", "Mr Castellane"))
    assert meant
    assert meant.readings == ("how many votes did Ms Pell get?", "how many votes did Mr Castellane get?")


@pytest.mark.parametrize(
    ("sentence", "people"),
    [
        ("Ms Pell’s Harbour List won five, Mr Castellane’s Civic Union four.", ("Ms Pell", "Mr Castellane")),
        ("Hob Sillitoe was the last master of the ferry.", ("Hob Sillitoe",)),
        ("The Wendmouth Bridge opened on Tuesday.", ()),
        ("", ()),
    ],
)
def test_the_people_in_a_quote_are_known_by_a_title_or_two_names(sentence: str, people: tuple[str, ...]) -> None:
    assert people_in(sentence)[: len(people) or None] == people


def test_without_a_question_before_nothing_is_read_into_one() -> None:
    assert understand("and who proposed it?", "") is None


def test_a_pronoun_with_its_noun_in_the_same_question_is_no_sure_sign() -> None:
    meant = understand("When did the bridge open and what did it cost?", "Who is the mayor?")
    assert meant
    assert not meant.sure


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_can_be_read(question: str, previous: str) -> None:
    meant = understand(question, previous)
    assert meant is None or 1 <= len(meant.readings) <= 4


@pytest.mark.parametrize(
    "text",
    [
        "and the ferry",
        "and who proposed it",
        "also when",
        "y el puente",
        "and what about her",
        "und was kostet sie",
        "und wer hat das alles bezahlt",
        "y quién lo pagó",
        "same for Turkey",
    ],
)
def test_a_few_words_more_ask_on(text: str) -> None:
    assert asks_on(text)


@pytest.mark.parametrize(
    "text",
    [
        "and I was there",
        "and it was wet",
        "and",
        "the ferry",
        "and so they all went home late",
        "and that",
        "",
        "I meant it",
        "no, I meant that",
    ],
)
def test_what_tells_something_asks_nothing(text: str) -> None:
    assert not asks_on(text)
