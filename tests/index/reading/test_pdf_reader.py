"""PDF files: text is put back into paragraphs; what holds no text says so."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from index.errors import UnreadableArticle
from index.models import Article
from index.reading import pdf, read_folder


def make(pages: Sequence[Sequence[str]], password: str = "", owned: str = "", **metadata: str) -> bytes:
    """A PDF with these lines on its pages."""
    writer = PdfWriter()
    font = DictionaryObject(
        {NameObject(key): NameObject(value) for key, value in
         (("/Type", "/Font"), ("/Subtype", "/Type1"), ("/BaseFont", "/Courier"), ("/Encoding", "/WinAnsiEncoding"))}
    )  # fmt: skip
    for lines in pages:
        page = writer.add_blank_page(612, 792)
        shown = "".join(f"({line.translate({40: None, 41: None})}) Tj 0 -14 Td " for line in lines)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 10 Tf 72 720 Td {shown} ET".encode("cp1252"))
        page[NameObject("/Contents")] = writer._add_object(stream)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
    writer.add_metadata({f"/{key}": value for key, value in metadata.items()})
    if password or owned:
        writer.encrypt(password, owner_password=owned or None, algorithm="AES-256" if owned else "RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def read(folder: Path, data: bytes, name: str = "old-bridge.pdf") -> Article:
    file = folder / name
    file.write_bytes(data)
    (article,) = pdf.read(file, name)
    return article


def prose(article: Article) -> list[str]:
    return [article.text[block.start : block.end] for block in article.blocks if block.kind == "paragraph"]


LINES = [
    "The old bridge over the river Lune will close for nine weeks, the coun-",
    "cil of Harbor Falls said on Monday. It carries more than 4,000 well-",
    "meaning drivers a day.",
    "A ferry will run every 20 minutes from six in the morning, and pupils",
    "will pay nothing, since they are well-meaning too.",
]


def test_lines_become_paragraphs_and_divided_words_are_joined(tmp_path: Path) -> None:
    assert prose(read(tmp_path, make([LINES]))) == [
        "The old bridge over the river Lune will close for nine weeks, the council of Harbor Falls said on Monday. "
        "It carries more than 4,000 well-meaning drivers a day.",
        "A ferry will run every 20 minutes from six in the morning, and pupils will pay nothing, since they are "
        "well-meaning too.",
    ]


def test_metadata_is_taken(tmp_path: Path) -> None:
    data = make([LINES], Title="Bridge to close", Author="Ada Quill", CreationDate="D:20160715124500-07'00'")
    article = read(tmp_path, data)
    assert (article.title, article.author) == ("Bridge to close", "Ada Quill")
    assert article.published == "2016-07-15T12:45:00-07:00"
    assert article.id == article.path == "old-bridge.pdf"


@pytest.mark.parametrize("title", ["", "untitled", "Microsoft Word - draft.docx", "draft.indd", "Document1"])
def test_a_title_that_says_nothing_gives_way_to_the_file_name(tmp_path: Path, title: str) -> None:
    assert read(tmp_path, make([LINES], Title=title)).title == "Old bridge"


def test_running_heads_and_page_numbers_are_left_out_and_paragraphs_cross_pages(tmp_path: Path) -> None:
    pages = [["Harbor Gazette Weekly", *LINES[at : at + 2], f"Page {at + 1} of 4"] for at in range(4)]
    text = read(tmp_path, make(pages)).text
    assert "Weekly" not in text
    assert "Page" not in text


@pytest.mark.parametrize("pages", [2, 5])
def test_running_heads_with_page_numbers_are_left_out(tmp_path: Path, pages: int) -> None:
    made = [
        [f"Harbor Gazette 2016 | Page {at + 1} of {pages}", *LINES[at : at + 2], f"Spring issue {at + 11}"]
        for at in range(pages)
    ]
    text = read(tmp_path, make(made)).text
    assert "Gazette" not in text
    assert "Spring" not in text
    assert "nine weeks" in text


def test_a_line_that_two_pages_share_stays_when_it_is_a_sentence(tmp_path: Path) -> None:
    text = read(tmp_path, make([["The pool is shut until 5 May.", *LINES], ["The pool is shut until 5 May."]])).text
    assert text.count("The pool is shut until 5 May.") == 2


def test_figures_at_the_edge_of_pages_stay(tmp_path: Path) -> None:
    text = read(tmp_path, make([[f"Tickets sold: {sold}", *LINES] for sold in (40, 90, 12, 71)])).text
    assert all(f"Tickets sold: {sold}" in text for sold in (40, 90, 12, 71))


def test_a_hyphen_that_belongs_to_the_word_stays(tmp_path: Path) -> None:
    lines = [
        "The suspect is a 19-",
        "year-old from Harbor Falls. The COVID-",
        "related rules are gone, says the Coun-",
        "cil.",
    ]
    text = read(tmp_path, make([lines])).text
    assert text == "The suspect is a 19-year-old from Harbor Falls. The COVID-related rules are gone, says the Council."


def test_a_pdf_of_pictures_says_how_to_get_its_text(tmp_path: Path) -> None:
    with pytest.raises(UnreadableArticle, match=r"no text.*OCR"):
        read(tmp_path, make([[], []]))


def test_an_encrypted_pdf_is_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(UnreadableArticle, match=r"encrypted. Save it without a password"):
        read(tmp_path, make([LINES], password="secret"))


def test_a_pdf_that_only_its_owner_may_change_is_read(tmp_path: Path) -> None:
    assert "nine weeks" in read(tmp_path, make([LINES], owned="secret")).text


@pytest.mark.parametrize(
    ("made", "published"),
    [
        ("2016-07-15T12:45:00Z", "2016-07-15T12:45:00+00:00"),
        ("7/15/2016", "2016-07-15"),
        ("D:191000715124500", None),
        ("   ", None),
    ],
)
def test_a_strange_date_costs_no_article(tmp_path: Path, made: str, published: str | None) -> None:
    article = read(tmp_path, make([LINES], CreationDate=made))
    assert "nine weeks" in article.text
    assert article.published == published


def test_halves_of_characters_are_joined_or_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PageObject, "extract_text", lambda page: "A ferry \ud83d\ude00 runs, and \ud83d a bus.")
    article = read(tmp_path, make([LINES]))
    assert "A ferry 😀 runs, and \ufffd a bus." in article.text
    article.text.encode()


@pytest.mark.parametrize("keep", [0.2, 0.6, 0.95])
def test_a_torn_pdf_is_refused_or_read_but_never_raises_anything_else(tmp_path: Path, keep: float) -> None:
    data = make([LINES] * 3)
    (tmp_path / "torn.pdf").write_bytes(data[: int(len(data) * keep)])
    (found,) = read_folder(tmp_path)
    assert isinstance(found, Article) or "in a PDF viewer" in found.reason or "OCR" in found.reason


@pytest.mark.parametrize("data", [b"not a pdf at all", b"%PDF-1.7\n%%EOF", b"%PDF-1.4" + b"\xff" * 500])
def test_a_broken_pdf_is_refused_with_advice(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UnreadableArticle, match=r"damaged. Open it in a PDF viewer"):
        read(tmp_path, data)


def test_an_oversized_pdf_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "huge.pdf").open("wb") as stream:
        stream.truncate(pdf.MAX_PDF_BYTES + 1)
    with pytest.raises(UnreadableArticle, match="larger than 100 MB"):
        pdf.read(tmp_path / "huge.pdf", "huge.pdf")


def test_the_sample_is_a_real_pdf() -> None:
    assert "ferry" in PdfReader(io.BytesIO(make([LINES]))).pages[0].extract_text()
