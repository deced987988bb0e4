"""Okapi BM25 of rank-bm25, its term scores computed once and kept as a sparse matrix.

`BM25Okapi.get_scores` walks every passage for every query word. What it adds up for one word depends on nothing
but the corpus, so it is computed at build time for every (term, passage) with the same operations in the same
order: the scores are bitwise those of rank-bm25, a thousand times sooner.

Formula: ATIRE BM25 with floored idf, Trotman, Puurula & Burgess 2014, "Improvements to BM25 and Language Models
Examined", as implemented by rank-bm25 0.2.2.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Okapi

from index.arrays import load_array

Scores = npt.NDArray[np.float64]


class SparseBM25(BM25Okapi):  # type: ignore[misc]  # rank_bm25 is untyped
    """`BM25Okapi` with `get_scores` by column sums of a compressed sparse column matrix (passages × terms).

    `offsets` has shape (terms + 1,), `rows` and `values` shape (non-zeros,): column t is
    `rows[offsets[t]:offsets[t + 1]]` with the scores `values[...]`.
    """

    def __init__(
        self, corpus: Iterable[Sequence[str]], k1: float = 1.5, b: float = 0.75, epsilon: float = 0.25
    ) -> None:
        """Index a corpus of term lists, read once. Raises ValueError when it holds no term at all."""
        super().__init__(corpus, k1=k1, b=b, epsilon=epsilon)
        self._compile()

    def _initialize(self, corpus: Iterable[Sequence[str]]) -> dict[str, int]:
        """rank-bm25's counting, in its order, into flat arrays instead of a dictionary a passage."""
        self._columns, self._frequencies, self._distinct = array("q"), array("q"), array("q")
        self.vocabulary: dict[str, int] = {}
        holders: dict[str, int] = {}
        for document in corpus:
            frequencies = Counter(document)
            self.doc_len.append(len(document))
            self._distinct.append(len(frequencies))
            for term, frequency in frequencies.items():
                holders[term] = holders.get(term, 0) + 1
                self._columns.append(self.vocabulary.setdefault(term, len(self.vocabulary)))
                self._frequencies.append(frequency)
        if not holders:
            raise ValueError("BM25 needs at least one passage with a word in it.")
        self.corpus_size = len(self.doc_len)
        self.avgdl = sum(self.doc_len) / self.corpus_size
        return holders

    def _compile(self) -> None:
        """Score every (term, passage) with rank-bm25's expression and sort the scores by term."""
        columns, frequency = np.asarray(self._columns), np.asarray(self._frequencies)
        row = np.repeat(np.arange(self.corpus_size, dtype=np.int32), np.asarray(self._distinct))
        del self._columns, self._frequencies, self._distinct

        idf = np.fromiter(self.idf.values(), np.float64, len(self.idf))[columns]
        length = np.array(self.doc_len)[row]
        score = idf * (frequency * (self.k1 + 1) / (frequency + self.k1 * (1 - self.b + self.b * length / self.avgdl)))
        order = np.argsort(columns, kind="stable")
        self.rows: npt.NDArray[np.int32] = row[order]
        self.values: Scores = score[order]
        self.offsets: npt.NDArray[np.int64] = np.searchsorted(columns[order], np.arange(len(self.idf) + 1))

    def get_scores(self, query: Sequence[str]) -> Scores:
        """The score of every passage, shape (passages,); bitwise what `BM25Okapi.get_scores` returns."""
        scores = np.zeros(self.corpus_size)
        for term in query:
            rows, values = self.column(term)
            scores[rows] += values
        return scores

    def column(self, term: str) -> tuple[npt.NDArray[np.int32], Scores]:
        """The passages that hold `term` and what it adds to each one's score; empty for an unknown term."""
        column = self.vocabulary.get(term)
        if column is None:
            return self.rows[:0], self.values[:0]
        span = slice(self.offsets[column], self.offsets[column + 1])
        return self.rows[span], self.values[span]

    def get_batch_scores(self, query: Sequence[str], doc_ids: Sequence[int]) -> list[float]:
        """The scores of some passages, in the order asked for."""
        if not all(0 <= i < self.corpus_size for i in doc_ids):
            raise IndexError("a passage outside the corpus was asked for")
        return [float(s) for s in self.get_scores(query)[list(doc_ids)]]

    def save(self, folder: Path) -> None:
        """Write the matrix and the statistics to `folder`, as JSON and plain `.npy` arrays."""
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "rows.npy", self.rows)
        np.save(folder / "values.npy", self.values)
        np.save(folder / "offsets.npy", self.offsets)
        np.save(folder / "lengths.npy", np.array(self.doc_len, np.int32))
        statistics = {
            "k1": self.k1,
            "b": self.b,
            "epsilon": self.epsilon,
            "avgdl": self.avgdl,
            "average_idf": self.average_idf,
            "idf": self.idf,
        }
        (folder / "statistics.json").write_text(json.dumps(statistics), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Open what `save` wrote, arrays memory-mapped. Raises OSError or ValueError when it is damaged."""
        try:
            return cls._open(folder)
        except (EOFError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{folder.name} is damaged") from error

    @classmethod
    def _open(cls, folder: Path) -> Self:
        self = cls.__new__(cls)
        statistics = json.loads((folder / "statistics.json").read_text("utf-8"))
        self.k1, self.b, self.epsilon = statistics["k1"], statistics["b"], statistics["epsilon"]
        self.avgdl, self.average_idf, self.idf = (
            statistics["avgdl"],
            statistics["average_idf"],
            statistics["idf"],
        )
        self.vocabulary = {term: column for column, term in enumerate(self.idf)}
        self.rows = load_array(folder / "rows.npy", mapped=True)
        self.values = load_array(folder / "values.npy", mapped=True)
        self.offsets = load_array(folder / "offsets.npy")
        self.doc_len = load_array(folder / "lengths.npy").tolist()
        self.corpus_size, self.doc_freqs, self.tokenizer = len(self.doc_len), [], None
        if len(self.offsets) != len(self.idf) + 1 or not self.offsets[-1] == len(self.rows) == len(self.values):
            raise ValueError(f"the arrays of {folder.name} do not belong together")
        return self
