"""The fitted coefficients: readable, complete, and applied as the formula says."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from index.calibration import Calibration
from index.errors import ConfigurationError
from index.evidence import NAMES, Evidence

NOTHING = Evidence(**dict.fromkeys(NAMES, 0.0))
BOTH = [pytest.param(True, id="with reader"), pytest.param(False, id="without reader")]
GROUP = {"ranking": {"dense": 2.0}, "confidence": {"intercept": -1.0, "dense": 3.0}, "threshold": 0.5}


def evidence(**given: float) -> Evidence:
    return Evidence(**{**dict.fromkeys(NAMES, 0.0), **given})


@pytest.mark.parametrize("reader", BOTH)
def test_the_packaged_coefficients_are_complete(reader: bool) -> None:
    calibration = Calibration.load(reader=reader)
    assert set(calibration.ranking) <= set(NAMES)
    assert set(calibration.confidence) <= {"intercept", *NAMES}
    assert 0 < calibration.threshold < 1


@pytest.mark.parametrize("reader", BOTH)
def test_better_evidence_ranks_higher_and_is_surer(reader: bool) -> None:
    calibration = Calibration.load(reader=reader)
    poor, good = evidence(dense=0.1, sentence=0.1), evidence(dense=0.7, sentence=0.8, coverage=0.9, focus=0.9)
    assert calibration.rank(poor) < calibration.rank(good)
    assert calibration.probability(poor) < calibration.probability(good)


def test_ranking_is_a_weighted_sum() -> None:
    calibration = Calibration({"dense": 2.0, "time": -1.0}, {"intercept": 0.0}, 0.5)
    assert calibration.rank(evidence(dense=0.5, time=0.25, focus=9.0)) == pytest.approx(0.75)
    assert calibration.rank(NOTHING) == 0.0


def test_probability_is_logistic_by_hand() -> None:
    calibration = Calibration({}, {"intercept": -1.0, "dense": 3.0}, 0.5)
    assert calibration.probability(NOTHING) == pytest.approx(0.2689414)  # 1 / (1 + e)
    assert calibration.probability(evidence(dense=1 / 3)) == pytest.approx(0.5)
    assert calibration.probability(evidence(dense=1.0)) == pytest.approx(0.8807971)  # 1 / (1 + e^-2)


@pytest.mark.parametrize("size", [1e6, -1e6])
def test_extreme_evidence_overflows_nothing(size: float) -> None:
    probability = Calibration({}, {"intercept": 0.0, "dense": 1.0}, 0.5).probability(evidence(dense=size))
    assert 0 <= probability <= 1
    assert math.isfinite(probability)


def test_each_group_is_read_under_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    path.write_text(json.dumps({"with_reader": {**GROUP, "threshold": 0.25}, "without_reader": GROUP}))
    assert Calibration.load(reader=True, path=path).threshold == 0.25
    assert Calibration.load(reader=False, path=path).threshold == 0.5


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "null",
        "[]",
        "{}",
        json.dumps({"without_reader": {}}),
        json.dumps({"without_reader": []}),
        json.dumps({"without_reader": {**GROUP, "threshold": None}}),
        json.dumps({"without_reader": {**GROUP, "ranking": [1.0]}}),
        json.dumps({"without_reader": {**GROUP, "ranking": {"dense": "much"}}}),
        json.dumps({"without_reader": {**GROUP, "confidence": {"dense": 1.0}}}),
    ],
)
def test_a_file_that_makes_no_sense_is_an_error_that_names_it(tmp_path: Path, content: str) -> None:
    path = tmp_path / "calibration.json"
    path.write_text(content)
    with pytest.raises(ConfigurationError, match="Restore it") as caught:
        Calibration.load(reader=False, path=path)
    assert str(path) in str(caught.value)


def test_a_missing_or_undecodable_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "latin.json").write_bytes(b"\xff")
    for path in (tmp_path / "absent.json", tmp_path / "latin.json", tmp_path):
        with pytest.raises(ConfigurationError, match="Restore it"):
            Calibration.load(reader=False, path=path)
