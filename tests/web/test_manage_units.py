"""The pages of units: found, changed, merged, split, each with its checks, by those who keep them."""

from datetime import date
from io import BytesIO

import pytest
from addresses import WHO, address
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from site_world import AT

from parindex.apps.audit.models import Entry
from parindex.apps.organisations.actions import NewUnit, add_units
from parindex.apps.organisations.models import Succession, Unit, UnitChange
from parindex.core.kernel.text import Text


DOCUMENT = "Nghị quyết 1/NQ-HĐND ngày 01/01/2026"
ADD = {"parent": "minh-hoa", "code": "so-moi", "name": "Sở Mới", "type": "so", "from": "01/01/2026"}


@pytest.fixture
def clerk(visitors):
    """The administrator."""
    return visitors["administrator"]


def _unit(code):
    return Unit.objects.get(parent__code="minh-hoa", code=code)


def _entry(kind):
    return Entry.objects.get(chain="unit:minh-hoa", kind=kind)


def test_units_are_found_without_accents(read, clerk):
    """By name or code, within what was chosen."""
    rows = read(f"{address('manage:units', ())}?tim=y+te", by=clerk).rows("stack")
    assert [r[0] for r in rows] == ["Sở Y tế"]
    rows = read(f"{address('manage:units', ())}?loai=huyen&tinh-trang=het", by=clerk).rows("stack")
    assert rows
    assert all(r[1].startswith("Huyện") for r in rows)
    assert "Không có đơn vị nào" in read(f"{address('manage:units', ())}?tim=zzz", by=clerk).root.text


def test_a_unit_is_added_with_its_entry(read, clerk):
    """Dates are typed as officials write them; what is wrong is said and stays typed."""
    url = address("manage:unit_add", ())
    wrong = clerk.post(url, ADD | {"from": "31/02/2026"})
    assert wrong.status_code == 422
    assert 'value="Sở Mới"' in wrong.content.decode()
    assert clerk.post(url, ADD).status_code == 302
    made = _unit("so-moi")
    assert (made.valid_from, made.illustrative) == (date(2026, 1, 1), True)
    assert _entry("unit.added").payload["parent"] == "minh-hoa"
    assert clerk.post(url, ADD).status_code == 422
    assert read(address("manage:unit", ("minh-hoa.so-moi",)), by=clerk).heading == "Sở Mới"


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "Sở"},
        {"code": "so-y-te"},
        {"name": " "},
        {"name": "x" * 300},
        {"type": "khong-co"},
        {"parent": "viet-nam"},
        {"parent": "minh-hoa.khong-co"},
        {"from": "45839"},
    ],
    ids=str,
)
def test_what_cannot_be_a_unit_is_refused_in_words(clerk, wrong):
    """And nothing is kept."""
    before = Unit.objects.count()
    answer = clerk.post(address("manage:unit_add", ()), ADD | wrong)
    assert answer.status_code == 422
    assert 'class="message error"' in answer.content.decode()
    assert Unit.objects.count() == before


def _change(**more):
    unit = _unit("so-y-te")
    said = {"name": unit.name_vi, "name_en": unit.name_en, "type": "so", "group": "", "parent": "minh-hoa"}
    return {**said, "on": "2026-01-01", "document": DOCUMENT, **more}


def test_a_new_name_is_entered_with_its_day(read, clerk):
    """Shown in the unit's history; rounds keep the old name."""
    clerk.post(address("manage:unit_change", ("minh-hoa.so-y-te",)), _change(name="Sở Y tế và Dân số"))
    kept = UnitChange.objects.get()
    assert (kept.fact, kept.before, kept.after, kept.on) == (
        "name", "Sở Y tế", "Sở Y tế và Dân số", date(2026, 1, 1),
    )  # fmt: skip
    page = read(address("manage:unit", ("minh-hoa.so-y-te",)), by=clerk)
    assert "Sở Y tế → Sở Y tế và Dân số" in page.root.text
    assert page.rows("stack")
    assert _entry("unit.changed").payload["changes"] == [["name", "Sở Y tế", "Sở Y tế và Dân số"]]


