"""The log of a server: one line a request, and what went wrong, as JSON or as text, on standard error."""

import json
import logging
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TextIO

_OURS = "policygraph"
_SERVER = "uvicorn.error"


class LogForm(StrEnum):
    """How lines of the log are written."""

    JSON = "json"
    TEXT = "text"
    OFF = "off"


class JsonLines(logging.Formatter):
    """A JSON object a line: `time`, `level`, `logger`, then the fields of a request, or `message` and `traceback`."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        fields: dict[str, Any] = {
            "time": _moment(record).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            **_fields(record),
        }
        if record.exc_info:
            fields["traceback"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False, default=str).encode("utf-8", "replace").decode()


class TextLines(logging.Formatter):
    """A line for people; nothing that a caller sent can begin a line of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line, and what happened below it where a request failed."""
        shown = " ".join(f"{name}={value}" for name, value in _fields(record).items() if value not in (None, {}))
        line = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in shown)
        head = f"{_moment(record):%H:%M:%S} {record.levelname.lower()} {line}"
        return f"{head}\n{self.formatException(record.exc_info)}" if record.exc_info else head


def log_to(stream: TextIO, form: LogForm) -> None:
    """Have our log, and what the server that runs us warns of, written to a stream from now on."""
    handler: logging.Handler = logging.NullHandler() if form is LogForm.OFF else logging.StreamHandler(stream)
    handler.setFormatter(JsonLines() if form is LogForm.JSON else TextLines())
    for name in (_OURS, _SERVER):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
    logging.getLogger(_OURS).setLevel(logging.CRITICAL if form is LogForm.OFF else logging.INFO)
    logging.getLogger(_SERVER).setLevel(logging.WARNING)
    handler.addFilter(lambda record: not (record.name == _SERVER and record.exc_info))  # ours has it with the id


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    line: dict[str, Any] | None = getattr(record, "line", None)
    return line or {"message": record.getMessage(), **_named(record)}


def _named(record: logging.LogRecord) -> dict[str, Any]:
    found = getattr(record, "request_id", None)
    return {"request_id": found} if found else {}


def _moment(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)
