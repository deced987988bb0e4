"""How often somebody may ask."""

from __future__ import annotations

import pytest

from bot.cooldowns import Cooldowns, Rate, Wait


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Now, in seconds."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The clock."""
    return Clock()


@pytest.fixture
def cooldowns(clock: Clock) -> Cooldowns:
    """Three questions in 30 seconds each, five a minute in a channel."""
    return Cooldowns(Rate(3, 30), Rate(5, 60), clock)


def test_the_first_questions_pass_and_the_next_waits_until_one_has_grown_back(
    cooldowns: Cooldowns, clock: Clock
) -> None:
    assert [cooldowns.take(1, 10) for _ in range(3)] == [None] * 3
    assert cooldowns.take(1, 10, telling=True) == Wait(10, told=False)
    clock.now += 4
    assert cooldowns.take(1, 10, telling=True) == Wait(6, told=True)
    clock.now += 6
    assert cooldowns.take(1, 10) is None
    assert cooldowns.take(1, 10) == Wait(10, told=False)


def test_who_was_told_alone_is_still_told_in_public(cooldowns: Cooldowns) -> None:
    for user in (1, 2, 3, 4, 5):
        cooldowns.take(user, 10)
    assert cooldowns.take(6, 10) == Wait(12, told=False, crowded=True)
    assert cooldowns.take(7, 10, telling=True) == Wait(12, told=False, crowded=True)
    assert cooldowns.take(6, 10) == Wait(12, told=True, crowded=True)


def test_one_persons_haste_is_not_anothers_wait(cooldowns: Cooldowns) -> None:
    for _ in range(3):
        cooldowns.take(1, 10)
    assert cooldowns.take(2, 10) is None


def test_a_busy_channel_waits_as_a_whole_and_a_refusal_costs_nobody_a_question(
    cooldowns: Cooldowns, clock: Clock
) -> None:
    assert [cooldowns.take(user, 10) for user in (1, 2, 3, 4, 5)] == [None] * 5
    assert cooldowns.take(6, 10) == Wait(12, told=False, crowded=True)
    assert [cooldowns.take(6, 11) for _ in range(3)] == [None] * 3
    assert cooldowns.take(7, None) is None


def test_a_long_pause_fills_no_more_than_the_bucket(cooldowns: Cooldowns, clock: Clock) -> None:
    cooldowns.take(1, 10)
    clock.now += 1e6
    assert [cooldowns.take(1, 10) for _ in range(3)] == [None] * 3
    assert cooldowns.take(1, 10)


def test_a_press_costs_half_and_zero_limits_nothing(clock: Clock) -> None:
    cooldowns = Cooldowns(Rate(3, 30), Rate(0, 60), clock)
    assert [cooldowns.take(1, 10, 0.5) for _ in range(6)] == [None] * 6
    assert cooldowns.take(1, 10, 0.5) == Wait(5, told=False)
    free = Cooldowns(Rate(0, 30), Rate(0, 60), clock)
    assert [free.take(1, 10) for _ in range(99)] == [None] * 99


def test_people_who_asked_long_ago_take_no_memory(cooldowns: Cooldowns, clock: Clock) -> None:
    for user in range(1500):
        cooldowns.take(user, None)
        clock.now += 1
    assert len(cooldowns._buckets) <= 1001
