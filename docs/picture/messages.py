"""`python -m docs.picture.messages`: real questions to the live index, and the bot's replies as Discord gets them.

Prints JSON: message objects as Discord's API would return them. `docs.picture.render` draws them.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import tempfile
from pathlib import Path
from typing import Any

from bot.discord_format import payload
from bot.readers import Reader
from bot.service import Service
from bot.state import State
from index import IndexSettings, open_library

QUESTIONS = ("When did the Wendmouth Bridge open?", "Who won the football on Saturday?")
ASKED = "2026-11-22T10:{:02}:00.000000+00:00"
_READER = {"id": "200000000000000001", "username": "Mara", "discriminator": "0", "avatar": None}
_BOT = {"id": "200000000000000002", "username": "Footnote", "discriminator": "0", "avatar": None, "bot": True}
_COMPONENTS_V2 = 1 << 15


async def replies() -> list[dict[str, Any]]:
    """Questions and replies, in turn."""
    drawn: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        state = State.open(Path(folder) / "state.sqlite3")
        service = Service(open_library(IndexSettings.model_validate({})), state)
        for minute, question in enumerate(QUESTIONS):
            reply = await service.ask(question, Reader(user_id=1))
            sent = payload(reply, show_heading=False)
            body: dict[str, Any] = {"content": sent.get("content", "")}
            if view := sent.get("view"):
                body |= {"components": view.to_components(), "flags": _COMPONENTS_V2}
            mention = {"content": f"<@{_BOT['id']}> {question}", "mentions": [_BOT]}
            asked = _message(2 * minute, _READER, mention, minute)
            answered = _message(2 * minute + 1, _BOT, body, minute)
            answered |= {"type": 19, "referenced_message": asked}
            answered["message_reference"] = {"message_id": asked["id"], "channel_id": asked["channel_id"]}
            drawn += [asked, answered]
        service.close()
    return drawn


def _message(number: int, author: dict[str, Any], body: dict[str, Any], minute: int) -> dict[str, Any]:
    lists = ("components", "embeds", "attachments", "mentions", "mention_roles")
    empty: dict[str, Any] = {"content": "", "flags": 0} | {name: [] for name in lists}
    return {
        **empty,
        "id": str(300000000000000000 + number),
        "channel_id": "100000000000000002",
        "author": author,
        "timestamp": ASKED.format(minute),
        "edited_timestamp": None,
        "type": 0,
        "tts": False,
        "mention_everyone": False,
        "pinned": False,
        **body,
    }


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    json.dump(asyncio.run(replies()), sys.stdout, indent=1)
