"""A few steps of training teach a reader which of one question's passages answers it, and where."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from index.reader.cross_encoder import CrossEncoderReader
from index.reader.training import Example, answering, batches, comparison, main, questions_apart

TOWNS = [
    f"{first}{last}" for first in ("Ash", "Bram", "Col", "Dun", "Elm", "Far") for last in ("by", "ford", "ham", "ley")
]


def rows() -> list[dict[str, Any]]:
    """For each town a passage with the height that is asked for, and one with another figure."""
    found: list[dict[str, Any]] = []
    for number, town in enumerate(TOWNS, 11):
        base = {"question": f"How high is the tower of {town}?", "title": town}
        right, wrong = f"The tower of {town} is {number} metres high.", f"The mill of {town} has {number} windows."
        answer = {"text": f"{number} metres", "start": right.index(str(number))}
        found += [
            {**base, "passage": right, "answers": [answer], "answerable": True},
            {**base, "passage": wrong, "answers": [], "answerable": False},
        ]
    return found


def test_training_tells_the_passages_of_a_question_apart(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows()), encoding="utf-8")
    main(rows=[str(tmp_path / "rows.jsonl")], out=tmp_path / "model", batch=8, rate=5e-4, frozen_layers=0)
    texts = ["Gilby. The tower of Gilby is 77 metres high.", "Gilby. The mill of Gilby has 77 windows."]
    reader = CrossEncoderReader(str(tmp_path / "model"))
    right, wrong = reader.read("How high is the tower of Gilby?", texts, [[(0, 6), (7, len(t))] for t in texts])
    assert right.answer > wrong.answer
    assert right.sentences[1] > 0.5


def test_every_question_stays_in_one_batch_and_none_is_lost() -> None:
    examples = [Example(f"Question {n % 30}?", f"context {n} " * (n % 7 + 1), None) for n in range(100)]
    found = batches(examples, 8)
    assert sorted(e.context for group in found for e in group) == sorted(e.context for e in examples)
    for asked in {e.question for e in examples}:
        assert sum(any(e.question == asked for e in group) for group in found) == 1
    assert max(map(len, found)) <= 8


def test_what_belongs_together_stands_in_one_batch() -> None:
    examples = [Example(f"Question {n}?", f"context {n % 5}", None, f"set {n % 5}") for n in range(30)]
    found = batches(examples, 12)
    assert sum(map(len, found)) == 30
    for name in {e.together for e in examples}:
        assert sum(any(e.together == name for e in group) for group in found) == 1


def test_an_example_stands_as_its_spans_do_against_no_answer() -> None:
    inputs = {"token_type_ids": torch.tensor([[0, 0, 1, 1]])}
    rows = SimpleNamespace(
        start_logits=torch.tensor([[1.0, 99.0, 2.0, 3.0]]), end_logits=torch.tensor([[0.5, 99.0, 0.0, 4.0]])
    )
    expected = torch.tensor([2.0, 3.0]).logsumexp(0) - 1.0 + torch.tensor([0.0, 4.0]).logsumexp(0) - 0.5
    assert answering(rows, inputs).tolist() == pytest.approx([expected.item()])


def test_the_passages_of_one_question_are_compared_and_a_copy_counts_once() -> None:
    group = [Example("Q?", context, (0, 1) if context == "right" else None) for context in ("right", "wrong", "right")]
    group += [Example("Other?", "right", (0, 1))]
    begins, scores = torch.tensor([2, 0, 2, 2]), torch.tensor([3.0, 1.0, 3.0, -5.0])
    assert comparison(scores, group, begins).item() == pytest.approx(scores[:2].logsumexp(0).item() - 3.0)
    cut_off = torch.zeros(4, dtype=torch.long)
    assert comparison(scores, group, cut_off).item() == 0.0


def test_the_questions_of_one_passage_are_set_apart() -> None:
    group = [Example(f"Question {n}?", "context", (0, 1) if n < 2 else None, "set") for n in range(3)]
    group += [Example("Alone?", "elsewhere", None)]
    begins, scores = torch.tensor([2, 2, 0, 0]), torch.tensor([2.0, 0.5, 1.0, 9.0])
    expected = torch.nn.functional.softplus(torch.tensor([1.0 - 2.0, 1.0 - 0.5])).mean()
    assert questions_apart(scores, group, begins).item() == pytest.approx(expected.item())
    assert questions_apart(scores, [Example(e.question, e.context, e.span) for e in group], begins).item() == 0.0
