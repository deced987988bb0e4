"""Searches with limits, newest articles, timelines, questions about one article: through the service."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.article_keys import key
from bot.facets import Facet
from bot.locales import de
from bot.lookups import Limits
from bot.messages import ENGLISH
from bot.readers import Reader
from bot.replies import Kind, QuoteBlock, Reply, SourceBlock
from bot.service import Service
from bot.state import State
from index.errors import IndexMissing
from index.models import Filters
from tests.bot.fakes import BRIDGE, FERRY, FakeLibrary, answer, quote

READER = Reader()
SCOPED = Reader(scope=Filters(sources=("The Gazette",)))


def titles(reply: Reply) -> list[str]:
    return [block.source.title for block in reply.blocks if isinstance(block, SourceBlock)]


async def test_a_search_is_limited_and_says_how_it_was_understood(service: Service, library: FakeLibrary) -> None:
    limits = Limits(source="gazette", author="ADA MOSS", after="2016", before="March 2017")
    reply = await service.search("bridge", READER, limits)
    assert library.filters == [
        Filters(sources=("The Gazette",), authors=("Ada Moss",), after=date(2016, 1, 1), before=date(2017, 3, 31))
    ]
    assert reply.status.endswith("· The Gazette · by Ada Moss · from 2016-01-01 · until 2017-03-31")


async def test_pages_keep_their_limits_after_a_restart(library: FakeLibrary, state: State) -> None:
    first = Service(library, state)
    paging = (await first.search("bridge", READER, Limits(source="Gazette", after="2016"))).paging
    first.close()
    assert paging
    second = Service(library, state)
    reply = await second.turn_page(paging.search_id, 1, READER)
    assert library.filters[0] == library.filters[1]
    assert "The Gazette" in reply.status
    second.close()


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (Limits(after="bananas"), ENGLISH.date_unclear.format(typed="bananas")),
        (Limits(before="xyzzy"), ENGLISH.date_unclear.format(typed="xyzzy")),
        (Limits(source="qqqq"), ENGLISH.source_nothing.format(typed="qqqq")),
        (Limits(author="qqqq"), ENGLISH.author_nothing.format(typed="qqqq")),
        (Limits(after="2020", before="2019"), ENGLISH.dates_crossed.format(after="2020-01-01", before="2019-12-31")),
    ],
)
async def test_a_limit_that_means_nothing_gets_a_friendly_sentence(
    service: Service, library: FakeLibrary, limits: Limits, sentence: str
) -> None:
    assert (await service.search("bridge", READER, limits)).text == sentence
    assert library.filters == []


async def test_dates_are_read_in_the_readers_language(service: Service, library: FakeLibrary) -> None:
    await service.search("bridge", Reader(de.GERMAN), Limits(after="März 2016"))
    assert library.filters[0].after == date(2016, 3, 1)


async def test_a_search_that_finds_nothing_within_its_limits_names_them(service: Service) -> None:
    reply = await service.search("bridge", READER, Limits(after="2020"))
    assert reply.text == ENGLISH.search_nothing_within.format(limits="from 2020-01-01")


async def test_every_lookup_keeps_to_what_the_channel_is_answered_from(service: Service, library: FakeLibrary) -> None:
    await service.ask("Why?", SCOPED)
    await service.search("bridge", SCOPED)
    await service.timeline("bridge", SCOPED)
    assert library.filters == [SCOPED.scope] * 3
    assert titles(await service.latest(SCOPED)) == [BRIDGE.title]
    assert [s.title for s in await service.suggest("", SCOPED.scope)] == [BRIDGE.title]
    assert (await service.article(f"id:{FERRY.id}", SCOPED)).text == ENGLISH.article_out_of_scope
    library.citations = (BRIDGE, replace(FERRY, source="Herald"))
    limited = ENGLISH.channel_limited.format(names=", ".join((*SCOPED.scope.collections, *SCOPED.scope.sources)))
    unknown = ENGLISH.source_nothing.format(typed="Herald")
    assert (await service.search("x", SCOPED, Limits(source="Herald"))).text == f"{unknown}\n{limited}"
    assert (await service.ask_about(key(FERRY.id), "Why?", SCOPED)).text == ENGLISH.article_out_of_scope
    library.citations = (BRIDGE,)
    assert (await service.ask_about(key(FERRY.id), "Why?", SCOPED)).text == ENGLISH.article_gone


async def test_whoever_finds_nothing_is_told_what_the_channel_is_limited_to(
    service: Service, library: FakeLibrary
) -> None:
    library.answer, library.found, library.citations = answer(quotes=0), (), ()
    for reply in (
        await service.ask("Why?", SCOPED),
        await service.search("zebra", SCOPED),
        await service.timeline("zebra", SCOPED),
        await service.latest(SCOPED),
        await service.article("zebra", SCOPED),
    ):
        assert "The Gazette" in reply.text.splitlines()[-1]
    assert len((await service.search("zebra", READER)).blocks) == 1


async def test_passages_that_have_nothing_to_do_with_it_are_not_shown(service: Service, library: FakeLibrary) -> None:
    library.found = tuple(replace(quote, score=0.02) for quote in library.found)
    assert (await service.timeline("quantum", READER)).text == ENGLISH.timeline_nothing
    assert (await service.search("quantum", READER)).text == ENGLISH.search_nothing
    assert (await service.search("bridges", READER)).kind is Kind.SEARCH
    library.found = tuple(replace(quote, score=0.2) for quote in library.found)
    assert (await service.search("viaduct", READER)).kind is Kind.SEARCH


@pytest.mark.parametrize("typed", ["🎉", "!!!", "```x```", "https://gazette.example"])
async def test_without_a_word_nothing_is_looked_up(service: Service, library: FakeLibrary, typed: str) -> None:
    for reply in (await service.search(typed, READER), await service.timeline(typed, READER)):
        assert reply.text == ENGLISH.keywords_empty
    assert library.filters == []


async def test_sources_and_authors_are_completed_from_memory(service: Service, library: FakeLibrary) -> None:
    library.error = IndexMissing.__new__(IndexMissing)
    assert await service.names(Facet.SOURCE, "gaz") == ["The Gazette"]
    assert await service.names(Facet.AUTHOR, "") == ["Ada Moss"]
    library.citations = (replace(BRIDGE, source="x" * 300),)
    assert await service.names(Facet.SOURCE, "x" * 300) == ["x" * 100]
    library.error = None
    assert (await service.latest(READER, "x" * 100)).kind is Kind.LATEST


async def test_the_newest_articles_are_listed_with_their_dates(service: Service, library: FakeLibrary) -> None:
    reply = await service.latest(READER)
    assert titles(reply) == [BRIDGE.title, FERRY.title]
    assert (await service.latest(READER, "gazette")).status == ENGLISH.latest_of.format(source="The Gazette")
    library.citations = ()
    assert (await service.latest(READER)).text == ENGLISH.latest_nothing


async def test_a_timeline_has_one_strong_sentence_an_article_oldest_first(
    service: Service, library: FakeLibrary
) -> None:
    undated, weak = replace(FERRY, id="u", published=None), replace(FERRY, id="w", published="1999-01-01")
    library.found = (
        quote(citation=FERRY, score=0.9),
        quote(citation=undated, score=0.8),
        quote(citation=BRIDGE, score=0.7),
        quote(citation=FERRY, score=0.6),
        quote(citation=weak, score=0.1),
    )
    reply = await service.timeline("bridge", READER)
    quotes = [block for block in reply.blocks if isinstance(block, QuoteBlock)]
    assert [block.article_id for block in quotes] == [BRIDGE.id, FERRY.id]
    assert {block.excerpt.after for block in quotes} == {"It voted 7–4 for the bridge."}
    library.found = ()
    assert (await service.timeline("bridge", READER)).text == ENGLISH.timeline_nothing
    assert (await service.timeline(" ", READER)).text == ENGLISH.keywords_empty


async def test_a_timeline_fits_a_screen(service: Service, library: FakeLibrary) -> None:
    library.found = tuple(quote(citation=replace(BRIDGE, id=str(n))) for n in range(50))
    assert len((await service.timeline("bridge", READER)).blocks) == 8


async def test_a_question_about_an_article_is_answered_from_it_alone(service: Service, library: FakeLibrary) -> None:
    card = await service.article(BRIDGE.title, READER)
    assert card.about
    await service.ask_about(card.about.key, "How did they vote?", READER)
    assert library.filters == [Filters(article_ids=(BRIDGE.id,))]
    library.citations = ()
    assert (await service.ask_about(card.about.key, "Why?", READER)).text == ENGLISH.article_gone
