"""What everybody may read, without a token: rounds, results, units, criteria sets, publications, indicators.

Every answer says under which licence it is, and where the same lies for people. It holds as much of a result
as its publication made public; rows that are not public never come here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_noop
from ninja import Path, Query

from parindex.apps.assessments.models import EvidenceLink
from parindex.apps.assessments.queries.evidence import public_documents
from parindex.apps.frameworks.queries import by_hash, public_version_of, public_versions
from parindex.apps.indicators.models import Indicator, Value
from parindex.apps.indicators.queries import standing_values
from parindex.apps.organisations.queries import find_unit, tree_of
from parindex.apps.publications.models import Publication
from parindex.apps.publications.queries import public_bundles
from parindex.apps.results import queries
from parindex.apps.results.rows import GroupTable, NodeLine, Ranking, UnitLine
from parindex.core.formats.results_file import numbers, plain_data
from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text
from parindex.core.wording.reasons import reason_sentence
from parindex.data.indicators import SURVEY_COUNT
from parindex.web.api.dictionary import TABLES, dictionary
from parindex.web.api.dossiers import api
from parindex.web.api.shapes import Open, Problem
from parindex.web.parts.languages import language


__all__ = ["api"]

LICENCE = {"name": "CC-BY-4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
Operation = TypeVar("Operation", bound=Callable[..., dict[str, Any]])
CODE = r"^[-a-zA-Z0-9_.]{1,120}$"
FOUND: dict[int, Any] = {200: Open, 404: Problem, 422: Problem}
Territory = Annotated[str, Path(pattern=CODE, description=gettext_noop("mã địa bàn"), examples=["minh-hoa"])]
Code = Annotated[str, Path(pattern=CODE, description=gettext_noop("mã kỳ đánh giá"), examples=["2024"])]


def everybody(name: str, path: str, **said: Any) -> Callable[[Operation], Operation]:
    """What is read at `path` without a token; `name` stands in addresses and in the description."""
    read: Callable[[Operation], Operation] = api.get(
        path, url_name=name, operation_id=name, auth=None, **said
    )
    return read


def opened(source: str, data: Any, **more: Any) -> dict[str, Any]:
    """Data with their licence, and the page for people that shows the same."""
    return {"licence": LICENCE, "source": source, **more, "data": data}


def _text(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}


@everybody(
    "public_rounds",
    "/public/rounds",
    summary=gettext_noop("Các kỳ đã công bố"),
    description=gettext_noop(
        "Mỗi kỳ với mức công khai, các khối xếp hạng, bộ tiêu chí và địa chỉ của kết quả."
    ),
    response={200: Open},
)
def rounds(request: HttpRequest) -> dict[str, Any]:
    """Every published round."""
    found: dict[tuple[str, str], list[Ranking]] = {}
    for ranking in queries.rankings():
        found.setdefault((ranking.territory, ranking.round), []).append(ranking)
    return opened(reverse("public:open_data"), [_round(each) for each in found.values()])


def _round(rankings: Sequence[Ranking]) -> dict[str, Any]:
    """One round from its rankings."""
    one = rankings[0]
    return {
        "territory": {
            "code": one.territory,
            "name": _text(one.place.name),
            "invented": one.place.illustrative,
        },
        "code": one.round,
        "year": one.year,
        "publicity": one.publicity.value,
        "framework": {"id": one.framework.id, "version": one.framework.version},
        "groups": [
            {"code": r.code, "name": _text(r.name), "files": _files("public:ranking_file", r)}
            for r in rankings
        ],
        "results": reverse("api:public_results", args=[one.territory, one.round]),
        "documents": reverse("api:public_documents", args=[one.territory, one.round]),
        "page": reverse("public:year", args=[one.territory, one.year]),
    }


def _files(name: str, ranking: Ranking) -> dict[str, str]:
    """The same table as files, at addresses that stay."""
    place = [ranking.territory, ranking.year, ranking.code]
    return {kind: reverse(name, args=[*place, kind]) for kind in ("csv", "xlsx", "json")}


@everybody(
    "public_results",
    "/public/rounds/{territory}/{code}/results",
    summary=gettext_noop("Kết quả của một kỳ"),
    description=gettext_noop(
        "Điểm, chỉ số, xếp loại, thứ hạng của từng đơn vị; điểm lĩnh vực nếu được công khai."
    ),
    response=FOUND,
)
def results(request: HttpRequest, territory: Territory, code: Code) -> dict[str, Any]:
    """Every unit of a round by ranking group."""
    tables = _tables(territory, code)
    data = [
        {
            "group": table.code,
            "name": _text(table.name),
            "units": [_unit(table, line) for line in table.lines],
        }
        for table in tables
    ]
    source = reverse("public:year", args=[territory, tables[0].year])
    return opened(source, data, **_head(tables[0]))


@everybody(
    "public_unit",
    "/public/rounds/{territory}/{code}/units/{unit}",
    summary=gettext_noop("Một đơn vị trong một kỳ"),
    description=gettext_noop("Kèm từng tiêu chí với lý do của mỗi điểm, đến mức được công khai."),
    response=FOUND,
)
def unit(
    request: HttpRequest,
    *,
    territory: Territory,
    code: Code,
    unit: Annotated[str, Path(pattern=CODE, description=gettext_noop("mã đơn vị"))],
) -> dict[str, Any]:
    """One unit's result with its nodes."""
    for table in _tables(territory, code):
        line = next((x for x in table.lines if x.code == unit), None)
        if line is not None:
            nodes = queries.unit_nodes(table, unit)
            data = {**_unit(table, line), "nodes": [_node(table.framework, n) for n in nodes.values()]}
            source = reverse("public:unit", args=[territory, table.year, table.code, unit])
            return opened(source, data, **_head(table))
    raise Refused("address_unknown", path=unit[:60])


