"""A row of any table that is changed by hand is named by `ledger verify` or `rebuild`, or the guide says why.

One world, everything tampered with at once: a row named by one check hides none that another is to name.
"""

import re
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models
from ledger_guards import lift
from site_world import AT

from parindex.apps.assessments.models import Round
from parindex.apps.audit import told
from parindex.apps.audit.models import Entry
from parindex.apps.audit.verify import verify
from parindex.apps.briefings.commending import Decision, issue_list, save_list
from parindex.apps.briefings.models import Commendation
from parindex.apps.evidence.actions import cite_document
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.rules import Metadata
from parindex.apps.frameworks.actions import NewDraft, open_draft
from parindex.apps.indicators.models import Value
from parindex.apps.indicators.tokens import NewToken, create_token
from parindex.apps.news.actions import Written, begin_article
from parindex.apps.news.feeds import Item
from parindex.apps.news.registering import follow_feed, register_article
from parindex.apps.organisations.actions import (
    NewPerson,
    add_person,
    deactivate_person,
    delegate,
    grant_role,
    revoke_role,
    take_back,
)
from parindex.apps.organisations.models import Grant, Person, Unit
from parindex.apps.organisations.roles import Role
from parindex.apps.personal.erasing import erase_person
from parindex.apps.plans.models import TaskReport
from parindex.apps.results.rebuild import rebuild
from parindex.apps.schedule.holidays import SetDay, set_year
from parindex.config.held import TABLES, compare_rows
from parindex.core.wording.ledger_rows import CODES, row_sentence
from parindex.core.wording.ledger_rows import TABLES as WORDS


WHO = {"by": "test", "at": AT}
GUIDE = Path(__file__).parents[2] / "docs" / "ledger.md"
REBUILT = {
    "assessments.Ruling": "rulings",
    "assessments.Participant": "participants",
    "results.Result": "result",
    "results.GroupResult": "groups",
    "results.UnitResult": "units",
}
VERIFIED = {"audit.Entry", "audit.LedgerText"}
HERE_EMPTY = {
    "assessments.EvidenceLink",
    "surveys.Draw",
    "assessments.Extension",
    "assessments.Sample",
    "assessments.Visit",
    "papers.IssuedPaper",
}
"""Tables without a row in this world; `tests` of their own rooms fill them."""
CHANGED = {
    "schedule.CalendarYear": "document",
    "organisations.Unit": "name_vi",
    "organisations.Person": "is_active",
    "organisations.Grant": "valid_to",
    "organisations.Delegation": "valid_to",
    "frameworks.FrameworkVersion": "content_hash",
    "frameworks.SetDraft": "number",
    "frameworks.SetDraftVersion": "content",
    "evidence.StoredContent": "size",
    "evidence.Document": "number",
    "indicators.Indicator": "direction",
    "indicators.Value": "value",
    "indicators.Target": "goal",
    "indicators.Token": "valid_to",
    "plans.Plan": "title",
    "plans.Task": "weight",
    "plans.TaskReport": "percent",
    "plans.HandDown": "due",
    "news.Article": "state",
    "news.Revision": "body",
    "news.PlannedArticles": "topic",
    "news.Feed": "followed",
    "inspections.Plan": "title",
    "inspections.Visit": "summary",
    "inspections.Question": "note",
    "inspections.Finding": "text",
    "inspections.Proof": "finding_id",
    "inspections.Recommendation": "due",
    "inspections.Answer": "text",
    "inspections.IssuedPaper": "number",
    "surveys.Survey": "small",
    "surveys.Questionnaire": "content",
    "surveys.Count": "content",
    "briefings.Briefing": "signer",
    "briefings.BriefingRevision": "sections",
    "briefings.Conclusion": "content",
    "briefings.Campaign": "slogan",
    "briefings.Registration": "pledge",
    "briefings.Initiative": "effect",
    "briefings.Reuse": "note",
    "briefings.Commendation": "signer",
    "briefings.CommendationRevision": "rows",
    "assessments.Statement": "text",
    "papers.Office": "grounds",
    "publications.Publication": "sha256",
    "improvement.Acceptance": "reason",
}
"""Which field of a row of each table is changed."""
TOLD_OF = {
    "organisations.Unit": {"code": "so-xay-dung"},
    "news.Article": {"outside": ""},
    "news.Revision": {"article__outside": ""},
    "inspections.Question": {"met": "met"},
    "inspections.Visit": {"summary__gt": ""},
    "briefings.Briefing": {"state": "issued"},
    "briefings.Commendation": {"state": "issued"},
}
"""Where that field is empty until somebody says it, a row of which it was said."""


