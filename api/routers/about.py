"""What the store holds and what its words mean."""

from functools import cache

from fastapi import APIRouter

from api.answers import answer
from api.dependencies import PREFIX, QUESTION, AskedStore, problems
from api.models import OntologyModel, StatsModel
from graph.queries.stats import stats
from ontology.jsonschema import json_schema
from viz.styles import styles

router = APIRouter(prefix=PREFIX, dependencies=QUESTION, tags=["about"])


@router.get("/stats", summary="How much the store holds", response_model=StatsModel, responses=problems())
def read_stats(store: AskedStore) -> object:
    """How many nodes, edges, claims and documents the store holds."""
    return answer(StatsModel, stats(store))


@router.get(
    "/ontology", summary="Classes, relations, captions and colours", response_model=OntologyModel, responses=problems()
)
def read_ontology() -> object:
    """Classes and relations as JSON Schema, with the captions and colours of the pictures."""
    return answer(OntologyModel, _ontology())


@cache
def _ontology() -> OntologyModel:
    """The ontology, which is the same as long as the program runs."""
    return OntologyModel(json_schema=json_schema(), styles=styles())
