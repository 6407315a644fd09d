"""Bytes of a file as text: plain text and Markdown, in UTF-8, GB18030 or UTF-16."""

import re
from pathlib import PurePath

from charset_normalizer import from_bytes

from graph.errors import RefusedInput
from loaders.text.model import ReadText

MAX_BYTES = 50_000_000
"""Files larger than this are refused; whoever opens a file looks at its size before reading it."""

MEDIA_TYPES = {".txt": "text/plain", ".text": "text/plain", ".md": "text/markdown", ".markdown": "text/markdown"}
"""Media type by suffix of the files that can be read."""

DUMP = ".jsonl"
"""How the name of a dump of a store ends; it is loaded as it is, not read."""

TABLES = (".csv", ".tsv", ".xlsx", ".json")
"""How the names of files end that may be curated tables, which are read elsewhere."""

_MAGIC = {
    b"PK\x03\x04": "a ZIP archive (docx, xlsx and the like)",
    b"%PDF": "a PDF",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\xd0\xcf\x11\xe0": "an old Office document (doc, xls)",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"{\\rtf": "an RTF document",
    b"SQLite format 3": "an SQLite database",
    b"\x7fELF": "a program",
}
_BREAKS = re.compile("\r\n?|[\v\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_MOST_CONTROLS = 0.005
_LONGEST_CHARACTER = 4
_HAN = re.compile("[\u3400-\u9fff]")
# Level one of GB 2312, the 3,755 common characters, lies at B0..D7: text in the wrong encoding falls mostly outside.
_COMMON_IN_GB = range(0xB0, 0xD8)
_LEAST_COMMON = 0.7
_EVERYWHERE = frozenset("的一是在和有不人大中国年学业教发展工作建设为以上会要行政部市省与及对于产实")
_LEAST_EVERYWHERE, _ENOUGH_HAN = 0.05, 40
_SAMPLE = 20_000


def check_size(size: int, *, name: str) -> None:
    """Nothing, for a file of this many bytes; raises RefusedInput if it is empty or larger than MAX_BYTES."""
    if size == 0:
        raise RefusedInput(f"{name}: the file is empty; give one with text in it")
    if size > MAX_BYTES:
        limit = MAX_BYTES // 1_000_000
        raise RefusedInput(
            f"{name}: {size / 1_000_000:.0f} MB, more than the {limit} MB that are read; divide the file"
        )


def read_bytes(data: bytes, *, name: str) -> ReadText:
    """The text of a file, lines ended by a line feed, with the offsets at which pages start (after a form feed).

    `name` is the file's name; its suffix says what it is. Encodings: UTF-8 with or without byte order mark, GB18030
    (so also GB2312 and GBK), UTF-16 with byte order mark. Raises RefusedInput with one line that says what is wrong:
    another kind of file, empty, too large, binary, not whole, or in another encoding.
    """
    media_type = media_type_of(name)
    check_size(len(data), name=name)
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise RefusedInput(f"{name}: this is {kind}, not text; save it as UTF-8 text and load that")
    text = _BREAKS.sub("\n", decode(data, name=name))
    _refuse_binary(text, name)
    if not text.strip("\ufeff \t\n\f\u3000\u00a0\u200b"):
        raise RefusedInput(f"{name}: nothing but white space; give a file with text in it")
    pages = [match.end() for match in re.finditer("\f", text)]
    starts = tuple([0, *pages]) if pages else ()
    return ReadText(text.replace("\f", "\n"), media_type, page_starts=starts)


def media_type_of(name: str) -> str:
    """The media type that the suffix of a file's name stands for; raises RefusedInput if such files are not read."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in MEDIA_TYPES:
        kind = f"files of type {suffix}" if suffix else "files without a type in their name"
        raise RefusedInput(f"{name}: {kind} are not read; the types that are: {readable_types()}")
    return MEDIA_TYPES[suffix]


def readable_types() -> str:
    """The endings of names of files that can be loaded, for messages."""
    return f"{', '.join((*MEDIA_TYPES, DUMP))}, and tables ({', '.join(TABLES)})"


def decode(data: bytes, *, name: str) -> str:
    """The characters of a text file in UTF-8, GB18030 or UTF-16, its line ends as they are.

    Raises RefusedInput with one line if it is in none of them, or damaged.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(data, "utf-16", name)
    if data.startswith(b"\xef\xbb\xbf"):
        return _strict(data, "utf-8-sig", name)
    if b"\x00" in data:
        raise _binary(name, data.index(b"\x00"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(data):
            raise _damaged(name, "UTF-8", error) from error
    text = _strict(data, "gb18030", name)
    if not _is_common(text):
        raise RefusedInput(f"{name}: the encoding is not UTF-8 or GB18030{_guess(data)}; save the file as UTF-8")
    return text


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        label = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "gb18030": "GB18030"}[encoding]
        if encoding == "gb18030" and not _is_at_end(error):
            raise RefusedInput(
                f"{name}: neither UTF-8 nor GB18030 (byte {error.start}){_guess(data)}; save the file as UTF-8"
            ) from error
        raise _damaged(name, label, error) from error


def _damaged(name: str, encoding: str, error: UnicodeDecodeError) -> RefusedInput:
    if _is_at_end(error):
        return RefusedInput(
            f"{name}: {encoding} text that breaks off inside a character at its end; get the whole file"
        )
    return RefusedInput(f"{name}: not valid {encoding} at byte {error.start}; get an undamaged copy")


def _is_at_end(error: UnicodeDecodeError) -> bool:
    return error.end == len(error.object) and len(error.object) - error.start < _LONGEST_CHARACTER


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether it is UTF-8 but for a few bytes: what decodes as Han is most of what is not ASCII."""
    sample = data[:_SAMPLE] if len(data) <= 2 * _SAMPLE else data[:_SAMPLE] + data[-_SAMPLE:]
    wide = sum(1 for byte in sample if byte >= 0x80)
    return 3 * len(_HAN.findall(sample.decode("utf-8", "ignore"))) >= 0.7 * wide


def _is_common(text: str) -> bool:
    """Whether most Han characters are common ones, and some are those that stand in any Chinese text."""
    han = _HAN.findall(text[:_SAMPLE])
    common = sum(1 for character in han if character.encode("gb18030")[0] in _COMMON_IN_GB)
    everywhere = sum(1 for character in han if character in _EVERYWHERE)
    if not han or common < _LEAST_COMMON * len(han):
        return False
    return len(han) < _ENOUGH_HAN or everywhere >= _LEAST_EVERYWHERE * len(han)


def _guess(data: bytes) -> str:
    best = from_bytes(data[:_SAMPLE]).best()
    return f" (perhaps {best.encoding})" if best is not None else ""


def _refuse_binary(text: str, name: str) -> None:
    controls = [match.start() for match in _CONTROLS.finditer(text)]
    if "\x00" in text:
        raise _binary(name, text.index("\x00"))
    if len(controls) > _MOST_CONTROLS * len(text):
        raise _binary(name, controls[0])


def _binary(name: str, position: int) -> RefusedInput:
    return RefusedInput(
        f"{name}: binary data (control characters from position {position} on), not text; save it as text"
    )
