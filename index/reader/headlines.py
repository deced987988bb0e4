"""Passages under headlines that repeat the question, with the answer and without it.

An encyclopaedia's titles name a topic; a newspaper's say half of what is asked ("What the bridge has cost"). A reader
that has only seen the former takes any number under the latter for the answer. So the questions themselves are made
into headlines, and put above the part of a passage that answers and above the part that doesn't.
"""

from __future__ import annotations

import random
import re
from itertools import pairwise
from typing import Any

from index.analysis import STOPWORDS

Row = dict[str, Any]

_WORDS = (30, 110)  # of a part
_SENTENCE = re.compile(r"[.!?][\"”’)]?\s+")
_AUXILIARY = frozenset("is was were are did does do has have had can could will would".split())


def headline(question: str, rng: random.Random) -> str:
    """The question as a headline might put it: "What did the bridge cost?" → "Bridge cost", "What the bridge cost"."""
    words = question.strip(" ?.").split()
    if rng.random() < 0.6:
        kept = [w for w in words if w.casefold().strip(",'") not in STOPWORDS]
    else:
        kept = [w for i, w in enumerate(words) if w.casefold() not in _AUXILIARY or i > len(words) // 2]
    text = " ".join(kept)
    return text[:1].upper() + text[1:]


def headed(row: Row, rng: random.Random) -> list[Row]:
    """An answerable row as one or two examples under one headline: the part that answers, a part that doesn't."""
    title = headline(row["question"], rng) if rng.random() < 0.7 else row.get("title") or ""
    with_answer, without = [], []
    for start, end in _parts(row["passage"], rng):
        inside = [a for a in row["answers"] if start <= a["start"] and a["start"] + len(a["text"]) <= end]
        if inside:
            with_answer.append((start, end, inside))
        elif not any(a["text"].casefold() in row["passage"][start:end].casefold() for a in row["answers"]):
            without.append((start, end))
    made = []
    if with_answer:
        start, end, inside = with_answer[0]
        answers = [{"text": a["text"], "start": a["start"] - start} for a in inside]
        made.append({**row, "title": title, "passage": row["passage"][start:end], "answers": answers})
    if without:
        start, end = rng.choice(without)
        part = {"passage": row["passage"][start:end], "answers": [], "answerable": False, "neg": "headed"}
        made.append({**row, "title": title, **part})
    return [{**m, "source": "headed"} for m in made]


def _parts(passage: str, rng: random.Random) -> list[tuple[int, int]]:
    """Runs of whole sentences of about as many words as a passage of Footnote's may have."""
    cuts = [0, *(m.end() for m in _SENTENCE.finditer(passage)), len(passage)]
    parts, start, target = [], 0, rng.randint(*_WORDS)
    for _, end in pairwise(cuts):
        if len(passage[start:end].split()) >= target or end == len(passage):
            if passage[start:end].strip():
                parts.append((start, start + len(passage[start:end].rstrip())))
            start, target = end, rng.randint(*_WORDS)
    return parts
