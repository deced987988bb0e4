"""The languages that the bot speaks: its sentences, and the names and descriptions of its commands."""

from __future__ import annotations

from collections.abc import Mapping

from bot.locales import de, es
from bot.messages import ENGLISH, Messages

CATALOGUES: Mapping[str, Messages] = {"en": ENGLISH, "de": de.GERMAN, "es": es.SPANISH}
COMMANDS: Mapping[str, Mapping[str, str]] = {"de": de.COMMANDS, "es": es.COMMANDS}
"""Language → English text of a command → that text in the language."""


def for_locale(locale: str) -> Messages:
    """The catalogue for a Discord locale such as `en-GB`; English where there is none."""
    return CATALOGUES.get(locale.partition("-")[0], ENGLISH)