def _other(field, value):
    """Something else that the column can hold."""
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(value, Fraction):
        return value + 1
    if isinstance(field, models.IntegerField) or field.is_relation:
        return value + 1 if value is not None else 1
    if isinstance(field, models.DateTimeField):
        return (value or AT) + timedelta(days=1)
    if isinstance(field, models.DateField):
        return (value or date(2099, 1, 1)) + timedelta(days=1)
    if isinstance(field, models.JSONField):
        return _other_json(value)
    return f"{value[:-1]}{'y' if value[-1:] == 'x' else 'x'}"


def _other_json(value):
    if isinstance(value, list):
        return [_other_json(value[0]), *value[1:]] if value else ["x"]
    if isinstance(value, dict):
        first = next(iter(value))
        return {**value, first: _other_json(value[first])}
    return f"{value}x"


@pytest.fixture
def full(world):
    """What the demonstration has no row of, by the same acts as any."""
    territory, unit = Unit.objects.get(code="minh-hoa"), Unit.objects.get(code="so-y-te")
    person, other = Person.objects.filter(is_active=True).order_by("pk")[:2]
    day = AT.date()
    set_year(year=2026, days=[SetDay(date(2026, 9, 2), worked=False, name="Quốc khánh")], document="1", **WHO)
    grant = grant_role(person=person, role=Role.OFFICER, unit=unit, valid_from=day, **WHO)
    until = day + timedelta(days=9)
    delegate(grant=grant, to=other, valid_from=day, valid_to=until, ground="đi công tác", **WHO)
    content = {"id": "thu", "version": "1", "title": "Thử", "tree": []}
    open_draft(new=NewDraft(territory, None, content, "copy"), **WHO)
    new = NewToken("Một cửa", [unit], None, day + timedelta(days=30))
    create_token(territory=territory, new=new, **WHO)
    follow_feed(unit=unit, url="https://vi-du.vn/rss", **WHO)
    item = Item("https://vi-du.vn/bai-1", "Bài ở nơi khác", AT)
    register_article(unit=unit, item=item, category="tin-khac", **WHO)
    _commend()
    return territory


def _commend():
    """The list of those proposed, issued with the first of them."""
    drawn = Commendation.objects.select_related("campaign").get()
    newest = drawn.revisions.latest("number")
    chosen = {newest.rows[0]["key"]: Decision(taken=True, form="Bằng khen", grounds="Dẫn đầu khối")}
    at = datetime(drawn.campaign.start.year, 12, 1, tzinfo=UTC)
    save_list(commendation=drawn, decisions=chosen, base=newest.number, by="test", at=at)
    on = drawn.campaign.start
    issue_list(commendation=drawn, number="1/DS", on=on, signer="Chủ tịch", by="test", at=at)


def _tables(*names):
    return [table for table in TABLES if table.name in names]


def _not_compared():
    """The models that the guide says are not compared, each with its reason."""
    text = GUIDE.read_text(encoding="utf-8")
    part = text.partition("## Rows that are not compared")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", part, flags=re.MULTILINE)[2:]
    return {label: why for labels, why in rows for label in re.findall(r"`([^`]+)`", labels)}


