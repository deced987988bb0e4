"""A misspelt word finds the one that was meant, and a word that is merely unknown finds nothing."""

from __future__ import annotations

import pytest

from index.spelling import by_first_letter, nearest

WORDS = {"wendmouth": 9, "larkmoor": 40, "valdri": 3, "pell": 5, "ferri": 7, "bridg": 12, "stannard": 2, "stannerd": 8}
VOCABULARY = by_first_letter(WORDS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wendmoth", "wendmouth"),  # a letter missing
        ("larkmooor", "larkmoor"),  # one too many
        ("larmkoor", "larkmoor"),  # two swapped
        ("wendmuoht", "wendmouth"),  # two slips in a long word
        ("stannird", "stannerd"),  # two words equally near: the frequent one
    ],
)
def test_a_slip_of_the_pen_is_forgiven(typed: str, meant: str) -> None:
    assert nearest(typed, VOCABULARY, WORDS.__getitem__) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "pel",  # too short: it could be anything
        "lurkmore",  # two slips in a word of eight letters
        "parkmoor",  # another first letter is another word
        "bristol",
        "2019",
        "",
    ],
)
def test_an_unknown_word_stays_unknown(typed: str) -> None:
    assert nearest(typed, VOCABULARY, WORDS.__getitem__) is None


def test_an_index_without_words_has_no_lookalikes() -> None:
    assert nearest("wendmouth", by_first_letter([""]), lambda word: 1) is None
