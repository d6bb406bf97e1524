"""Somebody leaves: all open work passes on and the account is closed in one act, or nothing happens."""

from datetime import date, timedelta

import pytest
from addresses import address
from site_world import AT

from parindex.apps.access.models import OpenSession
from parindex.apps.access.queries import open_sessions
from parindex.apps.assessments.actions import make_guest_link
from parindex.apps.assessments.models import Assignment, GuestLink, Handout, Participant, Share
from parindex.apps.audit.models import Entry
from parindex.apps.audit.verify import verify
from parindex.apps.indicators.models import Token
from parindex.apps.notices.models import Notice
from parindex.apps.organisations.actions import delegate, grant_role
from parindex.apps.organisations.models import Delegation, Grant, Person
from parindex.apps.organisations.permissions import rights_of
from parindex.apps.organisations.roles import Role
from parindex.apps.personal.hanging import Kind, heaps_of
from parindex.apps.personal.leaving import hand_over, release
from parindex.apps.plans.actions.feeds import feed_of, make_feed
from parindex.apps.plans.models import Plan, Task
from parindex.core.kernel.problems import Refused


GOER, TAKER, HEAD = "dau-moi.so-y-te", "chuyen-vien.so-y-te", "lanh-dao.so-y-te"


@pytest.fixture(autouse=True)
def then(clock):
    """The day on which the demonstration was loaded."""
    clock(AT)


def person(name):
    return Person.objects.get(username=name)


@pytest.fixture
def goer(world):
    """Somebody on whom hand-outs, a task, a guest link, a token, a calendar and a delegation hang."""
    who = person(GOER)
    participant = Participant.objects.get(round__code="tap-huan-tu-cham", unit__code="so-y-te")
    Handout.objects.filter(participant=participant).delete()
    for leaf in ("1.1.1", "1.1.2"):
        Handout.objects.create(participant=participant, leaf=leaf, person=who, by="x", at=AT)
    plan = Plan.objects.filter(unit__code="so-y-te").exclude(state="closed").first()
    Task.objects.filter(person=who).update(person=None)
    number = 900
    Task.objects.create(plan=plan, number=number, content="Việc của người đi", person=who, by="x", at=AT)
    make_feed(person=who, by=who.ref, at=AT)
    held = who.grants.get(role="focal")
    delegate(
        grant=held, to=person(TAKER), valid_from=date(2026, 1, 5), valid_to=date(2026, 3, 1),
        ground="Nghỉ phép", by="x", at=AT,
    )  # fmt: skip
    Token.objects.create(
        territory=held.unit.parent, system="Một cửa", hash="h" * 64, head="pix_", valid_to=date(2027, 1, 1),
        created_by=who.ref, created_at=AT,
    )  # fmt: skip
    return who


def keys(who):
    return {heap.kind: heap.key for heap in heaps_of(who, AT)}


def state():
    """Whatever a leaving may change, as rows."""
    return (
        sorted(Handout.objects.values_list("pk", "person")),
        sorted(Task.objects.values_list("pk", "person")),
        sorted(Grant.objects.values_list("pk", "valid_to"), key=str),
        sorted(Delegation.objects.values_list("pk", "valid_to")),
        sorted(Token.objects.values_list("pk", "revoked_at"), key=str),
        sorted(Person.objects.values_list("pk", "is_active")),
        Entry.objects.count(),
        Notice.objects.count(),
    )


