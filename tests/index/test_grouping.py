"""Questions are drawn with their passages, those first that can be compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer

from index.reader.grouping import WIDTH, main

TEXT = (
    "The tower was built of stone that was brought by sea, and the people of the town paid for it over ten years. " * 2
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty questions with one passage that answers and twelve that don't, and thirty with one that doesn't."""
    rows: list[dict[str, Any]] = [
        {"source": "story", "question": f"Question {q}?", "passage": f"Town {q}-{p}. {TEXT}", "answerable": not p}
        for q in range(20)
        for p in range(13)
    ]
    rows += [{**rows[1], "question": f"Alone {q}?"} for q in range(30)]
    for row in rows:
        row["answers"] = [{"text": "tower", "start": row["passage"].index("tower")}] if row["answerable"] else []
    path = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def drawn(file: Path, source: str) -> list[dict[str, Any]]:
    main([f"{file}:{source}"], file.with_name("out.jsonl"))
    return [json.loads(line) for line in file.with_name("out.jsonl").open(encoding="utf-8")]


def test_questions_with_both_kinds_of_passages_come_first_and_not_too_wide(file: Path) -> None:
    rows = drawn(file, "question:20")
    assert {row["question"] for row in rows} == {f"Question {q}?" for q in range(20)}
    assert (len(rows), sum(row["answerable"] for row in rows)) == (20 * WIDTH, 20)
    assert len({row["question"] for row in drawn(file, "question:35")}) == 35


def test_a_passage_comes_with_questions_of_both_kinds_marked_as_together(file: Path) -> None:
    lines = [json.loads(line) for line in file.open(encoding="utf-8")]
    own = next(row for row in lines if row["answerable"])
    more = [{**own, "question": f"More {n}?", "answerable": False, "answers": []} for n in range(9)]
    path = file.with_name("more.jsonl")
    path.write_text("".join(json.dumps(row) + "\n" for row in [*lines, *more]), encoding="utf-8")
    rows = drawn(path, "passage:20")
    assert {row["together"] for row in rows} == {own["passage"]}
    assert (len(rows), sum(row["answerable"] for row in rows)) == (WIDTH, 1)


def test_single_rows_are_drawn_by_number(file: Path) -> None:
    assert len(drawn(file, "row:7")) == 7


@pytest.mark.parametrize("source", ["", ":question", ":article:3", ":row:many"])
def test_what_it_cannot_draw_it_says(file: Path, source: str) -> None:
    with pytest.raises(typer.BadParameter, match="FILE:question:N"):
        main([f"{file}{source}"], file.with_name("out.jsonl"))
