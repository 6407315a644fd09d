"""What the claim builders of one document share."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.facts import Evidence
from loaders.extract.records import OwnPolicy
from loaders.resolve.draft import Draft
from loaders.resolve.parties import Parties
from loaders.resolve.passages import Passages
from loaders.text.model import Span, Structure
from loaders.text.stretches import Stretches


@dataclass(frozen=True, slots=True)
class Writing:
    """One document on its way to claims; `own_ids` are the ids of `own`, in the same order."""

    draft: Draft
    structure: Structure
    passages: Passages
    parties: Parties
    own: Sequence[OwnPolicy]
    own_ids: Sequence[str]
    _stretches: Stretches = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_stretches", Stretches(policy.stretch for policy in self.own))

    def evidence(self, span: Span, context: Sequence[Span] = ()) -> tuple[Evidence, ...]:
        """One piece of evidence."""
        return (self.passages.evidence(span, context),)

    def policy_at(self, span: Span) -> int:
        """Position of the own policy that the span stands in, the last one where it is in none."""
        found = self._stretches.find(span)
        return len(self.own) - 1 if found is None else found
