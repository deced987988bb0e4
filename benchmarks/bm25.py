"""`python -m benchmarks.bm25`: the lexical leg against rank-bm25 and bm25s, on the same terms."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

import bm25s
import numpy as np
from rank_bm25 import BM25Okapi

from benchmarks import corpus
from benchmarks.report import percentiles, show, timed
from index.bm25 import SparseBM25


def main() -> None:
    """Index the same passages three times, ask the same queries, print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bm25", description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=50)
    chosen = parser.parse_args()

    passages = list(corpus.passages(chosen.passages))
    queries = corpus.queries(passages, chosen.queries)
    print("indexing three times …", file=sys.stderr)
    theirs, ours, other = BM25Okapi(passages), SparseBM25(passages), _bm25s(passages)

    unequal = sum(not np.array_equal(ours.get_scores(q), theirs.get_scores(q)) for q in queries)
    if unequal:
        raise SystemExit(f"{unequal} of {len(queries)} queries got other scores than rank-bm25 gives.")
    baseline = timed(theirs.get_scores, queries)
    legs = [("rank-bm25", baseline), ("bm25s", timed(other, queries)), ("Footnote", timed(ours.get_scores, queries))]
    show(
        f"Scores of all {chosen.passages:,} passages, {len(queries)} queries; Footnote's equal rank-bm25's to the bit",
        ("", "p50 ms", "p95 ms", "times as fast"),
        [(name, *percentiles(taken), f"{np.median(baseline) / np.median(taken):.0f}") for name, taken in legs],
    )


def _bm25s(passages: Sequence[Sequence[str]]) -> Callable[[list[str]], object]:
    index = bm25s.BM25(method="atire")
    index.index(passages, show_progress=False)
    scores: Callable[[list[str]], object] = index.get_scores
    return scores


if __name__ == "__main__":
    main()
