"""The hash by which a result names the answers it was computed from."""

from __future__ import annotations

import hashlib
import json

from parindex.core.kernel.answers import AnswerTable, Column, Input, NoAnswer
from parindex.core.kernel.reading import written


CERTAIN = ",null,null"
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def answers_hash(table: AnswerTable) -> str:
    """SHA-256 over participants and answers; the order of units and columns does not matter."""
    digest = hashlib.sha256()
    texts = [(table.columns[code].index, _texts(code, table.columns[code])) for code in sorted(table.columns)]
    for unit in sorted(range(len(table.participants)), key=lambda u: table.participants[u].name):
        who = table.participants[unit]
        answers = ",".join(text[at] for index, text in texts if (at := index[unit]) in text)
        facts = _json([who.name, who.type, who.group, who.late_days])
        line = f"{facts[:-1]},[{answers}]]"
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def _texts(code: str, column: Column) -> dict[int, str]:
    """Each distinct answer of a column as it is hashed, by its place; none where nothing was answered."""
    found, head = {}, _json(code)
    for at, answer in enumerate(column.distinct):
        if isinstance(answer, NoAnswer):
            continue
        sure = ""
        if isinstance(answer, Input):
            sure = CERTAIN
            if answer.se is not None or answer.n is not None:
                sure = f",{_json(None if answer.se is None else str(answer.se))},{_json(answer.n)}"
        found[at] = f"[{head},{_json(written(answer))}{sure}]"
    return found
