"""What kind of thing was asked, before anything is looked up. Pure, and meant to be light rather than clever."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

_CODE = re.compile(r"```.*?(?:```|$)|`[^`\n]+`", re.DOTALL)
_EMOJI = re.compile(r"<a?:\w+:\d+>|(?<!\w):[\w+-]+:(?!\w)")
_ADDRESS = re.compile(r"https?://\S+")
_CALLS = re.compile(r"<(?:@[!&]?|#)\d+>|@(?:everyone|here)\b|\|\|")
_WORD = re.compile(r"[^\W\d_]+")
_ASKING = re.compile(
    r"[¿\s]*(?:who|whom|whose|what|when|where|which|why|how"
    r"|(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had)\s+(?!(?:do|be|been|confirm|agree|love"
    r"|like|have|not|never|to|fun|nice|good|great|so|my|me|too|also|just)\b|(?<=have )an?\b|(?<=had )an?\b)\w+\s+\w+"
    r"|wer|wen|wem|was|wann|wo|wie|warum|wieso|welche[rsn]?|gibt|hat|qui[eé]n|qu[eé]|cu[aá]ndo|d[oó]nde|c[oó]mo"
    r"|por qu[eé]|cu[aá]nt[oa]s?|cu[aá]l(?:es)?)\b",
    re.I,
)
_SMALL_TALK = frozenset(
    """thanks thank thx ty tysm danke dank gracias merci ok okay k cool nice great perfect awesome excellent lol haha
    hehe nvm super prima toll perfekt genial vale perfecto""".split()
)
_BESIDE_IT = frozenset(
    """you so very much many a lot again all everyone bot footnote man mate guys then one job work answer for that this
    it the your help info link quote quotes helps helped got good to know will do vielen dir euch schön sehr muchas
    mucho""".split()
)
"""What may stand beside such words without making them more."""
_SET_PHRASES = frozenset(
    {"got it", "good bot", "bad bot", "never mind", "will do", "can confirm", "well done", "alles klar"}
)
_REMARK = re.compile(
    r"(?:i|i['’]m|we|that['’]?s|that is|this is|it['’]?s|it is|you are|you['’]re|wow|yes|yeah|yep|no|nope|sure|right"
    r"|exactly|interesting|agreed|wrong|true|same|ich|wir|das ist|ja|nein|genau|s[ií]|eso es|claro)\b",
    re.I,
)
_WANTING = re.compile(
    r"\b(?:who|whom|whose|what|when|where|which|why|how|want|need|would|like to|wonder|looking for|tell me|mean"
    r"|wer|was|wann|wo|wie|warum|will|m[oö]chte|suche|qui[eé]n|qu[eé]|cu[aá]ndo|d[oó]nde|c[oó]mo|quiero|busco)\b|['’]d\b",
    re.I,
)
_GREETING = re.compile(
    r"(?:hi|hello|hey|hallo|hola|moin|servus|good (?:morning|afternoon|evening|day)|guten (?:morgen|tag|abend)"
    r"|buen[oa]s (?:d[ií]as|tardes|noches)|help|hilfe|ayuda|(?:who|what) are you|what can you do|wer bist du"
    r"|was kannst du|qui[eé]n eres|qu[eé] puedes hacer)(?: (?:there|all|bot))?[\s!?.¡¿]*$",
    re.I,
)
# Only words that English does not have.
_FOREIGN = frozenset(
    """wer wie wann wo warum wieso welche welcher welches der das und oder nicht ist sind hat haben wurde wird über für
    mit auf zum zur dem den ein eine einen einer
    qué quién quien cuándo cuando dónde donde cómo como cuánto cuál por para el los las una unos unas
    del es fue son está
    que qui quand où comment pourquoi quel quelle quels quelles le les des du est sont était été pour dans avec sur une
    et""".split()
)
_LETTERS = frozenset("äöüßáéíóúñ")
_ENGLISH = frozenset(
    """the of and to in is was were are who what when where which why how did does do for on with at by from has have
    had it that this will would can could about after over""".split()
)


class Wordless(StrEnum):
    """Why a text holds no question."""

    CODE = "code"
    SYMBOLS = "symbols"


def wordless(text: str) -> Wordless | None:
    """Why `text`, which is not empty, has no word to look for; None when it has one."""
    prose = _CODE.sub(" ", text)
    if any(character.isalnum() for character in _ADDRESS.sub(" ", _EMOJI.sub(" ", prose))):
        return None
    return Wordless.CODE if prose != text else Wordless.SYMBOLS


def remark(text: str) -> bool:
    """True for what people say about an answer without wanting another: “I don’t believe it”, “that’s wrong”."""
    return "?" not in text and _REMARK.match(text) is not None and _WANTING.search(text) is None


def spoken(text: str) -> str:
    """`text` without the people, roles and channels that it mentions, and without spoiler marks: they ask nothing."""
    return _CALLS.sub(" ", text).strip()


def greeting(text: str) -> bool:
    """True for a greeting, or for a question about the bot itself."""
    return _GREETING.match(text.strip(" ¡¿")) is not None


def looks_like_question(text: str) -> bool:
    """True for a text with a question mark or that begins as questions do, in English, German or Spanish."""
    prose = _ADDRESS.sub(" ", _CODE.sub(" ", text))  # an address has a question mark of its own
    return not wordless(text) and (any(mark in prose for mark in "?？؟") or _ASKING.match(prose) is not None)


def small_talk(text: str) -> bool:
    """True for words of thanks or the like and nothing else, which want no answer."""
    words = _WORD.findall(text.casefold())
    known = " ".join(words) in _SET_PHRASES or (
        not _SMALL_TALK.isdisjoint(words) and _SMALL_TALK.union(_BESIDE_IT).issuperset(words)
    )
    return known and "?" not in text and not any(c.isdigit() for c in text)


def looks_foreign(question: str, titles: Iterable[str], language: str = "en") -> bool:
    """True when the articles' titles look English and the question does not; one word is enough to tell when the
    reader's own `language` is another."""
    return _foreign(question, alone=language != "en") and _english(" ".join(titles))


def _foreign(text: str, alone: bool) -> bool:
    """`alone`: one foreign word, or one letter that English does not have, is enough."""
    letters = [character for character in text if character.isalpha()]
    if sum(not unicodedata.name(letter, "").startswith("LATIN") for letter in letters) > len(letters) / 2:
        return True
    words = [word.casefold() for word in _WORD.findall(text)]
    foreign = sum(word in _FOREIGN or (alone and not _LETTERS.isdisjoint(word)) for word in words)
    return foreign >= (1 if alone else 2) and foreign > sum(word in _ENGLISH for word in words)


def _english(text: str) -> bool:
    words = [word.casefold() for word in _WORD.findall(text)]
    english = sum(word in _ENGLISH for word in words)
    return english >= 1 and english > 2 * sum(word in _FOREIGN for word in words)
