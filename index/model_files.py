"""What can be wrong with a model's files without an error when they are loaded."""

from __future__ import annotations

from typing import Any

_WORDS = "the name of the house"


def knows_words(tokenizer: Any) -> bool:
    """Whether a tokenizer of transformers has a vocabulary; without its files it loads with a handful of marks.

    Every word is unknown to such a one, and the model sees no difference between two texts. True for tokenizers of
    other libraries.
    """
    from transformers import PreTrainedTokenizerBase

    if not isinstance(tokenizer, PreTrainedTokenizerBase):
        return True
    found = tokenizer(_WORDS, add_special_tokens=False)["input_ids"]
    return any(token != tokenizer.unk_token_id for token in found)
