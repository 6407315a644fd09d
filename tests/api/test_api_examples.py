"""The reference shows a true answer of every question, and problems as they are."""

from typing import Any

import jsonschema
import pytest

from api.app import create_app
from graph.open import open_store
from tests.api.making_examples import ASKED, REFUSED


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with open_store(str(tmp_path_factory.mktemp("examples") / "empty.db")) as store:
        return create_app(store).openapi()


@pytest.mark.parametrize("path", ASKED)
def test_the_example_of_a_question_is_as_its_schema_says(reference: Any, path: str) -> None:
    content = reference["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    jsonschema.validate(content["example"], {**content["schema"], "components": reference["components"]})
    assert content["example"].get("items", True), "an empty list shows nothing"


def test_problems_show_their_own_status(reference: Any) -> None:
    shown: set[str] = set()
    for operations in reference["paths"].values():
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                for content in answer.get("content", {}).values():
                    if status in (*REFUSED, "422"):
                        assert str(content["example"]["status"]) == status
                        shown.add(status)
    assert shown >= {*REFUSED, "422"}


def test_every_question_is_shown(reference: Any) -> None:
    answers = {
        path: operations["get"]["responses"]["200"].get("content", {})
        for path, operations in reference["paths"].items()
        if {"about", "questions", "graph"} & set(operations.get("get", {}).get("tags", ()))
    }
    asked = {path for path, content in answers.items() if content.get("application/json", {}).get("schema")}
    assert asked <= set(ASKED)
