"""Files and a way to run the command."""

from dataclasses import dataclass

import pytest

from parindex.cli import main


FRAMEWORK = """\
parindex: 1
id: tiny
version: "1"
title: {vi: Bộ thử, en: Sample set}
status: constructed
tree:
  - code: "1"
    name: {vi: Thể chế, en: Institutions}
    level: area
    max: 10
    children:
      - {code: "1.1", name: {vi: Kế hoạch, en: Plan}, max: 4, rule: {kind: points}}
      - {code: "1.2", name: {vi: Hài lòng, en: Satisfaction}, max: 6, rule: {kind: satisfaction}}
grades:
  bands:
    - {id: tot, name: {vi: Tốt, en: Good}, min: 80}
    - {id: kha, name: {vi: Khá, en: Fair}, min: 50}
"""
ANSWERS = """\
unit,criterion,answer,note
Sở Y tế,1.1,4,theo báo cáo 12
Sở Y tế,1.2,2/3,
Sở Nội vụ,1.1,3,
Sở Nội vụ,1.2,50,
"""


@dataclass
class Result:
    """What a run left."""

    code: int
    out: str
    err: str


@pytest.fixture
def framework_file(tmp_path):
    """The sample set."""
    path = tmp_path / "tiny.yaml"
    path.write_text(FRAMEWORK, encoding="utf-8")
    return path


@pytest.fixture
def answers_file(tmp_path):
    """Its answers."""
    path = tmp_path / "answers.csv"
    path.write_text(ANSWERS, encoding="utf-8")
    return path


@pytest.fixture
def run(capsys):
    """`parindex …` in this process."""

    def call(*arguments) -> Result:
        try:
            code = main([str(a) for a in arguments])
        except SystemExit as stop:
            code = stop.code
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return call
