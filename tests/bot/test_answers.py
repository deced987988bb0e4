"""Answers and what can be done with them afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.answers import Answers, for_one
from bot.messages import ENGLISH
from bot.readers import Reader
from bot.replies import Kind, QuoteBlock, Reply
from bot.service import Service
from bot.state import State
from index.errors import ArticleNotFound
from index.models import Filters
from tests.bot.fakes import BRIDGE, FERRY, PASSAGE, SENTENCE, TEXT, FakeLibrary, answer, quote

ALICE, BOB = Reader(user_id=1, channel_id=5, guild_id=6), Reader(user_id=2, channel_id=5, guild_id=6)


@pytest.fixture
def answers(service: Service) -> Answers:
    """The service's."""
    return service.answers


async def asked(service: Service, question: str = "How did they vote?", reader: Reader = ALICE) -> int:
    """Asks, and tells under which id the answer is stored."""
    reply = await service.ask(question, reader)
    assert reply.actions
    return reply.actions.answer_id


def quoted(reply: Reply) -> list[str]:
    """What the reply quotes, in order."""
    shown = [block.excerpt for block in reply.blocks if isinstance(block, QuoteBlock)]
    return [one.before + one.highlight + one.after for one in shown]


async def test_an_answer_has_its_actions_and_a_private_one_is_shared_instead_of_dismissed(service: Service) -> None:
    reply = await service.ask("How did they vote?", ALICE)
    assert reply.actions
    assert all((reply.actions.context, reply.actions.more, reply.actions.helpful, reply.actions.dismiss))
    assert not reply.actions.share
    private = for_one(reply, ENGLISH).actions
    assert private
    assert private.share
    assert not private.dismiss


async def test_a_sentence_of_our_own_has_no_actions(service: Service, library: FakeLibrary) -> None:
    library.tampered = True
    assert (await service.ask("Why?", ALICE)).actions is None
    assert for_one(await service.ask("", ALICE), ENGLISH).actions is None


async def test_an_answer_that_cannot_be_stored_only_loses_its_buttons(service: Service, state: State) -> None:
    state.close()
    reply = await service.ask("Why?", ALICE)
    assert (reply.kind, reply.actions) == (Kind.STRONG, None)


async def test_a_refusal_without_any_close_article_offers_nothing_more(service: Service, library: FakeLibrary) -> None:
    library.answer = replace(answer(quotes=0), closest=())
    reply = await service.ask("Why?", ALICE)
    assert reply.actions
    assert not reply.actions.more
    assert reply.actions.not_helpful


@pytest.mark.parametrize(("days", "told"), [(1000, True), (5, False)])
async def test_old_evidence_for_a_question_about_now_is_told_with_its_date(
    service: Service, library: FakeLibrary, days: int, told: bool
) -> None:
    published = datetime.now(UTC) - timedelta(days=days)
    found = quote(citation=replace(BRIDGE, published=published.date().isoformat()))
    library.answer = replace(answer("Who is the mayor now?"), quotes=(found,))
    reply = await service.ask("Who is the mayor now?", ALICE)
    assert (reply.caution is not None) is told
    if reply.caution:
        assert "now" in reply.caution.before
        assert reply.caution.date.date() == published.date()


async def test_further_passages_leave_out_what_was_quoted_and_go_on_over_pages(
    service: Service, answers: Answers, library: FakeLibrary
) -> None:
    library.found = (quote(), *library.found)
    known = await asked(service)
    first = await answers.more(known, 0, BOB)
    assert first.status == "Page 1 of 3 · passages: 12"
    assert "How did they vote?" in first.heading
    assert first.paging
    assert (first.paging.of, first.paging.search_id) == ("answer", known)
    pages = [quoted(await answers.more(known, page, BOB)) for page in range(3)]
    assert [len(page) for page in pages] == [5, 5, 2]
    assert not any(SENTENCE in text for page in pages for text in page)
    assert quoted(await answers.more(known, 99, BOB)) == pages[-1]


async def test_further_passages_keep_to_what_the_question_was_limited_to(
    service: Service, answers: Answers, library: FakeLibrary
) -> None:
    scope = Filters(article_ids=(FERRY.id,))
    known = await asked(service, reader=replace(ALICE, scope=scope))
    assert (await answers.more(known, 0, BOB)).text == ENGLISH.more_nothing
    assert library.filters[-1] == scope