def test_the_administrator_looks_first_and_then_does_it_in_one_act(read, visitors, goer):
    """The page names each heap with who may take it; the look changes nothing; the act does everything."""
    clerk, url = visitors["administrator"], address("manage:leave", (GOER,))
    page = read(url, by=clerk).root.text
    for said in ("1.1.2", "900. Việc của người đi", "Đầu mối CCHC", "Một cửa", "Địa chỉ lịch riêng"):
        assert said in page
    named = keys(goer)
    assert set(named) == {Kind.SHEETS, Kind.TASKS}
    sent = {**dict.fromkeys(named.values(), TAKER), "reason": "Nghỉ hưu", "token": Token.objects.get().pk}
    before = state()
    looked = clerk.post(url, sent | {"step": "look"})
    assert looked.status_code == 200
    assert "Bàn giao và khóa tài khoản" in looked.content.decode()
    assert state() == before
    assert clerk.post(url, sent | {"step": "done"}).status_code == 302
    goer.refresh_from_db()
    assert (goer.is_active, heaps_of(goer, AT), feed_of(goer)) == (False, [], None)
    assert not rights_of(goer, AT + timedelta(days=1)).held
    handed = Handout.objects.filter(leaf__in=("1.1.1", "1.1.2"), by="x")
    assert {h.person for h in handed} == {person(TAKER)}
    assert Task.objects.get(number=900).person == person(TAKER)
    assert Token.objects.get().revoked_at is not None
    assert not Delegation.objects.filter(grant__person=goer, valid_to__gte=date(2026, 1, 5)).exists()
    entry = Entry.objects.get(kind="person.left")
    assert [(row["work"], row["count"], row["to"]) for row in entry.payload["over"]] == [
        ("sheets", 2, person(TAKER).ref),
        ("tasks", 1, person(TAKER).ref),
    ]
    assert "Nghỉ hưu" not in str(entry.payload)
    assert Notice.objects.get(kind="work_taken_over").data == {"person": goer.full_name, "count": "3"}
    assert verify().faults == []


def test_a_token_whose_box_is_taken_off_goes_on(visitors, goer):
    """Its system needs it, and the person never saw the secret."""
    sent = {**dict.fromkeys(keys(goer).values(), TAKER), "reason": "x", "step": "done"}
    assert visitors["administrator"].post(address("manage:leave", (GOER,)), sent).status_code == 302
    assert Token.objects.get().revoked_at is None


def test_sessions_end_with_the_account(visitors, goer):
    """Whoever left sees nothing more, not even on a page that was open."""
    client = visitors["focal"]
    assert client.get(address("account:start", ())).status_code == 200
    release(person=goer, receivers={"*": person(TAKER)}, reason="x", by="person:1", at=AT)
    assert open_sessions(goer, AT) == []
    assert not OpenSession.objects.filter(person=goer).exists()
    assert client.get(address("account:start", ())).status_code == 302


def test_the_head_of_the_unit_does_it_too(read, visitors, goer):
    """From the list of the unit's people; not for themself, not for somebody of another unit."""
    head = visitors["head"]
    listed = read(address("manage:own_people", ()), by=head)
    assert goer.full_name in listed.root.text
    assert address("manage:leave", (HEAD,)) not in listed.links
    sent = {**dict.fromkeys(keys(goer).values(), TAKER), "reason": "Chuyển công tác", "step": "done"}
    assert head.post(address("manage:leave", ("dau-moi.so-xay-dung",)), sent).status_code == 403
    assert head.post(address("manage:leave", (HEAD,)), sent).status_code == 422
    assert head.post(address("manage:leave", (GOER,)), sent).status_code == 302
    assert not person(GOER).is_active


def test_a_head_cannot_close_an_account_that_others_need(visitors, goer):
    """Somebody who also holds a role elsewhere."""
    elsewhere = person("dau-moi.so-xay-dung").grants.get().unit
    grant_role(person=goer, role=Role.OFFICER, unit=elsewhere, by="x", at=AT)
    sent = {"reason": "x", "step": "done"}
    assert visitors["head"].post(address("manage:leave", (GOER,)), sent).status_code == 403
    assert person(GOER).is_active


