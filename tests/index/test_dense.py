"""Exact cosine search: the right rows, in a fixed order, only where allowed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import dense
from index.models import Hit

SCORES = st.lists(st.sampled_from([-1.0, 0.0, 0.25, 0.5, 1.0]), max_size=30)


def test_no_rows_give_no_hits() -> None:
    assert dense.top(np.array([], np.float32), 5) == []


@pytest.mark.parametrize("k", [0, -1])
def test_nothing_asked_for_is_nothing_found(k: int) -> None:
    assert dense.top(np.array([1.0, 2.0]), k) == []


def test_more_asked_for_than_there_is_gives_all_best_first() -> None:
    assert dense.top(np.array([0.5, 2.0, 1.0]), 100) == [Hit(1, 2.0), Hit(2, 1.0), Hit(0, 0.5)]


def test_ties_go_to_the_lower_row_also_where_the_list_is_cut() -> None:
    scores = np.array([0.0, 1.0] * 500)
    assert [hit.row for hit in dense.top(scores, 3)] == [1, 3, 5]
    assert [hit.row for hit in dense.top(np.zeros(1000), 4)] == [0, 1, 2, 3]


def test_a_row_that_is_not_allowed_is_never_found() -> None:
    scores, allowed = np.array([3.0, 2.0, 1.0]), np.array([False, True, False])
    assert dense.top(scores, 3, allowed) == [Hit(1, 2.0)]
    assert dense.top(scores, 3, np.zeros(3, np.bool_)) == []
    assert scores.tolist() == [3.0, 2.0, 1.0]


def test_above_is_exclusive() -> None:
    assert dense.top(np.array([0.0, 0.1, -0.1]), 3, above=0.0) == [Hit(1, 0.1)]


def test_a_score_that_is_not_a_number_is_never_found() -> None:
    assert dense.top(np.array([np.nan, 0.5, np.nan]), 3) == [Hit(1, 0.5)]


@given(SCORES, st.integers(0, 35), st.data())
def test_top_is_what_sorting_everything_gives(values: list[float], k: int, data: st.DataObject) -> None:
    allowed = data.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values)))
    expected = sorted((-v, row) for row, v in enumerate(values) if allowed[row] and v > -1)[:k]
    found = dense.top(np.array(values), k, np.array(allowed, np.bool_), above=-1)
    assert found == [Hit(row, -negative) for negative, row in expected]


def test_cosines_of_unit_vectors_are_dot_products_in_any_number_of_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    matrix = rng.standard_normal((10, 4), dtype=np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    monkeypatch.setattr(dense, "_BLOCK", 3)
    assert dense.cosines(matrix, matrix[7]) == pytest.approx(matrix @ matrix[7], abs=1e-6)
    assert dense.top(dense.cosines(matrix, matrix[7]), 1)[0].row == 7
    assert dense.cosines(matrix[:0], matrix[7]).shape == (0,)
