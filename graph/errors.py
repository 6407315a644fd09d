"""Every error that a user can see.

PolicygraphError (500)
├── RefusedInput (400)          what was given can't be used: a file, a table, an option
│   ├── TooLarge (413)          what was sent has more bytes than are taken
│   ├── BadBatch (422)          the ontology does not allow what a batch says
│   └── UnknownParameter (400)  no such filter, format or option
├── KeyWanted (401)             who writes must give the server's key
├── NotAllowed (403)            the server does not let itself be written, or not from there
├── Cancelled (409)             nobody wants it any more
├── TooBusy (503)               more is being done than can be; try again
├── NotFound (404)              no node, document or policy of that id or name
├── AmbiguousName (409)         the text fits several nodes, which are listed
├── StillBeingMade (202)        the answer takes long and is not ready yet
├── TooLong (422)               the answer takes longer than it may; ask for less
├── StaleCursor (410)           a cursor of a list that has changed since
└── StoreError (500)
    ├── StoreUnusable (503)     no store at that place: not a store, newer, damaged
    │   ├── StoreReadOnly (403) it answers questions, but may not be written
    │   └── StoreTooSmall (503) its server has too little memory for so much at once
    ├── StoreBusy (503)         another program holds it; try again
    └── StoreAway (503)         its server can't be reached; try again

The message is one line that says what is wrong, where, and what to do. `status` is the HTTP status of the answer.
"""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple


class PolicygraphError(Exception):
    """Root of all errors that are shown to a user as one line, whatever was given that they repeat."""

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong"

    def __str__(self) -> str:
        """The message, with single spaces."""
        return " ".join(super().__str__().split())


class RefusedInput(PolicygraphError):
    """Something that was given can't be used."""

    status: ClassVar[int] = 400
    title: ClassVar[str] = "Input refused"


class TooLarge(RefusedInput):
    """What was sent has more bytes than are taken."""

    status: ClassVar[int] = 413
    title: ClassVar[str] = "Too large"


class BadBatch(RefusedInput):
    """A batch says what the ontology does not allow; `faults` has every reason, a line each."""

    status: ClassVar[int] = 422
    title: ClassVar[str] = "Batch refused"

    def __init__(self, batch: str, faults: list[str]) -> None:
        self.faults = faults
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        super().__init__(f"{batch}: refused, nothing was stored: {faults[0]}{more}")


class UnknownParameter(RefusedInput):
    """No such parameter, filter or format."""

    title: ClassVar[str] = "Unknown parameter"


class KeyWanted(PolicygraphError):
    """Writing needs the server's key, which was not given or is another."""

    status: ClassVar[int] = 401
    title: ClassVar[str] = "Key wanted"


class NotAllowed(PolicygraphError):
    """The server is read-only, or may not be written from where the request comes."""

    status: ClassVar[int] = 403
    title: ClassVar[str] = "Not allowed"


class Cancelled(PolicygraphError):
    """What was being done is not wanted any more."""

    status: ClassVar[int] = 409
    title: ClassVar[str] = "Cancelled"


class TooBusy(PolicygraphError):
    """So much is being done or waits already that no more is taken."""

    status: ClassVar[int] = 503
    title: ClassVar[str] = "Too busy"


class NotFound(PolicygraphError):
    """Nothing of that id or name."""

    status: ClassVar[int] = 404
    title: ClassVar[str] = "Not found"


class Candidate(NamedTuple):
    """A node that a text may mean.

    `alias` is the other name that the text fits, empty where it fits the name; `policy` the title of the policy that
    states a goal, measure or observation, whose name others may have.
    """

    id: str
    label: str
    name: str
    alias: str = ""
    policy: str = ""

    @property
    def shown(self) -> str:
        """What tells it from the others."""
        return f"{self.name}{f' of {self.policy}' if self.policy else ''} ({self.id})"


class AmbiguousName(PolicygraphError):
    """A text fits several nodes; `candidates`, best first, are all of them if `is_whole`."""

    status: ClassVar[int] = 409
    title: ClassVar[str] = "Name fits several"

    def __init__(self, text: str, candidates: Sequence[Candidate], *, is_whole: bool = True) -> None:
        self.candidates = tuple(candidates)
        self.is_whole = is_whole
        shown = "; ".join(one.shown for one in candidates[:5])
        number = f"{'' if is_whole else 'more than '}{len(candidates)}"
        super().__init__(f"“{text}” fits {number} nodes; give one of their ids: {shown}")


class StaleCursor(PolicygraphError):
    """A cursor of a computed list that has changed since."""

    status: ClassVar[int] = 410
    title: ClassVar[str] = "Cursor is stale"


class StillBeingMade(PolicygraphError):
    """The answer takes long and is not ready yet; asking again later gets it."""

    status: ClassVar[int] = 202
    title: ClassVar[str] = "Answer is being made"


class TooLong(PolicygraphError):
    """The answer takes longer than it may; a question that asks for less gets one."""

    status: ClassVar[int] = 422
    title: ClassVar[str] = "Question takes too long"


class StoreError(PolicygraphError):
    """The store failed."""

    title: ClassVar[str] = "Store failed"


class StoreUnusable(StoreError):
    """There is no usable store at that place."""

    status: ClassVar[int] = 503
    title: ClassVar[str] = "Store can't be used"


class StoreBusy(StoreError):
    """Another program holds the store."""

    status: ClassVar[int] = 503
    title: ClassVar[str] = "Store is busy"


class StoreReadOnly(StoreUnusable):
    """The store may be read but not written."""

    status: ClassVar[int] = 403
    title: ClassVar[str] = "Store is read-only"


class StoreTooSmall(StoreUnusable):
    """The store's server has too little memory for so much at once; less may be stored, or asked."""

    title: ClassVar[str] = "Store has too little memory"


class StoreAway(StoreError):
    """The store's server can't be reached."""

    status: ClassVar[int] = 503
    title: ClassVar[str] = "Store can't be reached"