@everybody(
    "public_documents",
    "/public/rounds/{territory}/{code}/documents",
    summary=gettext_noop("Tài liệu kiểm chứng được công khai"),
    description=gettext_noop(
        "Ở mức evidence: tài liệu là căn cứ của điểm mà đơn vị đã công khai, kèm địa chỉ tệp và mã băm; dưới "
        "mức này danh sách rỗng."
    ),
    response=FOUND,
)
def documents(
    request: HttpRequest,
    *,
    territory: Territory,
    code: Code,
    unit: Annotated[
        str,
        Query(pattern=r"^[-a-zA-Z0-9_.]{0,120}$", description=gettext_noop("mã đơn vị; trống: mọi đơn vị")),
    ] = "",
) -> dict[str, Any]:
    """What everybody may read of what stands behind a round's points, by unit and criterion."""
    tables = _tables(territory, code)
    shows = tables[0].publicity.shows_evidence
    found = public_documents(territory=territory, round_=code) if shows else {}
    data = [
        _document(table, line, link)
        for table in tables
        for line in table.lines
        if unit in ("", line.code)
        for link in sorted(found.get(line.code, ()), key=lambda one: (one.leaf, one.pk))
        if link.leaf in table.framework.leaves
    ]
    source = reverse("public:year", args=[territory, tables[0].year])
    return opened(source, data, **_head(tables[0]))


def _document(table: GroupTable, line: UnitLine, link: EvidenceLink) -> dict[str, Any]:
    """A document behind one criterion; without a file where it is only cited."""
    one, place = link.document, [table.territory, table.year, table.code, line.code, link.leaf]
    content = one.content if one.has_file else None
    return {
        "unit": line.code,
        "criterion": link.leaf,
        "number": one.number,
        "issued_on": one.issued_on.isoformat() if one.issued_on else None,
        "issuer": one.issuer,
        "title": one.title,
        "place": link.page,
        "file": reverse("public:document", args=[*place, one.key]) if content else None,
        "bytes": content.size if content else None,
        "sha256": content.sha256 if content else None,
        "page": reverse("public:criterion", args=place),
    }


def _tables(territory: str, code: str) -> list[GroupTable]:
    """A published round's rankings. Raises Refused ``address_unknown``."""
    known = [r for r in queries.rankings() if (r.territory, r.round) == (territory, code)]
    if not known:
        raise Refused("address_unknown", path=f"{territory}/{code}"[:100])
    return [t for t in queries.group_tables(territory, known[0].year) if t.round == code]


def _head(table: GroupTable) -> dict[str, Any]:
    """What figures were computed from, and how much of them is public."""
    framework = table.framework
    return {
        "year": table.year,
        "publicity": table.publicity.value,
        "note": _text(table.note),
        "framework": {"id": framework.id, "version": framework.version, "hash": table.framework_hash},
        "answers_hash": table.answers_hash,
    }


def _unit(table: GroupTable, line: UnitLine) -> dict[str, Any]:
    """A unit's line."""
    areas = zip(table.areas, line.areas, strict=True)
    return {
        "unit": line.code,
        "name": _text(line.name),
        "type": line.type,
        "group": table.code,
        **numbers({"points": line.points, "applicable_max": line.maximum, "index": line.index}),
        "grade": line.grade.id if line.grade else None,
        "rank": line.rank,
        "areas": [{"code": area.code, **numbers({"index": index})} for area, index in areas],
    }


def _node(framework: Framework, kept: NodeLine) -> dict[str, Any]:
    """A node; its reason where reasons are public."""
    node = framework.nodes.get(kept.code) or framework.extras[kept.code]
    values = numbers({"points": kept.points, "max": kept.maximum, "index": kept.index})
    said = {"criterion": kept.code, "name": _text(node.name), **values, "reason": None}
    if kept.reason is not None:
        words = reason_sentence(kept.reason, node, language(), decimals=framework.decimals)
        said["reason"] = {"code": kept.reason.code, "data": plain_data(kept.reason.data), "text": words}
    return said


@everybody(
    "public_frameworks",
    "/public/frameworks",
    summary=gettext_noop("Các bộ tiêu chí"),
    response={200: Open},
)
def frameworks(request: HttpRequest) -> dict[str, Any]:
    """Every public criteria set."""
    data = [_framework(by_hash(v.content_hash), v.content_hash) for v in public_versions()]
    return opened(reverse("public:frameworks"), data)


