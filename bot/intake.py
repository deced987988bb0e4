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
    r"""
    [¿\s]*
    (?:(?:and|but|ok(?:ay)?|well|also|please|hey|und|aber|bitte|y|pero|por\ favor)\b[\s,]*)*
    (?:
      (?:so\b[\s,]*)?   # “so did I” is no question, “so who did it” is
      (?:who|whom|whose|what|when|where|which|why|how
        |wer|wen|wem|(?:(?<=und\ )|(?<=aber\ ))was|wann|wo|wie|warum|wieso|welche[rsn]?
        |qui[eé]n(?:es)?|qu[eé]|cu[aá]ndo|d[oó]nde|c[oó]mo|por\ qu[eé]|cu[aá]nt[oa]s?|cu[aá]l(?:es)?)\b
    | (?:tell\ (?:me|us)(?!\ about\ it\W*$)|explain|describe|show\ (?:me|us)|i\ wonder\ (?:if|whether|wh\w+|how)
        |i(?:['’]d|\ would)\ (?:like|love)\ to\ know|i\ (?:want|need)\ to\ know|any(?:one|body)(?:\ here)?\ knows?)\b
    | (?:erzähl(?:e|t)?|erklär(?:e|t)?|beschreib(?:e|t)?|sag(?:e|t)?\ (?:mir|uns)|weiß\ (?:jemand|wer|einer)
        |ich\ (?:wüsste\ gerne?|(?:möchte|will|würde\ gerne?)\b[\w\s,]{0,20}\bwissen))\b
    | (?:cu[eé]nta(?:me|nos)|d[ií](?:me|nos)|expl[ií]ca(?:me|nos)?|describe(?:me)?|alguien\ sabe|sabe\ alguien
        |(?:me\ gustar[ií]a|quiero|quisiera)\ saber)\b
    | (?!(?:have|had)\ an?\b)(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had)\s+
      (?:the|an?|it|he|she|they|there|you|we|this|that|these|those|any\w*)\s+\w+
    | (?:ist|sind|war|waren|wird|werden|wurden?|haben|kann|können|darf|muss|soll|fährt|gilt)\s+
      (?:(?:der|die|den|dem|eine?|es|man|er|sie|hier|dort|jemand)\s+\w+\s+\w+|das\s+(?-i:[A-ZÄÖÜ])\w*\s+\w+)
    )
    | [¿\s]*(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had)\s+
      (?!(?:do|be|been|confirm|agree|love|like|have|not|never|to|fun|nice|good|great|so|my|me|too|also|just)\b
        |(?<=have\ )an?\b|(?<=had\ )an?\b)\w+\s+\w+
    | (?:gibt|hat|was)\b
    """,
    re.I | re.X,
)
_TELLING = re.compile(
    r"""
    (?:(?:and|but|so|well|und|aber|y|pero)\b[\s,]*)*
    (?: what\ an?\b | how\ (?:nice|sad|cool|lovely|funny|sweet|awful|interesting|dare)\b
      | (?:who|what|when|where|why|how)\ (?:i|i['’]\w+|we|we['’]\w+|you|you['’]\w+|my|our|he|she|they)\b
      | which\ (?:(?:means|makes|made|explains|reminds|i|we)\b
          |(?:is|was|are|were)\b(?!\ (?:the|it|more|most|better|best|worse|older|bigger|larger|longer|\w+est)\b))
      | was\ (?:really|so|too|very|not|just|only|good|great|nice|fun|thinking|wondering|like)\b
      | was\ für\ (?:ein|eine|einen)\b | wie\ (?:schön|schade|nett|toll|süß|traurig|gesagt|immer)\b
      | (?:wie|wo|was|wer|warum)\ (?:ich|wir|du|man)\b
      | qu[eé]\ (?:pena|bien|bueno|buena|bonit[oa]|lind[oa]|l[aá]stima|guay|mal|rar[oa]|risa|horror|suerte|te)\b
      | cuando\ (?:yo|era|éramos|estaba|fui|ten[ií]a)\b | como\ (?:siempre|dije|ya|yo|si)\b
    )
    """,
    re.I | re.X,
)
"""Exclamations, and clauses that begin like questions but tell something: “when I was young …”, “which is nice”."""
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
    {
        *("got it", "good bot", "bad bot", "never mind", "will do", "can confirm", "well done", "alles klar"),
        *("makes sense", "that makes sense", "fair enough", "fair point", "good to know", "i see", "ich verstehe"),
        *("didn t know that", "i didn t know that", "macht sinn", "ergibt sinn", "wusste ich nicht", "tiene sentido"),
        *("no lo sabía", "no sabía eso"),
    }
)
_MET = re.compile(
    r"(?:\b(?:exactly|just|precisely|genau|justo) )?\b(?:what (?:i|we) (?:needed|wanted|meant|thought|was looking for)"
    r"|(?:das,? )?was ich (?:brauchte|wollte|suchte)|lo que (?:necesitaba|quer[ií]a|buscaba))\b",
    re.I,
)
"""Words that say that a wish was met, and not what is wished for."""
_REMARK = re.compile(
    r"(?:i|i['’]m|we|that['’]?s|that is|this is|it['’]?s|it is|you are|you['’]re|wow|yes|yeah|yep|no|nope|sure|right"
    r"|exactly|interesting|agreed|wrong|true|same|makes sense|fair enough|fair point|good to know|didn['’]?t know"
    r"|did not know|ich|wir|das ist|ja|nein|genau|macht sinn|ergibt sinn|wusste ich nicht|s[ií]|eso es|claro"
    r"|tiene sentido)\b"
    r"|(?:perfect|great|awesome|excellent|perfekt|super|perfecto|genial)\s*[,.!](?!\s*(?:and|und|y)\b)",
    re.I,
)
_WANTING = re.compile(
    r"\b(?:who|whom|whose|what|when|where|which|why|how|want|need|would|like to|wonder|looking for|tell me|meant?"
    r"|same (?:for|with|in|about)|wer|was|wann|wo|wie|warum|will|m[oö]chte|suche|meinte|dasselbe (?:für|bei|mit)"
    r"|qui[eé]n|qu[eé]|cu[aá]ndo|d[oó]nde|c[oó]mo|quiero|busco|lo mismo (?:para|con))\b|['’]d\b",
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
    return "?" not in text and _REMARK.match(text) is not None and _WANTING.search(_MET.sub(" ", text)) is None


def spoken(text: str) -> str:
    """`text` without the people, roles and channels that it mentions, and without spoiler marks: they ask nothing."""
    return _CALLS.sub(" ", text).strip()


def greeting(text: str) -> bool:
    """True for a greeting, or for a question about the bot itself."""
    return _GREETING.match(text.strip(" ¡¿")) is not None


def looks_like_question(text: str) -> bool:
    """True for a text with a question mark or that begins as questions and requests do, in English, German or
    Spanish."""
    prose = _ADDRESS.sub(" ", _CODE.sub(" ", text))  # an address has a question mark of its own
    if wordless(text):
        return False
    return any(mark in prose for mark in "?？؟") or (_ASKING.match(prose) is not None and not _TELLING.match(prose))


def small_talk(text: str) -> bool:
    """True for words of thanks or the like and nothing else, which want no answer."""
    words = _WORD.findall(_MET.sub(" ", text).casefold())
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
