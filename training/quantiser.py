"""Weights in one file as `loaders.names.network` reads them: embeddings and convolutions in whole numbers of 8 bits."""

import io
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from training.batches import PADDING, Batch
from training.network import Size, Weights, activations

_TOP = 127
_CUT_OFF_WEIGHTS = 99.9  # percentile of the weights of a column of an embedding that becomes the largest number
_CUT_OFF_INPUTS = 99.99  # percentile of what goes into a layer that becomes the largest number
_LEAST = 1e-8

Floats = NDArray[np.float32]


def limits_of(weights: Weights, batches: Iterable[Batch], *, size: Size) -> Floats:
    """(layers,): what goes into each convolution is hardly ever larger, on these batches."""
    measured: list[list[Floats]] = [[] for _ in size.dilations]
    for batch in batches:
        is_text = batch.ids != PADDING
        for layer, inputs in zip(measured, activations(weights, batch.ids, batch.pairs, size=size), strict=True):
            layer.append(np.asarray(inputs)[is_text])
    return np.array([np.percentile(np.concatenate(layer), _CUT_OFF_INPUTS) for layer in measured], np.float32)


def packed(
    weights: Mapping[str, Floats], vocabulary: str, *, size: Size, limits: Floats, against: Sequence[float]
) -> bytes:
    """The file; equal weights give equal bytes.

    `against` has for each of `loaders.names.labels.KINDS` what a name of that kind has to exceed.
    """
    arrays: dict[str, NDArray[np.generic]] = {
        "vocabulary": np.array(vocabulary),
        "dilations": np.array(size.dilations, np.int8),
        "limits": limits.astype(np.float32),
        "against": np.array(against, np.float32),
    }
    for name in ("characters", "pairs"):
        arrays[name], arrays[f"{name}.scale"] = _embedding(weights[name])
    for name in ("input", "output"):
        arrays[f"{name}.weight"] = weights[f"{name}.weight"].T.astype(np.float16)
        arrays[f"{name}.bias"] = weights[f"{name}.bias"].astype(np.float16)
    for i in range(len(size.dilations)):
        arrays[f"layer{i}.weight"], arrays[f"layer{i}.scale"] = _convolution(weights[f"layer{i}.weight"].T)
        arrays[f"layer{i}.bias"] = weights[f"layer{i}.bias"].astype(np.float16)
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    return file.getvalue()


def _embedding(weight: Floats) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """(entries, columns) -> whole numbers of that shape, and the scale of each column."""
    scale = np.maximum(np.percentile(np.abs(weight), _CUT_OFF_WEIGHTS, axis=0) / _TOP, _LEAST).astype(np.float16)
    return _whole(weight, scale.astype(np.float32)), scale


def _convolution(weight: Floats) -> tuple[NDArray[np.int8], Floats]:
    """(out, in) -> whole numbers of that shape, and the scale of each output."""
    scale = np.maximum(np.abs(weight).max(1) / _TOP, _LEAST).astype(np.float32)
    return _whole(weight, scale[:, None]), scale


def _whole(weight: Floats, scale: Floats) -> NDArray[np.int8]:
    whole: Floats = np.clip(np.rint(weight / scale), -_TOP, _TOP)
    return whole.astype(np.int8)
