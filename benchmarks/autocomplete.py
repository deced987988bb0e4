"""`python -m benchmarks.autocomplete`: titles while somebody types, against rapidfuzz over all titles."""

from __future__ import annotations

import argparse
import random

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from benchmarks.report import percentiles, show, timed
from index.catalogue import Catalogue
from index.models import Citation, Filters

_LIMIT = 25


def main() -> None:
    """Make titles up, type parts of some of them rightly and wrongly, print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.autocomplete", description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=40)
    chosen = parser.parse_args()

    dice = random.Random(1)
    words = ["".join(dice.choices("abcdefghiklmnoprstuvw", k=dice.randint(2, 11))) for _ in range(30_000)]
    weights = 1 / np.arange(1, len(words) + 1)
    drawn = dice.choices(words, weights=weights.tolist(), k=chosen.articles * 8)
    titles = [" ".join(drawn[i * 8 : i * 8 + 8]).capitalize() for i in range(chosen.articles)]
    catalogue = Catalogue(
        Citation(str(i), title, f"{i % 9}/{i}.txt", published="2020-01-01") for i, title in enumerate(titles)
    )
    folded = [default_process(title) for title in titles]
    picked = dice.sample(titles, chosen.queries)
    right = [title[: dice.randint(3, 25)] for title in picked]
    wrong = [_misspelt(title, dice) for title in picked]
    scope = Filters(collections=("3",))

    def baseline(typed: str) -> list[tuple[str, float, int]]:
        return process.extract(default_process(typed), folded, scorer=fuzz.WRatio, processor=None, limit=_LIMIT)

    rows = []
    for kind, queries in (("begun rightly", right), ("misspelt", wrong)):
        rows.append((f"rapidfuzz over all, {kind}", *_figures(timed(baseline, queries))))
        rows.append((f"Footnote, {kind}", *_figures(timed(catalogue.suggest, queries))))
    catalogue.suggest("", filters=scope)
    within = timed(lambda typed: catalogue.suggest(typed, filters=scope), wrong)
    rows.append(("Footnote, misspelt, one collection of nine", *_figures(within)))
    show(f"{_LIMIT} of {chosen.articles:,} titles", ("", "p50 ms", "p95 ms", "longest ms"), rows)
    asked = list(zip(picked, wrong, strict=True))
    ours = sum(title in [c.title for c in catalogue.suggest(typed)] for title, typed in asked)
    theirs = sum(default_process(title) in [match[0] for match in baseline(typed)] for title, typed in asked)
    print(f"\nThe misspelt title is offered: Footnote {ours} of {len(asked)}, rapidfuzz over all {theirs}.")


def _misspelt(title: str, dice: random.Random) -> str:
    """Half of the title, with two letters next to each other swapped in it."""
    typed = title[: max(20, len(title) // 2)]
    at = dice.randrange(1, len(typed) - 2)
    return typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :]


def _figures(taken: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> list[str]:
    return [*percentiles(taken), f"{taken.max():.2f}"]


if __name__ == "__main__":
    main()
