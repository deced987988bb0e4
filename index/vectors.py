"""Vectors of a new version: taken over where a passage is as it was, embedded where it is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt

from index.context import in_context
from index.engines.embedded import SENTENCE_VECTORS, VECTORS, EmbeddedEngine
from index.engines.store import Store
from index.protocols import Embedder, Matrix, Vector

_WINDOW = 64  # passages embedded at a time: enough to sort by length within, little enough to show progress


def embed_passages(
    folder: Path,
    written: Store,
    digests: Sequence[str],
    previous: EmbeddedEngine | None,
    embedder: Embedder,
    report: Callable[[str, int, int], None],
) -> tuple[int, int]:
    """Write both vector files of a version, in passage order; returns (passages embedded, dimensions).

    `digests` are those of the written passages; vectors of passages with an equal digest come from `previous`.
    """
    known = {digest: row for row, digest in enumerate(previous.store.passage_digests())} if previous else {}
    new = sum(digest not in known for digest in digests)
    done = 0
    with (folder / VECTORS).open("wb") as vectors, (folder / SENTENCE_VECTORS).open("wb") as sentence_vectors:
        writers: tuple[_ArrayFile, _ArrayFile] | None = None
        for start in range(0, len(digests), _WINDOW):
            window = range(start, min(start + _WINDOW, len(digests)))
            missing = [row for row in window if digests[row] not in known]
            fresh = dict(zip(missing, _embed(written, missing, embedder), strict=True))
            for row in window:
                vector, sentences = fresh[row] if row in fresh else previous.vectors(known[digests[row]])  # type: ignore[union-attr]
                if writers is None:
                    d = vector.shape[0]
                    writers = _ArrayFile(vectors, np.float32, d), _ArrayFile(sentence_vectors, np.float16, d)
                writers[0].append(vector[None])
                writers[1].append(sentences)
            done += len(missing)
            if new:
                report("embedding", done, new)
        assert writers is not None, "an index has at least one passage"
        for writer in writers:
            writer.finish()
        return new, writers[0].dimensions


def _embed(written: Store, rows: Sequence[int], embedder: Embedder) -> list[tuple[Vector, Matrix]]:
    if not rows:
        return []
    titles = {c.id: c.title for c in written.citations}
    inputs = [in_context(titles[p.article_id], p) for p in written.passages(rows)]
    vectors, sentences = embedder.encode_passages([text for text, _ in inputs], [spans for _, spans in inputs])
    return list(zip(vectors, sentences, strict=True))


class _ArrayFile:
    """A `.npy` matrix written row by row through ordinary writes, so that a full disk is an error and not a crash."""

    def __init__(self, file: IO[bytes], dtype: npt.DTypeLike, dimensions: int) -> None:
        self._file, self._dtype, self.dimensions, self._rows = file, np.dtype(dtype), dimensions, 0
        self._header()

    def append(self, rows: Matrix) -> None:
        self._file.write(np.ascontiguousarray(rows, self._dtype).tobytes())
        self._rows += len(rows)

    def finish(self) -> None:
        """Write the header again, now with the number of rows; numpy pads it so that it has the same length."""
        self._file.seek(0)
        self._header()

    def _header(self) -> None:
        shape = (self._rows, self.dimensions)
        header = {"descr": np.lib.format.dtype_to_descr(self._dtype), "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(self._file, header)
