"""The promise: whoever downloads criteria set and answers computes the same result, digit for digit."""

import json
import subprocess
import sys
from urllib.request import urlopen

import pytest


pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize(
    ("ranking", "framework"),
    [
        ("minh-hoa/2023/cap-huyen", "minhhoa-2023"),
        ("minh-hoa/2024/co-quan", "binhthuan-2024"),
        ("minh-hoa/2025/cap-xa", "minhhoa-2025-communes"),
        ("viet-nam/2020/tinh", "papi-2019"),
    ],
)
def test_a_published_ranking_is_recomputed_from_its_two_files(demo, tmp_path, ranking, framework):
    def fetch(path: str, name: str) -> bytes:
        content = urlopen(f"{demo}/{path}", timeout=20).read()
        (tmp_path / name).write_bytes(content)
        return content

    fetch(f"bo-tieu-chi/{framework}/1/tai-ve.yaml", "framework.yaml")
    fetch(f"{ranking}/tra-loi.csv", "answers.csv")
    published = json.loads(fetch(f"{ranking}/tai-ve.json", "published.json"))
    command = [sys.executable, "-m", "parindex", "score", "framework.yaml", "answers.csv", "--format", "json"]
    again = json.loads(subprocess.run(command, cwd=tmp_path, check=True, capture_output=True).stdout)
    assert again["framework"]["hash"] == published["framework"]["hash"]
    fields = ("points", "applicable_max", "index", "exact", "grade", "rank")
    wanted = {u["unit"]: [u.get(f) for f in fields] for u in published["units"]}
    assert {u["unit"]: [u.get(f) for f in fields] for u in again["units"]} == wanted
