"""Articles → passages of whole sentences, each an exact slice of its article's text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.boilerplate import own_blocks
from index.models import Article, Block, Passage, Span
from index.sentences import sentences

_TOLERANCE = 1.25
"""How far a passage may exceed the maximum where that saves a stub or a cut through a paragraph."""

_MID_PARAGRAPH, _TOO_SHORT, _TOO_LONG, _OFF_CENTRE = 1.0, 4.0, 16.0, 0.05
"""Costs: of a cut inside a paragraph; and, times a squared ratio, of missing the length."""

_JOINABLE = re.compile(r"[\s>]*")
_CLAUSE_END = re.compile(r"[,;:–—،、，；：]\s*(?=\S)|\s[-–—]+\s")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")
_CHARACTERS_A_WORD = 15
_LONGEST_MARKS = 200
_BLANKS, _BLANKS_INSIDE = re.compile(r"\s*"), re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with what cutting needs. `left` and `right` include list marks at the paragraph's ends."""

    span: Span
    left: int
    right: int
    words: int
    paragraph: int
    ends_paragraph: bool


@dataclass(frozen=True, slots=True)
class _Section:
    """Sentences that may share passages: the same heading above them, and only blanks between them."""

    heading: str
    sentences: list[_Sentence]


def chunk(article: Article, *, words: tuple[int, int] = (80, 160)) -> tuple[Passage, ...]:
    """The passages of `article`: about `words` long (least, most), in order, without overlap.

    A passage never runs across a heading or the publisher's debris, ends with a paragraph where it can, and is
    shorter only where its section is. A sentence above twice the maximum is cut at a clause or a blank. An
    article without prose gives no passage.
    """
    least, most = words
    if not 0 < least <= most:
        raise ValueError(f"words must be (least, most) with 0 < least <= most, not {words}")
    sections, paragraphs = _sections(article, most)
    passages: list[Passage] = []
    for section in sections:
        for group in _partition(section.sentences, least, most):
            start, end = group[0].left, group[-1].right
            passages.append(
                Passage(
                    article_id=article.id,
                    ordinal=len(passages),
                    start=start,
                    end=end,
                    text=article.text[start:end],
                    sentences=tuple(sentence.span for sentence in group),
                    paragraph=group[0].paragraph,
                    paragraphs=paragraphs,
                    heading=section.heading,
                )
            )
    return tuple(passages)


def count_words(text: str) -> int:
    """The words of `text`; in scripts that put no blanks between them, two characters count as one."""
    spaced = max(len(text.split()), len(text) // _CHARACTERS_A_WORD)
    return spaced if text.isascii() else max(spaced, len(_UNSPACED.findall(text)) // 2)


def _sections(article: Article, most: int) -> tuple[list[_Section], int]:
    """The sections of `article` that have prose, and the number of its paragraphs."""
    text = article.text
    found: list[_Section] = []
    heading, paragraph, reached = "", 0, -1
    for block in own_blocks(article):
        if block.kind == "heading":
            heading, reached = " ".join(text[block.start : block.end].split()), -1
            continue
        of_block = list(_sentences(text, block, paragraph + 1, most))
        if not of_block:
            continue
        paragraph += 1
        if reached >= 0 and _JOINABLE.fullmatch(text, reached, of_block[0].left):
            found[-1].sentences.extend(of_block)
        else:
            found.append(_Section(heading, of_block))
        reached = of_block[-1].right
    return found, paragraph


def _sentences(text: str, block: Block, paragraph: int, most: int) -> Iterator[_Sentence]:
    inside = text[block.start : block.end]
    left, right = block.end - len(inside.lstrip()), block.start + len(inside.rstrip())
    spans = [piece for span in sentences(text, left, right) for piece in _pieces(text, span, most)]
    for at, (start, end) in enumerate(spans):
        yield _Sentence(
            span=(start, end),
            left=left if at == 0 and start - left <= _LONGEST_MARKS else start,
            right=right if at == len(spans) - 1 and right - end <= _LONGEST_MARKS else end,
            words=count_words(text[start:end]),
            paragraph=paragraph,
            ends_paragraph=at == len(spans) - 1,
        )


def _partition(of_section: Sequence[_Sentence], least: int, most: int) -> list[Sequence[_Sentence]]:
    """The cheapest way to cut a section into passages (dynamic programming over its sentences)."""
    count = len(of_section)
    longest = int(most * _TOLERANCE)
    costs = [_cost(length, least, most) for length in range(longest + 1)]
    best = [0.0] + [float("inf")] * count
    cut_before = [0] * (count + 1)
    for start, first in enumerate(of_section):
        words = 0
        for end in range(start + 1, count + 1):
            last = of_section[end - 1]
            words += last.words
            length = max(words, (last.right - first.left) // _CHARACTERS_A_WORD)  # a desert of blanks has a length, too
            if length > longest and end > start + 1:
                break
            cost = best[start] + (costs[length] if length <= longest else _cost(length, least, most))
            cost += 0.0 if last.ends_paragraph else _MID_PARAGRAPH
            if cost < best[end]:
                best[end], cut_before[end] = cost, start
    groups: list[Sequence[_Sentence]] = []
    end = count
    while end:
        groups.append(of_section[cut_before[end] : end])
        end = cut_before[end]
    return groups[::-1]


def _cost(length: int, least: int, most: int) -> float:
    middle = (least + most) / 2
    return (
        _TOO_SHORT * (max(0, least - length) / least) ** 2
        + _TOO_LONG * (max(0, length - most) / most) ** 2
        + _OFF_CENTRE * ((length - middle) / middle) ** 2
    )


def _pieces(text: str, span: Span, most: int) -> Iterator[Span]:
    """`span`, or its parts of at most half a passage when it is longer than two."""
    start, end = span
    limit = max(1, most // 2)
    if count_words(text[start:end]) > 2 * most:
        while start < end:
            ahead = text[start : min(end, start + (limit + 2) * _CHARACTERS_A_WORD)]
            if count_words(ahead) <= limit:
                break
            cut = _cut(ahead, bisect_right(range(1, len(ahead)), limit, key=lambda n: count_words(ahead[:n])))
            yield start, start + len(ahead[:cut].rstrip())
            start = _BLANKS.match(text, start + cut, end).end()  # type: ignore[union-attr]  # it matches nothing, too
    if start < end:
        yield start, end


def _cut(ahead: str, reach: int) -> int:
    """Where to cut `ahead`, at `reach` at most: behind a clause, else at a blank, else between characters."""
    reach = max(1, reach)
    half = reach // 2
    for pattern in (_CLAUSE_END, _BLANKS_INSIDE):
        found = [match.end() for match in pattern.finditer(ahead, half, reach)]
        if found:
            return found[-1]
    cut = reach
    while cut > half and (ahead[cut - 1] == "\u200d" or unicodedata.category(ahead[cut])[0] in "MCS"):
        cut -= 1  # never between a letter and its accent, or inside an emoji
    return max(1, cut if cut > half else reach)
