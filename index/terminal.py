"""How `python -m index` shows things to a person; rich does the drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from index.indexing import Progress as OnProgress
from index.models import Answer, BuildReport, Citation

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@contextmanager
def progress_bars() -> Iterator[OnProgress]:
    """Bars on standard error, one a stage, while the block runs."""
    columns = (TextColumn("{task.description:>9}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, TaskID] = {}

        def on_progress(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=None)
            bars.update(tasks[stage], completed=done, total=total or None)

        yield on_progress
        for task in bars.tasks:  # a stage of unknown length is complete now
            bars.update(task.id, total=task.completed)


def print_report(report: BuildReport) -> None:
    """+added ~changed −removed ✗failed, and what failed and why."""
    console = Console(soft_wrap=True)
    counts = f"+{len(report.added)} ~{len(report.changed)} −{len(report.removed)} ✗{len(report.failed)}"
    rest = f"{report.articles} articles, {report.passages} passages, {report.embedded} embedded, {report.seconds:.1f} s"
    console.print(Text(f"{counts}  ({rest})"))
    for failure in report.failed:
        console.print(Text(_visible(f"✗ {failure.path}: {failure.reason}")))


def print_answer(answer: Answer) -> None:
    """The quotes with their sources, the answering sentence in bold; or the closest articles."""
    console = Console(soft_wrap=True)
    if not answer.answerable:
        console.print(Text("Not in these articles.", style="bold"))
        for citation in answer.closest:
            console.print(Text(f"  closest, not an answer: {_source(citation)}"))
    for quote in answer.quotes:
        text = Text(_visible(quote.text))
        start = quote.highlight_span[0] - quote.start
        text.stylize("bold", start, start + len(quote.highlight))
        console.print(text)
        console.print(Text(f"  — {_source(quote.citation)}\n", style="dim"))


def print_figures(figures: Mapping[str, float | int]) -> None:
    """A table of names and values."""
    table = Table("figure", "value", box=None)
    for name, value in figures.items():
        table.add_row(name, f"{value:.3f}" if isinstance(value, float) else str(value))
    Console().print(table)


def print_reliability(bins: Sequence[tuple[float, float, int]]) -> None:
    """How often an answer of some confidence is right."""
    table = Table("confidence", "answers", "questions", box=None)
    for confidence, right, count in bins:
        table.add_row(f"{confidence:.2f}", f"{right:.2f}", str(count))
    Console().print(table)


def _source(citation: Citation) -> str:
    parts = (citation.title, citation.source, citation.published and citation.published[:10], citation.url)
    return _visible(" · ".join(p for p in parts if p))


def _visible(text: str) -> str:
    """`text` with its control characters shown as such: an article must not steer the reader's terminal."""
    return _CONTROL.sub("\ufffd", text)
