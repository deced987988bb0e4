"""Hard negatives for the reader: `python -m index.reader.mining --rows FILE --index INDEX --out FILE`.

Every row's question is asked of an index over the rows' passages, without a reader. One of the best passages that
neither is the row's own nor holds its answer becomes an unanswerable row: what the reader has to tell apart when it
reads the candidates of a real question.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Annotated

import typer

from index.bootstrap import open_library
from index.evaluation import normalise
from index.models import NO_FILTERS
from index.settings import IndexSettings

AMONG = 3
"""One of so many of the best other passages is taken."""


def main(
    rows: Annotated[Path, typer.Option(help='JSON lines {"question", "passage", "answers": [{"text"}]}.')],
    index: Annotated[Path, typer.Option(help="An index whose articles hold the rows' passages.")],
    out: Annotated[Path, typer.Option(help="File of rows to write.")],
    seed: int = 11,
) -> None:
    """Write a row for every question that has such a passage."""
    rng = random.Random(seed)
    answerer = open_library(IndexSettings(index_dir=index, reader="off")).answerer()
    found = []
    with rows.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            own = normalise(row["passage"])
            answers = [f" {normalise(a['text'])} " for a in row.get("answers", ())]
            others = []
            for candidate in answerer.candidates(row["question"], None, NO_FILTERS):
                text = normalise(candidate.passage.text)
                if text not in own and own not in text and not any(answer in f" {text} " for answer in answers):
                    others.append(candidate)
            if others:
                best = rng.choice(others[:AMONG])
                found.append(
                    {
                        "source": "mined_hard",
                        "question": row["question"],
                        "title": best.citation.title,
                        "passage": best.passage.text,
                        "answers": [],
                        "answerable": False,
                    }
                )
    out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found), encoding="utf-8")
    print(f"{len(found)} hard negatives")


if __name__ == "__main__":
    typer.run(main)
