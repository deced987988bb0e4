"""Article URLs made safe to show, and opened at the quoted sentence. Pure."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

URL_LIMIT = 512
"""Characters; Discord's limit for a link button, kept for every link."""
_WHOLE_SENTENCE = 80
_EDGE_WORDS = 5
# Everything that may stand in a URL unencoded, but no brackets or parentheses: they would end a markdown link.
_SAFE = ":/?#@!$&'+,;=%-._~"


def safe_url(url: str | None) -> str | None:
    """`url` if it is http(s) and can be shown as a link, encoded so that it cannot end a markdown link; else None.

    A URL with a user name is refused: `https://bank.example@evil.example` reads as another site.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or parts.username is not None:
        return None
    if any(char in host for char in " \\<>\"'`|^[]()*_") or ":" in host:
        return None
    encoded = quote(parts.geturl(), safe=_SAFE, errors="replace")
    return encoded if len(encoded) <= URL_LIMIT else None


def at_sentence(url: str | None, sentence: str) -> str | None:
    """`safe_url(url)` with a text fragment (WICG scroll-to-text) so that a browser opens it at `sentence`.

    A long sentence is given by its first and last words. Without room for a fragment the plain URL is returned.
    """
    base = safe_url(url)
    words = sentence.split()
    if base is None or not words:
        return base
    if len(sentence) <= _WHOLE_SENTENCE or len(words) <= 2 * _EDGE_WORDS:
        directive = _encode(" ".join(words))
    else:
        directive = f"{_encode(' '.join(words[:_EDGE_WORDS]))},{_encode(' '.join(words[-_EDGE_WORDS:]))}"
    anchored = f"{base}{'' if '#' in base else '#'}:~:text={directive}"
    return anchored if len(anchored) <= URL_LIMIT else base


def _encode(text: str) -> str:
    """Percent-encoded for a text directive, where a dash, comma or ampersand would be syntax."""
    return quote(text, safe="", errors="replace").replace("-", "%2D").replace("~", "%7E").replace("_", "%5F")
