"""Units that take part with a part of the criteria, and guests who come to one sheet without an account."""

import re
from datetime import timedelta

import pytest
from addresses import address
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from site_world import AT
from test_unit_evidence import own_home  # noqa: F401  a fixture

from parindex.apps.assessments.actions import Joining, join_partner
from parindex.apps.assessments.models import Draft, EvidenceLink, GuestLink, Participant, Round
from parindex.apps.assessments.queries.sheets import places_of
from parindex.apps.audit.models import Entry
from parindex.apps.audit.verify import verify
from parindex.apps.evidence.models import Document
from parindex.apps.organisations.actions import NewUnit, add_unit
from parindex.apps.organisations.models import Guest, Unit
from parindex.apps.results.actions import compute_result
from parindex.apps.results.rebuild import rebuild
from parindex.config.training import ROUNDS
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text


OPEN = f"minh-hoa/{ROUNDS[0].code}"
AT_ROUND = f"minh-hoa.{ROUNDS[0].code}"
NOW = AT + timedelta(hours=1)
LEAF = address("unit:leaf", (OPEN, "so-y-te", "3.2.2"))
SHEET = address("unit:sheet", (OPEN, "so-y-te"))
FILLED = {"a.part": "9", "a.whole": "10", "version": "0"}


@pytest.fixture(autouse=True)
def on_the_day(world, monkeypatch):
    """The day on which the demonstration was loaded: the first training round takes sheets."""
    from parindex.web.parts import doors

    monkeypatch.setattr(doors.timezone, "now", lambda: NOW)


@pytest.fixture
def round_():
    """The round that takes sheets."""
    return Round.objects.get(code=ROUNDS[0].code)


@pytest.fixture
def office():
    """An office of the province that does not take part."""
    province = Unit.objects.get(code="minh-hoa", parent=None)
    new = NewUnit("thue-tinh", Text("Thuế tỉnh", "Tax office"), "nganh-doc")
    return add_unit(parent=province, new=new, by="test", at=AT)


def secret(visitors, *, mode="fill", days="7", unit="so-y-te"):
    """The address of a new link, as it is shown once."""
    sent = {"name": "Nguyễn Thị Khách", "mode": mode, "days": days}
    made = visitors["secretariat"].post(address("steer:guest_link", (OPEN, unit)), sent)
    assert made.status_code == 200
    return re.search(r'value="http://testserver(/don-vi/khach/[^"]+)"', made.content.decode())[1]


def come(url, name="Nguyễn Thị Khách"):
    """A browser of somebody who came by it."""
    client = Client()
    page = client.get(url)
    assert page.status_code == 200
    assert page.headers["Referrer-Policy"] == "same-origin"  # the secret stays here, and the form is taken
    answer = client.post(url, {"name": name})
    assert (answer.status_code, answer.headers["Location"]) == (302, SHEET)
    return client


def joined(round_, office, part=Participant.Part.SOME, nodes=("2",)):
    """The office in the round, with a part."""
    joining = Joining(office, part, "so", "QĐ 1", nodes)
    return join_partner(round_=round_, joining=joining, by="test", at=NOW)


def test_an_office_joins_with_some_criteria(visitors, read, round_, office):
    """By a form; the rest is not assessed, it stands in a group of its own, the round is rebuilt alike."""
    form = {"unit": office.pk, "part": "some", "type": "so", "node": ["2"], "document": "QĐ 9/QĐ-UBND"}
    url = address("steer:partners", (OPEN,))
    assert visitors["secretariat"].post(url, form).status_code == 302
    made = round_.participants.get(unit=office)
    assert (made.part, made.group.name_vi) == ("some", "Tham gia một phần, dự quan sát")
    asked = {code for code, place in places_of(made).items() if place in ("todo", "claim", "supplied")}
    assert asked
    assert all(code.startswith("2.") for code in asked)
    assert "Thuế tỉnh" in read(url, by=visitors["secretariat"]).root.text
    compute_result(round_=round_, by="test", at=NOW)
    assert rebuild(round_).differences == []
    assert verify(OPEN).faults == []


