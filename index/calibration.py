"""Coefficients that were fitted, not chosen: how candidates are ranked, and how sure an answer is.

They stand in `calibration.json`, readable, with what they were fitted on; `python -m index calibrate` refits them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.errors import ConfigurationError
from index.evidence import NAMES, Evidence

PACKAGED = Path(__file__).with_name("calibration.json")


@dataclass(frozen=True, slots=True)
class Calibration:
    """Two linear models over the features of `Evidence`: `ranking`, and logistic `confidence` with an "intercept".

    `threshold` is the confidence from which on a question counts as answered.
    """

    ranking: Mapping[str, float]
    confidence: Mapping[str, float]
    threshold: float

    @classmethod
    def load(cls, *, reader: bool, path: Path = PACKAGED) -> Calibration:
        """Read the coefficients fitted with or without a reader. Raises ConfigurationError."""
        try:
            values = json.loads(path.read_text("utf-8"))["with_reader" if reader else "without_reader"]
            ranking, confidence = (
                {str(name): float(weight) for name, weight in values[group].items()}
                for group in ("ranking", "confidence")
            )
            _ = confidence["intercept"]
            return cls(ranking, confidence, float(values["threshold"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ConfigurationError("calibration", f"{path} cannot be read ({error!r}). Restore it.") from error

    def rank(self, evidence: Evidence) -> float:
        """The weighted sum of the features: higher is better, comparable within one question only."""
        return _weighted(self.ranking, evidence)

    def probability(self, evidence: Evidence) -> float:
        """That a passage with this evidence answers: 1 / (1 + e^-(intercept + Σ weight · feature))."""
        z = self.confidence["intercept"] + _weighted(self.confidence, evidence)
        return 1 / (1 + math.exp(-max(min(z, 50.0), -50.0)))


def _weighted(weights: Mapping[str, float], evidence: Evidence) -> float:
    return float(sum(weights.get(name, 0.0) * getattr(evidence, name) for name in NAMES))
