"""Questions in, replies out: the one place where blocking work leaves the event loop.

Every method returns a reply, whatever happens: an expected error becomes its sentence, any other is logged with its
traceback and becomes a calm one. A reader's words are never logged.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from bot import replies
from bot.excerpts import clean, shorten
from bot.messages import Messages
from bot.ports import Library
from bot.readers import Reader
from bot.replies import PASSAGES_PER_PAGE, Kind, Reply, notice, problem
from bot.state import State
from index.errors import ArticleNotFound, FootnoteError, IndexCorrupt, IndexMissing
from index.models import Citation

QUESTION_LIMIT = 1000
"""Characters of a question, keywords or a title."""
SEARCH_LIMIT = 50
_CHOICE = 100
_ID_PREFIX = "id:"

_log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An autocomplete choice. `article` understands the title and the value; label and value have at most 100
    characters, as Discord wants them."""

    title: str
    label: str
    value: str


class Service:
    """Answers readers from a library. Make one per process, inside the event loop's life."""

    def __init__(self, library: Library, state: State, *, quotes: int = 3) -> None:
        self._library, self._state, self._quotes = library, state, quotes
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

    async def ask(self, question: str, reader: Reader) -> Reply:
        """Quotes that answer the question, or the closest articles where none do."""
        messages = reader.messages
        if not clean(question):
            return self.help(reader)
        return _too_long(question, messages) or await self._reply(lambda: self._ask(question, reader), messages)

    async def search(self, keywords: str, reader: Reader) -> Reply:
        """The first page of passages for keywords."""
        messages = reader.messages
        if not clean(keywords):
            return notice(messages.keywords_empty)
        return _too_long(keywords, messages) or await self._reply(lambda: self._search(keywords, messages), messages)

    async def turn_page(self, search_id: int, page: int, reader: Reader) -> Reply:
        """Another page of a stored search, from the index as it is now."""

        def turn() -> Reply:
            keywords = self._state.search(search_id)
            if keywords is None:
                return notice(reader.messages.search_expired)
            return self._page(keywords, search_id, page, reader.messages)

        return await self._reply(turn, reader.messages)

    async def article(self, title: str, reader: Reader) -> Reply:
        """An article's card, by a suggestion's value or by the title that comes closest to free text."""
        messages = reader.messages
        if not clean(title):
            return notice(messages.title_empty)
        return _too_long(title, messages) or await self._reply(lambda: self._article(title, messages), messages)

    async def suggest(self, typed: str) -> list[Suggestion]:
        """Up to 25 titles for autocomplete, from memory; none when anything is wrong."""
        try:
            return await self._off_loop(self._suggesting, lambda: self.suggestions(typed))
        except Exception:
            _log.exception("Autocomplete failed")
            return []

    def suggestions(self, typed: str) -> list[Suggestion]:
        """The same, for callers that have a thread of their own."""
        return [_suggestion(citation) for citation in self._library.suggest(typed[:_CHOICE], limit=25)]

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
        self._answering.shutdown(wait=False, cancel_futures=True)
        self._suggesting.shutdown(wait=False, cancel_futures=True)

    def _ask(self, question: str, reader: Reader) -> Reply:
        answer = self._library.ask(question, k=self._quotes, filters=reader.scope)
        quotes = self._library.prove(answer.quotes[: self._quotes]) if answer.answerable else ()
        _log.info(
            "Answered in %.0f ms: answerable=%s confidence=%.2f quotes=%d version=%s",
            answer.elapsed_ms,
            answer.answerable,
            answer.confidence,
            len(quotes),
            self._library.version,
        )
        return replies.answer_reply(answer, quotes, reader.messages)

    def _search(self, keywords: str, messages: Messages) -> Reply:
        try:
            search_id = self._state.add_search(keywords)
        except sqlite3.Error:  # a full disk costs the buttons, not the passages
            _log.exception("The search could not be stored; its pages cannot be turned")
            search_id = None
        return self._page(keywords, search_id, 0, messages)

    def _page(self, keywords: str, search_id: int | None, page: int, messages: Messages) -> Reply:
        found = self._library.search(keywords, limit=SEARCH_LIMIT)
        page = min(page, replies.page_count(len(found)) - 1)
        start = page * PASSAGES_PER_PAGE
        quotes = self._library.prove(found[start : start + PASSAGES_PER_PAGE])
        if found and not quotes:
            return problem(messages.quotes_dropped)
        return replies.search_reply(keywords, quotes, len(found), search_id, page, messages)

    def _article(self, title: str, messages: Messages) -> Reply:
        citation = self._by_id(title.removeprefix(_ID_PREFIX)) if title.startswith(_ID_PREFIX) else None
        typed = None
        if citation is None:
            found = self._library.suggest(title, limit=1)
            if not found:
                self._library.refresh()  # raises when nothing was indexed yet: say that rather than "no such title"
                found = self._library.suggest(title, limit=1)
            if not found:
                return notice(messages.article_nothing.format(typed=clean(title)))
            citation = found[0]
            typed = None if clean(citation.title).casefold() == clean(title).casefold() else title
        lead = self._library.lead(citation.id)
        proved = self._library.prove([lead]) if lead else ()
        return replies.article_reply(citation, proved[0] if proved else None, typed, messages)

    def _by_id(self, article_id: str) -> Citation | None:
        try:
            return self._library.citation(article_id)
        except ArticleNotFound:
            return None

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
    return notice(messages.too_long.format(length=f"{len(text):,}", limit=f"{QUESTION_LIMIT:,}"))


def _suggestion(citation: Citation) -> Suggestion:
    title = clean(citation.title) or citation.path
    year = f" ({citation.published[:4]})" if citation.published else ""
    value = _ID_PREFIX + citation.id
    return Suggestion(
        title,
        shorten(title, _CHOICE - len(year)) + year,
        value if len(value) <= _CHOICE else title[:_CHOICE],
    )
