"""What stands in the way of a comparison, as the reference tells it."""

from graph.queries.alignment import MEANING

REMARKS = "; ".join(f"`{remark}`: {meaning}" for remark, meaning in MEANING.items())
"""Description of the field `remarks`."""
