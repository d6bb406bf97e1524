"""What is done to units: add, change, end, restore, merge, split."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.organisations.actions import (
    Facts,
    Ground,
    NewUnit,
    add_unit,
    address_of,
    change_unit,
    end_unit,
    merge_units,
    restore_unit,
    split_unit,
)
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import check_over, way_up
from parindex.apps.organisations.queries import Tree, tree_of
from parindex.apps.organisations.roles import Act
from parindex.apps.organisations.types import UNIT_TYPES, type_name
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text
from parindex.core.kernel.time import legal_date
from parindex.web.manage.forms import Field, Form, Options, answer, day, needed_day, text
from parindex.web.manage.frame import frame, managed_unit
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import managed
from parindex.web.parts.templatetags.parts import said


BOTH = require_http_methods(["GET", "HEAD", "POST"])
MOST_PARTS = 6


@BOTH
def add(request: Desk) -> HttpResponse:
    """A unit below the territory, or below another unit."""
    territory, _ = managed(request, Act.UNITS_MANAGE)
    tree = tree_of(territory)

    def send(desk: Desk) -> tuple[str, str]:
        parent = _chosen(tree, text(desk, "parent"))
        new = NewUnit(
            text(desk, "code", limit=100),
            Text(text(desk, "name"), text(desk, "name_en", limit=250)),
            text(desk, "type", limit=50),
            text(desk, "group", limit=250),
            day(desk, "from"),
        )
        by, at = desk.user.ref, desk.at
        made = add_unit(parent=parent, new=new, document=text(desk, "document", limit=250), by=by, at=at)
        words = gettext("Đã thêm %(unit)s.") % {"unit": made.name_vi}
        return words, reverse("manage:unit", args=[address_of(made)])

    above = request.GET.get("tren", "")
    form = Form(
        title=gettext("Thêm đơn vị"),
        button=gettext("Thêm đơn vị"),
        over=said(territory.name),
        crumbs=_crumbs(),
        fields=[
            *_naming(tree),
            Field(
                "parent",
                gettext("Cơ quan cấp trên"),
                "select",
                above,
                options=_places(tree),
            ),
            Field("from", gettext("Hoạt động từ ngày"), "date", required=False, short=True),
            _document(required=False),
        ],
        carried=territory.pk,
    )
    return answer(request, form, frame(request, "units", territory), send=send)


def _naming(tree: Tree, unit: Unit | None = None) -> list[Field]:
    """Names, code, type, group."""
    code = Field(
        "code",
        gettext("Mã (trong địa chỉ)"),
        hint=gettext("Chữ thường không dấu, chữ số, gạch nối; không đổi về sau. Ví dụ: so-y-te."),
        short=True,
    )
    return [
        Field("name", gettext("Tên đơn vị"), value=unit.name_vi if unit else ""),
        Field(
            "name_en",
            gettext("Tên đơn vị bằng tiếng Anh"),
            value=unit.name_en if unit else "",
            required=False,
        ),
        *([] if unit else [code]),
        Field("type", gettext("Loại đơn vị"), "select", unit.type if unit else "so", options=_types(tree)),
        Field(
            "group",
            gettext("Khối xếp hạng"),
            value=unit.ranking_group if unit else "",
            hint=gettext("Đề xuất khi mở kỳ đánh giá; kỳ đã mở giữ khối của mình."),
            required=False,
            known=sorted({u.ranking_group for u in tree.walk() if u.ranking_group}),
        ),
    ]


def _types(tree: Tree) -> Options:
    used = {u.type for u in tree.walk()} - set(UNIT_TYPES)
    return [(code, said(type_name(code))) for code in [*UNIT_TYPES, *sorted(used)]]


def _places(tree: Tree, but: Unit | None = None) -> Options:
    """Where a unit may hang: the territory, and living units down to the level above the deepest."""
    found = []
    for unit in tree.walk():
        depth = tree.depth(unit)
        if unit.valid_to is None and depth < 3 and unit != but:
            found.append((tree.address(unit), "– " * depth + said(unit.name)))
    return found


def _document(*, required: bool) -> Field:
    hint = gettext("Số, ngày, cơ quan ban hành; ví dụ: Nghị quyết 202/2025/QH15 ngày 12/6/2025.")
    return Field("document", gettext("Văn bản căn cứ"), hint=hint, required=required)


def _crumbs(unit: Unit | None = None, address: str = "") -> list[tuple[str, str]]:
    found = [(reverse("manage:units"), gettext("Các đơn vị"))]
    return [*found, (reverse("manage:unit", args=[address]), said(unit.name))] if unit else found


def _chosen(tree: Tree, address: str) -> Unit:
    """The unit of this territory with that address. Raises Refused ``unit_not_found``."""
    found = next((u for u in tree.walk() if tree.address(u) == address), None)
    if found is None:
        raise Refused("unit_not_found", unit=address[:100])
    return found


@BOTH
def change(request: Desk, *, unit: str) -> HttpResponse:
    """Another name, type, group or parent from a day on."""
    found = managed_unit(request, unit)
    tree = tree_of(_root_managed(request, found))

    def send(desk: Desk) -> tuple[str, str] | None:
        parent = _chosen(tree, text(desk, "parent")) if found.parent_id and "parent" in desk.POST else None
        facts = Facts(
            Text(text(desk, "name"), text(desk, "name_en", limit=250)),
            text(desk, "type", limit=50),
            text(desk, "group", limit=250),
            parent,
        )
        ground = Ground(needed_day(desk, "on"), text(desk, "document", limit=250))
        made = change_unit(unit=found, facts=facts, ground=ground, by=desk.user.ref, at=desk.at)
        found.refresh_from_db()
        fresh = Unit.objects.get(pk=found.pk)
        words = (
            gettext("Đã ghi %(n)s thay đổi.") if made else gettext("Không có gì thay đổi về tên, loại, khối.")
        )
        return words % {"n": len(made)}, reverse("manage:unit", args=[address_of(fresh)])

    above = unit.rpartition(".")[0]
    movable = found.parent_id is not None and found.pk != tree.root.pk
    place = Field("parent", gettext("Cơ quan cấp trên"), "select", above, options=_places(tree, found))
    form = Form(
        title=gettext("Đổi tên, loại, khối, cấp trên"),
        button=gettext("Ghi thay đổi"),
        over=said(found.name),
        lead=gettext("Kết quả và kỳ đánh giá đã mở giữ tên, loại, khối như khi mở."),
        crumbs=_crumbs(found, unit),
        fields=[
            *_naming(tree, found),
            *([place] if movable else []),
            Field("on", gettext("Có hiệu lực từ ngày"), "date", legal_date(request.at), short=True),
            _document(required=False),
        ],
    )
    return answer(request, form, frame(request, "units", way_up(found)[-1]), send=send)


def _root_managed(request: Desk, unit: Unit) -> Unit:
    """The highest unit on the way up that the person manages: its tree is what may be chosen from."""
    held = request.rights.units(Act.UNITS_MANAGE)
    return next(u for u in reversed(way_up(unit)) if u.pk in held)


@BOTH
def end(request: Desk, *, unit: str) -> HttpResponse:
    """The unit exists no more after a day."""
    found = managed_unit(request, unit)

    def send(desk: Desk) -> tuple[str, str]:
        ground = Ground(needed_day(desk, "on"), text(desk, "document", limit=250))
        end_unit(unit=found, ground=ground, by=desk.user.ref, at=desk.at)
        words = gettext("Đã ghi: %(unit)s kết thúc.") % {"unit": found.name_vi}
        return words, reverse("manage:unit", args=[unit])

    form = Form(
        title=gettext("Kết thúc hoạt động"),
        button=gettext("Kết thúc đơn vị"),
        danger=True,
        over=said(found.name),
        lead=gettext(
            "Dùng khi không có đơn vị kế thừa. Kết quả cũ và vai trò vẫn được giữ; đơn vị không được "
            "chọn vào kỳ đánh giá mới."
        ),
        crumbs=_crumbs(found, unit),
        fields=[
            Field("on", gettext("Ngày hoạt động cuối cùng"), "date", short=True),
            _document(required=True),
        ],
    )
    return answer(request, form, frame(request, "units", way_up(found)[-1]), send=send)


@BOTH
def restore(request: Desk, *, unit: str) -> HttpResponse:
    """Take back an end that was entered by mistake."""
    found = managed_unit(request, unit)

    def send(desk: Desk) -> tuple[str, str]:
        restore_unit(unit=found, reason=text(desk, "reason", limit=500), by=desk.user.ref, at=desk.at)
        words = gettext("Đã khôi phục %(unit)s.") % {"unit": found.name_vi}
        return words, reverse("manage:unit", args=[unit])

    form = Form(
        title=gettext("Khôi phục đơn vị ghi kết thúc nhầm"),
        button=gettext("Khôi phục"),
        over=said(found.name),
        crumbs=_crumbs(found, unit),
        fields=[Field("reason", gettext("Lý do"), "area")],
    )
    return answer(request, form, frame(request, "units", way_up(found)[-1]), send=send)


@BOTH
def merge(request: Desk) -> HttpResponse:
    """Several units become one: a new one, or one of the territory's that takes the others in."""
    territory, _ = managed(request, Act.UNITS_MANAGE)
    tree = tree_of(territory)
    living = [u for u in tree.walk() if u.valid_to is None and u.pk != territory.pk]

    def send(desk: Desk) -> tuple[str, str]:
        earlier = [_chosen(tree, address) for address in desk.POST.getlist("earlier")[:500]]
        ground = Ground(needed_day(desk, "on"), text(desk, "document", limit=250))
        kept = text(desk, "into")
        into = _chosen(tree, kept) if kept else _part(desk, "", ground)
        for one in [*earlier, into]:
            if isinstance(one, Unit):
                check_over(desk.rights, Act.UNITS_MANAGE, one)
        made = merge_units(earlier=earlier, into=into, ground=ground, by=desk.user.ref, at=desk.at)
        words = gettext("Đã ghi hợp nhất, sáp nhập thành %(unit)s.") % {"unit": made.name_vi}
        return words, reverse("manage:unit", args=[address_of(made)])

    options = [(tree.address(u), said(u.name)) for u in living]
    form = Form(
        title=gettext("Hợp nhất, sáp nhập"),
        button=gettext("Ghi hợp nhất, sáp nhập"),
        over=said(territory.name),
        lead=gettext("Đơn vị cũ kết thúc vào ngày trước ngày có hiệu lực; kết quả cũ giữ nguyên tên cũ."),
        crumbs=_crumbs(),
        fields=[
            Field(
                "earlier",
                gettext("Các đơn vị được hợp nhất, sáp nhập"),
                "many",
                [request.GET.get("tu", "")],
                options=options,
            ),
            Field(
                "into",
                gettext("Vào đơn vị đang có"),
                "select",
                hint=gettext("Để trống nếu thành lập đơn vị mới, khi đó điền tên, mã, loại dưới đây."),
                required=False,
                options=[("", gettext("– đơn vị mới –")), *options],
            ),
            Field("name-", gettext("Tên đơn vị mới"), required=False),
            Field("code-", gettext("Mã đơn vị mới"), required=False, short=True),
            Field("type-", gettext("Loại đơn vị mới"), "select", "so", options=_types(tree)),
            Field("on", gettext("Có hiệu lực từ ngày"), "date", short=True),
            _document(required=True),
        ],
        carried=territory.pk,
    )
    return answer(request, form, frame(request, "units", territory), send=send)


