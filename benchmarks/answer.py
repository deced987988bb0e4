"""`python -m benchmarks.answer`: a whole answer against encoding its question alone.

The index is built by the real code over invented articles. Only the passages' vectors are random: what is measured
is the work per question, which does not depend on them, and embedding 100,000 passages would take hours.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks import corpus
from benchmarks.report import Milliseconds, percentiles, show, timed
from index.analysis import terms
from index.bootstrap import open_library
from index.embedders import SentenceTransformerEmbedder
from index.indexing import build
from index.models import Span
from index.protocols import Embedder, Matrix, Vector
from index.settings import IndexSettings


class RandomPassages:
    """An `Embedder` that encodes questions with the real model and gives passages random unit vectors."""

    def __init__(self, real: Embedder) -> None:
        self._real, self._random = real, np.random.default_rng(0)
        self.model = f"{real.model}, random passages"
        self.fingerprint = f"{real.fingerprint}, random passages"
        self._dimensions = len(real.encode_query("warm-up"))

    def encode_query(self, text: str) -> Vector:
        """The real model's vector."""
        return self._real.encode_query(text)

    def encode_passages(self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]) -> tuple[Matrix, list[Matrix]]:
        """Random unit vectors of the right shapes."""
        return self._unit(len(texts)), [self._unit(len(spans)) for spans in sentences]

    def _unit(self, rows: int) -> Matrix:
        vectors = self._random.standard_normal((rows, self._dimensions), np.float32)
        unit: Matrix = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


def main() -> None:
    """Build an index of each size, ask the same questions, print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.answer", description=__doc__.partition("\n")[0])
    parser.add_argument("--passages", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--readers", nargs="+", default=["off", "packaged"], help="values of the setting READER")
    chosen = parser.parse_args()

    embedder = RandomPassages(SentenceTransformerEmbedder())
    rows: list[tuple[str, ...]] = []
    for size in chosen.passages:
        print(f"building an index of {size:,} passages …", file=sys.stderr)
        with tempfile.TemporaryDirectory() as folder:
            articles, index = Path(folder, "articles"), Path(folder, "index")
            corpus.write_articles(articles, corpus.articles(), size)
            passages = build(articles, index, embedder).passages
            asked = _questions(articles, chosen.questions)
            for reader in chosen.readers:
                settings = IndexSettings.model_validate({"index_dir": index, "reader": reader})
                encoding, answering = measure(settings, asked, embedder)
                name = f"{passages:,} passages"
                if reader == chosen.readers[0]:
                    rows.append((f"{name}: the question's vector alone", *percentiles(encoding), ""))
                times = f"{np.median(answering) / np.median(encoding):.2f}"
                rows.append((f"{name}: the whole answer, READER={reader}", *percentiles(answering), times))
    show("A question, from text to proved quotes", ("", "p50 ms", "p95 ms", "times the vector alone"), rows)


def measure(settings: IndexSettings, asked: Sequence[str], embedder: Embedder) -> tuple[Milliseconds, Milliseconds]:
    """What each question took: its vector alone, and the whole answer. They take turns, so that a busy moment
    of the machine hits both alike."""
    library = open_library(settings, embedder)
    for question in asked[-5:]:  # models are loaded, and the files are in memory
        library.ask(question, always_quote=True)
    encoding, answering = np.empty(len(asked)), np.empty(len(asked))
    for i, question in enumerate(asked):
        encoding[i] = timed(embedder.encode_query, [question])[0]
        answering[i] = timed(lambda text: library.ask(text, always_quote=True), [question])[0]
    library.close()
    return encoding, answering


def _questions(articles_dir: Path, count: int) -> list[str]:
    """Questions of 3 to 8 words of an article each."""
    with (articles_dir / "articles.jsonl").open(encoding="utf-8") as file:
        texts = [terms(json.loads(line)["text"]) for line, _ in zip(file, range(1000), strict=False)]
    return [f"What did {' '.join(words)}?" for words in corpus.queries(texts, count)]


if __name__ == "__main__":
    main()
