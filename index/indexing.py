"""Articles folder → a new live version of the index; what did not change is taken over, nothing is embedded twice."""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import sqlite3
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from index.analysis import ANALYSIS, terms
from index.bm25 import SparseBM25
from index.chunking import chunk
from index.context import in_context
from index.engines import store
from index.engines.embedded import EmbeddedEngine, save_arrays
from index.engines.store import Entry, Store
from index.errors import BuildFailed, CorpusError, IndexCorrupt, IndexMissing
from index.models import Article, BuildReport, Failure, Passage
from index.protocols import Embedder
from index.reading import read_folder
from index.vectors import embed_passages
from index.versions import Manifest, build_lock, live, new_version, publish, read_manifest, verify

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]
"""Called with the stage ("reading", "embedding", "writing"), how many are done and how many there are (0: unknown)."""


def build(
    articles_dir: Path, index_dir: Path, embedder: Embedder, *, on_progress: Progress | None = None
) -> BuildReport:
    """Bring the index up to date with the folder and make the result live; a reader never sees a half-built one.

    Articles that cannot be read are left out and reported. Raises CorpusError when nothing could be served,
    BuildInProgress, EmbedderUnavailable, or BuildFailed (disk full, …); the live version stays as it was.
    """
    started = time.monotonic()
    report = on_progress or (lambda stage, done, total: None)
    try:
        if not articles_dir.is_dir():
            why = "there is no such folder. Create it, or set ARTICLES_DIR to the folder of your articles."
            raise CorpusError(articles_dir, why)
    except OSError as error:  # a folder above it is closed to us
        why = f"it cannot be read ({error.strerror}). Let the account that Footnote runs under read it."
        raise CorpusError(articles_dir, why) from error
    try:
        with build_lock(index_dir), new_version(index_dir) as folder, _previous(index_dir) as previous:
            return _build(articles_dir, index_dir, folder, previous, embedder, report, started)
    except (OSError, sqlite3.Error) as error:
        full = f"the disk that holds {index_dir} is full. Free some space and build again"
        raise BuildFailed(full if _disk_full(error) else str(error)) from error


@dataclass
class _Draft:
    """What the reading pass leaves for the later ones. Lists are by article row or passage row."""

    failed: list[Failure] = field(default_factory=list)
    articles: dict[str, str] = field(default_factory=dict)
    """Article id → digest."""
    digests: list[str] = field(default_factory=list)
    article_rows: array[int] = field(default_factory=lambda: array("i"))
    sentences: array[int] = field(default_factory=lambda: array("q"))


def _build(
    articles_dir: Path,
    index_dir: Path,
    folder: Path,
    previous: EmbeddedEngine | None,
    embedder: Embedder,
    report: Progress,
    started: float,
) -> BuildReport:
    draft = _Draft()
    store.write(folder / "store.sqlite3", _entries(articles_dir, draft, report))
    if not draft.articles:
        raise CorpusError(articles_dir, _nothing_to_serve(draft.failed))
    before = previous.store.digests() if previous else {}
    reusable = previous if previous and previous.manifest.fingerprint == embedder.fingerprint else None

    embedded = 0
    version = previous.version if previous else ""
    current = previous is not None and previous is reusable and previous.manifest.analysis == ANALYSIS
    if not current or draft.articles != before:
        with closing(Store(folder / "store.sqlite3")) as written:
            _write_lexical(folder, written, report)
            embedded, dimensions = embed_passages(folder, written, draft.digests, reusable, embedder, report)
        save_arrays(folder, draft.article_rows, draft.sentences)
        version = folder.name.removesuffix(".part")
        counts = (len(draft.articles), len(draft.digests), sum(draft.sentences))
        manifest = Manifest(version, embedder.model, embedder.fingerprint, dimensions, *counts, analysis=ANALYSIS)
        publish(index_dir, folder, manifest)
    return BuildReport(
        version=version,
        articles=len(draft.articles),
        passages=len(draft.digests),
        embedded=embedded,
        added=tuple(i for i in draft.articles if i not in before),
        changed=tuple(i for i, digest in draft.articles.items() if before.get(i, digest) != digest),
        removed=tuple(i for i in before if i not in draft.articles),
        failed=tuple(draft.failed),
        seconds=round(time.monotonic() - started, 3),
    )


