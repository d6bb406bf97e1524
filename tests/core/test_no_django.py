"""The core and its commands work where the site's packages are not installed."""

import json
import subprocess
import sys
from textwrap import dedent

import pytest


SITE = (
    "django",
    "whitenoise",
    "granian",
    "psycopg",
    "babel",
    "playwright",
    "openpyxl",
    "hypothesis",
    "pytest",
)
BLOCKED = """
import json, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in SITE:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

SITE = %r
sys.meta_path.insert(0, Blocked())
from parindex.cli import main
codes = [main(arguments) for arguments in json.loads(sys.argv[1])]
UP = ("parindex.apps", "parindex.web", "parindex.config")
loaded = sorted(m for m in sys.modules if m.partition(".")[0] in SITE or m.startswith(UP))
print(json.dumps({"codes": codes, "loaded": loaded}))
"""
FRAMEWORK = """
parindex: 1
id: t
version: "1"
title: Thử
status: constructed
tree:
  - {code: a, name: A, max: 4, rule: {kind: points}}
  - {code: b, name: B, max: 6, rule: {kind: satisfaction}}
"""


def _run(*commands):
    """The commands in a fresh interpreter that cannot import the site's packages."""
    script = BLOCKED % (SITE,)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, json.dumps(commands)],
        capture_output=True, text=True, check=False, encoding="utf-8", timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.slow
def test_every_command_of_the_core_works_without_the_site(tmp_path):
    """check, schema, score in each form, explain, robustness; nothing of Django is loaded on the way."""
    framework, answers, book = tmp_path / "t.yaml", tmp_path / "a.csv", tmp_path / "out.xlsx"
    framework.write_text(dedent(FRAMEWORK), encoding="utf-8")
    answers.write_text("unit,criterion,answer\nx,a,3\nx,b,80\ny,a,2\ny,b,70\n", encoding="utf-8")
    pair = [str(framework), str(answers)]
    found = _run(
        ["check", pair[0]],
        ["schema"],
        ["score", *pair],
        ["score", *pair, "--format", "json"],
        ["score", *pair, "--output", str(book)],
        ["explain", *pair, "--unit", "x"],
        ["robustness", *pair, "--draws", "50"],
        ["score", pair[0], str(book)],
    )
    assert found == {"codes": [0, 0, 0, 0, 0, 0, 0, 2], "loaded": []}


@pytest.mark.slow
def test_the_commands_of_the_site_say_what_to_install():
    """Instead of a traceback."""
    script = BLOCKED % (SITE,)
    done = subprocess.run(
        [sys.executable, "-c", script, json.dumps([["serve"]])],
        capture_output=True, text=True, check=False, encoding="utf-8", timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert "parindex[site]" in done.stderr
    assert "Traceback" not in done.stderr
