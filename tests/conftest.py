"""What every test stands on: no network, no settings from outside, the real model loaded once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"  # read when the library is imported

from index.embedders import SentenceTransformerEmbedder
from index.indexing import build
from index.settings import IndexSettings

ROOT = Path(__file__).parents[1]

hypothesis.settings.register_profile("footnote", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("footnote")


@pytest.fixture(scope="session", autouse=True)
def no_settings_from_outside() -> Iterator[None]:
    """Tests see every setting's default, whatever the environment of whoever runs them says."""
    with pytest.MonkeyPatch.context() as patch:
        for name in (*IndexSettings.model_fields, "discord_token", "state_db", "log_level"):
            patch.delenv(name.upper(), raising=False)
        yield


@pytest.fixture(scope="session")
def packaged_embedder() -> SentenceTransformerEmbedder:
    """The real, packaged model; loading it takes a second."""
    return SentenceTransformerEmbedder()


@pytest.fixture(scope="session")
def seeds_index(
    tmp_path_factory: pytest.TempPathFactory, packaged_embedder: SentenceTransformerEmbedder
) -> IndexSettings:
    """The shipped articles, indexed with the real model once; only read from it."""
    folders: dict[str, Any] = {"articles_dir": ROOT / "seeds", "index_dir": tmp_path_factory.mktemp("seeds") / "index"}
    settings = IndexSettings(**folders)
    build(settings.articles_dir, settings.index_dir, packaged_embedder)
    return settings
