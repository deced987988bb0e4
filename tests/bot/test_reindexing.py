"""The build beside the bot, with a small script in the builder's place."""

from __future__ import annotations

import asyncio
import sys
from contextlib import aclosing
from pathlib import Path

import pytest

from bot.messages import ENGLISH
from bot.readers import Reader
from bot.rebuild import rebuild
from bot.reindexing import Progress, ReindexBusy, Reindexer, ReindexFailed, build_command
from bot.replies import Reply
from bot.service import Service
from index.models import BuildReport
from tests.bot.builder import PROGRESS, REPORT, started, write
from tests.bot.fakes import FakeLibrary


async def events(reindexer: Reindexer) -> list[Progress | BuildReport]:
    return [event async for event in reindexer.run()]


async def test_progress_is_told_and_the_report_comes_last(reindexer: Reindexer, builder: Path) -> None:
    write(builder, PROGRESS + REPORT)
    *progress, report = await events(reindexer)
    assert progress == [Progress("embedding", done, 2) for done in range(3)]
    assert isinstance(report, BuildReport)
    assert (report.version, report.added, report.failed[0].path) == ("v2", ("a",), "x.pdf")
    assert not reindexer.busy


async def test_other_output_and_a_flood_of_complaints_do_no_harm(reindexer: Reindexer, builder: Path) -> None:
    write(builder, "print('Hello'); print('{}'); print('[1]'); sys.stderr.write('x' * 300_000)" + REPORT)
    assert len(await events(reindexer)) == 1


async def test_a_report_longer_than_a_pipes_buffer_arrives(reindexer: Reindexer, builder: Path) -> None:
    write(builder, REPORT.replace('["a"]', '["%d" % n for n in range(50_000)]'))
    (report,) = await events(reindexer)
    assert isinstance(report, BuildReport)
    assert len(report.added) == 50_000


async def test_the_builders_own_sentence_is_kept(reindexer: Reindexer, builder: Path) -> None:
    write(builder, 'print(json.dumps({"event": "error", "message": "Another build is running."})); sys.exit(1)')
    with pytest.raises(ReindexFailed) as caught:
        await events(reindexer)
    assert caught.value.problem == "Another build is running."


async def test_a_build_that_dies_is_logged_with_its_last_words(
    reindexer: Reindexer, builder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(builder, PROGRESS + "raise RuntimeError('no space left')")
    with pytest.raises(ReindexFailed) as caught:
        await events(reindexer)
    assert caught.value.problem == ""
    assert "no space left" in caplog.text


async def test_a_build_that_cannot_start_fails_calmly() -> None:
    with pytest.raises(ReindexFailed, match="could not be started"):
        await events(Reindexer(["/nonexistent/python"]))


async def test_a_second_reindex_is_refused_while_one_runs(reindexer: Reindexer, builder: Path) -> None:
    write(builder, PROGRESS + "time.sleep(30)")
    async with aclosing(reindexer.run()) as running:
        await anext(running)
        assert reindexer.busy
        with pytest.raises(ReindexBusy):
            await events(reindexer)
    assert not reindexer.busy


async def test_leaving_early_ends_the_build_even_one_that_will_not_listen(
    reindexer: Reindexer, builder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.reindexing._PATIENCE", 0.2)
    alive = tmp_path / "alive"
    write(
        builder,
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)"
        + PROGRESS
        + f"\ntime.sleep(1.5); open({str(alive)!r}, 'w')",
    )
    async with aclosing(reindexer.run()) as running:
        await anext(running)
    await asyncio.sleep(1.6)
    assert not alive.exists()


async def test_the_build_never_sees_the_token(
    reindexer: Reindexer, builder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "secret")
    write(builder, "if 'DISCORD_TOKEN' in os.environ: sys.exit(3)" + REPORT)
    assert len(await events(reindexer)) == 1


def test_the_command_is_this_pythons_builder() -> None:
    command = build_command(Path("seeds"), Path("data/index"))
    assert command[:5] == [sys.executable, "-m", "index", "build", "--events"]


async def shown(reindexer: Reindexer, service: Service, every: float = 0.0) -> list[Reply]:
    return [reply async for reply in rebuild(reindexer, service, Reader(), every)]


async def test_a_reader_sees_a_start_progress_and_the_outcome_and_the_new_version_is_taken_up(
    reindexer: Reindexer, builder: Path, service: Service, library: FakeLibrary
) -> None:
    write(builder, PROGRESS + REPORT)
    start, *progress, end = [reply.text for reply in await shown(reindexer, service)]
    assert "starting" in start
    assert len(progress) == 3
    assert "+1" in end
    assert "x.pdf" in end
    assert library.refreshed == 1


async def test_progress_comes_at_a_pace_but_the_outcome_at_once(
    reindexer: Reindexer, builder: Path, service: Service
) -> None:
    write(builder, PROGRESS + REPORT)
    assert len(await shown(reindexer, service, every=60)) == 2


async def test_a_reindex_asked_for_twice_is_refused_politely(
    reindexer: Reindexer, builder: Path, service: Service
) -> None:
    write(builder, "time.sleep(30)")
    async with aclosing(rebuild(reindexer, service, Reader())) as running:
        await anext(running)
        waiting = asyncio.ensure_future(anext(running))
        await started(reindexer)
        assert [reply.text for reply in await shown(reindexer, service)] == [ENGLISH.reindex_busy]
        waiting.cancel()
        await asyncio.wait([waiting])


async def test_a_failed_reindex_says_that_nothing_was_lost(
    reindexer: Reindexer, service: Service, library: FakeLibrary
) -> None:
    (_, end) = await shown(reindexer, service)
    assert "previous index is untouched" in end.text
    assert library.refreshed == 0
