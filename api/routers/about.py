"""What the store holds and what its words mean."""

from typing import Any

from fastapi import APIRouter

from api.dependencies import PREFIX, QUESTION, OpenStore, problems
from api.models import OntologyModel, StatsModel
from graph.queries.stats import stats
from ontology.jsonschema import json_schema
from viz.styles import styles

router = APIRouter(prefix=PREFIX, dependencies=QUESTION, tags=["about"])


@router.get("/stats", summary="How much the store holds", responses=problems())
def read_stats(store: OpenStore) -> StatsModel:
    """How many nodes, edges, claims and documents the store holds."""
    return StatsModel.model_validate(stats(store))


@router.get("/ontology", summary="Classes, relations, captions and colours", responses=problems())
def read_ontology() -> OntologyModel:
    """Classes and relations as JSON Schema, with the captions and colours of the pictures."""
    words: dict[str, Any] = styles()
    return OntologyModel(json_schema=json_schema(), styles=words)
