"""Text to measure on: made anew each time, the same for the same seed, nobody's property.

Invented words follow Zipf's law, as words do, so that lists of passages per word have a natural length. Where the
cost of a real word matters (a model splits invented words into many pieces), sentences of `seeds/` are dealt anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from index.chunking import chunk
from index.models import Article
from index.reading import read_folder

SEEDS = Path(__file__).parents[1] / "seeds"
_VOCABULARY = 100_000
_OFFSET, _EXPONENT = 2.7, 1.05  # Zipf–Mandelbrot: a word's frequency is proportional to (rank + offset)^-exponent
_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvwz" for vowel in "aeiou"]
_SENTENCE, _PARAGRAPH, _ARTICLE = (11, 24), 5, 30  # words; sentences; sentences
_AT_ONCE = 1000


def passages(count: int, words: int = 100, *, seed: int = 0) -> Iterator[list[str]]:
    """`count` lists of `words` invented words."""
    vocabulary, frequencies = _vocabulary()
    random = np.random.default_rng(seed)
    for start in range(0, count, _AT_ONCE):
        drawn = np.searchsorted(frequencies, random.random((min(_AT_ONCE, count - start), words)))
        for row in drawn:
            yield [vocabulary[rank] for rank in row]


def articles(*, seed: int = 0) -> Iterator[dict[str, str]]:
    """Endless JSONL records of about 500 invented words in paragraphs."""
    vocabulary, frequencies = _vocabulary()
    random = np.random.default_rng(seed)
    number = 0
    while True:
        lengths = random.integers(*_SENTENCE, size=_ARTICLE)
        drawn = iter(np.searchsorted(frequencies, random.random(int(lengths.sum()) + 6)))
        title = " ".join(vocabulary[rank] for rank in islice(drawn, 6)).capitalize()
        sentences = [" ".join(vocabulary[rank] for rank in islice(drawn, n)).capitalize() + "." for n in lengths]
        yield _record(number, title, sentences)
        number += 1


def retold_seeds(*, seed: int = 0) -> Iterator[dict[str, str]]:
    """Endless JSONL records of 30 sentences each, drawn from all articles of `seeds/`."""
    read = [found for found in read_folder(SEEDS) if isinstance(found, Article)]
    told = [article.text[start:end] for article in read for p in chunk(article) for start, end in p.sentences]
    random = np.random.default_rng(seed)
    number = 0
    while True:
        drawn = [" ".join(told[i].split()) for i in random.choice(len(told), _ARTICLE, replace=False)]
        yield _record(number, read[number % len(read)].title, drawn)
        number += 1


def write_articles(folder: Path, records: Iterable[dict[str, str]], count: int) -> int:
    """Write records to `folder` until they make `count` passages at least; returns how many they make."""
    folder.mkdir(parents=True)
    made = 0
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record) + "\n")
            made += _passages_of(record)
            if made >= count:
                break
    return made


def queries(corpus: Sequence[Sequence[str]], count: int, *, seed: int = 0) -> list[list[str]]:
    """`count` queries of 3 to 8 words, each from one passage."""
    random = np.random.default_rng(seed + 1)
    picked = random.integers(len(corpus), size=count)
    sizes = random.integers(3, 9, size=count)
    return [[str(word) for word in random.choice(corpus[row], n)] for row, n in zip(picked, sizes, strict=True)]


def _record(number: int, title: str, sentences: Sequence[str]) -> dict[str, str]:
    paragraphs = [" ".join(sentences[i : i + _PARAGRAPH]) for i in range(0, len(sentences), _PARAGRAPH)]
    day = f"{2016 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}"
    return {"id": f"article-{number}", "title": title, "text": "\n\n".join(paragraphs), "published": day}


def _passages_of(record: dict[str, Any]) -> int:
    """How many passages the index will make of a record."""
    from index.reading import layout

    text = record["text"]
    article = Article(record["id"], record["title"], text, "", blocks=layout.blocks(layout.split_lines(text)))
    return len(chunk(article))


def _vocabulary() -> tuple[list[str], np.ndarray[Any, np.dtype[np.float64]]]:
    """Words by rank, the most frequent first, and their cumulative frequencies."""
    weights = (np.arange(_VOCABULARY) + _OFFSET) ** -_EXPONENT
    return [_word(rank) for rank in range(_VOCABULARY)], np.cumsum(weights / weights.sum())


def _word(rank: int) -> str:
    """A word of two to four syllables; no two ranks share one."""
    syllables, rest = [], rank + len(_SYLLABLES)
    while rest:
        rest, syllable = divmod(rest, len(_SYLLABLES))
        syllables.append(_SYLLABLES[syllable])
    return "".join(syllables)
