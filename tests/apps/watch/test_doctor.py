"""What the doctor finds, fault by fault; that it changes nothing and gives no secret away."""

import datetime as days
import json
import os
import smtplib
import socket
import ssl
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse
from ledger_guards import lift
from small_round import ACT

from parindex.apps.audit.models import Entry
from parindex.apps.audit.record import record
from parindex.apps.audit.seals import seal
from parindex.apps.audit.signing import new_key, private_path, public_path
from parindex.apps.notices.models import Notice
from parindex.apps.organisations.models import Person
from parindex.apps.schedule.models import JobRun
from parindex.apps.schedule.noting import BACKUP, note_run
from parindex.apps.watch import databases, doctor, files, keys
from parindex.apps.watch.counters import mine
from parindex.apps.watch.doctor import WITH_DATABASE, WITHOUT_DATABASE, examine
from parindex.apps.watch.findings import Look, error
from parindex.cli import main
from parindex.config.jobs import tell_of_condition
from parindex.core.wording.doctor import CHECKS, FINDINGS, finding_words
from parindex.core.wording.notices import notice_sentence
from parindex.web.account.notice_links import link_of


CHECKED = {**WITHOUT_DATABASE, **WITH_DATABASE}
NOW = datetime.now(UTC)
SECRET = "hush-hush-hush-hush-hush-hush-hush-hush-hush"


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    """A home of this test alone, as its owner should keep it."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    settings.PARINDEX_HOME = home
    return home


@pytest.fixture
def codes(db):
    """The codes that a check finds, with how bad they are."""

    def look(check, *, deep=False, at=NOW):
        found = list(CHECKED[check](Look(at, deep=deep)))
        for finding in found:
            for language in ("vi", "en"):
                assert "{" not in finding_words(finding.code, finding.data, language)
        return {f.code: f.level.value for f in found}

    return look


# the whole


def test_every_check_has_its_name():
    """In both languages."""
    assert set(CHECKS) == set(CHECKED)
    assert all(words.vi and words.en for words in [*CHECKS.values(), *FINDINGS.values()])


def test_a_check_that_fails_does_not_stop_the_others(db, monkeypatch):
    """And is a finding itself, without the words of the error."""

    def broken(_look):
        raise ValueError(SECRET)
        yield

    monkeypatch.setattr(doctor, "WITHOUT_DATABASE", {"disk": broken, "fonts": files.check_fonts})
    monkeypatch.setattr(doctor, "WITH_DATABASE", {})
    found = list(examine(Look(NOW)))
    assert [c.check for c in found] == ["disk", "fonts"]
    assert [(f.code, f.data) for f in found[0].findings] == [("check_failed", {"kind": "ValueError"})]


def test_without_a_database_the_rest_is_still_looked_at(db, monkeypatch):
    """The database is the finding; what needs it is not asked."""

    def gone(*_):
        raise OperationalError(SECRET)

    with monkeypatch.context() as away:
        away.setattr(connection, "cursor", gone)
        found = {c.check: [f.code for f in c.findings] for c in examine(Look(NOW, deep=False))}
    assert found["database"] == ["database_gone"]
    assert set(found) == set(WITHOUT_DATABASE)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ('server certificate for "localhost" does not match host name "127.0.0.1"', "database_certificate"),
        ("SSL error: certificate verify failed", "database_certificate"),
        ('root certificate file "/nowhere" does not exist', "database_certificate"),
        (
            'no pg_hba.conf entry for host "127.0.0.1", user "p", database "p", no encryption',
            "database_plain",
        ),
        ('password authentication failed for user "p"', "database_password"),
        ("Connection refused", "database_gone"),
    ],
)
def test_why_a_database_lets_nobody_in_is_told_apart(codes, monkeypatch, said, code):
    """Each with what to do; the words are those of PostgreSQL 15 and its library."""

    def refused(*_):
        raise OperationalError(f"connection failed: {said}")

    with monkeypatch.context() as away:
        away.setattr(connection, "cursor", refused)
        assert codes("database") == {code: "error"}


def test_the_command_says_all_changes_nothing_and_keeps_secrets(db, capsys, settings, own_home):
    """A line a finding with what to do; 1 for an error; the same as data."""
    settings.SECRET_KEY = SECRET
    settings.EMAIL_HOST_PASSWORD = settings.PARINDEX_METRICS_TOKEN = SECRET
    settings.PARINDEX_OIDC = {**settings.PARINDEX_OIDC, "client_secret": SECRET, "issuer": "https://x"}
    before = sorted(own_home.rglob("*"))
    assert main(["doctor", "--quick"]) == 1
    said = capsys.readouterr().out
    assert "Nhịp phút: LỖI: nhịp phút chưa chạy lần nào" in said
    assert "Phông chữ: ổn" in said
    assert main(["doctor", "--quick", "--json", "--lang", "en"]) == 1
    as_json = capsys.readouterr().out
    found = {c["check"]: c["findings"] for c in json.loads(as_json)["checks"]}
    assert found["tick"][0]["code"] == "tick_never"
    assert found["tick"][0]["words"].startswith("the tick has never run")
    assert SECRET not in said + as_json
    assert sorted(own_home.rglob("*")) == before


def test_warnings_alone_are_no_failure_unless_they_are_to_be(db, capsys, monkeypatch):
    """`--strict` is for a check that wants to hear of everything."""
    monkeypatch.setattr(doctor, "WITHOUT_DATABASE", {"mail": CHECKED["mail"]})
    monkeypatch.setattr(doctor, "WITH_DATABASE", {})
    assert main(["doctor"]) == 0
    assert "cần xem: chưa có máy chủ thư" in capsys.readouterr().out
    assert main(["doctor", "--strict"]) == 1


# settings


def test_settings_of_a_public_site_are_looked_at(codes, settings):
    """Nothing is said of a site for this machine alone."""
    settings.SECRET_KEY = SECRET
    settings.ALLOWED_HOSTS = ["localhost"]
    assert codes("settings") == {}
    settings.ALLOWED_HOSTS = ["par.example.gov.vn"]
    settings.DEBUG = settings.PARINDEX_DEMO = True
    settings.PARINDEX_ADDRESS = "http://localhost:8000"
    settings.SESSION_COOKIE_SECURE = False
    assert codes("settings") == {
        "debug_public": "error",
        "demo_public": "error",
        "https_off": "warning",
        "address_local": "warning",
    }
    settings.DEBUG = settings.PARINDEX_DEMO = False
    settings.SESSION_COOKIE_SECURE, settings.PARINDEX_PROXIES = True, 0
    settings.PARINDEX_ADDRESS = "http://par.example.gov.vn"
    assert set(codes("settings")) == {"proxies_none", "address_plain"}
    settings.PARINDEX_PROXIES, settings.PARINDEX_ADDRESS = 1, "https://par.example.gov.vn"
    assert codes("settings") == {}
    settings.ALLOWED_HOSTS = ["*"]
    assert codes("settings") == {"hosts_any": "warning"}


def test_words_that_stand_for_nothing_are_named(codes, settings):
    """A role that binds nobody, a type that is never accepted, half a provider, a short key."""
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.PARINDEX_REQUIRE_TOTP = ("administrator", "administrater")
    settings.PARINDEX_EVIDENCE_TYPES = ("pdf", "exe")
    settings.PARINDEX_OIDC = {
        **settings.PARINDEX_OIDC,
        "issuer": "https://x",
        "client_id": "",
        "field": "name",
    }
    settings.SECRET_KEY = "short"
    assert set(codes("settings")) == {"role_unknown", "type_unknown", "oidc_half", "secret_key_short"}


# files and disk


def test_keys_that_others_can_read_are_an_error(codes, own_home):
    """Theirs too who share the group; the home itself is told of."""
    for name in ("secret-key", "signing-key"):
        (own_home / name).write_text("k")
        (own_home / name).chmod(0o600)
    assert codes("files") == {}
    (own_home / "signing-key").chmod(0o640)
    assert codes("files") == {"secret_open": "error"}
    own_home.chmod(0o755)
    assert codes("files") == {"secret_open": "error", "home_open": "warning"}


def test_what_cannot_be_written_or_is_somebody_elses_is_told_of(codes, own_home, monkeypatch):
    """Whoever runs the test may do everything, so the system's answer is put in its mouth."""
    (own_home / "evidence").mkdir()
    may = os.access
    monkeypatch.setattr(files.os, "access", lambda p, mode: "evidence" not in str(p) and may(p, mode))
    assert codes("files") == {"unwritable": "error"}
    monkeypatch.setattr(files.os, "access", lambda *_: True)
    real = type(own_home).stat

    def another(path, **more):
        found = real(path, **more)
        if path.name != "evidence":
            return found
        return SimpleNamespace(st_mode=found.st_mode, st_uid=found.st_uid + 1)

    monkeypatch.setattr(type(own_home), "stat", another)
    assert codes("files") == {"other_owner": "warning"}


