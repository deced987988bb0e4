"""A question that leans on the one before it, made whole: “and who proposed it?” → “who proposed the bridge?” Pure.

Nothing here is certain, so a follow-up gets several readings, likeliest first; which of them the articles answer best
is for the library to say (`dialogue.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.excerpts import clean
from index.analysis import STOPWORDS, fold

_LEAD = re.compile(r"(?:(?:and|but|so|ok|okay|also|then|or|well|now|und|aber|y|pero)\b[\s,]*)+", re.I)
_ADDING = re.compile(r"(?:and|also|und|y)\b[\s,]*", re.I)
_ABOUT = re.compile(
    r"(?:what|how) about\b|(?:the )?same (?:thing |question )?(?:for|with|about)\b"
    r"|(?:no[\s,]+)?i meant\b(?! (?:it|that|this|to|well|no)\b)"
    r"|was ist mit\b|wie ist es mit\b|dasselbe (?:für|bei|mit)\b|(?:nein[\s,]+)?ich meinte\b"
    r"|qu[eé] (?:hay de|pasa con)\b|lo mismo (?:para|con)\b|(?:no[\s,]+)?me refer[ií]a a\b",
    re.I,
)
_ASKING = re.compile(
    r"(?:since |until |from |by |in |at |to )?"
    r"(?:how (?:much|many|long|often|far|big|old)|wh(?:o|om|ose|at|en|ere|y|ich)|how)"
    r"(?: (?:year|day|month|date|time|place|city|country|exactly|else|not))?\b"
    r"|(?:seit |bis |von |ab )?(?:wer|wen|wem|wann|wo|wie(?: (?:viele?|lange|oft|weit|hoch|alt|teuer))?|warum|wieso"
    r"|weshalb)\b"
    r"|(?:desde |hasta |de |en |a |con )?(?:por qu[eé]|qu[eé]|qui[eé]n(?:es)?|cu[aá]ndo|cu[aá]nt[oa]s?|d[oó]nde"
    r"|c[oó]mo|cu[aá]l(?:es)?)\b",
    re.I,
)
_GERMAN = re.compile(r"(?:und|aber)\b", re.I)
_WAS = re.compile(r"was\b", re.I)
_TOKEN = re.compile(r"[^\W_]+(?:[.’'-][^\W_]+)*")
_TITLED = re.compile(r"\b(?:Mrs?|Ms|Dr|Sir|President|Mayor|Councillor|Professor)\.? [A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+)*")
_YEAR = re.compile(r"(?:1\d|20)\d\d$")
_DETERMINERS = frozenset("the a an this that these those el la los las un una".split())
_ARTICLE = re.compile(r"(?:der|die|das|dem|den)\s", re.I)
_ARTICLE_LAST = re.compile(r"\b(?:der|die|das|dem|den)\s+$", re.I)
_HELPERS = frozenset(
    "did do does will would can could should shall may might must was were is are has have had".split()
)
_DO = frozenset("did do does".split())
_PERSONS = frozenset("he him his she her hers".split())
_OWNING = frozenset("its their his".split())
_PRONOUNS = _PERSONS | frozenset("it its they them their theirs there".split())
_POINTING = frozenset("this that these those one ones".split())
_SELVES = frozenset("i me my we us our you your ich wir du yo tu".split())
_ASKING_WORDS = frozenset(
    """wer wen wem wann wo wie warum wieso weshalb que quien quienes cuando cuanto cuanta cuantos cuantas donde como
    cual cuales""".split()
)
"""German and Spanish ones, folded: a question is not about them."""
_SHORT = 2
"""A question with no name and fewer content words than this does not stand alone."""
_FEW = 4
"""Words that a question may be continued with and still tell nothing of its own."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a follow-up may mean. `sure` is True when it can hardly stand alone."""

    readings: tuple[str, ...]
    sure: bool
    same_subject: bool
    """It goes on about what was quoted before, so that the answer likely stands in the same article."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    text: str
    start: int
    end: int
    named: bool


def understand(question: str, previous: str, people: Sequence[str] = ()) -> Understanding | None:
    """How `question` may lean on the `previous` one, whose answer named `people`; None when it stands alone."""
    question, previous = clean(question).lstrip(" ¿¡"), clean(previous)
    lead = _LEAD.match(question)
    body = question[lead.end() :] if lead else question
    if not _TOKEN.search(question) or not previous:
        return None
    if about := _ABOUT.match(body):
        new = _bare(body[about.end() :])
        if _ASKING.match(new):  # “I meant when did it open”
            return understand(new, previous, people) or Understanding((new,), sure=True, same_subject=False)
        return Understanding(_swapped(new, previous), sure=True, same_subject=False)
    asking = _asking(body, lead)
    if lead and not asking and len(body.split()) <= 5 and not _helped(body):
        return Understanding(_swapped(_bare(body), previous), sure=True, same_subject=False)
    if asking and not _bare(body[asking.end() :]):
        return Understanding(_asked_otherwise(_bare(body), previous), sure=True, same_subject=True)
    phrases = _phrases(body)
    pronoun = _pronoun(body)
    if pronoun:
        sure = not any(phrase.end < pronoun.start() for phrase in phrases)
        return Understanding(_resolved(body, pronoun, previous, people), sure or bool(lead), same_subject=True)
    short = not any(p.named for p in phrases) and len(_content(body)) < _SHORT
    if lead or (short and (asking or _helped(body) or body.endswith("?"))):
        # “who paid?” leans on something, “who is the mayor?” may well not
        return Understanding((_carried(body, previous),), sure=short and not phrases, same_subject=True)
    return None


def asks_on(text: str) -> bool:
    """True for words without a question mark that go on with the question before and tell nothing: “and Turkey”,
    “same for Turkey”."""
    lead = _ADDING.match(text)
    if not lead:
        return _ABOUT.match(text) is not None
    body = text[lead.end() :]
    if _asking(body, lead) or _ABOUT.match(body):
        return True
    words = [token.group().lower() for token in _TOKEN.finditer(body)]
    told = _PRONOUNS | _POINTING | _SELVES | _HELPERS
    return 0 < len(words) <= _FEW and not any(word in told for word in words)


def people_in(sentence: str) -> tuple[str, ...]:
    """The names in a quoted sentence that look like people's: with a title, or of two words or more and no article."""
    titled = [match[0] for match in _TITLED.finditer(sentence)]
    known = " ".join(titled)
    others = [
        p.text
        for p in _phrases(sentence)
        if p.named and " " in p.text and p.text.split()[0].lower() not in _DETERMINERS
    ]
    return tuple(dict.fromkeys([*titled, *(name for name in others if name not in known)]))[:3]


