"""What the claim builders of one document share."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.facts import Evidence
from loaders.extract.records import OwnPolicy
from loaders.resolve.draft import Draft
from loaders.resolve.parties import Parties
from loaders.resolve.passages import Passages
from loaders.text.model import Span, Structure


@dataclass(frozen=True, slots=True)
class Writing:
    """One document on its way to claims; `own_ids` are the ids of `own`, in the same order."""

    draft: Draft
    structure: Structure
    passages: Passages
    parties: Parties
    own: Sequence[OwnPolicy]
    own_ids: Sequence[str]

    def evidence(self, span: Span, context: Sequence[Span] = ()) -> tuple[Evidence, ...]:
        """One piece of evidence."""
        return (self.passages.evidence(span, context),)

    def policy_at(self, span: Span) -> int:
        """Position of the own policy that the span stands in: of those whose stretch holds it, the shortest."""
        holding = [i for i, policy in enumerate(self.own) if span in policy.stretch]
        return min(
            holding, key=lambda i: self.own[i].stretch.end - self.own[i].stretch.start, default=len(self.own) - 1
        )
