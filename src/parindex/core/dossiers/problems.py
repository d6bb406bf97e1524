"""What is wrong with dossier files, mappings and stores: codes with data, never a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class DossiersRefused(Exception):  # noqa: N818  a refusal is an answer, not an error of the program
    """Something that cannot be used as a whole.

    Attributes:
        file: name as the caller gave it; line: counted from 1, 0 where the whole is meant.
        code, data: stable name of the problem and the facts its sentence needs.
    """

    def __init__(self, file: str, code: str, *, line: int, data: dict[str, object]) -> None:
        super().__init__(file, code, line, data)
        self.file, self.code, self.line, self.data = file, code, line, data


def refuse(file: str, code: str, /, *, line: int = 0, **data: object) -> DossiersRefused:
    """A refusal."""
    return DossiersRefused(file, code, line=line, data=data)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was perhaps meant; "" where none is near."""
    found = get_close_matches(word, list(known), n=1) if len(word) <= 60 else []
    return found[0] if found else ""


# one row refused: code -> the field's name is told beside it, its value only where it cannot be a person's
ROW_CODES = (
    "value_missing",
    "date_unreadable",
    "date_not_in_calendar",
    "date_month_first",
    "date_day_first",
    "date_is_number",
    "date_far_off",
    "date_swapped",
    "date_before_received",
    "number_not_whole",
    "number_too_large",
    "fee_negative",
    "word_unknown",
    "unit_unknown",
    "unit_of_others",
    "dossier_of_others",
    "end_missing",
    "ended_but_open",
    "row_broken",
    "cell_broken",
)
