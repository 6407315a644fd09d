"""What the routes of jobs answer."""

from collections.abc import Mapping

from pydantic import BaseModel, Field

from api.jobs import Job, JobState
from loaders.report import Loaded, LoadReport

_MISSED_SHOWN = 500


class MissedModel(BaseModel):
    """A stretch of a document that was not understood."""

    kind: str = Field(description="`figure` or `title`", examples=["figure"])
    section: list[str]
    start: int
    end: int
    text: str


class LoadedModel(BaseModel):
    """A file that is in the store."""

    file: str = Field(examples=["yunzhou-plan.txt"])
    outcome: str = Field(description="`added`, `replaced`, `unchanged` or `new source`", examples=["added"])
    title: str
    batch: str = Field(description="id to unload it by", examples=["batch:083485f96c90bbd54ec9c55f"])
    nodes: int
    edges: int
    missed_figures: int | None
    missed_titles: int | None
    missed: list[MissedModel] = Field(description=f"the first {_MISSED_SHOWN} stretches that were not understood")
    is_bare: bool | None = Field(description="a document that states nothing beyond itself")


class RefusedModel(BaseModel):
    """A file that was not loaded."""

    file: str
    reason: str
    faults: list[str] = Field(description="of a table, a line each")


class ReportModel(BaseModel):
    """What became of each file."""

    loaded: list[LoadedModel]
    refused: list[RefusedModel]
    notes: list[str]


class JobModel(BaseModel):
    """Files that were sent together, and what became of them so far."""

    id: str = Field(examples=["job-5f0c…"])
    state: JobState = Field(description="`done` if all files are in the store, `failed` if one is not")
    files: list[str]
    done: int = Field(description="files that are loaded or refused")
    total: int
    created_at: str
    started_at: str | None
    finished_at: str | None
    errors: list[str] = Field(description="why it failed, a line a file")
    report: ReportModel


class JobListModel(BaseModel):
    """The jobs of the server, the newest first."""

    items: list[JobModel]
    next: None = None
    total: int
    exact: bool = True


class UnloadedModel(BaseModel):
    """What was taken out of the store."""

    batch: str
    title: str
    sources: list[str] = Field(description="where it was from; of a file's address its name only")
    left: list[str] = Field(description="where it is still from, if only one of several sources was taken out")


def job_model(job: Job) -> JobModel:
    """A job as it is answered."""
    return JobModel(
        id=job.id,
        state=job.state,
        files=[*job.files],
        done=job.done,
        total=job.total,
        created_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        errors=[*job.errors],
        report=_report(job.report),
    )


def _report(report: LoadReport) -> ReportModel:
    return ReportModel(
        loaded=[_loaded(loaded) for loaded in report.loaded],
        refused=[
            RefusedModel(file=str(refused.path), reason=refused.reason, faults=[*refused.faults])
            for refused in report.refused
        ],
        notes=[*report.notes],
    )


def _loaded(loaded: Loaded) -> LoadedModel:
    return LoadedModel(
        file=str(loaded.path),
        outcome=str(loaded.written),
        title=loaded.title,
        batch=loaded.batch,
        nodes=loaded.nodes,
        edges=loaded.edges,
        missed_figures=loaded.missed_figures,
        missed_titles=loaded.missed_titles,
        missed=[
            MissedModel(kind=m.kind, section=[*m.section], start=m.start, end=m.end, text=m.row or m.text)
            for m in loaded.missed[:_MISSED_SHOWN]
        ],
        is_bare=loaded.is_bare,
    )


FIELDS: Mapping[str, str] = {
    "source": "published address of the one file: https://…, urn:…",
    "title": "title, where the text does not say it",
    "issuer": "issuers, divided by 、 or |",
    "region": "place that the document binds",
    "issued_on": "2021, 2021-05 or 2021-05-25",
    "doc_number": "number of the document (文号)",
    "level": "level of the issuer",
    "replace": "take the place of another file that was sent under the same name",
}
"""Fields of the form beside the files, with what they mean."""
