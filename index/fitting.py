"""Refit `calibration.json` from labelled questions, through the same retrieval that readers get."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.answering import Answerer
from index.calibration import Calibration
from index.evaluation import LabelledQuestion
from index.evidence import NAMES, Floats
from index.models import NO_FILTERS, Filters
from index.questions import read_question
from index.rereading import READ
from index.retrieval import Candidate

KEPT = ("article", "asking", "foretold", "lead", "opening", "time", "prose", "dated", "doubt")
"""Ranking features that question sets without dates, quizzes or long articles say nothing about: their weights stay.
So do those that only tell how sure an answer is."""
_UNSURE = ("asking", "foretold", "lead", "time")
"""Features that the confidence leaves out: what they say of the first candidate, its rank has taken in."""
_PENALTY = 1e-3


@dataclass(frozen=True, slots=True)
class Group:
    """The candidates of one question: features, shape (candidates, features), and which ones answer."""

    features: Floats
    answers: npt.NDArray[np.bool_]
    answerable: bool = False
    """Whether the articles answer, be it in none of these candidates."""


def collect(answerer: Answerer, questions: Iterable[LabelledQuestion], *, leave_out: bool = False) -> list[Group]:
    """The first `READ` candidates of each question, as they are ranked now, with labels.

    `leave_out` hides each question's relevant articles, so that nothing can answer it. Compound questions are passed
    over: what holds a part of one is neither right nor wrong.
    """
    known = {c.id for c in answerer.engine.citations}
    groups = []
    for q in questions:
        if read_question(q.question).compound:
            continue
        verbatim = not leave_out and any(q.holds(answerer.article(id_).text) for id_ in q.articles & known)
        filters = Filters(article_ids=tuple(known - q.articles) or ("",)) if leave_out else NO_FILTERS
        candidates = answerer.candidates(q.question, q.asked_at, filters)[:READ]
        if candidates:
            features = np.stack([c.evidence.vector() for c in candidates])
            answers = np.array([_answers(q, c, verbatim) for c in candidates])
            groups.append(Group(features, answers, q.answerable and not leave_out))
    return groups


def fit_ranking(groups: Sequence[Group], start: Mapping[str, float]) -> dict[str, float]:
    """Weights that make the answering candidates likely in a softmax over each question's candidates.

    The loss is -log Σ p(answering), the marginal likelihood of Clark & Gardner 2018 (arXiv:1710.10723), with an L2
    penalty towards `start`; `KEPT` features stay at it. No other weight falls below 0: sharing words or meaning with
    the question may count for nothing, never against a passage.
    """
    from scipy.optimize import minimize

    useful = [g for g in groups if g.answers.any() and not g.answers.all()]
    first = np.array([start.get(name, 0.0) for name in NAMES])
    free = np.array([name not in KEPT for name in NAMES], float)

    def loss(weights: Floats) -> tuple[float, Floats]:
        value, gradient = 0.0, np.zeros_like(weights)
        for group in useful:
            scores = group.features @ weights
            p = np.exp(scores - scores.max())
            p /= p.sum()
            right = p * group.answers
            mass = max(right.sum(), 1e-12)
            value -= np.log(mass)
            gradient += group.features.T @ (p - right / mass)
        away = weights - first
        return value / len(useful) + _PENALTY * away @ away, (gradient / len(useful) + 2 * _PENALTY * away) * free

    bounds = [(0.0 if moves else None, None) for moves in free]
    fitted = minimize(loss, first, jac=True, method="L-BFGS-B", bounds=bounds).x
    return {name: round(float(w), 3) for name, w in zip(NAMES, fitted, strict=True)}


def fit_confidence(
    sets: Sequence[Sequence[Group]], left_out: Sequence[Group], ranking: Mapping[str, float]
) -> tuple[dict[str, float], npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """A logistic regression on each question's first candidate: does it answer?

    Passed over are questions that another passage answers than the first: neither answer nor refusal is right there.
    Every set weighs as much as the largest, and within it both outcomes weigh the same; `left_out`, where nothing
    answers, weighs a quarter of a set. An L2 penalty of ⅛ keeps coefficients small, and none falls below 0, as in
    `fit_ranking`: features that say nearly the same are not played off against each other. Returns the coefficients
    with their "intercept", and the probabilities and truths that they were fitted on.
    """
    from scipy.optimize import minimize
    from scipy.special import expit

    weights = np.array([ranking.get(name, 0.0) for name in NAMES])
    used = [i for i, name in enumerate(NAMES) if name not in _UNSURE]
    parts = []
    for groups in (*sets, left_out):
        firsts = [(g, int(np.argmax(g.features @ weights))) for g in groups]
        parts.append([(g.features[i][used], bool(g.answers[i])) for g, i in firsts if g.answers[i] or not g.answerable])
    x = np.stack([np.append(1.0, features) for part in parts for features, _ in part])
    y = np.array([answers for part in parts for _, answers in part])
    half = max(map(len, parts[:-1])) / 2
    mass = np.concatenate([_balanced(part, half if i < len(sets) else half / 2) for i, part in enumerate(parts)])
    side = np.where(y, 1.0, -1.0)

    def loss(coefficients: Floats) -> tuple[float, Floats]:
        z = side * (x @ coefficients)
        small = np.append(0.0, coefficients[1:])
        return mass @ np.logaddexp(0, -z) + small @ small / 8, small / 4 - x.T @ (mass * side * expit(-z))

    bounds = [(None, None), *[(0.0, None)] * len(used)]
    fitted = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds).x
    named = zip(["intercept", *(NAMES[i] for i in used)], fitted, strict=True)
    found = {name: round(float(w), 3) for name, w in named if abs(w) > 0}
    return found, expit(x @ fitted), y


def reliability(probabilities: Floats, truths: npt.NDArray[np.bool_], bins: int = 10) -> list[tuple[float, float, int]]:
    """Mean confidence, share that answers and count for each tenth of the confidence scale that holds anything."""
    where = np.minimum((probabilities * bins).astype(int), bins - 1)
    inside = [where == b for b in range(bins)]
    return [(float(probabilities[i].mean()), float(truths[i].mean()), int(i.sum())) for i in inside if i.any()]


def save(path: Path, calibration: Calibration, *, reader: bool) -> None:
    """Put the coefficients into the file, beside those for the other setting of the reader."""
    values = json.loads(path.read_text("utf-8")) if path.exists() else {}
    values["with_reader" if reader else "without_reader"] = {
        "ranking": dict(calibration.ranking),
        "confidence": dict(calibration.confidence),
        "threshold": calibration.threshold,
    }
    path.write_text(json.dumps(values, indent=2) + "\n", "utf-8")


def _balanced(part: Sequence[tuple[Floats, bool]], outcome: float) -> Floats:
    """Weights with which those that answer, and those that don't, come to `outcome` in sum."""
    answers = np.array([answer for _, answer in part], np.bool_)
    weights: Floats = outcome / np.where(answers, answers.sum(), (~answers).sum())
    return weights


def _answers(question: LabelledQuestion, candidate: Candidate, verbatim: bool) -> bool:
    """Whether the candidate stands where the label points and, if an answer stands there `verbatim`, holds one."""
    if not question.answerable:
        return False
    p = candidate.passage
    spans = [(s, e) for article, s, e in question.relevant if article == p.article_id]
    place = any(end == 0 or (p.start < end and start < p.end) for start, end in spans)
    return place and (not verbatim or question.holds(p.text))
