"""A fake embedder, and small corpora to index with it: most tests need no model."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.analysis import terms
from index.bootstrap import open_library
from index.indexing import Progress, build
from index.library import Library
from index.models import BuildReport, Span
from index.protocols import Embedder, Matrix, Vector
from index.settings import IndexSettings

DIMENSIONS = 256


class FakeEmbedder:
    """Bags of words, hashed: texts that share words are near each other. Keeps what it was asked to embed."""

    def __init__(self, fingerprint: str = "fake-1") -> None:
        self.model = "fake"
        self.fingerprint = fingerprint
        self.embedded: list[str] = []

    def encode_query(self, text: str) -> Vector:
        return _bag(text, salt=self.fingerprint)

    def encode_passages(self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]) -> tuple[Matrix, list[Matrix]]:
        self.embedded.extend(texts)
        passages = np.array([_bag(t, salt=self.fingerprint) for t in texts], np.float32).reshape(-1, DIMENSIONS)
        pooled = [
            np.array([_bag(text[start:end], salt=self.fingerprint) for start, end in spans], np.float32)
            for text, spans in zip(texts, sentences, strict=True)
        ]
        return passages, [rows.reshape(-1, DIMENSIONS) for rows in pooled]


def _bag(text: str, *, salt: str) -> Vector:
    vector = np.zeros(DIMENSIONS, np.float32)
    for term in [*terms(text), "always one"]:
        digest = hashlib.sha256(f"{salt}{term}".encode()).digest()
        vector[digest[0] % DIMENSIONS] += 1 if digest[1] % 2 else -1
    norm = float(np.linalg.norm(vector))
    if not norm:
        vector[0] = norm = 1.0
    unit: Vector = vector / np.float32(norm)
    return unit


def settings_in(folder: Path) -> IndexSettings:
    """Articles and index below `folder`, the fast way of answering."""
    given: dict[str, Any] = {"articles_dir": folder / "articles", "index_dir": folder / "index", "reader": "off"}
    return IndexSettings(**given)


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write article files below `folder/articles`."""
    for name, text in files.items():
        path = folder / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def write_records(folder: Path, records: Iterable[Mapping[str, object]], name: str = "articles.jsonl") -> None:
    """Write one JSONL file of articles below `folder/articles`."""
    write_files(folder, {name: "".join(json.dumps(r) + "\n" for r in records)})


def text_article(title: str, *paragraphs: str) -> str:
    """The content of a `.txt` article."""
    return "\n\n".join((title, *paragraphs)) + "\n"


def build_in(folder: Path, embedder: Embedder | None = None, on_progress: Progress | None = None) -> BuildReport:
    """Build the index below `folder` with a fake embedder."""
    settings = settings_in(folder)
    return build(settings.articles_dir, settings.index_dir, embedder or FakeEmbedder(), on_progress=on_progress)


def library_in(folder: Path, embedder: Embedder | None = None) -> Library:
    """A library over the index below `folder`, with a fake embedder."""
    return open_library(settings_in(folder), embedder or FakeEmbedder())
