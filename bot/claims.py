"""What a chat message claims, as text to look up. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.excerpts import clean, sentences, shorten

_NOT_WORDS = re.compile(
    r"""
      <(?:@[!&]?|\#)\d+> | <a?:\w+:\d+> | <t:-?\d+(?::\w)?> | </[^>\n]+:\d+>   # mentions, emoji, timestamps, commands
    | <?https?://\S+                                                           # addresses
    | @(?:everyone|here)\b
    | (?m:^)(?:>>>|>|-\#|\#{1,3})[ ]                                           # quote, subtext and heading marks
    | [*_~|`]{2,3} | [*`]                                                      # emphasis, spoilers, code
    """,
    re.VERBOSE,
)
_GAP = re.compile(r" (?=[,.;:!?](?: |$))")
_WORD = re.compile(r"[^\W\d_]{2,}")
# How people wrap a claim in English; whoever wraps it otherwise is still looked up, just not so well.
_LEAD = re.compile(
    r"""
      (?:(?:lol|haha+|h(?:ey|i)(?:\ (?:all|everyone|guys))?|guys|well|btw|fyi|tbh|imh?o|omg|ok(?:ay)?|fun\ fact)
         \b[\s,:!.…]*)*
      (?:(?:i|we|you|he|she|they|people|(?:some|every)(?:one|body)|my\ \w+)\b(?:\ [\w'’]+){0,2}?\s
         (?:heard|read|saw|says?|said|told|tells?|thinks?|thought|believes?|knows?|knew|guess|bet|swear|claims?|claimed
           |learned|remember)\b
         (?:\ (?:me|us|him|her|them)\b)?
         (?:(?:\ [\w'’]+){0,3}?\ that\b|:)?[\s,]*)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[\s,]+(?:lol|haha+|right|every(?:one|body) knows(?: that)?|tbh|imh?o|you know|i (?:think|guess)))+[.!?…]*$",
    re.IGNORECASE,
)
_MOST_SENTENCES = 5
_FEWEST_WORDS = 3


def claims(message: str, limit: int) -> tuple[str, ...]:
    """The texts that may say what a message claims: all of it, then each of its first sentences without the talk
    around it ("I heard that …"); each of at most `limit` characters. None when the message has no words."""
    whole = _GAP.sub("", clean(_NOT_WORDS.sub(" ", message)))
    if not _WORD.search(whole):
        return ()
    return tuple(dict.fromkeys([shorten(whole, limit), *(shorten(one, limit) for one in _told(whole))]))


def _told(text: str) -> Iterator[str]:
    bare = (_TAIL.sub("", _LEAD.sub("", sentence.strip(), count=1)) for sentence in sentences(text))
    telling = (one for one in bare if len(_WORD.findall(one)) >= _FEWEST_WORDS)
    for _, one in zip(range(_MOST_SENTENCES), telling, strict=False):
        yield one