def test_every_table_is_compared_or_the_guide_says_why_not():
    """A new model has its table in `held`, or its line in the guide; nothing is in both."""
    known = {model._meta.label for model in apps.get_models() if model.__module__.startswith("parindex.")}
    compared = {table.name.partition(" ")[0] for table in TABLES} | set(REBUILT) | VERIFIED
    assert compared | set(_not_compared()) == known
    assert not compared & set(_not_compared())
    assert set(CHANGED) | HERE_EMPTY == {t.name.partition(" ")[0] for t in TABLES}


def test_what_the_ledger_says_is_what_stands(full):
    """Nothing is named where nobody tampered, and every chain can be read."""
    found = compare_rows()
    assert (found.faults, found.unread) == ([], {})
    assert found.rows > 5000


def test_what_lies_on_disk_is_compared_like_what_is_at_hand(full, monkeypatch):
    """With hardly any row at hand, nothing is named either, and a changed row is."""
    monkeypatch.setattr(told, "AT_HAND", 3)
    assert compare_rows().faults == []
    _tamper("plans.Task")
    assert {f.table for f in compare_rows(_tables("plans.Plan", "plans.Task")).faults} == {"plans.Task"}


def test_what_was_said_of_a_row_is_what_was_said_last(monkeypatch):
    """A field that can no longer be known is said no more; a row taken away and made again is new."""
    monkeypatch.setattr(told, "AT_HAND", 2)
    with closing(told.Told()) as rows:
        for name in "abcd":
            rows.hear((name, ""), {"x": "1", "y": "2"}, f"chain#{name}")
        rows.hear(("a", ""), {"x": None, "y": "3"}, "chain#5")
        rows.forget(("b", ""))
        rows.forget(("c", ""))
        rows.hear(("c", ""), {"x": "4"}, "chain#6")
        assert rows.meet(("a", "")) == {"y": ("3", "chain#5")}
        assert rows.meet(("b", "")) is None
        assert list(rows.not_met()) == [(("d", ""), "chain#d"), (("c", ""), "chain#6")]


def _tamper(label):
    model, name = apps.get_model(label), CHANGED[label]
    field = model._meta.get_field(name)
    rows = model._base_manager.order_by("-pk")
    row = rows.filter(**TOLD_OF.get(label, {})).first()
    assert row is not None, label
    assert rows.filter(pk=row.pk).update(**{name: _other(field, getattr(row, name))}) == 1


def test_a_row_changed_by_hand_is_named(full):
    """One of every table at once; each sentence can be said in both languages."""
    labels = sorted(set(CHANGED) - {"inspections.Proof"})
    for label in labels:
        _tamper(label)
    faults = compare_rows().faults
    named = {fault.table.partition(" ")[0] for fault in faults}
    assert sorted(set(labels) - named) == []
    for fault in faults:
        for language in ("vi", "en"):
            assert row_sentence(fault.code, fault.data, language, table=fault.table, row=fault.row)


def test_a_row_added_or_taken_away_by_hand_is_named(full):
    """A value that nobody recorded, a role that nobody gave, a report that is gone."""
    value = Value.objects.first()
    value.pk, value.version = None, 99
    Value.objects.bulk_create([value])
    grant = Grant.objects.first()
    Grant.objects.bulk_create([Grant(person=grant.person, unit=Unit.objects.last(), role="administrator")])
    TaskReport.objects.last().delete()
    tables = _tables("indicators.Value", "organisations.Grant", "plans.TaskReport")
    found = {(fault.table, fault.code) for fault in compare_rows(tables).faults}
    wanted = {
        ("indicators.Value", "row_unknown"),
        ("organisations.Grant", "row_unknown"),
        ("plans.TaskReport", "row_missing"),
    }
    assert found == wanted


def test_an_answer_a_result_or_a_name_changed_by_hand_is_named_by_rebuild(world):
    """One row of each table that a round is rebuilt into."""
    round_ = Round.objects.filter(results__isnull=False).order_by("pk").first()
    ours = {
        "assessments.Ruling": ("participant__round", "answer"),
        "assessments.Participant": ("round", "name_vi"),
        "results.Result": ("round", "answers_hash"),
        "results.GroupResult": ("result__round", "size"),
        "results.UnitResult": ("result__round", "index"),
    }
    for label, (path, name) in ours.items():
        model = apps.get_model(label)
        row = model._base_manager.filter(**{path: round_}).order_by("-pk").first()
        new = _other(model._meta.get_field(name), getattr(row, name))
        model._base_manager.filter(pk=row.pk).update(**{name: new})
    assert {d.table for d in rebuild(round_).differences} == set(REBUILT.values())


