"""A small house with a few persons, and a browser at its door."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.test import Client
from page import Page

from parindex.apps.access.actions import choose_password
from parindex.apps.access.totp import code_of, step_at
from parindex.apps.audit.models import Entry
from parindex.apps.organisations.actions import NewPerson, add_person
from parindex.apps.organisations.models import Person


AT = datetime(2026, 1, 5, 2, tzinfo=UTC)
DOOR = "/dang-nhap/"
PASSWORD = "đường về quê xanh mát"
ELSEWHERE = {"REMOTE_ADDR": "198.51.100.7"}


def somebody(username="an.nv", name="Nguyễn Văn An", *, password=PASSWORD, **more) -> Person:
    """A person with a password of their own."""
    person = add_person(new=NewPerson(username, name, **more), by="test", at=AT)
    if password:
        choose_password(person=person, new=password, again=password, by="test", at=AT)
    return person


@dataclass
class Browser:
    """A browser of one address that sends forms and reads pages."""

    client: Client

    def send(self, path, language="", **form):
        """A form to an address."""
        return self.client.post(f"{language}{path}", form)

    def sign_in(self, username="an.nv", password=PASSWORD, **form):
        """The form of the door."""
        return self.send(DOOR, username=username, password=password, **form)

    def open(self, path, status=200) -> Page:
        """A page, which must be sound."""
        response = self.client.get(path)
        assert response.status_code == status, (path, response.status_code)
        page = Page(response.content.decode())
        assert page.faults == []
        return page

    @property
    def inside(self) -> bool:
        """Whether somebody is signed in here."""
        return self.client.get("/tai-khoan/").status_code == 200


def browser(
    address="203.0.113.5", agent="Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36"
) -> Browser:
    """A fresh one."""
    return Browser(Client(REMOTE_ADDR=address, HTTP_USER_AGENT=agent))


def alert(response) -> str:
    """What the page says went wrong; "" for nothing."""
    page = Page(response.content.decode())
    assert page.faults == []
    return " ".join(e.text for e in page.root.walk() if e.attributes.get("role") == "alert")


def kinds(person: Person | None = None) -> list[str]:
    """What the ledger tells of somebody at the door, in order."""
    chain = f"access:{person.pk if person else 0}"
    return [e.kind for e in Entry.objects.filter(chain=chain).order_by("position")]


def code_now(secret: str, at: datetime, *, later: int = 0) -> str:
    """What the telephone shows."""
    return code_of(secret, step_at(at) + later)
