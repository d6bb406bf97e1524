"""The pages of persons: accounts, roles, delegations, handing over; never without an administrator."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from addresses import WHO, address
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from site_world import AT

from parindex.apps.access.actions import turn_on_factor
from parindex.apps.access.totp import code_of, new_secret, step_at
from parindex.apps.assessments.models import Handout, Participant
from parindex.apps.audit.models import Entry
from parindex.apps.organisations.actions import NewPerson, add_person, grant_role
from parindex.apps.organisations.models import Delegation, Grant, Person, Unit
from parindex.apps.organisations.permissions import rights_of
from parindex.apps.organisations.roles import ROLES, Act, Role
from parindex.core.kernel.time import legal_date
from parindex.core.wording.terms import TERMS


TODAY = legal_date(AT)
FOCAL, ADMIN = "dau-moi.so-y-te", "quan-tri"


@pytest.fixture(autouse=True)
def then(clock):
    """The day on which the demonstration was loaded."""
    clock(AT)


@pytest.fixture
def clerk(visitors):
    """The administrator."""
    return visitors["administrator"]


def _person(name=FOCAL):
    return Person.objects.get(username=name)


def _grant(name=FOCAL):
    return Grant.objects.get(person__username=name)


def test_people_are_found_without_accents_by_unit_and_by_role(read, clerk):
    """Each with the roles that hold."""
    url = address("manage:people", ())
    person = _person()
    assert [r[1] for r in read(f"{url}?tim={FOCAL}", by=clerk).rows("stack")] == [FOCAL]
    unit = person.grants.get().unit_id
    shown = read(f"{url}?don-vi={unit}&vai-tro=focal", by=clerk).rows("stack")
    assert [r[1] for r in shown] == [FOCAL]
    assert "Không có ai như vậy" in read(f"{url}?tim=zzz", by=clerk).root.text


def test_a_person_is_added_and_given_a_role(clerk):
    """Without a password nobody signs in yet."""
    sent = {"username": "an.nv", "full_name": "Nguyễn Văn An", "email": "an@vi.du"}
    assert clerk.post(address("manage:person_add", ()), sent | {"email": "an"}).status_code == 422
    assert clerk.post(address("manage:person_add", ()), sent).status_code == 302
    made = _person("an.nv")
    assert (made.has_usable_password(), made.illustrative) == (False, True)
    assert clerk.post(address("manage:person_add", ()), sent | {"username": "AN.NV"}).status_code == 422
    url = address("manage:grant", ("an.nv",))
    given = {"unit": "minh-hoa.so-y-te", "role": ["officer", "appraiser"], "from": "05/01/2026"}
    assert clerk.post(url, given | {"role": []}).status_code == 422
    assert clerk.post(url, given | {"role": ["king"]}).status_code == 422
    assert clerk.post(url, given).status_code == 302
    assert {h.role for h in rights_of(made, AT).held} == {Role.OFFICER, Role.APPRAISER}
    assert clerk.post(url, given | {"to": "2026-02-01"}).status_code == 422


def test_a_role_of_the_territory_is_not_given_in_a_department(clerk):
    """A secretariat runs rounds where there are units below."""
    sent = {"unit": "minh-hoa.so-y-te", "role": ["secretariat"], "from": "2026-01-05"}
    assert clerk.post(address("manage:grant", (FOCAL,)), sent).status_code == 422
    assert Grant.objects.filter(person__username=FOCAL).count() == 1


def test_a_revoked_role_ends_and_stays_in_the_history(read, clerk):
    """At once; what would have begun later is taken away whole."""
    held, person = _grant(), _person()
    url = address("manage:revoke", (FOCAL, held.pk))
    assert clerk.post(url, {"last": "2026-01-04", "reason": ""}).status_code == 422
    assert clerk.post(url, {"last": "2026-01-04", "reason": "Chuyển công tác"}).status_code == 302
    assert rights_of(person, AT).held == ()
    assert "1 vai trò đã hết" in read(address("manage:person", (FOCAL,)), by=clerk).root.text
    assert clerk.post(url, {"last": "2026-01-04", "reason": "Lại"}).status_code == 422
    entry = Entry.objects.get(chain=f"person:{person.pk}", kind="role.revoked")
    assert entry.payload["last"] == "2026-01-04"
    assert "reason" in entry.texts


def test_an_account_is_closed_and_opened_again(clerk, visitors):
    """Closed, it reads nothing any more."""
    assert visitors["focal"].get(address("account:start", ())).status_code == 200
    clerk.post(address("manage:person_close", (FOCAL,)), {"reason": "Nghỉ hưu"})
    assert not _person().is_active
    assert visitors["focal"].get(address("account:start", ())).status_code == 302
    clerk.post(address("manage:person_reopen", (FOCAL,)))
    assert _person().is_active


def test_nobody_locks_out_the_last_administrator(clerk, visitors):
    """Not by revoking, not by closing, not by an end; once there is another, it is allowed."""
    held = _grant(ADMIN)
    revoke = address("manage:revoke", (ADMIN, held.pk))
    close = address("manage:person_close", (ADMIN,))
    secretariat = visitors["secretariat"]
    assert secretariat.post(revoke, {"last": "2030-01-01", "reason": "x"}).status_code == 422
    assert secretariat.post(close, {"reason": "x"}).status_code == 422
    assert clerk.post(close, {"reason": "x"}).status_code == 422
    second = add_person(new=NewPerson("quan-tri-2", "Người Thứ Hai"), by="test", at=AT)
    root = Unit.objects.get(parent=None, code="minh-hoa")
    acts = {"person": second, "role": Role.ADMINISTRATOR, "unit": root, "by": "test", "at": AT}
    short = grant_role(**acts, valid_to=TODAY)
    assert secretariat.post(close, {"reason": "x"}).status_code == 422
    short.delete()
    grant_role(**acts)
    assert clerk.post(close, {"reason": "x"}).status_code == 422  # nobody closes their own account
    assert secretariat.post(close, {"reason": "x"}).status_code == 302


def test_a_role_is_lent_for_a_period_and_taken_back(read, clerk):
    """With its reason; never to oneself."""
    held = _grant()
    url = address("manage:lend", (FOCAL, held.pk))
    sent = {"to": "chuyen-vien.so-y-te", "from": "2026-01-05", "until": "2026-01-20", "ground": "Nghỉ phép"}
    for wrong in ({"to": FOCAL}, {"to": "khong-co"}, {"until": "2026-01-01"}, {"ground": ""}, {"until": ""}):
        assert clerk.post(url, sent | wrong).status_code == 422, wrong
    assert clerk.post(url, sent).status_code == 302
    assert clerk.post(url, sent).status_code == 422
    lent = Delegation.objects.get()
    assert rights_of(_person("chuyen-vien.so-y-te"), AT).may(Act.SHEET_SUBMIT, held.unit_id)
    assert "Nghỉ phép" in read(address("manage:person", (FOCAL,)), by=clerk).root.text
    clerk.post(address("manage:end_delegation", (FOCAL, lent.pk)))
    assert not rights_of(_person("chuyen-vien.so-y-te"), AT).may(Act.SHEET_SUBMIT, held.unit_id)


def test_open_work_goes_over_in_one_act(read, clerk):
    """To somebody of the same unit, deadlines as they are."""
    participant = Participant.objects.get(round__code="tap-huan-tu-cham", unit__code="so-y-te")
    Handout.objects.filter(participant=participant).delete()
    for leaf in ("1.1.1", "1.1.2"):
        Handout.objects.create(participant=participant, leaf=leaf, person=_person(), by="x", at=AT)
    assert "1.1.2" in read(address("manage:person", (FOCAL,)), by=clerk).root.text
    url = address("manage:hand_over", (FOCAL,))
    for wrong in (FOCAL, "khong-co", "dau-moi.so-xay-dung"):
        assert clerk.post(url, {"to": wrong}).status_code == 422
    assert clerk.post(url, {"to": "chuyen-vien.so-y-te"}).status_code == 302
    assert set(
        Handout.objects.filter(participant=participant).values_list("person__username", flat=True)
    ) == {"chuyen-vien.so-y-te"}
    entry = Entry.objects.get(kind="work.handed_over")
    assert entry.payload["nodes"] == ["1.1.1", "1.1.2"]
    assert clerk.post(url, {"to": "chuyen-vien.so-y-te"}).status_code == 422


def test_contact_is_changed_and_the_ledger_keeps_it_beside(clerk):
    """The text can be redacted; the entry holds only its hash."""
    url = address("manage:person_change", (FOCAL,))
    clerk.post(url, {"full_name": "Tên Mới", "position": "Chánh Văn phòng", "email": "", "phone": "0900"})
    assert _person().full_name == "Tên Mới"
    entry = Entry.objects.get(kind="person.changed")
    assert "Tên Mới" not in str(entry.payload)
    assert clerk.post(url, {"full_name": ""}).status_code == 422


@pytest.mark.parametrize("who", [w for w in WHO if w not in {"administrator", "secretariat", "anyone"}])
def test_nobody_else_changes_a_person(visitors, who):
    """Whatever is sent by hand: not even their own roles."""
    client, held = visitors[who], _grant()
    before = Grant.objects.count(), Person.objects.filter(is_active=True).count()
    name = WHO[who]
    for act, arguments, sent in (
        ("manage:person_add", (), {"username": "x", "full_name": "X"}),
        ("manage:person_change", (name,), {"full_name": "X"}),
        ("manage:person_close", (FOCAL,), {"reason": "x"}),
        ("manage:person_reopen", (FOCAL,), {}),
        ("manage:grant", (name,), {"unit": "minh-hoa", "role": ["administrator"]}),
        ("manage:revoke", (FOCAL, held.pk), {"last": "2026-01-04", "reason": "x"}),
        ("manage:lend", (FOCAL, held.pk), {"to": name}),
        ("manage:hand_over", (FOCAL,), {"to": name}),
    ):
        assert client.post(address(act, arguments), sent).status_code == 403, act
    assert (Grant.objects.count(), Person.objects.filter(is_active=True).count()) == before


def test_an_administrator_of_a_department_changes_no_account_of_the_province(clerk, visitors):
    """They give roles below; the account belongs to who manages every place of it."""
    unit = Unit.objects.get(parent__code="minh-hoa", code="so-y-te")
    phong = Unit.objects.create(parent=unit, code="phong", name_vi="Phòng", type="phong", illustrative=True)
    local = _person("lanh-dao.so-y-te")
    grant_role(person=local, role=Role.ADMINISTRATOR, unit=unit, by="test", at=AT)
    client = visitors["head"]
    assert client.post(address("manage:person_close", (ADMIN,)), {"reason": "x"}).status_code == 403
    sent = {"unit": "minh-hoa.so-y-te.phong", "role": ["officer"], "from": "2026-01-05"}
    assert client.post(address("manage:grant", (FOCAL,)), sent).status_code == 302
    assert phong.grants.count() == 1
    for where in ("minh-hoa", "minh-hoa.so-xay-dung"):
        answer = client.post(address("manage:grant", (FOCAL,)), sent | {"unit": where})
        assert answer.status_code in (403, 422)
    assert client.get(address("manage:unit", ("minh-hoa.so-xay-dung",))).status_code == 403


def test_a_thousand_people_cost_no_more_queries(clerk):
    """And leave as one workbook."""
    unit = Unit.objects.get(parent__code="minh-hoa", code="so-y-te")
    made = Person.objects.bulk_create(Person(username=f"n{k}", full_name=f"Người {k}") for k in range(1000))
    Grant.objects.bulk_create(Grant(person=p, role="officer", unit=unit) for p in made)
    for name in ("manage:people", "manage:people_file"):
        with CaptureQueriesContext(connection) as queries:
            answer = clerk.get(address(name, ()))
        assert len(queries) <= 14, name
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert len(rows) > 1000
    with CaptureQueriesContext(connection) as queries:
        assert clerk.get(address("manage:person", (FOCAL,))).status_code == 200
    assert len(queries) <= 16


def test_the_matrix_is_the_data_itself(read, visitors):
    """Every act and role, marked where the role holds it; everybody signed in reads it."""
    page = read(address("manage:roles", ()), by=visitors["officer"])
    rows = {e.all("th")[0].text: e.all("td") for e in page.root.all("table")[0].all("tbody")[0].all("tr")}
    for act in Act:
        cells = rows[TERMS["act"][act.value].vi]
        assert [c.text == "có" for c in cells] == [act in info.acts for info in ROLES.values()]
    assert "của bạn" in page.root.text
    answer = visitors["officer"].get(address("manage:roles_file", ()))
    assert len(list(load_workbook(BytesIO(answer.content)).active.values)) == len(Act) + 1


def test_a_role_that_ended_may_be_given_again(clerk):
    """From a later day on."""
    held = _grant()
    clerk.post(address("manage:revoke", (FOCAL, held.pk)), {"last": "2026-01-04", "reason": "x"})
    sent = {"unit": "minh-hoa.so-y-te", "role": ["focal"], "from": "2026-01-05"}
    assert clerk.post(address("manage:grant", (FOCAL,)), sent).status_code == 302
    assert Grant.objects.filter(person__username=FOCAL).count() == 2
    assert date(2026, 1, 4) + timedelta(1) == TODAY


def test_an_administrator_lets_in_who_lost_password_or_telephone(read, clerk):
    """The password is on the page that answers and nowhere else; sessions end, and no code is asked for."""
    person = _person()
    other = Client()
    other.force_login(person)
    secret = new_secret()
    turn_on_factor(person=person, secret=secret, code=code_of(secret, step_at(AT)), by=person.ref, at=AT)
    page = address("manage:person", (FOCAL,))
    assert "Kết thúc 1 phiên đăng nhập" in read(page, by=clerk).root.text
    clerk.post(address("manage:factor_off", (FOCAL,)))
    clerk.post(address("manage:sessions_end", (FOCAL,)))
    assert other.get("/tai-khoan/").status_code == 302
    shown = clerk.post(address("manage:one_time_password", (FOCAL,)))
    (password,) = re.findall(r"<code>([a-z2-9-]{19})</code>", shown.content.decode())
    assert _person().check_password(password)
    assert password not in read(page, by=clerk).root.text
    door = Client().post("/dang-nhap/", {"username": FOCAL, "password": password})
    assert door.status_code == 302
    kinds = Entry.objects.filter(chain=f"access:{person.pk}").values_list("kind", "by")
    assert {k: b == person.ref for k, b in kinds} == {
        "access.factor_on": True,
        "access.factor_off": False,
        "access.sessions_ended": False,
        "access.password_reset": False,
        "access.entered": True,
    }


@pytest.mark.parametrize("act", ["one_time_password", "sessions_end", "factor_off"])
def test_nobody_else_gets_at_an_account(visitors, act):
    """Not the unit's own people, nor a leader: nothing changes."""
    before = _person(ADMIN).password
    for who in ("focal", "head", "leader", "auditor", "stranger"):
        assert visitors[who].post(address(f"manage:{act}", (ADMIN,))).status_code == 403
    assert _person(ADMIN).password == before


def test_a_closed_accounts_sessions_stay_ended_when_it_is_opened_again(clerk):
    """Whoever held one has to sign in anew."""
    other = Client()
    other.force_login(_person())
    clerk.post(address("manage:person_close", (FOCAL,)), {"reason": "nghỉ việc"})
    clerk.post(address("manage:person_reopen", (FOCAL,)))
    assert _person().is_active
    assert other.get("/tai-khoan/").status_code == 302
