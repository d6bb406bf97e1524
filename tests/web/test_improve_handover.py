"""Hand-over tables: what others need of a published result, conditions met or not, nothing proposed."""

import csv
import io
from dataclasses import replace
from fractions import Fraction

import docx
import pytest
from addresses import address
from django.db import connection
from django.test.utils import CaptureQueriesContext
from site_world import AT

from parindex.apps.assessments.models import Round
from parindex.apps.improvement.handover import (
    Bounds,
    Condition,
    Ground,
    HandedBefore,
    conditions,
    grounds,
    handed_lines,
)
from parindex.apps.plans.rules import Progress
from parindex.apps.results.models import UnitResult
from parindex.web.parts.templatetags.parts import points


YEAR = "minh-hoa/2025-co-quan"
MOST = 20


@pytest.fixture
def lines(world):
    """The agencies of 2025."""
    return handed_lines(Round.objects.get(code="2025-co-quan", territory__code="minh-hoa"), AT.date())


def test_every_unit_is_there_as_published(lines):
    """Index, rank, size of the group, and the year before."""
    kept = {r.participant_id: r for r in UnitResult.objects.filter(participant__round__code="2025-co-quan")}
    assert {(one.participant.pk, one.index, one.rank) for one in lines} == {
        (r.participant_id, r.index, r.rank) for r in kept.values()
    }
    assert {one.size for one in lines} == {sum(r.rank is not None for r in kept.values())}
    assert any(one.before is not None for one in lines)
    assert any(one.penalty > 0 for one in lines) == any(
        Fraction(points) < 0 for r in kept.values() for points, *_ in r.nodes.values()
    )


def test_conditions_are_met_or_not(lines):
    """Grade, penalty, lateness, tasks: each on its own."""
    good = replace(lines[0], position=0, penalty=Fraction(0), late_days=0, tasks=Progress(total=2, done=2))
    assert set(conditions(good, 0).values()) == {True}
    for changed, condition in (
        ({"position": 1}, Condition.GRADE),
        ({"position": None}, Condition.GRADE),
        ({"penalty": Fraction(1, 2)}, Condition.NO_PENALTY),
        ({"late_days": 1}, Condition.IN_TIME),
        ({"tasks": Progress()}, Condition.TASKS),
        ({"tasks": Progress(total=2, overdue=1)}, Condition.TASKS),
    ):
        found = conditions(replace(good, **changed), 0)
        assert [c for c, ok in found.items() if not ok] == [condition]
    assert conditions(replace(good, position=1), 1)[Condition.GRADE]


def test_who_must_explain_and_why(lines):
    """Lowest grade, fallen grade, fallen rank, no index, an index below what was asked."""
    before = HandedBefore(Fraction(90), 0, 3)
    good = replace(lines[0], index=Fraction(90), position=0, rank=3, before=before)
    assert grounds(good, 4, Bounds()) == []
    for changed, bounds, ground in (
        ({"position": 3}, Bounds(), [Ground.LOWEST, Ground.GRADE_FELL]),
        ({"position": 1}, Bounds(), [Ground.GRADE_FELL]),
        ({"rank": 8}, Bounds(), [Ground.RANK_FELL]),
        ({"rank": 7}, Bounds(), []),
        ({"rank": 7}, Bounds(places=4), [Ground.RANK_FELL]),
        ({"index": None, "rank": None}, Bounds(), [Ground.NO_INDEX]),
        ({}, Bounds(below=Fraction(91)), [Ground.BELOW]),
        ({"before": None, "position": 1, "rank": 20}, Bounds(), []),
    ):
        assert grounds(replace(good, **changed), 4, bounds) == ground
    assert grounds(replace(good, position=0, before=None), 1, Bounds()) == []


