"""Footnote's search side: articles in, verbatim quotes out; knows nothing of Discord. This is its one door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.errors import (
    ArticleNotFound,
    BuildFailed,
    BuildInProgress,
    ConfigurationError,
    CorpusError,
    EmbedderUnavailable,
    FootnoteError,
    IndexCorrupt,
    IndexMissing,
    QuoteMismatch,
    UnreadableArticle,
)
from index.models import (
    NO_FILTERS,
    Answer,
    Article,
    BuildReport,
    Citation,
    Failure,
    Filters,
    Quote,
)
from index.settings import IndexSettings

if TYPE_CHECKING:
    from index.bootstrap import build_index, open_library
    from index.library import Library

__all__ = [
    "NO_FILTERS",
    "Answer",
    "Article",
    "ArticleNotFound",
    "BuildFailed",
    "BuildInProgress",
    "BuildReport",
    "Citation",
    "ConfigurationError",
    "CorpusError",
    "EmbedderUnavailable",
    "Failure",
    "Filters",
    "FootnoteError",
    "IndexCorrupt",
    "IndexMissing",
    "IndexSettings",
    "Library",
    "Quote",
    "QuoteMismatch",
    "UnreadableArticle",
    "build_index",
    "open_library",
]

_LAZY = {"Library": "index.library", "build_index": "index.bootstrap", "open_library": "index.bootstrap"}


def __getattr__(name: str) -> Any:
    """Import what pulls in numpy and the readers only when it is asked for."""
    if name in _LAZY:
        from importlib import import_module

        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'index' has no attribute {name!r}")
