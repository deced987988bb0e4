"""`python -m benchmarks.reindex_latency`: 50 readers ask at once while the articles are indexed anew.

The service, library, index and build process are the real ones; only Discord is not there. A ticker that wants to run
every 5 ms measures for how long the event loop's thread was blocked; what the machine gives to others counts too.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import tempfile
import time
from contextlib import aclosing
from pathlib import Path

from benchmarks.report import show
from bot.readers import Reader
from bot.reindexing import Reindexer, build_command
from bot.service import Service
from bot.state import State
from index import IndexSettings, open_library
from index.models import BuildReport

_TICK = 0.005
_TOO_LONG = 0.05
_QUESTIONS = ("When did the bridge open?", "How did the council vote?", "What does the ferry cost?", "Who won the cup?")


def main() -> None:
    """Build a small index from the seeds, ask during the next build, print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reindex_latency", description=__doc__)
    parser.add_argument("--articles", type=Path, default=Path("seeds"))
    parser.add_argument("--readers", type=int, default=50, help="people who ask at once")
    parser.add_argument("--reader", help="packaged, off, or a model, as in READER; READER's by default")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(chosen.articles, chosen.readers, chosen.reader, Path(folder)))


async def _measure(seeds: Path, readers: int, reader: str | None, folder: Path) -> None:
    articles, index = folder / "articles", folder / "index"
    shutil.copytree(seeds, articles)
    reindexer = Reindexer(build_command(articles, index))
    await _build(reindexer)
    settings = IndexSettings(articles_dir=articles, index_dir=index)
    if reader:
        settings = settings.model_copy(update={"reader": reader})
    state = State.open(folder / "bot.sqlite3")
    service = Service(open_library(settings), state)
    await service.warm_up()
    for path in list(articles.rglob("*.txt"))[:40]:
        copy = path.with_name(f"again-{path.name}")
        copy.write_text(path.read_text("utf-8", errors="replace") + "\n\nThis was written once more.\n", "utf-8")

    stalls: list[float] = []
    ticking = asyncio.create_task(_tick(stalls))
    building = asyncio.create_task(_build(reindexer))
    await asyncio.sleep(1)
    during = not building.done()
    taken = await asyncio.gather(*(_ask(service, n) for n in range(readers)))
    outlasted = not building.done()
    await building
    await service.refresh()
    ticking.cancel()
    service.close()
    state.close()
    acknowledged, answered = ([one[i] * 1000 for one in taken] for i in (0, 1))
    rows = [
        ("longest block of the event loop", f"{max(stalls) * 1000:.1f} ms"),
        (f"blocks over {_TOO_LONG * 1000:.0f} ms, of {len(stalls):,} looks", f"{sum(s > _TOO_LONG for s in stalls)}"),
        ("longest wait for an acknowledgement", f"{max(acknowledged):.1f} ms"),
        ("median answer", f"{sorted(answered)[len(answered) // 2]:.0f} ms"),
        ("last answer", f"{max(answered):.0f} ms"),
    ]
    show(f"{readers} readers at once during a reindex, READER={settings.reader}", ("", ""), rows)
    print(f"\nThe build ran when they asked: {during}; and still when the last was answered: {outlasted}.")


async def _ask(service: Service, number: int) -> tuple[float, float]:
    """Seconds until the handler runs, which acknowledges first of all, and until the answer."""
    started = time.perf_counter()
    await asyncio.sleep(0)
    acknowledged = time.perf_counter() - started
    await service.ask(f"{_QUESTIONS[number % len(_QUESTIONS)]} ({number})", Reader(user_id=number + 1))
    return acknowledged, time.perf_counter() - started


async def _tick(stalls: list[float]) -> None:
    while True:
        due = time.perf_counter() + _TICK
        await asyncio.sleep(_TICK)
        stalls.append(time.perf_counter() - due)


async def _build(reindexer: Reindexer) -> None:
    async with aclosing(reindexer.run()) as events:
        async for event in events:
            if isinstance(event, BuildReport):
                return


if __name__ == "__main__":
    main()
