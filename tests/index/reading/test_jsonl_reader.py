"""JSON lines: texts to the letter, and one bad line spoils no other."""

from __future__ import annotations

import codecs
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import UnreadableArticle
from index.models import Article, Failure
from index.reading import jsonl

GOOD = {"id": "a1", "title": "Bridge", "text": "It is shut."}


def read(folder: Path, content: bytes) -> list[Article | Failure]:
    file = folder / "all.jsonl"
    file.write_bytes(content)
    return list(jsonl.read(file, "news/all.jsonl"))


def read_one(folder: Path, **fields: object) -> Article:
    (article,) = read(folder, json.dumps(GOOD | fields).encode())
    assert isinstance(article, Article), article
    return article


def test_every_field_is_taken(tmp_path: Path) -> None:
    article = read_one(
        tmp_path,
        url="https://gazette.example/bridge",
        source=" Harbor  Gazette ",
        author=["Ada Quill", "Tom Reed"],
        published="July 15, 2016",
    )
    assert article == Article(
        "a1",
        "Bridge",
        "It is shut.",
        "news/all.jsonl",
        "https://gazette.example/bridge",
        "Harbor Gazette",
        "Ada Quill, Tom Reed",
        "2016-07-15",
        article.blocks,
    )
    assert [article.text[b.start : b.end] for b in article.blocks] == ["It is shut."]


@settings(deadline=None)
@given(st.text(min_size=1).filter(str.strip))
def test_the_text_is_kept_to_the_letter(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    assert read_one(tmp_path_factory.mktemp("jsonl"), text=text).text == text


def test_a_first_line_that_repeats_the_title_is_no_prose(tmp_path: Path) -> None:
    article = read_one(tmp_path, text="Bridge\r\n\r\nIt is shut.\r\nIt is closed.")
    assert [article.text[b.start : b.end] for b in article.blocks] == ["It is shut.", "It is closed."]


def test_fields_that_cannot_be_used_are_none(tmp_path: Path) -> None:
    article = read_one(tmp_path, url="javascript:alert(1)", source=7.5, author=[], published="Monday", extra={"a": 1})
    assert (article.url, article.source, article.author, article.published) == (None, "7.5", None, None)


def test_fields_go_by_their_usual_other_names_too(tmp_path: Path) -> None:
    article = read_one(
        tmp_path,
        title=None,
        headline="Bridge shut",
        link="https://gazette.example/bridge",
        publisher="Harbor Gazette",
        authors=[{"name": "Ada Quill"}],
        Date="2016-07-15",
    )
    assert (article.title, article.url, article.source) == (
        "Bridge shut",
        "https://gazette.example/bridge",
        "Harbor Gazette",
    )
    assert (article.author, article.published) == ("Ada Quill", "2016-07-15")


def test_the_documented_name_of_a_field_wins(tmp_path: Path) -> None:
    article = read_one(tmp_path, published="2016-07-15", date="2019-01-01", created="2020-01-01", author="A", by="B")
    assert (article.published, article.author) == ("2016-07-15", "A")


def test_a_missing_title_is_made_of_the_first_words(tmp_path: Path) -> None:
    assert read_one(tmp_path, title=None, text="word " * 30).title == "word " * 12 + "…"


def test_a_number_is_an_id(tmp_path: Path) -> None:
    assert read_one(tmp_path, id=17).id == "17"


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        (b'{"id": "x", "title": "T"}', 'no "text"'),
        (b'{"id": "x", "text": "  "}', 'no "text"'),
        (b'{"id": "x", "text": ["a"]}', 'no "text"'),
        (b'{"text": "a"}', 'no "id"'),
        (b'{"id": "", "text": "a"}', 'no "id"'),
        (b'{"id": true, "text": "a"}', 'no "id"'),
        (b'{"id": "x", "text": "a"', "not valid JSON .*column 24"),
        (b"plain words", "not valid JSON"),
        (b'"a string"', "no JSON object"),
        (b"17", "no JSON object"),
        (b'{"id": "x", "text": "caf\xe9"}', "not UTF-8"),
        (b'{"id": "x", "text": "half \\ud800"}', "half a character"),
        (b'{"id": "x", "text": ' + b"[" * 100_000 + b"}", "JSON"),
    ],
)
def test_a_bad_line_fails_alone_with_its_number_and_advice(tmp_path: Path, line: bytes, advice: str) -> None:
    good = json.dumps(GOOD).encode()
    first, bad, last = read(tmp_path, good + b"\n" + line + b"\n\n" + good)
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(bad, Failure)
    assert bad.path == "news/all.jsonl:2"
    assert re.search(advice, bad.reason)


def test_an_oversized_record_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_TEXT_BYTES", 1000)
    good = json.dumps(GOOD).encode()
    huge = json.dumps(GOOD | {"text": "word " * 5000}).encode()
    first, bad, last = read(tmp_path, good + b"\n" + huge + b"\n" + good)
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(bad, Failure)
    assert "larger than" in bad.reason


def test_a_byte_order_mark_is_no_part_of_the_first_record(tmp_path: Path) -> None:
    (article,) = read(tmp_path, codecs.BOM_UTF8 + json.dumps(GOOD).encode())
    assert isinstance(article, Article)


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b'[{"id": "a"}]', "each article on a line of its own"),
        (b'{\n  "id": "a"\n}', "each article on a line of its own"),
        (json.dumps(GOOD).encode("utf-16"), "UTF-8"),
    ],
)
def test_what_is_no_json_lines_is_refused_once(tmp_path: Path, content: bytes, advice: str) -> None:
    with pytest.raises(UnreadableArticle, match=advice):
        read(tmp_path, content)
