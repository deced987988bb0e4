"""What kind of thing was asked."""

from __future__ import annotations

import pytest

from bot.intake import Wordless, greeting, looks_foreign, looks_like_question, remark, small_talk, spoken, wordless

TITLES = ("Council backs the bridge", "The ferry’s last day", "A fire at the bakery")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("```py\nprint('who?')\n```", Wordless.CODE),
        ("`x = 1`  `y`", Wordless.CODE),
        ("```\nnever closed", Wordless.CODE),
        ("🎉🎉", Wordless.SYMBOLS),
        ("<:bridge:123456> <a:wave:42>", Wordless.SYMBOLS),
        (":thumbsup:", Wordless.SYMBOLS),
        ("???", Wordless.SYMBOLS),
        ("https://gazette.example/2023/05/bridge", Wordless.SYMBOLS),
        ("is https://gazette.example true?", None),
        ("why ```x```", None),
        ("🌉 cost?", None),
        ("2019", None),
        ("橋?", None),
        ("at 10:30:15", None),
    ],
)
def test_a_text_without_a_word_is_told_from_a_question(text: str, kind: Wordless | None) -> None:
    assert wordless(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "Bridge cost?",
        "when did it open",
        "Is it true",
        "¿cuándo abrió el puente",
        "Wie teuer war die Brücke",
        "橋はいつ開通しましたか？",
        "did biden sign it",
        "can readers borrow seeds",
        "would a toll be charged",
        *("Tell me about the bridge", "Explain the ferry cuts", "I'd like to know who built the bridge"),
        *("anyone know when the ferry runs", "And when does the ferry run", "so who paid for it", "and is it open yet"),
        *("please describe the new harbour", "which is the oldest bridge", "which bridge is older", "when it opened"),
        *("Ist die Brücke offen", "Ist das Museum offen", "Und wann fährt die Fähre", "Erzähl mir von der Brücke"),
        *("Ich wüsste gern, wer sie gebaut hat", "Weiß jemand, wann die Fähre fährt", "Gibt es eine Fähre"),
        *("Cuéntame del puente", "me gustaría saber quién lo pagó", "y cuándo abre el puente", "alguien sabe dónde"),
    ],
)
def test_a_question_is_known_by_its_mark_or_its_first_word(text: str) -> None:
    assert looks_like_question(text)


@pytest.mark.parametrize(
    "text",
    [
        *("thanks!", "I was there", "lol", "whoever", "", "???", "```is it?```"),
        *("lol https://example.org/watch?v=abc", "Will do, thanks", "Can confirm", "have a nice day", "Should be fine"),
        *("What a shame", "Which is nice", "which means we wait", "when I was young we had no bridge", "what he said"),
        *("so did the council", "and so they left", "and was really good", "tell me about it", "anyone there"),
        *("Was für ein Quatsch", "wie schade", "Was ich meine", "ist mir egal", "qué pena", "cuando era joven"),
    ],
)
def test_talk_is_no_question(text: str) -> None:
    assert not looks_like_question(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Thanks!", "thank you so much", "ok cool", "Vielen Dank", "gracias", "lol", "great, thanks 😀", "never mind"),
        *("Thanks for the help!", "OK, got it. Thanks!!!", "Will do, thanks", "good bot"),
        *("makes sense", "Fair enough!", "didn’t know that", "perfect, exactly what I needed", "Good to know, thanks"),
        *("macht Sinn", "no lo sabía"),
    ],
)
def test_a_word_of_thanks_is_small_talk(text: str) -> None:
    assert small_talk(text)


@pytest.mark.parametrize(
    "text",
    [
        *("thanks, and when?", "Thanksgiving", "great fire of the bakery in Larkmoor town", "", "Great Barrier Reef"),
        *(
            "Perfect storm victims",
            "OK Corral shootout",
            "nice attack 2016",
            "cool roofs cost",
            "the bridge",
            "nice 2016",
        ),
    ],
)
def test_what_only_begins_like_thanks_is_not(text: str) -> None:
    assert not small_talk(text)


@pytest.mark.parametrize(
    "question",
    [
        "Wann wurde die Brücke eröffnet?",
        "¿Cuánto costó el puente?",
        "Quand est le vote ?",
        "Когда открыли мост?",
        "橋はいつ?",
    ],
)
def test_a_question_in_another_language_than_the_articles_is_noticed(question: str) -> None:
    assert looks_foreign(question, TITLES)


@pytest.mark.parametrize(
    "question", ["When did the bridge open?", "Where was Angela Merkel?", "El Niño effects", "bridge cost", "2019?", ""]
)
def test_an_english_question_is_not_foreign(question: str) -> None:
    assert not looks_foreign(question, TITLES)


@pytest.mark.parametrize("titles", [(), ("Der Rat stimmt für die Brücke", "Das Ende der Fähre"), ("橋が開通",)])
def test_nothing_is_said_of_articles_that_may_not_be_english(titles: tuple[str, ...]) -> None:
    assert not looks_foreign("Wann wurde die Brücke eröffnet?", titles)


@pytest.mark.parametrize(
    ("question", "foreign"),
    [
        ("Wer gewann die Fußballweltmeisterschaft?", True),
        ("Brücke Kosten", True),
        ("Where was the café?", False),
        ("bridge cost", False),
    ],
)
def test_a_reader_of_another_language_is_taken_at_one_word(question: str, foreign: bool) -> None:
    assert looks_foreign(question, TITLES, "de") is foreign


@pytest.mark.parametrize("text", ["hi", "Hello!", "Guten Tag", "¡Hola!", "who are you?", "Was kannst du?", "help"])
def test_a_greeting_asks_for_help(text: str) -> None:
    assert greeting(text)


@pytest.mark.parametrize(
    "text", ["hi, when did it open?", "Who are your councillors?", "help for flood victims", "", "?"]
)
def test_a_question_that_begins_like_a_greeting_is_none(text: str) -> None:
    assert not greeting(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("@everyone <@!42> when did it open?", "when did it open?"),
        ("<@&7> <#8> why?", "why?"),
        ("||who won?||", "who won?"),
        ("mail a@example.org, a|b, <t:1:D>", "mail a@example.org, a|b, <t:1:D>"),
        ("<@42>", ""),
    ],
)
def test_whom_a_question_mentions_is_no_part_of_it(text: str, said: str) -> None:
    assert spoken(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "I don’t believe it",
        "that's wrong!",
        "Interesting.",
        "No.",
        "Ja, genau",
        "it is true",
        "makes sense to me",
        "fair enough then",
        "didn't know that one",
        "perfect, exactly what I needed",
        "that's what I meant",
        "great, just what I was looking for",
    ],
)
def test_what_is_said_about_an_answer_is_a_remark(text: str) -> None:
    assert remark(text)


@pytest.mark.parametrize(
    "text",
    [
        "I’d like the cost",
        "no, when did it open",
        "that one?",
        "bridge cost",
        "I want sources",
        "Ich möchte mehr",
        "",
        "Same for Turkey",
        "No, I meant the old bridge",
        "great fire of the bakery",
        "perfect, and the ferry",
        "Nein, ich meinte die Fähre",
    ],
)
def test_what_wants_something_is_none(text: str) -> None:
    assert not remark(text)
