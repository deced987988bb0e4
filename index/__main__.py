"""`python -m index`: build, ask, evaluate. The machine interface; its output formats are stable."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from index.errors import ConfigurationError, FootnoteError
from index.models import Answer
from index.settings import IndexSettings, reading_env

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Index articles and ask them questions.")

Articles = Annotated[Path | None, typer.Option("--articles", help="Folder with the articles (default: ARTICLES_DIR).")]
Index = Annotated[Path | None, typer.Option("--index", help="Folder of the index (default: INDEX_DIR).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


@app.command()
def build(
    articles: Articles = None,
    index: Index = None,
    as_json: AsJson = False,
    events: Annotated[bool, typer.Option(help="Print progress and the report as JSON lines, at low priority.")] = False,
    or_keep: Annotated[bool, typer.Option(help="Exit 0 when the build fails and an older index can serve.")] = False,
) -> None:
    """Build the index, or bring it up to date. Fails only when nothing could be served."""
    from index.bootstrap import build_index
    from index.terminal import print_report, progress_bars

    with _failing(as_events=events):
        settings = _settings(articles, index)
    if events:
        os.nice(10)  # readers' questions go first
        with _failing(as_events=True):
            report = build_index(settings, on_progress=_print_progress)
            _print_json({"event": "report", **asdict(report)})
        return
    with _keeping(settings) if or_keep else nullcontext(), _failing():
        with progress_bars() as on_progress:
            report = build_index(settings, on_progress=on_progress)
        _print_json(asdict(report)) if as_json else print_report(report)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question; leave it out with --batch.")] = "",
    batch: Annotated[Path | None, typer.Option(help='JSON lines {"id","question","asked_at"?}; - for stdin.')] = None,
    k: Annotated[int, typer.Option("--k", min=1, max=100, help="Quotes at most.")] = 3,
    asked_at: Annotated[str, typer.Option("--asked-at", help="When it was asked (ISO 8601); default: now.")] = "",
    always_quote: Annotated[bool, typer.Option("--always-quote", help="Quote also what does not answer.")] = False,
    as_json: AsJson = False,
    index: Index = None,
) -> None:
    """Answer a question, or a file of them, from the index."""
    from index.bootstrap import open_library
    from index.terminal import print_answer

    with _failing():
        if bool(question) == bool(batch):
            raise ConfigurationError("ask", 'give either a question or --batch FILE.jsonl, for example: ask "Who won?"')
        default = _moment("--asked-at", asked_at)
        library = open_library(_settings(None, index))
        library.warm()  # so that elapsed_ms is the answer's own
        if batch:
            for question_id, text, moment in _records(batch):
                answer = library.ask(text, k=k, asked_at=moment or default, always_quote=always_quote)
                _print_json(answer_record(answer, question_id))
            return
        answer = library.ask(question, k=k, asked_at=default, always_quote=always_quote)
        _print_json(answer_record(answer)) if as_json else print_answer(answer)


@app.command()
def evaluate(
    queries: Annotated[Path, typer.Option(help="Labelled questions, JSON lines.")],
    articles: Articles = None,
    index: Index = None,
    leave_out: Annotated[bool, typer.Option(help="Also ask with each question's articles hidden.")] = False,
    limit: Annotated[int, typer.Option(help="Ask only N questions, spread evenly over the file; 0: all.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Quality figures on labelled questions. With --articles the index is brought up to date first."""
    from index.bootstrap import build_index, open_library
    from index.evaluation import figures, judge, read_questions, spread
    from index.terminal import print_figures, progress_bars

    with _failing():
        settings = _settings(articles, index)
        questions = spread(read_questions(queries), limit)
        if articles:
            with progress_bars() as on_progress:
                build_index(settings, on_progress=on_progress)
        library = open_library(settings)
        library.warm()
        left_out = judge(library, [q for q in questions if q.answerable], leave_out=True) if leave_out else []
        found = figures(judge(library, questions), left_out)
    _print_json(found) if as_json else print_figures(found)