def _swapped(new: str, previous: str) -> tuple[str, ...]:
    """“what about `new`?”: `new` in the place of something of its kind, else after the question."""
    if not new:
        return (previous,)
    core = re.sub(r"^(?:in|on|at|for|by|with|from|to|during|of)\s+", "", new, flags=re.I)
    if _YEAR.match(core):
        years = [match for match in _TOKEN.finditer(previous) if _YEAR.match(match.group())]
        places = [(match.start(), match.end(), core) for match in years]
    else:
        named = core[:1].isupper() or core[:4].lower() != "the "
        alike = sorted(_phrases(previous), key=lambda p: (p.named != named, -p.start))
        put = core if named or " " in core else f"the {core}"
        places = [(p.start, p.end, put) for p in alike]
    swapped = [
        (_ARTICLE_LAST.sub("", previous[:start]) if _ARTICLE.match(text) else previous[:start]) + text + previous[end:]
        for start, end, text in places[:2]
    ]
    return (*swapped, f"{_bare(previous)} {new}?")


def _asked_otherwise(asking: str, previous: str) -> tuple[str, ...]:
    """“why?” in the place of how the question before began."""
    previous = previous.lstrip(" ¿¡")
    began = _ASKING.match(previous)
    return (f"{asking}{previous[began.end() :]}" if began else _carried(asking, previous),)


