"""Short names of articles for custom ids, which hold 100 characters where an article's id may be longer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from index.models import Citation


@dataclass(frozen=True, slots=True)
class About:
    """The action under an article's card: ask about this article alone."""

    key: int
    label: str


def key(article_id: str) -> int:
    """A number under 2**64, the same in every process and after every reindex."""
    return int.from_bytes(hashlib.blake2s(article_id.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def find(citations: Iterable[Citation], wanted: int) -> Citation | None:
    """The article with this key; None once it is gone. Hashes every id, so call it off the event loop."""
    return next((citation for citation in citations if key(citation.id) == wanted), None)