def test_the_page_and_its_files_say_the_same(read, visitors, lines):
    """With what was asked carried into the files; every row says what it is not."""
    url = address("improve:handover", (YEAR,))
    page = read(f"{url}?bac=1&loai=kha", by=visitors["secretariat"])
    assert "không đề xuất khen thưởng" in page.root.text
    assert "Xếp loại Khá trở lên" in page.root.text
    link = next(one for one in page.links if "giai-trinh/tai-ve.csv" in one)
    assert "bac=1" in link
    sent = visitors["secretariat"].get(link.replace("&amp;", "&")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(sent)))
    must = [one for one in lines if grounds(one, 4, Bounds(places=1))]
    assert [row["Đơn vị"] for row in rows] == [one.participant.name_vi for one in must]
    assert all(row["Vì sao phải giải trình"] for row in rows)
    assert visitors["focal"].get(url).status_code == 403
    assert url in read(address("improve:round", (YEAR,)), by=visitors["leader"]).links


def _word(client, table, query=""):
    """The letter, and the rows of its table by the unit's name."""
    sent = client.get(address("improve:handover_file", (YEAR, table, "docx")) + query)
    book = docx.Document(io.BytesIO(sent.content))
    head, *rows = [[cell.text for cell in row.cells] for row in book.tables[-1].rows]
    return book, {row[1]: dict(zip(head, row, strict=True)) for row in rows}


def test_the_letters_say_what_the_database_says(clock, visitors, lines):
    """Each figure of each unit, read back out of the file: points, ranks, tasks, conditions, grounds."""
    clock(AT)
    kept = {
        r.participant.name_vi: r
        for r in UnitResult.objects.filter(participant__round__code="2025-co-quan").select_related(
            "participant"
        )
    }
    book, quality = _word(visitors["secretariat"], "xep-loai")
    assert set(quality) == set(kept)
    for name, row in quality.items():
        assert row["Chỉ số"] == points(kept[name].index)
        assert row["Hạng"] == str(kept[name].rank or "–")
    for line in lines:
        row = quality[line.participant.name_vi]
        assert row["Điểm trừ"] == points(line.penalty)
        told = [int(row[head]) for head in ("Nhiệm vụ kế hoạch năm", "Hoàn thành", "Đúng hạn", "Quá hạn")]
        assert told == [line.tasks.total, line.tasks.done, line.tasks.in_time, line.tasks.overdue]
    text = " ".join(p.text for p in book.paragraphs)
    assert "Kính gửi: Cơ quan chủ trì đánh giá, xếp loại chất lượng" in text
    assert "không quy đổi" in text
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in book.tables[0].cell(0, 1).text
    _, emulation = _word(visitors["leader"], "thi-dua", "?loai=kha")
    for line in lines:
        row = emulation[line.participant.name_vi]
        met = [word == "đạt" for word in list(row.values())[-len(Condition) :]]
        assert met == list(conditions(line, 1).values())
    _, explain = _word(visitors["leader"], "giai-trinh", "?bac=1")
    must = {one.participant.name_vi: one for one in lines if grounds(one, 4, Bounds(places=1))}
    assert set(explain) == set(must)
    for name, row in explain.items():
        before = must[name].before
        assert row["Chỉ số năm trước"] == (points(before.index) if before else "–")


def test_the_letter_is_in_vietnamese_for_everybody_and_the_same_file_twice(visitors):
    """Papers are; whoever reads the pages in English gets the same."""
    url = address("improve:handover_file", (YEAR, "xep-loai", "docx"))
    first = visitors["leader"].get(url).content
    assert visitors["leader"].get(f"/en{url}").content == first
    assert visitors["focal"].get(url).status_code == 403


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("bac=0", "Số bậc giảm"),
        ("bac=²", "Số bậc giảm"),
        ("bac=-1", "Số bậc giảm"),
        ("chi-so=chín", "Chỉ số phải là số"),
    ],
)
def test_what_cannot_be_meant_is_said(read, visitors, sent, said):
    """And the usual bounds hold."""
    page = read(f"{address('improve:handover', (YEAR,))}?{sent}", by=visitors["secretariat"])
    assert said in page.root.text
    assert "giảm từ" in page.root.text.lower()


def test_the_page_costs_few_queries(visitors):
    """However many units."""
    url = address("improve:handover", (YEAR,))
    visitors["secretariat"].get(url)
    with CaptureQueriesContext(connection) as queries:
        visitors["secretariat"].get(url)
    assert len(queries) <= MOST
