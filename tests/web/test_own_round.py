"""A department's own round for its divisions: the whole of it over HTTP, and nothing of it anywhere else."""

import re
from datetime import UTC, datetime

import pytest
from addresses import address
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parindex.apps.assessments.models import Round
from parindex.apps.audit.verify import verify
from parindex.apps.frameworks.actions import store_framework
from parindex.apps.frameworks.models import FrameworkVersion, SetDraft
from parindex.apps.organisations.models import Grant, Person, Unit
from parindex.apps.organisations.roles import Role
from parindex.apps.results.rebuild import rebuild


SETUP = datetime(2026, 1, 20, 2, tzinfo=UTC)
SELF, APPRAISAL, COUNCIL = (datetime(2026, 2, day, 3, tzinfo=UTC) for day in (2, 17, 22))
HOUSE = "minh-hoa.so-y-te"
OWN = f"/quan-tri/don-vi/{HOUSE}/ky-rieng/"
ROUND = f"{HOUSE}.2026"
DIVISIONS = {
    "van-phong": "Văn phòng Sở",
    "phong-nghiep-vu": "Phòng Nghiệp vụ",
    "phong-ke-hoach": "Phòng Kế hoạch",
}
SET = """parindex: 1
id: {id}
version: "1"
title: {{vi: Bộ của Sở, en: The department’s set}}
status: constructed
tree:
  - code: A
    name: {{vi: Việc được giao, en: Work given}}
    max: 10
    children:
      - {{code: A1, name: Đúng hạn, max: 4, rule: {{kind: proportional, input: ratio}}}}
      - {{code: A2, name: Qua mạng, max: 6, rule: {{kind: proportional, input: ratio}}}}
grades: {{bands: [{{id: tot, name: {{vi: Tốt, en: Good}}, min: 80}}, {{id: kem, name: Kém, min: 0}}]}}
"""


class Own:
    """The health department that runs a round of its own: each step is what a person sends."""

    def __init__(self, visitors, clock):
        self.visitors, self.clock = visitors, clock
        self.clients: dict[str, Client] = {}
        clock(SETUP)
        self.unit = Unit.objects.get(code="so-y-te", parent__code="minh-hoa")

    def at(self, instant):
        """The site's clock, and everybody signed in anew."""
        self.clock(instant)
        self.clients.clear()

    def by(self, username) -> Client:
        """Somebody's browser."""
        if username not in self.clients:
            self.clients[username] = Client()
            self.clients[username].force_login(Person.objects.get(username=username))
        return self.clients[username]

    def send(self, who, url, /, **form):
        """A form, which is taken: the next page says nothing went wrong."""
        answer = self.by(who).post(url, form)
        assert answer.status_code == 302, (url, answer.status_code, answer.content.decode()[:3000])
        return answer.headers["Location"]

    def found(self):
        """The head names the officer, who adds divisions with their people and makes a set."""
        self.send("lanh-dao.so-y-te", OWN, person="chuyen-vien.so-y-te", document="QĐ 5/QĐ-SYT")
        run = "chuyen-vien.so-y-te"
        for code, name in DIVISIONS.items():
            self.send(
                run,
                "/quan-tri/don-vi/them/",
                **{"dia-ban": self.unit.pk, "name": name, "code": code, "type": "phong", "parent": HOUSE},
                group="Khối phòng",
            )
            self.person(f"truong.{code}", Role.FOCAL, f"{HOUSE}.{code}")
        self.person("tham-dinh.vps", Role.LEAD_HEAD, f"{HOUSE}.van-phong")
        self.person("tham-dinh.phong", Role.LEAD_HEAD, f"{HOUSE}.phong-ke-hoach")
        self.grant("lanh-dao.so-y-te", Role.CHAIR, HOUSE)

    def person(self, username, role, place):
        """Add somebody and give a role, as the officer does."""
        self.send(
            "chuyen-vien.so-y-te",
            "/quan-tri/nguoi-dung/them/",
            **{"dia-ban": self.unit.pk, "username": username, "full_name": "Người của phòng"},
        )
        self.grant(username, role, place)

    def grant(self, username, role, place):
        """Give a role."""
        url = f"/quan-tri/nguoi-dung/{username}/giao-vai-tro/"
        self.send("chuyen-vien.so-y-te", url, **{"unit": place, "role": [role.value], "from": "2026-01-20"})

    def make_set(self):
        """A set of the department's own, from a stored one, locked by its decision."""
        base = store_framework(content=SET.format(id="mau-so").encode(), file="x.yaml", by="test", at=SETUP)
        run, at = "chuyen-vien.so-y-te", "/bo-tieu-chi-soan/"
        form = {"start": "copy", "base": base.content_hash, "id": "bo-cua-so", "version": "1"}
        url = self.send(run, f"{at}moi/", title="Bộ của Sở Y tế", **form)
        decision = {"document": "10/QĐ-SYT", "issued": "2026-01-20", "issuer": "Sở Y tế"}
        assert self.send(run, f"{url}khoa/", **decision) == url
        return SetDraft.objects.get(territory=self.unit).locked

    def open(self):
        """Read through, then opened."""
        framework = self.make_set()
        divisions = {u.code: u for u in self.unit.children.all()}
        form = {
            "dia-ban": str(self.unit.pk),
            "title": "Kỳ của Sở",
            "title_en": "The department’s round",
            "code": "2026",
            "year": "2026",
            "framework": framework.content_hash,
            "turns": "0",
            "unit": [str(u.pk) for u in divisions.values()],
            "type-phong": "Khối phòng",
            **{
                f"opens-{k}-1": f"2026-02-{d:02}T08:00"
                for k, d in (("self", 1), ("appraisal", 16), ("council", 21))
            },
            **{
                f"closes-{k}-1": f"2026-02-{d}T17:00"
                for k, d in (("self", 15), ("appraisal", 20), ("council", 22))
            },
            "lead-A": str(divisions["van-phong"].pk),
            "stand-A": str(divisions["phong-ke-hoach"].pk),
        }
        seen = self.by("chuyen-vien.so-y-te").post("/dieu-hanh/mo-ky/", form | {"step": "review"})
        mark = re.search(r'name="seen" value="(\w+)"', seen.content.decode())[1]
        url = self.send("chuyen-vien.so-y-te", "/dieu-hanh/mo-ky/", **form | {"step": "open", "seen": mark})
        assert url == f"/dieu-hanh/{ROUND}/"

    def fill(self):
        """Each division types its two numbers and submits."""
        self.at(SELF)
        for k, code in enumerate(DIVISIONS):
            for leaf, part in (("A1", 10 - k), ("A2", 9)):
                sent = {"a.part": part, "a.whole": 10, "version": "0"}
                self.send(f"truong.{code}", f"/don-vi/{ROUND}/{code}/tieu-chi/{leaf}/", **sent)
            self.send(f"truong.{code}", f"/don-vi/{ROUND}/{code}/nop/")

    def appraise(self):
        """The office rules on all, the planning division on the office; each signs off."""
        self.at(APPRAISAL)
        for who, units in (
            ("tham-dinh.vps", ("phong-nghiep-vu", "phong-ke-hoach")),
            ("tham-dinh.phong", ("van-phong",)),
        ):
            for unit in units:
                for leaf in ("A1", "A2"):
                    url = f"/tham-dinh/{ROUND}/don-vi/{unit}/{leaf}/"
                    seen = re.search(r'name="seen" value="(\d+)"', self.by(who).get(url).content.decode())[1]
                    self.send(who, url, act="accept", seen=seen)
        for who, lead in (("tham-dinh.vps", "van-phong"), ("tham-dinh.phong", "phong-ke-hoach")):
            self.send(who, f"/tham-dinh/{ROUND}/ky-gui/", lead=lead, number="1", date="2026-02-17")

    def conclude(self):
        """The head, who chairs."""
        self.at(COUNCIL)
        went = self.send("lanh-dao.so-y-te", f"/hoi-dong/{ROUND}/ket-thuc/")
        assert went == f"/hoi-dong/{ROUND}/ket-qua/", text(self.by("lanh-dao.so-y-te"), went)

    @property
    def round(self) -> Round:
        """As it stands now."""
        return Round.objects.get(territory=self.unit, code="2026")


