"""Sending files, watching how they are loaded, and taking documents and tables out again."""

import shutil
from pathlib import Path
from typing import Annotated, Any, TypeAlias, cast

from fastapi import APIRouter, Depends, Query, Request
from starlette.concurrency import run_in_threadpool

from api.dependencies import KNOWN_ONLY, PREFIX, FactId, OpenStore, problems
from api.forms.jobs import FIELDS, JobListModel, JobModel, UnloadedModel, job_model
from api.jobs import Jobs, Order, new_folder
from api.parameters import LONGEST_TEXT
from api.security import WriteAccess, writable
from api.sending import FILES, Form, read_form
from graph.errors import RefusedInput
from graph.sources import without_path
from graph.unload import unload
from loaders.folder import options_of
from loaders.uploads import check_uploads
from ontology.values import PolicyLevel

router = APIRouter(prefix=PREFIX, dependencies=[Depends(writable), *KNOWN_ONLY], tags=["writing"])
_TRUTHS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_REPLACE = "replace"


def _described(name: str, meaning: str) -> dict[str, Any]:
    """A field as the reference shows it: empty, so that who fills in the form need not clear it."""
    if name == _REPLACE:
        return {"type": "boolean", "default": False, "description": meaning}
    if name == "level":
        return {"type": "string", "enum": ["", *PolicyLevel], "default": "", "description": meaning}
    return {"type": "string", "description": meaning, "example": ""}


_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [FILES],
                    "properties": {
                        FILES: {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                            "description": "documents (txt, md), dumps (jsonl), tables (csv, tsv, xlsx, json)",
                        },
                        **{name: _described(name, meaning) for name, meaning in FIELDS.items()},
                    },
                }
            }
        },
    }
}


def _jobs(request: Request) -> Jobs:
    return cast(Jobs, request.app.state.jobs)


OpenJobs: TypeAlias = Annotated[Jobs, Depends(_jobs)]


@router.post(
    "/documents",
    summary="Send documents and tables to be loaded",
    status_code=202,
    responses=problems(401, 403, 413),
    openapi_extra=_BODY,
)
async def send_documents(request: Request, jobs: OpenJobs) -> JobModel:
    """Load files that are sent as a form, with the options of `policygraph load`, as a job to be asked for by its id.

    A file that was sent before changes nothing. Another under the same name is refused unless it says `replace`, or
    where it is published (`source`).
    """
    access = cast(WriteAccess, request.app.state.write_access)
    jobs.check_room()
    folder = new_folder()
    try:
        form = await read_form(request, folder, known=tuple(FIELDS), largest=access.largest_upload)
        return job_model(jobs.add(_order(form, folder)))
    except BaseException:  # also where the sender goes away, nothing is left of what came in
        await run_in_threadpool(shutil.rmtree, folder, ignore_errors=True)
        raise


@router.get("/jobs", summary="What was sent, and what became of it", responses=problems(401, 403))
def read_jobs(jobs: OpenJobs) -> JobListModel:
    """The jobs that the server remembers, the newest first."""
    found = [job_model(job) for job in jobs.newest_first()]
    return JobListModel(items=found, total=len(found))


@router.get("/jobs/{id}", summary="How far the loading of sent files is", responses=problems(401, 403, 404))
def read_job(jobs: OpenJobs, id: FactId) -> JobModel:
    """A job with its progress, and once it is finished with what became of each file and what was not understood."""
    return job_model(jobs.get(id))


@router.delete("/jobs/{id}", summary="Cancel a job", responses=problems(401, 403, 404, 409))
def cancel_job(jobs: OpenJobs, id: FactId) -> JobModel:
    """Cancel a job that waits or runs; files that it has loaded by then stay."""
    return job_model(jobs.cancel(id))


@router.delete("/documents/{id}", summary="Unload a document or table", responses=problems(401, 403, 404, 409))
def unload_document(
    store: OpenStore,
    id: FactId,
    source: Annotated[
        str | None, Query(max_length=10 * LONGEST_TEXT, description="take out this source of it only")
    ] = None,
) -> UnloadedModel:
    """Take out what a document or table states, by the id of the document or its batch; what others state stays."""
    header, left = unload(store, id, source=source)
    gone = [source] if source is not None else [*header.sources]
    return UnloadedModel(
        batch=header.id,
        title=header.title,
        sources=[without_path(uri) for uri in gone],
        left=[without_path(uri) for uri in left],
    )


def _order(form: Form, folder: Path) -> Order:
    given = {name: text for name, text in form.fields.items() if name != _REPLACE}
    replaces = form.fields.get(_REPLACE, "false").strip().lower()
    if replaces not in _TRUTHS:
        raise RefusedInput(f"replace: “{replaces[:40]}” is neither true nor false")
    try:
        options = options_of(given, where="")
    except RefusedInput as error:
        raise RefusedInput(str(error).removeprefix(": ")) from error
    check_uploads(form.files, options)
    return Order(folder=folder, files=form.files, options=options, replaces=_TRUTHS[replaces])
