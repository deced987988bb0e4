"""Questions that a passage looks like answering and doesn't, made from questions that it answers.

People who write such questions (Rajpurkar et al. 2018, table 1) put in a negation, turn a word into its opposite, or
swap a name, a number or another word for one that belongs elsewhere. The rules below do the same mechanically, so that
the reader learns to check every word of a question against the sentence that would answer it. Now and then the
outcome can still be answered; training bears that much noise.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_NAME = re.compile(r"\b[A-Z][\w’'-]*\w(?:\s+(?:(?:of|the|de|von|van)\s+)?[A-Z][\w’'-]*\w)*")
_NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")
_WORD = re.compile(r"\b[a-z]{4,}\b")
_AUXILIARY = re.compile(r"\b(is|was|were|are|did|does|do|has|have|had|can|could|would|will)\b", re.IGNORECASE)
_ENDINGS = ("tion", "ment", "ing", "ies", "ity", "ed", "es", "al", "er", "ly", "s")
_COMMON = frozenset(
    "about after also another around because been before being between both could does doing down during each first "
    "from have having here into just like made make many more most much name only other over same some such than that "
    "their them then there these they this those through under used very want were what when where which while whom "
    "whose will with would year years your kind type people part time times long said".split()
)
_OPPOSITES = (
    "first last|largest smallest|biggest smallest|highest lowest|before after|above below|north south|east west|"
    "northern southern|eastern western|oldest youngest|earliest latest|most least|more fewer|best worst|longest "
    "shortest|increase decrease|increased decreased|won lost|win lose|began ended|begin end|start finish|started "
    "stopped|opened closed|accepted rejected|allowed banned|supported opposed|male female|men women|father mother|son "
    "daughter|brother sister|husband wife|king queen|early late|old new|major minor|public private|rich poor|high low|"
    "hot cold|inside outside|internal external|upper lower|left right|war peace|alive dead|born died|built destroyed|"
    "bought sold|common rare|always never|strong weak|easy difficult|formal informal|maximum minimum|positive "
    "negative|majority minority|present absent|arrived left|hired fired|gained lost|added removed|created destroyed|"
    "modern ancient|foreign domestic|rural urban|winter summer|morning evening|day night|rise fall|rose fell|older "
    "younger|larger smaller|higher lower|longer shorter|faster slower|better worse|legal illegal|known unknown"
)
_OPPOSITE: dict[str, str] = {}
for _pair in _OPPOSITES.split("|"):
    _one, _other = _pair.split()
    _OPPOSITE.setdefault(_one, _other)
    _OPPOSITE.setdefault(_other, _one)


def unanswerable(question: str, passage: str, answer: str, elsewhere: str, rng: random.Random) -> str | None:
    """`question` turned so that `passage` no longer answers it, or None where no rule applies.

    `answer` is what the passage answers to the original; `elsewhere` is another text whose names may be borrowed.
    """
    rules: list[Callable[[], str | None]] = [
        lambda: _other_name(question, passage if rng.random() < 0.7 else elsewhere, answer, rng),
        lambda: _other_number(question, passage, answer, rng),
        lambda: _opposite(question, rng),
    ]
    rng.shuffle(rules)
    rules.insert(0 if rng.random() < 0.2 else len(rules), lambda: _other_word(question, passage, answer, rng))
    if rng.random() < 0.12:
        rules.insert(0, lambda: _negated(question))
    for rule in rules:
        if (turned := rule()) and turned.casefold() != question.casefold():
            return turned
    return None


def _other_name(question: str, source: str, answer: str, rng: random.Random) -> str | None:
    names = [m for m in _NAME.finditer(question) if m.start() > 0]
    if not names:
        return None
    taken = set(question.casefold().split()) | set(answer.casefold().split())
    others = [
        n for n in dict.fromkeys(_names_inside(source)) if not taken & set(n.casefold().split()) and len(n.split()) <= 4
    ]
    if not others:
        return None
    place = rng.choice(names)
    alike = [n for n in others if len(n.split()) == len(place[0].split())] or others
    return question[: place.start()] + rng.choice(alike) + question[place.end() :]


def _names_inside(text: str) -> list[str]:
    """Capitalised words that don't merely open a sentence."""
    return [m[0] for m in _NAME.finditer(text) if m.start() > 1 and text[m.start() - 2] not in '.!?\n”"']


def _other_number(question: str, passage: str, answer: str, rng: random.Random) -> str | None:
    numbers = list(_NUMBER.finditer(question))
    if not numbers:
        return None
    place = rng.choice(numbers)
    others = {m[0] for m in _NUMBER.finditer(passage)} - {m[0] for m in numbers} - set(answer.split())
    alike = sorted(n for n in others if len(n) == len(place[0]))
    if alike and rng.random() < 0.6:
        number = rng.choice(alike)
    elif place[0].isdigit():
        number = str(max(0, int(place[0]) + rng.choice((-20, -10, -5, -3, -2, -1, 1, 2, 3, 5, 10, 20))))
    else:
        return None
    return question[: place.start()] + number + question[place.end() :]


def _opposite(question: str, rng: random.Random) -> str | None:
    places = [m for m in re.finditer(r"\b[a-z]+\b", question) if m[0] in _OPPOSITE]
    if not places:
        return None
    place = rng.choice(places)
    return question[: place.start()] + _OPPOSITE[place[0]] + question[place.end() :]


def _other_word(question: str, passage: str, answer: str, rng: random.Random) -> str | None:
    """A word that the passage shares with the question, swapped for another of the passage with the same ending."""
    here = {m[0] for m in _WORD.finditer(passage)} - _COMMON
    places = [m for m in _WORD.finditer(question) if m[0] in here]
    if not places:
        return None
    place = rng.choice(places)
    ending = next((e for e in _ENDINGS if place[0].endswith(e)), None)
    asked = set(question.casefold().split()) | set(answer.casefold().split())
    others = sorted(
        w
        for w in here - asked
        if w[:4] != place[0][:4] and (w.endswith(ending) if ending else not w.endswith(_ENDINGS))
    )
    if not others:
        return None
    return question[: place.start()] + rng.choice(others) + question[place.end() :]


def _negated(question: str) -> str | None:
    place = _AUXILIARY.search(question)
    if place is None:
        return None
    word = place[0]
    negated = {"can": "can't", "will": "won't"}.get(word.lower(), word + "n't")
    return question[: place.start()] + negated + question[place.end() :]
