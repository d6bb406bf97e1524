"""Units in their life: the provinces of 1 July 2025, and what may not happen to a unit."""

from datetime import date

import pytest
from site_world import AT

from parindex.apps.audit.models import Entry
from parindex.apps.audit.verify import broken_at
from parindex.apps.organisations.actions import (
    Facts,
    Ground,
    NewPerson,
    add_person,
    change_unit,
    grant_roles,
    merge_units,
)
from parindex.apps.organisations.models import Succession, Unit
from parindex.apps.organisations.queries import tree_of
from parindex.apps.organisations.roles import Role
from parindex.core.kernel.problems import Refused


ACT = {"by": "person:1", "at": AT}
MERGED = Ground(date(2025, 7, 1), "Nghị quyết 202/2025/QH15 ngày 12/6/2025")
# into which province the others went (Resolution 202/2025/QH15, art. 1)
PROVINCES = {
    "tuyen-quang": "ha-giang",
    "lao-cai": "yen-bai",
    "thai-nguyen": "bac-kan",
    "phu-tho": "hoa-binh vinh-phuc",
    "bac-ninh": "bac-giang",
    "hung-yen": "thai-binh",
    "hai-phong": "hai-duong",
    "ninh-binh": "ha-nam nam-dinh",
    "quang-tri": "quang-binh",
    "da-nang": "quang-nam",
    "quang-ngai": "kon-tum",
    "gia-lai": "binh-dinh",
    "khanh-hoa": "ninh-thuan",
    "lam-dong": "dak-nong binh-thuan",
    "dak-lak": "phu-yen",
    "tp-ho-chi-minh": "ba-ria-vung-tau binh-duong",
    "dong-nai": "binh-phuoc",
    "tay-ninh": "long-an",
    "can-tho": "soc-trang hau-giang",
    "vinh-long": "ben-tre tra-vinh",
    "dong-thap": "tien-giang",
    "ca-mau": "bac-lieu",
    "an-giang": "kien-giang",
}


def test_sixty_three_provinces_become_thirty_four(world):
    """Each that went names where it went and by which resolution; the chain holds."""
    country = Unit.objects.get(parent=None, code="viet-nam")
    units = {u.code: u for u in country.children.all()}
    assert len(units) == 63
    for into, others in PROVINCES.items():
        earlier = [units[code] for code in others.split()]
        merge_units(earlier=[*earlier, units[into]], into=units[into], ground=MERGED, **ACT)
    living = [u for u in tree_of(country).walk() if u.valid_to is None and u.pk != country.pk]
    assert len(living) == 34
    gone = country.children.exclude(valid_to=None)
    assert {u.valid_to for u in gone} == {date(2025, 6, 30)}
    assert Succession.objects.filter(kind="merged", document=MERGED.document).count() == len(gone) == 29
    assert {o.earlier.code for o in units["lam-dong"].origins.all()} == {
        units["dak-nong"].code,
        units["binh-thuan"].code,
    }
    assert Entry.objects.filter(chain="unit:viet-nam", kind="units.merged").count() == len(PROVINCES)
    assert broken_at("unit:viet-nam") is None


def test_a_unit_stays_in_its_territory(world):
    """A department of Minh Họa does not become one of the country."""
    unit = Unit.objects.get(parent__code="minh-hoa", code="so-y-te")
    country = Unit.objects.get(parent=None, code="viet-nam")
    facts = Facts(unit.name, unit.type, "", country)
    with pytest.raises(Refused, match="unit_elsewhere"):
        change_unit(unit=unit, facts=facts, ground=Ground(date(2025, 1, 1)), **ACT)


def test_several_roles_are_given_together_or_not_at_all(small):
    """One that cannot be given leaves none."""
    person = add_person(new=NewPerson("an", "An"), **ACT)
    roles = [Role.OFFICER, Role.SECRETARIAT]
    with pytest.raises(Refused, match="role_of_territory"):
        grant_roles(person=person, roles=roles, unit=small.units["so-mot"], **ACT)
    assert person.grants.count() == 0
    assert len(grant_roles(person=person, roles=roles, unit=small.territory, **ACT)) == 2
