"""Display of a quote: shorter, never different."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.excerpts import clean, excerpt, words_of_markdown
from tests.bot.fakes import FERRY, PASSAGE, SENTENCE, quote

WORDS = st.text(alphabet="abcdefg ,.!?\n“”é他。", min_size=1, max_size=80)


def test_a_quote_that_fits_is_shown_whole_with_its_lines_joined() -> None:
    shown = excerpt(quote(), 500)
    assert shown.before + shown.highlight + shown.after == PASSAGE.replace("\n", " ")
    assert shown.highlight == SENTENCE
    assert not shown.cut_before
    assert not shown.cut_after


def test_a_long_quote_keeps_whole_sentences_around_the_highlight() -> None:
    text = "First one here. Second one here. THE ANSWER. Third one here. Fourth one here."
    shown = excerpt(quote(text, "THE ANSWER."), 45)
    assert (shown.before, shown.highlight, shown.after) == ("Second one here. ", "THE ANSWER.", " Third one here.")
    assert shown.cut_before
    assert shown.cut_after


def test_the_highlight_alone_is_kept_whole_where_nothing_else_fits() -> None:
    shown = excerpt(quote(), len(SENTENCE))
    assert (shown.before, shown.highlight, shown.after) == ("", SENTENCE, "")


def test_a_highlight_longer_than_the_limit_is_cut_after_a_word() -> None:
    shown = excerpt(quote("word " * 100, ("word " * 100).strip()), 50)
    assert len(shown) <= 50
    assert shown.highlight.endswith("word")
    assert shown.cut_after


def test_a_quote_without_highlight_starts_at_its_beginning() -> None:
    shown = excerpt(replace(quote(), highlight="", highlight_span=(40, 40)), 40)
    assert (shown.before, shown.highlight, shown.after) == ("", "", "The council met on Tuesday.")
    assert shown.cut_after


def test_sentences_that_stand_without_spaces_stay_so() -> None:
    shown = excerpt(quote("他来了。他走了。他又来了。", "他走了。"), 100)
    assert shown.before + shown.highlight + shown.after == "他来了。他走了。他又来了。"


def test_markdown_articles_show_their_words_only() -> None:
    text = "> She **said** it. The [ferry](https://x.example) `runs` _late_ &amp; often. \\*Not\\* bold 2 * 3."
    shown = excerpt(quote(text, "The [ferry](https://x.example) `runs` _late_ &amp; often.", FERRY), 500)
    assert shown.before + shown.highlight + shown.after == (
        "She said it. The ferry runs late & often. *Not* bold 2 * 3."
    )


def test_other_formats_keep_every_character() -> None:
    assert excerpt(quote("Rates: **5** [sic] &amp; up.", "Rates: **5** [sic] &amp; up."), 99).highlight == (
        "Rates: **5** [sic] &amp; up."
    )


def test_a_year_that_begins_a_markdown_line_is_no_list() -> None:
    assert words_of_markdown("1984. It was a year.") == "1984. It was a year."


def test_control_and_direction_characters_are_not_shown() -> None:
    assert clean("a\x1b[31m\u202eb\x00\n\tc\ud800") == "a[31mb c\ufffd"


@given(WORDS, WORDS, WORDS, st.integers(1, 300))
def test_an_excerpt_is_part_of_the_quote_and_within_its_limit(a: str, b: str, c: str, limit: int) -> None:
    text = a + b + c
    marked = replace(quote(text, text), highlight=b, highlight_span=(40 + len(a), 40 + len(a) + len(b)))
    shown = excerpt(marked, limit)
    assert shown.before + shown.highlight + shown.after in clean(text) or not clean(text)
    assert len(shown) <= limit + 2
