"""Files → articles. One module a format; `read_folder` walks a folder and lets no bad file stop it.

Every reader has the same shape: `read(file, path)` yields `Article`s, and `Failure`s for single bad records.
It raises `UnreadableArticle` when the file as a whole is no use. To add a format, write its module and name
its suffixes in `READERS`.
"""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from index.errors import CorpusError, UnreadableArticle
from index.models import Article, Failure
from index.reading import html, jsonl, markdown, pdf, text

__all__ = ["READERS", "read_folder"]

Reader = Callable[[Path, str], Iterable[Article | Failure]]

READERS: MappingProxyType[str, Reader] = MappingProxyType(
    {
        ".txt": text.read,
        ".md": markdown.read,
        ".markdown": markdown.read,
        ".html": html.read,
        ".htm": html.read,
        ".pdf": pdf.read,
        ".jsonl": jsonl.read,
    }
)
"""Lower-case file suffix → reader."""

_SAVE = "Save as .txt, .md, .html or .pdf what is to be quoted."
_RECORDS = "Write one article a line into a .jsonl file."
_UNPACK = "Unpack what is to be quoted."
_OTHER_DOCUMENTS: MappingProxyType[str, str] = MappingProxyType(
    {
        **dict.fromkeys((".doc", ".docx", ".odt", ".rtf", ".pages", ".epub", ".mobi", ".mht", ".mhtml"), _SAVE),
        **dict.fromkeys((".json", ".ndjson"), _RECORDS),
        **dict.fromkeys((".gz", ".zip", ".tar", ".tgz", ".bz2", ".xz", ".7z"), _UNPACK),
    }
)
"""Suffixes of files that likely hold articles and that no reader takes, and what to do with them."""

_log = logging.getLogger(__name__)


def read_folder(folder: Path, *, on_progress: Callable[[int, int], None] | None = None) -> Iterator[Article | Failure]:
    """Read every article below `folder`, files ordered by path, records in the order of their lines.

    Hidden files and folders, other suffixes and links that lead back to a folder above are passed over. A file
    or record that cannot be read, and the later of two articles with one id, comes as a `Failure`, and so does
    each kind of document that no reader takes.

    `on_progress(done, total)` counts files. Raises `CorpusError` at once when `folder` is no readable folder.
    """
    if not folder.exists():
        raise CorpusError(folder, "there is no such folder. Create it and put articles in it, or set ARTICLES_DIR.")
    if not folder.is_dir():
        raise CorpusError(folder, "this is a file. Set ARTICLES_DIR to the folder that holds the articles.")
    return _read_all(folder, on_progress or (lambda done, total: None))


def _read_all(folder: Path, on_progress: Callable[[int, int], None]) -> Iterator[Article | Failure]:
    files, failures = _find(folder)
    yield from failures
    seen: dict[str, str] = {}
    on_progress(0, len(files))
    for done, path in enumerate(files, 1):
        for outcome in _read_file(folder / path, path):
            if isinstance(outcome, Failure):
                yield outcome
            elif outcome.id in seen:
                where = "earlier in this file" if seen[outcome.id] == path else f"in {seen[outcome.id]}"
                yield Failure(path, f"the id {outcome.id!r} is already used {where}. Give this article another id.")
            else:
                seen[outcome.id] = path
                yield outcome
        on_progress(done, len(files))


def _read_file(file: Path, path: str) -> Iterator[Article | Failure]:
    """All that `file` holds; whatever goes wrong becomes a `Failure`."""
    try:
        yield from READERS[file.suffix.lower()](file, path)
    except UnreadableArticle as error:
        yield Failure(error.path, error.reason)
    except FileNotFoundError:
        yield Failure(path, "the file is gone, or it is a link to nothing. Restore it or remove the link.")
    except PermissionError:
        yield Failure(path, "permission denied. Make the file readable for the account that runs Footnote.")
    except OSError as error:
        yield Failure(path, f"the disk could not deliver it ({error.strerror or error}). Check the disk and try again.")
    except Exception as error:  # a parser met something its authors did not expect; the other files must still be read
        _log.exception("Reading %s failed", path)
        yield Failure(
            path,
            f"it could not be read ({type(error).__name__}) and may be damaged. Save it anew or remove it.",
        )


def _find(folder: Path) -> tuple[list[str], list[Failure]]:
    """The POSIX paths below `folder` that a reader takes, sorted; and a failure for each that cannot be had."""
    files: list[str] = []
    failures: list[Failure] = []
    others: Counter[str] = Counter()
    pending: list[tuple[PurePosixPath, frozenset[tuple[int, int]]]] = [(PurePosixPath(), frozenset())]
    while pending:
        below, above = pending.pop()
        try:
            here = (folder / below).stat()
            if (here.st_dev, here.st_ino) in above:  # a link that leads back up
                continue
            entries = list(os.scandir(folder / below))
        except OSError:
            failures.append(Failure(str(below), "the folder cannot be opened. Make it readable for Footnote."))
            continue
        for entry in entries:
            path = below / entry.name
            if entry.name.startswith("."):
                continue
            if os.path.isdir(entry.path):
                pending.append((path, above | {(here.st_dev, here.st_ino)}))
            elif path.suffix.lower() not in READERS or not (os.path.isfile(entry.path) or _leads_nowhere(entry)):
                # another kind of file, or a pipe or device that would never end
                if path.suffix.lower() in _OTHER_DOCUMENTS and os.path.isfile(entry.path):
                    others[path.suffix.lower()] += 1
            elif _printable(str(path)):
                files.append(str(path))
            else:
                failures.append(Failure(ascii(str(path)), "the file's name is not valid Unicode. Rename the file."))
    for suffix, number in others.items():
        which = f"{number} {suffix} {'file' if number == 1 else 'files'}"
        failures.append(Failure(which, f"this kind of file is not read. {_OTHER_DOCUMENTS[suffix]}"))
    return sorted(files), sorted(failures, key=lambda failure: failure.path)


def _leads_nowhere(entry: os.DirEntry[str]) -> bool:
    return entry.is_symlink() and not os.path.exists(entry.path)


def _printable(path: str) -> bool:
    """False for a name whose bytes are no UTF-8: it could not be stored as an id."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
