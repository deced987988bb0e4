"""The labelled questions about news that the reader was not trained on are true."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

DATA = ROOT / "tests/data"


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("name", ["news_questions.jsonl", "news_questions_plain.jsonl"])
def test_every_answer_stands_in_the_sentence_that_is_labelled(name: str) -> None:
    texts = {a["id"]: a["text"] for a in _lines(DATA / "news/articles.jsonl")}
    questions = _lines(DATA / name)
    assert len({q["id"] for q in questions}) == len(questions) > 200
    for question in questions:
        assert {place["article_id"] for place in question["relevant"]} <= texts.keys()
        if question["answerable"]:
            place = question["relevant"][0]
            assert question["answers"][0] in texts[place["article_id"]][place["start"] : place["end"]], question["id"]
        else:
            assert question["answers"] == []


def test_both_kinds_are_well_represented() -> None:
    answerable = [q["answerable"] for q in _lines(DATA / "news_questions.jsonl")]
    assert answerable.count(True) >= 300
    assert answerable.count(False) >= 150
