"""Deterministic ids: a prefix for the root class, then a digest of what makes the thing what it is.

Opaque outside this module. The parts of a digest are length-prefixed, so that ("ab", "c") and ("a", "bc") differ.
"""

import hashlib
import re
from collections.abc import Sequence

from graph.normal import fold, key, number_text

DIGEST_BYTES = 12  # 96 bits: one chance in 10^11 of any collision among 10^9 things
_MADE = re.compile(rf"[a-z]+:[0-9a-f]{{{2 * DIGEST_BYTES}}}|place:\d{{6}}|document:[0-9a-f]{{64}}")


def is_made(id_: str) -> bool:
    """Whether an id has the form of those that are made here; another, such as policy:1, may mean two things."""
    return _MADE.fullmatch(id_) is not None


def digest(*parts: str) -> str:
    """Hex digest of the parts; their number, order and limits matter."""
    prefixed = b""
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        prefixed += len(encoded).to_bytes(8, "big") + encoded
    return hashlib.blake2b(prefixed, digest_size=DIGEST_BYTES).hexdigest()


def place_id(name: str, *, code: str | None = None, parent: str | None = None) -> str:
    """Id of a place: by division code, else by name and the id of the place above it."""
    return f"place:{code}" if code else f"place:{digest(key(name), parent or '')}"


def organization_id(absolute_name: str, *, scope: str | None = None) -> str:
    """Id of an organization by its absolute name; `scope` is the policy where only a relative name is known."""
    return f"organization:{digest(key(absolute_name), scope or '')}"


def group_id(normal_form: str) -> str:
    """Id of an actor group by its normal form."""
    return f"group:{digest(key(normal_form))}"


def policy_id(absolute_title: str, *, scope: str | None = None) -> str:
    """Id of a policy by its absolute title; `scope` is the citing policy where only a relative title is known."""
    return f"policy:{digest('title', key(absolute_title), scope or '')}"


def untitled_policy_id(source: str) -> str:
    """Id of a policy without a title, by the URI that it was loaded from."""
    return f"policy:{digest('source', source)}"


def indicator_id(normal_form: str) -> str:
    """Id of an indicator by its normal form."""
    return f"indicator:{digest(key(normal_form))}"


def goal_id(
    policy: str,
    *,
    indicator: str,
    comparator: str,
    value: float | str | None,
    value_max: float | None = None,
    unit: str | None,
    year: int | None,
) -> str:
    """Id of a goal: stated twice in one policy, in text and table, it is one goal."""
    return f"goal:{_figure(policy, '', indicator, comparator, value, value_max, unit, year)}"


def observation_id(
    policy: str,
    *,
    subject: str | None,
    indicator: str,
    comparator: str,
    value: float | str | None,
    unit: str | None,
    year: int | None,
) -> str:
    """Id of a reported figure; `subject` is the id of whom it is about."""
    return f"observation:{_figure(policy, subject or '', indicator, comparator, value, None, unit, year)}"


def _figure(
    policy: str,
    subject: str,
    indicator: str,
    comparator: str,
    value: float | str | None,
    value_max: float | None,
    unit: str | None,
    year: int | None,
) -> str:
    amount = (number_text(value), number_text(value_max), fold(unit or ""), str(year or ""))
    return digest(policy, subject, key(indicator), comparator, *amount)


def measure_id(policy: str, heading_path: Sequence[str], ordinal: int = 0) -> str:
    """Id of a measure: policy, titles of the headings down to its own, ordinal among equals."""
    return f"measure:{digest(policy, *map(key, heading_path), str(ordinal))}"


def document_id(sha256: str) -> str:
    """Id of a document by the SHA-256 of its bytes."""
    return f"document:{sha256}"


def passage_id(sha256: str, start: int) -> str:
    """Id of the passage of a document that starts at a code point."""
    return f"passage:{digest(sha256, str(start))}"


def edge_id(source: str, type_: str, target: str, discriminator: str = "") -> str:
    """Id of an edge by its ends, type and what tells it from others of the type between them."""
    return f"edge:{digest(source, type_, target, discriminator)}"


def batch_id(kind: str, *parts: str) -> str:
    """Id of a batch by its kind and what it is made from."""
    return f"batch:{digest(kind, *parts)}"
