"""A question asked of the library in the light of the one before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.followups import Understanding, people_in, understand
from bot.replies import Kind, QuoteBlock, Reply
from bot.several import parts, together
from index.models import Answer, Filters

CLEARLY = 0.15
"""How much likelier another reading must answer to be taken against the order that the words suggest."""
_ANSWERS = (Kind.STRONG, Kind.PARTIAL, Kind.CLOSEST)
Ask = Callable[[str, Filters], Answer]


@dataclass(frozen=True, slots=True)
class Previous:
    """The question before, whole, the articles that were quoted for it and the people whom the best quote named."""

    question: str
    articles: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


class Asked(NamedTuple):
    """An answer, whose `question` is the question as it was understood.

    `understood` tells it to the reader; empty when it was taken as it stands. `unanswered` are those of several
    questions in one message that the answer leaves open.
    """

    answer: Answer
    understood: str = ""
    unanswered: tuple[str, ...] = ()


def answered(reply: Reply, asked: str) -> Previous | None:
    """What a later question may lean on, once `asked` got this reply; None when it was no answer."""
    if reply.kind not in _ANSWERS:
        return None
    blocks = [block for block in reply.blocks if isinstance(block, QuoteBlock)]
    return _previous(reply.understood or asked, [(block.article_id, block.excerpt.highlight) for block in blocks])


def _previous(question: str, quoted: Sequence[tuple[str, str]]) -> Previous:
    """`quoted` has the article's id and the marked sentence of each quote, best first."""
    articles = tuple(dict.fromkeys(article for article, _ in quoted))
    return Previous(question, articles, people_in(quoted[0][1]) if quoted else ())


def ask_after(ask: Ask, question: str, previous: Previous | None, scope: Filters) -> Asked:
    """The question asked in the light of `previous`. May block and raise whatever `ask` does.

    Several questions in one message are asked one by one, each in the light of the one before.
    """
    pieces = parts(question)
    if len(pieces) == 1:
        return _ask_one(ask, question, previous, scope)
    answers: list[Answer] = []
    before, whole = previous, []
    for piece in pieces:
        answer, understood, _ = _ask_one(ask, piece, before, scope)
        answers.append(answer)
        whole.append(understood)
        quotes = answer.quotes if answer.answerable else ()
        before = _previous(understood or piece, [(quote.citation.id, quote.highlight) for quote in quotes])
    joined = together(question, answers)
    if joined is None:
        return _ask_one(ask, question, previous, scope)
    texts = [understood or piece for understood, piece in zip(whole, pieces, strict=True)]
    unanswered = tuple(text for text, answer in zip(texts, answers, strict=True) if not answer.answerable)
    if not any(whole):
        return Asked(joined, unanswered=unanswered)
    understood = " ".join(texts)
    return Asked(replace(joined, question=understood), understood, unanswered)


def _ask_one(ask: Ask, question: str, previous: Previous | None, scope: Filters) -> Asked:
    meant = understand(question, previous.question, previous.people) if previous else None
    if previous is None or meant is None:
        return Asked(ask(question, scope))
    text, answer = _best(_answers(ask, meant, previous, scope))
    lead = CLEARLY if meant.sure else -CLEARLY
    if answer.confidence + lead >= 1:
        return Asked(answer, text)
    plain = ask(question, scope)
    if plain.answerable and plain.confidence > answer.confidence + lead:
        return Asked(plain)
    return Asked(answer, text)


def _answers(ask: Ask, meant: Understanding, previous: Previous, scope: Filters) -> Iterator[tuple[str, Answer]]:
    """Every reading with its answer, from the articles quoted before when the subject is the same and they have it."""
    near = replace(scope, article_ids=previous.articles)
    for text in meant.readings:
        answer = ask(text, near) if meant.same_subject and previous.articles else None
        yield text, answer if answer and answer.answerable else ask(text, scope)


def _best(answers: Iterator[tuple[str, Answer]]) -> tuple[str, Answer]:
    """The first reading, unless a later one is answered, and clearly better."""
    best = next(answers)
    for text, answer in answers:
        if answer.answerable and answer.confidence > best[1].confidence + CLEARLY:
            best = text, answer
    return best
