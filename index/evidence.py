"""How well a passage and each of its sentences fit a question: a handful of named features, each about -1..1."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from index.analysis import terms
from index.models import Passage
from index.questions import Question

Floats = npt.NDArray[np.floating]

_NUMBER = re.compile(
    r"\d+(?:[.,]\d+)*|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion|half|third|twice)\b",
    re.I,
)
_TIME = re.compile(
    r"\b(?:1\d|20)\d{2}s?\b|\b(?:january|february|march|april|june|july|august|september|october|november|december"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|century|today|yesterday)\b"
    r"|\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b",
    re.I,
)
_RUNNING = 0.65
"""Share of words in small letters from which on a text is prose: articles have .7 to .9, tables .1 to .5."""
_FORETELLS = re.compile(
    r"\b(?:will|won['’]t|(?:is|are|was|were) due|"
    r"(?:is|are|was|were) (?:expected|planned|scheduled|set|going|about) to)\b",
    re.I,
)
_WORD, _FIGURE = re.compile(r"[^\W_]\S*"), re.compile(r"\d")
_QUESTION = re.compile(r"\?[\"”’')\]*_]*\s*$")
_NAME = re.compile(r"(?<![.!?“\"]\s)(?<!^)\b[A-Z][\w’'-]+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The features of one passage for one question."""

    dense: float
    """Cosine of question and passage."""
    lexical: float
    """BM25 of the passage, label included, as a share of the idf mass of the question."""
    article: float
    """The same for the whole article."""
    sentence: float
    """Cosine of the question with the sentence that answers; here and below the one chosen without the reader."""
    coverage: float
    """Share of the question's idf mass that the passage or its label holds."""
    focus: float
    """The same for the sentence that answers, with the label and half of its neighbours' words."""
    expected: float
    """1 when the sentence that answers holds the kind of thing that is asked for, ½ when the question does not say."""
    named: float
    """Share of the question's names and numbers, by idf, that the passage, its label or its date holds; ½ when none."""
    foretold: float
    """1 when the question asks for what has happened and the sentence foretells: an old plan is no answer. Else 0."""
    asking: float
    """Share of the passage's sentences that are questions: a quiz holds every word, and no answer."""
    opening: float
    """1 for the opening passage of its article, ½ for the second, …"""
    lead: float
    """The same times the share of the question's idf mass that the title holds: what a headline says is told first."""
    time: float
    """How near the article was published to the time that the question is about."""
    reader: float = 0.0
    """The reader's answer logit over ten, from -1 to 1: the higher, the likelier it answers. Passages that it
    left unread have a guess (`index.rereading`); 0 when there is no reader."""
    prose: float = 1.0
    """1 for running text, less for a table, a list or references, which hold every word of a question and no answer."""
    dated: float = 0.0
    """1 when the article says when it was published: news, whose passages are less like the questions that they answer
    than those of reference works."""
    doubt: float = 0.0
    """How far `reader` is below 0 when an explanation is asked for, else 0: given back in part by the confidence. The
    reader learned on short answers, and doubts the long one to a "why" that it finds just the same."""

    def vector(self) -> Floats:
        """The features in the order of `NAMES`."""
        return np.array([getattr(self, name) for name in NAMES])


NAMES = tuple(f.name for f in fields(Evidence))


@dataclass(frozen=True, slots=True)
class Reading:
    """A close look at a passage: arrays of shape (sentences,), and how much of the question it holds."""

    cosine: Floats
    focus: Floats
    expected: Floats
    foretold: Floats
    asking: Floats
    held: frozenset[str]
    """The terms of the question that the passage or its label holds."""
    coverage: float
    named: float
    reader: Floats
    """The shares of the reader's answer that fall into each sentence; zeros when no reader has looked."""

    @property
    def best(self) -> int:
        """The sentence that answers."""
        scores = self.cosine + _FOCUS * self.focus + _EXPECTED * self.expected + _READER * self.reader
        return int(np.argmax(scores - _ASKING * self.asking))


_FOCUS, _EXPECTED, _READER = 0.6, 0.1, 1.0
"""What counts beside a sentence's cosine. Chosen on train parts: docs/quality.md."""
_ASKING = 2.0
"""What a sentence loses that is itself a question: under "When does it open?" stands the answer, not in it."""


def read_passage(
    question: Question, passage: Passage, label: str, published: str, cosines: Floats, idf: Mapping[str, float]
) -> Reading:
    """Look at every sentence of `passage`.

    `cosines` are those of its sentences with the question; `idf` holds every term of the question. For the focus, the
    words of the label (title, source, author) and of the heading count for every sentence, and those of the sentences
    beside it half: "He was born there in 1936" lives on its neighbour.
    """
    total = sum(idf.values()) or 1.0
    texts = [passage.text[start - passage.start : end - passage.start] for start, end in passage.sentences]
    own = [idf.keys() & set(terms(text)) for text in texts]
    heading = idf.keys() & set(terms(f"{label} {passage.heading}"))
    held = frozenset(heading.union(*own))

    def focus(i: int) -> float:
        here = own[i] | heading
        beside = set().union(*own[max(0, i - 1) : i + 2]) - here
        return (sum(idf[t] for t in here) + 0.5 * sum(idf[t] for t in beside)) / total

    return Reading(
        cosine=cosines,
        focus=np.array([focus(i) for i in range(len(texts))]),
        expected=np.array([fits(question, text) for text in texts]),
        foretold=np.array([foretold(question, text) for text in texts]),
        asking=np.array([float(bool(_QUESTION.search(text))) for text in texts]),
        held=held,
        coverage=sum(idf[t] for t in held) / total,
        named=_named(question, held.union(terms(published)), idf),
        reader=np.zeros(len(texts)),
    )


def _named(question: Question, here: Set[str], idf: Mapping[str, float]) -> float:
    asked = question.names & idf.keys()
    total = sum(idf[t] for t in asked)
    return sum(idf[t] for t in asked & here) / total if total else 0.5


def prose(text: str) -> float:
    """The share of words that are neither capitalised nor figures, over `_RUNNING`, at most 1; 0 without a word."""
    words = _WORD.findall(text)
    running = sum(not word[0].isupper() and not _FIGURE.search(word) for word in words)
    return min(running / max(len(words), 1) / _RUNNING, 1.0)


def foretold(question: Question, sentence: str) -> float:
    """1 when `question` asks for what has happened and `sentence` says what will, else 0."""
    return float(question.past and bool(_FORETELLS.search(sentence)))


def fits(question: Question, sentence: str) -> float:
    """1 when `sentence` holds what the question expects besides the question's own words, 0 when not, ½ unknown."""
    asked = question.text.casefold()
    match question.expects:
        case "number":
            given = {m.group() for m in _NUMBER.finditer(asked)}
            return float(any(m.group().casefold() not in given for m in _NUMBER.finditer(sentence)))
        case "time":
            return float(any(m.group().casefold() not in asked for m in _TIME.finditer(sentence)))
        case "person" | "place":
            return float(any(m.group().casefold() not in asked for m in _NAME.finditer(sentence)))
        case _:
            return 0.5
