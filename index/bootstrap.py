"""The only place that chooses implementations."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from index.answering import Answerer
from index.calibration import Calibration
from index.embedders import SentenceTransformerEmbedder
from index.engines.embedded import EmbeddedEngine
from index.errors import ConfigurationError, IndexCorrupt
from index.indexing import Progress, build
from index.library import Library
from index.models import BuildReport
from index.protocols import Embedder, Reader
from index.reader.cross_encoder import CrossEncoderReader
from index.settings import IndexSettings
from index.versions import live


def open_library(settings: IndexSettings, embedder: Embedder | None = None) -> Library:
    """The library of these settings; nothing is opened or loaded yet. Raises ConfigurationError."""
    if settings.engine != "embedded":
        raise ConfigurationError("ENGINE", f"there is no engine {settings.engine!r}. Set it to: embedded")
    chosen = embedder or open_embedder(settings)
    reader = open_reader(settings)
    plain, read = Calibration.load(reader=False), Calibration.load(reader=reader is not None)
    return Library(partial(live, settings.index_dir), partial(_open_version, chosen, reader, plain, read))


def build_index(settings: IndexSettings, *, on_progress: Progress | None = None) -> BuildReport:
    """Bring the index of these settings up to date: see `index.indexing.build` for what it raises."""
    return build(settings.articles_dir, settings.index_dir, open_embedder(settings), on_progress=on_progress)


def open_embedder(settings: IndexSettings) -> Embedder:
    """The embedder of these settings; its model is loaded when first used."""
    return SentenceTransformerEmbedder(settings.embedding_model)


def open_reader(settings: IndexSettings) -> Reader | None:
    """The reader of these settings, None when it is off; its model is loaded when first used."""
    if settings.reader.casefold() == "off":
        return None
    return CrossEncoderReader("" if settings.reader.casefold() == "packaged" else settings.reader)


def _open_version(
    embedder: Embedder, reader: Reader | None, plain: Calibration, read: Calibration, folder: Path
) -> Answerer:
    engine = EmbeddedEngine(folder)
    if engine.manifest.fingerprint != embedder.fingerprint:
        engine.close()
        raise IndexCorrupt(
            folder,
            f"it was built with the embedding model {engine.manifest.model}, the settings name {embedder.model}",
        )
    return Answerer(engine, embedder, reader, plain, read)
