"""What a request wrote and did not take back, by table, without knowing what it is about."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection


WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
MARK = re.compile(r'\s*(ROLLBACK TO )?(?:RELEASE )?SAVEPOINT\s+"?(\w+)"?', re.IGNORECASE)
OF_THE_VISIT = ("django_session", "access_")
"""Who is at the desk since when: no part of what is kept."""


@dataclass
class Written:
    """Tables and values of the statements that stand."""

    statements: list[tuple[str, str]] = field(default_factory=list)

    @property
    def tables(self) -> list[str]:
        """Each table that was written to, once."""
        return sorted({table for table, _ in self.statements if table})

    def speaks_of(self, text: str) -> bool:
        """Whether a value is within what was written."""
        return any(text in values for table, values in self.statements if table)


@contextmanager
def net_writes() -> Iterator[Written]:
    """Watch the connection; what a savepoint took back is not among what was written."""
    written = Written()

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        mark = MARK.match(sql)
        if mark and mark[1]:
            places = [k for k, said in enumerate(written.statements) if said == ("", mark[2])]
            del written.statements[places[-1] + 1 if places else 0 :]
        elif mark and sql.lstrip().upper().startswith("SAVEPOINT"):
            written.statements.append(("", mark[2]))
        elif (found := WRITES.match(sql)) and not found[1].startswith(OF_THE_VISIT):
            written.statements.append((found[1], repr(params)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written
