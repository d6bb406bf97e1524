"""The log: one JSON object a line, with the request that it belongs to, and nothing about any person.

Only what the program's own text says is written: the sentence of a log call with its places left open (`%s`),
fields that the program names, the type of an error and where in the code it arose. Never what was put into
those places, nor an error's own words: there stand names, addresses, paths and what people typed.
"""

from __future__ import annotations

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime


REQUEST: ContextVar[str] = ContextVar("request", default="")
"""The id of the request that is being answered; "" outside of one."""

FIELDS = ("code", "job", "route", "method", "status", "ms", "sql")
"""What a log call may say in `extra`: codes, names in the program's own text, and numbers."""

OURS = "parindex"
DEEPEST = 30


class JsonLines(logging.Formatter):
    """A record as a line."""

    def format(self, record: logging.LogRecord) -> str:
        """See the module."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said: dict[str, object] = {"at": at, "level": record.levelname.lower(), "logger": record.name}
        if event := _event(record):
            said["event"] = event
        if request := REQUEST.get():
            said["request"] = request
        said |= {name: value for name in FIELDS if (value := getattr(record, name, None)) is not None}
        if record.exc_info and record.exc_info[1] is not None:
            said |= _of_error(record.exc_info[1])
        return json.dumps(said, ensure_ascii=False)


def _event(record: logging.LogRecord) -> str:
    """The sentence as it stands in the program; of a library only one with open places is surely that."""
    is_ours = record.name.split(".")[0] == OURS
    return record.msg if isinstance(record.msg, str) and (is_ours or record.args) else ""


def _of_error(error: BaseException) -> dict[str, object]:
    """Types of the error and of its causes, and the way through the code to where it arose."""
    causes: list[str] = []
    cause = error.__cause__ or error.__context__
    while cause is not None and len(causes) < DEEPEST:
        causes.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    frames = traceback.extract_tb(error.__traceback__)[-DEEPEST:]
    way = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": type(error).__name__, **({"causes": causes} if causes else {}), "way": way}


def _short(file: str) -> str:
    """A file by its place within the program or its libraries, whatever the machine."""
    path = file.replace("\\", "/")
    for mark in ("/site-packages/", "/src/"):
        if mark in path:
            return path.rpartition(mark)[2]
    return path.rpartition("/")[2]
