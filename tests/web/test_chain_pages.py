"""The ledger of a person, a unit and a criteria set: who reads it, in words, and as a file that verifies."""

import re
from pathlib import Path

import pytest
from addresses import address
from site_world import AT
from test_sets import base_hash, begin

import parindex.apps
from parindex.apps.audit.exported import verify_file
from parindex.apps.audit.models import Entry
from parindex.apps.audit.signing import public_keys
from parindex.apps.evidence.actions import cite_document
from parindex.apps.evidence.rules import Metadata
from parindex.apps.frameworks.models import SetDraft
from parindex.apps.organisations.actions import NewPerson, add_person, grant_role
from parindex.apps.organisations.models import Person, Unit
from parindex.apps.organisations.queries import find_unit
from parindex.apps.organisations.roles import Role
from parindex.core.wording.ledger_entries import KINDS


UNIT, WHO = "minh-hoa.so-y-te", "dau-moi.so-y-te"
ACT = {"by": "person:1", "at": AT}


@pytest.fixture
def auditor(visitors):
    """Reads ledgers and manages nothing."""
    return visitors["auditor"]


def _fetched(client, url, tmp_path):
    """The file behind a page, and whether it holds."""
    path = tmp_path / "nhat-ky.jsonl"
    path.write_bytes(b"".join(client.get(url).streaming_content))
    return verify_file(path, public_keys()).found


def test_a_person_s_ledger_tells_of_the_account_and_the_roles(auditor, visitors, read, tmp_path):
    """In words, newest first; the file holds both chains whole."""
    person = Person.objects.get(username=WHO)
    grant_role(person=person, role=Role.OFFICER, unit=find_unit(UNIT), document="12/QĐ-SYT", **ACT)
    visitors["focal"].get("/")
    said = read(address("manage:person_ledger", (WHO,)), by=auditor).root.text
    for words in ("tạo tài khoản", "giao vai trò", "Chuyên viên", "12/QĐ-SYT", f"person:{person.pk}"):
        assert words in said
    assert "None" not in said
    assert said.index("Chuyên viên") < said.index("tạo tài khoản")
    found = _fetched(auditor, address("manage:person_ledger_file", (WHO,)), tmp_path)
    assert found.faults == []
    assert (
        found.entries
        == Entry.objects.filter(chain__in=(f"person:{person.pk}", f"access:{person.pk}")).count()
    )


def test_a_unit_s_ledger_tells_of_it_and_its_documents_alone(auditor, read, tmp_path):
    """Of the territory's chain only what speaks of the unit is shown; the file has the chain whole."""
    unit = find_unit(UNIT)
    cite_document(unit=unit, metadata=Metadata("99/BC-SYT", title="Báo cáo"), link="https://x.example", **ACT)
    said = read(address("manage:unit_ledger", (UNIT,)), by=auditor).root.text
    assert "chỉ dẫn tài liệu" in said
    assert "99/BC-SYT" in said
    assert "thêm các đơn vị" in said
    assert "lập địa bàn" not in said
    assert "lập địa bàn" in read(address("manage:unit_ledger", ("minh-hoa",)), by=auditor).root.text
    found = _fetched(auditor, address("manage:unit_ledger_file", (UNIT,)), tmp_path)
    assert (found.faults, found.chains) == ([], 2)


def test_a_set_s_ledger_tells_of_every_saving(visitors, auditor, read, tmp_path):
    """For an auditor too, who makes no sets."""
    secretariat = visitors["secretariat"]
    assert begin(secretariat, base=base_hash()).status_code == 302
    draft = SetDraft.objects.latest("pk")
    url = address("sets:ledger", (draft.pk,))
    said = read(url, by=auditor).root.text
    assert f"set-draft:{draft.pk}" in said
    assert "soạn bộ tiêu chí" in said
    found = _fetched(auditor, address("sets:ledger_file", (draft.pk,)), tmp_path)
    assert (found.faults, found.entries) == ([], 1)
    assert url in secretariat.get(address("sets:set", (draft.pk,))).content.decode()
    for who in ("focal", "member", "leader", "neighbour"):
        assert visitors[who].get(url).status_code == 403
        assert visitors[who].get(address("sets:ledger_file", (draft.pk,))).status_code == 403


def test_the_pages_of_person_and_unit_lead_to_their_ledgers(visitors, auditor):
    """For whoever manages them and reads ledgers; an auditor finds them by name."""
    administrator = visitors["administrator"]
    for page, ledger, name in (
        ("manage:person", "manage:person_ledger", WHO),
        ("manage:unit", "manage:unit_ledger", UNIT),
    ):
        url = address(ledger, (name,))
        assert url in administrator.get(address(page, (name,))).content.decode()
        assert auditor.get(address("manage:ledger_find", ()), {"ten": f" {name} "}).headers["Location"] == url
    lost = auditor.get(address("manage:ledger_find", ()), {"ten": "<b>ai</b>"}, follow=True).content.decode()
    assert "Không có người dùng hay đơn vị" in lost
    assert "<b>ai</b>" not in lost


def test_who_holds_a_role_elsewhere_is_read_by_those_who_read_there_too(auditor):
    """Roles in two territories: neither auditor alone reads the account's ledger."""
    person = add_person(new=NewPerson("hai-noi", "Hai Nơi"), **ACT)
    url = address("manage:person_ledger", ("hai-noi",))
    grant_role(person=person, role=Role.OFFICER, unit=find_unit(UNIT), **ACT)
    assert auditor.get(url).status_code == 200
    elsewhere = Unit.objects.create(code="noi-khac", name_vi="Nơi khác", type="tinh")
    grant_role(person=person, role=Role.AUDITOR, unit=elsewhere, **ACT)
    assert auditor.get(url).status_code == 403


def test_a_long_ledger_is_paged_and_costs_the_same(auditor, read, django_assert_max_num_queries):
    """Ninety documents; a page that is none gives the nearest."""
    unit = find_unit(UNIT)
    for k in range(90):
        cite_document(
            unit=unit,
            metadata=Metadata(f"{k}/BC-DÀI", AT.date(), "Sở Y tế", "", "Báo cáo"),
            link="https://x.example",
            **ACT,
        )
    url = address("manage:unit_ledger", (UNIT,))
    with django_assert_max_num_queries(30):
        first = auditor.get(url).content.decode()
    assert first.count("/BC-DÀI") == 40
    for number in ("2", "99", "x", "-1", "9" * 30):
        assert auditor.get(url, {"trang": number}).status_code == 200


def test_every_kind_of_entry_has_words(world):
    """Those that the demonstration holds, and those that the actions name."""
    kept = set(Entry.objects.values_list("kind", flat=True).distinct())
    written = set()
    for path in Path(parindex.apps.__path__[0]).rglob("*.py"):
        text = path.read_text()
        if "record(" in text or "note(" in text or "_tell(" in text:
            written |= set(
                re.findall(r'"((?:person|role|access|unit|units|document|set|framework)\.[a-z_]+)"', text)
            )
    assert (kept | written) - set(KINDS) == set()
