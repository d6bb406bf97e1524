"""What the ledger says of the rows of other tables, against what stands there.

A room above describes each of its tables once (`Table`): which acts say what of which row, and the rows as
they stand. A row that was changed, added or taken away behind the ledger's back is then named with the entry
that says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from parindex.apps.audit.models import Entry, LedgerText
from parindex.apps.audit.queries import texts_beside
from parindex.apps.audit.record import REDACTED
from parindex.apps.audit.told import Said, Told
from parindex.core.formats.canonical import canonical


CHUNK = 100
Key = tuple[str, ...]
GONE: Mapping[str, object] = {"": "gone"}
"""Said of a row that an act took away."""


class _Unsure:
    """A value that can no longer be known."""


UNSURE = _Unsure()
"""Said of a field that an act changes without saying to what, or whose text was redacted."""


@dataclass(frozen=True, slots=True)
class Act:
    """An entry as the readers read it; `said` is its payload with the texts beside it."""

    kind: str
    chain: str
    subject: str
    place: str
    said: Mapping[str, Any]
    by: str
    at: datetime


Reader = Callable[[Act], Iterable[tuple[Key, Mapping[str, object]]]]


@dataclass(frozen=True, slots=True)
class Table:
    """One table that the ledger speaks of.

    Attributes:
        name: label of its model, as in ``plans.Task``.
        chains: how the names of the chains begin in which acts on it are.
        readers: by kind of act: which row it speaks of, and what the named fields are from then on.
        quiet: kinds of acts in these chains that change nothing of it (``access.*``: all of these). One that
            is neither read nor quiet makes its chain unread: nothing that the chain says is compared any
            more, and this is told.
        rows: each row as it stands: its key, and the fields that are compared.
        known: False where rows are only ever added: then an act of these chains that is neither read nor
            quiet changes nothing of them, whatever it is.
        every: a row that no act speaks of is one too many.
        lost: a row that an act speaks of and that is not there was taken away by hand.
    """

    name: str
    chains: tuple[str, ...]
    readers: Mapping[str, Reader]
    quiet: frozenset[str]
    rows: Callable[[], Iterable[tuple[Key, Mapping[str, object]]]]
    known: bool = True
    every: bool = True
    lost: bool = True


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that is not as the ledger says.

    Attributes:
        code: ``row_changed``, ``row_missing``, ``row_unknown``.
        data: ``place``, ``chain#position`` of the entry that says otherwise; of a changed row also ``field``,
            and what ``stands`` and was ``told``.
    """

    code: str
    table: str
    row: Key
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Compared:
    """What came of it: rows compared, what differs, which chains cannot be read, with the kind of act."""

    rows: int = 0
    faults: list[RowFault] = field(default_factory=list)
    unread: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hashed:
    """A content by its hash, as the entry has it, and the words in it."""

    hash: str
    words: object


def compare(tables: Sequence[Table], *, instead: str = "") -> Compared:
    """Lay what the ledger says beside what stands, table by table.

    Args:
        instead: what stands in the place of a name that was erased, where any was: a value with it is another
            than the entry says, and rightly so.
    """
    found = Compared()
    for table in tables:
        with closing(Told()) as told:
            _hear(table, told)
            found.unread |= told.unread
            found.faults += _differences(table, told, found, instead=instead)
    return found


def text(value: object) -> str:
    """A value as it is compared: entries hold it as JSON, tables as the database does."""
    if value is None:
        return ""
    if isinstance(value, Hashed):
        return value.hash
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | dict):
        return canonical(value).decode()
    return str(value)


