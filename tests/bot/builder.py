"""Scripts that stand for `python -m index build --events`."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.reindexing import Reindexer

REPORT = """
print(json.dumps({"event": "report", "version": "v2", "articles": 2, "passages": 9, "embedded": 4, "added": ["a"],
    "changed": [], "removed": [], "failed": [{"path": "x.pdf", "reason": "It is encrypted."}], "seconds": 1.5}))
"""
PROGRESS = """
for done in range(3):
    print(json.dumps({"event": "progress", "stage": "embedding", "done": done, "total": 2}), flush=True)
"""


def write(builder: Path, body: str) -> None:
    """Makes the builder do this."""
    builder.write_text(f"import json, os, sys, time\n{body}", "utf-8")


async def started(reindexer: Reindexer) -> None:
    """Waits until a build is running."""
    while not reindexer.busy:  # noqa: ASYNC110  # there is no event to wait for, and none is wanted in the bot
        await asyncio.sleep(0.01)
