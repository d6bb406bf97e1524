"""The guide to deploying is followed as far as a machine allows: units, settings, proxy, containers."""

import configparser
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from parindex import cli


ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
SETTINGS = set(re.findall(r"^\| `(PARINDEX_\w+)`", (ROOT / "docs" / "site.md").read_text("utf-8"), re.M))
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE, re.M | re.S)
PROGRAM = "/opt/parindex/bin/parindex"


def blocks(kind):
    """Every block of a language, by the file that its first line names."""
    found = {}
    for language, text in BLOCKS:
        if language == kind:
            first = text.splitlines()[0]
            found[first.removeprefix("# ") if first.startswith("# ") else len(found)] = text
    return found


def understood(words):
    """Whether the command line takes these words, but for what they would do."""
    try:
        cli._parser().parse_args(words)
    except SystemExit as end:
        return end.code == 0
    return True


UNITS = blocks("ini")


def unit(name):
    """A unit of systemd, read; keys that stand twice in it are not used here."""
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str
    parser.read_string(UNITS[name])
    return parser


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_starts_a_command_that_exists(name):
    """With options that it takes, as the site's own user, and a timer belongs to a service of the guide."""
    read = unit(name)
    if name.endswith(".timer"):
        assert name.replace(".timer", ".service") in UNITS
        assert read["Timer"]["OnCalendar"]
        return
    start = read["Service"]["ExecStart"]
    line = re.sub(r"^/bin/sh -c '(?:exec )?(.*)'$", r"\1", start).replace("$(date +%%F)", "2026-01-05")
    program, *words = shlex.split(line)
    assert (program, understood(words)) == (PROGRAM, True), line
    assert (read["Service"]["User"], read["Service"]["NoNewPrivileges"]) == ("parindex", "yes")
    assert read["Service"]["EnvironmentFile"] == "/etc/parindex.env"
    assert "/etc/parindex.env" in blocks("sh")


