"""The embedded engine: one version directory, memory-mapped, no server.

manifest.json           what it was made from
store.sqlite3           articles and passages
vectors.npy             float32 (passages, d), unit length
sentence_vectors.npy    float16 (sentences, d): only read for the few passages that are looked at closely
sentence_offsets.npy    int64 (passages + 1,): passage p's sentences are rows offsets[p]:offsets[p + 1]
article_rows.npy        int32 (passages,)
lexical/                BM25 over passages, each with its article's title
lexical_articles/       BM25 over whole articles
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index import dense
from index.arrays import load_array
from index.bm25 import SparseBM25
from index.engines.store import Store
from index.errors import IndexCorrupt
from index.models import Article, Citation, Hit, Passage
from index.protocols import Mask, Matrix, Vector
from index.spelling import by_first_letter, nearest
from index.versions import Manifest, read_manifest

VECTORS, SENTENCE_VECTORS = "vectors.npy", "sentence_vectors.npy"
_OFFSETS, _ARTICLE_ROWS = "sentence_offsets.npy", "article_rows.npy"


class EmbeddedEngine:
    """An `Engine` over one version directory. It goes on answering when a newer version becomes live."""

    def __init__(self, folder: Path) -> None:
        """Open a complete version. Raises IndexCorrupt."""
        self.manifest: Manifest = read_manifest(folder)
        self.store = Store(folder / "store.sqlite3")
        try:
            self._vectors: Matrix = load_array(folder / VECTORS, mapped=True)
            self._sentences = load_array(folder / SENTENCE_VECTORS, mapped=True)
            self._offsets = load_array(folder / _OFFSETS)
            self._article_rows: npt.NDArray[np.int32] = load_array(folder / _ARTICLE_ROWS)
            self._lexical = SparseBM25.load(folder / "lexical")
            self._lexical_articles = SparseBM25.load(folder / "lexical_articles")
        except (OSError, ValueError, KeyError) as error:
            raise IndexCorrupt(folder, str(error)) from error

    @property
    def version(self) -> str:
        """The name of the version."""
        return self.manifest.version

    @property
    def citations(self) -> Sequence[Citation]:
        """Every article without its text, by article row."""
        return self.store.citations

    def lexical(self, terms: Sequence[str], k: int, allowed: Mask | None = None) -> list[Hit]:
        """The k passages with the highest positive BM25 score."""
        return dense.top(self._lexical.get_scores(terms), k, allowed, above=0.0)

    def lexical_articles(self, terms: Sequence[str], k: int, allowed: Mask | None = None) -> list[Hit]:
        """The k articles with the highest positive BM25 score."""
        return dense.top(self._lexical_articles.get_scores(terms), k, allowed, above=0.0)

    def dense(self, vector: Vector, k: int, allowed: Mask | None = None) -> list[Hit]:
        """The k passages with the highest cosine."""
        return dense.top(dense.cosines(self._vectors, vector), k, allowed)

    def article_rows(self) -> npt.NDArray[np.int32]:
        """The article row of each passage row, shape (passages,)."""
        return self._article_rows

    def idf(self, term: str) -> float:
        """ln(1 + (n - f + ½) / (f + ½)) for a term in f of n passages: above 0 even for a term in all of them.

        rank-bm25's falls below 0 for a term in half of the passages, which in a collection of one article are most.
        """
        n, f = self._lexical.corpus_size, len(self._lexical.column(term)[0])
        return math.log(1 + (n - f + 0.5) / (f + 0.5))

    def lookalike(self, term: str) -> str | None:
        """For a term in no passage, the term spelt most like it, if any is near enough."""
        if len(self._lexical.column(term)[0]):
            return None
        return nearest(term, self._vocabulary, lambda other: len(self._lexical.column(other)[0]))

    @cached_property
    def _vocabulary(self) -> dict[str, list[str]]:
        return by_first_letter(self._lexical.vocabulary)

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of these rows, in order."""
        return self.store.passages(rows)

    def passages_of(self, article_row: int) -> list[Passage]:
        """An article's passages in reading order."""
        return self.store.passages_of(article_row)

    def sentence_vectors(self, row: int) -> Matrix:
        """Shape (sentences of the passage, d), float32."""
        found: Matrix = self._sentences[self._offsets[row] : self._offsets[row + 1]].astype(np.float32)
        return found

    def article(self, article_row: int) -> Article:
        """The stored article."""
        return self.store.article(article_row)

    def vectors(self, row: int) -> tuple[Vector, Matrix]:
        """A passage's vector (d,) and its sentences' (sentences, d, float16), for a build to take over."""
        return self._vectors[row], self._sentences[self._offsets[row] : self._offsets[row + 1]]

    def close(self) -> None:
        """Close the store and let go of the mapped files."""
        self.store.close()
        del self._vectors, self._sentences


def save_arrays(folder: Path, article_rows: Sequence[int], sentences: Sequence[int]) -> None:
    """Write the small arrays of a version: each passage's article row and, from the sentence counts, the offsets."""
    np.save(folder / _ARTICLE_ROWS, np.asarray(article_rows, np.int32))
    np.save(folder / _OFFSETS, np.concatenate([[0], np.cumsum(sentences, dtype=np.int64)]))
