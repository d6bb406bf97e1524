"""The loaded demonstration without the page cache, clients by role; no template may ask in vain."""

from hashlib import sha256
from pathlib import Path

import pytest
from addresses import STRANGER, WHO
from django.template.base import Variable, VariableDoesNotExist
from django.test import Client
from django.test.client import ClientHandler
from page import Page
from site_world import AT

from parindex.apps.organisations.actions import NewPerson, add_person
from parindex.apps.organisations.models import Person


HANDLER = ClientHandler(enforce_csrf_checks=False)
"""Its middleware is made once for a whole process."""


def newcomer() -> Client:
    """A client of nobody yet."""
    client = Client()
    client.handler = HANDLER
    return client


class Visitors(dict):
    """A client for each of `WHO`, signed in when first asked for."""

    def __missing__(self, who: str) -> Client:
        client = self[who] = newcomer()
        if who == STRANGER:
            add_person(new=NewPerson(WHO[who], "Người lạ", ""), by="test", at=AT)
        if WHO[who]:
            client.force_login(Person.objects.get(username=WHO[who]))
        return client

    def person(self, who: str) -> Person:
        """Who that is."""
        return Person.objects.get(username=WHO[who])


@pytest.fixture
def visitors(world):
    """See the class."""
    return Visitors()


@pytest.fixture
def clock(visitors, monkeypatch):
    """Puts the site's clock to an instant; whoever was signed in still is."""
    from django.utils import timezone

    def put(at):
        monkeypatch.setattr(timezone, "now", lambda: at)
        for who, client in visitors.items():
            if WHO[who]:
                client.force_login(visitors.person(who))

    return put


@pytest.fixture
def clocked(visitors, monkeypatch):
    """It is the day on which the demonstration was loaded."""
    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture
def desk(visitors):
    """The secretariat, which runs surveys too."""
    return visitors["secretariat"]


@pytest.fixture
def unit(visitors):
    """The demonstration's department of health."""
    from parindex.apps.organisations.models import Unit

    return Unit.objects.get(code="so-y-te")


@pytest.fixture
def visit(visitors):
    """The demonstration's inspection of a unit, by the unit's code."""
    from parindex.apps.inspections.models import Visit

    return lambda unit: Visit.objects.select_related("plan").get(unit__code=unit)


@pytest.fixture
def inspector(visitors):
    """A member of the teams, of the provincial inspectorate."""
    client = newcomer()
    client.force_login(Person.objects.get(username="thanh-tra"))
    return client


@pytest.fixture
def client(world):
    """Anyone, in the loaded demonstration."""
    return newcomer()


@pytest.fixture
def read(client):
    """A page by its address, read and sound; the answer must be 200 unless another status is named."""

    def read_page(url: str, *, status: int = 200, by: Client = client, **more) -> Page:
        response = by.get(url, **more)
        assert response.status_code == status, (url, response.status_code)
        page = Page(response.content.decode())
        assert page.faults == [], url
        return page

    return read_page


@pytest.fixture(scope="session", autouse=True)
def typeset_once():
    """The same paper asked for by many is typeset for the first; papers with pictures are, each time."""
    import typst

    compile_, made = typst.compile, {}

    def once(source, *, root=None, **how):
        if root is not None and any(Path(root).iterdir()):
            return compile_(source, root=root, **how)
        key = sha256(repr((source, sorted(how.items()))).encode()).digest()
        if key not in made:
            made[key] = compile_(source, root=root, **how)
        return made[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typst, "compile", once)
        yield


@pytest.fixture(autouse=True)
def uncached(settings):
    """Every page is made anew; the tests of the cache turn it on."""
    settings.PARINDEX_CACHE = False


@pytest.fixture(autouse=True)
def undefined(monkeypatch):
    """A template that asks for what its view does not give fails the test, inside an `if` too."""
    asked: list[str] = []
    look_up = Variable._resolve_lookup

    def watched(self, context):
        try:
            return look_up(self, context)
        except VariableDoesNotExist:
            template = context.render_context.template
            asked.append(f"{template.name if template else '?'}: {self.var}")
            raise

    monkeypatch.setattr(Variable, "_resolve_lookup", watched)
    yield asked
    assert asked == []
