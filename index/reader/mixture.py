"""What the packaged reader is trained on: `python -m index.reader.mixture --rows FILE … --out FILE --held-out FILE`.

Rows of question sets become one shuffled file of examples for `index.reader.training`: each set as often as it is
worth, passages cut to the length of Footnote's own, questions that people could have asked in vain added by rule
(`unanswerable`), and one passage in sixteen held out, with all its questions, for calibration and for figures.
A row cut out of a longer passage names that as its "origin", and is held out with it. Rows of stories are whole
passages already, and their stories say themselves what they are for.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote

import typer

from index.reader.unanswerable import unanswerable

Row = dict[str, Any]

LENGTHS = (45, 65, 95)  # words of a passage, about; shorter ones train faster
MAX_WORDS, MIN_WORDS = 330, 25
HELD_OUT_TITLES = frozenset({"Normans", "1973 oil crisis"})  # whole articles of the human-written unanswerable rows
TURNED = frozenset({"squadshifts_newwiki", "squad1_train", "nq_dev_litm", "quoref", "squad2"})

# How often a set's answerable rows are shown, and its unanswerable ones by how they came about; a fraction is a sample.
ANSWERABLE = {
    "story": 1.0, "written": 1.0,
    "squad2": 4.0, "squad1_train": 2.0, "squadshifts_newwiki": 2.0, "nq_dev_litm": 2.0, "nq_dev_qed": 2.0,
    "quoref": 1.5, "timeqa_human_train": 2.0, "qamr_wikinews": 0.7, "qamr_wikipedia": 0.3, "squadshifts_reddit": 0.25,
    "squadshifts_amazon": 0.2, "fairytaleqa": 0.25, "selqa": 0.8,
}  # fmt: skip
UNANSWERABLE = {
    "story": 1.0, "written": 1.0, "squad2": 4.0, "timeqa_unanswerable": 2.0, "timeqa_other_period": 2.0,
    "selqa_same_section": 0.8, "mined_lexical": 0.15, "mined_hard": 1.0,
}  # fmt: skip
TURNED_SHARE = 0.6


def main(
    rows: Annotated[list[Path], typer.Option(help="JSON lines of rows, may be gzipped; repeatable.")],
    out: Annotated[Path, typer.Option(help="File of examples to write.")],
    held_out: Annotated[Path, typer.Option(help="File for the rows of the passages held out.")],
    whole: Annotated[str, typer.Option(help="The source that is kept whole, whatever --others says.")] = "written",
    others: Annotated[float, typer.Option(help="Share to keep of the examples of other sources.")] = 1.0,
    seed: int = 20261123,
) -> None:
    """Mix the rows, once, in an order fixed by the seed."""
    rng = random.Random(seed)
    kept: list[Row] = []
    held: list[Row] = []
    for row in usable(rows):
        (held if is_held_out(row) else kept).append(row)
    questions_held = {row["question"] for row in held}
    kept = [row for row in kept if row["question"] not in questions_held]
    mixed = [_trimmed(row, rng) for row in _weighted(kept, rng)]
    mixed += _turned(kept, rng)
    mixed = [row for row in mixed if row["source"] == whole or others == 1.0 or rng.random() < others]
    rng.shuffle(mixed)
    _write(out, mixed)
    _write(held_out, held)
    for (source, answerable), count in sorted(Counter((r["source"], r["answerable"]) for r in mixed).items()):
        print(f"{source:24} {'answerable' if answerable else 'unanswerable':13} {count:6}")
    print(f"{len(mixed)} examples; {len(held)} rows held out")


def usable(paths: Sequence[Path]) -> Iterator[Row]:
    """The rows of the files whose passage and answer have a fit length, their titles and sources in one form."""
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                words = len(row["passage"].split())
                if not MIN_WORDS <= words <= MAX_WORDS:
                    continue
                if row["answerable"] and min((len(a["text"]) for a in row["answers"]), default=999) > 200:
                    continue
                row["title"] = unquote(row.get("title") or "").replace("_", " ")
                if row["source"].startswith("squad2"):
                    row["source"] = "squad2"
                yield row


def is_held_out(row: Row) -> bool:
    """Whether nothing may be trained on the row's passage: calibration and figures use it."""
    if row["source"] == "story":
        return False
    if row["source"] == "squad2":
        return row["title"] in HELD_OUT_TITLES
    origin: str = row.get("origin") or row["passage"]
    return hashlib.sha256(origin[:200].encode()).digest()[0] < 16


def _weighted(rows: Sequence[Row], rng: random.Random) -> Iterator[Row]:
    for row in rows:
        if row["answerable"]:
            share = ANSWERABLE.get(row["source"], 0.0)
        else:
            kind = row["source"] if row["source"] == "squad2" else row.get("neg") or row["source"]
            share = UNANSWERABLE.get(kind, 0.0)
        whole = int(share)
        for _ in range(whole + (rng.random() < share - whole)):
            yield row


def _turned(rows: Sequence[Row], rng: random.Random) -> Iterator[Row]:
    """Rows whose question was turned so that their passage no longer answers it."""
    by_source: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        by_source[row["source"]].append(row["passage"])
    for row in rows:
        if row["answerable"] and row["source"] in TURNED and rng.random() < TURNED_SHARE:
            cut = _trimmed(row, rng)
            elsewhere = rng.choice(by_source[row["source"]])
            answer = _shortest(cut)["text"]
            if question := unanswerable(row["question"], cut["passage"], answer, elsewhere, rng):
                yield {**cut, "question": question, "answers": [], "answerable": False, "source": "turned"}


def _trimmed(row: Row, rng: random.Random) -> Row:
    """The row with its passage cut at sentence ends to one of LENGTHS, around the answer where it has one."""
    passage, target = row["passage"], rng.choice(LENGTHS)
    if row["source"] == "story" or len(passage.split()) <= target + 15:
        return row
    cuts = [0, *(m.end() for m in re.finditer(r"[.!?][\"”’)]?\s+", passage)), len(passage)]
    sentences = [(a, b) for a, b in pairwise(cuts) if b > a]
    if row["answerable"]:
        answer = _shortest(row)
        start, end = answer["start"], answer["start"] + len(answer["text"])
        first = max(i for i, (a, _) in enumerate(sentences) if a <= start)
        last = min(i for i, (_, b) in enumerate(sentences) if b >= end)
    else:
        first = last = rng.randrange(len(sentences))
    while len(passage[sentences[first][0] : sentences[last][1]].split()) < target:
        if first > 0 and (last == len(sentences) - 1 or rng.random() < 0.5):
            first -= 1
        elif last < len(sentences) - 1:
            last += 1
        else:
            break
    offset = sentences[first][0]
    cut = {**row, "passage": passage[offset : sentences[last][1]].rstrip()}
    if row["answerable"]:
        cut["answers"] = [{"text": answer["text"], "start": answer["start"] - offset}]
    return cut


def _shortest(row: Row) -> dict[str, Any]:
    answer: dict[str, Any] = min(row["answers"], key=lambda a: len(a["text"]))
    return answer


def _write(path: Path, rows: Sequence[Row]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
