"""The part of `index.Library` that the bot uses, so that tests can put a fake in its place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from index.models import NO_FILTERS, Answer, Article, Citation, Filters, Quote


class Library(Protocol):
    """See `index.Library`. Thread-safe; `suggest`, `catalogue` and `citation` answer from memory, the others may block.

    Every method but those three raises IndexMissing, IndexCorrupt or, where a model cannot be loaded, another
    FootnoteError.
    """

    @property
    def version(self) -> str:
        """The live version's name, empty before anything is open."""
        ...

    def warm(self) -> None:
        """Opens the index and loads the model."""
        ...

    def refresh(self) -> bool:
        """Takes up a newly built version; True when there was one."""
        ...

    def ask(self, question: str, *, k: int = 3, filters: Filters = NO_FILTERS) -> Answer:
        """The answer, with up to `k` quotes."""
        ...

    def search(self, keywords: str, *, filters: Filters = NO_FILTERS, limit: int = 50) -> tuple[Quote, ...]:
        """Ranked passages, best first."""
        ...

    def prove(self, quotes: Iterable[Quote]) -> tuple[Quote, ...]:
        """Those that still are what the stored articles say."""
        ...

    def article(self, article_id: str) -> Article:
        """The stored article with its text. Raises ArticleNotFound."""
        ...

    def context(self, article_id: str, start: int, end: int) -> Quote:
        """That span of an article with whole sentences on either side. Raises ArticleNotFound."""
        ...

    def lead(self, article_id: str) -> Quote | None:
        """An article's first passage. Raises ArticleNotFound."""
        ...

    def suggest(self, typed: str, *, limit: int = 25, filters: Filters = NO_FILTERS) -> tuple[Citation, ...]:
        """Titles like `typed`, best first; the newest for an empty string."""
        ...

    def catalogue(self) -> tuple[Citation, ...]:
        """All articles, newest first, undated ones last."""
        ...

    def citation(self, article_id: str) -> Citation:
        """An article's metadata. Raises ArticleNotFound."""
        ...
