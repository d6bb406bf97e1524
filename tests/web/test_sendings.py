"""What is sent by who holds no right there, or from another site's page, does nothing, at any address."""

import pytest
from addresses import ANYONE, MATRIX, STRANGER, address
from django.contrib.auth.hashers import get_hasher
from django.test import Client

from parindex.apps.audit.models import Entry
from parindex.apps.notices.models import Notice


ADDRESSES = {name: row for name, row in MATRIX.items() if row.found and not name.startswith("account:")}
TO_THE_DOOR = (302, 401)
REFUSED = {401, 403, 404, 405}
SENT = {
    "name": "<script>alert(1)</script>",
    "title": "=1+1",
    "reason": "x",
    "unit": "so-xay-dung",
    "participant": "1",
    "next": "//khac.example/",
}


def _done():
    """How much was ever done, and told."""
    return Entry.objects.count(), Notice.objects.count()


@pytest.mark.parametrize("who", [ANYONE, STRANGER, "neighbour", "officer", "auditor", "editor"])
def test_who_may_not_read_it_does_nothing_there_by_sending_a_form(visitors, who):
    """Objects of another unit or room, each by its address: the door or a plain no, and nothing is done."""
    client, wrong = visitors[who], []
    before = _done()
    no = TO_THE_DOOR if who == ANYONE else (401, 403)
    asked = [(name, row.found[0]) for name, row in ADDRESSES.items() if row.answers(who) in no]
    for name, arguments in asked:
        response = client.post(address(name, arguments), SENT)
        allowed = REFUSED | ({302} if who == ANYONE else set())
        to_the_door = response.headers.get("Location", "").startswith(address("account:sign_in", ()))
        if response.status_code not in allowed or (response.status_code == 302 and not to_the_door):
            wrong.append((name, response.status_code))
    assert wrong == []
    assert _done() == before
    assert len(asked) > 50


@pytest.mark.parametrize("who", ["secretariat", "administrator", "focal"])
def test_a_form_of_another_sites_page_does_nothing(visitors, who):
    """With the widest rights, at every address: without the token of the page it is refused."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(visitors.person(who))
    before, wrong = _done(), []
    for name, row in ADDRESSES.items():
        status = client.post(address(name, row.found[0]), SENT).status_code
        if status not in REFUSED:
            wrong.append((name, status))
    assert wrong == []
    assert _done() == before


def test_a_wrong_password_costs_the_same_whether_or_not_the_name_is_anybodys(visitors, monkeypatch):
    """As many hashes are computed: the time tells nothing, whatever the machine."""
    kind, calls = type(get_hasher()), []
    encode = kind.encode

    def counted(self, *arguments, **more):
        calls.append(1)
        return encode(self, *arguments, **more)

    monkeypatch.setattr(kind, "encode", counted)
    found = {}
    for username in ("dau-moi.so-y-te", "khong-phai-ai"):
        calls.clear()
        sent = {"username": username, "password": "khong-phai-mat-khau"}
        assert Client().post(address("account:sign_in", ()), sent).status_code == 200
        found[username] = len(calls)
    assert found == {"dau-moi.so-y-te": 1, "khong-phai-ai": 1}