def _part(desk: Desk, suffix: str, ground: Ground) -> NewUnit:
    """A new unit as typed in the fields of that suffix."""
    return NewUnit(
        text(desk, f"code-{suffix}", limit=100),
        Text(text(desk, f"name-{suffix}"), ""),
        text(desk, f"type-{suffix}", limit=50),
        text(desk, "group", limit=250),
        ground.on,
    )


@BOTH
def split(request: Desk, *, unit: str) -> HttpResponse:
    """One unit becomes several, or gives off others and goes on."""
    found = managed_unit(request, unit)
    if found.parent is None:
        raise Http404(unit)
    tree = tree_of(found.parent)

    def send(desk: Desk) -> tuple[str, str]:
        check_over(desk.rights, Act.UNITS_MANAGE, found)
        ground = Ground(needed_day(desk, "on"), text(desk, "document", limit=250))
        parts = [_part(desk, str(k), ground) for k in range(MOST_PARTS) if text(desk, f"name-{k}")]
        goes_on = "goes_on" in desk.POST
        made = split_unit(
            unit=found, parts=parts, goes_on=goes_on, ground=ground, by=desk.user.ref, at=desk.at
        )
        words = gettext("Đã ghi chia, tách %(unit)s: thêm %(n)s đơn vị.")
        return words % {"unit": found.name_vi, "n": len(made)}, reverse("manage:unit", args=[unit])

    parts = []
    for k in range(MOST_PARTS):
        number = {"n": k + 1}
        parts += [
            Field(f"name-{k}", gettext("Tên đơn vị thứ %(n)s") % number, required=False),
            Field(f"code-{k}", gettext("Mã đơn vị thứ %(n)s") % number, required=False, short=True),
            Field(
                f"type-{k}",
                gettext("Loại đơn vị thứ %(n)s") % number,
                "select",
                found.type,
                options=_types(tree),
            ),
        ]
    form = Form(
        title=gettext("Chia, tách"),
        button=gettext("Ghi chia, tách"),
        over=said(found.name),
        lead=gettext(
            "Chia: đơn vị cũ kết thúc. Tách: đơn vị cũ tiếp tục, thêm đơn vị mới. Dòng không dùng để trống."
        ),
        crumbs=_crumbs(found, unit),
        fields=[
            Field("goes_on", gettext("Đơn vị cũ tiếp tục hoạt động (tách)"), "check", required=False),
            Field("on", gettext("Có hiệu lực từ ngày"), "date", short=True),
            _document(required=True),
            *parts,
        ],
    )
    return answer(request, form, frame(request, "units", way_up(found)[-1]), send=send)
