"""Reading a document: bytes in, batch of claims out. A pure function, so that many can run side by side."""

import hashlib
from pathlib import PurePath

from graph import ids
from graph.facts import Batch, BatchHeader, BatchKind
from loaders.extract.actors import involvements
from loaders.extract.figures import figures
from loaders.extract.goals import goals
from loaders.extract.measures import measures
from loaders.extract.observations import observations
from loaders.extract.partnerships import partnerships
from loaders.extract.policies import cited_policies, own_policies
from loaders.extract.records import OwnPolicy
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
from loaders.text.model import ReadText
from loaders.text.normalise import normalise
from loaders.text.structure import structure

READER = "1"
"""Version of the reader: raised when it would read a document differently, so that stores know what to read again."""


def read_document(data: bytes, *, name: str, source: str, options: LoadOptions | None = None) -> Batch:
    """The claims that a document makes.

    `name` is the file's name (its ending says the type, its stem is the title of last resort), `source` the absolute
    URI that the document is known by. Raises RefusedInput, with one line, for what can't be read.
    """
    given = options or LoadOptions()
    sha256 = hashlib.sha256(data).hexdigest()
    read = read_bytes(data, name=name)
    own, draft = _claims(read, sha256, name=name, source=source, options=given)
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
    return draft.finish(header)


def _claims(
    read: ReadText, sha256: str, *, name: str, source: str, options: LoadOptions
) -> tuple[list[OwnPolicy], Draft]:
    text = structure(normalise(read.text))
    own = own_policies(text, options, stem=PurePath(name).stem)
    named = mentions(text)
    announced = measures(text)
    stated = figures(text, own)
    writing = Writing(
        draft=Draft(),
        structure=text,
        passages=Passages(text, read, sha256),
        parties=resolve_parties(named, text, own),
        own=own,
        own_ids=[own_policy_id(policy, source) for policy in own],
    )
    claim_document(writing, read, sha256, title=own[-1].title, reader=READER)
    claim_parties(writing)
    claim_own_policies(writing)
    claim_cited_policies(writing, cited_policies(text, own))
    sections = claim_measures(writing, announced)
    claim_goals(writing, goals(stated), sections)
    claim_observations(writing, observations(stated))
    claim_involvements(writing, involvements(text, announced, named), sections)
    claim_partnerships(writing, partnerships(text, named))
    return own, writing.draft
