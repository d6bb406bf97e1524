"""What is held of a person can be shown, and erased: then nothing names them, and the ledger holds."""

import json
import unicodedata
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from site_world import AT
from small_round import ACT, open_small

from parindex.apps.access.actions import record_entry
from parindex.apps.access.models import OpenSession
from parindex.apps.audit.held import compare
from parindex.apps.audit.models import Entry
from parindex.apps.audit.record import record
from parindex.apps.audit.verify import verify
from parindex.apps.briefings.models import Campaign, Initiative
from parindex.apps.evidence.models import Document
from parindex.apps.notices.actions import tell
from parindex.apps.notices.models import Notice
from parindex.apps.organisations.actions import (
    Contact,
    NewPerson,
    add_person,
    change_person,
    deactivate_person,
    grant_role,
    reactivate_person,
)
from parindex.apps.organisations.models import Person
from parindex.apps.organisations.roles import Role
from parindex.apps.personal.erasing import INSTEAD, erase_person, outlook
from parindex.apps.personal.exporting import export_person
from parindex.apps.results.actions import compute_result
from parindex.apps.results.rebuild import rebuild
from parindex.apps.search.index import index_text
from parindex.apps.search.models import Findable
from parindex.config.held import TABLES
from parindex.config.keeping import tables
from parindex.core.kernel.problems import Refused


NAME, SIGNS, MAIL, PHONE = "Trịnh Ngọc Quỳnh Hoa", "quynh.hoa", "quynh.hoa@vi.du", "0987654321"
FORMS = [NAME, NAME.upper(), unicodedata.normalize("NFD", NAME), SIGNS, MAIL, PHONE, json.dumps(NAME)[1:-1]]


@pytest.fixture
def small(db):
    """A small round with points and a result."""
    made = open_small()
    made.answer(("so-mot", "A2", "3"), ("so-hai", "A2", "5"))
    return made


@pytest.fixture
def hoa(small):
    """Somebody whose name stands in many places."""
    new = NewPerson(SIGNS, NAME, "Chuyên viên", MAIL, PHONE)
    who = add_person(new=new, **ACT)
    change_person(person=who, contact=Contact(NAME, "Phó Trưởng phòng", MAIL, PHONE), **ACT)
    unit = small.units["so-mot"]
    grant_role(person=who, role=Role.OFFICER, unit=unit, document=f"Phân công bà {NAME}", **ACT)
    record_entry(person=who, way="password", second="", address="10.1.2.3", by=who.ref, at=AT)
    OpenSession.objects.create(session_key="k" * 32, session_data="", expire_date=AT, person=who, since=AT)
    tell(to=[who.ref], kind="work_taken_over", data={"person": "A", "count": "1"}, at=AT)
    tell(to=["person:999"], kind="work_taken_over", data={"person": NAME, "count": "1"}, at=AT)
    record(
        chain="round:tinh-thu/2024", kind="test.done", subject="s", payload={"v": 1},
        texts={"reason": f"Theo ý kiến của {NAME.upper()}."}, by=who.ref, at=AT,
    )  # fmt: skip
    decomposed = unicodedata.normalize("NFD", NAME)
    Document.objects.create(
        unit=unit,
        kind="cited",
        where="Tủ 1",
        title=f"Báo cáo của {decomposed}",
        signer=NAME,
        text=f"Ký: {NAME}",
        uploaded_by=who.ref,
        uploaded_at=AT,
    )
    index_text(kind="x", subject="1", unit=unit.pk, title=f"Báo cáo của {NAME}", text=f"Người ký {NAME}")
    days = {"start": AT.date(), "end": AT.date()}
    campaign = Campaign.objects.create(
        territory=small.territory, unit=small.territory, name="Thi đua", **days, by="x", at=AT
    )
    said = {"title": "Một cửa", "authors": f"{NAME}; Ông Khác"}
    Initiative.objects.create(campaign=campaign, unit=unit, number=1, **said, by=who.ref, at=AT)
    compute_result(round_=small.round, **ACT)
    return who


def leave(who):
    return deactivate_person(person=who, reason="Nghỉ hưu", by="person:900", at=AT)


def named_in():
    """Tables in which any row still has the name, in whatever form, or a contact."""
    found = set()
    for model in tables.tables_of(apps):
        for line in tables.lines_of(model, "default"):
            plain = json.dumps(json.loads(line), ensure_ascii=False)
            if any(form.casefold() in text.casefold() for form in FORMS for text in (line, plain)):
                found.add(model._meta.label)
    return found


