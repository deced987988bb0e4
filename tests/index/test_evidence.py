"""How well a passage fits a question, by its words."""

from __future__ import annotations

import numpy as np
import pytest

from index.evidence import Reading, fits, foretold, prose, read_passage
from index.models import Passage
from index.questions import read_question

TEXT = "The recipe fair drew 400 people. Ines Valdry won it."
PASSAGE = Passage("a", 0, 0, len(TEXT), TEXT, ((0, 32), (33, len(TEXT))))


def read(question: str, published: str = "03 May 2026") -> Reading:
    asked = read_question(question)
    return read_passage(asked, PASSAGE, "Fair results", published, np.zeros(2), dict.fromkeys(asked.terms, 1.0))


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("Did Ines Valdry win?", 1.0),
        ("Did Ines Askew win?", 0.5),
        ("Who won in 2026?", 1.0),  # the year of the article counts
        ("Who won in 2019?", 0.0),
        ("Did 400 people come?", 1.0),
        ("Who won the recipe fair?", 0.5),  # neither for nor against
    ],
)
def test_names_and_numbers_of_the_question_should_be_there(question: str, share: float) -> None:
    assert read(question).named == pytest.approx(share)


def test_an_undated_article_has_no_year() -> None:
    assert read("Who won in 2026?", published="").named == 0.0


def test_coverage_is_the_share_of_all_words_the_title_s_included() -> None:
    assert read("Who won the recipe contest results?").coverage == pytest.approx(0.75)


def test_focus_is_on_one_sentence_with_half_of_the_words_beside_it() -> None:
    assert read("Who won the recipe fair?").focus == pytest.approx([(1 + 1 + 0.5) / 3, (1 + 1 + 0.5) / 3])


@pytest.mark.parametrize(
    ("sentence", "fit"),
    [
        ("Some 1,200 visited.", 1.0),
        ("In all 120,612 people came.", 1.0),
        ("Two thousand came.", 1.0),
        ("They visited in 2016.", 0.0),
        ("Many visited.", 0.0),
    ],
)
def test_a_number_is_another_one_than_the_question_s_own(sentence: str, fit: float) -> None:
    assert fits(read_question("How many people visited in 2016?"), sentence) == fit


@pytest.mark.parametrize(
    ("question", "sentence", "plan"),
    [
        ("When did it open?", "It opened on 20 May 2023.", 0.0),
        ("When did it open?", "It will not open before April 2023.", 1.0),
        ("When was it opened?", "It is expected to open in 2020.", 1.0),
        ("When will it open?", "It will not open before April 2023.", 0.0),
        ("What did he become?", "He would later become king.", 0.0),
    ],
)
def test_a_plan_is_no_answer_to_what_has_happened(question: str, sentence: str, plan: float) -> None:
    assert foretold(read_question(question), sentence) == plan


FAQ = "When does the bridge open? At six. Who pays? Nobody does."
SPANS = ((0, 26), (27, 34), (35, 44), (45, 57))


def test_a_question_is_no_answer() -> None:
    asked = read_question("When does the bridge open?")
    passage = Passage("a", 0, 0, len(FAQ), FAQ, SPANS)
    cosines = np.array([0.95, 0.2, 0.1, 0.1])
    reading = read_passage(asked, passage, "", "", cosines, dict.fromkeys(asked.terms, 1.0))
    assert reading.asking.tolist() == [1, 0, 1, 0]
    assert reading.best == 1


@pytest.mark.parametrize(
    "text",
    [
        TEXT + " She had been baking since the morning, and her bread was gone by noon.",
        "„Der Damm hält“, sagte sie – „aber wie lange noch?“ und ging nach Hause.",
        "the ferry ( built in 1951 ) `` will sail again '' , it says , when the quay is dry .",
        "大坝坚持住了，她说。",
    ],
)
def test_running_text_is_prose(text: str) -> None:
    assert prose(text) == 1.0


@pytest.mark.parametrize(
    "text",
    [
        'Released June 4, 1980 (US) Format 7" Recorded March 1980 Length 2:44 Label Quay Records Songwriter(s) Ann Lee',
        "WCBL 99.1 Grand Rivers WSON 860 Henderson WFMW 730 Madisonville WYMC 1430 Mayfield",
        "Valdry, I. (2016). Tides. Lee, A. (2019). Harbour Law. Askew, B. (1987). Ferries, p. 12.",
    ],
)
def test_tables_lists_and_references_are_little_of_it(text: str) -> None:
    assert prose(text) < 0.5


@pytest.mark.parametrize("text", ["", " \n", "— § —"])
def test_text_without_words_is_none(text: str) -> None:
    assert prose(text) == 0.0
