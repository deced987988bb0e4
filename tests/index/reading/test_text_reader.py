"""A plain text file: title, header lines, paragraphs."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.models import Article
from index.reading import text

PROSE = "The old bridge over the Lune will close for nine weeks. It carries 4,000 cars a day."


def read(folder: Path, content: str, name: str = "a.txt") -> Article:
    file = folder / name
    file.write_text(content, encoding="utf-8", newline="")
    (article,) = text.read(file, name)
    return article


def prose(article: Article) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks if b.kind == "paragraph"]


def headings(article: Article) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks if b.kind == "heading"]


def test_the_first_line_is_the_title_and_no_prose(tmp_path: Path) -> None:
    article = read(tmp_path, f"\n\n  Bridge to close \n\n{PROSE}\n\nA ferry will run.\n")
    assert article.title == "Bridge to close"
    assert prose(article) == [PROSE, "A ferry will run."]
    assert article.id == article.path == "a.txt"
    assert article.published is None


def test_the_text_is_the_whole_file_with_line_feeds(tmp_path: Path) -> None:
    article = read(tmp_path, f"Bridge to close\r\nBy Ada Quill\r\n\r\n{PROSE}\r\n")
    assert article.text == f"Bridge to close\nBy Ada Quill\n\n{PROSE}\n"
    assert prose(article) == [PROSE]


@pytest.mark.parametrize(
    ("header", "field", "value"),
    [
        ("By Ada Quill", "author", "Ada Quill"),
        ("By ADA QUILL and Tom de Vries, Staff Writers", "author", "ADA QUILL and Tom de Vries, Staff Writers"),
        ("by Ada Quill", "author", "Ada Quill"),
        ("Author: Ada Quill", "author", "Ada Quill"),
        ("July 15, 2016", "published", "2016-07-15"),
        ("Published: Friday, July 15, 2016 5:20 p.m. PDT", "published", "2016-07-15T17:20:00-07:00"),
        ("Date: 2016-07-15", "published", "2016-07-15"),
        ("Source: Harbor Gazette", "source", "Harbor Gazette"),
        ("URL: https://gazette.example/bridge", "url", "https://gazette.example/bridge"),
        ("https://gazette.example/bridge", "url", "https://gazette.example/bridge"),
        ("Ada Quill | Harbor Gazette", "author", None),
        ("URL: javascript:alert(1)", "url", None),
        ("Date: Monday", "published", None),
    ],
)
def test_header_lines_fill_the_fields(tmp_path: Path, header: str, field: str, value: str | None) -> None:
    assert getattr(read(tmp_path, f"Bridge to close\n{header}\n\n{PROSE}"), field) == value


def test_one_header_line_may_say_several_things(tmp_path: Path) -> None:
    article = read(tmp_path, f"Bridge to close\nBy Ada Quill | Harbor Gazette | July 15, 2016\n\n{PROSE}")
    assert (article.author, article.source, article.published) == ("Ada Quill", "Harbor Gazette", "2016-07-15")
    assert prose(article) == [PROSE]


def test_all_header_lines_together_and_none_of_them_is_prose(tmp_path: Path) -> None:
    header = "Bridge to close\n\nBy Ada Quill\nDate: 15 July 2016\nSource: Harbor Gazette\nUpdated: noon\n"
    article = read(tmp_path, f"{header}\n{PROSE}")
    assert (article.title, article.author, article.published, article.source) == (
        "Bridge to close",
        "Ada Quill",
        "2016-07-15",
        "Harbor Gazette",
    )
    assert prose(article) == [PROSE]


@pytest.mark.parametrize("line", ["Date: 03/04/2017", "Category: News", "Updated: noon", "URL: none"])
def test_a_header_line_that_says_nothing_of_use_does_not_end_the_header(tmp_path: Path, line: str) -> None:
    article = read(tmp_path, f"Bridge to close\n{line}\nAuthor: Ada Quill\nSource: Harbor Gazette\n\n{PROSE}")
    assert (article.author, article.source, article.published) == ("Ada Quill", "Harbor Gazette", None)
    assert prose(article) == [PROSE]


def test_the_title_may_be_labelled_too(tmp_path: Path) -> None:
    article = read(tmp_path, f"Title: Bridge to close\nAuthor: Ada Quill\n\n{PROSE}")
    assert (article.title, article.author) == ("Bridge to close", "Ada Quill")
    assert prose(article) == [PROSE]


@pytest.mark.parametrize(
    "opening",
    [
        "By Friday the river had risen by two metres, and nobody could cross it any more.",
        "By the time Ada came, the bridge was shut.",
        "Source of the river: unknown until 1850, when a shepherd found it.",
        "On July 15, 2016 the bridge closed.",
    ],
)
def test_prose_that_begins_like_a_header_line_stays_prose(tmp_path: Path, opening: str) -> None:
    assert prose(read(tmp_path, f"Bridge to close\n\n{opening}\n\n{PROSE}")) == [opening, PROSE]


def test_a_wrapped_title_is_joined(tmp_path: Path) -> None:
    article = read(tmp_path, f"Old bridge over the Lune to close\nfor nine weeks of repairs\nBy Ada Quill\n\n{PROSE}")
    assert article.title == "Old bridge over the Lune to close for nine weeks of repairs"
    assert article.author == "Ada Quill"


def test_a_single_sentence_is_quotable_and_titled_by_its_words(tmp_path: Path) -> None:
    article = read(tmp_path, "The bridge is closed.")
    assert prose(article) == ["The bridge is closed."]
    assert article.title == "The bridge is closed."


def test_wrapped_prose_without_a_title_is_not_beheaded(tmp_path: Path) -> None:
    opening = (
        "The old bridge over the river Lune in Harbor Falls will\nclose for nine weeks, the council said on Monday."
    )
    article = read(tmp_path, f"{opening}\n\nA ferry will run.")
    assert prose(article) == [opening, "A ferry will run."]
    assert article.title.startswith("The old bridge over the river Lune")


@pytest.mark.parametrize(
    "opening",
    [
        "The old bridge over the river Lune will close for nine weeks from Monday, the council said.",
        "The bridge is shut. Nobody knows why.",
        "“The bridge is shut,” said the mayor. “Nobody knows why.”",
    ],
)
def test_an_opening_paragraph_is_no_title_but_prose(tmp_path: Path, opening: str) -> None:
    article = read(tmp_path, f"{opening}\n\nA ferry will run.\n")
    assert prose(article) == [opening, "A ferry will run."]
    assert article.title.startswith(opening[:15])


@pytest.mark.parametrize("title", ["The bridge is shut.", "St. Mary Bridge to close", "Who pays? Nobody knows"])
def test_a_short_sentence_may_be_a_title(tmp_path: Path, title: str) -> None:
    article = read(tmp_path, f"{title}\n\n{PROSE}\n")
    assert (article.title, prose(article)) == (title, [PROSE])


@pytest.mark.parametrize(
    ("first", "field", "value"),
    [
        ("15 March 2017", "published", "2017-03-15"),
        ("Published 15 March 2017", "published", "2017-03-15"),
        ("https://gazette.example/bridge", "url", "https://gazette.example/bridge"),
        ("https://gazette.example/bridge\n15 March 2017", "published", "2017-03-15"),
        ("Posted by the council in March 2017", "published", None),
    ],
)
def test_a_date_or_address_above_the_title_is_not_the_title(
    tmp_path: Path, first: str, field: str, value: str | None
) -> None:
    article = read(tmp_path, f"{first}\n\nBridge to close\nBy Ada Quill\n\n{PROSE}\n")
    assert (article.title, article.author, getattr(article, field)) == ("Bridge to close", "Ada Quill", value)
    assert prose(article) == [PROSE]


def test_a_date_alone_above_prose_is_read_and_the_prose_stays(tmp_path: Path) -> None:
    article = read(tmp_path, f"15 March 2017\n\n{PROSE}\n\nA ferry will run.\n")
    assert (article.published, prose(article)) == ("2017-03-15", [PROSE, "A ferry will run."])


def test_a_very_long_first_line_is_prose(tmp_path: Path) -> None:
    assert prose(read(tmp_path, f"{PROSE * 4}\n\n{PROSE}")) == [PROSE * 4, PROSE]


def test_a_title_alone_leaves_no_prose(tmp_path: Path) -> None:
    assert read(tmp_path, "Bridge to close\nBy Ada Quill\n").blocks == ()


def test_headings_stand_alone_over_prose(tmp_path: Path) -> None:
    article = read(tmp_path, f"Bridge to close\n\n{PROSE}\n\nWhat comes next\n\n{PROSE}\n\nCosts\n=====\n\n{PROSE}")
    assert headings(article) == ["What comes next", "Costs"]
    assert prose(article) == [PROSE] * 3
