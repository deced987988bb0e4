"""The mean of readers' weights: `python -m index.reader.averaging FOLDER[:WEIGHT] FOLDER[:WEIGHT] … --out DIR`.

Points of one fine-tuning run averaged often do better than any of them, on what the later ones were trained for and on
what they began to forget (Wortsman et al. 2022, arXiv:2109.01903 and arXiv:2203.05482).
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer


def main(
    models: Annotated[
        list[str], typer.Argument(help="Folders that `index.reader.training` wrote, with their weights.")
    ],
    out: Annotated[Path, typer.Option(help="Folder to write the mean to, half precision.")],
) -> None:
    """Average models of the same shape; what else a model's folder holds is taken from the last."""
    import torch
    from safetensors.torch import load_file, save_file

    parts = [_part(model) for model in models]
    states = [load_file(folder / "model.safetensors") for folder, _ in parts]
    if any(state.keys() != states[0].keys() for state in states):
        raise typer.BadParameter("They are not the same kind of model.")
    shutil.copytree(parts[-1][0], out, dirs_exist_ok=True)
    total = sum(weight for _, weight in parts)
    mean = {
        name: torch.stack(
            [state[name].float() * (weight / total) for state, (_, weight) in zip(states, parts, strict=True)]
        ).sum(0)
        for name in states[0]
    }
    save_file({n: v.to(torch.float16) for n, v in mean.items()}, out / "model.safetensors", metadata={"format": "pt"})


def _part(model: str) -> tuple[Path, float]:
    folder, _, weight = model.rpartition(":")
    return (Path(folder), float(weight)) if folder and weight.isdigit() else (Path(model), 1.0)


if __name__ == "__main__":
    typer.run(main)
