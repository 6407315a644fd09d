"""Policies of a document: those that it is itself, and those that it names."""

from loaders.extract.cited_policies import cited_policies
from loaders.extract.own_policies import own_policies

__all__ = ["cited_policies", "own_policies"]
