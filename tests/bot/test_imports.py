"""Which rooms may know which: the terminal never loads Discord, and importing does nothing."""

from __future__ import annotations

import subprocess
import sys


def loaded_by(*modules: str) -> set[str]:
    """The modules in a fresh interpreter after importing these."""
    code = f"import sys, {', '.join(modules)}; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    return set(done.stdout.split())


def test_the_terminal_loads_no_discord() -> None:
    assert "discord" not in loaded_by("bot.__main__", "bot.console", "bot.terminal_format", "bot.rebuild")


def test_importing_the_bot_loads_nothing_heavy() -> None:
    heavy = {"torch", "transformers", "sentence_transformers", "trafilatura", "prompt_toolkit"}
    assert not heavy & loaded_by("bot.__main__", "bot.client")
