"""The province as the assessed unit: leaves handed to departments, filled in from their vaults, handed in."""

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from site_world import AT
from test_unit_evidence import own_home  # noqa: F401  a fixture

from parindex.apps.assessments.models import EvidenceLink, Round
from parindex.apps.audit.verify import verify
from parindex.apps.evidence.models import Document
from parindex.apps.frameworks.actions import store_framework
from parindex.apps.notices.models import Notice
from parindex.apps.organisations.actions import grant_role
from parindex.apps.organisations.models import Person, Unit
from parindex.apps.organisations.roles import Role


NOW = datetime(2026, 2, 2, 3, tzinfo=UTC)
SET = """parindex: 1
id: bo-tinh
version: "1"
title: {vi: Bộ cấp tỉnh, en: Set of provinces}
status: constructed
unit_types: [{code: tinh, name: Tỉnh}]
tree:
  - code: A
    name: {vi: Lĩnh vực, en: Area}
    max: 10
    children:
      - {code: A1, name: Việc của Sở Y tế, max: 4, rule: {kind: proportional, input: ratio}}
      - {code: A2, name: Việc của Sở Xây dựng, max: 6, rule: {kind: proportional, input: ratio}}
"""
AT_SHEET = "/don-vi/minh-hoa.bo-nganh-2026/minh-hoa/"
HAND_OUT = f"{AT_SHEET}giao-viec/"


class Above:
    """The province's own sheet and whoever works on it."""

    def __init__(self, visitors, clock):
        clock(NOW)
        self.visitors = visitors
        self.province = Unit.objects.get(code="minh-hoa", parent=None)
        self.units = {c: Unit.objects.get(code=c, parent=self.province) for c in ("so-y-te", "so-xay-dung")}
        self.set = store_framework(content=SET.encode(), file="x.yaml", by="test", at=AT)
        self.clerk = visitors["secretariat"]
        person = Person.objects.get(username="thuong-truc")
        grant_role(person=person, role=Role.FOCAL, unit=self.province, by="test", at=AT)

    def open(self):
        """Read through and opened in the browser: the province alone, its own phase alone."""
        form = {
            "dia-ban": str(self.province.pk),
            "title": "Chỉ số của bộ",
            "code": "bo-nganh-2026",
            "year": "2026",
            "framework": self.set.content_hash,
            "turns": "0",
            "unit": [str(self.province.pk)],
            f"group-{self.province.pk}": "Cấp tỉnh",
            "opens-self-1": "2026-02-01T08:00",
            "closes-self-1": "2026-02-15T17:00",
        }
        looked = self.clerk.post("/dieu-hanh/mo-ky/", form | {"step": "review"})
        assert looked.status_code == 200, looked.content.decode()
        mark = re.search(r'name="seen" value="(\w+)"', looked.content.decode())[1]
        opened = self.clerk.post("/dieu-hanh/mo-ky/", form | {"step": "open", "seen": mark})
        assert opened.headers["Location"] == "/dieu-hanh/minh-hoa.bo-nganh-2026/"
        return Round.objects.get(code="bo-nganh-2026")

    def hand(self, leaf, unit, **more):
        """Give a leaf to a department."""
        return self.clerk.post(HAND_OUT, {"leaf": [leaf], "unit": str(unit.pk), **more})

    def page(self, who, url, status=200):
        """What somebody reads."""
        client = who if isinstance(who, Client) else self.visitors[who]
        answer = client.get(url)
        assert answer.status_code == status, (url, answer.status_code)
        return answer.content.decode()


@pytest.fixture
def above(visitors, clock):
    """The round, opened, each leaf with its department."""
    made = Above(visitors, clock)
    made.open()
    made.hand("A1", made.units["so-y-te"], due="2026-02-10")
    made.hand("A2", made.units["so-xay-dung"], due="2026-02-02")
    return made


def leaf(code):
    """The page of one leaf."""
    return f"{AT_SHEET}tieu-chi/{code}/"


FILLED = {"a.part": "9", "a.whole": "10", "version": "0"}


def test_the_province_alone_is_assessed_and_nobody_outside_sees_it(above):
    """By its set's type; no appraisal here, nothing to publish."""
    round_ = Round.objects.get(code="bo-nganh-2026")
    assert round_.is_inside
    assert [p.unit for p in round_.participants.all()] == [above.province]
    assert [p.kind for p in round_.phases.all()] == ["self"]
    for who in ("stranger", "appraiser"):
        above.page(who, AT_SHEET, 403)


