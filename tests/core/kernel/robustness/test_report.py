"""`parindex robustness` end to end: the same numbers as a table, CSV and JSON."""

import csv
import io
import json

import pytest

from parindex.cli import main


FRAMEWORK = """
parindex: 1
id: nho
version: "1"
title: Bộ thử
status: constructed
tree:
  - {code: P, name: P, max: 3, rule: {kind: points}}
  - {code: Q, name: Q, max: 2, rule: {kind: points}}
grades: {bands: [{id: tot, name: Tốt, min: 50}, {id: kem, name: Kém, min: 0}]}
ranking: {not_ranked: [{units: [Ba], ground: đơn vị mới}]}
"""
ANSWERS = "unit,P,Q\nMột,3,0\nHai,0,2\nBa,3,2\n"


@pytest.fixture
def printed(tmp_path, capsys):
    """What the command prints for a small round."""

    def run(*options):
        (tmp_path / "f.yaml").write_text(FRAMEWORK, encoding="utf-8")
        (tmp_path / "a.csv").write_text(ANSWERS, encoding="utf-8")
        code = main(
            ["robustness", str(tmp_path / "f.yaml"), str(tmp_path / "a.csv"), "--draws", "400", *options]
        )
        assert code == 0
        return capsys.readouterr().out

    return run


def test_the_table_names_ranks_bands_tiers_and_odds_of_grades(printed):
    lines = printed("--weights", "0").splitlines()
    assert lines[0].split() == [
        "Hạng",
        "Đơn",
        "vị",
        "Trung",
        "vị",
        "5–95",
        "%",
        "Nhóm",
        "Tốt",
        "%",
        "Kém",
        "%",
    ]
    assert lines[2].split() == ["1", "Một", "1", "1–1", "1", "100,0", "0,0"]
    assert lines[4].split() == ["–", "Ba", "–", "–", "–", "100,0", "0,0"]
    assert "±0 %" in lines[-2]


def test_the_table_speaks_english(printed):
    text = printed("--lang", "en", "--seed", "7")
    assert "400 draws with weights varying at random by up to ±25%; seed 7." in text


def test_json_and_csv_carry_the_same_shares_and_the_recipe(printed):
    told = json.loads(printed("--format", "json", "--weights", "0.3"))
    rows = list(csv.DictReader(io.StringIO(printed("--format", "csv", "--weights", "0.3"))))
    assert (told["draws"], told["weights"], told["seed"], told["survey_errors"]) == (400, 0.3, 1, 0)
    first = told["units"][0]
    assert first["unit"] == rows[0]["unit"] == "Một"
    assert 0.8 < first["ranks"]["1"] < 1
    assert rows[0]["ranks"] == ";".join(f"{r}={p:g}" for r, p in first["ranks"].items())
    assert float(rows[0]["p_tot"]) == first["p_tot"]
    assert told["units"][2]["rank"] is None
    assert rows[2]["median_rank"] == ""
