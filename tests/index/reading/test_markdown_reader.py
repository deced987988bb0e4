"""Markdown: front matter is metadata, code and pictures are no prose."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import UnreadableArticle
from index.models import Article
from index.reading import markdown


def read(folder: Path, content: str, name: str = "news/old-bridge_closes.md") -> Article:
    file = folder / Path(name).name
    file.write_text(content, encoding="utf-8")
    (article,) = markdown.read(file, name)
    return article


def spans(article: Article) -> list[tuple[str, str]]:
    return [(block.kind[0], article.text[block.start : block.end]) for block in article.blocks]


def test_front_matter_fills_every_field(tmp_path: Path) -> None:
    content = """\
---
Title: "Bridge: to close"
authors:
  - Ada Quill
  - name: Tom Reed
date: 2016-07-15 12:45:00 -0700
source: Harbor Gazette
url: https://gazette.example/bridge
tags: [bridge]
---

The bridge will close.
"""
    article = read(tmp_path, content)
    assert article.text == content
    assert (article.title, article.author, article.source) == (
        "Bridge: to close",
        "Ada Quill, Tom Reed",
        "Harbor Gazette",
    )
    assert (article.url, article.published) == ("https://gazette.example/bridge", "2016-07-15T12:45:00-07:00")
    assert spans(article) == [("p", "The bridge will close.")]
    assert article.id == article.path == "news/old-bridge_closes.md"


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("date: 2016-07-15", "2016-07-15"),
        ("published: July 15, 2016", "2016-07-15"),
        ("date: soon", None),
        ("date:", None),
        ("published: true\ndate: 2016-07-15", "2016-07-15"),
        ("published: soon\ncreated: 2016-07-15", "2016-07-15"),
    ],
)
def test_dates_come_in_many_forms(tmp_path: Path, line: str, published: str | None) -> None:
    assert read(tmp_path, f"---\n{line}\n---\nThe bridge will close.\n").published == published


def test_a_source_that_is_an_address_becomes_the_url(tmp_path: Path) -> None:
    article = read(tmp_path, "---\nsource: https://gazette.example/bridge\n---\nIt is shut.\n")
    assert (article.url, article.source) == ("https://gazette.example/bridge", None)


def test_the_title_falls_back_to_the_first_heading_then_to_the_file_name(tmp_path: Path) -> None:
    assert read(tmp_path, "# The *old* bridge\n\nIt is shut.\n").title == "The old bridge"
    assert read(tmp_path, "## Costs\n\nIt is shut.\n").title == "Old bridge closes"


def test_a_heading_that_repeats_the_title_is_no_block(tmp_path: Path) -> None:
    article = read(
        tmp_path, "---\ntitle: Old bridge\n---\n# Old bridge\n\n## Costs ##\n\nIt is shut.\n\nLater\n-----\n"
    )
    assert spans(article) == [("h", "Costs"), ("p", "It is shut."), ("h", "Later")]


def test_prose_of_every_kind_is_found(tmp_path: Path) -> None:
    content = """\
The bridge is
wrapped here.

- First point
- Second point that
  goes on

  with a paragraph

> A quote
> of two lines.

| Year | Weeks |
|------|-------|
| 2010 | 4     |
"""
    assert spans(read(tmp_path, content)) == [
        ("p", "The bridge is\nwrapped here."),
        ("p", "- First point"),
        ("p", "- Second point that\n  goes on"),
        ("p", "with a paragraph"),
        ("p", "> A quote\n> of two lines."),
        ("p", "| Year | Weeks |\n|------|-------|"),
        ("p", "| 2010 | 4     |"),
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "```\nsecret = 1\n```",
        "    secret = 1",
        "<!-- secret\n\nsecret -->",
        "<div>secret</div>",
        "<div>\n<!-- secret\nsecret -->\n</div>",
        "<style>\nsecret\n</style>",
        "<div\n  title='secret'\n>\n</div>",
        "![secret](secret.png)",
        "[![secret](a.png)](https://secret.example)",
        "[1]: https://secret.example",
        "***",
    ],
    ids=[
        "fence",
        "indented code",
        "comment",
        "html",
        "comment in html",
        "style",
        "long tag",
        "image",
        "linked image",
        "link target",
        "rule",
    ],
)
def test_what_is_no_prose_is_left_out(tmp_path: Path, hidden: str) -> None:
    article = read(tmp_path, f"Before it.\n\n{hidden}\n\nAfter it.\n")
    assert spans(article) == [("p", "Before it."), ("p", "After it.")]


@pytest.mark.parametrize(
    "raw",
    [
        "<br>\nThe bridge was closed\nfor 3 days.",
        "<details>\n<summary>When?</summary>\nThe bridge was closed\nfor 3 days.\n</details>",
        "<div align='center'>\n  The bridge was closed\nfor 3 days.<br>\n</div>",
    ],
)
@pytest.mark.parametrize("below", ["", "\nAfter it.\n"])
def test_prose_between_raw_tags_is_found(tmp_path: Path, raw: str, below: str) -> None:
    after = [("p", "After it.")] if below else []
    article = read(tmp_path, f"Before it.\n\n{raw}\n{below}")
    assert spans(article) == [("p", "Before it."), ("p", "The bridge was closed\nfor 3 days."), *after]


def test_a_paragraph_right_above_a_rule_is_prose(tmp_path: Path) -> None:
    article = read(
        tmp_path, "The bridge is shut.\nThe mayor paid $40.\n---\nIt rained.\n\nCosts\n-----\n\nIt is dear.\n"
    )
    assert spans(article) == [
        ("p", "The bridge is shut.\nThe mayor paid $40."),
        ("p", "It rained."),
        ("h", "Costs"),
        ("p", "It is dear."),
    ]


def test_an_image_or_comment_inside_a_paragraph_divides_it(tmp_path: Path) -> None:
    article = read(tmp_path, "Before it. ![alt](a.png)\nAfter it. <!-- note -->\n")
    assert spans(article) == [("p", "Before it."), ("p", "After it.")]


def test_two_rules_with_prose_between_are_no_front_matter(tmp_path: Path) -> None:
    article = read(tmp_path, "---\nJust a line of prose.\n\n---\n\nMore prose.\n")
    assert ("p", "More prose.") in spans(article)


@pytest.mark.parametrize(
    "content", ["---\n", "---\ntitle: x\n", "---\n---\n", "# \n", "---\n[]\n---\n", "- \n", "> \n"]
)
def test_odd_beginnings_are_survived(tmp_path: Path, content: str) -> None:
    assert read(tmp_path, content).text == content


@pytest.mark.parametrize("bad", ["title: The bridge: a story", "title: 'open", "date: 2016-99-99", "\ttitle: x"])
def test_broken_front_matter_is_refused_with_advice(tmp_path: Path, bad: str) -> None:
    with pytest.raises(UnreadableArticle, match=r"front matter is not valid YAML.*in quotes"):
        read(tmp_path, f"---\n{bad}\n---\nIt is shut.\n")
