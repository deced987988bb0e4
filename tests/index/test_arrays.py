"""Opening the arrays of an index from any thread, and damaged ones."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.arrays import load_array


@pytest.mark.parametrize("mapped", [False, True])
def test_an_array_comes_back_as_it_was_saved(tmp_path: Path, mapped: bool) -> None:
    np.save(tmp_path / "a.npy", np.arange(6).reshape(2, 3))
    array = load_array(tmp_path / "a.npy", mapped=mapped)
    assert array.tolist() == [[0, 1, 2], [3, 4, 5]]
    assert isinstance(array, np.memmap) is mapped
    if mapped:
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 1


@pytest.mark.parametrize("mapped", [False, True])
@pytest.mark.parametrize("content", [b"", b"\x93NUMPY", b"not an array at all"])
def test_a_damaged_file_is_a_value_error(tmp_path: Path, content: bytes, mapped: bool) -> None:
    (tmp_path / "a.npy").write_bytes(content)
    with pytest.raises(ValueError, match=r"."):
        load_array(tmp_path / "a.npy", mapped=mapped)


def test_threads_never_have_numpy_parse_two_headers_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    np.save(tmp_path / "a.npy", np.arange(3))
    load, most = np.load, list[int]()
    inside: set[int] = set()

    def watched(*given: Any, **named: Any) -> Any:
        inside.add(threading.get_ident())
        most.append(len(inside))
        time.sleep(0.005)
        try:
            return load(*given, **named)
        finally:
            inside.discard(threading.get_ident())

    monkeypatch.setattr(np, "load", watched)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: load_array(tmp_path / "a.npy"), range(12)))
    assert most == [1] * 12