def test_nothing_changed_writes_nothing(clerk):
    """No entry for a form sent as it was."""
    clerk.post(address("manage:unit_change", ("minh-hoa.so-y-te",)), _change())
    assert not Entry.objects.filter(kind="unit.changed").exists()


@pytest.mark.parametrize(
    "wrong", [{"on": ""}, {"on": "2099-01-01"}, {"parent": "minh-hoa.so-y-te"}, {"name": ""}], ids=str
)
def test_a_change_that_cannot_hold_is_refused(clerk, wrong):
    """A day to come, a unit below itself, no name."""
    answer = clerk.post(address("manage:unit_change", ("minh-hoa.so-y-te",)), _change(**wrong))
    assert answer.status_code == 422
    assert not UnitChange.objects.exists()


def test_a_unit_cannot_hang_below_its_own_division(clerk):
    """However deep."""
    clerk.post(address("manage:unit_add", ()), ADD | {"parent": "minh-hoa.so-y-te", "code": "phong"})
    answer = clerk.post(
        address("manage:unit_change", ("minh-hoa.so-y-te",)), _change(parent="minh-hoa.so-y-te.phong")
    )
    assert answer.status_code == 422
    ended = clerk.post(
        address("manage:unit_end", ("minh-hoa.so-y-te",)), {"on": "2026-01-01", "document": DOCUMENT}
    )
    assert "Sở Mới" in ended.content.decode()
    assert _unit("so-y-te").valid_to is None


def test_a_unit_ends_and_an_end_by_mistake_is_taken_back(clerk):
    """Only with a document; nothing more can happen to it then."""
    url = address("manage:unit_end", ("minh-hoa.so-y-te",))
    assert clerk.post(url, {"on": "2026-01-01", "document": ""}).status_code == 422
    assert clerk.post(url, {"on": "2026-01-01", "document": DOCUMENT}).status_code == 302
    assert _unit("so-y-te").valid_to == date(2026, 1, 1)
    change = address("manage:unit_change", ("minh-hoa.so-y-te",))
    assert clerk.post(change, _change(name="Khác")).status_code == 422
    clerk.post(address("manage:unit_restore", ("minh-hoa.so-y-te",)), {"reason": "Nhầm đơn vị"})
    assert _unit("so-y-te").valid_to is None


def test_units_are_merged_into_a_new_one(read, clerk):
    """As on 1 July 2025: the old ones end the day before, the new one names both."""
    sent = {
        "earlier": ["minh-hoa.so-y-te", "minh-hoa.so-xay-dung"],
        "into": "",
        "name-": "Sở Hợp Nhất",
        "code-": "so-hop-nhat",
        "type-": "so",
        "on": "2026-01-01",
        "document": DOCUMENT,
    }
    url = address("manage:merge", ())
    assert clerk.post(url, sent | {"earlier": ["minh-hoa.so-y-te"]}).status_code == 422
    assert not Unit.objects.filter(code="so-hop-nhat").exists()
    assert clerk.post(url, sent).status_code == 302
    assert {_unit(c).valid_to for c in ("so-y-te", "so-xay-dung")} == {date(2025, 12, 31)}
    assert {(s.earlier.code, s.later.code, s.kind) for s in Succession.objects.all()} == {
        ("so-y-te", "so-hop-nhat", "merged"),
        ("so-xay-dung", "so-hop-nhat", "merged"),
    }
    text = read(address("manage:unit", ("minh-hoa.so-hop-nhat",)), by=clerk).root.text
    assert "Sở Y tế" in text
    assert DOCUMENT in text
    restored = clerk.post(address("manage:unit_restore", ("minh-hoa.so-y-te",)), {"reason": "Nhầm"})
    assert restored.status_code == 422
    assert clerk.post(url, sent).status_code == 422


