"""The shipped articles are complete, and the labelled questions about them are true."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import frontmatter
import pytest

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
LABELLED = ("seed_questions.jsonl", "seed_questions_fresh.jsonl")
QUESTIONS = [json.loads(line) for n in LABELLED for line in (ROOT / "tests/data" / n).read_text("utf-8").splitlines()]


@dataclass(frozen=True)
class Seed:
    """One shipped article, read as plainly as its format allows."""

    id: str
    title: str
    text: str
    source: str
    author: str
    published: date
    url: str


def _seeds() -> Iterator[Seed]:
    for path in sorted(p for p in SEEDS.rglob("*") if p.is_file()):
        article_id, raw = path.relative_to(SEEDS).as_posix(), path.read_text("utf-8")
        if path.suffix == ".jsonl":
            yield from (_from_record(json.loads(line)) for line in raw.splitlines())
        else:
            yield {".txt": _from_txt, ".md": _from_md, ".html": _from_html}[path.suffix](article_id, raw)


def _from_record(record: dict[str, Any]) -> Seed:
    fields = {key: record[key] for key in ("id", "title", "text", "source", "author", "url")}
    return Seed(**fields, published=datetime.fromisoformat(record["published"]).date())


def _from_txt(article_id: str, raw: str) -> Seed:
    header, _, body = raw.partition("\n\n")
    title, author, day, source, url = header.splitlines()
    return Seed(
        id=article_id,
        title=title,
        text=body,
        source=source.removeprefix("Source: "),
        author=author.removeprefix("By "),
        published=datetime.strptime(day, "%d %B %Y").date(),
        url=url.removeprefix("URL: "),
    )


def _from_md(article_id: str, raw: str) -> Seed:
    meta, body = frontmatter.parse(raw)
    fields = {key: str(meta[key]) for key in ("title", "source", "author", "url")}
    return Seed(**fields, id=article_id, text=body, published=date.fromisoformat(str(meta["date"])))


def _from_html(article_id: str, raw: str) -> Seed:
    def first(pattern: str) -> str:
        found = re.search(pattern, raw, re.DOTALL)
        assert found, f"{article_id} has no {pattern}"
        return html.unescape(found[1])

    return Seed(
        id=article_id,
        title=first(r"<h1>(.*?)</h1>"),
        text=re.sub(r"<[^>]+>", " ", first(r"<article>(.*)</article>")),
        source=first(r'<meta property="og:site_name" content="(.*?)">'),
        author=first(r'<meta name="author" content="(.*?)">'),
        published=date.fromisoformat(first(r'<meta name="date" content="(.*?)">')),
        url=first(r'<link rel="canonical" href="(.*?)">'),
    )


ALL = list(_seeds())
BY_ID = {seed.id: seed for seed in ALL}


def test_at_least_twelve_articles_in_all_four_formats_with_ids_of_their_own() -> None:
    assert len(ALL) >= 12
    assert len(BY_ID) == len(ALL)
    assert {path.suffix for path in SEEDS.rglob("*") if path.is_file()} == {".txt", ".md", ".html", ".jsonl"}


@pytest.mark.parametrize("seed", ALL, ids=lambda seed: seed.id)
def test_an_article_is_300_to_900_words_and_says_where_it_comes_from(seed: Seed) -> None:
    assert 300 <= len(seed.text.split()) <= 900
    assert seed.title
    assert seed.source
    assert seed.author
    assert 2016 <= seed.published.year <= 2026
    assert seed.published.strftime("%Y") in seed.url


def test_every_address_is_on_a_domain_that_can_never_exist() -> None:
    for path in (p for p in SEEDS.rglob("*") if p.is_file()):
        for host in re.findall(r"https?://([^/\s\"'<>)]+)", path.read_text("utf-8")):
            assert host.endswith(".example"), f"{path}: {host}"
    assert all(seed.url.startswith("https://") for seed in ALL)


def test_question_ids_are_unique_and_both_kinds_are_well_represented() -> None:
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    answerable = [question["answerable"] for question in QUESTIONS]
    assert answerable.count(True) >= 30
    assert answerable.count(False) >= 20


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["id"])
def test_a_question_is_labelled_with_what_the_articles_really_say(question: dict[str, Any]) -> None:
    articles = [BY_ID[entry["article_id"]] for entry in question["relevant"]]
    if "asked_at" in question:
        assert datetime.fromisoformat(question["asked_at"]).tzinfo is not None
    if not question["answerable"]:
        assert question["answers"] == []
        return
    assert articles
    assert question["answers"]
    for answer in question["answers"]:
        assert any(answer in article.text for article in articles), answer
    for article in articles:
        assert any(answer in article.text for answer in question["answers"]), article.id
