"""The mean of readers."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
import typer
from safetensors.torch import load_file, save_file

from index.reader.averaging import main


def model(folder: Path, **weights: list[float]) -> Path:
    folder.mkdir()
    save_file({name: torch.tensor(w, dtype=torch.float16) for name, w in weights.items()}, folder / "model.safetensors")
    (folder / "config.json").write_text("{}", encoding="utf-8")
    return folder


def test_every_weight_lies_half_way(tmp_path: Path) -> None:
    one, other = model(tmp_path / "one", a=[0.0, 2.0], b=[1.0]), model(tmp_path / "other", a=[1.0, 4.0], b=[-1.0])
    main([str(one), str(other)], tmp_path / "out")
    mean = load_file(tmp_path / "out" / "model.safetensors")
    assert {name: weight.tolist() for name, weight in mean.items()} == {"a": [0.5, 3.0], "b": [0.0]}
    assert (tmp_path / "out" / "config.json").exists()


def test_a_weighted_one_counts_for_more(tmp_path: Path) -> None:
    folders = [model(tmp_path / name, a=[value]) for name, value in (("one", 1.0), ("two", 2.0), ("three", 6.0))]
    main([f"{folders[0]}:4", str(folders[1]), f"{folders[2]}:1"], tmp_path / "out")
    assert load_file(tmp_path / "out" / "model.safetensors")["a"].tolist() == [2.0]


def test_models_of_another_kind_are_refused(tmp_path: Path) -> None:
    with pytest.raises(typer.BadParameter, match="not the same kind"):
        main([str(model(tmp_path / "one", a=[1.0])), str(model(tmp_path / "other", b=[1.0]))], tmp_path / "out")
