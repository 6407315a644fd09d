"""The examples of the reference: answers by route and problems by status, from pages/examples.json."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_JSON = "application/json"


@cache
def _examples() -> Mapping[str, Mapping[str, Any]]:
    loaded: Mapping[str, Mapping[str, Any]] = json.loads(
        files("api").joinpath("pages", "examples.json").read_text("utf-8")
    )
    return loaded


def add_examples(paths: Mapping[str, Any]) -> None:
    """Add the examples to the paths of an OpenAPI description."""
    answers, problems = _examples()["answers"], _examples()["problems"]
    for path, operations in paths.items():
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                for content in answer.get("content", {}).values():
                    if status in problems:
                        content["example"] = problems[status]
        if path in answers:
            paths[path]["get"]["responses"]["200"]["content"][_JSON]["example"] = answers[path]