@pytest.fixture
def own(visitors, clock):
    """See the class."""
    return Own(visitors, clock)


def text(client, url, status=200):
    """A page of somebody's."""
    answer = client.get(url)
    assert answer.status_code == status, (url, answer.status_code)
    return answer.content.decode()


def test_a_department_runs_a_whole_round_of_its_own(own, visitors):
    """Divisions, people, set, opening, sheets, appraisal, conclusion: rebuilt from a sound ledger."""
    assert "Kỳ đánh giá riêng" in text(visitors["head"], "/ban-lam-viec/")
    own.found()
    assert "Văn phòng Sở" in text(own.by("chuyen-vien.so-y-te"), OWN)
    own.open()
    own.fill()
    own.appraise()
    own.conclude()
    assert own.round.state == Round.State.CONCLUDED
    found = {r.participant.unit.code: r.rank for r in own.round.results.get().units.all()}
    assert found == {"van-phong": 1, "phong-nghiep-vu": 2, "phong-ke-hoach": 3}
    assert rebuild(own.round).differences == []
    assert verify("minh-hoa/so-y-te/2026").faults == []


def test_its_result_stays_inside(own, visitors, client):
    """Published to whoever is of the department; no public page, no other department, nothing of its set."""
    own.found()
    own.open()
    own.fill()
    own.appraise()
    own.conclude()
    result = f"/hoi-dong/{ROUND}/ket-qua/"
    assert own.by("truong.van-phong").get(result).status_code == 403
    room = text(own.by("chuyen-vien.so-y-te"), f"/hoi-dong/{ROUND}/")
    assert "Công bố trong nội bộ" in room
    before = [text(client, url) for url in ("/", "/minh-hoa/2025/", "/bo-tieu-chi/")]
    own.send("chuyen-vien.so-y-te", f"/hoi-dong/{ROUND}/cong-bo/")
    assert own.round.state == Round.State.PUBLISHED
    for who in ("truong.van-phong", "dau-moi.so-y-te"):
        page = text(own.by(who), result)
        assert "Phòng Nghiệp vụ" in page
        assert f"/hoi-dong/{ROUND}/bien-ban/" not in page
        assert result in text(own.by(who), "/ban-lam-viec/")
    assert own.by("truong.van-phong").get(f"{result}don-vi/phong-nghiep-vu/").status_code == 403
    assert [text(client, url) for url in ("/", "/minh-hoa/2025/", "/bo-tieu-chi/")] == before
    assert client.get("/bo-tieu-chi/bo-cua-so/1/").status_code == 404
    assert client.get("/so-y-te/2026/").status_code == 404
    for who in ("secretariat", "leader", "administrator", "neighbour", "appraiser"):
        for url in (result, f"/dieu-hanh/{ROUND}/", f"/don-vi/{ROUND}/van-phong/", f"/hoi-dong/{ROUND}/"):
            assert visitors[who].get(url).status_code == 403, (who, url)
    offered = text(visitors["secretariat"], "/dieu-hanh/mo-ky/")
    assert "Bộ của Sở Y tế" not in offered
    assert FrameworkVersion.objects.filter(identifier="bo-cua-so").exists()


