"""A small network learns, and the file that is made of it finds the same names again."""

from dataclasses import replace

import jax.numpy as jnp
import numpy as np
import pytest

from graph.errors import RefusedInput
from loaders.names.characters import character_table, encode
from loaders.names.labels import KINDS, Kind
from loaders.names.network import Network
from training.batches import ROW, batches, vocabulary_of
from training.evaluation import agreement, counts, float_reader, table_of
from training.generator import Generator
from training.making import Made, Plan, Start, make
from training.mixture import Mixture, Shares
from training.network import Noise, Size, initial, scores
from training.quantiser import packed
from training.sentences import Sentence, Span
from training.starting import unpacked
from training.targets import IGNORED
from training.trainer import Schedule, keys, started, steps

SMALL = Size(hidden=24, characters=16, pairs=8, dilations=(1, 2))
SHARES = Shares(corrected=1, corrected_copies=1, generated=1000)
PLAN = Plan(seed=3, epochs=5, size=SMALL, noise=Noise(0.05, 0.01, 0.05), rate=1e-2, against=(0.0,) * len(KINDS), rows=4)
STILL = replace(PLAN, most_steps=2, rate=1e-9)
TEACHER = [
    Sentence("云州市水利局负责", (Span(0, 6, "government"),)),
    Sentence("海棠职业技术学院招生", (Span(0, 8, "school"),)),
    Sentence("加强统筹协调", ()),
]


def silent(line: str) -> None:
    assert line


def mixture(seed: int = 3) -> Mixture:
    return Mixture(TEACHER, TEACHER[:1], shares=SHARES, seed=seed)


@pytest.fixture(scope="module")
def made() -> Made:
    return make(mixture(), PLAN, say=silent)


def test_names_are_learned_in_a_few_steps(made: Made) -> None:
    unseen = [generator.sentence() for generator in [Generator(9)] for _ in range(200)]
    untrained = make(mixture(), STILL, say=silent)
    before, after = (counts(unseen, Network(one.packed).names)["organization"].f1 for one in (untrained, made))
    assert before < 0.1
    assert after > 0.3


def test_the_loss_falls() -> None:
    sentences = mixture().epoch(0)
    vocabulary = vocabulary_of(sentences)
    table = character_table(vocabulary)
    (batch,) = list(batches(sentences, table, rows=4))[:1]
    schedule = Schedule(steps=25, rate=1e-2, warm_up=2)
    key, for_weights = keys(3)
    state = started(initial(for_weights, SMALL, len(vocabulary)), key, schedule=schedule)
    losses = [loss for _, loss in steps(state, [batch] * 25, size=SMALL, noise=PLAN.noise, schedule=schedule)]
    assert losses[-1] < 0.5 * losses[0]


def test_the_same_seed_makes_the_same_file(made: Made) -> None:
    one, other = (make(mixture(), STILL, say=silent).packed for _ in range(2))
    assert one == other


def test_whole_numbers_and_floating_point_find_the_same_names(made: Made) -> None:
    table = character_table(made.vocabulary)
    floating = float_reader(made.weights, table, size=SMALL, against=PLAN.against)
    generator = Generator(10)
    texts = [generator.sentence().text for _ in range(100)]
    assert agreement(texts, Network(made.packed).names, floating) > 0.95


def test_the_scores_in_whole_numbers_are_near_those_in_floating_point(made: Made) -> None:
    text = "星渊智能装备有限公司与海棠职业技术学院在云州市共建机器人产业学院。"
    ids, pairs = encode(text, character_table(made.vocabulary))
    weights = {name: jnp.asarray(value) for name, value in made.weights.items()}
    exact = np.asarray(scores(weights, ids[None].astype(np.int32), pairs[None].astype(np.int32), size=SMALL))[0]
    error = np.abs(exact - Network(made.packed).scores(text))
    assert np.median(error) < 0.01 * np.abs(exact).max()
    assert np.mean(error) < 0.03 * np.abs(exact).max()


def test_a_file_read_twice_finds_the_same_names(made: Made) -> None:
    generator = Generator(11)
    texts = [generator.sentence().text for _ in range(50)]
    one, other = Network(made.packed), Network(made.packed)
    assert [one.names(text) for text in texts] == [other.names(text) for text in texts]


def test_weights_that_are_taken_up_again_are_those_that_were_written(made: Made) -> None:
    weights, vocabulary, size = unpacked(made.packed)
    assert vocabulary == made.vocabulary
    assert size == SMALL
    for name, value in made.weights.items():
        error = np.abs(np.asarray(weights[name]) - value)
        assert np.median(error) <= 0.01 * np.abs(value).max(), name


def test_training_continues_from_a_file(made: Made) -> None:
    weights, vocabulary, _ = unpacked(made.packed)
    again = make(mixture(4), STILL, say=silent, start=Start(weights, vocabulary))
    generator = Generator(12)
    texts = [generator.sentence().text for _ in range(50)]
    assert agreement(texts, Network(made.packed).names, Network(again.packed).names) > 0.9


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04broken", b"not weights"])
def test_what_are_no_weights_is_refused(content: bytes) -> None:
    with pytest.raises(RefusedInput, match="no file of weights"):
        unpacked(content)


def test_a_kind_that_has_to_exceed_more_is_found_less(made: Made) -> None:
    limits = np.full(len(SMALL.dilations), 8, np.float32)
    generator = Generator(13)
    texts = [generator.sentence().text for _ in range(100)]

    def kinds(against: list[float]) -> set[Kind]:
        network = Network(packed(made.weights, made.vocabulary, size=SMALL, limits=limits, against=against))
        return {kind for text in texts for *_, kind in network.names(text)}

    assert "enterprise" in kinds([0.0] * len(KINDS))
    assert "enterprise" not in kinds([50.0 if kind == "enterprise" else 0.0 for kind in KINDS])


def test_rows_hold_every_character_of_every_sentence() -> None:
    generator = Generator(14)
    sentences = [*(generator.sentence() for _ in range(300)), Sentence("云" * (3 * ROW + 5), ())]
    table = character_table(vocabulary_of(sentences))
    filled = list(batches(sentences, table, rows=4))
    assert all(batch.ids.shape == (4, ROW) for batch in filled)
    assert sum(int((batch.labels != IGNORED).sum()) for batch in filled) == sum(len(one.text) for one in sentences)
    organizations = sum(span.end - span.start for one in sentences for span in one.spans if span.kind != "place")
    assert sum(int((batch.kinds != IGNORED).sum()) for batch in filled) == organizations


def test_counts_tell_right_missing_and_wrong_kinds_apart() -> None:
    sentence = Sentence("海棠学院在云州市", (Span(0, 4, "school"), Span(5, 8, "place")))
    table = counts([sentence], lambda text: [(0, 4, "platform"), (5, 8, "place")])
    assert table["organization"].f1 == 1
    assert table["school"].recall == 0
    assert table["platform"].precision == 0
    assert table["place"].f1 == 1
    assert "place" in table_of(table)
    assert "alliance" not in table_of(table)


def test_an_epoch_has_every_part_and_no_corrected_sentence_as_the_teacher_saw_it() -> None:
    texts = [sentence.text for sentence in mixture().epoch(0)]
    assert texts.count(TEACHER[0].text) == 1
    assert texts.count(TEACHER[1].text) == 1
    assert len(texts) > SHARES.generated
    assert texts == [sentence.text for sentence in mixture().epoch(0)]
    assert texts != [sentence.text for sentence in mixture().epoch(1)]
