"""What the public views share: finding a ranking, addresses, two-language sentences."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from parindex.apps.assessments.models import Ruling
from parindex.apps.results import queries
from parindex.apps.results.rows import GroupTable, NodeLine, Place, Ranking, UnitLine
from parindex.core.kernel.framework import Node
from parindex.core.kernel.reading import read_answer
from parindex.core.wording.reasons import reason_sentence
from parindex.core.wording.survey_points import surely
from parindex.web.parts.languages import language


def find_place(code: str) -> Place:
    """A territory with results. Raises Http404."""
    for place in queries.places():
        if place.code == code:
            return place
    raise Http404(code)


def find_table(territory: str, year: int, group: str) -> GroupTable:
    """A group's ranking. Raises Http404."""
    for table in queries.group_tables(territory, year, group=group):
        return table
    raise Http404(f"{territory} {year} {group}")


def find_reasons(territory: str, year: int, group: str) -> GroupTable:
    """A group's ranking whose every point is public with its reason. Raises Http404."""
    table = find_table(territory, year, group)
    if not table.publicity.shows_reasons:
        raise Http404(table.publicity)
    return table


def find_line(table: GroupTable, unit: str) -> UnitLine:
    """A unit's line in a ranking. Raises Http404."""
    for line in table.lines:
        if line.code == unit:
            return line
    raise Http404(unit)


def year_url(territory: str, year: int) -> str:
    """The year's overview."""
    return reverse("public:year", args=[territory, year])


def group_url(table: GroupTable | Ranking) -> str:
    """A group's ranking."""
    return reverse("public:ranking", args=[table.territory, table.year, table.code])


def unit_url(table: GroupTable, unit: str) -> str:
    """A unit's page."""
    return reverse("public:unit", args=[table.territory, table.year, table.code, unit])


def leaf_url(table: GroupTable, unit: str, code: str) -> str:
    """The page of one criterion of one unit."""
    return reverse("public:criterion", args=[table.territory, table.year, table.code, unit, code])


def framework_url(table: GroupTable | Ranking) -> str:
    """The criteria set a ranking was computed by."""
    return reverse("public:framework", args=[table.framework.id, table.framework.version])


def compare_url(table: GroupTable, *units: str) -> str:
    """The comparison page, with units of a group already chosen."""
    chosen = [("group", f"{table.territory}/{table.year}/{table.code}"), *(("unit", u) for u in units)]
    return f"{reverse('public:compare')}?{urlencode(chosen)}"


def frame(place: Place, *tables: GroupTable, section: str = "home") -> dict[str, Any]:
    """What every page of a round carries: the territory, whether its data are invented, what readers must
    know of them, and which criteria sets were made up."""
    return {
        "territory": place,
        "illustrative": place.illustrative,
        "notes": list(dict.fromkeys(t.note for t in tables if t.note.vi)),
        "constructed": list(dict.fromkeys(t.framework.status_note for t in tables if is_unsaid(t))),
        "section": section,
    }


def is_unsaid(table: GroupTable) -> bool:
    """Whether a criteria set was made up and no note says so."""
    return table.framework.status == "constructed" and not table.note.vi


def why(table: GroupTable, leaf: Node, reason: Any) -> str:
    """A leaf's reason as a sentence."""
    if reason and reason.code == "no_answer" and table.framework.index.no_answer == "unranked":
        return pick(
            "Chưa có số liệu, nên đơn vị không được tính chỉ số.", "No data, so the unit has no index."
        )
    return reason_sentence(reason, leaf, language(), decimals=table.framework.decimals) if reason else ""


def sure(leaf: Node, ruling: Ruling, kept: NodeLine) -> str:
    """What a survey found for a leaf, how sure that is, and what it gives; empty for any other answer."""
    answer = read_answer(leaf, ruling.answer, se=ruling.se, n=ruling.n)
    return surely(leaf, answer, points=kept.points, maximum=kept.maximum, language=language())


def unanswered(line: UnitLine) -> frozenset[str]:
    """Codes of the leaves that apply to a unit and have no answer."""
    holes: list[Any] = [r.data["leaves"] for r in line.remarks if r.code == "incomplete"]
    return frozenset(leaf for leaves in holes for leaf in leaves)


def held(table: GroupTable, kept: NodeLine) -> Fraction | None:
    """A leaf's points to compare with others': None where it does not apply, or where no answer is no 0."""
    no_zero = table.framework.index.no_answer == "unranked"
    unknown = no_zero and kept.reason is not None and kept.reason.code == "no_answer"
    return kept.points if kept.maximum and not unknown else None


def silent(line: UnitLine, node: Node) -> bool:
    """Whether nothing was answered below a node of a unit that therefore has no index: not the same as 0."""
    return line.index is None and {n.code for n in node.walk() if n.is_leaf} <= unanswered(line)


@dataclass(frozen=True, slots=True)
class AreaValue:
    """An area of a unit: None where it does not apply; `answered` is False where no leaf has an answer."""

    area: Node
    index: Fraction | None
    answered: bool


def area_values(table: GroupTable, line: UnitLine) -> list[AreaValue]:
    """A unit's areas in printed order; none where their scores are not public."""
    missing = unanswered(line)
    return [
        AreaValue(area, index, not missing or not {n.code for n in area.walk() if n.is_leaf} <= missing)
        for area, index in zip(table.areas, line.areas, strict=True)
    ]


def mean_index(table: GroupTable) -> Fraction | None:
    """The mean of the indexes of a group; None where no unit has one."""
    indexes = [line.index for line in table.lines if line.index is not None]
    return sum(indexes, Fraction(0)) / len(indexes) if indexes else None


def plain(text: str) -> str:
    """A name without accents and case, so that "van hoa" finds "Văn hóa"."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(c for c in bare if not unicodedata.combining(c))


def pick(vi: str, en: str) -> str:
    """One of two sentences, by the page's language."""
    return vi if language() == "vi" else en
