"""The network finds the same names on every machine and in any surroundings."""

import io
from importlib.resources import files
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.names.network import CHUNK, Network
from loaders.names.tagger import tagger

SENTENCE = "云岭职业技术学院与星渊智能装备有限公司共建海棠机器人产业学院，为兰溪市培养技能人才500人。"
NETWORK = Network()


def test_names_of_an_invented_sentence_are_found() -> None:
    found = {SENTENCE[start:end]: kind for start, end, kind in NETWORK.names(SENTENCE)}
    assert found["云岭职业技术学院"] == "school"
    assert found["星渊智能装备有限公司"] == "enterprise"
    assert found["兰溪市"] == "place"


def test_an_empty_text_has_no_names() -> None:
    assert NETWORK.names("") == []
    assert tagger().tag("") == []


def test_a_name_is_found_wherever_it_stands_in_a_long_text() -> None:
    filler = "各地要加强统筹，完善机制，落实责任。"
    for length in range(CHUNK - 60, CHUNK + 40, 7):
        before = (filler * (length // len(filler) + 1))[:length]
        text = before + "\n" + SENTENCE
        names = [text[start:end] for start, end, _ in NETWORK.names(text)]
        assert "星渊智能装备有限公司" in names


def test_every_sum_of_a_convolution_is_exact_in_float32() -> None:
    """Sums of whole numbers below 2**24 are the same in any order, so no linear-algebra library changes a score."""
    packed = files("loaders.names").joinpath("names.npz").read_bytes()
    with np.load(io.BytesIO(packed)) as weights:
        layers = [name for name in weights.files if name.startswith("layer") and name.endswith(".weight")]
        largest = [int(np.abs(weights[name].astype(np.int64)).sum(1).max()) for name in layers]
    assert len(layers) == 6
    assert max(largest) * 255 < 2**24


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200))
def test_names_are_in_order_and_do_not_overlap(text: str) -> None:
    names = tagger().tag(text)
    assert all(0 <= name.start < name.end <= len(text) for name in names)
    assert all(a.end <= b.start for a, b in pairwise(names))
