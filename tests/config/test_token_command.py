"""`parindex token`: given, listed and revoked on the server."""

import pytest
from api_world import VALUES, open_api
from django.test import Client

from parindex.apps.audit.models import Entry
from parindex.apps.indicators.models import Token
from parindex.cli import main
from parindex.config import token_commands


@pytest.fixture
def run(db, monkeypatch, capsys):
    """`parindex token …`: exit code, standard output, standard error."""
    open_api()
    monkeypatch.setattr(token_commands, "ready", lambda language: None)

    def parindex_token(*arguments):
        code = main(["token", *arguments, "--lang", "en"])
        said = capsys.readouterr()
        return code, said.out, said.err

    return parindex_token


def _status(secret):
    return Client().get(VALUES, headers={"Authorization": f"Bearer {secret}"}).status_code


def test_the_token_alone_is_on_standard_output_and_opens_the_door(run):
    """So that it can be piped; the ledger names the operator."""
    units = ["--unit", "tinh-thu.so-mot", "--unit", "tinh-thu.so-hai"]
    code, out, err = run("create", "Cổng thanh toán", *units, "--indicator", "tin-bai", "--days", "10")
    assert (code, "Cổng thanh toán" in err) == (0, True)
    assert _status(out.strip()) == 200
    token = Token.objects.first()
    assert ({u.code for u in token.units.all()}, token.every_indicator) == ({"so-mot", "so-hai"}, False)
    assert Entry.objects.filter(kind="token.created").latest("id").by == "operator"


def test_without_an_indicator_it_is_for_every_one(run):
    """And holds a year."""
    code, _, _ = run("create", "Một cửa", "--unit", "tinh-thu")
    token = Token.objects.first()
    assert (code, token.every_indicator, (token.valid_to - token.created_at.date()).days > 360) == (
        0,
        True,
        True,
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--unit", "tinh-thu.khong-co"], "tinh-thu.khong-co"),
        (["--unit", "tinh-thu", "--indicator", "khong-co"], "khong-co"),
        (["--unit", "tinh-thu", "--days", "-1"], "is over"),
        (["--unit", "tinh-thu", "--days", "5000"], "at the latest"),
    ],
)
def test_what_makes_no_token_is_said(run, arguments, words):
    """On standard error, and nothing is kept."""
    before = Token.objects.count()
    code, out, err = run("create", "Một cửa", *arguments)
    assert (code, out, words in err, Token.objects.count()) == (2, "", True, before)


def test_a_token_is_listed_and_revoked_by_its_number(run):
    """Once; what is no number of one is said."""
    _, secret, _ = run("create", "Một cửa", "--unit", "tinh-thu.so-mot")
    number = str(Token.objects.first().pk)
    line = next(row for row in run("list")[1].splitlines() if row.startswith(f"{number}\t"))
    assert ("Một cửa" in line, "so-mot" in line, secret.strip() in line) == (True, True, False)
    assert run("revoke", number)[0] == 0
    assert _status(secret.strip()) == 401
    assert "(revoked)" in run("list")[1]
    assert run("revoke", number)[0] == 2
    assert run("revoke", "0")[0] == 2
