"""Settings from the environment or one file: which counts, what is refused, and that no secret is said."""

import os
import re
import subprocess
import sys
from ast import literal_eval
from pathlib import Path

import pytest

from parindex.config.given import FILE, KINDS, SettingsRefused, check_given, given, is_on, whole


ROOT = Path(__file__).resolve().parents[2]
SECRET = "hush-hush-hush"


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Nothing in the environment but the name of a file; writes it."""
    for name in list(os.environ):
        if name.startswith("PARINDEX_"):
            monkeypatch.delenv(name)
    path = tmp_path / "parindex.toml"

    def write(text):
        # each its own name, as what was read is kept
        named = path.with_name(f"{len(list(tmp_path.iterdir()))}.toml")
        named.write_text(text, encoding="utf-8")
        monkeypatch.setenv(FILE, str(named))
        return named

    return write


def _problems():
    with pytest.raises(SettingsRefused) as refused:
        check_given()
    return [en for _, en in refused.value.problems]


def test_a_file_gives_what_the_environment_does_not(file, monkeypatch):
    """As text, truth, number, list and table."""
    file(
        'home = "/var/lib/parindex"\nhttps = true\nworkers = 4\nhosts = ["a.vn", "b.vn"]\n'
        '[evidence_storage_options]\nbucket_name = "x"\n'
    )
    monkeypatch.setenv("PARINDEX_WORKERS", "2")
    check_given()
    assert given("PARINDEX_HOME") == "/var/lib/parindex"
    assert is_on("PARINDEX_HTTPS")
    assert whole("PARINDEX_WORKERS", 1) == 2
    assert given("PARINDEX_HOSTS") == "a.vn,b.vn"
    assert given("PARINDEX_EVIDENCE_STORAGE_OPTIONS") == '{"bucket_name": "x"}'
    assert given("PARINDEX_SMTP", "none") == "none"
    assert is_on("PARINDEX_TICK", default=True)


def test_a_setting_emptied_in_the_environment_is_empty(file, monkeypatch):
    """So that what the file says can be taken back."""
    file('smtp = "smtp://mail.example"\n')
    monkeypatch.setenv("PARINDEX_SMTP", "")
    assert given("PARINDEX_SMTP", "none") == ""


def test_a_name_that_is_none_is_refused_with_the_nearest(file, monkeypatch):
    """In the file and in the environment, all at once."""
    path = file("htps = true\nnonsense = 1\n")
    assert _problems() == [
        f"{path}: there is no setting htps (is it https?)",
        f"{path}: there is no setting nonsense",
    ]
    file("")
    monkeypatch.setenv("PARINDEX_HTPS", "1")
    monkeypatch.setenv("PARINDEX_WORKERS", "many")
    assert _problems() == [
        "there is no setting PARINDEX_HTPS (is it PARINDEX_HTTPS?)",
        "PARINDEX_WORKERS: must be a whole number from 0",
    ]


@pytest.mark.parametrize(
    "name",
    ["PARINDEX_PORT", "PARINDEX_PORT_8000_TCP_ADDR", "PARINDEX_SERVICE_HOST", "PARINDEX_TEST_POSTGRES"],
)
def test_what_a_cluster_puts_into_every_container_is_let_pass(file, monkeypatch, name):
    """Nobody set it."""
    monkeypatch.setenv(name, "x")
    check_given()


@pytest.mark.parametrize(
    ("name", "value", "ok"),
    [
        ("PARINDEX_HTTPS", "true", "1"),
        ("PARINDEX_PROXIES", "-1", "1"),
        ("PARINDEX_SESSION_HOURS", "12.5", "12"),
        ("PARINDEX_SESSION_HOURS", "9" * 400, "12"),
        ("PARINDEX_DATABASE_URL", f"mysql://u:{SECRET}@h/d", "postgresql://u:p@h/d"),
        ("PARINDEX_DATABASE_URL", f"postgresql://u:{SECRET}@h:port/d", "postgres://u@h:5432/d"),
        (
            "PARINDEX_DATABASE_URL",
            f"postgresql://u:{SECRET}@h/d?options=-c",
            "postgresql://u@h/d?sslmode=require",
        ),
        ("PARINDEX_SMTP", f"u:{SECRET}@mail", "smtps://u:p@mail:465"),
        ("PARINDEX_SMTP", f"starttls://u:{SECRET}@mail", "smtp+starttls://u:p@mail"),
        ("PARINDEX_EVIDENCE_STORAGE_OPTIONS", f"['{SECRET}']", '{"a": 1}'),
    ],
)
def test_a_value_that_is_not_what_it_should_be_is_refused_and_not_repeated(
    file, monkeypatch, name, value, ok
):
    """It may be a secret that slipped into the wrong place."""
    monkeypatch.setenv(name, value)
    (problem,) = _problems()
    assert problem.startswith(f"{name}: ")
    assert SECRET not in problem
    monkeypatch.setenv(name, ok)
    check_given()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f'smtp = "{SECRET}\n', "line 1: is no TOML"),
        ("home = 2026-01-01\n", "PARINDEX_HOME: takes no value of this kind"),
        ('hosts = ["a,b"]\n', "PARINDEX_HOSTS: takes no value of this kind"),
        ("proxies = 1.5\n", "PARINDEX_PROXIES: takes no value of this kind"),
    ],
)
def test_a_file_that_says_nothing_sensible_is_refused(file, text, said):
    """With its name and the line."""
    path = file(text)
    (problem,) = _problems()
    assert problem.startswith(str(path))
    assert problem.endswith(said)
    assert SECRET not in problem


def test_a_file_that_is_not_there_is_refused(file, monkeypatch, tmp_path):
    """It was named, so it was to count."""
    monkeypatch.setenv(FILE, str(tmp_path / "nowhere.toml"))
    (problem,) = _problems()
    assert problem.endswith("nowhere.toml: cannot be read: No such file or directory")


@pytest.mark.slow
def test_the_command_says_what_is_wrong_and_the_file_sets_the_site_up(tmp_path):
    """In both languages, with 2; then by the file alone. Nothing is said of the secrets in it."""
    named = tmp_path / "parindex.toml"
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PARINDEX_")}

    def run(text):
        named.write_text(text, encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-m", "parindex", "doctor", "--quick"],
            env={**kept, FILE: str(named)},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    refused = run("wokers = 2\n")
    assert refused.returncode == 2
    assert "không có thiết đặt wokers (có phải workers?)" in refused.stderr
    assert "there is no setting wokers (is it workers?)" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "var").exists()

    named.touch(mode=0o644)
    told = run(
        f'home = "{tmp_path / "home"}"\nhosts = ["par.example.gov.vn"]\nsecret_key = "{SECRET * 5}"\n'
        f'smtp = "smtp://u:{SECRET}@127.0.0.1:1"\nmetrics_token = "{SECRET}"\n'
        f'evidence_types = ["pdf", "exe"]\n'
        f'[evidence_storage_options]\nsecret = "{SECRET}"\n'
    )
    assert told.returncode == 1
    assert "PARINDEX_HTTPS chưa bật" in told.stdout
    assert "“exe”" in told.stdout
    assert f"người khác đọc được {named}" in told.stdout
    assert (tmp_path / "home").is_dir()
    assert SECRET not in told.stdout + told.stderr


def test_the_example_of_the_guide_is_accepted(file):
    """It can be copied."""
    text = (ROOT / "docs" / "site.md").read_text(encoding="utf-8")
    file(re.search(r"```toml\n(.*?)```", text, re.S)[1])
    check_given()
    assert given("PARINDEX_HOSTS")


def test_what_the_program_reads_is_what_can_be_given():
    """Each by its name, and nothing past this module."""
    read, past = set(), []
    for path in (ROOT / "src" / "parindex").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        read |= set(re.findall(r"""(?:given|setting|is_on|whole)\(\s*"(PARINDEX_\w+)""", text))
        if re.search(r"""environ\.get\(\s*"PARINDEX_""", text):
            past.append(path.name)
    assert read == set(KINDS)
    assert past == []


