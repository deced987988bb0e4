"""A library in memory that does what `index.Library` does, for tests of the bot."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from index.errors import ArticleNotFound
from index.models import NO_FILTERS, Answer, Article, Citation, Filters, Quote

BRIDGE = Citation(
    id="bridge.txt",
    title="Council backs the bridge",
    path="bridge.txt",
    url="https://gazette.example/bridge",
    source="The Gazette",
    author="Ada Moss",
    published="2017-03-15",
)
FERRY = Citation(id="ferry.md", title="The ferry’s last day", path="ferry.md", published="2023-05-20")
PASSAGE = "The council met on Tuesday.\nIt voted 7–4 for the bridge. The bridge will cost 28 million crowns."
SENTENCE = "It voted 7–4 for the bridge."

TEXT = f"{'The bridge was long in the making.':<40}{PASSAGE} So the mayor said."
"""The article that PASSAGE stands in, from its 40th character on."""


def quote(
    text: str = PASSAGE,
    highlight: str = SENTENCE,
    citation: Citation = BRIDGE,
    start: int = 40,
    score: float = 0.9,
) -> Quote:
    """A quote of `text`, standing at `start` in its article, with the first `highlight` in it marked."""
    at = start + text.index(highlight)
    return Quote(text, start, start + len(text), highlight, (at, at + len(highlight)), score, citation, 7, 23)


def answer(question: str = "How did they vote?", confidence: float = 0.9, quotes: int = 1) -> Answer:
    """An answer with that many quotes; none makes it one that the articles don't give."""
    return Answer(
        question=question,
        answerable=quotes > 0,
        confidence=confidence,
        quotes=tuple(quote() for _ in range(quotes)),
        closest=() if quotes else (BRIDGE, FERRY),
        elapsed_ms=12.0,
    )


class FakeLibrary:
    """Answers whatever a test puts into its attributes; `error` makes every blocking method raise it."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.answer: Answer | None = None
        self.found: tuple[Quote, ...] = tuple(
            quote(f"Passage {n} mentions a bridge. It is long.", "It is long.") for n in range(12)
        )
        self.citations: tuple[Citation, ...] = (BRIDGE, FERRY)
        self.leads: dict[str, Quote | None] = {BRIDGE.id: quote(), FERRY.id: None}
        self.texts: dict[str, str] = {BRIDGE.id: TEXT, FERRY.id: ""}
        self.tampered = False
        self.version = "v1"
        self.asked: list[str] = []
        self.filters: list[Filters] = []
        self.refreshed = 0
        self.gate = threading.Event()
        self.gate.set()
        self.threads: set[str] = set()

    def warm(self) -> None:
        """Nothing to load."""
        self._work()

    def refresh(self) -> bool:
        """Counts calls."""
        self._work()
        self.refreshed += 1
        return True

    def ask(self, question: str, *, k: int = 3, filters: Filters = NO_FILTERS) -> Answer:
        """The answer that the test chose."""
        self._work()
        self.asked.append(question)
        self.filters.append(filters)
        return self.answer or answer(question)

    def search(self, keywords: str, *, filters: Filters = NO_FILTERS, limit: int = 50) -> tuple[Quote, ...]:
        """The passages that the test chose, of articles that pass."""
        self._work()
        self.filters.append(filters)
        return tuple(quote for quote in self.found if filters.passes(quote.citation))[:limit]

    def prove(self, quotes: Iterable[Quote]) -> tuple[Quote, ...]:
        """All of them, or none once the articles were tampered with."""
        self._work()
        return () if self.tampered else tuple(quotes)

    def article(self, article_id: str) -> Article:
        """The article with the text that the test gave it."""
        self._work()
        known = self.citation(article_id)
        return Article(known.id, known.title, self.texts[known.id], known.path)

    def context(self, article_id: str, start: int, end: int) -> Quote:
        """The whole article."""
        text = self.article(article_id).text
        return Quote(text, 0, len(text), text[start:end], (start, end), 0.0, self.citation(article_id), 7, 23)

    def lead(self, article_id: str) -> Quote | None:
        """The first passage, if the test gave one."""
        self._work()
        return self.leads[self.citation(article_id).id]

    def suggest(self, typed: str, *, limit: int = 25, filters: Filters = NO_FILTERS) -> tuple[Citation, ...]:
        """Titles that hold what was typed, of articles that pass."""
        passing = (c for c in self.citations if filters.passes(c))
        return tuple(c for c in passing if typed.casefold() in c.title.casefold())[:limit]

    def catalogue(self) -> tuple[Citation, ...]:
        """All articles."""
        return self.citations

    def citation(self, article_id: str) -> Citation:
        """By id."""
        for known in self.citations:
            if known.id == article_id:
                return known
        raise ArticleNotFound(article_id)

    def _work(self) -> None:
        self.threads.add(threading.current_thread().name)
        self.gate.wait(5)
        if self.error:
            raise self.error