def test_who_runs_it_reaches_nothing_of_the_province(own):
    """Not the department itself, its head, its part in the province's rounds, nor what concerns everybody."""
    own.found()
    run = own.by("chuyen-vien.so-y-te")
    for url in (
        *(f"/quan-tri/don-vi/{HOUSE}/{act}/" for act in ("sua", "ket-thuc", "chia-tach")),
        "/quan-tri/don-vi/minh-hoa.so-xay-dung/",
        "/quan-tri/don-vi/minh-hoa.so-xay-dung/ky-rieng/",
        "/quan-tri/nguoi-dung/lanh-dao.so-y-te/mat-khau/",
        "/quan-tri/nguoi-dung/dau-moi.so-xay-dung/mat-khau/",
        "/quan-tri/van-hanh/",
        address("manage:unit_ledger", (f"{HOUSE}.van-phong",)),
        address("manage:person_ledger", ("truong.van-phong",)),
        "/quan-tri/ket-qua-nam-truoc/",
        "/chi-so/dinh-nghia/",
        "/dieu-hanh/minh-hoa.tap-huan-tham-dinh/",
    ):
        assert run.get(url).status_code in (403, 404), url
    assert run.get(f"/quan-tri/don-vi/{HOUSE}/").status_code == 200
    for role, place in ((Role.HEAD, HOUSE), (Role.ADMINISTRATOR, HOUSE), (Role.SECRETARIAT, "minh-hoa")):
        url = "/quan-tri/nguoi-dung/chuyen-vien.so-y-te/giao-vai-tro/"
        answer = run.post(url, {"unit": place, "role": [role.value], "from": "2026-01-20"})
        assert answer.status_code in (403, 422), role
    mine = Grant.objects.filter(person__username="chuyen-vien.so-y-te").values_list("role", "unit__code")
    assert set(mine) == {("officer", "so-y-te"), ("secretariat", "so-y-te")}
    merging = {"dia-ban": own.unit.pk, "earlier": [HOUSE, f"{HOUSE}.van-phong"], "name-": "X", "code-": "x"}
    run.post("/quan-tri/don-vi/sap-nhap/", merging | {"type-": "so", "on": "2026-01-01", "document": "1"})
    own.unit.refresh_from_db()
    assert own.unit.valid_to is None


@pytest.mark.parametrize("who", ["officer", "neighbour", "appraiser", "leader", "assistant"])
def test_nobody_else_names_who_runs_it(own, visitors, who):
    """Whatever they send; nor is a stranger named."""
    client = visitors[who]
    assert client.get(OWN).status_code == 403
    assert client.post(OWN, {"person": "chuyen-vien.so-y-te"}).status_code == 403
    answer = own.by("lanh-dao.so-y-te").post(OWN, {"person": "dau-moi.so-xay-dung"})
    assert answer.status_code == 422
    assert not Grant.objects.filter(unit=own.unit, role=Role.SECRETARIAT.value).exists()


def test_the_head_takes_it_back(own):
    """With a reason; the officer no longer runs anything."""
    own.send("dau-moi.so-y-te", OWN, person="chuyen-vien.so-y-te", to="2026-12-31")
    grant = Grant.objects.get(unit=own.unit, role=Role.SECRETARIAT.value)
    own.send("dau-moi.so-y-te", f"{OWN}thoi-giao/{grant.pk}/", reason="Đổi người")
    assert own.by("chuyen-vien.so-y-te").get("/dieu-hanh/mo-ky/").status_code == 403
    assert own.by("chuyen-vien.so-y-te").post(f"{OWN}thoi-giao/{grant.pk}/").status_code == 403


def test_the_page_costs_a_few_queries(own):
    """However many divisions."""
    own.found()
    with CaptureQueriesContext(connection) as queries:
        text(own.by("chuyen-vien.so-y-te"), OWN)
    assert len(queries) <= 25
