"""Versions of the index on disk: a directory is complete before it is live, and one pointer file says which is.

INDEX_DIR/
    LIVE                 the name of the live version, replaced atomically
    build.lock           held while a build runs
    versions/NAME/       manifest.json and what the engine stores
    versions/NAME.part/  a build under way; whatever is left of one that died is swept by the next
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from index.errors import BuildInProgress, IndexCorrupt, IndexMissing

FORMAT = 1
"""Raised whenever an older version's files can no longer be read: the next build then starts from nothing."""

_NAME = re.compile(r"\w{1,64}")  # what a version is called; anything else in the pointer is damage


@dataclass(frozen=True)
class Manifest:
    """What a version was made from. To notice damage: `files` are sizes in bytes, `checksums` SHA-256, by path."""

    version: str
    model: str
    fingerprint: str
    dimensions: int
    articles: int
    passages: int
    sentences: int
    files: Mapping[str, int] = field(default_factory=dict)
    checksums: Mapping[str, str] = field(default_factory=dict)
    created: str = ""
    analysis: int = 1
    """The `index.analysis.ANALYSIS` whose terms it holds; 1 when it was made before that was noted."""
    format: int = FORMAT


def live(index_dir: Path) -> Path:
    """The live version's directory. Raises IndexMissing, or IndexCorrupt when the pointer leads nowhere."""
    try:
        name = _read_pointer(index_dir)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissing(index_dir) from error
    except OSError as error:
        raise IndexCorrupt(index_dir, f"its file LIVE cannot be read: {error.strerror}") from error
    folder = index_dir / "versions" / name
    if not _NAME.fullmatch(name) or not folder.is_dir():
        raise IndexCorrupt(index_dir, f"its live version {name[:40]!r} is gone")
    return folder


def read_manifest(folder: Path) -> Manifest:
    """The checked manifest of a version. Raises IndexCorrupt when a file is missing, cut short or of another format."""
    try:
        record = json.loads((folder / "manifest.json").read_text("utf-8"))
        if record["format"] != FORMAT:
            raise IndexCorrupt(folder, f"it has format {record['format']}, this program reads {FORMAT}")
        manifest = Manifest(**record)
        sizes = list(manifest.files.items())
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise IndexCorrupt(folder, "its manifest cannot be read") from error
    for name, size in sizes:
        path = folder / name
        if not path.is_file() or path.stat().st_size != size:
            raise IndexCorrupt(folder, f"{name} is missing or cut short")
    return manifest


def verify(folder: Path, manifest: Manifest) -> None:
    """Read every file of a version, about a second a gigabyte. Raises IndexCorrupt when one is not as written."""
    for name, checksum in manifest.checksums.items():
        try:
            held = _checksum(folder / name) == checksum
        except OSError as error:
            raise IndexCorrupt(folder, f"{name} cannot be read: {error.strerror}") from error
        if not held:
            raise IndexCorrupt(folder, f"{name} is damaged")


@contextmanager
def build_lock(index_dir: Path) -> Iterator[None]:
    """Hold the build lock. Raises BuildInProgress at once when another process has it."""
    from filelock import FileLock, Timeout

    index_dir.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(index_dir / "build.lock", timeout=0):
            yield
    except Timeout as error:
        raise BuildInProgress(index_dir) from error


@contextmanager
def new_version(index_dir: Path) -> Iterator[Path]:
    """A fresh directory to build in; call under the lock. Removed when the block fails or does not publish it."""
    versions = index_dir / "versions"
    versions.mkdir(parents=True, exist_ok=True)
    for leftover in versions.glob("*.part"):
        shutil.rmtree(leftover, ignore_errors=True)
    folder = versions / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}.part"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(index_dir: Path, folder: Path, manifest: Manifest) -> Path:
    """Complete `folder` with its manifest, make it live, drop all older versions but the last; returns its new path.

    Data reaches the disk before the name does: files, then the directory, then the pointer.
    """
    paths = {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*")) if p.is_file()}
    complete = replace(
        manifest,
        files={name: path.stat().st_size for name, path in paths.items()},
        checksums={name: _checksum(path) for name, path in paths.items()},
        created=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    (folder / "manifest.json").write_text(json.dumps(asdict(complete), indent=2), "utf-8")
    for path in folder.rglob("*"):
        _sync(path)
    _sync(folder)
    final = folder.with_name(manifest.version)
    folder.rename(final)
    _sync(final.parent)

    pointer = index_dir / "LIVE"
    before = _read_pointer(index_dir) if pointer.exists() else ""
    fresh = index_dir / "LIVE.new"
    fresh.write_text(manifest.version, "utf-8")
    _sync(fresh)
    fresh.replace(pointer)
    _sync(index_dir)
    for old in final.parent.iterdir():
        if old.name not in {manifest.version, before}:
            shutil.rmtree(old, ignore_errors=True)
    return final


def _read_pointer(index_dir: Path) -> str:
    return (index_dir / "LIVE").read_text("utf-8", errors="replace").strip()


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