@pytest.mark.parametrize(("part", "left"), [("survey", "survey"), ("observer", None)])
def test_survey_only_and_observers_supply_nothing(round_, office, part, left):
    """Nothing is asked of them; an observer has no index and no rank."""
    made = joined(round_, office, Participant.Part(part), ())
    places = set(places_of(made).values())
    assert "todo" not in places
    assert ("supplied" in places) == (left is not None)
    result = compute_result(round_=round_, by="test", at=NOW)
    line = result.units.get(participant=made)
    assert left is not None or (line.index, line.rank) == (None, None)
    assert rebuild(round_).differences == []


def test_whoever_only_observes_is_never_late(visitors, read, round_, office, monkeypatch):
    """Neither in the list of late units nor in the letter to them; a partner with criteria is."""
    from parindex.web.parts import doors

    joined(round_, office, Participant.Part.OBSERVER, ())
    monkeypatch.setattr(doors.timezone, "now", lambda: NOW + timedelta(days=60))
    clerk = visitors["secretariat"]
    late = address("steer:round", (OPEN,)) + "?loc=cham"
    letter = address("steer:letter", (OPEN,)) + f"?giai-doan={round_.phases.get(kind='self').pk}"
    for url in (late, letter):
        assert "Thuế tỉnh" not in read(url, by=clerk).root.text
    Participant.objects.filter(round=round_, unit=office).update(part=Participant.Part.SOME)
    for url in (late, letter):
        assert "Thuế tỉnh" in read(url, by=clerk).root.text


def test_joining_twice_with_nothing_or_without_a_document_is_refused(visitors, round_, office):
    """And nothing is kept."""
    url = address("steer:partners", (OPEN,))
    for form in (
        {"unit": office.pk, "part": "some", "type": "so", "document": "QĐ 9"},
        {"unit": office.pk, "part": "some", "type": "so", "node": ["2"], "document": " "},
        {"unit": office.pk, "part": "some", "type": "so", "node": ["x"], "document": "QĐ 9"},
        {"unit": office.pk, "part": "observer", "type": "khong-co", "document": "QĐ 9"},
        {"unit": office.pk, "part": "all", "type": "so", "document": "QĐ 9"},
        {"unit": "0", "part": "observer", "type": "so", "document": "QĐ 9"},
    ):
        assert visitors["secretariat"].post(url, form).status_code == 422
    assert not round_.participants.filter(unit=office).exists()
    joined(round_, office)
    with pytest.raises(Refused, match="unit_takes_part"):
        joined(round_, office)


def test_a_guest_fills_in_one_sheet_under_the_name_given(visitors, round_):
    """Typed, proved, submitted; told in the ledger as the guest's."""
    client = come(secret(visitors))
    assert client.get(LEAF).status_code == 200
    assert client.post(LEAF, FILLED).status_code == 302
    guest = Guest.objects.get()
    assert Draft.objects.get(participant__round=round_, leaf="3.2.2").by == guest.ref
    sent = {"file": [SimpleUploadedFile("Báo cáo.txt", "Số: 9/BC\n".encode())]}
    assert client.post(f"{LEAF}tai-lieu/", sent).status_code == 302
    assert EvidenceLink.objects.get(by=guest.ref).document.file_name == "Báo cáo.txt"
    assert "Khách của Sở Y tế: Nguyễn Thị Khách" in client.get(LEAF).content.decode()
    assert client.post(address("unit:submit", (OPEN, "so-y-te"))).status_code == 302
    assert Entry.objects.get(kind="sheet.submitted", by=guest.ref).subject == "so-y-te"
    assert {"guest_link.made", "guest.came"} <= set(
        Entry.objects.filter(chain=f"sheet:{OPEN}:so-y-te").values_list("kind", flat=True)
    )
    assert verify(OPEN).faults == []


