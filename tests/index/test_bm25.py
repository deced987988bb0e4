"""The sparse matrix scores as rank-bm25 does, to the last bit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from index.bm25 import SparseBM25

TERMS = st.sampled_from(["harbour", "bridge", "ferry", "flood", "été", "7", "\ud800", "a", ""])
CORPORA = st.lists(st.lists(TERMS, max_size=12), min_size=1, max_size=12).filter(any)
QUERIES = st.lists(st.one_of(TERMS, st.text(max_size=3)), max_size=8)
PARAMETERS: st.SearchStrategy[dict[str, float]] = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"k1": st.floats(0.1, 3), "b": st.floats(0, 0.99), "epsilon": st.floats(0, 1)}),
)
"""Without b = 1, where rank-bm25 divides 0 by 0 for an empty passage."""

CORPUS = [["bridge", "bridge", "ferry"], [], ["flood"], ["ferry", "flood", "bridge", "tide"]]


@given(CORPORA, QUERIES, PARAMETERS)
def test_scores_are_bitwise_those_of_rank_bm25(
    corpus: list[list[str]], query: list[str], parameters: dict[str, float]
) -> None:
    ours, theirs = SparseBM25(corpus, **parameters), BM25Okapi(corpus, **parameters)
    assert ours.get_scores(query).tobytes() == theirs.get_scores(query).tobytes()
    everyone = list(range(len(corpus)))
    assert ours.get_batch_scores(query, everyone) == theirs.get_batch_scores(query, everyone)


@settings(max_examples=20)
@given(CORPORA, QUERIES)
def test_scores_are_bitwise_the_same_after_saving_and_loading(
    tmp_path_factory: pytest.TempPathFactory, corpus: list[list[str]], query: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("bm25")
    SparseBM25(corpus).save(folder)
    loaded = SparseBM25.load(folder)
    assert loaded.get_scores(query).tobytes() == BM25Okapi(corpus).get_scores(query).tobytes()
    assert loaded.idf == BM25Okapi(corpus).idf
    assert loaded.doc_len == [len(document) for document in corpus]


def test_a_score_computed_by_hand() -> None:
    scores = SparseBM25([["ferry", "ferry", "tide"], ["tide"], ["bridge"]]).get_scores(["ferry"])
    # idf = ln(3 - 1 + .5) - ln(1 + .5) = .5108256; length norm = 1 - .75 + .75 * 3 / (5 / 3) = 1.6
    # .5108256 * 2 * 2.5 / (2 + 1.5 * 1.6) = .5804837
    assert scores == pytest.approx([0.5804837, 0, 0], abs=1e-7)


def test_an_empty_query_and_an_unknown_term_score_nothing() -> None:
    bm25 = SparseBM25(CORPUS)
    assert bm25.get_scores([]).tolist() == [0, 0, 0, 0]
    assert bm25.get_scores(["unicorn"]).tolist() == [0, 0, 0, 0]
    assert [len(part) for part in bm25.column("unicorn")] == [0, 0]


def test_a_repeated_term_counts_every_time() -> None:
    bm25 = SparseBM25(CORPUS)
    assert bm25.get_scores(["tide"]).any()
    assert np.array_equal(bm25.get_scores(["tide", "tide"]), 2 * bm25.get_scores(["tide"]))


@pytest.mark.parametrize("corpus", [[], [[]], [[], []]])
def test_a_corpus_without_a_word_is_refused(corpus: list[list[str]]) -> None:
    with pytest.raises(ValueError, match="at least one passage with a word"):
        SparseBM25(corpus)


def test_a_corpus_may_be_a_generator_that_is_read_once() -> None:
    streamed = SparseBM25(document for document in CORPUS)
    assert streamed.get_scores(["ferry"]).tobytes() == BM25Okapi(CORPUS).get_scores(["ferry"]).tobytes()


def test_batch_scores_keep_the_order_asked_for_and_refuse_a_passage_outside() -> None:
    bm25 = SparseBM25(CORPUS)
    everyone = bm25.get_scores(["ferry", "tide"]).tolist()
    assert bm25.get_batch_scores(["ferry", "tide"], [3, 0, 3]) == [everyone[3], everyone[0], everyone[3]]
    assert bm25.get_batch_scores(["ferry"], []) == []
    for outside in (-1, 4):
        with pytest.raises(IndexError):
            bm25.get_batch_scores(["ferry"], [outside])


def test_the_methods_inherited_from_rank_bm25_work_on_a_loaded_index(tmp_path: Path) -> None:
    SparseBM25(CORPUS).save(tmp_path)
    documents = ["about bridges", "nothing", "about a flood", "a bit of everything"]
    assert SparseBM25.load(tmp_path).get_top_n(["tide"], documents, n=1) == ["a bit of everything"]


@pytest.mark.parametrize("name", ["rows.npy", "values.npy", "offsets.npy", "lengths.npy", "statistics.json"])
@pytest.mark.parametrize("damage", [b"", b"garbage", b"[]", b"\x93NUMPY", None])
def test_a_damaged_or_missing_file_is_an_error_of_the_documented_kind(
    tmp_path: Path, name: str, damage: bytes | None
) -> None:
    SparseBM25(CORPUS).save(tmp_path)
    if damage is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(damage)
    with pytest.raises((OSError, ValueError)):
        SparseBM25.load(tmp_path)


def test_files_of_two_indexes_are_not_mixed(tmp_path: Path) -> None:
    SparseBM25(CORPUS).save(tmp_path)
    SparseBM25([["other", "words"], ["entirely"]]).save(tmp_path / "other")
    (tmp_path / "statistics.json").write_bytes((tmp_path / "other/statistics.json").read_bytes())
    with pytest.raises(ValueError, match="do not belong together"):
        SparseBM25.load(tmp_path)


@pytest.mark.parametrize("name", ["rows.npy", "offsets.npy"])
def test_a_pickled_array_is_not_loaded(tmp_path: Path, name: str) -> None:
    SparseBM25(CORPUS).save(tmp_path)
    np.save(tmp_path / name, np.array([{"an": "object"}], object), allow_pickle=True)
    with pytest.raises(ValueError, match=r"allow_pickle|Python objects"):
        SparseBM25.load(tmp_path)
