"""What the search side is told by its operator."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.settings import IndexSettings


def test_folders_may_stand_below_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/home/ada")
    monkeypatch.setenv("ARTICLES_DIR", "~/articles")
    monkeypatch.setenv("INDEX_DIR", "~nobody-of-that-name/index")
    settings = IndexSettings()
    assert settings.articles_dir == Path("/home/ada/articles")
    assert settings.index_dir == Path("~nobody-of-that-name/index")