async def test_what_a_channel_is_no_longer_answered_from_is_not_shown_by_old_buttons(
    service: Service, answers: Answers, library: FakeLibrary
) -> None:
    library.found = (*library.found, quote("The ferry is a boat.", "The ferry is a boat.", FERRY))
    known = await asked(service)
    limited = replace(BOB, scope=Filters(sources=("Another paper",)))
    assert (await answers.more(known, 0, limited)).text == ENGLISH.more_nothing
    assert (await answers.context(known, 0, limited)).text == ENGLISH.article_out_of_scope
    shared = await answers.share(known, "Bob", limited)
    assert shared.refusal
    assert shared.refusal.text == ENGLISH.article_out_of_scope
    elsewhere = await asked(service, reader=replace(ALICE, scope=Filters(sources=("The Gazette",))))
    assert (await answers.more(elsewhere, 0, limited)).text == ENGLISH.more_nothing


async def test_further_passages_that_cannot_be_proved_are_not_shown(
    service: Service, answers: Answers, library: FakeLibrary
) -> None:
    known = await asked(service)
    library.tampered = True
    assert (await answers.more(known, 0, BOB)).text == ENGLISH.quotes_dropped


async def test_context_shows_what_stands_around_with_the_sentence_marked(service: Service, answers: Answers) -> None:
    reply = await answers.context(await asked(service), 0, BOB)
    (text,) = quoted(reply)
    assert text.startswith("The bridge was long in the making.")
    assert text.endswith("So the mayor said.")
    assert reply.status == ENGLISH.context_status
    (block,) = reply.blocks
    assert isinstance(block, QuoteBlock)
    assert block.excerpt.highlight == SENTENCE


@pytest.mark.parametrize("text", ["A new beginning. " + TEXT, f"Only this is left: {SENTENCE} The end of it."])
async def test_after_a_reindex_context_finds_a_sentence_that_moved(
    service: Service, answers: Answers, library: FakeLibrary, text: str
) -> None:
    known = await asked(service)
    library.texts[BRIDGE.id] = text
    reply = await answers.context(known, 0, BOB)
    assert reply.status == ENGLISH.context_moved
    (block,) = reply.blocks
    assert isinstance(block, QuoteBlock)
    assert block.excerpt.highlight == SENTENCE


async def test_after_a_reindex_context_says_calmly_what_is_gone(
    service: Service, answers: Answers, library: FakeLibrary
) -> None:
    known = await asked(service)
    library.texts[BRIDGE.id] = TEXT.replace("7–4", "6–5")
    assert (await answers.context(known, 0, BOB)).text == ENGLISH.context_changed
    library.citations = (FERRY,)
    assert (await answers.context(known, 0, BOB)).text == ENGLISH.context_gone


async def test_context_that_cannot_be_proved_is_not_shown(
    service: Service, answers: Answers, library: FakeLibrary
) -> None:
    known = await asked(service)
    library.tampered = True
    assert (await answers.context(known, 0, BOB)).text == ENGLISH.quotes_dropped


async def test_the_buttons_of_a_forgotten_answer_say_so(service: Service, answers: Answers) -> None:
    known = await asked(service)
    shared = await answers.share(99, "Bob", BOB)
    for reply in (
        await answers.more(99, 0, BOB),
        await answers.context(99, 0, BOB),
        await answers.context(known, 7, BOB),
        await answers.vote(99, True, BOB),
        shared.refusal,
    ):
        assert reply
        assert reply.text == ENGLISH.answer_expired
    assert shared.public is None


async def test_the_last_vote_of_each_reader_counts(service: Service, answers: Answers) -> None:
    known = await asked(service)
    await answers.vote(known, True, ALICE)
    await answers.vote(known, True, BOB)
    thanks = await answers.vote(known, False, BOB)
    assert thanks.text == ENGLISH.thanks.format(helpful=1, not_helpful=1)


async def test_only_the_asker_may_dismiss(service: Service, answers: Answers) -> None:
    known = await asked(service)
    assert await answers.dismissal(known, ALICE) is None
    for refused in (await answers.dismissal(known, BOB), await answers.dismissal(99, ALICE)):
        assert refused
        assert refused.text == ENGLISH.dismiss_forbidden


