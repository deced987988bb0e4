"""Paragraphs fall into the sentences a reader sees."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.sentences import sentences


def split(paragraph: str) -> list[str]:
    return [paragraph[start:end] for start, end in sentences(paragraph, 0, len(paragraph))]


@pytest.mark.parametrize(
    "expected",
    [
        ["The bridge is shut.", "A ferry runs!", "Is it free?", "Nobody knows...", "Not even Ada."],
        ["Mayor Nell F. Ives met Sen. Tom Reed of the U.S. Senate.", "Then they left."],
        ["It began at 5 p.m. Monday.", "It ended at 11 p.m.", "The crowd left."],
        ["It closed at 6 a.m. Eastern time.", "Nobody came."],
        ["Dr. Quill, Mr. Reed and Gov. Ives sat at table No. 5 until 3.30.", "They ate."],
        ["He flew to Ft. Lauderdale.", "Atty. Gen. Ada Quill and Spc. Reed met him on Rte. 5."],
        ["It stands in vol. 2, Ch. 4.", "Nobody reads it."],
        ["Sales rose 3.5 percent to $4.2 million.", "Costs fell."],
        ["“There is hope ... of some progress,” she said Friday.", "“We … hope so.”"],
        ["“It will not be tomorrow. It will not be soon,” Ives told reporters.", "“But it will be.”"],
        ["“Why now?” Ives asked.", "Nobody knew."],
        ["“Why now?”", "The crowd fell silent."],
        ["She said “It works.”", "He left."],
        ["(It did.)", "Then it stopped.", "[So it was.]", "The end."],
        ["He left [in a hurry] at once.", "[He] returned."],
        ["word , word .", "`` Next one . ''", "The town 's bridge is old .", "The bridges ' age is known ."],
        ["It was shut.[1]", "It opened again.[citation needed]", "It shut once more."],
        ["Hello 😀.", "🎉 Good bye."],
        ["橋は閉鎖される。", "川の水位が高い。"],
        ["هل هذا صحيح؟", "لا."],
        ["Vandals broke it (see Fig. 3).", "It was mended."],
        ["It has e.g. two piers, i.e. stone ones.", "They stand."],
        ["Line one is\nwrapped here.", "And this\nis, too."],
        [
            "Am 15. Juli 2016 eröffnete die Brücke.",
            "Sie kostete 2,5 Mio. Mark.",
            "Das Haus wurde am 3. Oktober fertig.",
        ],
        ["La Sra. López abrió el puente.", "El Sr. Ruiz no vino."],
    ],
)
def test_finds_the_sentences(expected: list[str]) -> None:
    joiner = "" if expected[0].endswith("。") else " "
    assert split(joiner.join(expected)) == expected


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("- First point. And more.", ["First point.", "And more."]),
        ("* Only point", ["Only point"]),
        ("3. Third point", ["Third point"]),
        ("- [x] Done point", ["Done point"]),
        ("> Quoted words.", ["Quoted words."]),
        ("| Year | Weeks |\n|------|-------|", ["Year | Weeks"]),
        ("5.", ["5."]),
        ("…", []),
        ("* * *", []),
        ("", []),
        ("It is shut. …", ["It is shut. …"]),
        ("… It is shut.", ["… It is shut."]),
    ],
)
def test_list_marks_and_bare_punctuation_are_no_sentences(paragraph: str, expected: list[str]) -> None:
    assert split(paragraph) == expected


def test_a_long_speech_in_one_pair_of_quotation_marks_is_divided() -> None:
    speech = [f"In year number {year} the river rose over the old stone bridge again." for year in range(8)]
    assert len(split(f"“{' '.join(speech)}” said Ives.")) == 8


def test_only_the_asked_part_of_the_text_is_looked_at() -> None:
    text = "Title line. It is shut. It is open. The end."
    start, end = text.index("It is shut"), text.index(" The end")
    assert [text[left:right] for left, right in sentences(text, start, end)] == ["It is shut.", "It is open."]


def test_a_paragraph_far_longer_than_any_is_still_divided() -> None:
    sentence = "The river rose over the old bridge again."
    assert set(split(f"{sentence} " * 2000)) == {sentence}


words = st.text(alphabet=st.sampled_from("aB. ?!“”\"'()[]\n,…-|>é橋\u200d👩🏽1"), max_size=300)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=300), words))
def test_sentences_are_trimmed_ordered_and_lose_no_letter(paragraph: str) -> None:
    found = sentences(paragraph, 0, len(paragraph))
    for start, end in found:
        assert paragraph[start:end] == paragraph[start:end].strip()
        assert any(map(str.isalnum, paragraph[start:end]))
    assert all(above[1] <= below[0] for above, below in pairwise(found))
    inside = "".join(paragraph[start:end] for start, end in found)
    lost = sum(map(str.isalnum, paragraph)) - sum(map(str.isalnum, inside))
    assert lost <= sum(map(str.isalnum, paragraph[: found[0][0]])) if found else lost == 0
