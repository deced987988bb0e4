"""Text → terms: the one place that decides what counts as a word, for indexing and asking alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import Stemmer

ANALYSIS = 2
"""Raised whenever a text gives other terms than before: the next build then writes the terms of all articles anew."""

# A number with its inner commas and points (1,200 or 3.5), an abbreviation (U.S.), or a word with inner apostrophes.
_WORD = re.compile(r"\d+(?:[.,]\d+)*|(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’][^\W_]+)*")

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))  # places to divide a word, and not

# Function and question words: they say how a sentence is built, not what it is about.
STOPWORDS = frozenset(
    """a about after all also am an and any are as at be because been before being but by can could did do does doing
    down during each for from further had has have having he her here hers him his how i if in into is it its itself
    just me more most my no nor not now of off on once only or other our out over own s same she should so some such t
    than that the their them then there these they this those through to too under until up very was we were what
    when where which while who whom whose why will with would you your""".split()
)


def terms(text: str) -> list[str]:
    """The index terms of `text`, in order: folded, stopwords removed, stemmed. Repeats are kept."""
    return [stem(word) for word in words(text) if word not in STOPWORDS]


def words(text: str) -> Iterator[str]:
    """The words of `text`, folded (no case, accents or thousands separators), stopwords included."""
    for match in _WORD.finditer(unicodedata.normalize("NFC", text).translate(_INVISIBLE)):
        yield fold(match.group())


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """One spelling for a word: compatibility form, lower case, no accents, no possessive, no inner points or commas."""
    plain = unicodedata.normalize("NFKD", word).casefold().replace("’", "'")
    plain = "".join(c for c in plain if not unicodedata.combining(c)) or plain  # a lone voicing mark stays
    if plain[0].isdigit():
        return plain.replace(",", "")
    return plain.removesuffix("'s").replace("'", "").replace(".", "") or plain


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The English Snowball stem of a folded word (Porter 2001); words with digits are their own stem."""
    return word if any(c.isdigit() for c in word) else str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    import Stemmer

    stemmer = Stemmer.Stemmer("english")
    stemmer.maxCacheSize = 0  # `stem` caches
    return stemmer