@contextmanager
def _previous(index_dir: Path) -> Iterator[EmbeddedEngine | None]:
    """The version to take over from, proved undamaged; None when there is none."""
    engine = None
    try:
        folder = live(index_dir)
        verify(folder, read_manifest(folder))
        engine = EmbeddedEngine(folder)
    except IndexMissing:
        pass
    except IndexCorrupt as error:
        log.warning("%s Nothing is taken over from it.", error)
    try:
        yield engine
    finally:
        if engine:
            engine.close()


def _entries(articles_dir: Path, draft: _Draft, report: Progress) -> Iterator[Entry]:
    """Read and chunk every article, noting in `draft` what later passes need."""
    for found in read_folder(articles_dir):
        report("reading", len(draft.articles) + len(draft.failed), 0)
        if isinstance(found, Failure):
            draft.failed.append(found)
            continue
        try:
            passages = chunk(found)
        except Exception as error:  # one article never stops a build
            log.exception("%s could not be cut into passages", found.path)
            draft.failed.append(
                Failure(found.path, f"it could not be worked on ({type(error).__name__}). Save it anew or remove it.")
            )
            continue
        if not passages:
            draft.failed.append(
                Failure(found.path, f"{found.title!r} holds no sentence to quote. Add text, or remove it.")
            )
            continue
        digests = tuple(_passage_digest(found.title, p) for p in passages)
        digest = _article_digest(found, passages, digests)
        draft.article_rows.extend([len(draft.articles)] * len(passages))
        draft.articles[found.id] = digest
        draft.digests.extend(digests)
        draft.sentences.extend(len(p.sentences) for p in passages)
        yield Entry(found, digest, passages, digests)
    read = len(draft.articles) + len(draft.failed)
    report("reading", read, read)


def _passage_digest(title: str, passage: Passage) -> str:
    """Equal for two passages just when they get the same vectors."""
    return _sha256(*in_context(title, passage))


def _article_digest(a: Article, passages: tuple[Passage, ...], digests: tuple[str, ...]) -> str:
    places = [(p.start, p.end, p.paragraph, p.paragraphs, p.heading) for p in passages]
    return _sha256(a.id, a.title, a.text, a.path, a.url, a.source, a.author, a.published, places, digests)


def _sha256(*values: object) -> str:
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()


def _write_lexical(folder: Path, written: Store, report: Progress) -> None:
    """Both BM25 matrices: over passages, each with its article's label and its heading, and over whole articles."""
    passages: list[list[str]] = []
    articles: list[list[str]] = []
    for citation, entry in zip(written.citations, written.entries(), strict=True):
        label = terms(citation.label)
        headings = {p.heading: terms(p.heading) for p in entry.passages}
        bodies = [terms(p.text) for p in entry.passages]
        passages.extend(label + headings[p.heading] + body for p, body in zip(entry.passages, bodies, strict=True))
        articles.append([*label, *chain.from_iterable(headings.values()), *chain.from_iterable(bodies)])
        report("writing", len(articles), len(written.citations))
    if not any(passages):  # articles of nothing but function words: keep BM25 defined, it will match nothing
        passages[0] = articles[0] = [""]
    SparseBM25(passages).save(folder / "lexical")
    SparseBM25(articles).save(folder / "lexical_articles")


def _disk_full(error: OSError | sqlite3.Error) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    short_write = error.errno is None and "written" in str(error)  # numpy says "800 requested and 17 written"
    return error.errno in {errno.ENOSPC, errno.EDQUOT} or short_write


def _nothing_to_serve(failed: list[Failure]) -> str:
    if not failed:
        return "it holds no article. Put .txt, .md, .html, .pdf or .jsonl files into it and build again."
    first = failed[0]
    return f"none of its {len(failed)} files could be read; the first: {first.path}: {first.reason}"
