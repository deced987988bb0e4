"""How a passage stands before a model: its article's title, the heading above it, then its text."""

from __future__ import annotations

from index.models import Passage, Span


def in_context(title: str, passage: Passage) -> tuple[str, list[Span]]:
    """The text that a model sees for a passage, and the spans of the passage's sentences in it."""
    prefix = f"{title}. "
    if heading := passage.heading:
        prefix += f"{heading} " if heading.endswith((".", "?", "!", ":")) else f"{heading}. "
    shift = len(prefix) - passage.start
    return prefix + passage.text, [(start + shift, end + shift) for start, end in passage.sentences]
