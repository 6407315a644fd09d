"""Reading a document: bytes in, batch of claims out. A pure function, so that many can run side by side."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from graph import ids
from graph.facts import Batch, BatchHeader, BatchKind
from loaders.extract.actors import involvements
from loaders.extract.figures import figures
from loaders.extract.goals import goals
from loaders.extract.measures import measures
from loaders.extract.missed import Missed, MissedKind, missed
from loaders.extract.observations import observations
from loaders.extract.partnerships import partnerships
from loaders.extract.policies import cited_policies, own_policies
from loaders.names.mentions import mentions
from loaders.options import LoadOptions
from loaders.readers.files import read_bytes
from loaders.resolve.actor_claims import claim_involvements, claim_parties, claim_partnerships
from loaders.resolve.draft import Draft
from loaders.resolve.goal_claims import claim_goals, claim_measures, claim_observations
from loaders.resolve.parties import resolve_parties
from loaders.resolve.passages import Passages
from loaders.resolve.policy_claims import claim_cited_policies, claim_document, claim_own_policies
from loaders.resolve.policy_identity import own_policy_id
from loaders.resolve.writing import Writing
from loaders.text.model import ReadText, Structure
from loaders.text.normalise import normalise
from loaders.text.structure import structure
from ontology.values import Origin

READER = "3"
"""Version of the reader: raised when it would read a document differently, so that stores know what to read again."""

_TEXT = frozenset({"Document", "Passage"})


@dataclass(frozen=True, slots=True)
class MissedText:
    """A stretch of the text as read that was not understood, under the headings of `section`, the highest first.

    `row` has the first words of the row in which a cell of a table stands.
    """

    kind: MissedKind
    section: tuple[str, ...]
    start: int
    end: int
    text: str
    row: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document gives: its claims, and what in it was not understood, in the order of the text.

    `is_bare` says that it states nothing beyond itself: no goal, measure, name or other policy.
    """

    batch: Batch
    missed: tuple[MissedText, ...]
    is_bare: bool


def read_document(data: bytes, *, name: str, source: str, options: LoadOptions | None = None) -> Batch:
    """The claims that a document makes; see `read_with_missed`."""
    return read_with_missed(data, name=name, source=source, options=options).batch


def read_with_missed(data: bytes, *, name: str, source: str, options: LoadOptions | None = None) -> Reading:
    """The claims that a document makes, and what in it was not understood.

    `name` is the file's name (its ending says the type, its stem is the title of last resort), `source` the absolute
    URI that the document is known by. Raises RefusedInput, with one line, for what can't be read.
    """
    given = options or LoadOptions()
    sha256 = hashlib.sha256(data).hexdigest()
    read = read_bytes(data, name=name)
    text = structure(normalise(read.text))
    writing, left_over = _claims(text, read, sha256, name=name, source=source, options=given)
    own = writing.own
    is_titled = all(policy.title_from != "file" for policy in own)
    identity = [f"{option}={value}" for option, value in sorted(given.given().items())]
    header = BatchHeader(
        id=ids.batch_id(BatchKind.DOCUMENT, sha256, *identity, *([] if is_titled else [source])),
        kind=BatchKind.DOCUMENT,
        title=own[-1].title,
        content=sha256,
        version=READER,
        sources=(source,),
        options=given.given(),
        issued_on=max((policy.issued_on for policy in own if policy.issued_on), default=None),
    )
    batch = writing.draft.finish(header)
    return Reading(batch, _missed_texts(text, left_over), _is_bare(batch, writing.own_ids))


def _claims(
    text: Structure, read: ReadText, sha256: str, *, name: str, source: str, options: LoadOptions
) -> tuple[Writing, list[Missed]]:
    own = own_policies(text, options, stem=PurePath(name).stem)
    cited = cited_policies(text, own)
    named = mentions(text)
    announced = measures(text)
    stated = figures(text, own)
    aims, reached = goals(stated), observations(stated)
    left_over = missed(text, own=own, cited=cited, stated=[*aims, *reached])
    writing = Writing(
        draft=Draft(),
        structure=text,
        passages=Passages(text, read, sha256),
        parties=resolve_parties(named, text, own),
        own=own,
        own_ids=[own_policy_id(policy, source) for policy in own],
    )
    claim_document(writing, read, sha256, title=own[-1].title, reader=READER, missed=left_over)
    claim_parties(writing)
    claim_own_policies(writing)
    claim_cited_policies(writing, cited)
    sections = claim_measures(writing, announced)
    claim_goals(writing, aims, sections)
    claim_observations(writing, reached)
    claim_involvements(writing, involvements(text, announced, named), sections)
    claim_partnerships(writing, partnerships(text, named))
    return writing, left_over


def _missed_texts(text: Structure, found: Sequence[Missed]) -> tuple[MissedText, ...]:
    places = ((each, text.clean.to_read(each.span)) for each in found)
    return tuple(
        MissedText(
            kind=each.kind,
            section=text.path(text.sections[each.section]),
            start=place.start,
            end=place.end,
            text=place.of(text.clean.read),
            row=each.row,
        )
        for each, place in places
    )


def _is_bare(batch: Batch, own_ids: Sequence[str]) -> bool:
    """Whether no node stands for anything but the document, its passages, its policies, and what options name."""
    own = frozenset(own_ids)
    given = (Origin.CURATED, Origin.REGISTER)
    return all(claim.label in _TEXT or claim.id in own or claim.origin in given for claim in batch.nodes)
