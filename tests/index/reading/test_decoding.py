"""Bytes become text in whatever encoding they came, or say clearly why not."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from index.errors import UnreadableArticle
from index.reading import decoding
from index.reading.decoding import decode, read_text

SENTENCE = "“The mayor’s naïve café” costs £5 — says Zoë."


@pytest.mark.parametrize(
    "data",
    [
        SENTENCE.encode(),
        codecs.BOM_UTF8 + SENTENCE.encode(),
        SENTENCE.encode("utf-16"),
        codecs.BOM_UTF16_BE + SENTENCE.encode("utf-16-be"),
        SENTENCE.encode("utf-32"),
        SENTENCE.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 big endian", "utf-32", "windows-1252"],
)
def test_decodes_the_encodings_that_files_come_in(data: bytes) -> None:
    assert decode(data, "a.txt") == SENTENCE


@pytest.mark.parametrize(
    ("encoding", "sentence"),
    [
        ("cp1252", "Señor Muñoz llegó a la niña."),
        ("cp1250", "Zażółć gęślą jaźń. Burmistrz powiedział, że most będzie zamknięty."),
        ("cp1251", "Мэр города сказал, что мост будет закрыт на девять недель."),
        ("shift_jis", "橋は九週間閉鎖されると市長は述べた。川の水位が高い。"),
    ],
)
def test_recognises_national_encodings(encoding: str, sentence: str) -> None:
    assert decode(sentence.encode(encoding), "a.txt") == sentence


ENGLISH = (
    "The mayor said on Monday that the old bridge would be closed for nine weeks, after a long winter of storms.\n"
)


@pytest.mark.parametrize(
    "sentence",
    [
        "“I don’t know,” the mayor’s wife said; “it’s €5.”",
        "“It’s £40,000,” said Zoë Muñoz, who runs the café—the “Lune”—and isn’t glad.",
        "It’s 20 °C inside… Tickets are €12, and it’s 5½ miles – “a long way,” she said.",
    ],
)
def test_english_with_typographic_marks_is_read_as_windows_1252(sentence: str) -> None:
    text = f"{ENGLISH}{sentence}\n{ENGLISH}"
    assert decode(text.encode("cp1252"), "a.txt") == text


@pytest.mark.parametrize("words", ["“No,” he said. It’s a café.", "It’s “nice” – yes."])
def test_english_from_an_old_mac_is_not_taken_for_windows_1252(words: str) -> None:
    text = f"{ENGLISH}{words}\n{ENGLISH}"
    assert decode(text.encode("mac_roman"), "a.txt") == text


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp850", "Köln has a café for Zoë."),
        ("cp850", "It costs £40,000."),
        ("cp1250", "Lech Wałęsa came."),
        ("cp1251", "The word мост is used."),
        ("cp1253", "The word γέφυρα is used."),
        ("cp1254", "Recep Erdoğan came."),
        ("gb18030", "Mr 张伟 came."),
    ],
)
def test_a_foreign_word_among_english_ones_rules_windows_1252_out(encoding: str, words: str) -> None:
    assert not decoding._is_plain_windows_text(f"{ENGLISH}{words}\n{ENGLISH}".encode(encoding))


def test_a_declared_encoding_is_taken_at_its_word_and_an_unknown_one_ignored() -> None:
    assert decode("Mõni sõna".encode("iso8859-13"), "a.html", declared="iso-8859-13") == "Mõni sõna"
    assert decode(SENTENCE.encode("cp1252"), "a.html", declared="x-no-such-thing") == SENTENCE


@pytest.mark.parametrize("declared", ["iso-8859-1", "latin-1", "us-ascii"])
def test_what_calls_itself_latin_is_windows_1252_as_in_browsers(declared: str) -> None:
    assert decode("it’s “fine” – the café".encode("cp1252"), "a.html", declared=declared) == "it’s “fine” – the café"
    assert decode(b"caf\xe9 \x81", "a.html", declared=declared) == "café \x81", "what Windows-1252 leaves undefined"


def test_every_newline_becomes_a_line_feed() -> None:
    assert decode(b"one\r\ntwo\rthree\n", "a.txt") == "one\ntwo\nthree\n"


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "Save the article as UTF-8"),
        (b"plain \x00 text", "not text"),
        (bytes(range(1, 32)) * 20, "not text"),
        ("Wort ".encode("utf-16-le"), "not text"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "UTF-16"),
        (b" \n\t \n", "only blanks"),
    ],
    ids=["picture", "zero byte", "control characters", "utf-16 without mark", "half a character", "blank"],
)
def test_refuses_what_is_no_text_and_says_what_to_do(data: bytes, advice: str) -> None:
    with pytest.raises(UnreadableArticle, match=advice):
        decode(data, "a.txt")


def test_damaged_utf8_is_refused_with_the_line_instead_of_garbled() -> None:
    good = "Zoë naïve — “yes”\n".encode()
    with pytest.raises(UnreadableArticle, match="line 3"):
        decode(good * 2 + b"damage \xff here\n" + good, "a.txt")


def test_empty_and_oversized_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"")
    with pytest.raises(UnreadableArticle, match="empty"):
        read_text(file, "a.txt")
    with file.open("wb") as stream:
        stream.truncate(decoding.MAX_TEXT_BYTES + 1)
    with pytest.raises(UnreadableArticle, match=r"larger than 20 MB. Split it"):
        read_text(file, "a.txt")
