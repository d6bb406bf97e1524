"""Which column of a file is which field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parindex.core.dossiers.mapping import Mapping, word_key
from parindex.core.dossiers.problems import nearest, refuse
from parindex.core.dossiers.record import FIELDS


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the fields stand.

    Attributes:
        at: field -> position of its column, from 0.
        names: field -> heading as the file writes it.
        unread: headings of columns that no field is read from; they never leave the file.
    """

    at: dict[str, int]
    names: dict[str, str]
    unread: tuple[str, ...]


def find_columns(headings: Sequence[str], mapping: Mapping, file: str) -> Columns:
    """Match a file's headings with the fields.

    Raises:
        DossiersRefused: `field_missing` names a required field that has neither column nor fixed value, or a
            heading that the mapping promises; `heading_twice`.
    """
    keys = [word_key(h) for h in headings]
    at: dict[str, int] = {}
    for field in FIELDS:
        promised = mapping.columns.get(field.name)
        wanted = promised or (field.name, *field.headings)
        found = next((keys.index(k) for k in map(word_key, wanted) if k in keys), None)
        if found is not None:
            if keys.count(keys[found]) > 1:
                raise refuse(file, "heading_twice", line=1, column=headings[found])
            at[field.name] = found
        elif promised or (field.required and field.name not in mapping.fixed):
            named = promised[0] if promised else field.headings[0]
            near = nearest(word_key(wanted[-1]), keys)
            raise refuse(file, "field_missing", line=1, field=field.name, column=named, near=near)
    unread = tuple(h for k, h in enumerate(headings) if k not in at.values() and h.strip())
    return Columns(at, {f: headings[k] for f, k in at.items()}, unread)