def _resolved(body: str, pronoun: re.Match[str], previous: str, people: Sequence[str]) -> tuple[str, ...]:
    """The pronoun's place taken by what the question before was about, its last thing first; a person's by a name."""
    word = pronoun.group().lower()
    if word in _PERSONS:
        known = sorted(_phrases(previous), key=lambda p: (not p.named, " " not in p.text, p.start))
        full = [p.text for p in known if p.named and " " in p.text]
        topics = [*full, *people, *(p.text for p in known if p.text not in full)]
    else:
        topics = [p.text for p in reversed(_phrases(previous))]
    if not topics:
        return (_carried(body, previous),)
    before, after = body[: pronoun.start()], body[pronoun.end() :]
    owns = word in _OWNING or (word == "her" and not _stop(_TOKEN.search(after)))
    return tuple(f"{before}{topic}{'’s' if owns else ''}{after}" for topic in dict.fromkeys(topics[:2]))


def _carried(body: str, previous: str) -> str:
    """The question with what the one before was about."""
    known = {fold(word) for word in _content(body)}
    topics = [p.text for p in _phrases(previous)] or _content(previous)
    words = [topic for topic in topics if not known.issuperset(map(fold, _content(topic)))]
    return f"{_bare(body)} ({', '.join(words)})" if words else body


def _pronoun(text: str) -> re.Match[str] | None:
    """The first word that stands for something outside the question."""
    tokens = list(_TOKEN.finditer(text))
    for number, token in enumerate(tokens):
        word = token.group().lower()
        before = tokens[number - 1].group().lower() if number else ""
        last = number == len(tokens) - 1
        if word == "there" and (before in _HELPERS or not last):
            continue  # “is there …”
        if word in _PRONOUNS or (word in _POINTING and (last or (before in _HELPERS and len(tokens) <= 5))):
            return token
    return None


def _phrases(text: str) -> list[_Phrase]:
    """What a question is about, in order: names, and words with an article."""
    tokens = list(_TOKEN.finditer(text))
    found, number = [], 0
    while number < len(tokens):
        size, named = _phrase_at(text, tokens, number)
        if size:
            start, end = tokens[number].start(), tokens[number + size - 1].end()
            found.append(_Phrase(text[start:end], start, end, named))
        number += size or 1
    return found


def _phrase_at(text: str, tokens: list[re.Match[str]], number: int) -> tuple[int, bool]:
    """How many tokens the phrase that begins here has, 0 if none does; and whether it is a name."""
    first = tokens[number].group()
    articled = first.lower() in _DETERMINERS
    if not articled and (not first[0].isupper() or _stop(tokens[number])):
        return 0, False
    size = 1
    for token, before in zip(tokens[number + 1 :], tokens[number:], strict=False):
        if _stop(token) or text[before.end() : token.start()].strip() or not (articled or token.group()[0].isupper()):
            break
        size += 1
    names = [n for n in range(size) if tokens[number + n].group()[0].isupper() and not _stop(tokens[number + n])]
    if names:
        return names[-1] + 1, True
    helper = tokens[number - 1].group().lower() if number else ""
    if helper in _HELPERS and size > 2:  # “did the council vote”, “did the ferry stop running”: no verb is part of it
        two = size > 3 and helper in _DO and tokens[number + size - 1].group().endswith("ing")
        size -= 2 if two else 1
    return (size, False) if size > 1 else (0, False)


def _asking(body: str, lead: re.Match[str] | None) -> re.Match[str] | None:
    """The question word that `body` begins with. “was” is one in German only, which the words before it tell."""
    return _ASKING.match(body) or (_WAS.match(body) if lead and _GERMAN.match(lead.group()) else None)


def _content(text: str) -> list[str]:
    return [token.group() for token in _TOKEN.finditer(text) if not _stop(token)]


def _helped(text: str) -> bool:
    return any(word in _HELPERS for word in text.lower().split()[:2])


def _stop(token: re.Match[str] | None) -> bool:
    if token is None:
        return True
    word = fold(token.group())
    return word in STOPWORDS or word in _HELPERS or (word in _ASKING_WORDS and not _named(token))


def _named(token: re.Match[str]) -> bool:
    """True where a word that may be a question word is part of a name: Lake Como, Wen Jiabao."""
    first = not token.string[: token.start()].strip(" ¿¡")
    follows = token.string[token.end() :].lstrip()[:1]
    return token.group()[0].isupper() and (not first or follows.isupper())


def _bare(text: str) -> str:
    return text.strip(" ?!.,;:¿¡")
