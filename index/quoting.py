"""Candidates → quotes, each proved verbatim against the stored article."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence

from index.errors import ArticleNotFound, QuoteMismatch
from index.models import Article, Citation, Passage, Quote
from index.retrieval import Candidate

log = logging.getLogger(__name__)


def quote_candidate(candidate: Candidate, score: float) -> Quote:
    """The candidate's whole passage as a quote, the sentence that answers marked."""
    return quote_passage(candidate.passage, candidate.citation, candidate.reading.best, score)


def quote_passage(passage: Passage, citation: Citation, sentence: int = 0, score: float = 0.0) -> Quote:
    """A passage as a quote, with one of its sentences marked."""
    start, end = passage.sentences[sentence]
    return Quote(
        text=passage.text,
        start=passage.start,
        end=passage.end,
        highlight=passage.text[start - passage.start : end - passage.start],
        highlight_span=(start, end),
        score=score,
        citation=citation,
        paragraph=passage.paragraph,
        paragraphs=passage.paragraphs,
    )


def widen(passages: Sequence[Passage], citation: Citation, text: str, span: tuple[int, int], around: int) -> Quote:
    """The quote of `span` of an article with up to `around` more characters of whole sentences on either side.

    `passages` are the article's, in order. The span is the quote's highlight. Widening goes over paragraphs but not
    over anything that is no prose: a heading, or a publisher's debris.
    """
    start, end = span
    wide_start, wide_end = start, end
    sentences = [s for p in passages for s in p.sentences]
    for s, e in reversed(sentences):
        if start - around <= s <= wide_start and not text[e:wide_start].strip():
            wide_start = s
    for s, e in sentences:
        if wide_end <= e <= end + around and not text[wide_end:s].strip():
            wide_end = e
    inside = next((p for p in passages if p.start <= start < p.end), None)
    place = (inside.paragraph, inside.paragraphs) if inside else (1, 1)
    return Quote(text[wide_start:wide_end], wide_start, wide_end, text[start:end], span, 0.0, citation, *place)


def prove(quote: Quote, article: Article) -> None:
    """Raise QuoteMismatch unless the quote and its highlight stand, letter for letter, where they say."""
    start, end = quote.highlight_span
    if not (
        article.id == quote.citation.id
        and 0 <= quote.start <= start < end <= quote.end <= len(article.text)
        and article.text[quote.start : quote.end] == quote.text
        and article.text[start:end] == quote.highlight
    ):
        raise QuoteMismatch(quote.citation.id, quote.start, quote.end)


def proved(quotes: Iterable[Quote], article: Callable[[str], Article]) -> tuple[Quote, ...]:
    """The quotes that hold; one that does not is dropped with an error in the log.

    `article` finds one by its id or raises ArticleNotFound: then the quote does not hold either.
    """
    held = []
    for quote in quotes:
        try:
            prove(quote, article(quote.citation.id))
        except (ArticleNotFound, QuoteMismatch):
            log.exception("A quote was dropped: it is not what the stored article says")
        else:
            held.append(quote)
    return tuple(held)
