"""Labelled sentences: what is read, what is mended, what is held out, and what the labels of a name spell."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import RefusedInput
from loaders.names.labels import COLUMNS, KINDS, LABELS, ORGANIZATION_KINDS, decode
from training.kinds import kind_of_name
from training.labelled import is_held_out, parted, read_corrected, read_labelled
from training.sentences import Sentence, Span, are_in_order
from training.targets import IGNORED, kinds_of, labels_of
from training.teacher import as_readers_mark


def write(path: Path, *rows: object) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return path


@st.composite
def spans(draw: st.DrawFn) -> tuple[int, list[Span]]:
    """A length, and spans inside it in order."""
    found: list[Span] = []
    position = 0
    for gap, size, kind in draw(
        st.lists(st.tuples(st.integers(0, 3), st.integers(1, 6), st.sampled_from(KINDS)), max_size=6)
    ):
        found.append(Span(position + gap, position + gap + size, kind))
        position += gap + size
    return position + draw(st.integers(0, 3)), found


@given(spans())
def test_labels_of_names_spell_the_names(case: tuple[int, list[Span]]) -> None:
    length, names = case
    scores = np.zeros((length, COLUMNS), np.float32)
    kinds = kinds_of(length, names)
    scores[np.arange(length), labels_of(length, names)] = 10
    inside = kinds != IGNORED
    scores[np.flatnonzero(inside), LABELS + kinds[inside]] = 10
    assert decode(scores) == [tuple(name) for name in names]


def test_kinds_come_from_the_names_that_the_teacher_marks(tmp_path: Path) -> None:
    row = {"text": "海棠学院、星渊装备有限公司在云州市。", "spans": [[0, 4, "ORG"], [5, 13, "ORG"], [14, 17, "LOC"]]}
    (sentence,) = read_labelled(write(tmp_path / "labelled.gz", row))
    assert sentence.names() == [("海棠学院", "school"), ("星渊装备有限公司", "enterprise"), ("云州市", "place")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"text": "云州", "spans": [[0, 3, "LOC"]]}, "reach out"),
        ({"text": "云州云州", "spans": [[0, 2, "LOC"], [1, 3, "LOC"]]}, "overlap"),
        ({"text": "云州", "spans": [[0, 2, "river"]]}, "river"),
        ({"text": "云州"}, "spans"),
        ([], "no sentence"),
    ],
)
def test_a_broken_line_is_refused_with_its_number(tmp_path: Path, row: object, reason: str) -> None:
    path = write(tmp_path / "labelled.gz", {"text": "云州", "spans": []}, row)
    with pytest.raises(RefusedInput, match=f"line 2.*{reason}"):
        read_labelled(path)


def test_a_file_that_is_not_packed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "labelled.jsonl"
    path.write_text("{}")
    with pytest.raises(RefusedInput, match="no gzip file"):
        read_labelled(path)
    with pytest.raises(RefusedInput, match="no gzip file"):
        read_labelled(tmp_path / "nothing.gz")


def test_corrected_sentences_are_sorted_and_stand_there_once() -> None:
    texts = [sentence.text for sentence in read_corrected()]
    assert texts == sorted(set(texts))
    assert all(map(are_in_order, read_corrected()))


def mended(text: str, *names: Span) -> list[str]:
    return [name for name, _ in as_readers_mark(Sentence(text, names)).names()]


def test_a_congress_is_named_with_its_place_and_number() -> None:
    text = "云州市第三届人民代表大会常务委员会通过"
    assert mended(text, Span(0, 3, "place")) == ["云州市第三届人民代表大会常务委员会"]


def test_a_body_before_departments_of_a_kind_is_no_name() -> None:
    text = "国务院林业主管部门会同国务院有关部门报国务院批准"
    names = [Span(0, 3, "government"), Span(11, 14, "government"), Span(19, 22, "government")]
    assert [span.start for span in as_readers_mark(Sentence(text, tuple(names))).spans] == [19]


def test_a_ministry_at_the_end_of_a_clause_stays() -> None:
    assert mended("经国务院批准，由教育部制定", Span(1, 4, "government"), Span(8, 11, "government")) == [
        "国务院",
        "教育部",
    ]


def test_a_body_of_a_kind_is_no_name() -> None:
    assert mended("人民法院应当依法审理", Span(0, 4, "government")) == []


def test_a_department_is_named_with_its_place() -> None:
    assert mended("云州市教育局负责", Span(0, 3, "place")) == ["云州市教育局"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("云州市人民政府", "government"),
        ("海棠职业技术学院", "school"),
        ("教务处", "department"),
        ("信息工程学院", "department"),
        ("星渊智能装备有限公司", "enterprise"),
        ("云州日报", "enterprise"),
        ("云州市眼镜行业协会", "alliance"),
        ("云州市人民医院", "platform"),
        ("海棠机器人产业学院", "platform"),
    ],
)
def test_the_kind_of_an_organization_is_told_by_its_name(name: str, kind: str) -> None:
    assert kind in ORGANIZATION_KINDS
    assert kind_of_name(name) == kind


@given(st.lists(st.text(max_size=8)))
def test_every_sentence_is_trained_on_or_held_out(texts: list[str]) -> None:
    sentences = [Sentence(text, ()) for text in texts]
    kept, held_out = parted(sentences, 0.5)
    assert sorted(kept + held_out) == sorted(sentences)
    assert not {sentence.text for sentence in kept} & {sentence.text for sentence in held_out}


@given(st.text())
def test_a_sentence_that_is_held_out_is_so_in_a_larger_share_and_in_other_white_space(text: str) -> None:
    if is_held_out(text, 0.3):
        assert is_held_out(text, 0.6)
        assert is_held_out(f" {text}\n", 0.3)
