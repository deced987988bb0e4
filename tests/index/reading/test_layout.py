"""Lines become paragraphs, however the author broke them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.reading.layout import blocks, reflow, split_lines

WRAPPED = """\
The old bridge over the river Lune will close for nine weeks,
the council of Harbor Falls said on Monday. It carries more
than 4,000 cars a day.
A ferry will run every 20 minutes from six in the morning, and
it will be free for pupils.
"""


def spans(text: str) -> list[tuple[str, str]]:
    return [(block.kind, text[block.start : block.end]) for block in blocks(split_lines(text))]


def test_a_lone_newline_in_hard_wrapped_text_is_only_a_wrap() -> None:
    first, second = reflow(WRAPPED)
    assert first.startswith("The old bridge")
    assert first.endswith("4,000 cars a day.")
    assert second == "A ferry will run every 20 minutes from six in the morning, and it will be free for pupils."


def test_long_lines_are_paragraphs_of_their_own() -> None:
    line = "The council said so on Monday, and everyone in the old town agreed with it at once. " * 3
    assert reflow(f"{line}\n{line[:90]}\n{line}") == [line.strip(), line[:90].strip(), line.strip()]


def test_a_line_that_breaks_off_goes_on_below() -> None:
    assert reflow("Water is made of hydrogen, H\n2 and oxygen, O\n2. It is wet. " + "It is really very wet. " * 9) == [
        "Water is made of hydrogen, H 2 and oxygen, O 2. It is wet. " + ("It is really very wet. " * 9).strip()
    ]


def test_list_items_stand_apart_even_without_blank_lines() -> None:
    assert spans("Bring:\n- a rope\n- a lamp that\n  works\n1. Go.\n2. Come back.") == [
        ("paragraph", "Bring:"),
        ("paragraph", "- a rope"),
        ("paragraph", "- a lamp that\n  works"),
        ("paragraph", "1. Go."),
        ("paragraph", "2. Come back."),
    ]


def test_a_line_given_twice_is_never_joined() -> None:
    assert reflow("Workers look at the\nWorkers look at the\nold bridge") == [
        "Workers look at the",
        "Workers look at the old bridge",
    ]


def test_rules_separate_and_are_no_blocks() -> None:
    assert spans("It is shut.\n* * *\nIt is open.\n-----\n") == [
        ("paragraph", "It is shut."),
        ("paragraph", "It is open."),
    ]


def test_what_ends_like_a_sentence_or_stands_last_is_no_heading() -> None:
    prose = "The bridge is shut for good."
    assert [kind for kind, _ in spans(f"Costs\n\n{prose}\n\nIt is shut.\n\n{prose}\n\nThe end\n")] == [
        "heading",
        "paragraph",
        "paragraph",
        "paragraph",
        "paragraph",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "Gold: Ada Quill\nSilver: Tom Reed\nBronze: Sam Hill",
        "1. Ada Quill\n2. Tom Reed\n3. Sam Hill",
        "1. Ada Quill\n\n2. Tom Reed\n\n3. Sam Hill",
        "Morning  09:00 10:15\nEvening  18:00 19:15",
        "Harbor Falls 3\nMill Lane Rovers 1",
        "Ada Quill \n  Tom Reed\n  Sam Hill",
        "Admission: $5 for adults",
        "Final score: Lions 3, Tigers 1",
        "ROSA WHITLOCK: I will not resign",
    ],
)
def test_the_last_row_of_a_list_and_a_labelled_fact_are_no_headings(rows: str) -> None:
    prose = "The three will run again in October, in the regional final."
    found = spans(f"{prose}\n\n{rows}\n\n{prose}\n")
    assert {kind for kind, _ in found} == {"paragraph"}
    assert " ".join(" ".join(words for _, words in found).split()) == f"{prose} {' '.join(rows.split())} {prose}"


def test_a_heading_below_prose_or_a_list_stays_one() -> None:
    prose = "The bridge is shut for good."
    text = f"{prose}\nCosts\n{prose}\n- a rope\n- a lamp\n\nWhat comes next\n{prose}\n"
    assert [words for kind, words in spans(text) if kind == "heading"] == ["Costs", "What comes next"]


def test_any_kind_of_newline_divides_lines() -> None:
    text = "One is here.\r\n\r\nTwo is here.\x0c\u2028Three is here."
    assert [words for _, words in spans(text)] == ["One is here.", "Two is here.", "Three is here."]


@settings(deadline=None)
@given(st.text())
def test_blocks_are_trimmed_ordered_and_hold_every_letter(text: str) -> None:
    found = blocks(split_lines(text))
    assert all(text[b.start : b.end] == text[b.start : b.end].strip() != "" for b in found)
    assert all(above.end <= below.start for above, below in itertools.pairwise(found))
    outside, at = "", 0
    for block in found:
        outside, at = outside + text[at : block.start], block.end
    assert not any(map(str.isalnum, outside + text[at:]))
