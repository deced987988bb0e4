"""Building: only what changed is embedded, and whatever goes wrong, the live version goes on answering."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from index.analysis import ANALYSIS
from index.chunking import chunk
from index.engines.embedded import EmbeddedEngine
from index.errors import BuildInProgress, CorpusError, EmbedderUnavailable
from index.models import Article, Passage, Span
from index.protocols import Matrix
from index.versions import live
from tests.index.fakes import (
    FakeEmbedder,
    build_in,
    library_in,
    settings_in,
    text_article,
    write_files,
    write_records,
)


def paragraph(topic: str) -> str:
    """About a hundred words, so that every paragraph is a passage."""
    return " ".join(f"Report {n} of the {topic} says that {topic} number {n} was counted twice." for n in range(8))


FERRY = text_article("The ferry", paragraph("sailing"), paragraph("island"), paragraph("pier"))
BAKERY = text_article("The bakery", paragraph("oven"), paragraph("loaf"))


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder with two articles and their index."""
    write_files(tmp_path, {"ferry.txt": FERRY, "town/bakery.txt": BAKERY})
    build_in(tmp_path)
    return tmp_path


def live_name(folder: Path) -> str:
    return live(settings_in(folder).index_dir).name


def engine(folder: Path) -> EmbeddedEngine:
    return EmbeddedEngine(live(settings_in(folder).index_dir))


def version_folders(folder: Path) -> set[str]:
    return {path.name for path in (settings_in(folder).index_dir / "versions").iterdir()}


def assert_as_if_built_anew(folder: Path, embedder: FakeEmbedder | None = None) -> None:
    """The live version is, row by row, what a first build of the same articles gives."""
    anew = folder / "anew"
    shutil.rmtree(anew, ignore_errors=True)
    shutil.copytree(folder / "articles", anew / "articles")
    build_in(anew, embedder)
    one, other = engine(folder), engine(anew)
    assert one.citations == other.citations
    rows = range(len(one.article_rows()))
    assert one.passages(rows) == other.passages(rows)
    assert one.store.digests() == other.store.digests()
    for name in ("vectors.npy", "sentence_vectors.npy", "sentence_offsets.npy", "article_rows.npy"):
        mine, theirs = (np.load(e) for e in (live_file(folder, name), live_file(anew, name)))
        assert mine.dtype == theirs.dtype
        assert np.array_equal(mine, theirs)
    for terms in (["ferri"], ["loaf", "report"]):
        assert one.lexical(terms, 99) == other.lexical(terms, 99)
        assert one.lexical_articles(terms, 99) == other.lexical_articles(terms, 99)


def live_file(folder: Path, name: str) -> Path:
    return live(settings_in(folder).index_dir) / name


def test_a_first_build_is_live_and_says_what_it_did(tmp_path: Path) -> None:
    write_files(tmp_path, {"ferry.txt": FERRY, "town/bakery.txt": BAKERY})
    embedder = FakeEmbedder()
    report = build_in(tmp_path, embedder)
    assert (report.articles, report.passages, report.embedded) == (2, 5, 5)
    assert (report.added, report.changed, report.removed, report.failed) == (
        ("ferry.txt", "town/bakery.txt"),
        (),
        (),
        (),
    )
    assert report.version == live_name(tmp_path)
    assert len(embedder.embedded) == 5
    assert library_in(tmp_path).search("oven loaf")[0].citation.id == "town/bakery.txt"


def test_a_build_of_unchanged_articles_embeds_nothing_and_keeps_the_version(built: Path) -> None:
    before, embedder = live_name(built), FakeEmbedder()
    report = build_in(built, embedder)
    assert embedder.embedded == []
    assert (report.embedded, report.added, report.changed, report.removed, report.failed) == (0, (), (), (), ())
    assert (report.articles, report.passages) == (2, 5)
    assert report.version == live_name(built) == before
    assert version_folders(built) == {before}


def test_an_index_whose_words_were_split_otherwise_is_written_anew_without_embedding(built: Path) -> None:
    before, embedder = live_name(built), FakeEmbedder()
    manifest = live_file(built, "manifest.json")
    manifest.write_text(manifest.read_text().replace(f'"analysis": {ANALYSIS}', '"analysis": 1'))
    report = build_in(built, embedder)
    assert (report.changed, report.embedded, embedder.embedded) == ((), 0, [])
    assert live_name(built) == report.version != before
    assert build_in(built).version == report.version


def test_a_heading_is_found_with_what_stands_below_it(tmp_path: Path) -> None:
    text = f"# Hours\n\n## The museum in winter\n\n{paragraph('open')}\n\n## Prices\n\n{paragraph('ticket')}\n"
    write_files(tmp_path, {"hours.md": text})
    embedder = FakeEmbedder()
    build_in(tmp_path, embedder)
    hits = library_in(tmp_path).search("museum")
    assert hits[0].text == paragraph("open")
    assert any(t.startswith("Hours. The museum in winter. ") for t in embedder.embedded)


def test_files_written_again_with_the_same_text_are_unchanged(built: Path) -> None:
    before = live_name(built)
    write_files(built, {"ferry.txt": FERRY})
    assert build_in(built).changed == ()
    assert live_name(built) == before


