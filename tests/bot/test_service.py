"""The service: whatever happens, a reader gets a calm reply, and the log the rest."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from bot.lookups import QUESTION_LIMIT
from bot.messages import ENGLISH, TERMINAL_ENGLISH
from bot.readers import Reader
from bot.replies import Kind, QuoteBlock
from bot.service import Service
from bot.state import State
from index.errors import ArticleNotFound, EmbedderUnavailable, IndexCorrupt, IndexMissing
from index.models import Answer
from tests.bot.fakes import BRIDGE, FERRY, FakeLibrary, answer, quote

READER = Reader()


async def test_a_question_is_answered_off_the_event_loop(service: Service, library: FakeLibrary) -> None:
    reply = await service.ask("How did they vote?", READER)
    assert reply.kind is Kind.STRONG
    assert library.asked == ["How did they vote?"]
    assert all(name.startswith("answer") for name in library.threads)


@pytest.mark.parametrize("empty", ["", "  \n", "\x00\u202e"])
async def test_an_empty_question_gets_a_how_to(service: Service, library: FakeLibrary, empty: str) -> None:
    assert (await service.ask(empty, READER)).text == "\n".join(ENGLISH.help)
    assert library.asked == []


async def test_a_question_of_six_thousand_characters_is_refused_with_the_limit(
    service: Service, library: FakeLibrary
) -> None:
    reply = await service.ask("x" * 6000, READER)
    assert "6,000" in reply.text
    assert "1,000" in reply.text
    assert library.asked == []
    assert (await service.ask("x" * QUESTION_LIMIT, READER)).kind is Kind.STRONG


async def test_quotes_that_differ_from_the_stored_article_are_not_shown(service: Service, library: FakeLibrary) -> None:
    library.tampered = True
    for reply in (await service.ask("Why?", READER), await service.search("bridge", READER)):
        assert not [block for block in reply.blocks if isinstance(block, QuoteBlock)]
        assert reply.text == ENGLISH.quotes_dropped


async def test_which_of_several_questions_is_left_open_is_said(
    service: Service, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(question: str, **_: object) -> Answer:
        return answer(question, quotes=int("cost" in question))

    monkeypatch.setattr(library, "ask", ask)
    reply = await service.ask("What did it cost, and who painted the bridge?", READER)
    assert reply.kind is Kind.PARTIAL
    assert reply.status == "Partial match: found no answer to “who painted the bridge?”"
    assert len(reply.blocks) == 1
    assert reply.actions
    shared = await service.answers.share(reply.actions.answer_id, "Alice", READER)
    assert shared.public
    assert shared.public.status == reply.status


async def test_each_of_several_questions_gets_its_quote_even_where_one_is_the_limit(
    library: FakeLibrary, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(question: str, **_: object) -> Answer:
        found = quote() if "cost" in question else quote("It was painted in May. It is red.", "It is red.")
        return replace(answer(question), quotes=(found, found))

    monkeypatch.setattr(library, "ask", ask)
    service = Service(library, state, quotes=1)
    assert len((await service.ask("What did it cost, and who painted the bridge?", READER)).blocks) == 2
    service.close()


async def test_no_more_quotes_are_shown_than_were_asked_for(library: FakeLibrary, state: State) -> None:
    library.answer = answer(quotes=5)
    service = Service(library, state, quotes=2)
    assert len((await service.ask("Why?", READER)).blocks) == 2
    service.close()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (IndexMissing(Path("x")), ENGLISH.index_missing),
        (IndexCorrupt(Path("x"), "torn"), ENGLISH.index_corrupt),
        (EmbedderUnavailable("m", "gone"), ENGLISH.unavailable),
        (ArticleNotFound("x"), ENGLISH.article_gone),
        (OSError("disk"), ENGLISH.failed),
        (RuntimeError("boom"), ENGLISH.failed),
    ],
)
async def test_an_error_becomes_one_sentence_that_says_what_to_do(
    service: Service, library: FakeLibrary, error: Exception, sentence: str
) -> None:
    library.error = error
    assert (await service.ask("Why?", READER)).text == sentence
    assert (await service.search("why", READER)).text == sentence
    assert (await service.article("Council", READER)).text == sentence


async def test_the_terminal_is_told_what_to_type(service: Service, library: FakeLibrary) -> None:
    library.error = IndexMissing(Path("x"))
    reply = await service.ask("Why?", Reader(TERMINAL_ENGLISH))
    assert "python -m index build" in reply.text
    library.error = EmbedderUnavailable("m", "no such model")
    assert "no such model" in (await service.ask("Why?", Reader(TERMINAL_ENGLISH))).text


async def test_the_log_has_the_traceback_but_never_the_readers_words(
    service: Service, library: FakeLibrary, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await service.ask("my secret question", READER)
    await service.search("my secret keywords", READER)
    assert "confidence=0.90" in caplog.text
    library.error = RuntimeError("boom")
    await service.ask("my secret question", READER)
    assert "RuntimeError: boom" in caplog.text
    assert "secret" not in caplog.text


async def test_a_search_is_turned_page_by_page_after_a_restart(library: FakeLibrary, state: State) -> None:
    before = Service(library, state)
    first = await before.search("bridge", READER)
    before.close()
    assert first.paging
    assert first.paging.pages == 3
    after = Service(library, state)
    last = await after.turn_page(first.paging.search_id, 2, READER)
    assert [block.source.rank for block in last.blocks if isinstance(block, QuoteBlock)] == [11, 12]
    after.close()


async def test_a_page_beyond_the_end_is_the_last_one_since_a_reindex_may_leave_fewer(
    service: Service, library: FakeLibrary
) -> None:
    first = await service.search("bridge", READER)
    assert first.paging
    library.found = library.found[:6]
    reply = await service.turn_page(first.paging.search_id, 2, READER)
    assert reply.paging
    assert reply.paging.page == 1


async def test_a_forgotten_search_says_so(service: Service) -> None:
    assert (await service.turn_page(77, 1, READER)).text == ENGLISH.search_expired


async def test_a_search_without_result_says_what_to_try(service: Service, library: FakeLibrary) -> None:
    library.found = ()
    assert (await service.search("zebra", READER)).text == ENGLISH.search_nothing


async def test_when_the_state_cannot_be_written_a_search_only_loses_its_buttons(service: Service, state: State) -> None:
    state.close()
    reply = await service.search("bridge", READER)
    assert len(reply.blocks) == 5
    assert reply.paging is None


async def test_an_article_is_found_by_its_suggestion(service: Service) -> None:
    (suggestion,) = await service.suggest("council")
    assert suggestion.label == "Council backs the bridge (2017)"
    reply = await service.article(suggestion.value, READER)
    assert (reply.kind, reply.status) == (Kind.ARTICLE, "")


async def test_an_article_is_found_by_free_text_and_says_when_it_is_only_the_closest(service: Service) -> None:
    assert (await service.article("council backs THE bridge", READER)).status == ""
    assert "“backs”" in (await service.article("backs", READER)).status


async def test_a_suggestion_whose_article_is_gone_says_so(service: Service) -> None:
    assert (await service.article("id:gone.txt", READER)).text == ENGLISH.article_gone


@pytest.mark.parametrize("text", ["hello", "<@42>", "@everyone"])
async def test_who_only_greets_gets_help(service: Service, library: FakeLibrary, text: str) -> None:
    assert (await service.ask(text, READER)).text == service.help(READER).text
    assert library.asked == []


async def test_whom_a_question_mentions_is_not_looked_up(service: Service, library: FakeLibrary) -> None:
    await service.ask("@everyone <@42> how did they vote?", READER)
    assert library.asked == ["how did they vote?"]


async def test_suggestions_fit_discord_however_long_titles_and_ids_are(service: Service, library: FakeLibrary) -> None:
    library.citations = (replace(BRIDGE, id="x" * 300, title="word " * 60), replace(FERRY, title=" "))
    for suggestion in await service.suggest(""):
        assert 1 <= len(suggestion.label) <= 100
        assert 1 <= len(suggestion.value) <= 100
        assert (await service.article(suggestion.value, READER)).kind in (Kind.ARTICLE, Kind.NOTICE, Kind.PROBLEM)


async def test_suggestions_do_not_wait_for_answers(service: Service, library: FakeLibrary) -> None:
    library.gate.clear()
    asking = [asyncio.create_task(service.ask("Why?", READER)) for _ in range(4)]
    try:
        assert await asyncio.wait_for(service.suggest("council"), 2)
    finally:
        library.gate.set()
        await asyncio.gather(*asking)


async def test_a_failing_autocomplete_offers_nothing(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeLibrary, "suggest", lambda *_, **__: 1 / 0)
    assert await service.suggest("x") == []


async def test_warming_up_without_an_index_is_no_failure(
    service: Service, library: FakeLibrary, caplog: pytest.LogCaptureFixture
) -> None:
    library.error = IndexMissing(Path("x"))
    await service.warm_up()
    assert "Not ready to answer" in caplog.text
    assert "Traceback" not in caplog.text


async def test_a_new_version_is_taken_up_after_a_build(service: Service, library: FakeLibrary) -> None:
    await service.refresh()
    assert library.refreshed == 1
    library.error = sqlite3.OperationalError("locked")
    await service.refresh()
