"""Opening the `.npy` files of an index, from any thread."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

_one_at_a_time = threading.Lock()
"""numpy parses a file's header as Python source, which two threads at once break on CPython 3.11 with "SystemError: AST
constructor recursion depth mismatch": the parser keeps one depth for all threads."""


def load_array(path: Path, *, mapped: bool = False) -> npt.NDArray[Any]:
    """The array that `numpy.save` wrote, memory-mapped and read-only if `mapped`.

    Raises OSError, or ValueError when the file is damaged or empty.
    """
    with _one_at_a_time:
        try:
            return np.load(path, mmap_mode="r" if mapped else None, allow_pickle=False)  # type: ignore[no-any-return]
        except EOFError as error:
            raise ValueError(f"{path.name} is empty") from error