MADE = """
from parindex.config import settings as s
print(s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_SSL, s.EMAIL_USE_TLS, s.EMAIL_HOST_PASSWORD)
print(s.DATABASES["default"].get("OPTIONS"))
"""


def _made(tmp_path, **given_):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PARINDEX_")}
    environment |= {"PARINDEX_HOME": str(tmp_path)} | {f"PARINDEX_{k}": v for k, v in given_.items()}
    run = [sys.executable, "-c", MADE]
    done = subprocess.run(run, env=environment, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("smtp://u:p%40@mail", "mail 25 False False p@"),
        ("smtps://u:p@mail", "mail 465 True False p"),
        ("smtp+starttls://u:p@mail", "mail 587 False True p"),
        ("smtp+starttls://u:p@mail:25", "mail 25 False True p"),
    ],
)
def test_mail_goes_by_the_port_and_the_encryption_of_its_scheme(tmp_path, address, said):
    """One without a port goes to that which servers of its kind listen on."""
    assert _made(tmp_path, SMTP=address)[0] == said


def test_what_stands_after_the_address_of_a_database_is_handed_on(tmp_path):
    """So that a database on another machine is reached over TLS alone, with its certificate checked."""
    url = "postgresql://u@db/d?sslmode=verify-full&sslrootcert=/etc/ssl/a%20b.pem"
    assert literal_eval(_made(tmp_path, DATABASE_URL=url)[1]) == {
        "connect_timeout": 10, "sslmode": "verify-full", "sslrootcert": "/etc/ssl/a b.pem",
    }  # fmt: skip


def test_a_command_says_that_the_database_does_not_answer(tmp_path):
    """And does not show the program."""
    environment = os.environ | {"PARINDEX_HOME": str(tmp_path)}
    environment["PARINDEX_DATABASE_URL"] = f"postgresql://u:{SECRET}@127.0.0.1:1/none"
    run = [sys.executable, "-m", "parindex", "migrate", "--dry-run"]
    done = subprocess.run(run, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, "cannot be used" in done.stderr) == (1, True)
    assert "Traceback" not in done.stderr
    assert SECRET not in done.stderr
