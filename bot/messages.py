"""Every sentence that a user reads, in one place, one catalogue per locale.

All of it is plain text: the renderers escape it together with what it quotes, so neither an article nor a person
can smuggle markup in through a placeholder. Placeholders are named; a test holds every catalogue to the same ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Messages:
    """One locale's sentences. Fields with placeholders are used through `str.format`."""

    strong_match: str = "Strong match"
    partial_match: str = "Partial match: these quotes may answer only part of it"
    paragraph: str = "paragraph {number} of {total}"

    no_answer: str = "These articles don’t seem to answer that."
    closest: str = "Closest articles (not an answer):"
    no_articles: str = "No article comes close. Try other words, or /search for keywords."

    search_heading: str = "Passages for “{keywords}”"
    search_page: str = "Page {page} of {pages} · {total} passages"
    search_nothing: str = "No passage contains that. Try fewer or other keywords."
    search_expired: str = "That search is too old to turn its pages. Please run /search again."
    search_more: str = "Type /more for the next page."
    search_last_page: str = "That was the last page. Type /search with keywords to start another."
    button_unknown: str = "That button is from another version of me. Please ask again."
    previous_page: str = "Previous"
    next_page: str = "Next"

    article_by: str = "by {author}"
    article_paragraphs: str = "{total} paragraphs"
    article_closest_title: str = "Closest title to “{typed}”"
    article_nothing: str = "No article has a title like “{typed}”. Try another word of its title, or /search."
    article_empty: str = "This article has no text that can be quoted."

    too_long: str = "That is {length} characters; I can take up to {limit}. Please ask in one or two sentences."
    keywords_empty: str = "Give me one or more keywords to search for."
    title_empty: str = "Give me a title, or a part of one."

    index_missing: str = "Nothing is indexed yet. Someone with the Manage Server permission can start it with /reindex."
    index_corrupt: str = "The index is damaged. Someone with the Manage Server permission can rebuild it with /reindex."
    unavailable: str = "I cannot answer until my set-up is put right. Please tell the person who runs this bot."
    article_gone: str = "That article is no longer in the collection. Try /article with its title."
    quotes_dropped: str = (
        "I found passages, but they no longer match the stored articles. Please ask again in a minute."
    )
    failed: str = "Something went wrong on my side. Please try again in a minute."

    reindex_starting: str = "Reindexing: starting"
    reindex_reading: str = "Reindexing: reading articles"
    reindex_embedding: str = "Reindexing: embedding passages"
    reindex_writing: str = "Reindexing: writing the new index"
    reindex_progress: str = "{stage}, {done} of {total} ({percent}%)"
    reindex_meanwhile: str = "Questions are answered from the previous index meanwhile."
    reindex_done: str = (
        "Reindexed in {duration}: +{added} added  ~{changed} changed  −{removed} removed  ✗{failed} failed"
    )
    reindex_totals: str = "{articles} articles, {passages} passages"
    reindex_failed_file: str = "✗ {path}: {reason}"
    reindex_more_failed: str = "… and {count} more; the log names them all."
    reindex_busy: str = "A reindex is already running. Please try again when it is done."
    reindex_error: str = "The articles could not be reindexed: {problem}"
    reindex_unexpected: str = "the build stopped unexpectedly; the log says why. The previous index is untouched."
    reindex_forbidden: str = "Only people with the Manage Server permission can reindex."
    guild_only: str = "That command works in a server only."

    seconds: str = "{seconds} s"
    minutes: str = "{minutes} min {seconds} s"
    help: tuple[str, ...] = (
        "I answer questions about this collection of articles: word-for-word quotes, each with its source. "
        "If the articles don’t answer, I say so.",
        "/ask  your question (or mention me, or send me a direct message)",
        "/search  passages that contain your keywords",
        "/article  look an article up by its title",
        "/reindex  take in new or changed articles (Manage Server only)",
    )

    no_token: str = "DISCORD_TOKEN is not set, so Footnote opens here in the terminal."
    terminal_hint: str = "Type a question, or /help. Ctrl-D leaves."
    terminal_loading: str = "Looking it up …"
    terminal_unknown: str = "There is no command {command}. Type /help for the list."
    terminal_cancelled: str = "Cancelled."
    terminal_leave: str = "Press Ctrl-C again, or Ctrl-D, to leave."


ENGLISH = Messages()

TERMINAL_ENGLISH = replace(
    ENGLISH,
    index_missing="Nothing is indexed yet. Type /reindex to build the index (or run: python -m index build).",
    index_corrupt="The index is damaged. Type /reindex to rebuild it (or run: python -m index build).",
    unavailable="{problem}",
    failed="Something went wrong; the log has the details. Please try again.",
    reindex_busy="Another build of this index is running. Wait until it ends, then try again.",
    help=(
        "Type a question: the answer is word-for-word quotes, each with its source.",
        "/ask QUESTION     the same",
        "/search KEYWORDS  passages that contain your keywords; /more turns the page",
        "/article TITLE    look an article up by its title (Tab completes)",
        "/reindex          take in new or changed articles",
        "/help             this list",
        "/quit             leave (also Ctrl-D)",
    ),
)
"""The terminal's wording: its reader runs the bot, so it says what to type instead of whom to ask."""

CATALOGUES: Mapping[str, Messages] = {"en": ENGLISH}


def for_locale(locale: str) -> Messages:
    """The catalogue for a Discord locale such as `en-GB`; English where there is none."""
    return CATALOGUES.get(locale) or CATALOGUES.get(locale.partition("-")[0]) or ENGLISH


def duration(seconds: float, messages: Messages) -> str:
    """`42 s` or `3 min 7 s`."""
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return messages.seconds.format(seconds=rest if seconds >= 1 else f"{seconds:.1f}")
    return messages.minutes.format(minutes=minutes, seconds=rest)
