"""Passages: whole sentences, the right size, exactly where they say they are."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.boilerplate import own_blocks
from index.chunking import chunk, count_words
from index.models import Article, Block, Passage
from index.reading import layout


def article(text: str) -> Article:
    return Article("a1", "Bridge to close", text, "a.txt", blocks=layout.blocks(layout.split_lines(text)))


def sentence(number: int, words: int = 15) -> str:
    return " ".join([f"Sentence{number}", *["word"] * (words - 2), "ends."])


def paragraph(*numbers: int, words: int = 15) -> str:
    return " ".join(sentence(number, words) for number in numbers)


def lengths(passages: tuple[Passage, ...]) -> list[int]:
    return [len(passage.text.split()) for passage in passages]


def test_no_prose_gives_no_passage() -> None:
    assert chunk(Article("a1", "Title", "Title", "a.txt")) == ()
    assert chunk(article("")) == ()
    assert chunk(article("* * *")) == ()
    assert chunk(article("Advertisement")) == ()


def test_one_short_sentence_is_one_passage() -> None:
    (passage,) = chunk(article("  The bridge is shut. \n"))
    assert passage == Passage("a1", 0, 2, 21, "The bridge is shut.", ((2, 21),), paragraph=1, paragraphs=1, heading="")


def test_short_paragraphs_are_gathered_and_breaks_fall_between_them() -> None:
    text = "\n\n".join(paragraph(at, at + 1) for at in range(0, 24, 2))  # twelve paragraphs of 30 words
    passages = chunk(article(text))
    assert all(80 <= length <= 160 for length in lengths(passages))
    assert all(passage.text.endswith("ends.") for passage in passages)
    assert "\n\n".join(passage.text for passage in passages) == text
    assert [passage.paragraph for passage in passages] == [1, 5, 9]
    assert {passage.paragraphs for passage in passages} == {12}


def test_a_long_paragraph_is_cut_between_sentences_into_even_parts() -> None:
    passages = chunk(article(paragraph(*range(20))))  # 300 words
    assert lengths(passages) == [150, 150]
    assert {passage.paragraph for passage in passages} == {1}


def test_no_stub_is_left_at_the_end_of_a_section() -> None:
    for count in range(11, 40):
        assert min(lengths(chunk(article(paragraph(*range(count)))))) >= 80


def test_a_passage_may_be_a_little_long_to_keep_a_paragraph_whole() -> None:
    assert lengths(chunk(article(paragraph(*range(11))))) == [165]


def test_no_passage_runs_across_a_heading_and_each_knows_its_own() -> None:
    text = f"{paragraph(1)}\n\nWhat comes next\n\n{paragraph(2)}\n\nCosts\n\n{paragraph(3)}\n\n{paragraph(4)}"
    passages = chunk(article(text))
    assert [(p.heading, p.paragraph, p.paragraphs) for p in passages] == [
        ("", 1, 4),
        ("What comes next", 2, 4),
        ("Costs", 3, 4),
    ]
    assert not any("Costs" in passage.text or "next" in passage.text for passage in passages)


def test_no_passage_runs_across_debris_and_debris_is_no_paragraph() -> None:
    text = f"{paragraph(1)}\n\nRead more: Ferry timetable\n\n{paragraph(2)}"
    passages = chunk(article(text))
    assert [passage.text for passage in passages] == [paragraph(1), paragraph(2)]
    assert [(passage.paragraph, passage.paragraphs) for passage in passages] == [(1, 2), (2, 2)]


def test_no_passage_runs_across_a_picture_or_rule() -> None:
    text = f"{paragraph(1)}\n\n* * *\n\n{paragraph(2)}"
    assert [passage.text for passage in chunk(article(text))] == [paragraph(1), paragraph(2)]


def test_a_list_keeps_its_marks_but_its_sentences_do_not() -> None:
    text = "It has two parts:\n- one of wood\n- one of stone"
    (passage,) = chunk(article(text))
    assert passage.text == text
    assert [text[start:end] for start, end in passage.sentences] == ["It has two parts:", "one of wood", "one of stone"]


def test_a_quotation_ends_with_its_marks() -> None:
    text = "She said: “It works.” (So it did.) Then she left."
    (passage,) = chunk(article(text))
    assert next(text[start:end] for start, end in passage.sentences) == "She said: “It works.”"


def test_a_long_sentence_stays_whole_up_to_twice_the_maximum() -> None:
    whole = sentence(1, words=300)
    (passage,) = chunk(article(whole))
    assert passage.sentences == ((0, len(whole)),)


def test_a_sentence_beyond_that_is_cut_at_clauses() -> None:
    text = ", ".join(["and so the river rose over the bridge again"] * 60) + "."
    passages = chunk(article(text))
    assert all(length <= 200 for length in lengths(passages))
    ends = [text[end - 1] for passage in passages for _, end in passage.sentences]
    assert set(ends[:-1]) == {","}
    assert " ".join(passage.text for passage in passages) == text


def test_text_without_any_punctuation_is_cut_at_blanks() -> None:
    text = "word " * 2000
    passages = chunk(article(text))
    assert all(50 <= length <= 200 for length in lengths(passages))
    assert " ".join(passage.text for passage in passages) == text.strip()


@pytest.mark.parametrize("unit", ["橋は九週間閉鎖", "a", "ไทย"])
def test_text_without_blanks_is_cut_between_characters(unit: str) -> None:
    text = unit * 9000
    passages = chunk(article(text))
    assert len(passages) > 2
    assert "".join(passage.text for passage in passages) == text
    assert max(len(passage.text) for passage in passages) <= 3000


def test_no_cut_falls_inside_an_accented_letter_or_an_emoji() -> None:
    for unit in ("e\u0301", "x👩\u200d🚒", "x👍🏽"):
        passages = chunk(article(unit * 3000))
        assert len(passages) > 1
        assert all(passage.text[0] == unit[0] for passage in passages)


def test_a_desert_of_blanks_inside_a_paragraph_is_not_quoted() -> None:
    text = "Before it" + " " * 50_000 + "and after it."
    assert max(len(passage.text) for passage in chunk(article(text))) < 1000


def test_sizes_are_the_callers_choice() -> None:
    text = paragraph(*range(40))
    assert all(30 <= length <= 60 for length in lengths(chunk(article(text), words=(30, 60))))
    for wrong in ((0, 10), (20, 10), (-5, -1)):
        with pytest.raises(ValueError, match="least"):
            chunk(article(text), words=wrong)


def test_words_are_counted_in_scripts_without_blanks_too() -> None:
    assert count_words("The bridge is shut.") == 4
    assert count_words("橋は九週間閉鎖される") == 5
    assert count_words("") == 0


PIECES = [
    *("Bridge", "is shut.", "“Why?”", "She said.", "(It did.)", "U.S.", "5 p.m.", "Read more: x y z", "Costs\n\n"),
    *("\n", "\n\n", "\r\n", "\r\n\r\n", "\n\n\n\n", " ", "\u200b", "\ufeff", "\x0c", "\u2028", "e\u0301", "…", "!"),
    *("👩\u200d🚒", "🇩🇪", "שלום. עולם", "مرحبا؟", "橋。", "ALSO", "© 2019 X", "'s", "''", "``", "- item", "| a | b |"),
    *("> q", "word " * 30 + "end.", "a, b; c: d"),
]
anything = st.one_of(st.text(max_size=500), st.lists(st.sampled_from(PIECES), max_size=80).map(" ".join))


@settings(max_examples=300, deadline=None)
@given(anything, st.sampled_from([(80, 160), (1, 1), (5, 10)]))
def test_for_any_text_passages_are_exact_slices_of_its_own_blocks(text: str, words: tuple[int, int]) -> None:
    source = article(text)
    passages = chunk(source, words=words)
    own = [block for block in own_blocks(source) if block.kind == "paragraph"]
    assert all(passage.text == text[passage.start : passage.end] == passage.text.strip() != "" for passage in passages)
    assert all(above.end <= below.start for above, below in pairwise(passages))
    assert [passage.ordinal for passage in passages] == list(range(len(passages)))
    for passage in passages:
        assert passage.sentences
        assert all(passage.start <= start < end <= passage.end for start, end in passage.sentences)
        assert all(text[start:end] == text[start:end].strip() for start, end in passage.sentences)
        assert all(above[1] <= below[0] for above, below in pairwise(passage.sentences))
        assert 1 <= passage.paragraph <= passage.paragraphs
        assert not any(map(str.isalnum, _outside(text, passage, own)))


@settings(max_examples=200, deadline=None)
@given(anything)
def test_for_any_text_no_word_of_its_prose_is_lost(text: str) -> None:
    source = article(text)
    quoted = {at for passage in chunk(source) for at in range(passage.start, passage.end)}
    for block in own_blocks(source):
        if block.kind == "paragraph":
            lost = "".join(text[at] for at in range(block.start, block.end) if at not in quoted)
            assert not any(map(str.isalpha, lost))


def _outside(text: str, passage: Passage, own: list[Block]) -> str:
    """What `passage` holds of the text outside all `own` blocks."""
    inside = {at for block in own for at in range(block.start, block.end)}
    return "".join(text[at] for at in range(passage.start, passage.end) if at not in inside)
