"""Looking things up without a question: passages by keyword, articles by title or date, a topic's timeline.

Everything here may block, raises what the library raises, and is run off the event loop by `Service`.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot import dates, facets, lookup_replies, replies
from bot.article_keys import find
from bot.excerpts import clean, shorten
from bot.facets import Facet
from bot.lookup_replies import LATEST, TIMELINE
from bot.ports import Library
from bot.readers import Reader
from bot.replies import PASSAGES_PER_PAGE, Reply, notice, problem
from bot.scoping import narrow
from bot.state import State
from index.analysis import terms
from index.errors import ArticleNotFound
from index.models import NO_FILTERS, Citation, Filters, Quote

QUESTION_LIMIT = 1000
"""Characters of a question, keywords or a title."""
SEARCH_LIMIT = 50
CHOICE = 100
"""Characters of an autocomplete choice."""
_ID_PREFIX = "id:"
_WORTH_A_PLACE = 0.5
"""A timeline's quote is at least this share as likely to be about the topic as the best one."""
_RELATED = 0.1
"""A best passage less likely than this to answer has nothing to do with what was typed."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader wants a search limited to, as typed; empty limits nothing."""

    source: str = ""
    author: str = ""
    after: str = ""
    before: str = ""


NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An autocomplete choice. `article` understands the title and the value; label and value have at most 100
    characters, as Discord wants them."""

    title: str
    label: str
    value: str


class Lookups:
    """Look-ups in a library, with the searches whose pages can be turned."""

    def __init__(self, library: Library, state: State) -> None:
        self._library, self._state = library, state

    def search(self, keywords: str, reader: Reader, limits: Limits) -> Reply:
        """The first page of passages for keywords."""
        wanted = self._understood(limits, reader)
        if isinstance(wanted, Reply):
            return wanted
        try:
            search_id = self._state.add_search(keywords, _dump(wanted))
        except (sqlite3.Error, ValueError):  # a full disk or odd characters cost the buttons, not the passages
            _log.exception("The search could not be stored; its pages cannot be turned")
            search_id = None
        return self._page(keywords, wanted, search_id, 0, reader)

    def turn_page(self, search_id: int, page: int, reader: Reader) -> Reply:
        """Another page of a stored search, from the index as it is now."""
        stored = self._state.search(search_id)
        if stored is None:
            return notice(reader.messages.search_expired)
        keywords, wanted = stored
        return self._page(keywords, _load(wanted), search_id, page, reader)

    def article(self, title: str, reader: Reader) -> Reply:
        """An article's card, by a suggestion's value or by the title that comes closest to free text."""
        citation, messages = self._by_id(title), reader.messages
        typed = None
        if citation is None and title.startswith(_ID_PREFIX):  # chosen from a list that was shown before a reindex
            raise ArticleNotFound(title)
        if citation and not reader.scope.passes(citation):
            return notice(messages.article_out_of_scope)
        if citation is None:
            found = self._suggest(title, 1, reader.scope)
            if not found:
                return lookup_replies.nothing(messages.article_nothing.format(typed=clean(title)), reader)
            citation = found[0]
            typed = None if clean(citation.title).casefold() == clean(title).casefold() else title
        lead = self._library.lead(citation.id)
        proved = self._library.prove([lead]) if lead else ()
        reply = replies.article_reply(citation, proved[0] if proved else None, typed, messages)
        return lookup_replies.carded(reply, citation, messages) if proved else reply

    def about(self, key: int) -> Citation:
        """The article that a question may be asked about. Raises ArticleNotFound where it is no more."""
        self._library.refresh()
        citation = find(self._library.catalogue(), key)
        if citation is None:
            raise ArticleNotFound(str(key))
        return citation

    def latest(self, reader: Reader, source: str) -> Reply:
        """The newest articles."""
        wanted = self._understood(Limits(source=source), reader)
        if isinstance(wanted, Reply):
            return wanted
        scope = narrow(reader.scope, wanted)
        found = self._suggest("", LATEST, scope) if scope else ()
        if not found:
            return lookup_replies.nothing(reader.messages.latest_nothing, reader)
        return lookup_replies.latest_reply(found, wanted.sources[0] if wanted.sources else None, reader.messages)

    def timeline(self, topic: str, reader: Reader) -> Reply:
        """The strongest sentence of each article about a topic, oldest first."""
        found = self._library.search(topic, filters=reader.scope, limit=SEARCH_LIMIT)
        best: dict[str, Quote] = {}
        for quote in found if found and found[0].score >= _RELATED else ():
            if quote.score >= _WORTH_A_PLACE * found[0].score and quote.citation.published_at:
                best.setdefault(quote.citation.id, quote)
        if not best:
            return lookup_replies.nothing(reader.messages.timeline_nothing, reader)
        proved = self._library.prove(list(best.values())[:TIMELINE])
        if not proved:
            return problem(reader.messages.quotes_dropped)
        return lookup_replies.timeline_reply(topic, sorted(proved, key=_published), reader.messages)

    def suggestions(self, typed: str, scope: Filters = NO_FILTERS) -> list[Suggestion]:
        """(memory) Up to 25 titles."""
        return [_suggestion(citation) for citation in self._library.suggest(typed[:CHOICE], limit=25, filters=scope)]

    def names(self, facet: Facet, typed: str, scope: Filters = NO_FILTERS) -> list[str]:
        """(memory) Up to 25 sources or authors like what was typed, most frequent first."""
        known = facets.choices(self._library.catalogue(), facet, scope)
        return [choice.value[:CHOICE] for choice in facets.matching(known, typed[:CHOICE])[:25]]

    def _page(self, keywords: str, wanted: Filters, search_id: int | None, page: int, reader: Reader) -> Reply:
        messages = reader.messages
        scope = narrow(reader.scope, wanted)
        found = self._library.search(keywords, filters=scope, limit=SEARCH_LIMIT) if scope else ()
        if not _related(keywords, found):
            return lookup_replies.search_nothing(wanted, reader)
        page = min(page, replies.page_count(len(found)) - 1)
        start = page * PASSAGES_PER_PAGE
        quotes = self._library.prove(found[start : start + PASSAGES_PER_PAGE])
        if not quotes:
            return problem(messages.quotes_dropped)
        reply = replies.search_reply(keywords, quotes, len(found), search_id, page, messages)
        return lookup_replies.searched(reply, wanted, messages)

    def _understood(self, limits: Limits, reader: Reader) -> Filters | Reply:
        """What the limits mean, or the sentence that says which of them means nothing."""
        messages = reader.messages
        named: dict[Facet, tuple[str, ...]] = {Facet.SOURCE: (), Facet.AUTHOR: ()}
        for facet, typed in ((Facet.SOURCE, limits.source), (Facet.AUTHOR, limits.author)):
            if not clean(typed):
                continue
            self._library.refresh()  # raises when nothing was indexed yet: say that rather than "no such source"
            name = facets.meant(facets.choices(self._library.catalogue(), facet, reader.scope), typed)
            if name is None:
                sentence = messages.source_nothing if facet is Facet.SOURCE else messages.author_nothing
                return lookup_replies.nothing(sentence.format(typed=shorten(clean(typed), CHOICE)), reader)
            named[facet] = (name,)
        today = datetime.now(UTC).date()
        after = dates.first_day(limits.after, messages.language, today)
        before = dates.last_day(limits.before, messages.language, today)
        for typed, understood in ((limits.after, after), (limits.before, before)):
            if clean(typed) and understood is None:
                return notice(messages.date_unclear.format(typed=shorten(clean(typed), CHOICE)))
        if after and before and after > before:
            return notice(messages.dates_crossed.format(after=after.isoformat(), before=before.isoformat()))
        return Filters(sources=named[Facet.SOURCE], authors=named[Facet.AUTHOR], after=after, before=before)

    def _suggest(self, typed: str, limit: int, scope: Filters) -> tuple[Citation, ...]:
        found = self._library.suggest(typed, limit=limit, filters=scope)
        if not found:
            self._library.refresh()  # raises when nothing was indexed yet: say that rather than "no such title"
            found = self._library.suggest(typed, limit=limit, filters=scope)
        return found

    def _by_id(self, title: str) -> Citation | None:
        if not title.startswith(_ID_PREFIX):
            return None
        try:
            return self._library.citation(title.removeprefix(_ID_PREFIX))
        except ArticleNotFound:
            return None


def _related(keywords: str, found: Sequence[Quote]) -> bool:
    """True when a passage has one of the keywords, or means something of the kind."""
    wanted = set(terms(keywords))
    return bool(found) and (found[0].score >= _RELATED or any(wanted.intersection(terms(q.text)) for q in found))


def _dump(wanted: Filters) -> str:
    after, before = (day.isoformat() if day else None for day in (wanted.after, wanted.before))
    return json.dumps({"sources": wanted.sources, "authors": wanted.authors, "after": after, "before": before})


def _load(text: str) -> Filters:
    stored = json.loads(text)
    after, before = (date.fromisoformat(day) if day else None for day in (stored.get("after"), stored.get("before")))
    return Filters((), tuple(stored.get("sources", ())), tuple(stored.get("authors", ())), after, before)


def _published(quote: Quote) -> datetime:
    moment = quote.citation.published_at
    assert moment is not None  # undated quotes have no place in a timeline
    return moment


def _suggestion(citation: Citation) -> Suggestion:
    title = clean(citation.title) or citation.path
    year = f" ({citation.published[:4]})" if citation.published else ""
    value = _ID_PREFIX + citation.id
    return Suggestion(
        title,
        shorten(title, CHOICE - len(year)) + year,
        value if len(value) <= CHOICE else title[:CHOICE],
    )
