"""A question asked of the library in the light of the one before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from bot.followups import Understanding, people_in, understand
from bot.replies import Kind, QuoteBlock, Reply
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


def answered(reply: Reply, asked: str) -> Previous | None:
    """What a later question may lean on, once `asked` got this reply; None when it was no answer."""
    if reply.kind not in _ANSWERS:
        return None
    quotes = [block for block in reply.blocks if isinstance(block, QuoteBlock)]
    articles = tuple(dict.fromkeys(quote.article_id for quote in quotes))
    people = people_in(quotes[0].excerpt.highlight) if quotes else ()
    return Previous(reply.understood or asked, articles, people)


def ask_after(ask: Ask, question: str, previous: Previous | None, scope: Filters) -> tuple[Answer, str]:
    """The answer, and how the question was understood: empty when it was taken as it stands.

    `Answer.question` is the question as it was understood. May block and raise whatever `ask` does.
    """
    meant = understand(question, previous.question, previous.people) if previous else None
    if previous is None or meant is None:
        return ask(question, scope), ""
    text, answer = _best(_answers(ask, meant, previous, scope))
    lead = CLEARLY if meant.sure else -CLEARLY
    if answer.confidence + lead >= 1:
        return answer, text
    plain = ask(question, scope)
    if plain.answerable and plain.confidence > answer.confidence + lead:
        return plain, ""
    return answer, text


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
