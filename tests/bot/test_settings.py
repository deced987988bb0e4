"""Settings, and a wrong one told in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import settings
from index.errors import ConfigurationError


@pytest.fixture(autouse=True)
def _bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("DISCORD_TOKEN", "STATE_DB", "LOG_LEVEL", "QUOTES_PER_ANSWER", "INDEX_DIR"):
        monkeypatch.delenv(name, raising=False)


def test_nothing_needs_to_be_set() -> None:
    chosen = settings.load()
    assert chosen.bot.discord_token is None
    assert chosen.bot.state_db == Path("data/bot.sqlite3")


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_token_is_no_token(blank: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", blank)
    assert settings.load().bot.discord_token is None


def test_the_token_is_read_from_the_env_file_and_never_printed(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DISCORD_TOKEN= secret \nUNKNOWN=1\n", "utf-8")
    chosen = settings.load()
    assert chosen.bot.discord_token
    assert chosen.bot.discord_token.get_secret_value() == "secret"
    assert "secret" not in repr(chosen)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOG_LEVEL", "LOUD"),
        ("QUOTES_PER_ANSWER", "9"),
        ("QUOTES_PER_ANSWER", "x"),
        ("MESSAGE_CONTENT", "perhaps"),
        ("QUESTIONS_PER_USER", "-1"),
        ("QUESTIONS_PER_CHANNEL", "many"),
    ],
)
def test_a_wrong_value_is_named_by_its_setting(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=name) as caught:
        settings.load()
    assert "\n" not in str(caught.value)


def test_an_env_file_in_another_encoding_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DISCORD_TOKEN=secret\n", "utf-16")
    with pytest.raises(ConfigurationError, match=r"\.env: .*UTF-8") as caught:
        settings.load()
    assert "secret" not in str(caught.value)


def test_an_env_file_that_cannot_be_read_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").touch()

    def refuse(*_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(settings, "IndexSettings", refuse)
    with pytest.raises(ConfigurationError, match=r"\.env: .*Permission denied"):
        settings.load()
