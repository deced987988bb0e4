"""Hard negatives are passages that look like answering a question and hold no answer to it."""

from __future__ import annotations

import json
from pathlib import Path

from index.bootstrap import open_library
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


def test_several_are_different_passages(seeds_index: IndexSettings, tmp_path: Path) -> None:
    rows, out = tmp_path / "rows.jsonl", tmp_path / "hard.jsonl"
    row = {"question": "When did the Wendmouth Bridge open?", "passage": OWN, "answers": [{"text": "20 May 2023"}]}
    rows.write_text(json.dumps(row) + "\n", "utf-8")
    main(rows, seeds_index.index_dir, out, negatives=3)
    found = [json.loads(line) for line in out.open(encoding="utf-8")]
    assert len({each["passage"] for each in found}) == len(found) == 3


def test_the_right_passage_is_cut_as_the_index_cuts_it(seeds_index: IndexSettings, tmp_path: Path) -> None:
    rows, out = tmp_path / "rows.jsonl", tmp_path / "hard.jsonl"
    text = open_library(seeds_index).article("gazette-2023-05-22-bridge-opens").text
    answer = {"text": "20 May 2023", "start": text.index("20 May 2023")}
    question = {"question": "When did the Wendmouth Bridge open?", "source": "seed", "answerable": True}
    rows.write_text(json.dumps({**question, "passage": text, "answers": [answer]}) + "\n", "utf-8")
    main(rows, seeds_index.index_dir, out, right=True)
    (right,) = [row for row in map(json.loads, out.open(encoding="utf-8")) if row["answerable"]]
    (answer,) = right["answers"]
    assert right["passage"][answer["start"] :].startswith("20 May 2023")
    assert right["passage"] in text != right["passage"]