@pytest.mark.parametrize("quotes", [0, 2])
async def test_a_shared_answer_is_the_same_and_names_who_shared_it(
    service: Service, answers: Answers, library: FakeLibrary, quotes: int
) -> None:
    library.answer = answer(quotes=quotes)
    before = await service.ask("How did they vote?", ALICE)
    assert before.actions
    library.answer = answer("Something else", quotes=1)
    shared = await answers.share(before.actions.answer_id, "Alice", ALICE)
    assert shared.public == replace(before, footer="Shared by Alice")
    again = await answers.share(before.actions.answer_id, "Alice", ALICE)
    assert again.public is None
    assert again.refusal
    assert again.refusal.text == ENGLISH.shared_already


async def test_what_could_not_be_posted_can_be_shared_later(service: Service, answers: Answers) -> None:
    known = await asked(service)
    await answers.share(known, "Alice", ALICE)
    assert (await answers.unshare(known, ALICE)).text == ENGLISH.share_failed
    assert (await answers.share(known, "Alice", ALICE)).public


@pytest.mark.parametrize("quotes", [0, 1])
async def test_an_answer_whose_articles_changed_is_not_shared(
    service: Service, answers: Answers, library: FakeLibrary, quotes: int
) -> None:
    library.answer = answer(quotes=quotes)
    known = await asked(service)
    library.tampered, library.citations = True, ()
    shared = await answers.share(known, "Alice", ALICE)
    assert shared.public is None
    assert shared.refusal
    assert shared.refusal.text == ENGLISH.answer_changed


async def test_a_quote_that_no_longer_stands_is_found_out_without_an_error_in_the_log(
    service: Service, answers: Answers, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = await asked(service)
    library.texts[BRIDGE.id] = "Something else entirely."
    monkeypatch.setattr(FakeLibrary, "prove", lambda *_: pytest.fail("what is known to have changed is not proved"))
    shared = await answers.share(known, "Alice", ALICE)
    assert shared.refusal
    assert shared.refusal.text == ENGLISH.answer_changed


async def test_sources_for_a_message_are_quotes_for_one_persons_eyes(service: Service, library: FakeLibrary) -> None:
    reply = await service.sources("They voted 7–4 <@1>!", ALICE)
    assert library.asked == ["They voted 7–4!"]
    assert reply.heading == ENGLISH.sources_heading.format(claim="They voted 7–4!")
    assert reply.status == ENGLISH.sources_strong
    assert quoted(reply) == [" ".join(PASSAGE.split())]
    assert reply.actions
    assert reply.actions.share


async def test_when_the_whole_message_finds_nothing_its_sentences_are_looked_up(
    service: Service, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(self: FakeLibrary, question: str, **_: object) -> object:
        self.asked.append(question)
        return answer(question, quotes=int(question.startswith("The bridge cost")))

    monkeypatch.setattr(FakeLibrary, "ask", ask)
    reply = await service.sources("What a day it was. The bridge cost 28 million. The sun shone.", ALICE)
    assert len(library.asked) == 3
    assert "The bridge cost 28 million." in reply.heading
    assert "What a day" not in reply.heading
    refusal = await service.sources("What a day it was. The sun shone for hours.", ALICE)
    assert refusal.status == ENGLISH.sources_none
    assert "What a day it was. The sun" in refusal.heading


async def test_a_message_without_words_has_no_sources(service: Service, library: FakeLibrary) -> None:
    assert (await service.sources("<@1> https://a.example 🎉", ALICE)).text == ENGLISH.sources_empty
    assert library.asked == []


async def test_a_message_of_any_length_is_looked_up(service: Service, library: FakeLibrary) -> None:
    assert (await service.sources("word " * 800, ALICE)).kind is Kind.STRONG
    assert all(len(question) <= 1000 for question in library.asked)


async def test_an_error_is_one_calm_sentence(service: Service, answers: Answers, library: FakeLibrary) -> None:
    known = await asked(service)
    for error, sentence in ((ArticleNotFound("x"), ENGLISH.context_gone), (RuntimeError("boom"), ENGLISH.failed)):
        library.error = error
        assert (await answers.context(known, 0, ALICE)).text == sentence
    assert (await answers.more(known, 0, ALICE)).text == ENGLISH.failed
    assert (await service.sources("They voted.", ALICE)).text == ENGLISH.failed
