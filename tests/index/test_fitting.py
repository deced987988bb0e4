"""Refitting: coefficients recover what the labels say."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from index.calibration import Calibration
from index.evidence import NAMES
from index.fitting import KEPT, Group, fit_confidence, fit_ranking, reliability, save

SIGNAL = NAMES.index("sentence")


def groups(count: int, *, answered: bool = True) -> list[Group]:
    """Five candidates each; with an answer, it is the one with the highest `sentence` feature."""
    random = np.random.default_rng(count)
    made = []
    for _ in range(count):
        features = random.random((5, len(NAMES)))
        answers = np.zeros(5, np.bool_)
        if answered:
            answers[np.argmax(features[:, SIGNAL])] = True
        else:
            features[:, SIGNAL] /= 4
        made.append(Group(features, answers))
    return made


def test_the_feature_that_tells_answers_apart_weighs_most() -> None:
    ranking = fit_ranking(groups(200), {})
    assert max(ranking, key=lambda name: ranking[name]) == "sentence"
    assert ranking["sentence"] > 5


def test_no_feature_comes_to_count_against_a_passage() -> None:
    against = [Group(1 - group.features, group.answers) for group in groups(200)]
    assert fit_ranking(against, {"sentence": 1.0})["sentence"] == 0.0


def test_features_that_the_questions_say_nothing_about_keep_their_weight() -> None:
    start = dict.fromkeys(KEPT, 1.25)
    ranking = fit_ranking(groups(50), start)
    assert [ranking[name] for name in KEPT] == [1.25] * len(KEPT)


def test_confidence_is_high_for_answers_and_low_for_questions_without_one() -> None:
    ranking = {"sentence": 1.0}
    confidence, probabilities, truths = fit_confidence([groups(150)], groups(151, answered=False), ranking)
    assert confidence["sentence"] > 0
    assert probabilities[truths].mean() > 0.7 > 0.3 > probabilities[~truths].mean()
    assert all(weight >= 0 for name, weight in confidence.items() if name != "intercept")


def test_every_set_weighs_the_same_however_many_questions_it_has() -> None:
    """Sets that say the opposite of each other: the small one is not outvoted."""
    ranking = {"sentence": 1.0}
    for large, small in ((300, 20), (20, 300)):
        rising = [*answering(large, 0.9), *answering(large, 0.1, right=False)]
        falling = [*answering(small, 0.1), *answering(small, 0.9, right=False)]
        confidence, *_ = fit_confidence([rising, falling], [], ranking)
        assert confidence.get("sentence", 0.0) == pytest.approx(0.0, abs=0.05)


def test_a_question_that_another_passage_answers_than_the_first_is_passed_over() -> None:
    ranking = {"sentence": 1.0}
    sure = [*answering(30, 0.9), *answering(30, 0.1, right=False)]
    features = np.zeros((2, len(NAMES)))
    features[0, SIGNAL] = 0.9
    elsewhere = [Group(features, np.array([False, True]), answerable=True)] * 30
    assert fit_confidence([sure + elsewhere], [], ranking)[0] == fit_confidence([sure], [], ranking)[0]


def answering(count: int, sentence: float, *, right: bool = True) -> list[Group]:
    """Questions with one candidate each."""
    features = np.zeros((1, len(NAMES)))
    features[0, SIGNAL] = sentence
    return [Group(features, np.array([right]), answerable=right)] * count


def test_reliability_counts_every_question_once() -> None:
    bins = reliability(np.array([0.0, 0.05, 0.55, 1.0]), np.array([False, False, True, True]))
    assert bins == [(0.025, 0.0, 2), (pytest.approx(0.55), 1.0, 1), (1.0, 1.0, 1)]


def test_saving_one_setting_of_the_reader_leaves_the_other(tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    off = Calibration({"dense": 1.0}, {"intercept": 0.0}, 0.5)
    save(path, off, reader=False)
    save(path, Calibration({"dense": 2.0}, {"intercept": 1.0}, 0.4), reader=True)
    assert Calibration.load(reader=False, path=path) == off
    assert json.loads(path.read_text("utf-8"))["with_reader"]["threshold"] == 0.4
