"""Answers and what can be done with them afterwards: each is stored, so its buttons outlive restarts and reindexes.

The methods that readers wait for are async and return a reply whatever happens (see `Service`).
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot import actions, further, replies
from bot.claims import claims
from bot.excerpts import clean
from bot.messages import Messages
from bot.ports import Library
from bot.questions import Asked, Questions
from bot.readers import Reader
from bot.replies import PASSAGES_PER_PAGE, Kind, Reply, notice, problem
from bot.scoping import narrow
from index.errors import ArticleNotFound
from index.models import Answer, Citation, Quote

MORE_LIMIT = 50
"""Further passages for one question, at most."""
_CLAIM_LIMIT = 1000

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shared:
    """What sharing came to: the reply for the channel, or else a sentence for the person who tried."""

    public: Reply | None
    refusal: Reply | None = None
    question: str = ""
    """What was asked or looked up, as it is followed up."""


class Answers:
    """Stored answers. `run` takes blocking work off the event loop and turns every error into a reply."""

    def __init__(
        self, library: Library, questions: Questions, run: Callable[[Callable[[], Reply], Messages], Awaitable[Reply]]
    ) -> None:
        self._library, self._questions, self._run = library, questions, run

    def reply(self, answer: Answer, reader: Reader, *, claim: bool = False, unanswered: tuple[str, ...] = ()) -> Reply:
        """What a channel sees of an answer: proved at this moment, and stored for its buttons. May block."""
        quotes = self._library.prove(answer.quotes) if answer.answerable else ()
        answer = replace(answer, question=clean(answer.question), quotes=replies.worth_showing(quotes))
        asked = Asked(answer, datetime.now(UTC), reader.user_id, reader.scope, claim, unanswered)
        reply = _shown(asked, reader.messages)
        if reply.kind is Kind.PROBLEM:
            return reply
        try:
            stored = self._questions.add(asked, reader)
        except (sqlite3.Error, ValueError):  # a full disk or odd characters cost the buttons, not the answer
            _log.exception("The answer could not be stored; it gets no buttons")
            return reply
        found = bool(answer.quotes or answer.closest)
        return replace(reply, actions=actions.public(stored, reader.messages, found=found))

    async def sources(self, message: str, reader: Reader, k: int) -> Reply:
        """Up to `k` quotes for or against what a chat message claims, for one person's eyes."""
        texts = claims(message, _CLAIM_LIMIT)
        if not texts:
            return notice(reader.messages.sources_empty)

        def look() -> Reply:
            whole = best = self._library.ask(texts[0], k=k, filters=reader.scope)
            for text in texts[1:]:  # talk around a claim hides it: then one of the sentences says it best
                if best.answerable:
                    break
                answer = self._library.ask(text, k=k, filters=reader.scope)
                best = answer if answer.answerable else best
            _log.info("Sources: answerable=%s confidence=%.2f", best.answerable, best.confidence)
            return self.reply(best if best.answerable else whole, reader, claim=True)

        return for_one(await self._run(look, reader.messages), reader.messages)

    async def more(self, answer_id: int, page: int, reader: Reader) -> Reply:
        """A page of passages for the same question that the answer did not quote, from the index as it is now."""

        def look() -> Reply:
            asked = self._questions.get(answer_id)
            if asked is None:
                return notice(reader.messages.answer_expired)
            quoted = {(quote.citation.id, quote.text) for quote in asked.answer.quotes}
            scope = narrow(reader.scope, asked.scope)  # the channel's limits may have changed since
            if scope is None:
                return notice(reader.messages.more_nothing)
            found = self._library.search(asked.answer.question, limit=MORE_LIMIT + len(quoted), filters=scope)
            further_ones = [quote for quote in found if (quote.citation.id, quote.text) not in quoted][:MORE_LIMIT]
            shown = min(page, replies.page_count(len(further_ones)) - 1)
            start = shown * PASSAGES_PER_PAGE
            quotes = self._library.prove(further_ones[start : start + PASSAGES_PER_PAGE])
            if further_ones and not quotes:
                return problem(reader.messages.quotes_dropped)
            question, total = asked.answer.question, len(further_ones)
            return further.more_reply(question, quotes, total, answer_id, shown, reader.messages)

        return await self._run(look, reader.messages)

    async def context(self, answer_id: int, number: int, reader: Reader) -> Reply:
        """The sentences around the answer's quote `number`, counted from 0, as the article reads now."""

        def look() -> Reply:
            asked = self._questions.get(answer_id)
            if asked is None or number >= len(asked.answer.quotes):
                return notice(reader.messages.answer_expired)
            quote = asked.answer.quotes[number]
            if not reader.scope.passes(quote.citation):
                return notice(reader.messages.article_out_of_scope)
            try:
                start = self._place(quote)
                if start is None:
                    return notice(reader.messages.context_changed)
                around = self._library.context(quote.citation.id, start, start + len(quote.highlight))
            except ArticleNotFound:
                return notice(reader.messages.context_gone)
            proved = self._library.prove([around])
            if not proved:
                return problem(reader.messages.quotes_dropped)
            return further.context_reply(proved[0], start != quote.highlight_span[0], reader.messages)

        return await self._run(look, reader.messages)

    async def vote(self, answer_id: int, helpful: bool, reader: Reader) -> Reply:
        """Notes whether the answer helped this reader; the last word counts."""

        def note() -> Reply:
            counts = self._questions.vote(answer_id, reader.user_id, helpful)
            if counts is None:
                return notice(reader.messages.answer_expired)
            return notice(reader.messages.thanks.format(helpful=counts[0], not_helpful=counts[1]))

        return await self._run(note, reader.messages)

    async def share(self, answer_id: int, name: str, reader: Reader) -> Shared:
        """The same answer for the channel, proved again, with the name of the person who shares it; once only."""

        questions: list[str] = []

        def prepare() -> Reply:
            asked = self._questions.get(answer_id)
            if asked is None:
                return notice(reader.messages.answer_expired)
            answer = asked.answer
            questions.append(answer.question)
            kept = all(map(self._stands, answer.quotes)) and all(map(self._kept, answer.closest))
            if not kept or self._library.prove(answer.quotes) != answer.quotes:
                return notice(reader.messages.answer_changed)
            if not all(map(reader.scope.passes, [*(quote.citation for quote in answer.quotes), *answer.closest])):
                return notice(reader.messages.article_out_of_scope)
            if not self._questions.mark_shared(answer_id, True):
                return notice(reader.messages.shared_already)
            reply = _shown(asked, reader.messages)
            found = bool(answer.quotes or answer.closest)
            return replace(
                reply,
                footer=reader.messages.shared_by.format(name=name),
                actions=actions.public(answer_id, reader.messages, found=found),
            )

        reply = await self._run(prepare, reader.messages)
        return Shared(reply, question=questions[0]) if reply.actions else Shared(None, reply)

    async def unshare(self, answer_id: int, reader: Reader) -> Reply:
        """Takes back that the answer was shared, since it could not be posted; says so."""

        def undo() -> Reply:
            self._questions.mark_shared(answer_id, False)
            return notice(reader.messages.share_failed)

        return await self._run(undo, reader.messages)

    async def dismissal(self, answer_id: int, reader: Reader) -> Reply | None:
        """None when this reader asked the question and may have the answer removed; else a polite no."""

        def look() -> Reply:
            asked = self._questions.get(answer_id)
            mine = asked is not None and asked.asker_id == reader.user_id
            return notice() if mine else notice(reader.messages.dismiss_forbidden)

        reply = await self._run(look, reader.messages)
        return reply if reply.text else None

    def _kept(self, citation: Citation) -> bool:
        try:
            return self._library.citation(citation.id).id == citation.id
        except ArticleNotFound:
            return False

    def _stands(self, quote: Quote) -> bool:
        """True while the article says there what was quoted: after a reindex it need not, and that is no error."""
        try:
            return self._library.article(quote.citation.id).text[quote.start : quote.end] == quote.text
        except ArticleNotFound:
            return False

    def _place(self, quote: Quote) -> int | None:
        """Where the quote's highlight begins in the article as it is now. Raises ArticleNotFound."""
        text = self._library.article(quote.citation.id).text
        start = quote.highlight_span[0]
        if text.startswith(quote.highlight, start):
            return start
        moved = text.find(quote.text)
        if moved >= 0:
            return moved + start - quote.start
        moved = text.find(quote.highlight)
        return moved if moved >= 0 else None


def _shown(asked: Asked, messages: Messages) -> Reply:
    answer = asked.answer
    return replies.answer_reply(
        answer, answer.quotes, messages, asked_at=asked.at, claim=asked.claim, unanswered=asked.unanswered
    )


def for_one(reply: Reply, messages: Messages) -> Reply:
    """The reply for one person's eyes: it can be shared instead of dismissed."""
    return replace(reply, actions=actions.private(reply.actions, messages)) if reply.actions else reply
