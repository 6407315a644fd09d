"""Whether the server lives, and whether it can answer: for whatever watches over it."""

from fastapi import APIRouter, Request

from api.dependencies import KNOWN_ONLY, OpenStore
from api.models import HealthModel, Problem, ReadinessModel

router = APIRouter(dependencies=KNOWN_ONLY, tags=["about"])


@router.get("/healthz", summary="Whether the server lives", responses={400: {"model": Problem}})
async def read_health(request: Request) -> HealthModel:
    """That the server lives; it does not ask the store."""
    return HealthModel(status="ok", version=request.app.version)


@router.get(
    "/readyz",
    summary="Whether the store answers",
    responses={400: {"model": Problem}, 503: {"model": Problem, "description": "The store does not answer"}},
)
def read_readiness(store: OpenStore) -> ReadinessModel:
    """That the store answers; where it does not, 503 says why."""
    return ReadinessModel(status="ready", store_version=store.version)
