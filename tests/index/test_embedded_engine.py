"""The embedded engine keeps the contract, and says so when its files are damaged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.engines.embedded import SENTENCE_VECTORS, VECTORS, EmbeddedEngine
from index.engines.store import Store
from index.errors import IndexCorrupt
from index.protocols import Engine
from index.versions import live
from tests.index.contracts import CORPUS, EngineContract
from tests.index.fakes import build_in, settings_in, write_records


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A version over the contract's corpus; only read from."""
    folder = tmp_path_factory.mktemp("engine")
    write_records(folder, CORPUS)
    build_in(folder)
    return live(settings_in(folder).index_dir)


class TestEmbeddedEngine(EngineContract):
    @pytest.fixture(scope="class")
    def engine(self, version: Path) -> Iterator[Engine]:
        engine = EmbeddedEngine(version)
        yield engine
        engine.close()


def test_ties_go_to_the_lower_row(version: Path) -> None:
    engine = EmbeddedEngine(version)
    alike = np.flatnonzero(np.isin(engine.article_rows(), [1, 2])).tolist()
    assert [hit.row for hit in engine.lexical(["bakeri", "fire"], 2)] == alike
    assert [hit.row for hit in engine.lexical_articles(["bakeri", "fire"], 1)] == [1]


def test_idf_by_hand_and_above_zero_where_a_term_is_in_every_passage(tmp_path: Path) -> None:
    write_records(tmp_path, [{"id": "only", "title": "Ferry", "text": "The ferry sails."}])
    build_in(tmp_path)
    engine = EmbeddedEngine(live(settings_in(tmp_path).index_dir))
    assert engine.idf("ferri") == pytest.approx(0.2876821)  # ln(1 + .5 / 1.5)
    assert engine.idf("unicorn") == pytest.approx(1.3862944)  # ln(1 + 1.5 / .5)


def test_vectors_stay_on_disk_until_they_are_read(version: Path) -> None:
    for name, dtype in ((VECTORS, np.float32), (SENTENCE_VECTORS, np.float16)):
        mapped = np.load(version / name, mmap_mode="r", allow_pickle=False)
        assert isinstance(mapped, np.memmap)
        assert mapped.dtype == dtype


def test_nothing_in_a_version_is_pickled(version: Path) -> None:
    suffixes = {path.suffix for path in version.rglob("*") if path.is_file()}
    assert suffixes == {".json", ".npy", ".sqlite3"}
    for path in version.rglob("*.npy"):
        np.load(path, allow_pickle=False)


def test_a_store_can_be_opened_from_a_path_with_signs_that_mean_something_in_a_uri(
    version: Path, tmp_path: Path
) -> None:
    strange = tmp_path / "100% new? #2 é.sqlite3"
    strange.write_bytes((version / "store.sqlite3").read_bytes())
    assert [c.id for c in Store(strange).citations] == [record["id"] for record in CORPUS]


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough to look like one" * 20])
def test_a_file_that_is_no_store_is_corrupt(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "store.sqlite3").write_bytes(content)
    with pytest.raises(IndexCorrupt, match="python -m index build"):
        Store(tmp_path / "store.sqlite3")


def test_a_missing_store_is_corrupt_and_is_not_created(tmp_path: Path) -> None:
    with pytest.raises(IndexCorrupt):
        Store(tmp_path / "store.sqlite3")
    assert not list(tmp_path.iterdir())


def test_a_store_is_never_written_to_once_it_is_open(version: Path) -> None:
    before = (version / "store.sqlite3").read_bytes()
    store = Store(version / "store.sqlite3")
    with pytest.raises(IndexCorrupt, match="readonly"):
        store._all("DELETE FROM articles")
    store.close()
    assert (version / "store.sqlite3").read_bytes() == before
    assert not list(version.glob("store.sqlite3-*"))
