"""What a command leaves behind when it is run as a person runs it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def is_refused_in_one_line(self) -> bool:
        """Whether it stopped as promised for what can't be used: status 1, nothing on stdout, one line on stderr."""
        return self.status == 1 and not self.out and self.err.count("\n") == 1


Run: TypeAlias = Callable[..., Ran]
