"""How a passage stands before a model."""

from __future__ import annotations

import pytest

from index.context import in_context
from index.models import Passage

TEXT = "It opens at seven. It closes at nine."


@pytest.mark.parametrize(
    ("heading", "before"),
    [
        ("", "The pool. "),
        ("Opening hours", "The pool. Opening hours. "),
        ("When does it open?", "The pool. When does it open? "),
    ],
)
def test_the_title_and_the_heading_stand_before_the_text(heading: str, before: str) -> None:
    passage = Passage("pool", 0, 100, 100 + len(TEXT), TEXT, ((100, 118), (119, 137)), 1, 1, heading)
    text, spans = in_context("The pool", passage)
    assert text == before + TEXT
    assert [text[start:end] for start, end in spans] == ["It opens at seven.", "It closes at nine."]
