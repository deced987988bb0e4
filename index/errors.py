"""Everything that can go wrong on purpose.

FootnoteError
 ├── ConfigurationError        a setting is wrong; says which and what to write instead
 ├── CorpusError               the articles folder is missing, or holds nothing that can be served
 ├── UnreadableArticle         one file or record cannot be read; a build skips and reports it
 ├── ArticleNotFound           no article has this id
 ├── IndexMissing              nothing was built yet
 ├── IndexCorrupt              the live version is damaged or of another format
 ├── BuildInProgress           another process is building this index
 ├── BuildFailed               a build could not finish (disk full, …); the live version is untouched
 ├── EmbedderUnavailable       the embedding model cannot be loaded
 ├── ReaderUnavailable         the reader model cannot be loaded
 └── QuoteMismatch             a quote differs from the stored article; it must not be shown

`str(error)` is one calm sentence for a person; the attributes carry the data.
"""

from __future__ import annotations

from pathlib import Path


class FootnoteError(Exception):
    """Base of every error that Footnote raises on purpose."""


class ConfigurationError(FootnoteError):
    """A setting has a value that cannot work."""

    def __init__(self, setting: str, problem: str) -> None:
        super().__init__(f"{setting}: {problem}")
        self.setting, self.problem = setting, problem


class CorpusError(FootnoteError):
    """The articles folder cannot be served from."""

    def __init__(self, folder: Path, problem: str) -> None:
        super().__init__(f"{folder}: {problem}")
        self.folder, self.problem = folder, problem


class UnreadableArticle(FootnoteError):
    """One article cannot be read. `path` is relative to the articles folder (`file.jsonl:12` for a record)."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


class ArticleNotFound(FootnoteError):
    """No stored article has this id."""

    def __init__(self, article_id: str) -> None:
        super().__init__(f"There is no article with the id {article_id!r}.")
        self.article_id = article_id


class IndexMissing(FootnoteError):
    """There is no index to answer from."""

    def __init__(self, index_dir: Path) -> None:
        super().__init__(f"There is no index in {index_dir} yet. Build it with: python -m index build")
        self.index_dir = index_dir


class IndexCorrupt(FootnoteError):
    """The stored index cannot be used."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"The index at {path} cannot be used ({problem}). Rebuild it with: python -m index build")
        self.path, self.problem = path, problem


class BuildInProgress(FootnoteError):
    """Another process holds the build lock."""

    def __init__(self, index_dir: Path) -> None:
        super().__init__(f"Another build of {index_dir} is running. Wait until it ends, then try again.")
        self.index_dir = index_dir


class BuildFailed(FootnoteError):
    """A build could not finish; the version that was live before still is."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"The build did not finish: {problem}. The previous index is untouched.")
        self.problem = problem


class EmbedderUnavailable(FootnoteError):
    """The embedding model cannot be loaded."""

    def __init__(self, model: str, problem: str) -> None:
        super().__init__(f"The embedding model {model!r} cannot be loaded: {problem}")
        self.model, self.problem = model, problem


class ReaderUnavailable(FootnoteError):
    """The reader model cannot be loaded."""

    def __init__(self, model: str, problem: str) -> None:
        super().__init__(f"The reader {model!r} cannot be loaded: {problem}")
        self.model, self.problem = model, problem


class QuoteMismatch(FootnoteError):
    """A quote is not what the stored article says at its offsets."""

    def __init__(self, article_id: str, start: int, end: int) -> None:
        super().__init__(f"The quote {start}:{end} differs from the stored article {article_id!r}.")
        self.article_id, self.start, self.end = article_id, start, end
