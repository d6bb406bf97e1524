"""The hash by which a result names the answers it was computed from."""

from __future__ import annotations

import hashlib
import json

from parindex.core.kernel.answers import AnswerTable, Input, NoAnswer
from parindex.core.kernel.reading import written


def answers_hash(table: AnswerTable) -> str:
    """SHA-256 over participants and answers; the order of units and columns does not matter."""
    digest = hashlib.sha256()
    for unit in sorted(range(len(table.participants)), key=lambda u: table.participants[u].name):
        who = table.participants[unit]
        answers = []
        for code in sorted(table.columns):
            column = table.columns[code]
            at = column.index[unit]
            answer = column.distinct[at] if at >= 0 else None
            if answer is None or isinstance(answer, NoAnswer):
                continue
            extra = (
                [None if answer.se is None else str(answer.se), answer.n] if isinstance(answer, Input) else []
            )
            answers.append([code, written(answer), *extra])
        line = json.dumps(
            [who.name, who.type, who.group, who.late_days, answers], ensure_ascii=False, separators=(",", ":")
        )
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()
