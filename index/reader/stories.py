"""Rows for the reader out of stories written for it: `python -m index.reader.stories COMMAND`, see DATA_SHEET.md.

    articles --part training --out FOLDER                   the stories as articles, to be indexed
    rows --index INDEX --out FILE                           examples for `index.reader.mixture` or `.training`
    questions --index INDEX --part calibration --out FILE   labelled questions for `evaluate` and `calibrate`

A story is {"id", "part", "title", "date", "paragraphs": [[sentence]], "answered": [{"question", "answer", "places":
[[paragraph, sentence]]}], "unanswered": [question]}; the first place holds the answer, the others say it again.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from index.answering import Answerer
from index.bootstrap import open_library
from index.evaluation import normalise
from index.models import NO_FILTERS, Passage, Span
from index.settings import IndexSettings

Story = dict[str, Any]
Row = dict[str, Any]

STORIES = Path(__file__).parent / "stories.jsonl.gz"
AMONG = 12
"""So many of the best passages may become negatives."""
BESIDE = 3
"""So many passages of its own story become negatives of a question that another one answers; fewer of the others."""
TWO = 0.6
"""How often a question that nothing answers gets a second negative."""
ELSEWHERE = 0.3
"""How often a question gets the best passage of another story, too."""

File = Annotated[Path, typer.Option(help="JSON lines, gzipped.")]
Out = Annotated[Path, typer.Option(help="What to write.")]
Index = Annotated[Path, typer.Option(help="An index of the stories of that part.")]
app = typer.Typer(help=(__doc__ or "").partition("\n")[0], add_completion=False)


@app.command()
def articles(out: Out, part: str = "training", stories: File = STORIES) -> None:
    """Write the stories of a part as articles into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    kept = ("id", "title", "date")
    _write(out / "articles.jsonl", [{k: s[k] for k in kept} | {"text": _text(s)} for s in _stories(stories, part)])


@app.command()
def rows(index: Index, out: Out, stories: File = STORIES, seed: int = 3) -> None:
    """Write examples: the passage that answers, and passages that retrieval takes for it and that don't answer."""
    rng = random.Random(seed)
    answerer = _answerer(index)
    found = [row for story in _stories(stories, "training") for row in _rows(story, answerer, rng)]
    rng.shuffle(found)
    _write(out, found)


@app.command()
def questions(index: Index, out: Out, part: str = "calibration", stories: File = STORIES) -> None:
    """Write the labelled questions of a part, asked on the day of their story."""
    answerer = _answerer(index)
    found = [question for story in _stories(stories, part) for question in _labelled(story, answerer)]
    _write(out, [{"id": f"news-{number:03}", **question} for number, question in enumerate(found, 1)])


def _rows(story: Story, answerer: Answerer, rng: random.Random) -> Iterator[Row]:
    text = answerer.article(story["id"]).text
    base = {"source": "story", "origin": story["id"], "title": story["title"]}
    no = {"answers": [], "answerable": False}
    for asked in story["answered"]:
        places = _spans(story, text, asked["places"])
        start = text.find(asked["answer"], *places[0])
        ranked = [c.passage for c in answerer.candidates(asked["question"], None, NO_FILTERS)]
        home = next((p for p in ranked if _holds(p, story, start, start + len(asked["answer"]))), None)
        if start < 0 or home is None:
            continue
        question = {**base, "question": asked["question"]}
        answer = {"text": asked["answer"], "start": start - home.start}
        yield {**question, "passage": home.text, "answers": [answer], "answerable": True}
        wrong = [p for p in ranked[:AMONG] if p is not home and not _tells(p, story, asked["answer"], places)]
        beside = [p for p in wrong if p.article_id == story["id"]]
        for passage in beside[:BESIDE]:
            yield {**question, "passage": passage.text, **no}
        others = [p for p in wrong if p.article_id != story["id"]]
        if others and rng.random() < ELSEWHERE:
            title = answerer.article(others[0].article_id).title
            yield {**question, "passage": others[0].text, "title": title, **no}
    for unanswered in story["unanswered"]:
        ranked = [c.passage for c in answerer.candidates(unanswered, None, NO_FILTERS)[:AMONG]]
        beside = [p for p in ranked if p.article_id == story["id"]]
        for passage in beside[: 1 + (rng.random() < TWO)]:
            yield {**base, "question": unanswered, "passage": passage.text, **no}


def _labelled(story: Story, answerer: Answerer) -> Iterator[Row]:
    text = answerer.article(story["id"]).text
    base = {"asked_at": f"{story['date']}T12:00:00+00:00"}
    for asked in story["answered"]:
        spans = _spans(story, text, asked["places"])
        relevant = [{"article_id": story["id"], "start": start, "end": end} for start, end in spans]
        answers = [asked["answer"]]
        yield {"question": asked["question"], "answers": answers, "answerable": True, "relevant": relevant, **base}
    for unanswered in story["unanswered"]:
        relevant = [{"article_id": story["id"]}]
        yield {"question": unanswered, "answers": [], "answerable": False, "relevant": relevant, **base}


def _holds(passage: Passage, story: Story, start: int, end: int) -> bool:
    return passage.article_id == story["id"] and passage.start <= start and end <= passage.end


def _tells(passage: Passage, story: Story, answer: str, places: Sequence[Span]) -> bool:
    """Whether a passage may tell the answer too: by place, or by a longer word or number of a short answer."""
    text, wanted = normalise(passage.text), normalise(answer)
    here = passage.article_id == story["id"]
    if here and any(passage.start < end and start < passage.end for start, end in places):
        return True
    words = wanted.split() if here and len(wanted.split()) < 5 else []
    telling = {word for word in words if len(word) > 3 or word.isdigit()}
    return (wanted in text and (here or len(wanted) > 3)) or not telling.isdisjoint(text.split())


def _spans(story: Story, text: str, places: Sequence[tuple[int, int]]) -> list[Span]:
    sentences = [story["paragraphs"][paragraph][sentence] for paragraph, sentence in places]
    starts = [text.index(sentence) for sentence in sentences]
    return [(start, start + len(sentence)) for start, sentence in zip(starts, sentences, strict=True)]


def _text(story: Story) -> str:
    return "\n\n".join(" ".join(sentences) for sentences in story["paragraphs"])


def _stories(path: Path, part: str) -> Iterator[Story]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from (story for story in map(json.loads, lines) if story["part"] == part)


def _answerer(index: Path) -> Answerer:
    return open_library(IndexSettings(index_dir=index, reader="off")).answerer()


def _write(path: Path, found: Sequence[Row]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found), encoding="utf-8")
    print(f"{len(found)} lines")


if __name__ == "__main__":
    app()
