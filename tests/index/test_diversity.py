"""Which candidates stand together in an answer."""

from __future__ import annotations

import numpy as np
import pytest

from index.diversity import cover, diversify
from index.evidence import Evidence, Reading
from index.models import Citation, Passage
from index.retrieval import Candidate

NOTHING = Evidence(**dict.fromkeys(("dense", "lexical", "article", "sentence", "coverage", "focus"), 0.0),
                   expected=0.0, named=0.0, foretold=0.0, asking=0.0, opening=0.0, lead=0.0, time=0.0)  # fmt: skip


def candidate(row: int, article: int, score: float, held: str = "", text: str = "") -> Candidate:
    text = text or f"Text {row}."
    passage = Passage(f"a{article}", row, 0, len(text), text, ((0, len(text)),))
    citation = Citation(f"a{article}", f"Title {article}", f"a{article}.md")
    zeros = np.zeros(1)
    reading = Reading(zeros, zeros, zeros, zeros, zeros, frozenset(held.split()), 0.0, 0.0, zeros)
    return Candidate(row, article, passage, citation, reading, NOTHING, score)


def rows(candidates: list[Candidate]) -> list[int]:
    return [c.row for c in candidates]


def test_of_passages_hardly_better_or_worse_another_articles_comes_first() -> None:
    found = [candidate(0, 0, 9.0), candidate(1, 0, 8.4), candidate(2, 1, 8.2), candidate(3, 1, 8.1), candidate(4, 2, 8)]
    assert rows(diversify(found, 5)) == [0, 2, 4, 1, 3]


def test_a_clearly_better_passage_of_the_same_article_keeps_its_place() -> None:
    found = [candidate(0, 0, 9), candidate(1, 0, 8), candidate(2, 1, 5), candidate(3, 2, 4)]
    assert rows(diversify(found, 3)) == [0, 1, 2]


def test_the_same_text_is_shown_once_however_it_is_spaced() -> None:
    found = [candidate(0, 0, 9, text="It  opened."), candidate(1, 1, 8, text="It opened."), candidate(2, 2, 7)]
    assert rows(diversify(found, 3)) == [0, 2]


AGENCY = "The council voted by nine to four on Monday to close the ferry for good once the new bridge is open in May."


def test_an_agency_text_in_two_papers_is_shown_once() -> None:
    found = [candidate(0, 0, 9, text=AGENCY), candidate(1, 1, 8, text=f"(Agency) {AGENCY}"), candidate(2, 2, 7)]
    assert rows(diversify(found, 3)) == [0, 2]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Northam beat Southam by 3 to 1 in front of a crowd.", "Northam beat Southam by 2 to 1 in front of a crowd."),
        ("It rained on Monday.", "The mayor resigned on Monday."),
    ],
)
def test_like_texts_with_other_facts_are_both_shown(first: str, second: str) -> None:
    assert rows(diversify([candidate(0, 0, 9, text=first), candidate(1, 1, 8, text=second)], 2)) == [0, 1]


def test_like_texts_about_another_of_the_questions_words_are_both_shown() -> None:
    found = [
        candidate(0, 0, 9, "northam", "Northam is a small town on the river with a market on Tuesdays."),
        candidate(1, 1, 8, "southam", "Southam is a small town on the river with a market on Tuesdays."),
    ]
    assert rows(diversify(found, 2)) == [0, 1]


def test_what_nothing_else_has_covered_comes_before_more_of_the_same() -> None:
    found = [
        candidate(0, 0, 9.0, "bridge cost harbour"),
        candidate(1, 1, 8.9, "bridge cost"),
        candidate(2, 2, 8.0, "mayor resigned"),
    ]
    assert rows(cover(found, lambda term: 1.0, 3)) == [0, 2, 1]


def test_common_words_are_hardly_worth_covering() -> None:
    found = [candidate(0, 0, 9.0, "bridge"), candidate(1, 1, 8.9, "bridge"), candidate(2, 2, 8.0, "report")]
    assert rows(cover(found, {"bridge": 5.0, "report": 0.1}.__getitem__, 3)) == [0, 1, 2]


def test_covering_keeps_to_different_articles_first() -> None:
    found = [candidate(0, 0, 9.0, "bridge"), candidate(1, 0, 8.9, "mayor"), candidate(2, 1, 1.0, "")]
    assert rows(cover(found, lambda term: 1.0, 3)) == [0, 2, 1]


@pytest.mark.parametrize("k", [0, 1, 2, 3, 9])
def test_a_shorter_answer_is_the_beginning_of_a_longer_one(k: int) -> None:
    found = [candidate(i, i % 3, 9 - i, "abc"[i % 3]) for i in range(6)]
    assert rows(cover(found, lambda term: 1.0, k)) == rows(cover(found, lambda term: 1.0, 6))[:k]
    assert rows(diversify(found, k)) == rows(diversify(found, 6))[:k]


def test_nothing_covers_nothing() -> None:
    assert cover([], lambda term: 1.0, 3) == diversify([], 3) == []
