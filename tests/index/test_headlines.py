"""Training examples under headlines that repeat the question."""

from __future__ import annotations

import random
from typing import Any

import pytest

from index.reader.headlines import headed, headline

PASSAGE = "The bridge cost 46 million crowns in the end. It was paid by both towns. " + " ".join(
    f"Sentence number {n} tells of the herring that were landed at the quay." for n in range(40)
)
ROW: dict[str, Any] = {
    "source": "squad1_train",
    "question": "What did the bridge cost in the end?",
    "title": "Bridge",
    "passage": PASSAGE,
    "answers": [{"text": "46 million crowns", "start": PASSAGE.index("46 million")}],
    "answerable": True,
}


@pytest.mark.parametrize("seed", range(10))
def test_a_headline_holds_words_of_the_question_and_no_question_mark(seed: int) -> None:
    made = headline("What did the bridge cost in the end?", random.Random(seed))
    assert made in {"Bridge cost end", "What the bridge cost in the end"}


@pytest.mark.parametrize("seed", range(10))
def test_one_part_answers_and_the_other_does_not_under_the_same_headline(seed: int) -> None:
    made = headed(ROW, random.Random(seed))
    answerable = [m for m in made if m["answerable"]]
    others = [m for m in made if not m["answerable"]]
    assert len(answerable) == len(others) == 1
    assert answerable[0]["title"] == others[0]["title"]
    (answer,) = answerable[0]["answers"]
    assert answerable[0]["passage"][answer["start"] :].startswith("46 million crowns")
    assert "46 million" not in others[0]["passage"]
    assert others[0]["answers"] == []


def test_a_short_passage_is_only_an_example_that_answers() -> None:
    row = {**ROW, "passage": PASSAGE[:45]}
    made = headed(row, random.Random(1))
    assert [m["answerable"] for m in made] == [True]
