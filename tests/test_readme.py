"""What the pages tell a reader to click, type or paste must exist."""

from __future__ import annotations

import re
from pathlib import Path

import discord
import pytest

from bot.settings import BotSettings
from index import IndexSettings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_to_files_lead_somewhere(page: Path) -> None:
    targets = [target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8"))]
    assert [target for target in targets if "://" not in target and not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_name_targets_and_modules_that_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)(?=`|\s+#|$)", text, re.MULTILINE)) <= targets
    for module in re.findall(r"python -m ([\w.]+)", text):
        path = ROOT / module.replace(".", "/")
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), module


def test_the_architecture_names_rooms_that_exist() -> None:
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    names = set(re.findall(r"`(\w+\.py|\w+/)`", text))
    there = {path.name + "/" * path.is_dir() for package in ("bot", "index") for path in (ROOT / package).rglob("*")}
    assert names - {"bot/", "index/"} <= there


def test_the_invite_asks_for_the_permissions_that_are_named_and_no_others() -> None:
    named = discord.Permissions(
        view_channel=True, send_messages=True, send_messages_in_threads=True, read_message_history=True
    )
    invite = re.search(r"https://discord\.com/oauth2/authorize\?\S+", README)
    assert invite
    assert f"permissions={named.value}" in invite[0]
    assert "scope=bot+applications.commands" in invite[0]


def test_settings_that_are_named_exist() -> None:
    settings = {name.upper() for model in (BotSettings, IndexSettings) for name in model.model_fields}
    named = set(re.findall(r"\b([A-Z]+_[A-Z_]+)\b", README)) - {"APPLICATION_ID", "PIP_EXTRA_INDEX_URL"}
    assert named <= settings