def test_a_unit_takes_another_in(clerk):
    """It goes on under its own name."""
    sent = {"earlier": ["minh-hoa.so-xay-dung"], "into": "minh-hoa.so-y-te", "on": "2026-01-01"}
    clerk.post(address("manage:merge", ()), sent | {"document": DOCUMENT})
    assert _unit("so-y-te").valid_to is None
    assert _unit("so-xay-dung").valid_to == date(2025, 12, 31)


def test_a_unit_is_split(clerk):
    """It ends, or it goes on beside what it gave off."""
    url = address("manage:split", ("minh-hoa.so-y-te",))
    one = {"name-0": "Sở Một", "code-0": "so-mot", "type-0": "so", "on": "2026-01-01", "document": DOCUMENT}
    two = one | {"name-1": "Sở Hai", "code-1": "so-hai", "type-1": "so"}
    assert clerk.post(url, one).status_code == 422
    assert clerk.post(url, two | {"code-1": "so-mot"}).status_code == 422
    assert not Unit.objects.filter(code="so-mot").exists()
    assert clerk.post(url, one | {"goes_on": "on"}).status_code == 302
    assert _unit("so-y-te").valid_to is None
    assert Succession.objects.get().kind == "split"


def test_the_list_leaves_as_a_workbook(clerk):
    """Every unit that goes on, with its code."""
    answer = clerk.get(address("manage:units_file", ()))
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert rows[0][:2] == ("Mã đơn vị", "Tên đơn vị")
    assert "so-y-te" in {r[0] for r in rows[1:]}


@pytest.mark.parametrize("who", [w for w in WHO if w not in {"administrator", "secretariat", "anyone"}])
def test_nobody_else_changes_a_unit(visitors, who):
    """Whatever is sent by hand."""
    client, before = visitors[who], (Unit.objects.count(), _unit("so-y-te").name_vi)
    for name, arguments, sent in (
        ("manage:unit_add", (), ADD),
        ("manage:unit_change", ("minh-hoa.so-y-te",), _change(name="Khác")),
        ("manage:unit_end", ("minh-hoa.so-y-te",), {"on": "2026-01-01", "document": DOCUMENT}),
        ("manage:split", ("minh-hoa.so-y-te",), {}),
        ("manage:merge", (), {"earlier": ["minh-hoa.so-y-te"]}),
    ):
        assert client.post(address(name, arguments), sent).status_code == 403, name
    assert (Unit.objects.count(), _unit("so-y-te").name_vi) == before


def test_an_administrator_of_one_place_leaves_the_others_alone(clerk):
    """Units of the country are not Minh Họa's."""
    url = address("manage:unit_change", ("viet-nam.ha-noi",))
    assert clerk.get(url).status_code == 403
    add, before = address("manage:unit_add", ()), Unit.objects.count()
    assert clerk.post(add, ADD | {"dia-ban": "999999"}).status_code == 403
    assert clerk.post(add, ADD | {"parent": "viet-nam"}).status_code == 422
    assert Unit.objects.count() == before


def test_a_country_of_communes_costs_no_more_queries(clerk):
    """3,321 communes and 142 units."""
    territory = Unit.objects.get(parent=None, code="minh-hoa")
    many = [NewUnit(f"xa-{k}", Text(f"Xã {k}"), "xa") for k in range(3321 + 142)]
    add_units(territory=territory, units=many, by="test", at=AT)
    for name in ("manage:units", "manage:units_file", "manage:unit_add", "manage:merge"):
        with CaptureQueriesContext(connection) as queries:
            assert clerk.get(address(name, ())).status_code == 200
        assert len(queries) <= 14, name
    with CaptureQueriesContext(connection) as queries:
        assert clerk.get(address("manage:unit", ("minh-hoa.so-y-te",))).status_code == 200
    assert len(queries) <= 20
