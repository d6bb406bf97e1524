"""A refused file: every problem with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from parindex.core.kernel.problems import Refused


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One thing wrong in a file.

    Attributes:
        file: name as the caller gave it.
        line: counted from 1; 0 where the file as a whole is meant.
        code, data: see `parindex.core.kernel.problems.Problem`.
    """

    file: str
    line: int
    code: str
    data: Mapping[str, object] = field(default_factory=dict)


class FileRefused(Refused):
    """A file that cannot be used; `problems` names everything wrong with it, in the file's order."""

    def __init__(self, problems: Sequence[FileProblem]) -> None:
        super().__init__("file_refused", count=len(problems))
        self.problems = tuple(sorted(problems, key=lambda p: (p.file, p.line)))


def refuse(file: str, code: str, /, *, line: int = 0, **data: object) -> FileRefused:
    """A refusal for one reason."""
    return FileRefused([FileProblem(file, line, code, data)])
