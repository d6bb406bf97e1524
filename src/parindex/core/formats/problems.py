"""A refused file: every problem with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from parindex.core.kernel.problems import Refused


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One thing wrong in a file.

    Attributes:
        file: name as the caller gave it.
        line: counted from 1; 0 where the file as a whole is meant.
        column: the heading of the column, in a table; empty where the whole line is meant.
        code, data: see `parindex.core.kernel.problems.Problem`.
    """

    file: str
    line: int
    code: str
    data: Mapping[str, object] = field(default_factory=dict)
    column: str = ""


class FileRefused(Refused):
    """A file that cannot be used; `problems` names everything wrong with it, in the file's order."""

    def __init__(self, problems: Sequence[FileProblem]) -> None:
        super().__init__("file_refused", count=len(problems))
        self.problems = tuple(sorted(problems, key=lambda p: (p.file, p.line)))


def refuse(file: str, code: str, /, *, line: int = 0, **data: object) -> FileRefused:
    """A refusal for one reason."""
    return FileRefused([FileProblem(file, line, code, data)])


NAME_LENGTH = 60


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was perhaps meant; "" where none is near, or the word is too long to be a slip."""
    if not word or len(word) > NAME_LENGTH:
        return ""
    found = get_close_matches(word, [k for k in known if len(k) <= NAME_LENGTH], n=1)
    return found[0] if found else ""


def read_limited(path: Path, limit: int) -> bytes:
    """A file's bytes, never more than the limit and one, whatever the file is.

    Raises:
        FileRefused: ``file_unreadable``, ``file_too_large``.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(limit + 1)
    except (OSError, ValueError) as error:
        raise refuse(str(path), "file_unreadable", detail=getattr(error, "strerror", "") or "") from error
    if len(content) > limit:
        raise refuse(str(path), "file_too_large", limit=limit)
    return content
