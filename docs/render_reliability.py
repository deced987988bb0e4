"""`python -m docs.render_reliability`: draws docs/reliability.svg, what confidence is worth on labelled questions."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from index import IndexSettings, open_library
from index.evaluation import judge, read_questions, spread
from index.fitting import reliability


def main() -> None:
    """Ask the questions of every file, and plot the share of right first quotes over the confidence.

    A first quote is right when its question is answerable and it overlaps the labelled place. Needs matplotlib
    (`pip install '.[docs]'`).
    """
    from matplotlib import pyplot

    parser = argparse.ArgumentParser(prog="python -m docs.render_reliability")
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--queries", type=Path, nargs="+", required=True)
    parser.add_argument("--limit", type=int, default=0, help="questions of each file, spread evenly; 0: all")
    chosen = parser.parse_args()
    library = open_library(IndexSettings(index_dir=chosen.index))
    library.warm()

    figure, axes = pyplot.subplots(figsize=(5.2, 4.2))
    axes.plot([0, 1], [0, 1], color="0.75", linewidth=1)
    for path in chosen.queries:
        judged = judge(library, spread(read_questions(path), chosen.limit))
        confidences = np.array([j.answer.confidence for j in judged])
        right = np.array([j.question.answerable and j.on_span() for j in judged])
        means, shares, counts = zip(*reliability(confidences, right), strict=True)
        name = path.parent.name if path.stem == "questions" else path.stem
        axes.plot(means, shares, linewidth=1, label=f"{name}, {len(judged)} questions")
        axes.scatter(means, shares, s=[12 + 2 * count for count in counts], alpha=0.6)
        for row in zip(means, shares, counts, strict=True):
            print(f"| {name} | {row[0]:.2f} | {row[1]:.2f} | {row[2]} |")
    axes.set(xlabel="confidence", ylabel="share of right first quotes", xlim=(0, 1), ylim=(0, 1))
    axes.legend(loc="upper left", frameon=False)
    figure.tight_layout()
    pyplot.rcParams["svg.hashsalt"] = "footnote"  # the same picture, the same bytes
    figure.savefig(Path(__file__).with_name("reliability.svg"), metadata={"Date": None})


if __name__ == "__main__":
    main()