BAD = [
    ({"to": GOER}, "handed_to_oneself"),
    ({"to": "dau-moi.so-xay-dung"}, "receiver_without_right"),
    ({"to": ""}, "receiver_missing"),
    ({"to": "khong-co"}, "receiver_missing"),
    ({"reason": " "}, "reason_needed"),
    ({"closed": GOER}, "person_inactive"),
    ({"closed": TAKER}, "person_inactive"),
]


@pytest.mark.parametrize(("sent", "code"), BAD, ids=[f"{s}" for s, _ in BAD])
def test_what_cannot_be_is_refused_in_words_and_changes_nothing(visitors, goer, sent, code):
    """To oneself, to nobody, to somebody without the right, to or of somebody who has left already."""
    Person.objects.filter(username=sent.get("closed", "")).update(is_active=False)
    to = sent.get("to", TAKER)
    receivers = {"*": person(to)} if Person.objects.filter(username=to).exists() else {}
    before = state()
    with pytest.raises(Refused) as refused:
        release(person=goer, receivers=receivers, reason=sent.get("reason", "x"), by="person:1", at=AT)
    assert refused.value.code == code
    named = dict.fromkeys(keys(goer).values(), to)
    typed = {**named, "reason": sent.get("reason", "x")}
    clerk, url = visitors["administrator"], address("manage:leave", (GOER,))
    for step in ("look", "done"):
        assert clerk.post(url, typed | {"step": step}).status_code == 422
    assert state() == before


def test_the_last_administrator_does_not_leave_and_nobody_releases_themself(visitors, goer):
    """Nothing of the hand-over happens either."""
    clerk = person("quan-tri")
    before = state()
    with pytest.raises(Refused, match="last_administrator"):
        release(person=clerk, receivers={}, reason="x", by="person:1", at=AT)
    with pytest.raises(Refused, match="own_account"):
        release(person=goer, receivers={"*": person(TAKER)}, reason="x", by=goer.ref, at=AT)
    assert state() == before


def test_a_refusal_late_in_the_act_takes_everything_back(monkeypatch, goer):
    """The account could not be closed: no work has passed on."""
    before = state()

    def refuse(**_):
        raise Refused("last_administrator", unit="x")

    monkeypatch.setattr("parindex.apps.personal.leaving.deactivate_person", refuse)
    with pytest.raises(Refused):
        release(person=goer, receivers={"*": person(TAKER)}, reason="x", by="person:1", at=AT)
    assert state() == before


def test_a_part_of_the_appraisal_passes_on_once(goer):
    """To somebody who appraises there; what they had already is not doubled."""
    assigned = Assignment.objects.filter(round__state="running").select_related("lead").first()
    other = Person.objects.exclude(pk=goer.pk).filter(is_active=True).last()
    for who in (goer, other):
        grant_role(person=who, role=Role.APPRAISER, unit=assigned.lead, by="x", at=AT)
    node = assigned.node
    Share.objects.filter(assignment=assigned).delete()
    for who, nodes in ((goer, [node, f"{node}.1"]), (other, [node])):
        for one in nodes:
            Share.objects.create(assignment=assigned, person=who, node=one)
    receivers = {keys(goer)[Kind.APPRAISAL]: other, "*": person(TAKER)}
    hand_over(person=goer, receivers=receivers, by="person:1", at=AT)
    assert sorted(Share.objects.filter(assignment=assigned).values_list("person", "node")) == [
        (other.pk, node),
        (other.pk, f"{node}.1"),
    ]
    assert goer.is_active


def test_guest_links_that_somebody_made_end_with_them(goer):
    """Their secret may be in that person's mail."""
    participant = Participant.objects.get(round__code="tap-huan-tu-cham", unit__code="so-y-te")
    link, _ = make_guest_link(
        participant=participant, mode=GuestLink.Mode.FILL, name="Bà Hoa", days=3, by=goer.ref, at=AT
    )
    release(person=goer, receivers={"*": person(TAKER)}, reason="x", by="person:1", at=AT)
    link.refresh_from_db()
    assert not link.holds(AT)
