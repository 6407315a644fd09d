"""A multipart form with files as a request sends it, checked while it comes in: the size, the fields, the names."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from graph.errors import RefusedInput, TooLarge, UnknownParameter
from graph.nearest import hint
from loaders.uploads import Sent, name_of

FILES = "files"
MOST_FILES = 100
_LONGEST_FIELD = 4_000
_COPIED = 1_000_000


@dataclass(frozen=True, slots=True)
class Form:
    """What was sent: fields that are not empty, and files, whose bytes are in the folder under names of ours."""

    fields: Mapping[str, str]
    files: tuple[Sent, ...]


async def read_form(request: Request, folder: Path, *, known: tuple[str, ...], largest: int) -> Form:
    """The form that a request sends, with its files in the folder.

    Raises TooLarge as soon as it is clear that there are more than `largest` bytes, RefusedInput for what is no form
    with files or has a name twice, UnknownParameter for a field that is not known.
    """
    kind = request.headers.get("content-type", "")
    if not kind.lower().startswith("multipart/form-data"):
        raise RefusedInput(f"send the files as multipart/form-data, in the field {FILES}, not as “{kind[:60]}”")
    parser = MultiPartParser(
        request.headers,
        _limited(request, largest),
        max_files=MOST_FILES,
        max_fields=len(known) + MOST_FILES,
        max_part_size=_LONGEST_FIELD,
    )
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise RefusedInput(f"the form can't be read: {error.message}") from error
    try:
        return await run_in_threadpool(_stored, form, folder, known)
    finally:
        await form.close()


async def _limited(request: Request, largest: int) -> AsyncGenerator[bytes, None]:
    """The body; raises TooLarge before more than `largest` bytes of it are taken."""
    refusal = TooLarge(f"more than {largest / 1_000_000:.0f} MB; send fewer files at once, or load them where they lie")
    said = request.headers.get("content-length", "")
    if said.isdecimal() and int(said) > largest:
        raise refusal
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > largest:
            raise refusal
        yield chunk


def _stored(form: FormData, folder: Path, known: tuple[str, ...]) -> Form:
    fields: dict[str, str] = {}
    files: list[Sent] = []
    for field, value in form.multi_items():
        if _is_left_open(field, value):
            continue
        if isinstance(value, UploadFile):
            files.append(_file(field, value, folder / str(len(files))))
        elif field == FILES:
            raise RefusedInput(f"the field {FILES} holds a text; send a file in it, with its name")
        elif field not in known:
            raise UnknownParameter(f"the form has no field “{field[:60]}”; {hint(field, known)}")
        elif field in fields:
            raise RefusedInput(f"the field {field} is there twice; send it once")
        elif value.strip():
            fields[field] = value
    names = [sent.name for sent in files]
    if not files:
        raise RefusedInput(f"no file was sent; send one or more in the field {FILES}")
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise RefusedInput(f"{twice}: two files were sent under this name; name them apart")
    return Form(fields, tuple(files))


def _is_left_open(field: str, value: UploadFile | str) -> bool:
    """Whether it is a place for a file that nobody chose one for, as browsers send it."""
    if isinstance(value, UploadFile):
        return not value.filename and not value.size
    return field == FILES and not value


def _file(field: str, value: UploadFile, path: Path) -> Sent:
    if field != FILES:
        raise RefusedInput(f"the field “{field[:60]}” holds a file; send files in the field {FILES}")
    name = name_of(value.filename or "")
    with path.open("wb") as out:
        while chunk := value.file.read(_COPIED):
            out.write(chunk)
    return Sent(path, name)
