"""What a check of an installation finds."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What a check found; only what is broken makes `doctor` fail."""

    OK = "ok"
    NOTICE = "notice"
    MISSING = "missing"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, what it says, and what to do; `remedy` is empty if nothing has to be done."""

    name: str
    state: State
    says: str
    remedy: str = ""
