"""What retrieval asks of its parts. Every implementation passes the contract suite in `tests/index/contracts.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.models import Article, Citation, Hit, Passage, Span

Vector = npt.NDArray[np.float32]
"""Shape (dimensions,), unit length."""

Matrix = npt.NDArray[np.float32]
"""Shape (n, dimensions), every row of unit length."""

Mask = npt.NDArray[np.bool_]
"""Shape (passages,) or (articles,): which rows may be found."""


class Embedder(Protocol):
    """Text → unit vectors. Loading is lazy: only the encode methods may need the model itself."""

    @property
    def model(self) -> str:
        """The model's name, as a person would recognise it."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever equal texts could get other vectors. Raises EmbedderUnavailable."""

    def encode_query(self, text: str) -> Vector:
        """The vector of one question. Raises EmbedderUnavailable."""

    def encode_passages(self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]) -> tuple[Matrix, list[Matrix]]:
        """Vectors of the texts, shape (n, d), and for each text those of its sentences, shape (sentences, d).

        `sentences[i]` are character spans into `texts[i]`. Raises EmbedderUnavailable.
        """


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reader thinks of one passage.

    `answer` is the logit that it answers at all, by any of its words, against "no answer here". `sentences`,
    shape (sentences,), are the shares of the answer's probability that fall into each sentence; they add up to one,
    or are all zero when the reader's window cut every sentence off.
    """

    answer: float
    sentences: npt.NDArray[np.float64]


class Reader(Protocol):
    """Reads question and passage together. Loading is lazy."""

    def read(self, question: str, texts: Sequence[str], sentences: Sequence[Sequence[Span]]) -> list[Verdict]:
        """A verdict on each text, in order; `sentences[i]` are character spans into `texts[i]`.

        Raises ReaderUnavailable.
        """


class Engine(Protocol):
    """One version of the index, open for reading; safe to use from several threads."""

    @property
    def version(self) -> str:
        """The name of the version."""

    @property
    def citations(self) -> Sequence[Citation]:
        """Every article without its text, by article row."""

    def lexical(self, terms: Sequence[str], k: int, allowed: Mask | None = None) -> list[Hit]:
        """The k passages with the highest positive BM25 score, best first; `allowed` is by passage row."""

    def lexical_articles(self, terms: Sequence[str], k: int, allowed: Mask | None = None) -> list[Hit]:
        """The same over whole articles: rows are article rows."""

    def dense(self, vector: Vector, k: int, allowed: Mask | None = None) -> list[Hit]:
        """The k passages with the highest cosine, best first."""

    def article_rows(self) -> npt.NDArray[np.int32]:
        """Shape (passages,): the article row of each passage row."""

    def idf(self, term: str) -> float:
        """Inverse document frequency over passages; for an unknown term that of a term seen in no passage."""

    def lookalike(self, term: str) -> str | None:
        """For a term in no passage, a term of the passages that it may be a misspelling of."""

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of these rows, in the order asked for."""

    def passages_of(self, article_row: int) -> list[Passage]:
        """An article's passages in reading order."""

    def sentence_vectors(self, row: int) -> Matrix:
        """Shape (sentences of the passage, d)."""

    def article(self, article_row: int) -> Article:
        """The stored article, with its text and without blocks."""

    def close(self) -> None:
        """Give back files and memory; the engine is of no use afterwards."""
