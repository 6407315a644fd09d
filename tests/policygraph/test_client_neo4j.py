"""A graph in Neo4j answers what it answers in a file."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas
import pytest

from graph.copying import copy
from graph.open import open_store
from policygraph import open_graph
from policygraph.client.graph import Graph
from tests.neo4j.shared import Place
from tests.policygraph.asked import ASKED


@pytest.fixture(scope="module")
def graphs(loaded: Path, neo4j_place: Place) -> Iterator[tuple[Graph, Graph]]:
    place = replace(neo4j_place, access=replace(neo4j_place.access, label="Asked"))
    with open_store(str(loaded), create=False) as source, place.open() as store:
        copy(source, store)
    settings = {"USER": place.access.user, "PASSWORD": place.access.password, "DATABASE": place.access.database}
    with pytest.MonkeyPatch.context() as environment:
        for name, value in (settings | {"LABEL": place.access.label}).items():
            environment.setenv(f"POLICYGRAPH_NEO4J_{name}", value)
        with open_graph(str(loaded)) as in_file, open_graph(place.url) as in_neo4j:
            yield in_file, in_neo4j
    place.run("MATCH (n:Asked) DETACH DELETE n")


@pytest.mark.parametrize("name", ASKED)
def test_every_question_has_the_same_answer(graphs: tuple[Graph, Graph], name: str) -> None:
    in_file, in_neo4j = (ASKED[name](graph) for graph in graphs)
    assert list(in_file) == list(in_neo4j)
    pandas.testing.assert_frame_equal(in_file.to_frame(), in_neo4j.to_frame())
