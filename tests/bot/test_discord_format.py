"""No reply exceeds Discord's limits, and nothing quoted can pose as ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import actions, further, replies
from bot.discord_format import card_texts, payload
from bot.messages import ENGLISH
from bot.replies import Reply
from index.models import BuildReport, Citation, Failure, Quote
from tests.bot.discord_model import Rendered, render
from tests.bot.fakes import BRIDGE, FERRY, answer, quote

NASTY = st.sampled_from(
    ["*", "_", "`", "[x](https://evil.example) ", "# ", "> ", "@everyone ", "<@1> ", "\n", "||", "~~", "w ", "é", ":a:"]
)
TEXT = st.lists(NASTY, min_size=1, max_size=40).map("".join) | st.text(min_size=1, max_size=60)
LONG = st.tuples(TEXT, st.sampled_from([1, 3, 60])).map(lambda pair: pair[0] * pair[1])


@st.composite
def quotes(draw: st.DrawFn) -> Quote:
    before, highlight, after = draw(LONG), draw(LONG), draw(LONG)
    text = before + highlight + after
    return replace(
        quote(text, text),
        highlight=highlight,
        highlight_span=(40 + len(before), 40 + len(before) + len(highlight)),
        citation=draw(citations()),
    )


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    return Citation(
        id="x",
        title=draw(LONG),
        path=draw(st.sampled_from(["x.md", "x.txt"])),
        url=draw(st.none() | LONG.map(lambda t: f"https://a.example/{t}")),
        source=draw(st.none() | LONG),
        author=draw(st.none() | LONG),
        published=draw(st.sampled_from([None, "2017-03-15", "nonsense"])),
    )


@st.composite
def any_reply(draw: st.DrawFn) -> Reply:
    found = draw(st.lists(quotes(), min_size=1, max_size=5))
    words = draw(LONG)
    failed = tuple(Failure(draw(LONG), draw(LONG)) for _ in range(draw(st.integers(0, 12))))
    report = BuildReport("v", 1, 1, 1, (), (), (), failed, 1.0)
    kind = draw(st.integers(0, 6))
    if kind == 0:
        asked = replace(answer(words + draw(st.sampled_from(["", " now"]))), closest=())
        claim = draw(st.booleans())
        reply = replies.answer_reply(asked, found, ENGLISH, asked_at=datetime(2026, 11, 23, tzinfo=UTC), claim=claim)
        return draw(with_actions(reply))
    if kind == 1:
        refused = replace(answer(words, quotes=0), closest=(draw(citations()),) * 3)
        return draw(with_actions(replies.answer_reply(refused, (), ENGLISH)))
    if kind == 5:
        return further.more_reply(words, found, 50, 2**40, 3, ENGLISH)
    if kind == 6:
        return further.context_reply(found[0], draw(st.booleans()), ENGLISH)
    if kind == 2:
        return replies.search_reply(words, found, 50, 2**40, 3, ENGLISH)
    if kind == 3:
        return replies.article_reply(draw(citations()), found[0], words, ENGLISH)
    return replies.reindex_reply(report, ENGLISH)


@st.composite
def with_actions(draw: st.DrawFn, reply: Reply) -> Reply:
    """The reply with its buttons, labelled in a wordy language."""
    wordy = replace(
        ENGLISH, button_more=draw(LONG), button_context=draw(LONG), button_helpful=draw(LONG), button_share=draw(LONG)
    )
    given = actions.public(2**62, wordy)
    if draw(st.booleans()):
        given = actions.private(given, wordy)
    return replace(reply, actions=given, footer=draw(st.just("") | LONG), note=draw(st.just("") | LONG))


def components(reply: Reply) -> list[dict[str, Any]]:
    def walk(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [one for item in items for one in (item, *walk(inside(item)))]

    def inside(item: dict[str, Any]) -> list[dict[str, Any]]:
        return [*item.get("components", ()), *([item["accessory"]] if "accessory" in item else ())]

    return walk(payload(reply)["view"].to_components())


@settings(max_examples=50)
@given(any_reply())
def test_no_reply_exceeds_discords_limits(reply: Reply) -> None:
    ready = payload(reply)
    if "content" in ready:
        assert 0 < len(ready["content"]) <= 2000
        return
    found = components(reply)
    texts = [item["content"] for item in found if item["type"] == 10]
    assert len(found) <= 40
    assert sum(map(len, texts)) <= 4000
    assert all(texts)
    buttons = [item for item in found if item["type"] == 2]
    custom_ids = [button["custom_id"] for button in buttons]
    assert len(custom_ids) == len(set(custom_ids))
    assert all(len(one) <= 100 for one in custom_ids)
    assert all(0 < len(button["label"]) <= 80 for button in buttons)
    assert all(1 <= len(item["components"]) <= 5 for item in found if item["type"] == 1)


@settings(max_examples=50)
@given(any_reply())
def test_nothing_but_what_we_make_is_rendered(reply: Reply) -> None:
    ready = payload(reply)
    shown = render(ready["content"] if "content" in ready else "\n".join(card_texts(reply)))
    assert set(shown.constructs) <= {"heading", "subtext", "quote", "list", "bold", "link", "mention"}
    assert shown.constructs.count("heading") <= 1
    assert all(url.startswith("https://a.example/") for _, url in shown.links)
    dates = len([block for block in reply.blocks if getattr(getattr(block, "source", None), "published", None)])
    dates += reply.caution is not None
    assert shown.constructs.count("mention") <= dates  # our own dates are the only ones


def shown(reply: Reply) -> Rendered:
    return render("\n".join(card_texts(reply)))


def test_an_answer_looks_like_this() -> None:
    found = answer()
    assert card_texts(replies.answer_reply(found, found.quotes, ENGLISH)) == [
        "### How did they vote?\n-# Strong match",
        "> The council met on Tuesday. **It voted 7–4 for the bridge.** The bridge will cost 28 million crowns.\n"
        "-# [Council backs the bridge](https://gazette.example/bridge"
        "#:~:text=It%20voted%207%E2%80%934%20for%20the%20bridge.) · The Gazette · <t:1489579200:D> · paragraph 7 of 23",
    ]


def test_an_answer_with_old_evidence_and_a_sharer_looks_like_this() -> None:
    found = answer("Who is the mayor now?")
    reply = replies.answer_reply(found, found.quotes, ENGLISH, asked_at=datetime(2026, 11, 23, tzinfo=UTC))
    head, _, foot = card_texts(replace(reply, footer="Shared by *Ann*"))
    assert head == (
        "### Who is the mayor now?\n-# Strong match · You asked about now, but the best quote is from <t:1489579200:D>"
    )
    assert foot == "-# Shared by \\*Ann\\*"


def test_each_quote_has_its_context_button_beside_its_source_line() -> None:
    found = answer(quotes=3)
    reply = replace(replies.answer_reply(found, found.quotes, ENGLISH), actions=actions.public(7, ENGLISH))
    sections = [item for item in components(reply) if item["type"] == 9]
    assert [item["accessory"]["custom_id"] for item in sections] == [f"context:7:{n}" for n in range(3)]
    assert all(item["components"][0]["content"].startswith("-# [Council") for item in sections)


def test_what_is_left_out_is_marked_outside_the_quoted_words() -> None:
    text = "Early on. " * 200 + "THE ANSWER. " + "Later on. " * 200
    (_, body) = card_texts(replies.answer_reply(answer(), [quote(text, "THE ANSWER.")], ENGLISH))
    assert body.startswith("> … Early on. ")
    assert " Later on. …\n" in body


def test_a_refusal_names_articles_as_a_list_and_quotes_nothing() -> None:
    seen = shown(replies.answer_reply(answer(quotes=0), (), ENGLISH))
    assert "quote" not in seen.constructs
    assert seen.constructs.count("list") == 2
    assert [label for label, _ in seen.links] == [BRIDGE.title]


def test_the_question_is_left_out_where_it_stands_above() -> None:
    found = answer()
    reply = replies.answer_reply(found, found.quotes, ENGLISH)
    assert "How did they vote?" not in "".join(card_texts(reply, show_heading=False))


def test_a_card_that_would_be_too_long_loses_its_links_before_its_quotes() -> None:
    text = "*" * 500
    linked = replace(BRIDGE, url="https://a.example/" + "x" * 480, title="*" * 100, source="*" * 60)
    reply = replies.answer_reply(answer(), [quote(text, text, linked)] * 3, ENGLISH)
    seen = shown(reply)
    assert seen.links == []
    assert seen.constructs.count("quote") == 3


@pytest.mark.parametrize("page", [0, 1, 2])
def test_the_buttons_of_an_end_are_disabled_and_stay_in_place(page: int) -> None:
    reply = replies.search_reply("x", [quote()], 12, 7, page, ENGLISH)
    buttons = [item for item in components(reply) if item["type"] == 2]
    assert [button["disabled"] for button in buttons] == [page == 0, page == 2]
    assert [button["label"] for button in buttons] == ["◀ Previous", "Next ▶"]


def test_our_own_sentences_go_out_as_plain_messages() -> None:
    assert payload(replies.notice("One.", "Two."))["content"] == "One.\nTwo."


def test_nothing_that_is_sent_may_ping() -> None:
    for reply in (replies.notice("@everyone"), replies.article_reply(FERRY, None, None, ENGLISH)):
        assert payload(reply)["allowed_mentions"].to_dict() == {"parse": []}
