"""Published figures: what an authority announced, digit for digit, each with its source."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


FOLDER = Path(__file__).parent / "published"


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One announced figure.

    Attributes:
        authority: who announced it.
        index: which index (PAR INDEX, PAPI, PCI, SIPAS, Chỉ số 766, Chỉ số CCHC of a province).
        year: the year the figure is of.
        scope: `ca-nuoc`, `vung`, `tinh`, `so`, `huyen`, `xa`, `nganh-doc`, `don-vi-su-nghiep`, `tat-ca`.
        unit: the province, region or office, as written.
        figure: `index`, `points`, `applicable_max`, `mean`, `change`, `count.GRADE`, `area.NAME`;
            `NAME@2024-08-19` for a figure of one day.
        value: exact decimal text as printed; empty where only a rank or a grade was announced.
        unit_of_value: %, points of a maximum, number of units.
        rank: as announced; None where it was not.
        grade: as announced; empty where it was not.
        source: where it was read.
        file: name of the data file, without its ending.
    """

    authority: str
    index: str
    year: int
    scope: str
    unit: str
    figure: str
    value: str
    unit_of_value: str
    rank: int | None
    grade: str
    source: str
    file: str


@cache
def published_figures() -> tuple[PublishedFigure, ...]:
    """Every published figure that comes with parindex, in the files' order."""
    return tuple(figure for path in sorted(FOLDER.glob("*.csv")) for figure in _read(path))


def _read(path: Path) -> list[PublishedFigure]:
    """The figures of one file; lines that start with # are comments."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            PublishedFigure(
                authority=row["authority"],
                index=row["index"],
                year=int(row["year"]),
                scope=row["scope"],
                unit=row["unit"],
                figure=row["figure"],
                value=row["value"],
                unit_of_value=row["unit_of_value"],
                rank=int(row["rank"]) if row["rank"] else None,
                grade=row["grade"],
                source=row["source"],
                file=path.stem,
            )
            for row in csv.DictReader(line for line in lines if not line.startswith("#"))
        ]