def test_a_changed_article_has_only_its_changed_passages_embedded(built: Path) -> None:
    write_files(built, {"ferry.txt": FERRY.replace(paragraph("island"), paragraph("lighthouse"))})
    embedder = FakeEmbedder()
    report = build_in(built, embedder)
    assert (report.added, report.changed, report.removed) == ((), ("ferry.txt",), ())
    assert report.embedded == 1
    assert [text.count("lighthouse") for text in embedder.embedded] == [16]
    assert_as_if_built_anew(built)
    assert library_in(built).search("lighthouse")[0].text == paragraph("lighthouse")


def test_new_metadata_is_a_change_that_embeds_nothing(tmp_path: Path) -> None:
    record = {"id": "ferry", "title": "The ferry", "text": paragraph("sailing"), "author": "Ann Lee"}
    write_records(tmp_path, [record])
    build_in(tmp_path)
    write_records(tmp_path, [record | {"author": "Bo Marsh", "published": "2016-07-15"}])
    embedder = FakeEmbedder()
    report = build_in(tmp_path, embedder)
    assert (report.changed, report.embedded, embedder.embedded) == (("ferry",), 0, [])
    assert [(c.author, c.published) for c in engine(tmp_path).citations] == [("Bo Marsh", "2016-07-15")]
    assert engine(tmp_path).lexical(["marsh"], 1) == engine(tmp_path).lexical(["bo"], 1)
    assert_as_if_built_anew(tmp_path)


def test_a_new_title_embeds_its_passages_because_they_carry_it(built: Path) -> None:
    write_files(built, {"ferry.txt": FERRY.replace("The ferry", "The old ferry", 1)})
    embedder = FakeEmbedder()
    assert build_in(built, embedder).changed == ("ferry.txt",)
    assert len(embedder.embedded) == 3
    assert all(text.startswith("The old ferry. ") for text in embedder.embedded)


def test_a_renamed_file_keeps_its_vectors(built: Path) -> None:
    (built / "articles/ferry.txt").rename(built / "articles/aaa.txt")
    embedder = FakeEmbedder()
    report = build_in(built, embedder)
    assert (report.added, report.changed, report.removed) == (("aaa.txt",), (), ("ferry.txt",))
    assert embedder.embedded == []
    assert_as_if_built_anew(built)


def test_a_new_article_before_the_others_leaves_their_vectors_where_they_belong(built: Path) -> None:
    write_files(built, {"aaa.txt": text_article("Chess", paragraph("chess"))})
    report = build_in(built)
    assert (report.added, report.embedded) == (("aaa.txt",), 1)
    assert_as_if_built_anew(built)


def test_a_removed_article_is_not_found_any_more(built: Path) -> None:
    (built / "articles/ferry.txt").unlink()
    report = build_in(built)
    assert (report.removed, report.embedded, report.articles) == (("ferry.txt",), 0, 1)
    assert {q.citation.id for q in library_in(built).search("ferry sailing")} == {"town/bakery.txt"}
    assert_as_if_built_anew(built)


def test_many_passages_are_embedded_in_several_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.vectors._WINDOW", 2)
    write_files(tmp_path, {"ferry.txt": FERRY, "town/bakery.txt": BAKERY})
    seen: list[tuple[str, int, int]] = []
    build_in(tmp_path, on_progress=lambda *event: seen.append(event))
    assert [event for event in seen if event[0] == "embedding"] == [("embedding", n, 5) for n in (2, 4, 5)]
    write_files(tmp_path, {"chess.txt": text_article("Chess", paragraph("chess"))})
    assert build_in(tmp_path).embedded == 1
    monkeypatch.undo()
    assert_as_if_built_anew(tmp_path)


def test_progress_counts_up_to_all_of_every_stage(tmp_path: Path) -> None:
    write_files(tmp_path, {"ferry.txt": FERRY, "town/bakery.txt": BAKERY, "broken.txt": ""})
    seen: list[tuple[str, int, int]] = []
    build_in(tmp_path, on_progress=lambda *event: seen.append(event))
    last = {stage: (done, total) for stage, done, total in seen}
    assert last == {"reading": (3, 3), "writing": (2, 2), "embedding": (5, 5)}
    for stage in last:
        done = [event[1] for event in seen if event[0] == stage]
        assert done == sorted(done)


