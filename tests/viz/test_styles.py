"""Colours and captions, and what the sources of the explorer promise."""

import json
import re
from pathlib import Path

import pytest

from ontology import values
from ontology.classes import CLASSES
from ontology.registry import class_names, relation_types
from viz.styles import class_style, relation_caption, styles

WHITE_CONTRAST = 3.0
"""What WCAG asks of shapes that mean something."""


@pytest.mark.parametrize("label", class_names())
def test_every_class_has_a_colour_that_is_seen_on_white(label: str) -> None:
    color = class_style(label).color
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (luminance + 0.05) >= WHITE_CONTRAST


def test_no_two_classes_look_alike() -> None:
    colors = [class_style(label).color for label in class_names()]
    assert len(set(colors)) == len(colors)


@pytest.mark.parametrize("type_", relation_types())
def test_every_relation_has_captions_both_ways(type_: str) -> None:
    assert relation_caption(type_).zh and relation_caption(type_).en
    assert {"zh_in", "en_in"} <= set(styles()["relations"][type_])


def test_every_property_that_is_shown_has_a_caption() -> None:
    unshown = {"text", "start", "end"}
    names = {name for cls in CLASSES for name in cls.model_fields} - unshown
    assert names <= set(styles()["properties"])


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("role", values.Role),
        ("kind", values.InstitutionKind),
        ("kind", values.GroupKind),
        ("kind", values.PartnershipKind),
        ("kind", values.PolicyKind),
        ("kind", values.MeasureKind),
        ("level", values.PolicyLevel),
        ("level", values.RegionLevel),
        ("status", values.PolicyStatus),
        ("unit_kind", values.UnitKind),
        ("origin", values.Origin),
    ],
)
def test_every_value_of_a_list_has_a_caption(name: str, members: type[values.Role]) -> None:
    assert {member.value for member in members} <= set(styles()["values"][name])


def test_the_explorer_never_makes_markup_of_text(root: Path) -> None:
    forbidden = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function")
    sources = [*(root / "viz/web/src").rglob("*.ts"), *(root / "viz/templates").glob("*.js")]
    assert sources
    assert [path.name for path in sources if forbidden.search(path.read_text("utf-8"))] == []


def test_every_phrase_is_in_both_languages(root: Path) -> None:
    words = json.loads((root / "viz/web/src/words.json").read_text("utf-8"))
    fields = re.compile(r"\{\w+\}")
    for phrase in words.values():
        assert sorted(fields.findall(phrase["zh"])) == sorted(fields.findall(phrase["en"]))


def test_every_phrase_is_used(root: Path) -> None:
    words = json.loads((root / "viz/web/src/words.json").read_text("utf-8"))
    sources = "".join(path.read_text("utf-8") for path in (root / "viz/web/src").rglob("*.ts"))
    kinds = ("offline", "missing", "several", "stale", "refused", "busy", "failed")
    made = {f"gap_{column}" for column in ("goal", "measure", "actor")}
    made |= {f"problem_{kind}{part}" for kind in kinds for part in ("", "_hint")}
    assert [word for word in words if word not in made and f'"{word}"' not in sources] == []


def test_the_lock_file_names_no_registry(root: Path) -> None:
    lock = json.loads((root / "viz/web/package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages and all("integrity" in entry and "resolved" not in entry for entry in packages.values())
    licences = {"MIT", "ISC", "BSD-3-Clause", "Apache-2.0"}
    assert {entry["license"] for entry in packages.values()} <= licences