@everybody(
    "public_framework",
    "/public/frameworks/{identifier}/{version}",
    summary=gettext_noop("Một bộ tiêu chí"),
    description=gettext_noop("Mọi tiêu chí theo thứ tự in; quy tắc chấm đầy đủ nằm trong tệp YAML."),
    response=FOUND,
)
def framework(
    request: HttpRequest,
    identifier: Annotated[str, Path(pattern=CODE, description=gettext_noop("mã bộ tiêu chí"))],
    version: Annotated[str, Path(pattern=CODE, description=gettext_noop("phiên bản"))],
) -> dict[str, Any]:
    """One criteria set with its tree."""
    stored = public_version_of(identifier, version)
    if stored is None:
        raise Refused("address_unknown", path=f"{identifier}/{version}"[:100])
    found = by_hash(stored.content_hash)
    nodes = [_criterion(found, n) for n in (*found.nodes.values(), *found.extras.values())]
    source = reverse("public:framework", args=[identifier, version])
    return opened(source, {**_framework(found, stored.content_hash), "criteria": nodes})


def _framework(found: Framework, content_hash: str) -> dict[str, Any]:
    return {
        "id": found.id,
        "version": found.version,
        "title": _text(found.title),
        "status": found.status,
        "hash": content_hash,
        "file": reverse("public:framework_source", args=[found.id, found.version]),
    }


def _criterion(found: Framework, node: Node) -> dict[str, Any]:
    parent = found.parents.get(node.code)
    return {
        "code": node.code,
        "parent": parent.code if parent else None,
        "level": node.level or None,
        "name": _text(node.name),
        "method": found.method_of(node.code),
    }


@everybody(
    "public_publications",
    "/public/publications",
    summary=gettext_noop("Các lần công bố, đính chính"),
    description=gettext_noop("Mới nhất trước; mỗi lần có gói dữ liệu có chữ ký và mã băm của gói."),
    response={200: Open},
)
def publications(request: HttpRequest) -> dict[str, Any]:
    """Every publication, newest first."""
    return opened(reverse("public:open_data"), [_publication(p) for p in public_bundles()])


def _publication(one: Publication) -> dict[str, Any]:
    round_, later = one.round, getattr(one, "replaced_by", None)
    place = [round_.territory.code, round_.code]
    return {
        "territory": place[0],
        "round": place[1],
        "title": _text(round_.title),
        "number": one.number,
        "at": one.at.isoformat(),
        "decision": one.decision,
        "publicity": one.publicity,
        "corrects": one.replaces.number if one.replaces else None,
        "corrected_by": later.number if later else None,
        "reason": one.reason,
        "file": reverse("public:bundle", args=[*place, one.number]),
        "sha256": one.public_sha256,
        "whole_sha256": one.sha256,
        "key": one.key,
        "page": reverse("public:publication", args=[*place, one.number]),
    }


@everybody(
    "public_indicators",
    "/public/indicators/{territory}",
    summary=gettext_noop("Số liệu đo được của một địa bàn"),
    description=gettext_noop("Giá trị đang đứng của từng chỉ tiêu, đơn vị và kỳ, từ nguồn chính thức."),
    response=FOUND,
)
def indicators(
    request: HttpRequest,
    territory: Territory,
    year: Annotated[int, Query(ge=0, le=9999, description=gettext_noop("năm; 0: mọi năm"))] = 0,
) -> dict[str, Any]:
    """Measured values, save those of surveys: their figures hide what few people said (`surveys`)."""
    place = find_unit(territory)
    if place is None or place.parent_id is not None:
        raise Refused("address_unknown", path=territory[:100])
    units = {u.pk: u.code for u in tree_of(place).walk()}
    found = standing_values(units=units)
    values = [v for v in found if year in (0, v.end.year) and v.indicator.source != SURVEY_COUNT]
    known = {v.indicator.code: v.indicator for v in values}
    data = {
        "indicators": [_indicator(i) for i in known.values()],
        "values": [{"unit": units[v.unit_id], **_value(v)} for v in values],
    }
    return opened(reverse("indicators:theme", args=[territory]), data)


def _indicator(one: Indicator) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": {"vi": one.name_vi, "en": one.name_en},
        "kind": one.kind,
        "measure": one.measure,
        "source": one.source,
    }


def _value(one: Value) -> dict[str, Any]:
    return {
        "indicator": one.indicator.code,
        "from": one.start.isoformat(),
        "to": one.end.isoformat(),
        "numerator": one.numerator,
        "denominator": one.denominator,
        "value": str(one.value) if one.value is not None else None,
        "as_of": one.as_of.isoformat(),
    }


@everybody(
    "public_dictionary",
    "/public/dictionary",
    summary=gettext_noop("Từ điển dữ liệu"),
    description=gettext_noop("Từng trường của từng bảng: tên, kiểu, nghĩa (Table Schema của Frictionless)."),
    response={200: Open},
)
def fields(request: HttpRequest) -> dict[str, Any]:
    """What every field means."""
    return opened(reverse("public:open_data"), dictionary(language()), tables=list(TABLES))