def test_a_guest_reaches_nothing_else(visitors, round_):
    """No other sheet, no vault, no other page of the unit, no acting where the link is for reading."""
    client, reader = come(secret(visitors)), come(secret(visitors, mode="read"))
    for name, arguments in (
        ("unit:sheet", (OPEN, "so-xay-dung")),
        ("unit:leaf", (OPEN, "so-xay-dung", "3.2.2")),
        ("unit:sheet", ("minh-hoa/tap-huan-tham-dinh", "so-y-te")),
    ):
        assert client.get(address(name, arguments)).status_code == 403, name
    for name in ("unit:vault", "unit:hand_out", "unit:ledger", "unit:table", "unit:folder"):
        assert client.get(address(name, (OPEN, "so-y-te"))).status_code == 302, name
    for url in (address("account:start", ()), address("steer:round", (OPEN,)), address("manage:people", ())):
        assert client.get(url).status_code == 302, url
    kept = Document.objects.filter(unit__code="so-y-te").first()
    if kept is not None:
        assert client.post(f"{LEAF}tai-lieu/", {"document": [kept.key]}).status_code == 404
        assert kept.key not in client.get(LEAF).content.decode()
    assert reader.get(SHEET).status_code == 200
    assert reader.post(LEAF, FILLED).status_code == 403
    assert reader.post(address("unit:submit", (OPEN, "so-y-te"))).status_code == 403
    assert not Draft.objects.filter(participant__round=round_, leaf="3.2.2").exists()


def test_forged_expired_and_revoked_links_open_nothing(visitors, monkeypatch):
    """And whoever came by one that is over is out with the next page."""
    from parindex.web.parts import doors

    url = secret(visitors, days="1")
    client = come(url)
    assert Client().get(f"{url[:-2]}x/").status_code == 404
    assert Client().get("/don-vi/khach/a/").status_code == 404
    link = GuestLink.objects.get()
    assert link.token_hash not in url
    monkeypatch.setattr(doors.timezone, "now", lambda: NOW + timedelta(days=2))
    late = Client()
    assert late.get(url).status_code == 410
    assert late.post(url, {"name": "Muộn"}).status_code == 410
    monkeypatch.setattr(doors.timezone, "now", lambda: NOW)
    visitors["secretariat"].post(address("steer:guest_link_revoke", (OPEN, link.pk)))
    assert client.get(SHEET).status_code == 302
    assert client.post(LEAF, FILLED).status_code == 302
    assert Client().get(url).status_code == 410
    assert Guest.objects.count() == 1
    assert not Draft.objects.filter(by__startswith="guest:").exists()


def test_guessing_links_has_to_wait(visitors):
    """Of one address; a link that exists is not counted."""
    client = Client(REMOTE_ADDR="203.0.113.9")
    answers = [client.get(f"/don-vi/khach/khong-co-{k}/").status_code for k in range(31)]
    assert answers == [404] * 30 + [429]
    assert client.get(secret(visitors)).status_code == 200


@pytest.mark.parametrize("who", ["assistant", "leader", "administrator", "focal", "chair", "stranger"])
def test_nobody_else_makes_or_closes_links(visitors, who):
    """Nor lets a unit join; a nameless or endless link is refused."""
    secret(visitors)
    link = GuestLink.objects.get()
    sent = {"name": "x", "mode": "fill", "days": "7"}
    for name, arguments in (
        ("steer:guest_link", (OPEN, "so-y-te")),
        ("steer:guest_link_revoke", (OPEN, link.pk)),
        ("steer:partners", (OPEN,)),
    ):
        assert visitors[who].post(address(name, arguments), sent).status_code == 403
    url = address("steer:guest_link", (OPEN, "so-y-te"))
    for wrong in ({"name": " "}, {"days": "0"}, {"days": "9999"}, {"days": "x"}):
        assert visitors["secretariat"].post(url, sent | wrong).status_code == 422
    assert GuestLink.objects.get().revoked_at is None
