"""Links that are safe to show, and open at the sentence."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.links import URL_LIMIT, at_sentence, safe_url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "ftp://a.example/",
        "file:///etc/passwd",
        "//a.example/x",
        "https://",
        "https://bank.example@evil.example/",
        "https://[::1",
        "https://a.example:port/",
        "https://a.example/" + "x" * URL_LIMIT,
        "discord://-/channels/1",
    ],
)
def test_what_is_no_web_address_gets_no_link(url: str | None) -> None:
    assert safe_url(url) is None


def test_an_encoded_address_is_kept_as_it_is() -> None:
    assert safe_url("https://a.example/a%20b?c=d&e=f#g") == "https://a.example/a%20b?c=d&e=f#g"


def test_spaces_and_brackets_are_encoded() -> None:
    assert safe_url(" https://a.example/a b(c)[d] ") == "https://a.example/a%20b%28c%29%5Bd%5D"


def test_a_short_sentence_is_named_whole() -> None:
    link = at_sentence("https://a.example/x", "It was well-known, she said.")
    assert link == "https://a.example/x#:~:text=It%20was%20well%2Dknown%2C%20she%20said."


def test_a_long_sentence_is_named_by_its_ends() -> None:
    link = at_sentence("https://a.example/x", " ".join(f"word{n}" for n in range(40))) or ""
    assert unquote(link.partition("text=")[2]) == "word0 word1 word2 word3 word4,word35 word36 word37 word38 word39"


def test_a_fragment_of_the_address_is_kept() -> None:
    assert at_sentence("https://a.example/x#part", "Yes.") == "https://a.example/x#part:~:text=Yes."


def test_an_unsafe_address_gets_no_fragment_either() -> None:
    assert at_sentence("javascript:x", "Yes.") is None


@given(st.text())
def test_a_link_never_outgrows_its_limit(sentence: str) -> None:
    link = at_sentence("https://a.example/" + "x" * 300, sentence)
    assert link is not None
    assert len(link) <= URL_LIMIT
    assert not set(link) & set("()[]<> \n\\")
