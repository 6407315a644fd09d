"""Colours and captions of classes, relations and values, from `styles.json`, which the browser program reads too.

The file is the one place for them: a class or relation of the ontology without an entry is a failing test.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Caption:
    """What a word of the ontology is called in Chinese and in English."""

    zh: str
    en: str

    @property
    def both(self) -> str:
        """Chinese and English side by side, for pages that have no language switch."""
        return self.zh if self.zh == self.en else f"{self.zh} {self.en}"


@dataclass(frozen=True, slots=True)
class ClassStyle:
    """How nodes of a class are drawn and called; `color` is #rrggbb."""

    color: str
    caption: Caption


@cache
def styles() -> dict[str, Any]:
    """All styles: `classes`, `relations`, `properties` and `values`, each by the ontology's own word."""
    loaded: dict[str, Any] = json.loads(files("viz").joinpath("styles.json").read_text("utf-8"))
    return loaded


def class_style(label: str) -> ClassStyle:
    """Colour and caption of a class; raises KeyError if the label is unknown."""
    entry = styles()["classes"][label]
    return ClassStyle(color=entry["color"], caption=Caption(zh=entry["zh"], en=entry["en"]))


def relation_caption(type_: str) -> Caption:
    """Caption of a relation, read from source to target; raises KeyError if the type is unknown."""
    entry = styles()["relations"][type_]
    return Caption(zh=entry["zh"], en=entry["en"])
