"""Text that is not ours renders as itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.discord_markdown import escape, link, timestamp
from bot.links import safe_url
from tests.bot.discord_model import render

MARKUP = "@everyone <@1> <#2> <:x:3> <t:4:R> </ask:5> [a](https://b.c) https://x.y/z ** || ~~ ``` # -# > >>> 1. - * :s:"
HOSTILE = st.lists(
    st.sampled_from([*"\\`*_~|[]()<>#-+.:@! \n1a", *MARKUP.split(), "# ", "-# ", "> ", "1. ", "- ", "¯\\_(ツ)_/¯"]),
    max_size=12,
).map("".join)


@given(HOSTILE | st.text())
@example("1. one\n2) two\n# head\n-# sub\n> quote\n>>> quote\n- item\n+ item")
@example("[text](https://evil.example) <https://evil.example> https://evil.example")
@example("@everyone @here <@1> <@!1> <@&1> <#1> <a:b:1> <t:1:R> </ask:1> <id:home>")
@example("**b** *i* __u__ _i_ ~~s~~ ||x|| `c` ```c```")
def test_escaped_text_renders_as_itself_and_as_nothing_else(text: str) -> None:
    shown = render(escape(text))
    assert shown.text == text
    assert shown.constructs == []


@pytest.mark.parametrize("text", ["It rose by 3.5 % (to 12), she said.", "The vote: 7–4!", "AT&T's ~20 $ plan"])
def test_ordinary_prose_is_not_touched(text: str) -> None:
    assert escape(text) == text


def test_a_link_shows_its_title_and_leads_to_its_url() -> None:
    assert render(link("A *good* day", "https://a.example/x")).links == [("A *good* day", "https://a.example/x")]


@given(HOSTILE)
@example("x](https://evil.example) [y")
@example("]")
def test_a_title_cannot_forge_or_break_a_link(title: str) -> None:
    title = " ".join(title.split())
    shown = render(link(title, "https://a.example/x"))
    assert shown.constructs == ["link"]
    assert [url for _, url in shown.links] == ["https://a.example/x"]


@given(st.text(alphabet=st.sampled_from("()[]<>\\ \"'`*_#?&%=:/@.a1é\n"), max_size=30))
@example("x) [evil](https://evil.example")
def test_a_url_cannot_end_its_link(path: str) -> None:
    url = safe_url(f"https://a.example/{path}")
    if url is not None:
        shown = render(link("title", url) + " after")
        assert (shown.text, shown.links) == ("title after", [("title", url)])


def test_without_a_url_the_title_stands_alone() -> None:
    assert link("A [draft]", None) == "A \\[draft\\]"


def test_a_long_title_is_cut_after_a_word() -> None:
    assert link("word " * 40, None, limit=50).endswith("word…")


def test_a_date_is_left_to_the_readers_client() -> None:
    assert timestamp(datetime(2017, 3, 15, 12, tzinfo=UTC)) == "<t:1489579200:D>"
