"""Which paragraphs of an article are its own, and which are the publisher's debris around it.

Debris is told by its wording (`debris.py`) or by its place: a caption given twice or above its credit, and the
headlines of other articles at the end. Losing a sentence of an article is worse than keeping a promotion, so
whatever is told by its place alone needs several signs at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index import debris
from index.models import Article, Block

_USUAL_LINES = 2
_CAPTION_WORDS = 45
_MOST_CAPTIONS = 4
_HEADLINE_WORDS = range(4, 21)
_TEASER_WORDS = 35
_MOST_HEADLINES = 12
_MOST_SHARED, _MOST_SHARED_BY_TEASER = 0.35, 0.25
_LEAST_PROSE_WORDS = 60
_CONTENT_WORD = re.compile(r"[^\W\d_]{5,}")
_WHOLE_LINK = re.compile(r"(?:[-*+•]\s+)?\[[^\]]+\]\([^)]+\)")
_HEADLINE_START = re.compile(r"[“\"‘'«¿¡]?\w")
_LIST_MARK = re.compile(r"(?:[-*+•·▪◦‣|]|\d{1,3}[.)])\s")
_SENTENCE_END = re.compile(r"[.!?…。！？:;,][\"'”’»)\]]*$")


@dataclass(slots=True)
class _Paragraph:
    """A block with what its neighbourhood says about it."""

    block: Block
    words: str
    lines_above: int
    """Newlines between the block above and this one; 0 for the first."""
    dropped: bool = False

    @property
    def count(self) -> int:
        return len(self.words.split())


def own_blocks(article: Article) -> tuple[Block, ...]:
    """The blocks of `article` that are its own headings and prose, in order."""
    paragraphs = _with_surroundings(article)
    _drop_by_wording(paragraphs)
    _drop_captions(paragraphs)
    _drop_labelled_lists(paragraphs)
    _drop_related_headlines(paragraphs)
    return tuple(paragraph.block for paragraph in paragraphs if not paragraph.dropped)


def _with_surroundings(article: Article) -> list[_Paragraph]:
    found: list[_Paragraph] = []
    for block in article.blocks:
        words = " ".join(article.text[block.start : block.end].split())
        between = article.text[found[-1].block.end : block.start] if found else ""
        lines_above = _USUAL_LINES if between.strip() else between.count("\n")  # a picture, code, …
        found.append(_Paragraph(block, words, lines_above))
    return found


def _drop_by_wording(paragraphs: Sequence[_Paragraph]) -> None:
    in_prose, above = False, ""
    for paragraph in paragraphs:
        third_item = above.startswith("(b)") and paragraph.words.lower().startswith("(c)")  # no copyright mark
        above = paragraph.words.lower()
        stamp = not in_prose and paragraph.block.kind == "paragraph" and debris.is_stamp(paragraph.words)
        paragraph.dropped = stamp or (debris.is_debris(paragraph.words) and not third_item)
        in_prose = in_prose or (not paragraph.dropped and paragraph.block.kind == "paragraph")


def _drop_captions(paragraphs: Sequence[_Paragraph]) -> None:
    """Captions: given twice in a row, or right above their credit, or with the credit at their end.

    Where many paragraphs come twice, a careless export made them so, and one copy of each stays.
    """
    apart = max((paragraph.lines_above for paragraph in paragraphs), default=0) > 1
    for paragraph in paragraphs:
        if _may_be_caption(paragraph) and debris.ends_in_credit(paragraph.words):
            paragraph.dropped = True
        half = paragraph.words[: len(paragraph.words) // 2]
        wrapped_into_one = 8 <= paragraph.count <= 2 * _CAPTION_WORDS and paragraph.words == f"{half} {half}"
        paragraph.dropped = paragraph.dropped or wrapped_into_one
    twice = [(above, below) for above, below in pairwise(paragraphs) if _is_repeated(above, below)]
    for above, below in twice:
        below.dropped = True
        above.dropped = above.dropped or len(twice) <= _MOST_CAPTIONS
    for above, below in pairwise(paragraphs):
        on_next_line = apart and below.lines_above == 1
        if on_next_line and _may_be_caption(above) and debris.is_credit(below.words):
            above.dropped = True


def _may_be_caption(paragraph: _Paragraph) -> bool:
    return paragraph.count <= _CAPTION_WORDS and paragraph.block.kind == "paragraph"


def _is_repeated(above: _Paragraph, below: _Paragraph) -> bool:
    """True when `below` says what `above` said, and at most adds a credit."""
    rest = below.words.removeprefix(above.words).strip()
    again = above.count >= 4 and below.words.startswith(above.words) and (not rest or debris.is_credit(rest))
    return again and _may_be_caption(above)


def _drop_labelled_lists(paragraphs: Sequence[_Paragraph]) -> None:
    """A label such as "Related stories" and the headlines right below it."""
    in_list = False
    for paragraph in paragraphs:
        if debris.is_label(paragraph.words):
            in_list = paragraph.dropped = True
        elif in_list and (_is_headline(paragraph) or _WHOLE_LINK.fullmatch(paragraph.words)):
            paragraph.dropped = True
        else:
            in_list = in_list and paragraph.dropped


def _drop_related_headlines(paragraphs: Sequence[_Paragraph]) -> None:
    """Headlines of other articles below the last prose."""
    end = len(paragraphs)
    while end and paragraphs[end - 1].dropped:
        end -= 1
    start = end
    while (
        start
        and not paragraphs[start - 1].dropped
        and (_is_headline(paragraphs[start - 1]) or paragraphs[start - 1].count <= _TEASER_WORDS)
    ):
        start -= 1
    for first in range(max(start, end - _MOST_HEADLINES), end - 1):
        if _are_other_headlines(paragraphs[:first], paragraphs[first:end], followed=end < len(paragraphs)):
            for paragraph in paragraphs[first:end]:
                paragraph.dropped = True
            return


def _are_other_headlines(above: Sequence[_Paragraph], run: Sequence[_Paragraph], *, followed: bool) -> bool:
    """True when `run` lists other articles: its paragraphs look like headlines and speak of something else.

    A wider gap than any above, debris below it, or unmistakable wording must confirm it.
    """
    prose = [paragraph for paragraph in above if not paragraph.dropped]
    headlines = [paragraph for paragraph in run if _is_headline(paragraph)]
    gap = run[0].lines_above > max((paragraph.lines_above for paragraph in above), default=0)
    if not (gap or _is_headline(run[0])) or 2 * len(headlines) < len(run):
        return False
    if sum(paragraph.count for paragraph in prose) < _LEAST_PROSE_WORDS:
        return False
    confirmed = gap or (len(run) > 2 and (followed or all(map(_is_unmistakable, headlines))))
    known = {word for paragraph in prose for word in _content(paragraph.words)}
    shared = [_shared(paragraph.words, known) for paragraph in run]
    teasers = [(share, one.words) for share, one in zip(shared, run, strict=True) if one not in headlines]
    return (
        confirmed
        and sum(shared) / len(shared) <= _MOST_SHARED
        and all(share <= _MOST_SHARED_BY_TEASER and not words[0].islower() for share, words in teasers)
    )


def _is_headline(paragraph: _Paragraph) -> bool:
    words = paragraph.words
    if _WHOLE_LINK.fullmatch(words):
        return True
    return (
        paragraph.count in _HEADLINE_WORDS
        and bool(_HEADLINE_START.match(words))
        and not words[0].islower()
        and not _LIST_MARK.match(words)
        and not _SENTENCE_END.search(words)
    )


def _is_unmistakable(paragraph: _Paragraph) -> bool:
    """True for a headline in sentence case; lines of names and figures may be the article's own results."""
    lower = [word for word in paragraph.words.split() if word.islower() and len(word) > 3]
    return len(lower) >= 3 and not paragraph.words[0].isdigit()


def _content(words: str) -> set[str]:
    """The first letters of the longer words, so that `attack` meets `attacks`."""
    return {word[:6] for word in _CONTENT_WORD.findall(words.lower())}


def _shared(words: str, known: set[str]) -> float:
    """The share of content words that the article's prose has, too; 1 when there are none to tell by."""
    content = _content(words)
    return len(content & known) / len(content) if content else 1.0