def files_that_name():
    """Files of the home, the database apart, that have the name."""
    said = [form.encode() for form in FORMS]
    homes = [p for p in Path(settings.PARINDEX_HOME).rglob("*") if p.is_file() and "sqlite3" not in p.name]
    return [p for p in homes if any(form in p.read_bytes() for form in said)]


def doubts():
    """Rows that are not as the ledger says; those that were laid by hand above among them."""
    return {(f.code, f.table, f.row) for f in compare(TABLES).faults}


def test_after_erasing_nothing_names_the_person_and_the_ledger_holds(small, hoa):
    """No table, no file; what they did stands under a number; the round is rebuilt from its ledger."""
    assert named_in() >= {
        "organisations.Person", "organisations.Grant", "audit.LedgerText", "notices.Notice",
        "evidence.Document", "briefings.Initiative", "search.Findable",
    }  # fmt: skip
    assert not rebuild(small.round).differences
    leave(hoa)
    entries, before = list(Entry.objects.order_by("pk").values()), doubts()
    erase_person(person=hoa, ground="Quyết định số 5/QĐ-SNV", by="person:900", at=AT)
    assert (named_in(), files_that_name()) == (set(), [])
    assert list(Entry.objects.order_by("pk").values())[: len(entries)] == entries
    assert verify().faults == []
    assert doubts() <= before
    assert not rebuild(small.round).differences
    assert Initiative.objects.get(title="Một cửa").authors == f"{INSTEAD}; Ông Khác"
    assert Notice.objects.filter(data__person=INSTEAD).count() == 1
    assert not OpenSession.objects.filter(person=hoa).exists()
    assert Entry.objects.get(kind="person.erased").payload["rows"] == 4
    assert Entry.objects.filter(by=hoa.ref).exists()
    found = Findable.objects.get(kind="x")
    assert "trinh ngoc quynh hoa" not in found.words
    assert "bao cao" in found.words


def test_an_erased_account_is_nobodys_and_stays_so(hoa):
    """Not opened again, not erased twice."""
    leave(hoa)
    erase_person(person=hoa, ground="5/QĐ", by="person:900", at=AT)
    kept = Person.objects.get(pk=hoa.pk)
    assert (kept.has_usable_password(), kept.email, kept.phone, kept.position) == (False, "", "", "")
    with pytest.raises(Refused, match="erased_already"):
        reactivate_person(person=kept, by="person:900", at=AT)
    with pytest.raises(Refused, match="erased_already"):
        erase_person(person=kept, ground="5/QĐ", by="person:900", at=AT)


@pytest.mark.parametrize(
    ("left", "ground", "code"),
    [
        (False, "5/QĐ", "erase_active"),
        (True, "  ", "reason_needed"),
        (True, f"Đơn của {NAME}", "ground_names_person"),
        (True, f"Đơn của {NAME.upper()}", "ground_names_person"),
    ],
)
def test_what_cannot_be_erased_is_refused_and_nothing_changes(hoa, left, ground, code):
    """Who has not left; without a ground; with one that would name the person again."""
    if left:
        leave(hoa)
    before = named_in(), Entry.objects.count()
    with pytest.raises(Refused, match=code):
        erase_person(person=hoa, ground=ground, by="person:900", at=AT)
    assert (named_in(), Entry.objects.count()) == before


def test_of_two_who_are_called_alike_the_other_one_keeps_their_texts(hoa):
    """Nobody can say whom a text means: the full name stays there, what is the person's own goes."""
    add_person(new=NewPerson("hoa.khac", NAME, ""), **ACT)
    leave(hoa)
    assert outlook(hoa).shared
    erase_person(person=hoa, ground="5/QĐ", by="person:900", at=AT)
    assert Initiative.objects.get(title="Một cửa").authors.startswith(NAME)
    assert not Person.objects.filter(username=SIGNS).exists()
    assert verify().faults == []


def test_a_person_reads_everything_about_themself_and_no_secret(hoa):
    """Rows, texts, acts; it is plain JSON."""
    told = json.loads(json.dumps(export_person(hoa, AT)))
    assert told["account"]["email"] == MAIL
    by_table = {t["table"]: t for t in told["tables"]}
    assert [g["role"] for g in by_table["organisations.Grant"]["about"]] == ["officer"]
    assert by_table["evidence.Document"]["done"] == 1
    assert told["named_in"]["briefings.Initiative"] == 1
    assert {"10.1.2.3", "Phó Trưởng phòng", SIGNS} <= {t for e in told["ledger"] for t in e["texts"].values()}
    assert told["acts"] == {"access.entered": 1, "test.done": 1}
    whole = json.dumps(told)
    assert hoa.password not in whole
    assert "k" * 32 not in whole
