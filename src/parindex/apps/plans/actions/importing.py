"""Tasks from a plan's Word or Excel file: sent, made clear, taken in one act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from parindex.apps.evidence.models import Document
from parindex.apps.plans.actions.planning import lock_plan, name_document
from parindex.apps.plans.actions.tasks import add_tasks
from parindex.apps.plans.models import Plan, Task, TaskFile
from parindex.apps.plans.rules import MOST_TASKS, check_living
from parindex.apps.plans.understanding import ANSWERED, reading_of, understand
from parindex.core.formats.folded import folded
from parindex.core.formats.plan_columns import Field
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.core.wording.plan_questions import FIELDS


LONGEST_ANSWER = 4000


@transaction.atomic
def send_task_file(*, plan: Plan, document: Document, by: str, at: datetime) -> TaskFile:
    """Begin to bring in the tasks of a file that the unit's store keeps; the same file again goes on where it
    was left.

    Raises:
        Refused: ``plan_closed``, ``document_elsewhere``, ``task_file_taken``; FileRefused where it has no
            table of tasks.
    """
    locked = lock_plan(plan)
    check_living(locked)
    if document.unit_id != locked.unit_id or document.content is None:
        raise Refused("document_elsewhere")
    sha256 = document.content.sha256
    standing = TaskFile.objects.filter(plan=locked, sha256=sha256).first()
    if standing is not None:
        _check_open(standing)
        return standing
    made = TaskFile(plan=locked, document=document, sha256=sha256, by=by, at=at)
    reading_of(made)
    made.save()
    return made


@transaction.atomic
def map_columns(
    *, file: TaskFile, columns: Mapping[int, Mapping[int, str]], by: str, at: datetime
) -> TaskFile:
    """Say what the columns of its tables are: by table, by column from 0, a field or "". What is the same as
    proposed is not kept.

    Raises:
        Refused: ``task_file_taken``, ``task_column_twice``, ``task_column_content``.
    """
    del by, at
    locked = _lock(file)
    reading = reading_of(locked)
    for table in reading.tables:
        number = table.grid.number
        if number not in columns:
            continue
        chosen: dict[str, int] = {}
        for k, name in columns[number].items():
            if name not in FIELDS or not 0 <= k < table.grid.width:
                continue
            if name in chosen:
                raise Refused("task_column_twice", field=FIELDS[Field(name)])
            chosen[name] = k
        if Field.CONTENT not in chosen:
            raise Refused("task_column_content", table=number)
        locked.columns.pop(str(number), None)
        if chosen != {f.value: k for f, k in table.fields.items()}:
            locked.columns[str(number)] = chosen
    locked.save(update_fields=["columns"])
    return locked


@transaction.atomic
def answer_rows(
    *,
    file: TaskFile,
    answers: Mapping[str, Mapping[str, str]],
    names: Mapping[str, str],
    by: str,
    at: datetime,
) -> TaskFile:
    """Type fields of rows anew, by ``table/row``; say what names of the file mean (``lead|…``, ``area|…``). A
    name that is said empty is forgotten.

    Raises:
        Refused: ``task_file_taken``, ``text_too_long``.
    """
    del by, at
    locked = _lock(file)
    rows = {f"{t.grid.number}/{r.number}" for t in reading_of(locked).tables for r in t.grid.rows}
    for key in rows & set(answers):
        kept = locked.answers.setdefault(key, {})
        kept |= {name: _short(text) for name, text in answers[key].items() if name in ANSWERED}
    for name, meant in names.items():
        kind, _, text = name.partition("|")
        if kind in {"lead", "area"}:
            key = _short(f"{kind}|{folded(text)}")
            locked.names.pop(key, None)
            locked.names |= {key: _short(meant.strip())} if meant.strip() else {}
    locked.save(update_fields=["answers", "names"])
    return locked


def _short(text: str) -> str:
    if len(text) > LONGEST_ANSWER:
        raise Refused("text_too_long", limit=LONGEST_ANSWER)
    return text


@transaction.atomic
def take_task_file(*, file: TaskFile, by: str, at: datetime) -> list[Task]:
    """Make tasks of all rows that are not left out: all or none, one entry. A plan without a document has the
    file for one.

    Raises:
        Refused: ``task_rows_asked``, ``task_rows_none``, ``task_rows_many``, ``task_file_taken``, and what
            `add_tasks` refuses.
    """
    locked = _lock(file)
    sheet = understand(locked, at=at)
    if sheet.asked:
        first = sheet.asked[0]
        raise Refused("task_rows_asked", count=len(sheet.asked), table=first.table, row=first.row)
    if not sheet.taken:
        raise Refused("task_rows_none")
    if len(sheet.taken) > MOST_TASKS:
        raise Refused("task_rows_many", count=len(sheet.taken), limit=MOST_TASKS)
    made = add_tasks(plan=locked.plan, rows=[(row.written, "") for row in sheet.taken], by=by, at=at)
    if locked.plan.document_id is None:
        name_document(plan=locked.plan, document=locked.document, by=by, at=at)
    locked.taken_at, locked.taken = at, len(made)
    locked.save(update_fields=["taken_at", "taken"])
    return made


@transaction.atomic
def drop_task_file(*, file: TaskFile, by: str, at: datetime) -> None:
    """Give up bringing in a file's tasks; the file stays in the unit's store. Raises Refused
    ``task_file_taken``."""
    del by, at
    _lock(file).delete()


def _lock(file: TaskFile) -> TaskFile:
    """The file as it stands, with its plan held until the transaction ends."""
    check_living(lock_plan(file.plan))
    found = TaskFile.objects.select_for_update(of=("self",)).select_related("plan__unit", "document__content")
    locked = found.get(pk=file.pk)
    _check_open(locked)
    return locked


def _check_open(file: TaskFile) -> None:
    if file.taken_at is not None:
        raise Refused("task_file_taken", day=legal_date(file.taken_at), count=file.taken)