def test_an_article_that_cannot_be_cut_is_reported_and_the_others_are_served(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fussy(article: Article) -> tuple[Passage, ...]:
        if article.path == "town/bakery.txt":
            raise UnicodeEncodeError("utf-8", "x", 0, 1, "nobody expected this")
        return chunk(article)

    monkeypatch.setattr("index.indexing.chunk", fussy)
    report = build_in(built)
    assert [(f.path, "UnicodeEncodeError" in f.reason) for f in report.failed] == [("town/bakery.txt", True)]
    assert report.removed == ("town/bakery.txt",)


def test_one_bad_file_is_reported_and_the_others_are_served(built: Path) -> None:
    write_files(
        built,
        {"empty.txt": "", "list.jsonl": '{"id": "chess", "title": "Chess", "text": "Chess is played."}\n{"id":\n'},
    )
    report = build_in(built)
    assert report.added == ("chess",)
    assert [failure.path for failure in report.failed] == ["empty.txt", "list.jsonl:2"]
    assert all(failure.reason for failure in report.failed)
    assert library_in(built).search("Is chess played?")[0].text == "Chess is played."


def test_an_article_without_a_sentence_is_reported_with_what_to_do(built: Path) -> None:
    write_records(built, [{"id": "stars", "title": "Stars", "text": "* * *"}])
    report = build_in(built)
    assert [failure.path for failure in report.failed] == ["articles.jsonl"]
    assert "Add text, or remove it" in report.failed[0].reason


def test_an_article_that_turned_bad_counts_as_failed_and_removed(built: Path) -> None:
    write_files(built, {"ferry.txt": ""})
    report = build_in(built)
    assert [failure.path for failure in report.failed] == ["ferry.txt"]
    assert report.removed == ("ferry.txt",)


@pytest.mark.parametrize(
    "text", ["And it was so. They were there.", "☃ 🎉 ☂ ok.", "a \0 b c. d \0.", "ﾞ. ﾟ.", "4. 5. 6."]
)
def test_an_article_of_odd_text_only_can_be_built_and_asked(tmp_path: Path, text: str) -> None:
    write_records(tmp_path, [{"id": "odd", "title": "?", "text": text}])
    assert build_in(tmp_path).articles == 1
    for question in ("", "was it so", "unicorn", "ﾞ"):
        quotes = library_in(tmp_path).ask(question, always_quote=True).quotes
        assert all(q.text in text for q in quotes)


def test_an_empty_folder_is_an_error_and_the_live_version_goes_on(built: Path) -> None:
    before = live_name(built)
    shutil.rmtree(built / "articles")
    (built / "articles").mkdir()
    with pytest.raises(CorpusError, match=r"holds no article\. Put \.txt"):
        build_in(built)
    assert live_name(built) == before
    assert library_in(built).search("oven")[0].citation.id == "town/bakery.txt"


def test_a_missing_folder_is_an_error_and_makes_no_index(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no such folder\. Create it, or set ARTICLES_DIR"):
        build_in(tmp_path)
    assert not settings_in(tmp_path).index_dir.exists()


def test_a_folder_that_may_not_be_looked_into_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(self: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "is_dir", closed)
    with pytest.raises(CorpusError, match=r"cannot be read \(Permission denied\)\. Let the account"):
        build_in(tmp_path)


def test_a_file_in_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "articles").write_text("a file")
    with pytest.raises(CorpusError, match="ARTICLES_DIR"):
        build_in(tmp_path)


def test_a_folder_of_bad_files_names_the_first(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.txt": "", "b.txt": ""})
    with pytest.raises(CorpusError, match=r"none of its 2 .* could be read; the first: a\.txt: "):
        build_in(tmp_path)
    assert version_folders(tmp_path) == set()


def test_another_model_embeds_everything_and_nothing_is_mixed(built: Path) -> None:
    other = FakeEmbedder("fake-2")
    report = build_in(built, other)
    assert (report.embedded, report.changed, report.added) == (5, (), ())
    assert len(other.embedded) == 5
    assert_as_if_built_anew(built, FakeEmbedder("fake-2"))
    assert json.loads(live_file(built, "manifest.json").read_text())["fingerprint"] == "fake-2"


def test_a_model_that_cannot_be_loaded_leaves_the_live_version(built: Path) -> None:
    class Broken(FakeEmbedder):
        def encode_passages(self, *args: object) -> tuple[Matrix, list[Matrix]]:
            raise EmbedderUnavailable(self.model, "no such file")

    write_files(built, {"chess.txt": text_article("Chess", paragraph("chess"))})
    before = live_name(built)
    with pytest.raises(EmbedderUnavailable):
        build_in(built, Broken())
    assert live_name(built) == before
    assert version_folders(built) == {before}
    assert build_in(built).added == ("chess.txt",)


def test_a_second_build_is_refused_while_one_runs(built: Path) -> None:
    write_files(built, {"chess.txt": text_article("Chess", paragraph("chess"))})
    refused = []

    def build_again(stage: str, done: int, total: int) -> None:
        with pytest.raises(BuildInProgress, match="Wait until it ends"):
            build_in(built)
        refused.append(stage)

    assert build_in(built, on_progress=build_again).added == ("chess.txt",)
    assert set(refused) == {"reading", "writing", "embedding"}
    assert build_in(built).added == ()


def test_an_embedder_that_returns_too_few_vectors_is_not_believed(tmp_path: Path) -> None:
    class Short(FakeEmbedder):
        def encode_passages(self, texts: object, sentences: object) -> tuple[Matrix, list[Matrix]]:
            spans: list[list[Span]] = [[(0, 1)]]
            return super().encode_passages(["one"], spans)

    write_files(tmp_path, {"ferry.txt": FERRY})
    with pytest.raises(ValueError, match="shorter"):
        build_in(tmp_path, Short())
    assert version_folders(tmp_path) == set()
