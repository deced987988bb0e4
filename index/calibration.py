"""Coefficients that were fitted, not chosen: how candidates are ranked, and how sure an answer is.

They stand in `calibration.json`, readable, with what they were fitted on; `python -m index calibrate` refits them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import ConfigurationError
from index.evidence import NAMES, Evidence

PACKAGED = Path(__file__).with_name("calibration.json")


@dataclass(frozen=True, slots=True)
class Calibration:
    """Two linear models over the features of `Evidence`: `ranking`, and logistic `confidence` with an "intercept".

    `threshold` is the confidence from which on a question counts as answered. `compound` is added to the intercept
    for a question that no one passage can hold whole.
    """

    ranking: Mapping[str, float]
    confidence: Mapping[str, float]
    threshold: float
    compound: float = 0.0

    @classmethod
    def load(cls, *, reader: bool, path: Path = PACKAGED) -> Calibration:
        """Read the coefficients fitted with or without a reader. Raises ConfigurationError."""
        try:
            whole = json.loads(path.read_text("utf-8"))
            values = whole["with_reader" if reader else "without_reader"]
            ranking, confidence = (
                {str(name): float(weight) for name, weight in values[group].items()}
                for group in ("ranking", "confidence")
            )
            _ = confidence["intercept"]
            return cls(ranking, confidence, float(values["threshold"]), float(whole.get("compound", 0.0)))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ConfigurationError("calibration", f"{path} cannot be read ({error!r}). Restore it.") from error

    def for_compound(self) -> Calibration:
        """The same for a passage that can only hold a part of the question."""
        intercept = self.confidence["intercept"] + self.compound
        return replace(self, confidence={**self.confidence, "intercept": intercept})

    def rank(self, evidence: Evidence) -> float:
        """The weighted sum of the features: higher is better, comparable within one question only."""
        return _weighted(self.ranking, evidence)

    def probability(self, evidence: Evidence) -> float:
        """That a passage with this evidence answers: 1 / (1 + e^-(intercept + Σ weight · feature))."""
        z = self.confidence["intercept"] + _weighted(self.confidence, evidence)
        return 1 / (1 + math.exp(-max(min(z, 50.0), -50.0)))


def _weighted(weights: Mapping[str, float], evidence: Evidence) -> float:
    return float(sum(weights.get(name, 0.0) * getattr(evidence, name) for name in NAMES))
