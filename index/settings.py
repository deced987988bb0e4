"""What an operator can set for the search side; `.env.example` explains each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.errors import ConfigurationError


class IndexSettings(BaseSettings):
    """Read from the environment, then from `.env` in the working directory, when it is made."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    articles_dir: Path = Field(default=Path("seeds"), description="Folder with the articles, at any depth.")
    index_dir: Path = Field(default=Path("data/index"), description="Folder that Footnote keeps its index in.")
    embedding_model: str = Field(
        default="", description="A sentence-transformers name or path; empty: the packaged MiniLM."
    )
    engine: str = Field(default="embedded", description="Where the index lives: embedded (files in INDEX_DIR).")
    reader: str = Field(
        default="packaged", description="Reads the best passages: packaged, off (faster), or a name or path."
    )

    @field_validator("articles_dir", "index_dir")
    @classmethod
    def _at_home(cls, folder: Path) -> Path:
        """`~/articles` as a shell would read it: no shell expands what stands in `.env`."""
        return Path(os.path.expanduser(folder))


@contextmanager
def reading_env() -> Iterator[None]:
    """Around the making of settings: raises ConfigurationError for an `.env` that cannot be read."""
    try:
        yield
    except UnicodeDecodeError:
        raise ConfigurationError(".env", "it is not UTF-8 text. Save it as UTF-8.") from None
    except OSError as error:
        raise ConfigurationError(".env", f"it cannot be read: {error.strerror}.") from None
