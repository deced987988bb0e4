"""Hard negatives are passages that look like answering a question and hold no answer to it."""

from __future__ import annotations

import json
from pathlib import Path

from index.reader.mining import main
from index.settings import IndexSettings

OWN = "The Wendmouth Bridge opened at noon on Saturday, 20 May 2023, after six years."


def test_a_hard_negative_is_about_the_question_and_does_not_answer_it(
    seeds_index: IndexSettings, tmp_path: Path
) -> None:
    rows, out = tmp_path / "rows.jsonl", tmp_path / "hard.jsonl"
    row = {"question": "When did the Wendmouth Bridge open?", "passage": OWN, "answers": [{"text": "20 May 2023"}]}
    rows.write_text(json.dumps(row) + "\n", "utf-8")
    main(rows, seeds_index.index_dir, out)
    (found,) = [json.loads(line) for line in out.open(encoding="utf-8")]
    assert found["question"] == row["question"]
    assert not found["answerable"]
    assert "20 May 2023" not in found["passage"]
    assert "bridge" in (found["title"] + found["passage"]).casefold()
