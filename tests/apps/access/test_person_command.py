"""`parindex person`: what an operator does for somebody who cannot get in."""

from datetime import UTC, datetime

import pytest

from parindex.apps.access.actions import turn_on_factor
from parindex.apps.access.models import SecondFactor
from parindex.apps.access.totp import code_of, new_secret, step_at
from parindex.apps.audit.models import Entry
from parindex.apps.organisations.actions import NewPerson, add_person
from parindex.cli import main


AT = datetime(2026, 1, 5, 2, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    """Somebody."""
    return add_person(new=NewPerson("an.nv", "Nguyễn Văn An"), by="test", at=AT)


@pytest.fixture
def run(capsys):
    """`parindex person …`: exit code, standard output, standard error."""

    def call(*arguments):
        code = main(["person", *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def test_the_password_alone_is_on_standard_output(run, person):
    """So that it can be piped; it opens the account and is recorded by who, not what."""
    code, out, err = run("password", "AN.NV")
    person.refresh_from_db()
    assert (code, out.count("\n")) == (0, 1)
    assert person.check_password(out.strip())
    assert "Nguyễn Văn An (an.nv)" in err
    entry = Entry.objects.get(kind="access.password_reset")
    assert (entry.by, entry.subject, entry.payload) == ("operator", person.ref, {"v": 1, "sessions_ended": 0})


@pytest.mark.parametrize("command", ["password", "second-factor-off"])
def test_who_is_not_there_is_said(run, person, command):
    """In both languages; one who left is not there."""
    assert run(command, "khong.co") == (2, "", "parindex: Không có ai đang dùng tên đăng nhập “khong.co”.\n")
    assert run(command, "x", "--lang", "en") == (2, "", "parindex: Nobody signs in as “x”.\n")
    person.is_active = False
    person.save()
    assert run(command, "an.nv")[0] == 2


def test_a_lost_second_factor_is_turned_off(run, person):
    """Once; where it is not on, that is said."""
    secret = new_secret()
    turn_on_factor(person=person, secret=secret, code=code_of(secret, step_at(AT)), by=person.ref, at=AT)
    assert run("second-factor-off", "an.nv") == (
        0,
        "Đã tắt xác thực hai lớp của Nguyễn Văn An (an.nv).\n",
        "",
    )
    assert not SecondFactor.objects.exists()
    assert run("second-factor-off", "an.nv") == (2, "", "parindex: Xác thực hai lớp chưa bật.\n")
