"""`python -m docs.render_answer`: draws docs/answer.svg, what a terminal shows for real questions to the live index."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from bot.messages import TERMINAL_ENGLISH
from bot.replies import answer_reply
from bot.terminal_format import show
from index import IndexSettings, open_library

QUESTIONS = ("When did the Wendmouth Bridge open?", "Who won the football on Saturday?")
ASKED_AT = datetime(2026, 11, 22, 10, tzinfo=UTC)
"""The seeds' present; without it the picture would change with the calendar."""
_BLACK, _WHITE = (30, 31, 36), (224, 224, 224)
_RED, _GREEN, _YELLOW = (255, 120, 110), (120, 200, 120), (235, 190, 90)
_BLUE, _MAGENTA, _CYAN = (160, 205, 255), (200, 150, 240), (110, 210, 220)
_THEME = TerminalTheme(_BLACK, _WHITE, [_BLACK, _RED, _GREEN, _YELLOW, _BLUE, _MAGENTA, _CYAN, _WHITE])
_FONT = re.compile(r"@font-face \{.*?\n\s*\}\n", re.DOTALL)


def main() -> None:
    """Ask, show, and save what was shown."""
    library = open_library(IndexSettings.model_validate({}))
    console = Console(record=True, width=104, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    for question in QUESTIONS:
        console.print(Text(f"› {question}", "bold"))
        answer = library.ask(question, k=2, asked_at=ASKED_AT)
        show(console, answer_reply(answer, library.prove(answer.quotes), TERMINAL_ENGLISH))
    drawn = console.export_svg(title="Footnote", theme=_THEME, unique_id="answer")
    # No font from elsewhere: the reader's own monospace will do.
    Path(__file__).with_name("answer.svg").write_text(_FONT.sub("", drawn), "utf-8")


if __name__ == "__main__":
    main()
