"""The whole search side over the shipped articles, with the real model: verbatim quotes, honest refusals."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.bootstrap import build_index, open_library
from index.embedders import SentenceTransformerEmbedder
from index.evaluation import Judged, figures, judge, read_questions
from index.indexing import build
from index.library import Library
from index.protocols import Verdict
from index.quoting import prove
from index.settings import IndexSettings
from tests.conftest import ROOT
from tests.index.fakes import settings_in, text_article, write_files

QUESTIONS = ROOT / "tests/data/seed_questions.jsonl"
COMPOUND = (
    "Since the ferry stopped and everybody has had to drive round by the coast road for months, what did the new "
    "bridge over the sound cost in the end, and how did the bakers say that sourdough starter should be fed in winter?"
)


@pytest.fixture(scope="module")
def library(seeds_index: IndexSettings, packaged_embedder: SentenceTransformerEmbedder) -> Library:
    library = open_library(seeds_index, packaged_embedder)
    library.warm()
    return library


@pytest.fixture(scope="module")
def judged(library: Library) -> Sequence[Judged]:
    """Every labelled question, asked once."""
    return judge(library, read_questions(QUESTIONS))


def test_every_shipped_article_is_indexed_under_its_own_id(library: Library, seeds_index: IndexSettings) -> None:
    files = [path for path in seeds_index.articles_dir.rglob("*") if path.is_file()]
    expected = set()
    for path in files:
        if path.suffix == ".jsonl":
            records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
            for record in records:
                assert library.article(record["id"]).text == record["text"]
            expected |= {record["id"] for record in records}
        else:
            expected.add(path.relative_to(seeds_index.articles_dir).as_posix())
    assert {c.id for c in library.catalogue()} == expected
    assert all(c.title and c.source and c.author and c.published for c in library.catalogue())


def test_building_again_embeds_nothing(seeds_index: IndexSettings, library: Library) -> None:
    report = build_index(seeds_index)
    assert (report.embedded, report.added, report.changed, report.removed, report.failed) == (0, (), (), (), ())
    assert report.version == library.version


def test_every_quote_is_verbatim(judged: Sequence[Judged], library: Library) -> None:
    quotes = [quote for one in judged for quote in one.answer.quotes]
    assert len(quotes) > 500
    for quote in quotes:
        article = library.article(quote.citation.id)
        prove(quote, article)
        assert quote.text == article.text[quote.start : quote.end]
        assert quote.highlight in quote.text


def test_answers_come_from_the_right_article(judged: Sequence[Judged]) -> None:
    found = figures(judged)
    assert found["article@1"] >= 0.80
    assert found["MRR@10"] >= 0.85
    assert found["first three"] >= 0.65


def test_questions_off_the_articles_are_refused_mostly(judged: Sequence[Judged]) -> None:
    found = figures(judged)
    assert found["refused"] >= 0.7
    assert found["AUROC"] >= 0.8


def test_a_question_is_less_sure_when_the_articles_that_answer_are_hidden(
    library: Library, judged: Sequence[Judged]
) -> None:
    some = [one for one in judged if one.question.answerable][::3]
    hidden = judge(library, [one.question for one in some], leave_out=True)
    assert figures(some, hidden)["AUROC left out"] >= 0.7
    for one in hidden:
        assert one.question.articles.isdisjoint(quote.citation.id for quote in one.answer.quotes)


def test_a_refusal_quotes_nothing_and_names_at_most_three_closest(library: Library) -> None:
    answer = library.ask("What is the boiling point of tungsten?")
    assert not answer.answerable
    assert answer.quotes == ()
    assert len(answer.closest) <= 3


def test_a_collection_of_one_short_article_can_be_asked(
    tmp_path: Path, packaged_embedder: SentenceTransformerEmbedder
) -> None:
    body = "The ferry sailed again on Friday. It carries forty cars. Its captain is Maria Holt."
    write_files(tmp_path, {"ferry.txt": text_article("The ferry sails again", body)})
    settings = settings_in(tmp_path)
    build(settings.articles_dir, settings.index_dir, packaged_embedder)
    library = open_library(settings, packaged_embedder)
    asked = library.ask("Who is the captain of the ferry?")
    assert asked.answerable
    assert asked.quotes[0].highlight == "Its captain is Maria Holt."
    for question in ("Who won the World Cup?", "What is the capital of France?"):
        assert not library.ask(question).answerable


def test_the_program_answers_a_batch_as_the_library_does(
    tmp_path: Path, seeds_index: IndexSettings, library: Library
) -> None:
    questions = {
        "bridge": "When did the Wendmouth Bridge open?",
        2: "What is the boiling point of tungsten?",
        "empty": "",
    }
    batch = tmp_path / "questions.jsonl"
    asked_at = "2026-11-22T09:30:00+00:00"
    records = [{"id": i, "question": q, "asked_at": asked_at} for i, q in questions.items()]
    batch.write_text("".join(json.dumps(record) + "\n" for record in records))
    done = subprocess.run(
        [sys.executable, "-m", "index", "ask", "--batch", str(batch), "--k", "2", "--always-quote"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "INDEX_DIR": str(seeds_index.index_dir)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == list(questions)
    assert [answer["answerable"] for answer in answers] == [True, False, False]
    assert [len(answer["quotes"]) for answer in answers] == [2, 2, 0]
    for answer in answers:
        for quote in answer["quotes"]:
            text = library.article(quote["article"]["id"]).text
            assert quote["text"] == text[quote["start"] : quote["end"]]
            assert quote["highlight"] in quote["text"]


class NeverAsked:
    """A reader that fails when it is asked."""

    model = "never asked"

    def read(self, question: str, texts: Sequence[str], sentences: Sequence[Any]) -> list[Verdict]:
        raise AssertionError(question)


def test_a_question_of_several_parts_is_no_question_for_the_reader(library: Library) -> None:
    answerer = replace(library.answerer(), reader=NeverAsked())
    with pytest.raises(AssertionError):
        answerer.ask("What did the bridge cost?")
    answer = answerer.ask(COMPOUND, k=3, always_quote=True)
    topics = {q.citation.id.split(".")[0] for q in answer.quotes}
    assert len(topics) == 3, "each quote from another article"


def test_each_part_of_a_long_question_is_heard(library: Library) -> None:
    answer = library.ask(COMPOUND, k=3)
    assert answer.answerable
    titles = " ".join(q.citation.title for q in answer.quotes)
    assert "bridge has cost" in titles
    assert "Bakery" in titles


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("When did the library reopen?", "opened its doors on the Fishmarket on Friday"),
        ("What did the bridge cost?", "million crowns"),
    ],
)
def test_what_a_headline_says_is_told_from_the_opening_of_its_article(
    library: Library, question: str, told: str
) -> None:
    quote = library.ask(question).quotes[0]
    assert quote.start < 400
    assert told in quote.highlight
