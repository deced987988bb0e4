"""Hard negatives for the reader: `python -m index.reader.mining --rows FILE --index INDEX --out FILE`.

Every row's question is asked of an index over the rows' passages, without a reader. Of the best passages that
neither are the row's own nor hold its answer, some become unanswerable rows: what the reader has to tell apart when
it reads the candidates of a real question. With --right the passage of the index that holds the row's answer is written
too, so that right and wrong ones are cut alike.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from index.bootstrap import open_library
from index.evaluation import normalise
from index.models import NO_FILTERS
from index.retrieval import Candidate
from index.settings import IndexSettings

Row = dict[str, Any]

AMONG = 3
"""One of so many of the best other passages is taken; of two more for every further one."""


def main(
    rows: Annotated[Path, typer.Option(help='JSON lines {"question", "passage", "answers": [{"text"}]}.')],
    index: Annotated[Path, typer.Option(help="An index whose articles hold the rows' passages.")],
    out: Annotated[Path, typer.Option(help="File of rows to write.")],
    seed: int = 11,
    negatives: Annotated[int, typer.Option(help="Rows to write for a question, at most.")] = 1,
    right: Annotated[bool, typer.Option("--right", help="Write the passage that holds the answer, too.")] = False,
) -> None:
    """Write the rows of every question that has such passages."""
    rng = random.Random(seed)
    answerer = open_library(IndexSettings(index_dir=index, reader="off")).answerer()
    found: list[Row] = []
    with rows.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            own = normalise(row["passage"])
            answers = [f" {normalise(a['text'])} " for a in row.get("answers", ())]
            others, holding = [], None
            for candidate in answerer.candidates(row["question"], None, NO_FILTERS):
                text = normalise(candidate.passage.text)
                if text not in own and own not in text:
                    if not any(answer in f" {text} " for answer in answers):
                        others.append(candidate)
                elif not holding:
                    holding = _holding(row, candidate)
            if others:
                best = others[: AMONG + 2 * (negatives - 1)]
                found += [_row(row, c, ()) for c in rng.sample(best, min(negatives, len(best)))]
                if right:
                    found.append(holding or row)
    out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found), encoding="utf-8")
    print(f"{sum(not row['answerable'] for row in found)} hard negatives")


def _holding(row: Row, candidate: Candidate) -> Row | None:
    """The row over the candidate's passage, when that is a piece of the row's and holds its shortest answer."""
    text, offset = candidate.passage.text, row["passage"].find(candidate.passage.text)
    for answer in sorted(row.get("answers", ()), key=lambda a: len(a["text"])):
        start = answer.get("start", -1) - offset
        if offset >= 0 and start >= 0 and text[start : start + len(answer["text"])] == answer["text"]:
            return _row(row, candidate, [{"text": answer["text"], "start": start}])
    return None


def _row(row: Row, candidate: Candidate, answers: Sequence[Row]) -> Row:
    return {
        "source": row["source"] if answers else "mined_hard",
        "question": row["question"],
        "title": candidate.citation.title,
        "passage": candidate.passage.text,
        "answers": list(answers),
        "answerable": bool(answers),
    }


if __name__ == "__main__":
    typer.run(main)
