"""The README's picture shows what the bot's payloads say."""

from __future__ import annotations

from typing import Any

from docs.picture.render import message

ADA = {"id": "1", "username": "Ada"}


def drawn(*components: dict[str, Any], content: str = "") -> str:
    raw = {"author": ADA, "content": content, "components": list(components), "embeds": [], "mentions": [ADA]}
    return message({**raw, "timestamp": "2026-11-22T10:00:00+00:00"})


def text(content: str) -> dict[str, Any]:
    return {"type": 10, "content": content}


def test_a_quote_its_sentence_and_its_source_are_drawn_as_markdown_says() -> None:
    page = drawn(
        {
            "type": 17,
            "accent_color": 0x3BA55D,
            "components": [
                text(
                    "> **It opened.** Rain \\* fell.\n"
                    "-# [A title](https://a.example/#:~:text=It%20opened.) · <t:1684731600:D>"
                ),
                {"type": 1, "components": [{"type": 2, "label": "Helpful"}]},
            ],
        }
    )
    assert "<blockquote>\n<p><strong>It opened.</strong> Rain * fell.</p>\n</blockquote>" in page
    assert '<div class="small"><a href="https://a.example/#:~:text=It%20opened.">A title</a> · ' in page
    assert "<time>22 May 2023</time>" in page
    assert "--accent:#3ba55d" in page
    assert ">Helpful<" in page


def test_what_people_write_is_text_and_mentions_have_names() -> None:
    page = drawn(content="<@1> <script>alert(1)</script>")
    assert "<script>" not in page
    assert '<span class="mention">@Ada</span>' in page
