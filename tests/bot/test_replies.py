"""From answers to what a reader sees."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import replies
from bot.locales.de import GERMAN
from bot.messages import ENGLISH
from bot.reindexing import Progress
from bot.replies import Kind, QuoteBlock, Reply, SourceBlock
from index.models import BuildReport, Failure
from tests.bot.fakes import BRIDGE, FERRY, answer, quote


def quote_blocks(reply: Reply) -> list[QuoteBlock]:
    return [block for block in reply.blocks if isinstance(block, QuoteBlock)]


def test_an_answer_quotes_with_title_source_date_place_and_a_link_to_the_sentence() -> None:
    found = answer()
    reply = replies.answer_reply(found, found.quotes, ENGLISH)
    (block,) = quote_blocks(reply)
    assert reply.heading == found.question
    assert block.excerpt.highlight == "It voted 7–4 for the bridge."
    assert block.source.title == "Council backs the bridge"
    assert block.source.publisher == "The Gazette"
    assert block.source.details == ("paragraph 7 of 23",)
    assert block.source.link == "https://gazette.example/bridge#:~:text=It%20voted%207%E2%80%934%20for%20the%20bridge."
    assert block.source.published
    assert block.source.published.date().isoformat() == "2017-03-15"
    assert (block.article_id, block.start, block.end) == (BRIDGE.id, 40, 40 + len(found.quotes[0].text))


@pytest.mark.parametrize(("confidence", "kind"), [(0.99, Kind.STRONG), (0.75, Kind.STRONG), (0.74, Kind.PARTIAL)])
def test_trust_is_told_in_words_and_never_as_a_score(confidence: float, kind: Kind) -> None:
    found = answer(confidence=confidence)
    reply = replies.answer_reply(found, found.quotes, ENGLISH)
    assert reply.kind is kind
    assert not any(char.isdigit() for char in reply.status)


def test_without_an_answer_nothing_is_quoted_and_three_articles_are_named_at_most() -> None:
    found = replace(answer(quotes=0), closest=(BRIDGE, FERRY, BRIDGE, FERRY))
    reply = replies.answer_reply(found, (), ENGLISH)
    assert reply.kind is Kind.CLOSEST
    assert not quote_blocks(reply)
    assert len([block for block in reply.blocks if isinstance(block, SourceBlock)]) == 3
    assert "not an answer" in reply.text


def test_without_any_close_article_the_reader_is_told_what_to_try() -> None:
    reply = replies.answer_reply(replace(answer(quotes=0), closest=()), (), ENGLISH)
    assert "/search" in reply.text


def test_when_no_quote_could_be_proved_none_is_shown() -> None:
    reply = replies.answer_reply(answer(), (), ENGLISH)
    assert (reply.kind, reply.text) == (Kind.PROBLEM, ENGLISH.quotes_dropped)


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_an_answer_is_about_a_screen_and_the_first_quote_gets_most_of_it(count: int) -> None:
    long = quote("A short answer. " + "Another sentence follows it here. " * 60, "A short answer.")
    blocks = quote_blocks(replies.answer_reply(answer(), [long] * count, ENGLISH))
    sizes = [len(block.excerpt) for block in blocks]
    assert 0.8 * replies.SCREEN < sum(sizes) <= 1.3 * replies.SCREEN
    assert count == 1 or sizes[0] > sizes[1]


def test_an_article_without_title_source_date_or_url_is_named_by_its_path() -> None:
    bare = replace(BRIDGE, title=" ", url=None, source=None, published=None)
    (block,) = quote_blocks(replies.answer_reply(answer(), [quote(citation=bare)], ENGLISH))
    assert (block.source.title, block.source.link, block.source.publisher) == ("bridge.txt", None, "")
    assert block.source.published is None


def test_a_date_that_is_none_costs_only_the_date() -> None:
    odd = replace(BRIDGE, published="2017-02-31")
    (block,) = quote_blocks(replies.answer_reply(answer(), [quote(citation=odd)], ENGLISH))
    assert block.source.published is None


def test_search_ranks_go_on_over_pages() -> None:
    reply = replies.search_reply("bridge", [quote()] * 2, 12, 9, 2, ENGLISH)
    assert [block.source.rank for block in quote_blocks(reply)] == [11, 12]
    assert reply.status == "Page 3 of 3 · passages: 12"
    assert reply.paging
    assert (reply.paging.search_id, reply.paging.page, reply.paging.pages) == (9, 2, 3)


@pytest.mark.parametrize(("total", "search_id"), [(5, 9), (12, None)])
def test_pages_that_cannot_be_turned_have_no_buttons(total: int, search_id: int | None) -> None:
    assert replies.search_reply("bridge", [quote()], total, search_id, 0, ENGLISH).paging is None


def test_an_article_card_begins_at_the_beginning_and_marks_no_sentence() -> None:
    reply = replies.article_reply(BRIDGE, quote(), None, ENGLISH)
    (block,) = quote_blocks(reply)
    assert block.excerpt.highlight == ""
    assert block.excerpt.after.startswith("The council met")
    assert block.source.details == ("by Ada Moss", "paragraphs: 23")
    assert reply.status == ""


def test_an_article_found_by_a_similar_title_says_so() -> None:
    assert "“brige”" in replies.article_reply(BRIDGE, quote(), "brige", ENGLISH).status


def test_an_article_without_text_is_named_only() -> None:
    reply = replies.article_reply(FERRY, None, None, ENGLISH)
    assert not quote_blocks(reply)
    assert reply.text == ENGLISH.article_empty


def report(failed: int = 0) -> BuildReport:
    failures = tuple(Failure(f"bad{n}.pdf", "It is encrypted.") for n in range(failed))
    return BuildReport("v2", 14, 120, 9, ("a", "b", "c"), ("d",), (), failures, 12.3)


def test_a_reindex_ends_in_its_counts_and_the_time_it_took() -> None:
    text = replies.reindex_reply(report(), ENGLISH).text
    assert "12 s" in text
    assert [word for word in text.split() if word[0] in "+~−✗"] == ["+3", "~1", "−0", "✗0"]


def test_a_reindex_tells_its_totals_as_the_reader_writes_them() -> None:
    many = replace(report(), articles=1234, passages=56789)
    assert "Articles: 1,234, passages: 56,789" in replies.reindex_reply(many, ENGLISH).text
    assert "1.234" in replies.reindex_reply(many, GERMAN).text


def test_failed_files_are_named_with_their_reason_and_the_rest_counted() -> None:
    text = replies.reindex_reply(report(failed=11), ENGLISH).text
    assert "✗ bad0.pdf: It is encrypted." in text
    assert "bad8.pdf" not in text
    assert "3 more" in text


def test_an_endless_reason_is_cut() -> None:
    endless = replace(report(), failed=(Failure("x.pdf", "why " * 500),))
    assert max(map(len, replies.reindex_reply(endless, ENGLISH).text.splitlines())) <= 160


@pytest.mark.parametrize(
    ("progress", "expected"),
    [
        (None, "starting"),
        (Progress("reading", 0, 0), "reading"),
        (Progress("embedding", 1200, 3310), "1,200 of 3,310 (36%)"),
        (Progress("writing", 5, 4), "(100%)"),
    ],
)
def test_progress_says_what_is_done_and_how_far(progress: Progress | None, expected: str) -> None:
    text = replies.progress_reply(progress, ENGLISH).text
    assert expected in text
    assert ENGLISH.reindex_meanwhile in text
