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
_MOST_SENTENCES = 5
_FEWEST_WORDS = 3


def claims(message: str, limit: int) -> tuple[str, ...]:
    """The texts that may say what a message claims: all of it, then each of its first sentences; each of at most
    `limit` characters. None when the message has no words."""
    whole = _GAP.sub("", clean(_NOT_WORDS.sub(" ", message)))
    if not _WORD.search(whole):
        return ()
    return tuple(dict.fromkeys([shorten(whole, limit), *(shorten(one, limit) for one in _sentences(whole))]))


def _sentences(text: str) -> Iterator[str]:
    telling = (one.strip() for one in sentences(text) if len(_WORD.findall(one)) >= _FEWEST_WORDS)
    for _, sentence in zip(range(_MOST_SENTENCES), telling, strict=False):
        yield sentence
