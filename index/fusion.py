"""Lexical and dense evidence into one list."""

from __future__ import annotations

from collections.abc import Sequence

from index.models import Hit


def convex_combination(legs: Sequence[tuple[float, Sequence[Hit]]]) -> list[Hit]:
    """Weighted sum of min-max normalised scores, best first, ties by row.

    Each leg is (weight, hits best first). Within a leg the best hit scores 1 and the last one 0, and so does every
    row that the leg does not hold. Bruch, Gai & Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval",
    arXiv:2210.11934: it keeps how far ahead a hit is, which reciprocal ranks throw away.
    """
    fused: dict[int, float] = {}
    for weight, hits in legs:
        if not hits:
            continue
        low, high = hits[-1].score, hits[0].score
        for hit in hits:
            share = (hit.score - low) / (high - low) if high > low else 1.0
            fused[hit.row] = fused.get(hit.row, 0.0) + weight * share
    return _ranked(fused)


def reciprocal_rank_fusion(runs: Sequence[Sequence[Hit]], *, k: int = 60) -> list[Hit]:
    """Sum of 1 / (k + rank), ranks from 1, best first, ties by row.

    Cormack, Clarke & Büttcher 2009, "Reciprocal Rank Fusion outperforms Condorcet …"; k = 60 is theirs.
    """
    fused: dict[int, float] = {}
    for hits in runs:
        for rank, hit in enumerate(hits, 1):
            fused[hit.row] = fused.get(hit.row, 0.0) + 1 / (k + rank)
    return _ranked(fused)


def _ranked(scores: dict[int, float]) -> list[Hit]:
    return [Hit(row, score) for row, score in sorted(scores.items(), key=lambda item: (-item[1], item[0]))]
