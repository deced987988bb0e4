"""What a question asks for: its terms, its kind, its time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from index.analysis import terms
from index.temporal import Period, period

MAX_CHARACTERS = 2000
"""Longer questions are cut: the model reads about 1,000 characters, and BM25 needs no more."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, read. `asked_at` is timezone-aware; `terms` may repeat and may be empty."""

    text: str
    terms: tuple[str, ...]
    asked_at: datetime
    period: Period | None
    expects: str
    """What the answer should be: "person", "number", "time", "place" or "" when the question does not say."""
    names: frozenset[str] = frozenset()
    """Those of the terms that are proper names or numbers, as far as capitals and digits tell."""
    past: bool = False
    """Whether it asks for something that has happened: "when did it open", not "when will it"."""
    explains: bool = False
    """Whether it wants an explanation: why, how something is done, what it means, how two things differ."""

    @property
    def compound(self) -> bool:
        """Whether it is so long that it asks for several things, which no one passage is likely to hold."""
        return len(self.text.split()) >= _COMPOUND


_COMPOUND = 30
"""Words from which on a question is taken for several: of 2,077 that ask for one thing none is as long."""

_ASKING = r"\b(?:what|which) (?:\w+ )"
_KINDS = (
    (
        "number",
        r"\bhow (?:many|much|big|large|tall|high|long|old|far|fast|deep|often|wide)\b"
        r"|\bwhat (?:percentage|number|amount|share|proportion|price|cost)\b|^number of\b",
    ),
    ("time", r"\bwhen\b|" + _ASKING + r"?(?:year|day|date|month|time|decade|century)\b"),
    ("person", r"\bwho(?:m|se)?\b|" + _ASKING + r"?(?:person|man|woman|player|author|president|actor|minister)\b"),
    ("place", r"\bwhere\b|" + _ASKING + r"?(?:country|city|state|town|place|county|region|location)\b"),
)

_EXPLAINS = re.compile(
    r"\b(?:why|how (?:come|do|does|did|is|are|was|were|can|to|has|have|would|could|should)|explain|describe|difference"
    r"|mean|meaning|define|definition|function|purpose|what role|importance|significance|effects? of|impact"
    r"|caused?|causes|reasons?|advantages?)\b",
    re.I,
)
_PAST = re.compile(r"\b(?:did|was|were|had|has|have)\b", re.I)
_NAMED = re.compile(r"(?<=\s)[^\W\da-z_][\w’'-]*|\b\d[\w.,]*\b")
"""A capitalised word that doesn't open the question, or anything that begins with a digit."""


def read_question(text: str, asked_at: datetime | None = None) -> Question:
    """Analyse a question as asked at a moment (default now; a naive one counts as UTC)."""
    text = text.encode("utf-8", "replace").decode()  # a terminal hands on broken bytes as lone surrogates
    text = " ".join(text.split())[:MAX_CHARACTERS]
    moment = asked_at or datetime.now(UTC)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    kind = next((name for name, pattern in _KINDS if re.search(pattern, text, re.I)), "")
    names = frozenset(term for m in _NAMED.finditer(text) for term in terms(m.group()))
    past, explains = bool(_PAST.search(text)), bool(_EXPLAINS.search(text))
    return Question(text, tuple(terms(text)), moment, period(text, moment), kind, names, past, explains)
