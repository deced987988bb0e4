"""The line in front of the answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.waiting import Line, LineClosed, LineFull

Work = Callable[[], Coroutine[Any, Any, int]]


class Counter:
    """Work that waits for a gate, and what was told to those in line."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.begun: list[int] = []
        self.told: dict[int, list[int]] = {}

    def work(self, number: int) -> Work:
        """Work that returns its number."""

        async def do() -> int:
            self.begun.append(number)
            await self.gate.wait()
            return number

        return do

    def tell(self, who: int) -> Callable[[int], Coroutine[Any, Any, None]]:
        """Notes the numbers that somebody was told."""

        async def note(number: int) -> None:
            self.told.setdefault(who, []).append(number)

        return note


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_as_many_as_the_line_is_wide_work_at_once_and_the_others_in_order() -> None:
    line, counter = Line(2), Counter()
    running = [asyncio.create_task(line.through(counter.work(n))) for n in range(6)]
    await settle()
    assert counter.begun == [0, 1]
    counter.gate.set()
    assert await asyncio.gather(*running) == list(range(6))
    assert counter.begun == list(range(6))


async def test_only_those_far_back_are_told_their_number_and_then_how_it_moves() -> None:
    line, counter = Line(1, told_from=2, patience=0, every=0.01), Counter()
    gates = [Counter() for _ in range(4)]
    running = [asyncio.create_task(line.through(one.work(n), counter.tell(n))) for n, one in enumerate(gates)]
    await asyncio.sleep(0.05)
    assert counter.told == {2: [2], 3: [3]}
    gates[0].gate.set()
    await asyncio.sleep(0.05)
    assert counter.told == {2: [2, 1], 3: [3, 2]}
    for one in gates:
        one.gate.set()
    await asyncio.gather(*running)


async def test_a_short_wait_is_not_worth_a_number() -> None:
    line, counter = Line(1, told_from=1), Counter()
    running = [asyncio.create_task(line.through(counter.work(n), counter.tell(n))) for n in range(3)]
    await asyncio.sleep(0.05)
    counter.gate.set()
    await asyncio.gather(*running)
    assert counter.told == {}


async def test_one_too_many_is_refused_at_once() -> None:
    line, counter = Line(1, longest=1), Counter()
    running = [asyncio.create_task(line.through(counter.work(n))) for n in range(2)]
    await settle()
    with pytest.raises(LineFull):
        await line.through(counter.work(9))
    counter.gate.set()
    await asyncio.gather(*running)
    assert await line.through(counter.work(3)) == 3


async def test_who_fails_or_leaves_holds_up_nobody() -> None:
    line, counter = Line(1), Counter()

    async def fail() -> int:
        raise ZeroDivisionError

    first = asyncio.create_task(line.through(counter.work(0)))
    failing = asyncio.create_task(line.through(fail))
    leaving = asyncio.create_task(line.through(counter.work(2)))
    last = asyncio.create_task(line.through(counter.work(3)))
    await settle()
    leaving.cancel()
    await settle()
    counter.gate.set()
    assert await first == 0
    with pytest.raises(ZeroDivisionError):
        await failing
    assert await last == 3
    assert counter.begun == [0, 3]
    assert await line.through(counter.work(4)) == 4


async def test_what_is_being_told_is_told_before_the_answer() -> None:
    line, counter, said = Line(1, told_from=1, patience=0, every=0.01), Counter(), []

    async def slowly(number: int) -> None:
        await asyncio.sleep(0.05)
        said.append(number)

    first = asyncio.create_task(line.through(counter.work(0)))
    second = asyncio.create_task(line.through(counter.work(1), slowly))
    await asyncio.sleep(0.03)
    counter.gate.set()
    await first
    await second
    assert said == [1]


async def test_a_number_that_cannot_be_told_stops_no_answer() -> None:
    line, counter = Line(1, told_from=1, patience=0, every=0.01), Counter()

    async def fail(number: int) -> None:
        raise OSError(number)

    first = asyncio.create_task(line.through(counter.work(0)))
    second = asyncio.create_task(line.through(counter.work(1), fail))
    await asyncio.sleep(0.03)
    counter.gate.set()
    assert [await first, await second] == [0, 1]


async def test_a_closed_line_sends_away_who_waits_and_who_comes_and_ends_what_it_began() -> None:
    line, counter = Line(1, told_from=1, patience=0, every=0.01), Counter()
    first = asyncio.create_task(line.through(counter.work(0)))
    second = asyncio.create_task(line.through(counter.work(1), counter.tell(1)))
    await asyncio.sleep(0.03)
    line.close()
    with pytest.raises(LineClosed):
        await second
    with pytest.raises(LineClosed):
        await line.through(counter.work(2))
    counter.gate.set()
    assert await first == 0
    assert counter.begun == [0]
    assert counter.told == {1: [1]}
