"""Timing and small markdown tables."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

T = TypeVar("T")
Milliseconds = npt.NDArray[np.float64]


def timed(call: Callable[[T], object], inputs: Sequence[T]) -> Milliseconds:
    """How long each call took, shape (inputs,)."""
    taken = np.empty(len(inputs))
    for i, value in enumerate(inputs):
        started = time.perf_counter()
        call(value)
        taken[i] = (time.perf_counter() - started) * 1000
    return taken


def percentiles(taken: Milliseconds) -> list[str]:
    """p50 and p95, in milliseconds."""
    return [f"{np.percentile(taken, share):.2f}" for share in (50, 95)]


def show(title: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a markdown table, the machine named beneath."""
    print(f"\n{title}\n")
    for row in (header, ["---", *["---:"] * (len(header) - 1)], *rows):
        print(f"| {' | '.join(map(str, row))} |")
    print(f"\n{machine()}")


def machine() -> str:
    """The processor, its cores and the Python, in a line."""
    cpuinfo = Path("/proc/cpuinfo")
    names = [line for line in cpuinfo.read_text().splitlines() if "model name" in line] if cpuinfo.exists() else []
    processor = names[0].partition(":")[2].strip() if names else platform.processor() or platform.machine()
    return f"{processor}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
