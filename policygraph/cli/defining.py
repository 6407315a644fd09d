"""`schema`: what may be said."""

from enum import StrEnum
from typing import Annotated

import typer

from policygraph.cli.console import print_json


class SchemaFormat(StrEnum):
    """Forms of the ontology."""

    JSON_SCHEMA = "json-schema"
    MARKDOWN = "markdown"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: policygraph schema --format markdown")(schema)


def schema(
    format_: Annotated[SchemaFormat, typer.Option("--format", help="Form to print.")] = SchemaFormat.JSON_SCHEMA,
) -> None:
    """Print the ontology: classes, relations and value lists."""
    if format_ is SchemaFormat.MARKDOWN:
        from ontology.reference import reference

        typer.echo(reference(), nl=False)
    else:
        from ontology.jsonschema import json_schema

        print_json(json_schema())
