"""Every sentence that a user reads, in one place, one catalogue per locale.

All of it is plain text: the renderers escape it together with what it quotes, so neither an article nor a person
can smuggle markup in through a placeholder. Placeholders are named; a test holds every catalogue to the same ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Messages:
    """One locale's sentences. Fields with placeholders are used through `str.format`."""

    language: str = "en"
    thousands: str = ","
    strong_match: str = "Strong match"
    partial_match: str = "Partial match: these quotes may answer only part of it"
    left_open: str = "Partial match: found no answer to “{questions}”"
    paragraph: str = "paragraph {number} of {total}"

    old_evidence: str = "You asked about now, but the best quote is from {date}"
    other_time: str = "You asked about another time; the best quote is from {date}"

    # Under an answer
    button_more: str = "More passages"
    button_context: str = "Context"
    button_helpful: str = "Helpful"
    button_not_helpful: str = "Not helpful"
    button_dismiss: str = "Dismiss"
    button_share: str = "Share"
    more_heading: str = "More passages for “{question}”"
    more_nothing: str = "There are no further passages for that question."
    context_status: str = "The sentences around the quote"
    context_moved: str = "The sentences around the quote; the article has changed since it was quoted"
    context_changed: str = "The article has changed since: that sentence no longer stands in it. Please ask again."
    context_gone: str = "The article that was quoted is no longer in the collection."
    answer_expired: str = "That answer is too old for its buttons. Please ask again."
    answer_changed: str = "The articles have changed since that answer. Please ask again."
    thanks: str = "Thank you, noted. So far: helpful for {helpful}, not helpful for {not_helpful}."
    dismiss_forbidden: str = "Only the person who asked, or someone with Manage Messages, can dismiss this."
    shared_by: str = "Shared by {name}"
    shared_already: str = "This answer was shared already."
    share_failed: str = "I may not post in this channel, so the answer could not be shared."

    # Find sources for a message
    sources_heading: str = "Sources on “{claim}”"
    sources_strong: str = "Strong match: read whether it supports or contradicts the message"
    sources_partial: str = "Partial match: these quotes may touch only part of the message"
    sources_none: str = "These articles don’t seem to say anything for or against that."
    sources_empty: str = "There are no words in that message that I could look up. Try it on a message with text."

    no_answer: str = "These articles don’t seem to answer that."
    closest: str = "Closest articles (not an answer):"
    no_articles: str = "No article comes close. Try other words, or /search for keywords."

    search_heading: str = "Passages for “{keywords}”"
    search_page: str = "Page {page} of {pages} · passages: {total}"
    search_nothing: str = "No passage contains that. Try fewer or other keywords."
    search_expired: str = "That search is too old to turn its pages. Please run /search again."
    search_more: str = "Type /more for the next page."
    search_last_page: str = "That was the last page. Type /search with keywords to start another."
    button_unknown: str = "That button is from another version of me. Please ask again."
    previous_page: str = "Previous"
    next_page: str = "Next"

    search_nothing_within: str = "No passage contains that within these limits: {limits}"
    search_by: str = "by {author}"
    search_after: str = "from {date}"
    search_before: str = "until {date}"
    source_nothing: str = "No source here is called “{typed}”. Pick one from the list that opens while you type."
    author_nothing: str = "No author here is called “{typed}”. Pick one from the list that opens while you type."
    date_unclear: str = "I can’t read “{typed}” as a date. Try “last month”, “March 2016” or “2016-07-15”."
    dates_crossed: str = "Nothing can be published after {after} and before {before}. Swap the two dates."

    latest_status: str = "Newest articles"
    latest_of: str = "Newest articles of {source}"
    latest_nothing: str = "There is no article to list here."
    timeline_heading: str = "Timeline: {topic}"
    timeline_status: str = "One quote from each article, oldest first"
    timeline_nothing: str = "No dated article says enough about that. Try other words, or /search for keywords."

    button_ask_about: str = "Ask about this article"
    ask_about_title: str = "Ask about this article"
    ask_about_question: str = "Your question"
    within_article: str = "in: {title}"
    article_silent: str = "This article doesn’t seem to answer that."
    article_silent_next: str = "Use /ask to look in all of them."
    article_out_of_scope: str = "This channel is not answered from that article."

    article_by: str = "by {author}"
    article_paragraphs: str = "paragraphs: {total}"
    article_closest_title: str = "Closest title to “{typed}”"
    article_nothing: str = "No article has a title like “{typed}”. Try another word of its title, or /search."
    article_empty: str = "This article has no text that can be quoted."

    too_long: str = "That is {length} characters; I can take up to {limit}. Please ask in one or two sentences."

    # Asking: how a question was understood, and what stands in its way
    understood: str = "about: {question}"
    no_words: str = "I find no words in that to look for. Please ask in a sentence."
    code_only: str = "That is only code, and I look things up in articles. Please add a question in words."
    articles_in_english: str = "The articles are in English, so a question in English may find more."
    slow_down: str = "You ask faster than I can look things up. Please try again in {seconds} s."
    crowded: str = "Many questions are asked here right now. Please try again in {seconds} s."
    cannot_write: str = "I may not write in #{channel}. Use /ask there, or ask me here."
    channel_limited: str = "In this channel I answer only from: {names}"
    in_line: str = "You are number {number} in line. Your answer will appear here."
    leaving: str = "I am being restarted. Please ask again in a minute."
    line_full: str = "Too many questions are waiting at the moment. Please try again in a minute."

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
    reindex_totals: str = "Articles: {articles}, passages: {passages}"
    reindex_failed_file: str = "✗ {path}: {reason}"
    reindex_more_failed: str = "… and {count} more; the log names them all."
    reindex_busy: str = "A reindex is already running. Please try again when it is done."
    reindex_error: str = "The articles could not be reindexed: {problem}"
    reindex_unexpected: str = "the build stopped unexpectedly; the log says why. The previous index is untouched."

    settings_heading: str = "What I answer from in #{channel}"
    settings_collections: str = "Collections: {names}"
    settings_sources: str = "Sources: {names}"
    settings_any: str = "all"
    settings_missing: str = "{name} (no article at present)"
    settings_reach: str = "That leaves {count} of {total} articles."
    settings_reach_none: str = "No article fits all of that, so I cannot answer anything here."
    settings_more: str = "The menu lists the {shown} with the most articles, of {total}."
    settings_pick_collections: str = "All collections"
    settings_pick_sources: str = "All sources"
    settings_articles: str = "Articles: {count}"
    settings_answer_all: str = "I answer every question here, without being mentioned."
    settings_answer_mentions: str = "I answer when I am mentioned, and /ask."
    settings_answer_all_off: str = (
        "Answering every question needs the message content intent: the person who runs this bot switches it on "
        "with MESSAGE_CONTENT."
    )
    settings_button_on: str = "Answer every question here"
    settings_button_off: str = "Answer only when mentioned"
    settings_thread: str = "A thread follows the settings of its channel."
    settings_not_saved: str = "The settings could not be saved. Please tell the person who runs this bot."

    manage_forbidden: str = "Only people with the Manage Server permission can use that."
    guild_only: str = "That command works in a server only."

    seconds: str = "{seconds} s"
    minutes: str = "{minutes} min {seconds} s"
    help: tuple[str, ...] = (
        "I answer questions about this collection of articles: word-for-word quotes, each with its source. "
        "If the articles don’t answer, I say so.",
        "/ask  your question (or mention me, or send me a direct message); with private: for your eyes only",
        "To go on, reply to an answer: “and why?”. Edit or delete your question, and its answer follows.",
        "Find sources  for a message: right-click it (on a phone: hold it) → Apps",
        "/search  passages that contain your keywords",
        "/article  look an article up by its title",
        "/latest  the newest articles",
        "/timeline  what was said about a topic, in order",
        "/settings  what this channel is answered from (Manage Server only)",
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
        "/ask QUESTION     the same; the next one may lean on it: “and why?”",
        "/search KEYWORDS  passages that contain your keywords",
        "/more             the next page, or further passages for your last question",
        "/article TITLE    look an article up by its title (Tab completes)",
        "/latest [SOURCE]  the newest articles",
        "/timeline TOPIC   what was said about a topic, in order",
        "/reindex          take in new or changed articles",
        "/help             this list",
        "/quit             leave (also Ctrl-D)",
    ),
)
"""The terminal's wording: its reader runs the bot, so it says what to type instead of whom to ask."""


def number(value: int, messages: Messages) -> str:
    """`12,345` as the reader's language writes it."""
    return f"{value:,}".replace(",", messages.thousands)


def duration(seconds: float, messages: Messages) -> str:
    """`42 s` or `3 min 7 s`."""
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return messages.seconds.format(seconds=rest if seconds >= 1 else f"{seconds:.1f}")
    return messages.minutes.format(minutes=minutes, seconds=rest)
