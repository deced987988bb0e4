"""The training mixture: cut passages keep their answers, held-out ones stay out, turned questions are other ones."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from index.reader.mixture import main
from index.reader.unanswerable import unanswerable

PASSAGE = (
    "The Wendmouth Bridge opened on 20 May 2023. It is the largest bridge in the county and cost 46 million crowns. "
    "Wilma Askew cut the ribbon. "
) + "The herring were counted again and found to be the same as before. " * 20
ELSEWHERE = "It rained in Brackwater, where Ines Valdry had lived in 1931."


def rows() -> list[dict[str, Any]]:
    made = []
    for n in range(60):
        passage = f"Report number {n}. {PASSAGE}"
        answer = {"text": "Wilma Askew", "start": passage.index("Wilma Askew")}
        question = f"Who cut the ribbon of the largest bridge in {chr(97 + n % 26) * (3 + n // 26)}?"
        made.append(
            {
                "source": "squad1_train",
                "question": question,
                "passage": passage,
                "answers": [answer],
                "answerable": True,
            }
        )
    return made


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("mixture")
    given = folder / "rows.jsonl"
    given.write_text("".join(json.dumps(row) + "\n" for row in rows()), "utf-8")
    main([given], folder / "out.jsonl", folder / "held.jsonl", seed=1)
    first = (folder / "out.jsonl").read_text("utf-8")
    main([given], folder / "out.jsonl", folder / "held.jsonl", seed=1)
    assert (folder / "out.jsonl").read_text("utf-8") == first  # the seed decides
    read = [
        [json.loads(line) for line in (folder / name).open(encoding="utf-8")] for name in ("out.jsonl", "held.jsonl")
    ]
    return read[0], read[1]


def test_an_answer_stands_where_its_row_says_after_the_passage_is_cut(mixed: tuple[list[Any], list[Any]]) -> None:
    answerable = [row for row in mixed[0] if row["answerable"]]
    assert answerable
    for row in answerable:
        (answer,) = row["answers"]
        assert row["passage"][answer["start"] :].startswith("Wilma Askew")
        assert len(row["passage"].split()) < 130


def test_held_out_passages_are_in_neither_answerable_nor_turned_rows(mixed: tuple[list[Any], list[Any]]) -> None:
    out, held = mixed
    assert held
    assert not {row["question"] for row in out} & {row["question"] for row in held}
    assert len({row["passage"].split(".")[0] for row in held}) + len({r["passage"].split(".")[0] for r in out}) <= 61


def test_turned_questions_have_no_answer_and_are_not_the_ones_that_do(mixed: tuple[list[Any], list[Any]]) -> None:
    asked = {row["question"] for row in rows()}
    turned = [row for row in mixed[0] if row["source"] == "turned"]
    assert turned
    assert all(not row["answerable"] and not row["answers"] and row["question"] not in asked for row in turned)


def turn(question: str, answer: str = "Wilma Askew") -> set[str]:
    outcomes = {unanswerable(question, PASSAGE, answer, ELSEWHERE, random.Random(seed)) for seed in range(60)}
    return {outcome for outcome in outcomes if outcome}


def test_an_opposite_takes_the_place_of_a_word() -> None:
    assert "Who cut the ribbon of the smallest bridge?" in turn("Who cut the ribbon of the largest bridge?")


def test_a_year_becomes_another_year() -> None:
    turned = turn("Who cut the ribbon in 2023?")
    assert turned
    assert all("2023" not in question for question in turned if "n't" not in question and "ribbon" in question)


def test_a_name_becomes_one_that_is_not_the_answer() -> None:
    turned = turn("Who opened the Wendmouth Bridge?")
    assert turned
    assert not any("Askew" in question for question in turned)


def test_nothing_to_turn_is_none() -> None:
    assert turn("Who did it?") <= {"Who didn't it?"}


def test_a_leg_may_be_of_written_rows_alone_and_what_was_cut_is_held_out_with_its_passage(tmp_path: Path) -> None:
    def written(row: dict[str, Any], passage: str) -> dict[str, Any]:
        cut = {"source": "written", "passage": passage, "origin": row["passage"], "answers": [], "answerable": False}
        return {**cut, "question": f"Who paid for it, {row['question']}"}

    cut = [written(row, PASSAGE) for row in rows()]
    given = tmp_path / "rows.jsonl"
    given.write_text("".join(json.dumps(row) + "\n" for row in [*rows(), *cut]), "utf-8")
    main([given], tmp_path / "out.jsonl", tmp_path / "held.jsonl", others=0.0, seed=1)
    made = [json.loads(line) for line in (tmp_path / "out.jsonl").open(encoding="utf-8")]
    held = [json.loads(line) for line in (tmp_path / "held.jsonl").open(encoding="utf-8")]
    assert {row["source"] for row in made} == {"written"}
    whole = {row["passage"] for row in held if row["source"] != "written"}
    assert whole
    assert {row["origin"] for row in held if row["source"] == "written"} == whole
    assert not {row["origin"] for row in made} & whole
