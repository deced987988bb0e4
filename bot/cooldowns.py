"""How often somebody may ask: token buckets, one for each person and one for each channel. Pure but for the clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

PRESS = 0.5
"""What a pressed button costs, in questions."""
_KEPT = 1000
"""Buckets in memory from which on the full ones are forgotten."""


@dataclass(frozen=True, slots=True)
class Rate:
    """`times` questions in `seconds`, also all at once; 0 times limits nothing."""

    times: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Wait:
    """How many whole seconds to wait. `told` is True when everybody could read that since somebody last could ask;
    `crowded` when it is the channel that asks too much, not the person."""

    seconds: int
    told: bool
    crowded: bool = False


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float
    told: bool = False


class Cooldowns:
    """A bucket for every person and every channel. Used from the event loop only."""

    def __init__(self, person: Rate, channel: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._rates = {"person": person, "channel": channel}
        self._clock = clock
        self._buckets: dict[tuple[str, int], _Bucket] = {}

    def take(self, user_id: int, channel_id: int | None, cost: float = 1.0, *, telling: bool = False) -> Wait | None:
        """Counts a question (or `cost` of one); if it is one too many, nothing is counted and the wait is returned.
        `telling` says that it will then be told where everybody reads it."""
        keys = [("person", user_id)] + ([("channel", channel_id)] if channel_id is not None else [])
        buckets = [
            (kind, self._rates[kind], self._filled((kind, number))) for kind, number in keys if self._rates[kind].times
        ]
        short = [
            ((cost - bucket.tokens) * rate.seconds / rate.times, kind, bucket)
            for kind, rate, bucket in buckets
            if bucket.tokens < cost
        ]
        if short:
            wait, kind, bucket = max(short, key=lambda one: one[0])
            told, bucket.told = bucket.told, bucket.told or telling
            return Wait(max(1, -int(-wait // 1)), told, kind == "channel")
        for _, _, bucket in buckets:
            bucket.tokens -= cost
            bucket.told = False
        return None

    def _filled(self, key: tuple[str, int]) -> _Bucket:
        """The bucket as it is now."""
        rate, now = self._rates[key[0]], self._clock()
        bucket = self._buckets.get(key)
        if bucket is None:
            if len(self._buckets) >= _KEPT:
                self._forget(now)
            bucket = self._buckets[key] = _Bucket(float(rate.times), now)
        bucket.tokens = min(float(rate.times), bucket.tokens + (now - bucket.at) * rate.times / rate.seconds)
        bucket.at = now
        return bucket

    def _forget(self, now: float) -> None:
        """Drops the buckets that are full again: a new one is the same."""
        for key, bucket in list(self._buckets.items()):
            if now - bucket.at >= self._rates[key[0]].seconds:
                del self._buckets[key]


NO_COOLDOWNS = Cooldowns(Rate(0, 1), Rate(0, 1))
"""Nobody ever waits."""
