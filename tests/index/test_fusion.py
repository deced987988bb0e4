"""Fusion, against numbers worked out by hand."""

from __future__ import annotations

import pytest

from index.fusion import convex_combination, reciprocal_rank_fusion
from index.models import Hit

LEXICAL = [Hit(1, 9.0), Hit(2, 6.0), Hit(3, 3.0)]
DENSE = [Hit(3, 0.8), Hit(1, 0.6), Hit(4, 0.4)]


def test_nothing_fused_is_nothing() -> None:
    assert convex_combination([]) == convex_combination([(1.0, [])]) == []
    assert reciprocal_rank_fusion([]) == reciprocal_rank_fusion([[], []]) == []


def test_convex_combination_by_hand() -> None:
    # Shares: lexical 1 → 1, 2 → ½, 3 → 0; dense 3 → 1, 1 → ½, 4 → 0.
    fused = convex_combination([(0.7, LEXICAL), (0.3, DENSE)])
    assert [hit.row for hit in fused] == [1, 2, 3, 4]
    assert [hit.score for hit in fused] == pytest.approx([0.85, 0.35, 0.3, 0.0])


def test_an_empty_leg_leaves_the_other_alone() -> None:
    assert [hit.score for hit in convex_combination([(0.7, LEXICAL), (0.3, [])])] == pytest.approx([0.7, 0.35, 0.0])


def test_a_leg_of_equal_scores_counts_them_all_as_best() -> None:
    assert convex_combination([(0.5, [Hit(8, 2.0), Hit(5, 2.0)])]) == [Hit(5, 0.5), Hit(8, 0.5)]
    assert convex_combination([(0.5, [Hit(8, -2.0)])]) == [Hit(8, 0.5)]


def test_convex_combination_keeps_how_far_ahead_a_hit_is() -> None:
    near = convex_combination([(1.0, [Hit(0, 10.0), Hit(1, 9.0), Hit(2, 0.0)])])
    far = convex_combination([(1.0, [Hit(0, 10.0), Hit(1, 1.0), Hit(2, 0.0)])])
    assert [hit.score for hit in near] == pytest.approx([1.0, 0.9, 0.0])
    assert [hit.score for hit in far] == pytest.approx([1.0, 0.1, 0.0])


def test_reciprocal_rank_fusion_by_hand() -> None:
    # Row 1: 1/61 + 1/62; row 3: 1/63 + 1/61; row 2: 1/62; row 4: 1/63.
    fused = reciprocal_rank_fusion([LEXICAL, DENSE])
    assert [hit.row for hit in fused] == [1, 3, 2, 4]
    assert [hit.score for hit in fused] == pytest.approx([0.0325225, 0.0322664, 0.0161290, 0.0158730], abs=1e-7)


def test_reciprocal_rank_fusion_sees_ranks_only_and_gives_ties_to_the_lower_row() -> None:
    one, other = [Hit(9, 100.0), Hit(2, 1.0)], [Hit(2, 0.2), Hit(9, 0.1)]
    assert [hit.row for hit in reciprocal_rank_fusion([one, other])] == [2, 9]
    assert reciprocal_rank_fusion([[Hit(1, 5.0)]], k=1) == [Hit(1, 0.5)]
