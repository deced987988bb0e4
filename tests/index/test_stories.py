"""Stories written for the reader become rows whose answers stand where they say, and negatives that don't answer."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from index.bootstrap import build_index
from index.reader.stories import STORIES, app
from index.settings import IndexSettings
from tests.conftest import ROOT

FILLER = [
    [f"The harbour counted {n} boats in week {n} of the long summer, and nobody minded the rain."] for n in range(40)
]
STORY = {
    "id": "fossil",
    "part": "training",
    "title": "Postwoman finds sea reptile",
    "date": "2024-08-30",
    "paragraphs": [
        ["A retired postwoman has found a sea reptile.", "Una Prewitt, 68, was looking for a ball."],
        *FILLER,
        ["The dig has cost 64,000 crowns.", "Ms Prewitt paid for none of the sea reptile dig."],
    ],
    "answered": [
        {"question": "Who found the sea reptile?", "answer": "Una Prewitt", "places": [[0, 1]]},
        {"question": "What has the dig for the reptile cost?", "answer": "64,000 crowns", "places": [[41, 0]]},
    ],
    "unanswered": ["Who paid for the sea reptile dig?"],
}


def run(*arguments: object) -> None:
    result = CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.open(encoding="utf-8")]


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with stories.jsonl.gz and the index of its story."""
    folder = tmp_path_factory.mktemp("stories")
    with gzip.open(folder / "stories.jsonl.gz", "wt", encoding="utf-8") as out:
        out.write(json.dumps(STORY) + "\n" + json.dumps({**STORY, "id": "other", "part": "figures"}) + "\n")
    run("articles", "--stories", folder / "stories.jsonl.gz", "--out", folder / "articles")
    build_index(IndexSettings(articles_dir=folder / "articles", index_dir=folder / "index"))
    return folder


def test_rows_hold_their_answers_or_nothing_that_tells_them(stories: Path) -> None:
    given = ("--stories", stories / "stories.jsonl.gz", "--index", stories / "index", "--out", stories / "rows.jsonl")
    run("rows", *given)
    rows = lines(stories / "rows.jsonl")
    right = [row for row in rows if row["answerable"]]
    assert {row["answers"][0]["text"] for row in right} == {"Una Prewitt", "64,000 crowns"}
    for row in right:
        (answer,) = row["answers"]
        assert row["passage"][answer["start"] :].startswith(answer["text"])
    wrong = [row for row in rows if not row["answerable"]]
    assert {row["question"] for row in wrong} >= set(STORY["unanswered"])
    for row in wrong:
        assert row["question"] != "Who found the sea reptile?" or "Prewitt" not in row["passage"]


def test_questions_are_labelled_with_their_sentence_and_the_day(stories: Path) -> None:
    given = ("--stories", stories / "stories.jsonl.gz", "--index", stories / "index", "--out", stories / "q.jsonl")
    run("questions", "--part", "training", *given)
    who, cost, paid = lines(stories / "q.jsonl")
    (article,) = lines(stories / "articles/articles.jsonl")
    for question, sentence in (
        (who, "Una Prewitt, 68, was looking for a ball."),
        (cost, "The dig has cost 64,000 crowns."),
    ):
        (place,) = question["relevant"]
        assert article["text"][place["start"] : place["end"]] == sentence
    assert (who["answerable"], paid["answerable"], paid["answers"]) == (True, False, [])
    assert who["asked_at"].startswith("2024-08-30")


def test_the_stories_that_figures_are_measured_on_are_not_trained_on() -> None:
    with gzip.open(STORIES, "rt", encoding="utf-8") as file:
        parts = {story["id"]: story["part"] for story in map(json.loads, file)}
    measured = {article["id"] for article in lines(ROOT / "tests/data/news/articles.jsonl")}
    assert measured == {story for story, part in parts.items() if part == "figures"}
    assert list(parts.values()).count("training") > 400
