"""`.env.example` names every setting, explains it, and shows its true default."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings

from bot.settings import BotSettings
from index import IndexSettings

EXAMPLE = Path(__file__).parents[1] / ".env.example"
LINE = re.compile(r"(?:# )?([A-Z][A-Z0-9_]*)=(.*)")
MODELS: tuple[type[BaseSettings], ...] = (BotSettings, IndexSettings)
SETTINGS = sorted(name.upper() for model in MODELS for name in model.model_fields)


def entries() -> dict[str, str]:
    """Setting → the value shown, in the file's order."""
    found = [LINE.fullmatch(line) for line in EXAMPLE.read_text("utf-8").splitlines()]
    return {match[1]: match[2] for match in found if match}


def test_every_setting_is_shown_once_and_nothing_else_is() -> None:
    shown = [match[1] for match in map(LINE.fullmatch, EXAMPLE.read_text("utf-8").splitlines()) if match]
    assert sorted(shown) == SETTINGS


@pytest.mark.parametrize("model", MODELS)
def test_the_values_shown_are_the_defaults(
    model: type[BaseSettings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    shown = tmp_path / "shown.env"
    shown.write_text("\n".join(f"{name}={value}" for name, value in entries().items()), "utf-8")
    assert model(_env_file=shown) == model(_env_file=None)


@pytest.mark.parametrize("name", SETTINGS)
def test_each_setting_has_one_line_of_explanation_above_it(name: str) -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if re.match(rf"(# )?{name}=", line))
    assert re.fullmatch(r"# [A-Z].{10,110}\.", lines[at - 1])
    assert lines[at - 2] == ""


def test_only_the_token_is_left_for_the_operator_to_fill_in() -> None:
    live = [line for line in EXAMPLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert live == ["DISCORD_TOKEN="]
