"""Coefficients that were fitted, not chosen: how candidates are ranked, and how sure an answer is.

They stand in `calibration.json`, readable, with what they were fitted on; `python -m index calibrate` refits them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import ConfigurationError
from index.evidence import NAMES, Evidence

PACKAGED = Path(__file__).with_name("calibration.json")


@dataclass(frozen=True, slots=True)
class Calibration:
    """`ranking` weighs the features of `Evidence`; `confidence` those of `signals`, with an "intercept".

    `threshold` is the confidence from which on a question counts as answered.
    """

    ranking: Mapping[str, float]
    confidence: Mapping[str, float]
    threshold: float

    @classmethod
    def load(cls, path: Path = PACKAGED) -> Calibration:
        """Read a calibration file. Raises ConfigurationError."""
        try:
            values = json.loads(path.read_text("utf-8"))
            return cls(values["ranking"], values["confidence"], float(values["threshold"]))
        except (OSError, ValueError, KeyError) as error:
            raise ConfigurationError("calibration", f"{path} cannot be read ({error}). Restore it.") from error

    def rank(self, evidence: Evidence) -> float:
        """The weighted sum of the features."""
        return float(sum(self.ranking.get(name, 0.0) * getattr(evidence, name) for name in NAMES))

    def probability(self, signals: Mapping[str, float]) -> float:
        """Logistic regression: 1 / (1 + e^-(intercept + Σ weight · signal)); 0 when there are no signals."""
        if not signals:
            return 0.0
        z = self.confidence["intercept"] + sum(self.confidence.get(k, 0.0) * v for k, v in signals.items())
        return 1 / (1 + math.exp(-max(min(z, 50.0), -50.0)))


def signals(ranked: Sequence[tuple[float, Evidence]]) -> dict[str, float]:
    """What confidence is judged by: the first candidate's evidence, and how far it is ahead of the rest.

    `ranked` are (score, evidence) of the candidates, best first; empty gives no signals.
    """
    if not ranked:
        return {}
    score, first = ranked[0]
    found = {name: getattr(first, name) for name in NAMES if name not in {"opening", "time"}}
    found["best_dense"] = max(e.dense for _, e in ranked)
    found["best_sentence"] = max(e.sentence for _, e in ranked)
    tenth = ranked[min(9, len(ranked) - 1)][0]
    found["lead"] = score - tenth
    return found
