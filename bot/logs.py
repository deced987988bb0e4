"""Where the log goes: standard error for an operator, a file where a person sits at the terminal."""

from __future__ import annotations

import logging
from pathlib import Path

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def configure(level: str, file: Path | None = None) -> None:
    """Sends this process's log to `file`, created with the first line, or to standard error."""
    handler: logging.Handler = logging.StreamHandler()
    if file is not None:
        handler = logging.FileHandler(file, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter(_FORMAT))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # Libraries below this talk about their own plumbing.
    for name in ("asyncio", "httpx", "httpcore", "urllib3", "filelock", "markdown_it", "sentence_transformers"):
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
