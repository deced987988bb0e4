"""Full disks, killed builds, damaged files: readers get the version they had, and the next build is clean."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest

from index.errors import BuildFailed, IndexCorrupt
from index.versions import live
from tests.conftest import ROOT
from tests.index.fakes import FakeEmbedder, build_in, library_in, settings_in, text_article, write_files
from tests.index.test_indexing import assert_as_if_built_anew, live_name, paragraph, version_folders

FERRY = text_article("The ferry", paragraph("sailing"), paragraph("island"))
CHESS = text_article("The chess club", paragraph("chess"), paragraph("clock"))


@pytest.fixture
def grown(tmp_path: Path) -> Path:
    """A folder with an index of one article, and a second article since."""
    write_files(tmp_path, {"ferry.txt": FERRY})
    build_in(tmp_path)
    write_files(tmp_path, {"chess.txt": CHESS})
    return tmp_path


def answers(folder: Path) -> set[str]:
    """Where the answers to a question come from now."""
    return {quote.citation.id for quote in library_in(folder).search("Which sailing to the island?")}


def assert_next_build_is_clean(folder: Path) -> None:
    build_in(folder)
    assert answers(folder) == {"ferry.txt", "chess.txt"}
    assert not [name for name in version_folders(folder) if name.endswith(".part")]
    assert_as_if_built_anew(folder)


def disk_full(*args: object, **kwargs: object) -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def short_write(*args: object, **kwargs: object) -> NoReturn:
    raise OSError("800 requested and 17 written")  # numpy, without an errno


@pytest.mark.parametrize("failure", [disk_full, short_write])
@pytest.mark.parametrize(
    "where",
    [
        "index.vectors._ArrayFile.append",
        "index.vectors._ArrayFile.finish",
        "index.bm25.np.save",
        "index.engines.embedded.np.save",
        "index.versions.os.fsync",
        "pathlib.Path.write_text",
        "pathlib.Path.mkdir",
        "pathlib.Path.rename",
        "pathlib.Path.replace",
    ],
)
def test_a_full_disk_fails_the_build_and_nothing_else(
    grown: Path, monkeypatch: pytest.MonkeyPatch, where: str, failure: Callable[..., object]
) -> None:
    before = live_name(grown)
    with monkeypatch.context() as patch:
        patch.setattr(where, failure)
        with pytest.raises(BuildFailed, match=r"is full\. Free some space and build again\. The previous index is"):
            build_in(grown)
    assert live_name(grown) == before
    assert answers(grown) == {"ferry.txt"}
    assert not [name for name in version_folders(grown) if name.endswith(".part")]
    assert_next_build_is_clean(grown)


def test_a_disk_too_full_for_the_store_fails_the_build_and_nothing_else(
    grown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def connect_with_little_room(path: object, **options: object) -> sqlite3.Connection:
        connection = connect(path, **options)
        connection.execute("PRAGMA max_page_count = 5")
        return connection

    before = live_name(grown)
    with monkeypatch.context() as patch:
        patch.setattr("index.engines.store.sqlite3.connect", connect_with_little_room)
        write_files(grown, {"long.txt": text_article("Clocks", *(paragraph(f"clock{n}") for n in range(30)))})
        with pytest.raises(BuildFailed, match=r"is full\. Free some space") as caught:
            build_in(grown)
    assert isinstance(caught.value.__cause__, sqlite3.OperationalError)
    assert live_name(grown) == before
    (grown / "articles/long.txt").unlink()
    assert_next_build_is_clean(grown)


def test_a_full_name_is_not_a_full_disk(tmp_path: Path) -> None:
    folder = tmp_path / "cupful"
    write_files(folder, {"ferry.txt": FERRY})
    settings_in(folder).index_dir.write_text("a file where the index should be")
    with pytest.raises(BuildFailed) as caught:
        build_in(folder)
    assert "disk" not in str(caught.value)
    assert "cupful" in str(caught.value)


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.index.fakes import build_in

point, folder = sys.argv[1], Path(sys.argv[2])

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

def after(function):
    def then_die(*args, **kwargs):
        function(*args, **kwargs)
        die()
    return then_die

match point:
    case "fsync": os.fsync = die
    case "before rename": Path.rename = die
    case "after rename": Path.rename = after(Path.rename)
    case "before replace": Path.replace = die
    case "after replace": Path.replace = after(Path.replace)

build_in(folder, on_progress=lambda stage, done, total: die() if stage == point and done else None)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize(
    "point",
    ["reading", "writing", "embedding", "fsync", "before rename", "after rename", "before replace", "after replace"],
)
def test_a_build_killed_at_any_point_leaves_a_whole_version_live(grown: Path, point: str) -> None:
    before = live_name(grown)
    killed = subprocess.run([sys.executable, "-c", KILLED, point, str(grown)], cwd=ROOT, capture_output=True, text=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    if point == "after replace":
        assert live_name(grown) != before
        assert answers(grown) == {"ferry.txt", "chess.txt"}
    else:
        assert live_name(grown) == before
        assert answers(grown) == {"ferry.txt"}
    assert_next_build_is_clean(grown)


@pytest.mark.parametrize("stage", ["reading", "writing", "embedding"])
def test_a_build_that_is_interrupted_cleans_up_after_itself(grown: Path, stage: str) -> None:
    def interrupt(at: str, done: int, total: int) -> None:
        if at == stage:
            raise KeyboardInterrupt

    before = live_name(grown)
    with pytest.raises(KeyboardInterrupt):
        build_in(grown, on_progress=interrupt)
    assert version_folders(grown) == {before}
    assert_next_build_is_clean(grown)


FILES = [
    "manifest.json",
    "store.sqlite3",
    "vectors.npy",
    "sentence_vectors.npy",
    "sentence_offsets.npy",
    "article_rows.npy",
    "lexical/values.npy",
    "lexical/statistics.json",
    "lexical_articles/rows.npy",
]


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def garbage(path: Path) -> None:
    path.write_bytes(b"\x00\xff" * (path.stat().st_size // 2) + b"\x00" * (path.stat().st_size % 2))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", [truncate, garbage, Path.unlink])
def test_a_damaged_file_is_noticed_and_the_next_build_repairs_it(
    tmp_path: Path, name: str, damage: Callable[[Path], object]
) -> None:
    write_files(tmp_path, {"ferry.txt": FERRY, "chess.txt": CHESS})
    build_in(tmp_path)
    damage(live(settings_in(tmp_path).index_dir) / name)
    with pytest.raises(IndexCorrupt, match="Rebuild it with: python -m index build"):
        library_in(tmp_path).ask("Which sailing to the island?")
    assert build_in(tmp_path).embedded == 4
    assert_next_build_is_clean(tmp_path)


def test_one_flipped_bit_anywhere_is_repaired_by_the_next_build(tmp_path: Path) -> None:
    write_files(tmp_path, {"ferry.txt": FERRY, "chess.txt": CHESS})
    build_in(tmp_path)
    rng = np.random.default_rng(7)
    for name in FILES[1:]:
        path = live(settings_in(tmp_path).index_dir) / name
        content = bytearray(path.read_bytes())
        content[rng.integers(len(content))] ^= 1
        path.write_bytes(content)
        before = live_name(tmp_path)
        assert build_in(tmp_path).version != before, name
    assert_next_build_is_clean(tmp_path)


@pytest.mark.parametrize("pointer", [b"", b"gone", b"\xff\xfe", b"../../articles"])
def test_a_pointer_to_nowhere_is_repaired_by_the_next_build(tmp_path: Path, pointer: bytes) -> None:
    write_files(tmp_path, {"ferry.txt": FERRY, "chess.txt": CHESS})
    build_in(tmp_path)
    (settings_in(tmp_path).index_dir / "LIVE").write_bytes(pointer)
    with pytest.raises(IndexCorrupt, match="Rebuild it"):
        library_in(tmp_path).ask("Which sailing?")
    assert_next_build_is_clean(tmp_path)
    assert len(version_folders(tmp_path)) == 1


def test_an_index_of_another_format_is_built_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, {"ferry.txt": FERRY})
    build_in(tmp_path)
    monkeypatch.setattr("index.versions.FORMAT", 999)
    with pytest.raises(IndexCorrupt, match="this program reads 999"):
        library_in(tmp_path).ask("Which sailing?")
    assert build_in(tmp_path, FakeEmbedder()).embedded == 2
