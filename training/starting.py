"""Weights to continue from: a file of weights back in floating point."""

import io
from zipfile import BadZipFile

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from graph.errors import RefusedInput
from training.network import Size, Weights


def unpacked(packed: bytes) -> tuple[Weights, str, Size]:
    """The weights, the vocabulary and the widths of a file; raises RefusedInput for what is no such file."""
    try:
        with np.load(io.BytesIO(packed), allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        dilations = tuple(int(dilation) for dilation in arrays["dilations"])
        weights = {name: _scaled(arrays, name, axis=1) for name in ("characters", "pairs")}
        for name in ("input", "output"):
            weights[f"{name}.weight"] = arrays[f"{name}.weight"].T.astype(np.float32)
            weights[f"{name}.bias"] = arrays[f"{name}.bias"].astype(np.float32)
        for i in range(len(dilations)):
            weights[f"layer{i}.weight"] = _scaled(arrays, f"layer{i}", axis=0, entry=f"layer{i}.weight").T
            weights[f"layer{i}.bias"] = arrays[f"layer{i}.bias"].astype(np.float32)
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as fault:
        raise RefusedInput(f"no file of weights to continue from: {fault}") from fault
    hidden, characters, pairs = (
        len(weights["input.bias"]),
        weights["characters"].shape[1],
        weights["pairs"].shape[1],
    )
    size = Size(hidden=hidden, characters=characters, pairs=pairs, dilations=dilations)
    return {name: jnp.asarray(value) for name, value in weights.items()}, str(arrays["vocabulary"]), size


def _scaled(
    arrays: dict[str, NDArray[np.generic]], name: str, *, axis: int, entry: str | None = None
) -> NDArray[np.float32]:
    """Whole numbers times the scale of their column (axis 1) or row (axis 0)."""
    scale = arrays[f"{name}.scale"].astype(np.float32)
    whole = arrays[entry or name].astype(np.float32)
    return whole * (scale[None, :] if axis == 1 else scale[:, None])