def test_root_is_told_that_it_sees_little(codes, own_home, monkeypatch):
    """Where the home is another's."""
    real = type(own_home).stat
    monkeypatch.setattr(files, "runs_as_root", lambda: True)
    monkeypatch.setattr(
        type(own_home), "stat", lambda p, **m: SimpleNamespace(st_mode=real(p, **m).st_mode, st_uid=1234)
    )
    assert "run_as_root" in codes("files")


@pytest.mark.parametrize(("free", "level"), [(10**8, "error"), (10**9, "warning"), (10**11, None)])
def test_room_on_the_disk(codes, monkeypatch, free, level):
    """Each disk once; little, and next to none."""
    monkeypatch.setattr(files.shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    assert codes("disk") == ({"disk_full": level} if level else {})


def test_a_disk_that_takes_no_more_files(codes, monkeypatch):
    """Though there is room."""
    monkeypatch.setattr(files.shutil, "disk_usage", lambda _: SimpleNamespace(free=10**12))
    monkeypatch.setattr(files.os, "statvfs", lambda _: SimpleNamespace(f_files=1000, f_favail=3))
    assert codes("disk") == {"disk_files": "warning"}


def test_letters_that_are_missing(codes, monkeypatch):
    """Of the pages; of LibreOffice, only where it is installed and asked for closely."""
    monkeypatch.setattr(files.shutil, "which", lambda name: f"/usr/bin/{name}")
    listed = SimpleNamespace(stdout="DejaVu Sans\n")
    monkeypatch.setattr(files.subprocess, "run", lambda *_, **__: listed)
    assert codes("fonts") == {}
    assert codes("fonts", deep=True) == {"fonts_of_office": "warning"}
    listed.stdout = "DejaVu Sans\nLiberation Serif\n"
    assert codes("fonts", deep=True) == {}
    monkeypatch.setattr(files, "PAGE_LETTERS", "fonts/lost.woff2")
    assert codes("fonts") == {"fonts_missing": "error"}


# database, clock, ledger


def test_a_shape_that_is_older_or_newer_than_the_program(codes, monkeypatch):
    """Which the rest of the checks is then spared."""
    assert codes("migrations") == {}
    monkeypatch.setattr(databases, "unapplied", lambda: (["audit.0009_x"], ["audit.0099_y"]))
    assert codes("migrations") == {"migrations_pending": "error", "migrations_newer": "error"}
    assert "tick" not in {c.check for c in examine(Look(NOW))}


def test_an_empty_database_is_to_be_begun_not_upgraded(codes):
    """What is told first of a new site can be done."""
    MigrationRecorder.Migration.objects.all().delete()
    assert codes("migrations") == {"database_empty": "error"}


def test_a_migration_of_a_newer_program_is_seen(db):
    """By what the database itself says was applied."""
    MigrationRecorder(connection).record_applied("audit", "9999_of_tomorrow")
    assert databases.unapplied() == ([], ["audit.9999_of_tomorrow"])


def test_a_clock_that_went_back(codes):
    """The ledger knows a later time."""
    record(chain="x:y", kind="k", subject="s", payload={"v": 1}, by="t", at=NOW)
    assert codes("clock", at=NOW) == {}
    assert codes("clock", at=NOW - timedelta(hours=1)) == {"clock_behind": "error"}


def test_a_database_whose_file_is_sound(codes):
    """Closely looked at."""
    assert codes("database", deep=True) == {}


def test_a_ledger_changed_by_hand_is_found_and_its_place_named(codes, small, home, own_home):
    """Closely at once; on the page, by its daily check."""
    if (home / "signing-key.pub").exists():  # of what other tests have loaded and sealed
        (own_home / "signing-key.pub").write_bytes((home / "signing-key.pub").read_bytes())
    JobRun.objects.filter(name="ledger.verify").delete()
    small.answer(("so-mot", "A1", "12/16"))
    assert codes("ledger", deep=True) == {}
    assert codes("ledger") == {"ledger_unverified": "warning"}
    run = JobRun.objects.create(name="ledger.verify", last_run_at=NOW, outcome=JobRun.Outcome.DONE)
    assert codes("ledger") == {}
    assert codes("ledger", at=NOW + timedelta(days=3)) == {"ledger_unverified": "warning"}
    run.outcome, run.error = JobRun.Outcome.FAILED, "x:y#1 entry_changed"
    run.save()
    assert codes("ledger") == {"ledger_broken": "error"}
    lift(connection)
    first = Entry.objects.order_by("pk").first()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET subject = 'another' WHERE id = %s", [first.pk])
    assert codes("ledger", deep=True) == {"ledger_broken": "error"}


# keys and certificates


def test_keys_that_are_gone_or_do_not_belong_together(codes, monkeypatch):
    """Before the first seal none is needed."""
    with monkeypatch.context() as before:
        before.setattr(keys, "seal_entries", Entry.objects.none)
        assert codes("keys") == {}
    seal(book="b", subject="s", **ACT)
    assert codes("keys") == {}
    kept = public_path().read_bytes()
    new_key()
    public_path().write_bytes(kept)
    assert codes("keys") == {"signing_key_unlisted": "error"}
    private_path().write_text("nothing")
    assert codes("keys") == {"keys_unreadable": "error"}
    private_path().unlink()
    assert codes("keys") == {"signing_key_gone": "warning"}
    public_path().unlink()
    assert codes("keys") == {"signing_key_gone": "warning", "public_keys_gone": "error"}
    public_path().write_text("nothing")
    assert codes("keys") == {"keys_unreadable": "error"}


def _certificate(until):
    key = Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(until - days.timedelta(days=900)).not_valid_after(until)
    return made.sign(key, None).public_bytes(Encoding.PEM)


@pytest.mark.parametrize(
    ("ahead", "found"),
    [(-1, {"certificate_over": "warning"}), (10, {"certificate_ends": "warning"}), (400, {})],
)
def test_certificates_that_end(codes, own_home, ahead, found):
    """Over, soon over, and long good; what is no certificate is passed over by its ending, or named."""
    (own_home / "trust").mkdir()
    (own_home / "trust" / "readme.txt").write_text("x")
    (own_home / "trust" / "root.crt").write_bytes(_certificate(NOW + timedelta(days=ahead)))
    assert codes("certificates") == found
    (own_home / "trust" / "bad.der").write_bytes(b"x")
    assert codes("certificates") == {**found, "certificate_unreadable": "warning"}


def test_an_address_that_nobody_answers_at(codes, settings):
    """A port of this machine that is closed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.PARINDEX_ADDRESS = f"https://127.0.0.1:{probe.getsockname()[1]}"
        assert codes("certificates") == {}
        assert codes("certificates", deep=True) == {"address_silent": "warning"}


# what runs


def test_a_tick_that_stopped_and_jobs_that_failed_or_hang(codes):
    """Each by its name; what went well says nothing."""
    JobRun.objects.all().delete()
    assert codes("tick") == {"tick_never": "error"}
    JobRun.objects.create(name="a.b", last_run_at=NOW, outcome=JobRun.Outcome.DONE)
    assert codes("tick") == codes("jobs") == {}
    assert codes("tick", at=NOW + timedelta(minutes=6)) == {"tick_stopped": "error"}
    JobRun.objects.create(name="c.d", outcome=JobRun.Outcome.FAILED, error="OSError: x", last_run_at=NOW)
    JobRun.objects.create(name="e.f", running_since=NOW - timedelta(minutes=11))
    assert codes("jobs") == {"job_failed": "error", "job_stuck": "warning"}


def test_a_backup_that_was_never_made_failed_or_is_old(codes):
    """Of the tick it says nothing."""
    JobRun.objects.all().delete()
    assert codes("backup") == {"backup_never": "warning"}
    note_run(BACKUP, at=NOW - timedelta(hours=49), count=7)
    assert codes("backup") == {}
    assert codes("tick") == {"tick_never": "error"}
    assert codes("backup", at=NOW + timedelta(hours=2)) == {"backup_old": "error"}
    said = finding_words("backup_old", {"at": "2026-01-05T02:30:15+00:00"}, "vi")
    assert said.startswith("bản sao lưu gần nhất từ 09:30 ngày 05/01/2026.")
    note_run(BACKUP, at=NOW, error="OSError: no room")
    assert codes("backup") == {"backup_failed": "error"}
    assert codes("jobs") == {}


def test_a_provider_that_is_silent_or_another(codes, settings):
    """Asked over the network, so not by a page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        issuer = f"http://127.0.0.1:{probe.getsockname()[1]}"
        settings.PARINDEX_OIDC = {**settings.PARINDEX_OIDC, "issuer": issuer, "client_id": "parindex"}
        assert codes("single_sign_on") == {}
        assert codes("single_sign_on", deep=True) == {"provider_silent": "error"}


def test_who_keeps_the_installation_is_told_what_is_wrong(world, monkeypatch):
    """By name, with the way to what to do; nobody where all is well, and nobody else."""
    Notice.objects.all().delete()
    wrong = {"disk": lambda _: iter([error("disk_full", path="/", free="0,1")])}
    monkeypatch.setattr(doctor, "WITHOUT_DATABASE", {})
    monkeypatch.setattr(doctor, "WITH_DATABASE", {"mail": CHECKED["mail"]})
    assert tell_of_condition(NOW) == 0
    monkeypatch.setattr(doctor, "WITHOUT_DATABASE", wrong)
    keepers = set(Person.objects.filter(grants__role="administrator").values_list("pk", flat=True))
    assert tell_of_condition(NOW) == len(keepers) > 0
    told = Notice.objects.all()
    assert {n.to for n in told} == {f"person:{pk}" for pk in keepers}
    assert {link_of(n) for n in told} == {reverse("manage:condition")}
    assert notice_sentence(told[0].kind, told[0].data, "vi") == (
        "Hệ thống có 1 lỗi cần xử lý ngay: Dung lượng đĩa."
    )
    assert "(1): Disk." in notice_sentence(told[0].kind, told[0].data, "en")


def test_whether_a_process_answers(codes, own_home):
    """By the files of those that live."""
    assert codes("workers") == {"workers_none": "warning"}
    mine()
    assert codes("workers") == {}


def _notice(mail, before):
    Notice.objects.create(to="person:1", kind="k", data={}, at=NOW - before, mail=mail)


def test_mail_that_waits_or_comes_back(codes, settings):
    """Without a server there is nothing to wait for."""
    Notice.objects.all().delete()
    assert codes("mail") == {"mail_none": "warning"}
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example", "par@example.gov.vn"
    assert codes("mail") == {}
    _notice(Notice.Mail.NOW, timedelta(hours=26))
    _notice(Notice.Mail.REFUSED, timedelta(days=1))
    settings.DEFAULT_FROM_EMAIL = "parindex@localhost"
    assert codes("mail") == {"mail_waiting": "warning", "mail_refused": "warning", "mail_sender": "warning"}


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (ssl.SSLCertVerificationError("self-signed"), "mail_certificate"),
        (ssl.SSLError("wrong version number"), "mail_encryption"),
        (smtplib.SMTPNotSupportedError("AUTH"), "mail_encryption"),
        (smtplib.SMTPAuthenticationError(535, b"no"), "mail_password"),
        (TimeoutError(), "mail_silent"),
    ],
)
def test_what_is_the_matter_with_a_mail_server_is_told_apart(codes, settings, monkeypatch, fault, code):
    """Each wants something else to be done; none says a password."""
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example", "par@example.gov.vn"

    def opened(*_, **__):
        raise fault

    monkeypatch.setattr("parindex.apps.watch.running.get_connection", opened)
    assert codes("mail", deep=True) == {code: "error"}
    for language in ("vi", "en"):
        assert "mail.example" in finding_words(code, {"host": "mail.example", "kind": "X"}, language)


def test_a_mail_server_that_does_not_answer(codes, settings):
    """Asked for only when looked at closely; how it fails is said, not with which password."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "127.0.0.1", "par@example.gov.vn"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = probe.getsockname()[1]
        assert codes("mail") == {}
        assert codes("mail", deep=True) == {"mail_silent": "error"}
