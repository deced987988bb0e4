"""A reindex as a run of replies: progress at a pace that Discord allows, then how it ended."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing

from bot import replies
from bot.readers import Reader
from bot.reindexing import ReindexBusy, Reindexer, ReindexFailed
from bot.replies import Reply
from bot.service import Service
from index.models import BuildReport

EVERY_SECONDS = 2.0
_log = logging.getLogger(__name__)


async def rebuild(
    reindexer: Reindexer, service: Service, reader: Reader, every: float = EVERY_SECONDS
) -> AsyncGenerator[Reply, None]:
    """Yields what to show, at most one reply in `every` seconds but the last. The service then answers from the new
    version. Expected problems are the last reply; nothing is raised for them."""
    messages = reader.messages
    if reindexer.busy:
        yield replies.notice(messages.reindex_busy)
        return
    yield replies.progress_reply(None, messages)
    try:
        async with aclosing(reindexer.run()) as events:
            _log.info("Reindex asked for by user %d in server %s", reader.user_id, reader.guild_id)
            shown = time.monotonic()
            async for event in events:
                if isinstance(event, BuildReport):
                    await service.refresh()
                    _log_report(event)
                    yield replies.reindex_reply(event, messages)
                elif time.monotonic() - shown >= every:
                    shown = time.monotonic()
                    yield replies.progress_reply(event, messages)
    except ReindexBusy:
        yield replies.notice(messages.reindex_busy)
    except ReindexFailed as error:
        yield replies.problem(messages.reindex_error.format(problem=error.problem or messages.reindex_unexpected))


def _log_report(report: BuildReport) -> None:
    _log.info(
        "Reindexed in %.1f s: +%d ~%d -%d, %d failed; version %s",
        report.seconds,
        len(report.added),
        len(report.changed),
        len(report.removed),
        len(report.failed),
        report.version,
    )
    for failure in report.failed:
        _log.warning("Not indexed: %s: %s", failure.path, failure.reason)
