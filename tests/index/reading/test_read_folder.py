"""A folder of files becomes articles, in a fixed order, whatever else lies in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import CorpusError
from index.models import Article, Failure
from index.reading import READERS, pdf, read_folder

STORY = "Bridge to close\n\nThe old bridge will close for nine weeks.\n"


def write(file: Path, content: str | bytes = STORY) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def ids(folder: Path) -> list[str]:
    return [found.id for found in read_folder(folder) if isinstance(found, Article)]


def failures(folder: Path) -> dict[str, str]:
    return {found.path: found.reason for found in read_folder(folder) if isinstance(found, Failure)}


def record(article_id: str) -> str:
    return json.dumps({"id": article_id, "title": "Bridge", "text": "It is shut."}) + "\n"


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert list(read_folder(tmp_path)) == []


def test_every_format_is_read_at_any_depth_in_the_order_of_paths(tmp_path: Path) -> None:
    write(tmp_path / "b" / "c" / "d.md")
    write(tmp_path / "z.txt")
    write(tmp_path / "b" / "a.HTML", f"<html><body><p>{STORY}</p></body></html>")
    write(tmp_path / "b" / "e.jsonl", record("two") + record("one"))
    write(tmp_path / "a.htm", f"<html><body><p>{STORY}</p></body></html>")
    assert ids(tmp_path) == ["a.htm", "b/a.HTML", "b/c/d.md", "two", "one", "z.txt"]
    assert failures(tmp_path) == {}


def test_hidden_and_foreign_files_are_passed_over(tmp_path: Path) -> None:
    for name in (".hidden.txt", ".git/story.txt", "picture.png", "README", "story.txt~", "table.csv"):
        write(tmp_path / name)
    assert list(read_folder(tmp_path)) == []


def test_documents_that_no_reader_takes_are_reported_once_a_kind(tmp_path: Path) -> None:
    for name in ("a.docx", "sub/b.DOCX", "c.json", ".hidden.docx", "picture.png"):
        write(tmp_path / name)
    write(tmp_path / "story.txt")
    assert ids(tmp_path) == ["story.txt"]
    assert failures(tmp_path) == {
        "1 .json file": "this kind of file is not read. Write one article a line into a .jsonl file.",
        "2 .docx files": "this kind of file is not read. Save as .txt, .md, .html or .pdf what is to be quoted.",
    }


def test_both_suffixes_of_markdown_are_read(tmp_path: Path) -> None:
    write(tmp_path / "a.markdown", "# Bridge\n\nIt is shut.\n")
    (found,) = read_folder(tmp_path)
    assert isinstance(found, Article)
    assert found.title == "Bridge"


def test_links_are_followed_but_not_in_circles(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside" / "story.txt").parent
    articles = tmp_path / "articles"
    write(articles / "sub" / "own.txt")
    (articles / "linked").symlink_to(outside)
    (articles / "sub" / "up").symlink_to(articles)
    (articles / "self").symlink_to(articles / "self")
    assert ids(articles) == ["linked/story.txt", "sub/own.txt"]
    assert failures(articles) == {}


def test_a_dangling_link_is_reported(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    assert "link to nothing" in failures(tmp_path)["gone.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert list(read_folder(tmp_path)) == []


def test_the_later_of_two_articles_with_one_id_is_reported(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", record("same") + record("same"))
    write(tmp_path / "b.jsonl", record("same") + record("other"))
    found = list(read_folder(tmp_path))
    assert [one.id for one in found if isinstance(one, Article)] == ["same", "other"]
    reasons = [one.reason for one in found if isinstance(one, Failure)]
    assert "earlier in this file" in reasons[0]
    assert "in a.jsonl" in reasons[1]


def test_a_bad_file_stops_no_other(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", b"")
    write(tmp_path / "b.txt", b"\x00\x01\x02")
    write(tmp_path / "c.pdf", b"%PDF-1.7 nothing more")
    write(tmp_path / "d.md", "---\ntitle: a: b\n---\nx\n")
    write(tmp_path / "e.html", "<html></html>")
    write(tmp_path / "f.jsonl", "nonsense\n" + record("good"))
    write(tmp_path / "g.txt")
    assert ids(tmp_path) == ["good", "g.txt"]
    reasons = failures(tmp_path)
    assert list(reasons) == ["a.txt", "b.txt", "c.pdf", "d.md", "e.html", "f.jsonl:1"]
    assert all(reason.endswith(".") for reason in reasons.values())


def test_a_parser_that_breaks_down_is_a_failure_of_its_file_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def explode(file: Path, path: str) -> tuple[Article]:
        raise ZeroDivisionError

    monkeypatch.setattr("index.reading.READERS", dict(READERS) | {".md": explode})
    write(tmp_path / "a.md")
    write(tmp_path / "b.txt")
    assert ids(tmp_path) == ["b.txt"]
    assert "may be damaged" in failures(tmp_path)["a.md"]
    assert "ZeroDivisionError" in caplog.text


def test_forbidden_files_and_disk_errors_are_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(file: Path, path: str) -> tuple[Article]:
        raise PermissionError(13, "Permission denied")

    def torn(file: Path, path: str) -> tuple[Article]:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("index.reading.READERS", {".txt": forbidden, ".md": torn})
    write(tmp_path / "a.txt")
    write(tmp_path / "b.md")
    reasons = failures(tmp_path)
    assert "Make the file readable" in reasons["a.txt"]
    assert "Check the disk" in reasons["b.md"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a file that the user may not open")
def test_a_folder_that_cannot_be_opened_is_reported(tmp_path: Path) -> None:
    closed = write(tmp_path / "closed" / "a.txt").parent
    closed.chmod(0)
    try:
        assert "cannot be opened" in failures(tmp_path)["closed"]
    finally:
        closed.chmod(0o700)


@pytest.mark.skipif(os.name == "nt", reason="file names are Unicode there")
def test_a_name_that_is_no_unicode_is_reported(tmp_path: Path) -> None:
    try:
        write(tmp_path / os.fsdecode(b"caf\xe9.txt"))
    except OSError:
        pytest.skip("this file system refuses such names")
    ((path, reason),) = failures(tmp_path).items()
    assert path.isascii()
    assert "Rename" in reason


@pytest.mark.parametrize("name", ["missing", "file.txt"])
def test_what_is_no_folder_is_refused_at_once(tmp_path: Path, name: str) -> None:
    write(tmp_path / "file.txt")
    with pytest.raises(CorpusError, match="ARTICLES_DIR"):
        read_folder(tmp_path / name)


def test_progress_counts_files(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "b.jsonl", record("x") + record("y"))
    seen: list[tuple[int, int]] = []
    list(read_folder(tmp_path, on_progress=lambda done, total: seen.append((done, total))))
    assert seen == [(0, 2), (1, 2), (2, 2)]


def test_nothing_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "b.txt")
    found = read_folder(tmp_path)
    next(found)
    (tmp_path / "b.txt").unlink()
    assert isinstance(next(found), Failure)


def test_a_large_pdf_is_not_refused_for_the_size_of_its_pictures() -> None:
    assert pdf.MAX_PDF_BYTES > 50 * 2**20


def test_parsers_are_loaded_only_when_a_file_needs_them() -> None:
    heavy = "{'trafilatura', 'pypdf', 'dateparser', 'markdown_it', 'frontmatter', 'charset_normalizer', 'sentencex'}"
    code = f"import sys, index.reading, index.chunking; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
