"""The mean of two readers' weights: `python -m index.reader.averaging ONE OTHER --out DIR`.

Two points of one fine-tuning run averaged often do better than either, on what the later one was trained for and on
what it began to forget (Wortsman et al. 2022, arXiv:2109.01903 and arXiv:2203.05482).
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer


def main(
    one: Annotated[Path, typer.Argument(help="Folder of a model that `index.reader.training` wrote.")],
    other: Annotated[Path, typer.Argument(help="Another one.")],
    out: Annotated[Path, typer.Option(help="Folder to write the mean to, half precision.")],
) -> None:
    """Average two models of the same shape."""
    import torch
    from safetensors.torch import load_file, save_file

    first, second = (load_file(folder / "model.safetensors") for folder in (one, other))
    if first.keys() != second.keys():
        raise typer.BadParameter(f"{one} and {other} are not the same kind of model.")
    shutil.copytree(other, out, dirs_exist_ok=True)
    mean = {name: ((first[name].float() + second[name].float()) / 2).to(torch.float16) for name in first}
    save_file(mean, out / "model.safetensors", metadata={"format": "pt"})


if __name__ == "__main__":
    typer.run(main)
