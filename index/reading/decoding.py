"""Bytes → text: UTF-8 or whatever else the file is in, with every newline as `\\n`."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from index.errors import UnreadableArticle

MAX_TEXT_BYTES = 20 * 1024 * 1024
"""The largest text file that is read as one article: some 3 million words, far more than any."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins with the UTF-16 mark, so it comes first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BINARY_SHARE = 0.01
_LETTERS_OF_ANOTHER_LANGUAGE = 0.02

_ACCENTED = "À-ÖØ-öø-ÿŠŽšžŒœŸ"
_GARBLED = re.compile(
    r"(?<=[^\W\d_])[^\x00-\x7f\w’–—…\xa0\xad](?=[^\W\d_])"  # K”ln
    r"|[^\W\d_][„‚¡¿¢¥£€]|[£€][^\W\d_]"  # caf‚ is, £ódŸ
    rf"|[a-z][À-ÖØ-ÞŠŽŸŒ]|[.,!?;:][{_ACCENTED}]"  # cafŽ, said,Ó
    rf"|\d[{_ACCENTED}]|[{_ACCENTED}]\d"  # œ40
    r"|[À-ÿ]{3}|[‘’“”–—…]{3}|[ÐÞðþ¤¦¬¯¸³¹²µ¶ƒˆ˜†‡]"  # ìîñò
)
"""What text in another encoding looks like when it is read as Windows-1252."""


def read_text(file: Path, path: str) -> str:
    """The decoded text of `file`. Raises `UnreadableArticle` when it is empty, too large or no text."""
    return decode(read_bytes(file, path), path)


def read_bytes(file: Path, path: str, limit: int = MAX_TEXT_BYTES) -> bytes:
    """The bytes of `file`, at least one and at most `limit`, else `UnreadableArticle`."""
    with file.open("rb") as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise UnreadableArticle(path, f"it is larger than {limit // 2**20} MB. Split it into several articles.")
    if not data:
        raise UnreadableArticle(path, "the file is empty. Put the article's text in it, or remove it.")
    return data


def decode(data: bytes, path: str, declared: str | None = None) -> str:
    """`data` as text with `\\n` newlines.

    Takes, in this order: the byte order mark, UTF-8, the `declared` encoding, Windows-1252 for text with hardly a
    letter beyond ASCII, and the encoding that the bytes look like (Windows-1252 where several look alike). Raises
    `UnreadableArticle` for binary data, for text in which encodings are mixed, and for blank files.
    """
    text = _decode(data, path, declared)
    if "\0" in text or len(_CONTROL.findall(text)) > _BINARY_SHARE * len(text):
        raise UnreadableArticle(path, "this is binary data, not text. Remove it, or save the article as UTF-8 text.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise UnreadableArticle(path, "the file holds only blanks. Put the article's text in it, or remove it.")
    return text


def _decode(data: bytes, path: str, declared: str | None) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise UnreadableArticle(path, f"it is damaged {encoding.upper()} text. Save it as UTF-8.") from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in data:
            raise UnreadableArticle(
                path, "this is binary data, or text in an unknown encoding. Save the article as UTF-8 text."
            ) from error
        if _mostly_utf8(data):
            line = data.count(b"\n", 0, error.start) + 1
            raise UnreadableArticle(
                path,
                f"it is UTF-8 with damaged characters, the first in line {line}. Repair them.",
            ) from error
    told = ("cp1252", "latin-1") if declared and _is_latin(declared) else (declared,)
    for likely in filter(None, (*told, _likely_encoding(data))):
        try:
            return data.decode(likely)
        except (LookupError, UnicodeDecodeError):
            continue
    raise UnreadableArticle(path, "its encoding is not recognisable. Save the article as UTF-8 text.")


def _is_latin(encoding: str) -> bool:
    """True for what browsers read as Windows-1252 whatever it is called (WHATWG Encoding Standard, "windows-1252")."""
    try:
        return codecs.lookup(encoding).name in {"iso8859-1", "ascii"}
    except LookupError:
        return False


def _mostly_utf8(data: bytes) -> bool:
    """True when more multi-byte characters are right than wrong: another encoding would garble the right ones."""
    text = data.decode("utf-8", errors="replace")
    wrong = text.count("\ufffd")
    return sum(not character.isascii() for character in text) - wrong > wrong


def _likely_encoding(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    if _is_plain_windows_text(data):
        return "cp1252"
    guesses = from_bytes(data)
    best = guesses.best()
    if best is None:
        return None
    for guess in guesses:
        alike = guess.chaos <= best.chaos and guess.coherence >= best.coherence - 0.02
        if alike and "cp1252" in guess.could_be_from_charset:
            return "cp1252"
    return best.encoding


def _is_plain_windows_text(data: bytes) -> bool:
    """True for text whose few other characters are typographic marks: too little to tell an encoding by."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    letters = sum(character.isalpha() and not character.isascii() for character in text)
    return letters < _LETTERS_OF_ANOTHER_LANGUAGE * len(text) and not _GARBLED.search(text)