def test_an_entry_changed_by_hand_is_named_by_verify(world):
    """And a text beside one."""
    lift(connection)
    entry = Entry.objects.filter(chain__startswith="plan:").last()
    models.QuerySet(Entry).filter(pk=entry.pk).update(subject="khác")
    with_text = Entry.objects.exclude(texts={}).exclude(chain=entry.chain).last()
    text = apps.get_model("audit.LedgerText")
    models.QuerySet(text).filter(chain=with_text.chain, position=with_text.position).update(text="khác")
    assert {f.chain for f in verify().faults} == {entry.chain, with_text.chain}


def test_a_role_ended_or_taken_back_is_still_as_the_ledger_says(full):
    """Also one that never began, and a role lent that ends before its time."""
    day, unit = AT.date(), Unit.objects.get(code="so-xay-dung")
    person = Person.objects.filter(is_active=True).order_by("pk")[3]
    for first, last in ((day, day + timedelta(days=1)), (day + timedelta(days=9), day)):
        grant = grant_role(person=person, role=Role.OFFICER, unit=unit, valid_from=first, **WHO)
        revoke_role(grant=grant, last=last, reason="hết việc", **WHO)
    lent = person.borrowed.model.objects.get()
    take_back(lent=lent, by="test", at=AT + timedelta(days=3))
    assert compare_rows(_tables("organisations.Grant", "organisations.Delegation")).faults == []


def test_a_chain_with_an_act_of_unknown_kind_is_told_and_not_compared(world):
    """As after going back to an older version; nobody is accused wrongly."""
    from parindex.apps.audit.record import record
    from parindex.apps.plans.models import Task

    task = Task.objects.first()
    chain = f"plan:{task.plan_id}"
    record(chain=chain, kind="task.from_the_future", subject="x", payload={"v": 1}, by="test", at=AT)
    Task.objects.filter(pk=task.pk).update(weight="99")
    found = compare_rows(_tables("plans.Plan", "plans.Task"))
    assert found.faults == []
    assert found.unread == {chain: "task.from_the_future"}
    assert set(CODES) == {"row_changed", "row_missing", "row_unknown"}
    assert set(WORDS) == {table.name for table in TABLES}


def test_what_stands_in_the_place_of_an_erased_name_is_no_difference(small):
    """In columns, and in contents that the ledger knows by their hash."""
    unit, name = small.units["so-mot"], "Trịnh Ngọc Quỳnh Hoa"
    who = add_person(new=NewPerson("quynh.hoa", name), **WHO)
    grant = grant_role(person=who, role=Role.OFFICER, unit=unit, document=f"Phân công bà {name}", **WHO)
    told = Metadata("1/BC", AT.date(), "Sở Một", name, f"Báo cáo của {name}")
    cite_document(unit=unit, metadata=told, where=f"Phòng của {name}", **WHO)
    written = Written(title=f"Bà {name}", category="tin-khac", body="<p>Một cửa</p>", byline=name)
    begin_article(unit=unit, written=written, **WHO)
    revoke_role(grant=grant, last=AT.date() - timedelta(days=1), reason="nghỉ", **WHO)
    deactivate_person(person=who, reason="nghỉ", **WHO)
    wanted = _tables("organisations.Person", "organisations.Grant", "evidence.Document", "news.Revision")
    assert compare_rows(wanted).faults == []
    erase_person(person=who, ground="5/QĐ", **WHO)
    assert compare_rows(wanted).faults == []
    Document.objects.filter(unit=unit).update(number="2/BC")
    assert [fault.data["field"] for fault in compare_rows(wanted).faults] == ["number"]