@app.command()
def calibrate(
    queries: Annotated[
        list[Path], typer.Option(help="Labelled questions, JSON lines, none that you report on. Repeat for more.")
    ],
    out: Annotated[Path | None, typer.Option(help="Calibration file to update (default: the packaged one).")] = None,
    threshold: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, help="Confidence from which on to answer (default: as it is).")
    ] = None,
    confidence_only: Annotated[bool, typer.Option("--confidence-only", help="Leave the ranking as it is.")] = False,
    index: Annotated[
        list[Path] | None, typer.Option(help="Folder of the index (default: INDEX_DIR): one for all sets, or one each.")
    ] = None,
) -> None:
    """Refit ranking and confidence on labelled questions, for the READER that is set. Every set weighs the same."""
    from index.bootstrap import open_library, open_reader
    from index.calibration import PACKAGED, Calibration
    from index.evaluation import read_questions
    from index.fitting import Group, collect, fit_confidence, fit_ranking, reliability, save
    from index.terminal import print_reliability

    with _failing():
        folders: list[Path | None] = [*index] if index else [None]
        if len(folders) not in (1, len(queries)):
            counts = f"{len(folders)} folders for {len(queries)} sets of questions"
            raise ConfigurationError("--index", f"{counts}. Give one for all, or one each.")
        sets: list[list[Group]] = []
        left_out: list[Group] = []
        asked = [read_questions(file) for file in queries]
        for number, questions in enumerate(asked):
            settings = _settings(None, folders[number % len(folders)])
            answerer = open_library(settings).answerer()
            sets.append(collect(answerer, questions))
            if not any(g.answers.any() for g in sets[-1]):
                raise ConfigurationError("--queries", f"no question of {queries[number]} is answered by this index.")
            left_out += collect(answerer, [q for q in questions if q.answerable][::2], leave_out=True)
        ranking = dict(answerer.read.ranking)
        if not confidence_only:
            ranking = fit_ranking([group for groups in sets for group in groups], ranking)
        confidence, probabilities, truths = fit_confidence(sets, left_out, ranking)
        fitted = Calibration(ranking, confidence, answerer.read.threshold if threshold is None else threshold)
        save(out or PACKAGED, fitted, reader=open_reader(settings) is not None)
    print_reliability(reliability(probabilities, truths))


def answer_record(answer: Answer, question_id: object = None) -> dict[str, Any]:
    """The machine interface's form of an answer: DESIGN's batch line."""
    return {
        "id": question_id,
        "answerable": answer.answerable,
        "confidence": round(answer.confidence, 4),
        "quotes": [
            {
                "text": q.text,
                "highlight": q.highlight,
                "article": asdict(q.citation),
                "start": q.start,
                "end": q.end,
                "score": q.score,
            }
            for q in answer.quotes
        ],
        "closest": [{"id": c.id, "title": c.title, "url": c.url} for c in answer.closest],
        "elapsed_ms": answer.elapsed_ms,
    }


def _settings(articles: Path | None, index: Path | None) -> IndexSettings:
    """The environment's settings with the command line's on top. Raises ConfigurationError."""
    given = {"articles_dir": articles, "index_dir": index}
    with reading_env():
        return IndexSettings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]


def _records(path: Path) -> Iterator[tuple[object, str, datetime | None]]:
    """(id, question, asked at) of every line. Raises ConfigurationError naming the bad one."""
    try:
        lines = sys.stdin.buffer if str(path) == "-" else path.open("rb")
    except OSError as error:
        raise ConfigurationError("--batch", f"{path} cannot be read: {error.strerror}.") from error
    with lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
                found = record["id"], record["question"], record.get("asked_at")
                if not isinstance(found[1], str):
                    raise TypeError("the question is not text")
            except (ValueError, KeyError, TypeError) as error:
                problem = f'{path}, line {number}, is not {{"id": …, "question": "…"}} ({error!r}).'
                raise ConfigurationError("--batch", problem) from error
            yield found[0], found[1], _moment(f"--batch {path}, line {number}", found[2])


def _moment(where: str, text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None  # type: ignore[arg-type]
    except (ValueError, TypeError) as error:
        raise ConfigurationError(where, f"{text!r} is not an ISO 8601 time such as 2026-11-22T09:30:00.") from error


def _print_json(value: object) -> None:
    """One line of ASCII: it survives every encoding, and readers that take U+2028 for the end of a line."""
    print(json.dumps(value), flush=True)


def _print_progress(stage: str, done: int, total: int) -> None:
    _print_json({"event": "progress", "stage": stage, "done": done, "total": total})


@contextmanager
def _failing(*, as_events: bool = False) -> Iterator[None]:
    """Turn what went wrong on purpose into one sentence and exit code 1."""
    try:
        yield
    except FootnoteError as error:
        if as_events:
            _print_json({"event": "error", "message": str(error)})
        else:
            print(error, file=sys.stderr)
        logging.getLogger("index").debug("The command failed", exc_info=True)
        raise typer.Exit(1) from error


@contextmanager
def _keeping(settings: IndexSettings) -> Iterator[None]:
    """Lets a failure pass when the index as it was can go on serving."""
    from index.versions import live

    try:
        yield
    except typer.Exit as failed:
        try:
            live(settings.index_dir)
        except FootnoteError:
            raise failed from None
        print("Questions are answered from the index as it was.", file=sys.stderr)


def _log_level() -> str:
    """LOG_LEVEL, or WARNING when it is not set or blank. Raises ConfigurationError."""
    level = os.environ.get("LOG_LEVEL", "").strip().upper() or "WARNING"
    if level not in logging.getLevelNamesMapping():
        raise ConfigurationError("LOG_LEVEL", "write DEBUG, INFO, WARNING or ERROR.")
    return level


if __name__ == "__main__":
    try:
        logging.basicConfig(level=_log_level(), format="%(levelname)s %(name)s: %(message)s")
    except ConfigurationError as wrong:
        sys.exit(str(wrong))
    app()
