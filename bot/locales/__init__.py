"""The languages that the bot speaks: its sentences, and the names and descriptions of its commands."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages import ENGLISH, Messages

CATALOGUES: Mapping[str, Messages] = {"en": ENGLISH}


def for_locale(locale: str) -> Messages:
    """The catalogue for a Discord locale such as `en-GB`; English where there is none."""
    return CATALOGUES.get(locale) or CATALOGUES.get(locale.partition("-")[0]) or ENGLISH
