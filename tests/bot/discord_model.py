"""How Discord's client reads markdown, as far as this bot must know it: an oracle independent of `bot/`.

The rules follow the client's parser (simple-markdown with Discord's own rules): at each position the first rule that
matches wins, and a backslash before any character but letters, digits and spaces shows that character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_LINE_RULES = {
    "heading": re.compile(r"#{1,3} +"),
    "subtext": re.compile(r"-# +"),
    "quote": re.compile(r">(?:>>)? "),
    "list": re.compile(r" *(?:[-*+]|\d+[.)]) +"),
}
_INLINE_RULES = {
    "code": re.compile(r"(`+)(?:.*?[^`])??\1(?!`)", re.DOTALL),
    "url": re.compile(r"<?https?://[^\s<]+[^<.,:;\"'\]\s]"),
    "mention": re.compile(r"<(?:@[!&]?|#)\d+>|<a?:\w+:\d+>|<t:-?\d+(?::\w)?>|</[^>\n]+:\d+>|<id:\w+>"),
    "everyone": re.compile(r"@(?:everyone|here)"),
    "emoji": re.compile(r":[\w+-]+:"),
}
_LINK = re.compile(r"\[((?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*)\]\(\s*((?:\([^)]*\)|[^\s\\]|\\.)*?)\)")
_STYLES = {
    "bold": re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)"),
    "underline": re.compile(r"__((?:\\[\s\S]|[^\\])+?)__(?!_)"),
    "italic": re.compile(
        r"\b_((?:\\[\s\S]|[^\\_])+?)_\b|\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)"
    ),
    "strike": re.compile(r"~~([\s\S]+?)~~(?!_)"),
    "spoiler": re.compile(r"\|\|([\s\S]+?)\|\|"),
}
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")


@dataclass
class Rendered:
    """What a reader sees: the text, every construct in order, every link."""

    text: str = ""
    constructs: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    bold: list[str] = field(default_factory=list)


def render(markdown: str) -> Rendered:
    """Reads a whole message or text display."""
    seen = Rendered()
    for number, line in enumerate(markdown.split("\n")):
        seen.text += "\n" if number else ""
        rest = line
        while rule := next((n for n, r in _LINE_RULES.items() if r.match(rest)), None):
            seen.constructs.append(rule)
            rest = rest[_LINE_RULES[rule].match(rest).end() :]  # type: ignore[union-attr]
        _inline(rest, seen)
    return seen


def _inline(text: str, seen: Rendered) -> None:
    at = 0
    while at < len(text):
        if match := _ESCAPED.match(text, at):
            seen.text += match[1]
        elif match := _LINK.match(text, at):
            label = Rendered()
            _inline(match[1], label)
            seen.constructs += ["link", *label.constructs]
            seen.links.append((label.text, match[2]))
            seen.text += label.text
        elif found := next(((n, m) for n, r in _INLINE_RULES.items() if (m := r.match(text, at))), None):
            name, match = found
            seen.constructs.append(name)
            seen.text += match[0]
        elif found := next(((n, m) for n, r in _STYLES.items() if (m := r.match(text, at))), None):
            name, match = found
            seen.constructs.append(name)
            before = len(seen.text)
            _inline(next(group for group in match.groups() if group is not None), seen)
            if name == "bold":
                seen.bold.append(seen.text[before:])
        else:
            seen.text += text[at]
            at += 1
            continue
        at = match.end()
