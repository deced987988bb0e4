"""Draws rows for a leg of training: `python -m index.reader.grouping --rows FILE:question:N … --out FILE`.

`FILE:question:N` draws N questions of a file, each with up to WIDTH of its passages, so that `index.reader.training`
can compare them; questions with a passage that answers and one that doesn't come before the others. `FILE:passage:N`
draws N passages, each with up to WIDTH of its questions, answered and unanswered, marked as "together". `FILE:row:N`
draws single rows. Rows of a passage that `index.reader.mixture` holds out are left out.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from index.reader.mixture import is_held_out, usable

Row = dict[str, Any]

WIDTH = 8


def main(
    rows: Annotated[list[str], typer.Option(help="FILE:question:N, FILE:passage:N or FILE:row:N; repeatable.")],
    out: Annotated[Path, typer.Option(help="File of examples to write.")],
    seed: int = 8,
) -> None:
    """Draw them, and write them in an order fixed by the seed."""
    rng = random.Random(seed)
    drawn: list[Row] = []
    for source in rows:
        name, by, count = _parts(source)
        found = [row for row in usable([name]) if not is_held_out(row)]
        drawn += rng.sample(found, min(count, len(found))) if by == "row" else _sets(found, by, count, rng)
    rng.shuffle(drawn)
    out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in drawn), encoding="utf-8")
    for (kind, answerable), number in sorted(Counter((r["source"], r["answerable"]) for r in drawn).items()):
        print(f"{kind:24} {'answerable' if answerable else 'unanswerable':13} {number:6}")
    print(f"{len(drawn)} examples")


def _parts(source: str) -> tuple[Path, str, int]:
    name, by, count = (["", "", "", *source.rsplit(":", 2)])[-3:]
    if by not in ("question", "passage", "row") or not count.isdigit():
        raise typer.BadParameter(f"{source}: write FILE:question:N, FILE:passage:N or FILE:row:N.")
    return Path(name), by, int(count)


def _sets(rows: Sequence[Row], by: str, count: int, rng: random.Random) -> list[Row]:
    sets: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        sets[row[by]].append({**row, "together": row[by]} if by == "passage" else row)
    groups = rng.sample(list(sets.values()), len(sets))
    groups.sort(key=lambda group: len({row["answerable"] for row in group}), reverse=True)
    if by == "passage":
        groups = [group for group in groups if len({row["answerable"] for row in group}) == 2]
    return [row for group in groups[:count] for row in _some(group, rng)]


def _some(group: Sequence[Row], rng: random.Random) -> list[Row]:
    """Up to WIDTH rows, half of them answerable as far as there are so many of each kind."""
    right, wrong = (
        rng.sample(s, len(s)) for s in ([r for r in group if r["answerable"] is kind] for kind in (True, False))
    )
    first = right[: max(WIDTH // 2, WIDTH - len(wrong))]
    return first + wrong[: WIDTH - len(first)]


if __name__ == "__main__":
    typer.run(main)