def test_a_department_fills_in_what_it_was_given_from_its_own_vault(above):
    """Told, shown on the start page, typed, proved by its own documents, said to be ready."""
    officer = above.visitors["officer"]
    assert Notice.objects.filter(to=f"person:{above.visitors.person('focal').pk}", kind__startswith="leaves_")
    assert f"{AT_SHEET}?cua-toi=1" in above.page("officer", "/ban-lam-viec/")
    assert officer.post(leaf("A1"), FILLED).status_code == 302
    sent = {"file": [SimpleUploadedFile("Báo cáo.txt", "Số: 9/BC-SYT\n".encode())]}
    officer.post(f"{leaf('A1')}tai-lieu/", sent)
    shown = EvidenceLink.objects.filter(participant__unit=above.province)
    assert {link.document.unit for link in shown} == {above.units["so-y-te"]}
    assert officer.post(f"{leaf('A1')}xong/").status_code == 302
    page = above.page("secretariat", HAND_OUT)
    assert "Sở Y tế" in page
    assert "A2" in page
    document = shown.latest("pk").document
    got = above.visitors["secretariat"].get(f"{AT_SHEET}kho/{document.key}/tep/")
    assert b"".join(got.streaming_content)
    assert above.visitors["stranger"].get(f"{AT_SHEET}kho/{document.key}/tep/").status_code == 403


def test_nobody_touches_the_leaf_of_another_department(above):
    """Not its answer, its documents, the sheet as a whole, nor who has what."""
    officer, unit = above.visitors["officer"], above.units["so-y-te"]
    for url, sent in (
        (leaf("A2"), FILLED),
        (f"{leaf('A2')}tai-lieu/", {"number": "1", "title": "x"}),
        (f"{leaf('A2')}xong/", {}),
        (f"{AT_SHEET}nop/", {}),
        (HAND_OUT, {"leaf": ["A2"], "unit": str(unit.pk)}),
        (f"{HAND_OUT}nhac/", {}),
        (f"{AT_SHEET}thu-muc/", {}),
        (f"{AT_SHEET}bang/", {}),
    ):
        assert officer.post(url, sent).status_code == 403, url
    assert not EvidenceLink.objects.filter(participant__unit=above.province).exists()
    foreign = Document.objects.filter(unit__code="so-tu-phap").first()
    if foreign is not None:
        assert officer.post(f"{leaf('A1')}tai-lieu/", {"document": [foreign.key]}).status_code == 404
    above.hand("A1", above.units["so-xay-dung"])
    assert officer.post(leaf("A1"), FILLED).status_code == 403


def test_whoever_hands_out_sees_who_is_missing_and_reminds(above, clock):
    """By department, with what is late there; a person and a department at once are refused."""
    clock(NOW + timedelta(days=1))
    assert "quá hạn nội bộ" in above.page(above.clerk, HAND_OUT)
    before = Notice.objects.filter(kind="leaves_awaited").count()
    above.clerk.post(f"{HAND_OUT}nhac/")
    assert Notice.objects.filter(kind="leaves_awaited").count() > before
    person = above.visitors.person("secretariat")
    above.hand("A1", above.units["so-xay-dung"], person=str(person.pk))
    handout = Round.objects.get(code="bo-nganh-2026").participants.get().handouts.get(leaf="A1")
    assert handout.unit == above.units["so-y-te"]


def test_everything_is_handed_in_as_one_archive(above):
    """Table, explanations, evidence by criterion code; the sheet submitted, the ledger sound."""
    officer = above.visitors["officer"]
    officer.post(leaf("A1"), FILLED | {"note": "Theo sổ của Sở"})
    sent = {"file": [SimpleUploadedFile("Báo cáo.txt", "Số: 9/BC-SYT\n".encode())]}
    officer.post(f"{leaf('A1')}tai-lieu/", sent)
    assert "ho-so-nop.zip" in above.page("secretariat", AT_SHEET)
    got = above.clerk.get(f"{AT_SHEET}ho-so-nop.zip")
    packed = zipfile.ZipFile(io.BytesIO(b"".join(got.streaming_content)))
    names = packed.namelist()
    assert {"bang-tu-danh-gia.xlsx", "thuyet-minh.docx", "A1/Báo cáo.txt"} <= set(names)
    table = load_workbook(io.BytesIO(packed.read("bang-tu-danh-gia.xlsx"))).active
    row = next(r for r in table.iter_rows(values_only=True) if r[0] == "A1")
    assert row[3] == 3.6
    assert row[5:7] == ("Theo sổ của Sở", "Sở Y tế")
    assert "Báo cáo.txt" in row[7] or "9/BC-SYT" in row[7]
    assert above.clerk.post(f"{AT_SHEET}nop/").status_code == 302
    assert verify("minh-hoa/bo-nganh-2026").faults == []
