"""Tells Discord what the commands are called in each language."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.locales import COMMANDS


class Translator(app_commands.Translator):
    """Looks texts up in the catalogues; English serves every other language."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """The text in that locale, or None where it is not spoken."""
        return COMMANDS.get(locale.value.partition("-")[0], {}).get(string.message)
