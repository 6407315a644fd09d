"""The network: dilated convolutions over characters, in whole numbers, so that every machine finds the same names.

Weights and inputs of each product are whole numbers so small that every partial sum is exact in the floating type
that holds it (float32 below 2**24, float64 below 2**53); no order of summation, number of threads or linear-algebra
library can change a score. What happens between two products is done element by element, which IEEE 754 fixes.
On the development texts, inputs of 8 bits find 1,116 names of which the float32 network finds 1,113 of 1,114.
"""

import io
from importlib.resources import files
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from loaders.names.characters import Integers, character_table, encode
from loaders.names.labels import COLUMNS, Found, Scores, decode, weighed

Tensor: TypeAlias = NDArray[np.float32]

CHUNK, MARGIN = 768, 40  # characters computed at once; context on both sides of it
_INPUT_TOP = 255  # a convolution: 255 * 127 * 480 products < 2**24
_PAIR_TOP = 2047  # the pairs: 128 * 2047 * 64 products <= 2**24
_WIDE_TOP = 32767  # products in float64
_WEIGHTS = "names.npz"


def _whole(weights: Tensor, top: int) -> tuple[NDArray[np.float64], Tensor]:
    """(in, out) weights -> whole numbers up to `top`, and the scale (out,) that gives the weights back."""
    scale = (np.abs(weights).max(0) / np.float32(top)).astype(np.float32)
    scale[scale == 0] = 1
    return np.rint(weights / scale).astype(np.float64), scale


class Network:
    """Scores of every label and kind at every character, from the weights that the package carries, or from others."""

    def __init__(self, packed: bytes | None = None) -> None:
        if packed is None:
            packed = files("loaders.names").joinpath(_WEIGHTS).read_bytes()
        with np.load(io.BytesIO(packed), allow_pickle=False) as file:
            weights = {name: file[name] for name in file.files}
        self._table = character_table(str(weights["vocabulary"]))
        self._load_input(weights)
        self._dilations = [int(d) for d in weights["dilations"]]
        self._limits = [float(limit) for limit in weights["limits"]]  # inputs of a layer are cut off here
        self._layers = [
            (
                np.ascontiguousarray(weights[f"layer{i}.weight"].T).astype(np.float32),  # (3H, H), whole
                weights[f"layer{i}.scale"] * np.float32(limit / _INPUT_TOP),  # (H,)
                weights[f"layer{i}.bias"].astype(np.float32),  # (H,)
            )
            for i, limit in enumerate(self._limits)
        ]
        self._output, self._output_scale = _whole(weights["output.weight"].astype(np.float32).T, _WIDE_TOP)
        self._output_bias = weights["output.bias"].astype(np.float32)
        self._against = weights["against"].astype(np.float32)

    def _load_input(self, weights: dict[str, NDArray[np.generic]]) -> None:
        """The embeddings, with the input layer folded into those of the characters."""
        matrix = weights["input.weight"].astype(np.float32).T  # (C + 2P, H)
        width = weights["characters"].shape[1]
        of_characters, scale = _whole(
            matrix[:width] * weights["characters.scale"].astype(np.float32)[:, None], _WIDE_TOP
        )
        products = weights["characters"].astype(np.float64) @ of_characters
        bias = weights["input.bias"].astype(np.float32)
        self._characters = products.astype(np.float32) * scale + bias  # (V, H)
        self._pairs = weights["pairs"].astype(np.int8)  # (BUCKETS, P)
        pair_scale = np.tile(weights["pairs.scale"].astype(np.float32), 2)[:, None]
        of_pairs, self._pair_scale = _whole(matrix[width:] * pair_scale, _PAIR_TOP)
        self._pair_inputs = of_pairs.astype(np.float32)  # (2P, H), whole

    def names(self, text: str) -> list[Found]:
        """Names in a text, in order, without overlaps."""
        return decode(self.scores(text)) if text else []

    def scores(self, text: str) -> Scores:
        """(N, COLUMNS), computed chunk by chunk."""
        ids, pairs = encode(text, self._table)
        total = len(ids)
        out = np.empty((total, COLUMNS), np.float32)
        step = CHUNK - 2 * MARGIN
        for start in range(0, total, step):
            stop = min(total, start + step)
            low, high = max(0, start - MARGIN), min(total, stop + MARGIN)
            out[start:stop] = self._chunk(ids[low:high], pairs[low:high])[start - low : stop - low]
        return out

    def _chunk(self, ids: Integers, pairs: Integers) -> Scores:
        """Ids (T,), pairs (T,) -> (T, COLUMNS)."""
        right = self._pairs[pairs]  # (T, P)
        both = np.zeros((len(ids), 2 * right.shape[1]), np.float32)
        both[1:, : right.shape[1]] = right[:-1]
        both[:, right.shape[1] :] = right
        x = (both @ self._pair_inputs) * self._pair_scale + self._characters[ids]  # (T, H)
        np.maximum(x, 0, out=x)
        hidden = x.shape[1]
        window = np.zeros((len(x), 3 * hidden), np.float32)  # left, middle and right neighbour at distance d
        for (weight, scale, bias), limit, d in zip(self._layers, self._limits, self._dilations, strict=True):
            whole = np.rint(np.minimum(x, np.float32(limit)) * np.float32(_INPUT_TOP / limit))
            window[:d, :hidden] = 0
            window[d:, :hidden] = whole[:-d]
            window[:, hidden : 2 * hidden] = whole
            window[:-d, 2 * hidden :] = whole[d:]
            window[-d:, 2 * hidden :] = 0
            update = window @ weight
            update *= scale
            update += bias
            x += np.maximum(update, 0, out=update)
        return self._labels_of(x)

    def _labels_of(self, x: Tensor) -> Scores:
        """Last layer: (T, H) -> (T, COLUMNS)."""
        top = np.float32(self._limits[-1] * 4)
        whole = np.rint(np.minimum(x, top) * (_WIDE_TOP / top)).astype(np.float64)
        products = (whole @ self._output).astype(np.float32)
        scores: Scores = products * (self._output_scale * (top / np.float32(_WIDE_TOP))) + self._output_bias
        return weighed(scores, self._against)
