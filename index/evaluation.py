"""Quality on labelled questions, over the same code path as the bot's."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from index.errors import ConfigurationError
from index.library import Library
from index.models import Answer, Filters, Quote

DEPTH = 10
"""Quotes looked at for each question."""


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question with its answer strings and the articles that answer (or, unanswerable, look as if they did)."""

    id: str
    question: str
    answers: tuple[str, ...]
    answerable: bool
    relevant: tuple[tuple[str, int, int], ...]
    """(article id, start, end); 0, 0 when no span is given."""
    asked_at: datetime | None = None

    @property
    def articles(self) -> frozenset[str]:
        """Ids of the relevant articles."""
        return frozenset(article for article, _, _ in self.relevant)

    def holds(self, text: str) -> bool:
        """Whether one of the answers stands in `text` as whole words, without regard to case, articles, punctuation."""
        plain = f" {normalise(text)} "
        return any(f" {normalise(a)} " in plain for a in self.answers if normalise(a))


def read_questions(path: Path) -> list[LabelledQuestion]:
    """Read a JSONL file of labelled questions. Raises ConfigurationError naming the bad line."""
    try:
        lines = path.read_text("utf-8").split("\n")  # not splitlines: U+2028 may stand inside a record
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise ConfigurationError("--queries", f"{path} cannot be read: {reason}.") from error
    return [_question(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def spread(questions: Sequence[LabelledQuestion], count: int) -> list[LabelledQuestion]:
    """`count` of the questions at even distances, so that every part of a sorted file is heard; 0 means all."""
    step = max(1.0, len(questions) / count) if count else 1.0
    return [questions[int(i * step)] for i in range(min(count or len(questions), len(questions)))]


def _question(path: Path, number: int, line: str) -> LabelledQuestion:
    try:
        r = json.loads(line)
        relevant = tuple((a["article_id"], a.get("start", 0), a.get("end", 0)) for a in r.get("relevant", ()))
        asked_at = datetime.fromisoformat(r["asked_at"]) if r.get("asked_at") else None
        answers = tuple(a for a in r.get("answers", ()) if a)
        return LabelledQuestion(str(r["id"]), r["question"], answers, bool(r["answerable"]), relevant, asked_at)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(
            "--queries", f"{path}, line {number}, is not a labelled question ({error!r})."
        ) from error


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer against its label. Booleans are None where they do not apply."""

    question: LabelledQuestion
    answer: Answer

    @property
    def rank(self) -> int:
        """1-based rank of the first quote from a relevant article, 0 when there is none."""
        ranks = (i for i, q in enumerate(self.answer.quotes, 1) if q.citation.id in self.question.articles)
        return next(ranks, 0)

    def in_quote(self, first: int = 1, *, title: bool = False) -> bool:
        """Whether an answer stands in one of the first quotes (or, if wanted, in its article's title)."""
        quotes = self.answer.quotes[:first]
        return any(self.question.holds(q.text) or (title and self.question.holds(q.citation.title)) for q in quotes)

    def in_highlight(self) -> bool:
        """Whether an answer stands in the marked sentence of the first quote."""
        return any(self.question.holds(q.highlight) for q in self.answer.quotes[:1])

    def on_span(self) -> bool:
        """Whether the first quote overlaps a relevant span."""
        return any(_overlaps(q, self.question) for q in self.answer.quotes[:1])


def judge(library: Library, questions: Iterable[LabelledQuestion], *, leave_out: bool = False) -> list[Judged]:
    """Ask every question. `leave_out` hides each question's relevant articles, so that none can be answered.

    With `leave_out` the library must be open (`Library.warm`). No article has an empty id: ("",) leaves none over.
    """
    ids = {c.id for c in library.catalogue()} if leave_out else set()
    judged = []
    for q in questions:
        hidden = Filters(article_ids=tuple(ids - q.articles) or ("",)) if leave_out else Filters()
        answer = library.ask(q.question, k=DEPTH, asked_at=q.asked_at, filters=hidden, always_quote=True)
        judged.append(Judged(q, answer))
    return judged


def figures(judged: Sequence[Judged], left_out: Sequence[Judged] = ()) -> dict[str, float | int]:
    """All figures by name; those with nothing to count are left out.

    `article@1`, `MRR@10`, `all articles@10`: over answerable questions. `first quote`, `first three`, `seen`
    (quote or title), `highlight` (where the first quote holds the answer): an answer string is there.
    `on span`: the first quote overlaps a labelled span. `AUROC`: answerable against not, by confidence;
    `AUROC left out` against the same questions with their articles hidden. `answered`, `refused`: shares right at the
    shipped threshold.
    """
    can = [j for j in judged if j.question.answerable]
    cannot = [j for j in judged if not j.question.answerable]
    found: dict[str, float | int] = {"questions": len(judged), "answerable": len(can)}
    worded = [j for j in can if j.question.answers]
    if can:
        found["article@1"] = _mean(j.rank == 1 for j in can)
        found["MRR@10"] = _mean(1 / j.rank if j.rank else 0.0 for j in can)
        found["all articles@10"] = _mean(j.question.articles <= {q.citation.id for q in j.answer.quotes} for j in can)
        found["on span"] = _mean(j.on_span() for j in can)
    if worded:
        found["first quote"] = _mean(j.in_quote() for j in worded)
        found["first three"] = _mean(j.in_quote(3) for j in worded)
        found["seen first"] = _mean(j.in_quote(title=True) for j in worded)
        found["seen in three"] = _mean(j.in_quote(3, title=True) for j in worded)
        if held := [j for j in worded if j.in_quote()]:
            found["highlight"] = _mean(j.in_highlight() for j in held)
    if can and cannot:
        found["AUROC"] = auroc([j.answer.confidence for j in can], [j.answer.confidence for j in cannot])
    if can and left_out:
        found["AUROC left out"] = auroc([j.answer.confidence for j in can], [j.answer.confidence for j in left_out])
    if can:
        found["answered"] = _mean(j.answer.answerable for j in can)
    if cannot:
        found["refused"] = _mean(not j.answer.answerable for j in cannot)
    found["p50 ms"] = round(sorted(j.answer.elapsed_ms for j in judged)[len(judged) // 2], 1) if judged else 0.0
    return {name: round(value, 4) for name, value in found.items()}


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Probability that a random positive scores above a random negative, ties count half (Mann–Whitney U)."""
    scores = sorted([(s, 1) for s in positive] + [(s, 0) for s in negative])
    rank_sum, i = 0.0, 0
    while i < len(scores):
        j = i
        while j < len(scores) and scores[j][0] == scores[i][0]:
            j += 1
        rank_sum += sum(label for _, label in scores[i:j]) * (i + j + 1) / 2
        i = j
    n = len(positive)
    return (rank_sum - n * (n + 1) / 2) / (n * len(negative))


def normalise(text: str) -> str:
    """SQuAD's answer normalisation (Rajpurkar et al. 2016): lower case, no articles, no punctuation, single spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(c if c.isalnum() else " " for c in folded)
    return " ".join(re.sub(r"\b(?:a|an|the)\b", " ", kept).split())


def _overlaps(quote: Quote, question: LabelledQuestion) -> bool:
    return any(
        quote.citation.id == article and (end == 0 or (quote.start < end and start < quote.end))
        for article, start, end in question.relevant
    )


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)
