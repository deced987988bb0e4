"""What counts as a word, for indexing and asking alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import STOPWORDS, fold, stem, terms, words


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "?!…—", "🎉", "_ __"])
def test_text_without_a_word_has_no_terms(text: str) -> None:
    assert terms(text) == []


def test_text_of_function_words_only_has_no_terms() -> None:
    assert terms("What is it, and why are they so?") == []
    assert list(words("It's they’re")) == ["it", "theyre"]


@given(st.text())
def test_any_text_has_terms_that_are_words(text: str) -> None:
    assert all(term and not term.isspace() for term in terms(text))


@pytest.mark.parametrize("lone", ["ﾞ", "ﾟ"])  # letters to Python, but all of them accents once decomposed
def test_a_lone_voicing_mark_is_a_word_and_not_a_crash(lone: str) -> None:
    assert len(terms(lone)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bridge", "BRIDGES"),
        ("opened", "opening"),
        ("café", "cafe"),
        ("Zoë’s", "zoe"),
        ("council's", "Council"),
        ("1,200", "1200"),
        ("U.S.", "US"),
        ("ﬁre", "fire"),
        ("straße", "STRASSE"),
        ("O'Neill", "O’Neill"),
        ("Ｔｏｋｙｏ", "tokyo"),
        ("Mu\u0308nchen", "München"),
        ("Foot\u00adnote", "Foot\u200bnote"),
    ],
)
def test_spellings_of_one_word_share_a_term(one: str, other: str) -> None:
    assert terms(one) == terms(other) != []


@pytest.mark.parametrize(("one", "other"), [("3.5", "35"), ("2016", "2017"), ("bridge", "ferry"), ("1.2", "1.20")])
def test_different_words_and_numbers_stay_apart(one: str, other: str) -> None:
    assert terms(one) != terms(other)


def test_terms_keep_order_and_repeats() -> None:
    assert terms("The ferry left; the FERRY returned, 7 ferries.") == ["ferri", "left", "ferri", "return", "7", "ferri"]


def test_words_keep_what_terms_drop() -> None:
    assert list(words("Who is the mayor?")) == ["who", "is", "the", "mayor"]


def test_a_word_with_a_digit_is_its_own_stem() -> None:
    assert [stem("covid19s"), stem("747s")] == ["covid19s", "747s"]


@given(st.text(st.characters(categories=["L", "M", "N"]), min_size=1, max_size=6))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    for word in words(text):
        assert fold(word) == word


def test_stopwords_are_written_as_they_are_looked_up() -> None:
    assert all(fold(word) == word for word in STOPWORDS)
