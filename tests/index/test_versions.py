"""Versions on disk: complete before they are live, swapped at once, checked when opened."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.errors import BuildInProgress, IndexCorrupt, IndexMissing
from index.versions import FORMAT, Manifest, build_lock, live, new_version, publish, read_manifest, verify


def manifest(version: str) -> Manifest:
    return Manifest(version, "model", "fingerprint", dimensions=3, articles=1, passages=2, sentences=4)


def publish_one(index_dir: Path, name: str, content: str = "content") -> Path:
    with new_version(index_dir) as folder:
        (folder / "below").mkdir()
        (folder / "below/data").write_text(content)
        return publish(index_dir, folder, manifest(name))


def versions(index_dir: Path) -> set[str]:
    return {path.name for path in (index_dir / "versions").iterdir()}


def test_without_an_index_the_message_says_how_to_build_one(tmp_path: Path) -> None:
    for index_dir in (tmp_path, tmp_path / "absent"):
        with pytest.raises(IndexMissing, match="Build it with: python -m index build"):
            live(index_dir)


def test_a_file_in_place_of_the_folder_is_no_index(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file")
    with pytest.raises(IndexMissing):
        live(tmp_path / "index")


@pytest.mark.parametrize(
    "pointer", [b"", b"\n", b"gone", b"\xff\xfe\x00", b"..", b"../..", b"/", b"a\0b", b"x" * 5000, "été ☃".encode()]
)
def test_a_pointer_that_leads_nowhere_is_corrupt(tmp_path: Path, pointer: bytes) -> None:
    publish_one(tmp_path, "v1")
    (tmp_path / "LIVE").write_bytes(pointer)
    with pytest.raises(IndexCorrupt, match="Rebuild it with: python -m index build") as caught:
        live(tmp_path)
    assert len(str(caught.value)) < 500


def test_a_pointer_that_cannot_be_read_is_corrupt(tmp_path: Path) -> None:
    (tmp_path / "LIVE").mkdir()
    with pytest.raises(IndexCorrupt, match="LIVE cannot be read"):
        live(tmp_path)


def test_a_published_version_is_live_and_complete(tmp_path: Path) -> None:
    folder = publish_one(tmp_path, "v1")
    assert live(tmp_path) == folder == tmp_path / "versions/v1"
    found = read_manifest(folder)
    assert (found.version, found.model, found.dimensions, found.passages) == ("v1", "model", 3, 2)
    assert found.files == {"below/data": 7}
    assert found.created
    verify(folder, found)
    assert not (tmp_path / "LIVE.new").exists()


def test_the_version_before_is_kept_and_all_older_ones_are_dropped(tmp_path: Path) -> None:
    for name in ("v1", "v2", "v3"):
        publish_one(tmp_path, name)
    assert versions(tmp_path) == {"v2", "v3"}


def test_an_unreadable_pointer_does_not_stop_the_next_version(tmp_path: Path) -> None:
    publish_one(tmp_path, "v1")
    (tmp_path / "LIVE").write_bytes(b"\xff\xfe")
    publish_one(tmp_path, "v2")
    assert live(tmp_path).name == "v2"


def test_a_version_that_is_not_published_leaves_nothing(tmp_path: Path) -> None:
    with new_version(tmp_path) as folder:
        (folder / "data").write_text("unfinished")
    assert versions(tmp_path) == set()


def test_a_version_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError), new_version(tmp_path) as folder:
        folder.read_text()
    assert versions(tmp_path) == set()


def test_what_a_killed_build_left_is_swept_by_the_next_also_when_that_changes_nothing(tmp_path: Path) -> None:
    publish_one(tmp_path, "v1")
    (tmp_path / "versions/20160715.part/below").mkdir(parents=True)
    with new_version(tmp_path):
        assert not (tmp_path / "versions/20160715.part").exists()
    assert versions(tmp_path) == {"v1"}


def test_a_pointer_left_half_written_does_not_stop_the_next_version(tmp_path: Path) -> None:
    publish_one(tmp_path, "v1")
    (tmp_path / "LIVE.new").write_text("2016")
    publish_one(tmp_path, "v2")
    assert live(tmp_path).name == "v2"
    assert not (tmp_path / "LIVE.new").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff",
        b"null",
        b"[]",
        b"{}",
        b'{"format": "one"}',
        json.dumps({"format": FORMAT, "version": "v1"}).encode(),
        json.dumps({"format": FORMAT, "unheard": "of"}).encode(),
    ],
)
def test_a_manifest_that_makes_no_sense_is_corrupt(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(IndexCorrupt):
        read_manifest(tmp_path)


def test_a_missing_manifest_is_corrupt(tmp_path: Path) -> None:
    with pytest.raises(IndexCorrupt, match="manifest cannot be read"):
        read_manifest(tmp_path)


def edit_manifest(folder: Path, **changes: object) -> None:
    record: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(record | changes))


def test_another_format_is_named_also_when_it_has_other_fields(tmp_path: Path) -> None:
    folder = publish_one(tmp_path, "v1")
    edit_manifest(folder, format=FORMAT + 1, invented_later=True)
    with pytest.raises(IndexCorrupt, match=f"format {FORMAT + 1}, this program reads {FORMAT}"):
        read_manifest(folder)


def test_files_of_the_wrong_kind_in_the_manifest_are_corrupt(tmp_path: Path) -> None:
    folder = publish_one(tmp_path, "v1")
    edit_manifest(folder, files=["below/data"])
    with pytest.raises(IndexCorrupt):
        read_manifest(folder)


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_text("cut"), lambda path: path.write_text("")])
def test_a_file_that_is_missing_or_cut_short_is_noticed_when_opened(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    folder = publish_one(tmp_path, "v1")
    damage(folder / "below/data")
    with pytest.raises(IndexCorrupt, match="below/data is missing or cut short"):
        read_manifest(folder)


def test_a_single_changed_byte_is_noticed_by_verify(tmp_path: Path) -> None:
    folder = publish_one(tmp_path, "v1")
    (folder / "below/data").write_text("conteNt")
    found = read_manifest(folder)
    with pytest.raises(IndexCorrupt, match="below/data is damaged"):
        verify(folder, found)
    (folder / "below/data").unlink()
    with pytest.raises(IndexCorrupt, match="below/data cannot be read"):
        verify(folder, found)


def test_only_one_build_at_a_time_and_the_lock_is_let_go(tmp_path: Path) -> None:
    with build_lock(tmp_path / "index"):
        with pytest.raises(BuildInProgress, match="Wait until it ends"), build_lock(tmp_path / "index"):
            pass
        with build_lock(tmp_path / "another"):
            pass
    with build_lock(tmp_path / "index"):
        pass


def test_the_lock_is_let_go_when_the_build_fails(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), build_lock(tmp_path):
        raise RuntimeError
    with build_lock(tmp_path):
        pass
