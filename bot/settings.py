"""The bot's settings, from the environment and `.env`; the index has its own."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from index import IndexSettings
from index.errors import ConfigurationError
from index.settings import reading_env


class BotSettings(BaseSettings):
    """Every setting of `bot/`. Read at call time; importing reads nothing."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore")

    discord_token: SecretStr | None = None
    state_db: Path = Path("data/bot.sqlite3")
    log_level: str = "INFO"
    quotes_per_answer: int = Field(default=3, ge=1, le=5)
    message_content: bool = False
    questions_per_user: int = Field(default=20, ge=0, le=1000)
    questions_per_channel: int = Field(default=100, ge=0, le=10000)

    @field_validator("discord_token")
    @classmethod
    def _no_blank_token(cls, value: SecretStr | None) -> SecretStr | None:
        stripped = value.get_secret_value().strip() if value else ""
        return SecretStr(stripped) if stripped else None

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.upper() not in logging.getLevelNamesMapping():
            raise ValueError("write DEBUG, INFO, WARNING or ERROR")
        return value.upper()


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything `python -m bot` reads."""

    bot: BotSettings
    index: IndexSettings


def load() -> Settings:
    """Reads all settings. Raises ConfigurationError, naming the setting or the file but never a value."""
    try:
        with reading_env():
            return Settings(BotSettings(), IndexSettings())
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = "_".join(str(part) for part in first["loc"]).upper() or "settings"
        raise ConfigurationError(name, first["msg"].removeprefix("Value error, ")) from None
