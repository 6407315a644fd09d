"""Writing files whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import RefusedInput

STANDARD_OUTPUT = "-"
"""What stands for standard output where a file is asked for."""


@contextmanager
def replacing(file: Path) -> Iterator[Path]:
    """A path beside the file to write to, which takes its place at the end; nothing is left of a failed attempt.

    Raises RefusedInput where the file can't be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        os.close(handle)
        path = Path(name)
        try:
            yield path
            path.chmod(0o666 & ~_umask())
            path.replace(file)
        finally:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise RefusedInput(f"{file}: it can't be written ({error.strerror}); choose another place") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