def test_systemd_takes_the_units(tmp_path):
    """Where systemd is: each as it stands, with a program that is there."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not here")
    program = tmp_path / "parindex"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    files = []
    for name, text in UNITS.items():
        file = tmp_path / Path(name).name
        file.write_text(text.replace(PROGRAM, str(program)).replace("User=parindex", "User=root"), "utf-8")
        files.append(str(file))
    run = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True, check=False
    )
    ours = [line for line in run.stderr.splitlines() if str(tmp_path) in line]
    assert ours == []


def settings_of(text):
    """Lines of an environment file."""
    pairs = [line.split("=", 1) for line in text.splitlines() if line and not line.startswith("#")]
    return dict(pairs)


def test_every_setting_of_the_guide_exists():
    """In files of settings, in images, and wherever one is named in the text."""
    named = set(re.findall(r"PARINDEX_[A-Z_]*[A-Z]", GUIDE))
    assert named - SETTINGS == set()
    for text in blocks("sh").values():
        assert set(settings_of(text)) - SETTINGS == set()


@pytest.mark.slow
@pytest.mark.parametrize("database", ["", "postgresql"])
def test_the_site_takes_the_settings_of_the_guide(tmp_path, database):
    """All of them at once: they are read, and mean what the guide says."""
    pytest.importorskip("psycopg")
    given = settings_of(blocks("sh")["/etc/parindex.env"])
    if not database:
        del given["PARINDEX_DATABASE_URL"]
    asked = (
        "import django, json; django.setup()\n"
        "from django.conf import settings as s\n"
        "print(json.dumps([s.DATABASES['default']['ENGINE'].rsplit('.', 1)[1], s.ALLOWED_HOSTS, "
        "s.SESSION_COOKIE_SECURE, s.PARINDEX_PROXIES, s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_SSL, "
        "s.PARINDEX_TICK, list(s.PARINDEX_REQUIRE_TOTP), s.PARINDEX_ADDRESS]))"
    )
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PARINDEX_")}
    own = {"PARINDEX_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "parindex.config.settings"}
    run = subprocess.run(
        [sys.executable, "-c", asked],
        env={**kept, **given, **own},
        capture_output=True,
        text=True,
        check=True,
    )
    host, roles = "cchc.example.gov.vn", ["administrator", "secretariat", "auditor"]
    engine = database or "sqlite3"
    expected = [engine, [host], True, 1, "mail.example.gov.vn", 465, True, False, roles, f"https://{host}"]
    assert json.loads(run.stdout) == expected


def test_the_proxy_says_who_asks_and_takes_the_largest_document():
    """The headers that the site reads are set, not added to; and nginx takes the file where it is."""
    (text,) = blocks("nginx").values()
    said = dict(re.findall(r"proxy_set_header (\S+) (\S+);", text))
    assert said["X-Forwarded-For"] == "$remote_addr"  # not $proxy_add_x_forwarded_for: PARINDEX_PROXIES=1
    assert said["Host"] == "$host"
    assert "Strict-Transport-Security" in text
    largest = int(re.search(r"client_max_body_size (\d+)m;", text)[1])
    assert largest > 200  # PARINDEX_EVIDENCE_MAX_MB
    port = re.search(r"proxy_pass http://127.0.0.1:(\d+);", text)[1]
    assert f"--port {port}" in unit("/etc/systemd/system/parindex.service")["Service"]["ExecStart"]
    assert text.count("{") == text.count("}")


def test_the_containers_run_commands_that_exist():
    """Settings, commands and volumes, as text: no image is built."""
    (compose,) = blocks("yaml").values()
    services = yaml.safe_load(compose)["services"]
    assert understood(services["site"]["command"][1:])
    assert re.search(r"while parindex (\w+);", services["tick"]["command"][2])[1] == "tick"
    (image,) = blocks("dockerfile").values()
    command = json.loads(re.search(r"^CMD (.*)$", image, re.M)[1])
    assert (command[0], understood(command[1:])) == ("parindex", True)
    assert services["site"]["volumes"] == services["tick"]["volumes"]


def test_every_command_of_the_guide_exists():
    """Those with a prompt, and those within sentences."""
    told = re.findall(r"^\$ parindex (.*)$", GUIDE, re.M)
    told += re.findall(r"`parindex ([^`…]*)`", GUIDE)
    assert len(told) > 3
    assert [line for line in told if not understood(shlex.split(line))] == []


@pytest.mark.slow
def test_a_site_begins_as_the_guide_says(tmp_path):
    """On an empty home: every line with a prompt, with small tables; the administrator can sign in."""
    (tmp_path / "don-vi.csv").write_text(
        "Mã đơn vị,Tên đơn vị,Loại đơn vị\nso-y-te,Sở Y tế,so\n", encoding="utf-8"
    )
    people = "Tên đăng nhập,Họ tên,Vai trò,Mã đơn vị\nan.nv,Nguyễn Văn An,focal,so-y-te\n"
    (tmp_path / "nguoi-dung.csv").write_text(people, encoding="utf-8")
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PARINDEX_")}
    environment = {**kept, "PARINDEX_HOME": str(tmp_path / "home"), "PYTHONUTF8": "1"}
    printed = []
    for line in re.findall(r"^\$ parindex (.*)$", GUIDE, re.M):
        words = [w.replace(".xlsx", ".csv") for w in shlex.split(line)]
        run = subprocess.run(
            [sys.executable, "-m", "parindex", *words, "--lang", "en"],
            env=environment, cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert run.returncode == 0, (line, run.stdout, run.stderr)
        printed.append(run.stdout)
    look = (
        "import django; django.setup()\n"
        "import sys\n"
        "from parindex.apps.organisations.models import Grant, Person\n"
        "first = Person.objects.get(username='quan-tri')\n"
        "print(first.check_password(sys.argv[1]), sorted(Grant.objects.values_list('role', 'unit__code')))"
    )
    own = {"DJANGO_SETTINGS_MODULE": "parindex.config.settings", **environment}
    run = subprocess.run(
        [sys.executable, "-c", look, printed[0].strip()], env=own, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "True [('administrator', 'minh-hoa'), ('focal', 'so-y-te')]"
    twice = ["begin", "khac", "Khác", "--administrator", "x", "--full-name", "X"]
    again = subprocess.run(
        [sys.executable, "-m", "parindex", *twice],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (again.returncode, "đã có Tỉnh Minh Họa" in again.stderr) == (2, True)


def test_every_file_that_the_guide_names_is_in_one_of_its_blocks():
    """Nothing is started or read that nobody was told to make."""
    enabled = re.search(r"systemctl enable --now (.*)$", GUIDE, re.M)[1].split()
    assert {f"/etc/systemd/system/{name}" for name in enabled} <= set(UNITS)
