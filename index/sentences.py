"""Text → sentences, as exact spans: sentencex finds the boundaries, a few repairs follow.

sentencex keeps a quotation together with the words that report it, which is what a reader wants to see marked.
It takes apostrophes for quotation marks, though, and then runs over many boundaries; and it misses what some
abbreviations mean. Both are mended here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.models import Span

_LANGUAGE = "en"
_LONG = 60
"""Words in a sentence that make it worth a second look: is it a whole speech in one pair of quotation marks?"""

_WINDOW = 20_000
"""Characters; no real paragraph is longer."""

_LIST_MARKS = re.compile(r"(?:(?:[->*+•·▪◦‣–—|#]|\(?\d{1,3}[.)]|\[[ xX]\])\s+|>)*")
_TABLE_MARKS = " \t\n|:-"

_APOSTROPHES = str.maketrans("'`", "ʼʼ")
_ENCLOSING = str.maketrans(dict.fromkeys("'`\"“”‘’«»„‟‹›()[]{}", " "))

_CLOSERS = re.compile(
    r"(?:[”’»›)\]}]+|''|[\"'](?=[\s.,;:!?)]|\Z)|"
    r"\s*(?:\[(?:\d{1,3}|[a-z]|(?:n|nb|note)\s?\d+|[a-z ]+ (?:needed|given))\]|:\d+(?:[–-]\d+)?)(?=[\s\[:]|\Z))+\s*",
    re.IGNORECASE,
)
"""Quotation marks, brackets, and the notes of an encyclopaedia (`[12]`, `[citation needed]`, `:212–219`)."""

_BRACKETED = re.compile(r"[.!?…][\"”’]?[)\]]\s+(?=[\"“‘(\[]?[^\W\d_a-z])")
_WORD_STOP = re.compile(r"(?:[^\W\d_]{4,}|\s)\.$")
_TITLE_STOP = re.compile(
    r"(?:^|[\s(\[\"“‘])(?:Mr|Mrs|Ms|Mx|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Maj|Capt|Cmdr|Sgt|Cpl|Adm|Rev|Hon|Fr|Pres|Supt|"
    r"Messrs|Mme|Mlle|Atty|Spc|Ft|Rte|vs|v|cf|e\.g|i\.e|Fig|Figs|Eq|Vol|vol|Ch|Nos|pp|approx|ca|"
    r"Mio|Mrd|Nr|bzw|z\.\s?B|Sr|Sra|Srta|Dra|Hr)\.$"
)
_ORDINAL = re.compile(r"\b\d{1,2}\.$")
_MONTH_AFTER = re.compile(
    r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jahrhundert)\b"
)
_ENUMERATOR = re.compile(r"^\W*(?:\d{1,3}|[A-Za-z])[.)]$")
_HOUR_STOP = re.compile(r"\d\s?[ap]\.m\.$", re.IGNORECASE)
_WHEN = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|"
    r"Eastern|Central|Mountain|Pacific|Greenwich|local|(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T)\b)"
)
_QUESTION_QUOTED = re.compile(r"[!?][\"”]$")
_REPORTED = re.compile(
    r"[A-Z][\w.'’-]*\s(?:[\w.'’-]+\s){0,3}?"
    r"(?:said|says|asked|asks|added|wrote|replied|answered|recalled|told|shouted|cried|wondered)\b"
)


def sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The sentences of the paragraph `text[start:end]`, in order, without the blanks and list marks around them.

    Every letter and digit of the paragraph's words is in one of them, save those of a list mark (`3.`).
    """
    block = text[start:end]
    first = _LIST_MARKS.match(block).end()  # type: ignore[union-attr]  # it matches nothing, too
    words = block.rstrip(_TABLE_MARKS)
    found: list[Span] = []
    for left, right in _split(words if "|" in block[len(words) :] else block, first):
        if found and not any(map(str.isalnum, block[left:right])):
            found[-1] = (found[-1][0], right)  # "…", "* * *": no sentence of its own
        else:
            found.append((left, right))
    if len(found) > 1 and not any(map(str.isalnum, block[slice(*found[0])])):
        found[:2] = [(found[0][0], found[1][1])]
    return tuple((start + left, start + right) for left, right in found if any(map(str.isalnum, block[left:right])))


def _split(block: str, first: int) -> Iterator[Span]:
    left = first
    for cut in [*_cuts(block, first), len(block)]:
        piece = block[left:cut]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            yield left + lead, left + len(piece.rstrip())
        left = cut


def _cuts(block: str, first: int) -> list[int]:
    """Where one sentence ends and the next begins."""
    found: list[int] = []
    left = first
    for cut in [*_boundaries(block.translate(_APOSTROPHES), first), len(block)]:
        if len(block[left:cut].split()) > _LONG:
            found += [inner + left for inner in _boundaries(block[left:cut].translate(_ENCLOSING), 0)]
        elif block[left:cut].lstrip().startswith(("(", "[")):
            found += [bracket.end() for bracket in _BRACKETED.finditer(block, left, cut)]
        found.append(cut)
        left = cut
    moved = (_behind_closers(block, cut) for cut in found[:-1])
    return [cut for cut in moved if first < cut < len(block) and not _belong_together(block, first, cut)]


def _boundaries(block: str, first: int) -> list[int]:
    from sentencex import get_sentence_boundaries

    ends: list[int] = []
    while first < len(block):  # by windows, because sentencex slows down with the square of unmatched quotation marks
        window = block[first : first + _WINDOW]
        found = [first + boundary["end_index"] for boundary in get_sentence_boundaries(_LANGUAGE, window)]
        in_full = len(window) < _WINDOW or len(found) == 1
        ends += found if in_full else found[:-1]
        first = ends[-1]
    return ends[:-1]


def _behind_closers(block: str, cut: int) -> int:
    """`cut`, moved behind quotation marks and brackets that close the sentence before it."""
    closers = _CLOSERS.match(block, cut)
    return closers.end() if closers else cut


def _belong_together(block: str, first: int, cut: int) -> bool:
    """True when the words before and after `cut` are one sentence all the same."""
    before, after = block[max(first, cut - 40) : cut].rstrip(), block[cut : cut + 80].lstrip()
    return bool(
        _TITLE_STOP.search(before)
        or (after[:1].islower() and not _WORD_STOP.search(before))
        or (_ORDINAL.search(before) and _MONTH_AFTER.match(after))
        or (_HOUR_STOP.search(before) and _WHEN.match(after))
        or (_QUESTION_QUOTED.search(before) and _REPORTED.match(after))
        or (cut - first <= 40 and _ENUMERATOR.match(before))
    )
