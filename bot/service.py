"""Questions in, replies out: the one place where blocking work leaves the event loop.

Every method returns a reply, whatever happens: an expected error becomes its sentence, any other is logged with its
traceback and becomes a calm one. A reader's words are never logged.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TypeVar

from bot.answers import Answers
from bot.dialogue import Previous, ask_after
from bot.excerpts import clean
from bot.facets import Choice, Facet, choices
from bot.intake import Wordless, greeting, looks_foreign, spoken, wordless
from bot.lookup_replies import about_one, channel_limited
from bot.lookups import NO_LIMITS, QUESTION_LIMIT, Limits, Lookups, Suggestion
from bot.messages import Messages, number
from bot.ports import Library
from bot.questions import Questions
from bot.readers import Reader
from bot.replies import Kind, Reply, TextBlock, notice, problem
from bot.state import State
from index.errors import ArticleNotFound, FootnoteError, IndexCorrupt, IndexMissing
from index.models import NO_FILTERS, Answer, Citation, Filters

_log = logging.getLogger(__name__)
T = TypeVar("T")


class Service:
    """Answers readers from a library. Make one per process, inside the event loop's life."""

    def __init__(self, library: Library, state: State, *, quotes: int = 3) -> None:
        self._library, self._quotes = library, quotes
        self._lookups = Lookups(library, state)
        self.answers = Answers(library, Questions(state), self._reply)
        self._closing = False
        self._answering = ThreadPoolExecutor(2, thread_name_prefix="answer")
        # Autocomplete cannot be deferred, so it must not queue behind answers.
        self._suggesting = ThreadPoolExecutor(1, thread_name_prefix="suggest")

    def warm_up(self) -> asyncio.Future[None]:
        """Opens the index and loads the model in the background, so that the first reader does not wait for it."""

        def warm() -> None:
            started = time.perf_counter()
            try:
                self._library.warm()
            except FootnoteError as error:
                _log.warning("Not ready to answer: %s", error)
            except Exception:
                if not self._closing:  # when the interpreter ends meanwhile, imports fail in odd ways
                    _log.exception("Warming up failed")
            else:
                _log.info("Ready: version %s in %.1f s", self._library.version, time.perf_counter() - started)

        return asyncio.get_running_loop().run_in_executor(self._answering, warm)

    async def check(self, reader: Reader) -> Reply | None:
        """What stands in the way of answering, for someone who has not asked yet; None when nothing does."""

        def look() -> Reply:
            self._library.refresh()
            return notice()

        reply = await self._reply(look, reader.messages)
        return reply if reply.kind is Kind.PROBLEM else None

    async def ask(self, question: str, reader: Reader, *, previous: Previous | None = None) -> Reply:
        """Quotes that answer the question, or the closest articles where none do. It may follow up a `previous` one."""
        messages, question = reader.messages, spoken(question)
        if not clean(question) or greeting(question):
            return self.help(reader)
        if lacking := wordless(question):
            return notice(messages.code_only if lacking is Wordless.CODE else messages.no_words)
        work = partial(self._ask, question, reader, previous)
        return _too_long(question, messages) or await self._reply(work, messages)

    async def sources(self, message: str, reader: Reader) -> Reply:
        """Quotes for or against what a chat message claims, for one person's eyes."""
        return await self.answers.sources(message, reader, self._quotes)

    async def search(self, keywords: str, reader: Reader, limits: Limits = NO_LIMITS) -> Reply:
        """The first page of passages for keywords."""
        if wordless(keywords):
            return notice(reader.messages.keywords_empty)
        work = partial(self._lookups.search, keywords, reader, limits)
        return await self._looked_up(keywords, reader.messages.keywords_empty, work, reader.messages)

    async def turn_page(self, search_id: int, page: int, reader: Reader) -> Reply:
        """Another page of a stored search, from the index as it is now."""
        return await self._reply(lambda: self._lookups.turn_page(search_id, page, reader), reader.messages)

    async def article(self, title: str, reader: Reader) -> Reply:
        """An article's card, by a suggestion's value or by the title that comes closest to free text."""
        work = partial(self._lookups.article, title, reader)
        return await self._looked_up(title, reader.messages.title_empty, work, reader.messages)

    async def ask_about(self, key: int, question: str, reader: Reader) -> Reply:
        """Quotes from the one article with this key."""
        found: list[Citation] = []

        def look() -> Reply:
            found.append(self._lookups.about(key))
            return notice()

        reply = await self._reply(look, reader.messages)
        if not found:
            return reply
        if not reader.scope.passes(found[0]):
            return notice(reader.messages.article_out_of_scope)
        scoped = replace(reader, scope=Filters(article_ids=(found[0].id,)))
        return about_one(await self.ask(question, scoped), found[0], reader.messages)

    async def latest(self, reader: Reader, source: str = "") -> Reply:
        """The newest articles, of one source if one is given."""
        return _too_long(source, reader.messages) or await self._reply(
            lambda: self._lookups.latest(reader, source), reader.messages
        )

    async def timeline(self, topic: str, reader: Reader) -> Reply:
        """What articles said about a topic, in order of publication."""
        if wordless(topic):
            return notice(reader.messages.keywords_empty)
        work = partial(self._lookups.timeline, topic, reader)
        return await self._looked_up(topic, reader.messages.keywords_empty, work, reader.messages)

    async def suggest(self, typed: str, scope: Filters = NO_FILTERS) -> list[Suggestion]:
        """Up to 25 titles for autocomplete, from memory; none when anything is wrong."""
        return await self._autocompleted(lambda: self.suggestions(typed, scope))

    async def names(self, facet: Facet, typed: str, scope: Filters = NO_FILTERS) -> list[str]:
        """Up to 25 sources or authors for autocomplete, the same way."""
        return await self._autocompleted(lambda: self._lookups.names(facet, typed, scope))

    async def choices(self, facet: Facet) -> list[Choice]:
        """All sources, authors or collections, most frequent first, from memory; none when anything is wrong."""
        return await self._autocompleted(lambda: choices(self._library.catalogue(), facet, NO_FILTERS))

    async def reach(self, scope: Filters) -> tuple[int, int]:
        """How many articles pass, and how many there are, from memory; none when anything is wrong."""

        def count() -> list[int]:
            passing = [scope.passes(citation) for citation in self._library.catalogue()]
            return [sum(passing), len(passing)]

        passing, total = await self._autocompleted(count) or (0, 0)
        return passing, total

    def suggestions(self, typed: str, scope: Filters = NO_FILTERS) -> list[Suggestion]:
        """Titles, for callers that have a thread of their own."""
        return self._lookups.suggestions(typed, scope)

    def help(self, reader: Reader) -> Reply:
        """What can be asked, and how."""
        return notice(*reader.messages.help)

    async def refresh(self) -> None:
        """Takes up a version that was just built; a failure is logged, and the old version goes on answering."""
        try:
            await self._off_loop(self._answering, self._library.refresh)
            await self.warm_up()
        except Exception:
            _log.exception("The new version could not be taken up")

    def close(self) -> None:
        """Stops taking work; what is running ends on its own."""
        self._closing = True
        self._answering.shutdown(wait=False, cancel_futures=True)
        self._suggesting.shutdown(wait=False, cancel_futures=True)

    def _ask(self, question: str, reader: Reader, previous: Previous | None) -> Reply:
        def ask(text: str, scope: Filters) -> Answer:
            answer = self._library.ask(text, k=self._quotes, filters=scope)
            return replace(answer, quotes=answer.quotes[: self._quotes])

        answer, understood, unanswered = ask_after(ask, question, previous, reader.scope)
        _log.info(
            "Answered in %.0f ms: answerable=%s confidence=%.2f quotes=%d version=%s",
            answer.elapsed_ms,
            answer.answerable,
            answer.confidence,
            len(answer.quotes),
            self._library.version,
        )
        reply = self.answers.reply(answer, reader, unanswered=unanswered)
        if understood:
            note = reader.messages.understood.format(question=clean(understood))
            reply = replace(reply, heading=clean(question) if reply.heading else "", understood=understood, note=note)
        if reply.kind is Kind.CLOSEST:
            titles = (citation.title for citation in self._library.suggest(""))
            foreign = looks_foreign(question, titles, reader.messages.language)
            hints = (reader.messages.articles_in_english if foreign else "", channel_limited(reader))
            reply = replace(reply, blocks=(*reply.blocks, *(TextBlock(hint) for hint in hints if hint)))
        return reply

    async def _looked_up(self, typed: str, empty: str, work: Callable[[], Reply], messages: Messages) -> Reply:
        if not clean(typed):
            return notice(empty)
        return _too_long(typed, messages) or await self._reply(work, messages)

    async def _autocompleted(self, work: Callable[[], list[T]]) -> list[T]:
        try:
            return await self._off_loop(self._suggesting, work)
        except Exception:
            _log.exception("Autocomplete failed")
            return []

    async def _reply(self, work: Callable[[], Reply], messages: Messages) -> Reply:
        try:
            return await self._off_loop(self._answering, work)
        except IndexMissing:
            return problem(messages.index_missing)
        except IndexCorrupt:
            _log.exception("The index cannot be used")
            return problem(messages.index_corrupt)
        except ArticleNotFound:
            return notice(messages.article_gone)
        except FootnoteError as error:  # a model that cannot be loaded, a setting that cannot work
            _log.exception("The set-up cannot answer")
            return problem(messages.unavailable.format(problem=error))
        except Exception:
            _log.exception("A question could not be answered")
            return problem(messages.failed)

    async def _off_loop(self, executor: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(executor, work)


def _too_long(text: str, messages: Messages) -> Reply | None:
    if len(text) <= QUESTION_LIMIT:
        return None
    return notice(messages.too_long.format(length=number(len(text), messages), limit=number(QUESTION_LIMIT, messages)))
