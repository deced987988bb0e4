"""Exact cosine search over unit vectors."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from index.models import Hit
from index.protocols import Mask, Matrix, Vector

_BLOCK = 65536  # rows at a time: keeps the scores of a memory-mapped matrix from pulling all of it in at once


def cosines(matrix: Matrix, vector: Vector) -> npt.NDArray[np.float32]:
    """Cosine of every row with `vector`, shape (n,); both sides must be unit length."""
    scores = np.empty(len(matrix), np.float32)
    for start in range(0, len(matrix), _BLOCK):
        np.matmul(matrix[start : start + _BLOCK], vector, out=scores[start : start + _BLOCK])
    return scores


def top(scores: npt.NDArray[np.floating], k: int, allowed: Mask | None = None, *, above: float = -np.inf) -> list[Hit]:
    """The k best-scored rows that are allowed and score over `above`, best first, ties by row."""
    if k <= 0:
        return []
    rows = np.flatnonzero(scores > above if allowed is None else (scores > above) & allowed)
    if len(rows) > k:
        found = scores[rows]
        rows = rows[found >= np.partition(found, len(rows) - k)[len(rows) - k]]  # all that tie with the k-th
    rows = rows[np.argsort(-scores[rows], kind="stable")][:k]
    return [Hit(int(row), float(scores[row])) for row in rows]