def standing(
    found: QuerySet[Any], key: Sequence[str], fields: Mapping[str, str | tuple[str, Callable[[Any], object]]]
) -> Callable[[], Iterator[tuple[Key, Mapping[str, object]]]]:
    """The rows of a queryset as `Table.rows` gives them.

    Args:
        key: paths whose values name the row; one with braces is a name made of paths (``plan:{plan_id}``).
        fields: by the name that acts use: the path, or a path with what makes the value of it.
    """
    paths = {name: source if isinstance(source, str) else source[0] for name, source in fields.items()}
    made = {name: source[1] for name, source in fields.items() if not isinstance(source, str)}
    plain = [part for part in key if "{" not in part]
    inside = [one.split("}")[0] for part in key if "{" in part for one in part.split("{")[1:]]
    wanted = list(dict.fromkeys([*plain, *inside, *paths.values()]))

    def rows() -> Iterator[tuple[Key, Mapping[str, object]]]:
        for row in found.order_by("pk").values(*wanted).iterator(chunk_size=2000):
            named = tuple(part.format(**row) if "{" in part else text(row[part]) for part in key)
            yield (
                named,
                {name: made[name](row[path]) if name in made else row[path] for name, path in paths.items()},
            )

    return rows


def _hear(table: Table, told: Told) -> None:
    """The acts of a table's chains, in the order in which they were written."""
    chains = Q()
    for begin in table.chains:
        chains |= Q(chain__startswith=begin)
    for act in _acts(Entry.objects.filter(chains)):
        reader = table.readers.get(act.kind)
        if reader is None:
            if table.known and not _is_quiet(act.kind, table.quiet):
                told.unread.setdefault(act.chain, act.kind)
            continue
        for key, said in reader(act):
            if said is GONE:
                told.forget(key)
            else:
                texts = {name: None if value is UNSURE else text(value) for name, value in said.items()}
                told.hear(key, texts, act.place)


def _is_quiet(kind: str, quiet: Collection[str]) -> bool:
    return kind == REDACTED or kind in quiet or f"{kind.partition('.')[0]}.*" in quiet


def _acts(entries: QuerySet[Entry]) -> Iterator[Act]:
    """In the order in which they were written. Entries wait for each other only where texts are fetched for
    many at once: one without texts may speak of thousands of rows."""
    waiting: list[Entry] = []
    for entry in entries.order_by("id").iterator(chunk_size=CHUNK):
        if entry.texts or waiting:
            waiting.append(entry)
        else:
            yield _act(entry, {})
        if len(waiting) >= CHUNK:
            yield from _with_texts(waiting)
            waiting.clear()
    yield from _with_texts(waiting)


def _with_texts(entries: Sequence[Entry]) -> Iterator[Act]:
    beside = texts_beside(entries)
    for entry in entries:
        yield _act(entry, beside.get((entry.chain, entry.position), {}))


def _act(entry: Entry, texts: Mapping[str, LedgerText]) -> Act:
    said = {**entry.payload, **{name: _read(texts.get(name)) for name in entry.texts}}
    return Act(entry.kind, entry.chain, entry.subject, entry.place, said, entry.by, entry.at)


def _read(beside: LedgerText | None) -> object:
    """A text beside an entry; what was redacted, or lost, is named elsewhere and cannot be compared."""
    return UNSURE if beside is None or beside.redacted_at is not None else beside.text


def _differences(table: Table, told: Told, found: Compared, *, instead: str) -> Iterator[RowFault]:
    for key, row in table.rows():
        found.rows += 1
        said = told.meet(key)
        if said is not None:
            yield from _changed(table, told, key, row=row, said=said, instead=instead)
        elif table.every and not told.unread:
            yield RowFault("row_unknown", table.name, key)
    for key, place in told.not_met() if table.lost else ():
        if place.rpartition("#")[0] not in told.unread:
            yield RowFault("row_missing", table.name, key, {"place": place})


def _changed(
    table: Table, told: Told, key: Key, *, row: Mapping[str, object], said: Said, instead: str
) -> Iterator[RowFault]:
    """The fields of one row that an entry says otherwise."""
    for name, (value, where) in said.items():
        if name not in row or text(row[name]) == value or where.rpartition("#")[0] in told.unread:
            continue
        if not _is_erased(row[name], instead):
            data = {"place": where, "field": name, "stands": text(row[name]), "told": value}
            yield RowFault("row_changed", table.name, key, data)


def _is_erased(value: object, instead: str) -> bool:
    words = value.words if isinstance(value, Hashed) else value
    return bool(instead) and instead in str(words)
