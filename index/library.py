"""The live index behind one object: opened when first needed, reopened when a build has swapped it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from index.answering import Answerer
from index.catalogue import EMPTY, Catalogue
from index.models import NO_FILTERS, Answer, Article, Citation, Filters, Quote
from index.quoting import proved, quote_passage, widen

log = logging.getLogger(__name__)


class Library:
    """Answers from whatever version is live. Thread-safe.

    Methods marked (memory) never block: before anything is open they find nothing. All others may read files and
    load the model, and raise IndexMissing, IndexCorrupt or EmbedderUnavailable when they cannot.
    """

    def __init__(self, live: Callable[[], Path], open_version: Callable[[Path], Answerer]) -> None:
        """`live` names the live version's directory, `open_version` opens one; neither is called yet."""
        self._live, self._open = live, open_version
        self._lock = threading.Lock()
        self._answerer: Answerer | None = None
        self._folder: Path | None = None
        self._catalogue = EMPTY

    def warm(self) -> None:
        """Open the index and load the models now, so that no reader has to wait for it."""
        self.answerer().warm()

    def refresh(self) -> bool:
        """Pick up the version that is live now; True when it is another one than before.

        While the new one cannot be opened the old one goes on answering, and the log says why.
        """
        before = self._answerer
        return self.answerer() is not before

    @property
    def version(self) -> str:
        """(memory) The name of the open version, empty before one is open."""
        return self._answerer.engine.version if self._answerer else ""

    def ask(
        self,
        question: str,
        *,
        k: int = 3,
        asked_at: datetime | None = None,
        filters: Filters = NO_FILTERS,
        always_quote: bool = False,
    ) -> Answer:
        """Quotes that answer, or the closest articles: see `Answerer.ask`."""
        return self.answerer().ask(question, k=k, asked_at=asked_at, filters=filters, always_quote=always_quote)

    def search(
        self, keywords: str, *, filters: Filters = NO_FILTERS, limit: int = 50, asked_at: datetime | None = None
    ) -> tuple[Quote, ...]:
        """Passages for keywords, best first."""
        return self.answerer().search(keywords, limit=limit, asked_at=asked_at, filters=filters)

    def prove(self, quotes: Iterable[Quote]) -> tuple[Quote, ...]:
        """The quotes that are still what the stored articles say; the others are dropped, with an error in the log."""
        return proved(quotes, self.answerer().article)

    def lead(self, article_id: str) -> Quote | None:
        """The article's first passage. Raises ArticleNotFound."""
        return next(iter(self.passages(article_id)), None)

    def passages(self, article_id: str) -> tuple[Quote, ...]:
        """All passages of an article in reading order. Raises ArticleNotFound."""
        answerer = self.answerer()
        row = answerer.row(article_id)
        citation = answerer.engine.citations[row]
        return tuple(quote_passage(p, citation) for p in answerer.engine.passages_of(row))

    def context(self, article_id: str, start: int, end: int, *, around: int = 400) -> Quote:
        """The span with up to `around` more characters of whole sentences on either side. Raises ArticleNotFound."""
        answerer = self.answerer()
        row = answerer.row(article_id)
        engine = answerer.engine
        text = engine.article(row).text
        return widen(engine.passages_of(row), engine.citations[row], text, (start, end), around)

    def article(self, article_id: str) -> Article:
        """The stored article with its text. Raises ArticleNotFound."""
        return self.answerer().article(article_id)

    def suggest(self, typed: str, *, limit: int = 25, filters: Filters = NO_FILTERS) -> tuple[Citation, ...]:
        """(memory) Articles whose title fits what was typed; nothing typed gives the newest."""
        return self._catalogue.suggest(typed, limit, filters)

    def catalogue(self) -> tuple[Citation, ...]:
        """(memory) All articles, newest first, undated ones last."""
        return self._catalogue.citations

    def citation(self, article_id: str) -> Citation:
        """(memory) One article without its text. Raises ArticleNotFound."""
        return self._catalogue.citation(article_id)

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            if self._answerer:
                self._answerer.engine.close()
            self._answerer, self._folder, self._catalogue = None, None, EMPTY

    def answerer(self) -> Answerer:
        """The answerer of the live version. The one before is not closed here: somebody may still be asking it."""
        with self._lock:
            try:
                folder = self._live()
                if self._answerer is None or folder != self._folder:
                    self._answerer, self._folder = self._open(folder), folder
                    self._catalogue = Catalogue(self._answerer.engine.citations)
            except Exception:
                if self._answerer is None:
                    raise
                log.exception("The new version cannot be opened; the old one goes on answering")
            return self._answerer
