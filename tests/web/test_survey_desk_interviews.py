"""Interviews of another body: shown before they are kept, asked again by somebody else, compared."""

import pytest
from addresses import WHO
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from exit_survey import open_exit_survey
from page import Page
from site_world import AT
from survey_addresses import RUNNING

from parindex.apps.surveys import actions
from parindex.apps.surveys.models import Interview
from parindex.core.formats.workbooks import xlsx_rows
from parindex.web.parts.workbooks import Sheet, as_xlsx


pytestmark = pytest.mark.usefixtures("clocked")

ROWS = ("place", "papers", "attitude", "guidance", "right", "heard")
HEADS = ["Đơn vị", "Ngày hỏi", "Phiếu số", "Điều tra viên", "Giám sát viên", "done_by", "in_time"]
HEADS += [f"s.{row}" for row in ROWS]
AGAIN = ["Phiếu số", "Người phúc tra", "done_by", "in_time", *(f"s.{row}" for row in ROWS)]


@pytest.fixture
def survey(desk):
    """An open survey that another body carries out."""
    return open_exit_survey(
        desk, "Người dân", title_vi="Phỏng vấn của bưu điện", key="buu-dien", kind="outside"
    )


@pytest.fixture
def url(survey):
    """Its page of interviews."""
    return reverse("surveys:interviews", args=[survey.slug, "nguoi-dan"])


def _row(number, person, level="5", unit="Sở Y tế", day="04/01/2026"):
    return [unit, day, number, person, "Bà Hoa", "counter", "on_day", *[level] * len(ROWS)]


def _sent(act, header, rows):
    file = SimpleUploadedFile("phieu.xlsx", as_xlsx([Sheet("p", header, rows)]))
    return {"act": act, "file": file, "body": "Bưu điện", "report": "12/BC"}


def _confirm(desk, url, shown):
    inputs = [e.attributes for e in Page(shown.content.decode()).root.all("input")]
    carried = {
        i["name"]: i.get("value", "") for i in inputs if i.get("name") in ("confirmed", "body", "report")
    }
    return desk.post(url, {**carried, "act": "keep"})


def test_interviews_are_shown_kept_and_asked_again(desk, survey, url):
    """The share is drawn for everybody; whoever asked does not check; what was said again is not kept."""
    rows = [_row(f"A{n}", "Ông An") for n in range(20)] + [_row(f"B{n}", "Bà Bình", "1") for n in range(3)]
    shown = desk.post(url, _sent("answers", [*HEADS, "Nhà"], [[*row, "x"] for row in rows]))
    assert (shown.status_code, "Nhà" in shown.content.decode()) == (200, True)
    assert survey.answers.count() == 0
    _confirm(desk, url, shown)
    kept = Interview.objects.filter(group__survey=survey)
    assert kept.count() == survey.answers.count() == 23
    twice = desk.post(url, _sent("answers", HEADS, rows[:1]))
    assert (twice.status_code, "A0" in twice.content.decode()) == (422, True)
    desk.post(url, {"act": "choose", "percent": "10"})
    chosen = kept.filter(chosen=True)
    assert sorted(chosen.values_list("enumerator", flat=True)) == ["Bà Bình", "Ông An", "Ông An"]
    table = desk.get(reverse("surveys:interviews_file", args=[survey.slug, "nguoi-dan", "phuc-tra"]))
    numbers = [row[0] for _, row in xlsx_rows(table.content, "t.xlsx")[1:]]
    assert sorted(numbers) == sorted(chosen.values_list("number", flat=True))
    number = chosen.filter(enumerator="Ông An").first().number
    again = [number, "Ông An", "counter", "on_day", *["5"] * 5, "1"]
    same = desk.post(url, _sent("checks", AGAIN, [again]))
    assert (same.status_code, "người khác phải phúc tra" in same.content.decode()) == (422, True)
    shown = desk.post(url, _sent("checks", AGAIN, [[number, "Cô Cúc", *again[2:]]]))
    _confirm(desk, url, shown)
    one = kept.get(number=number)
    assert (one.checked_by, one.compared, one.differing) == ("Cô Cúc", 8, ["s.heard"])
    assert survey.answers.count() == 23
    assert "7/8" in desk.get(url).content.decode()
    progress = desk.get(reverse("surveys:progress", args=[survey.slug])).content.decode()
    assert "100,0" not in progress  # nobody was invited, so there is no response rate


def test_what_cannot_be_taken_is_named_by_line_and_column(desk, survey, url):
    """And nothing of the file is kept, nor of one whose preview was changed."""
    for header, row, words in (
        (HEADS, _row("1", "An", unit="Sở Lạ"), "dòng 2"),
        (HEADS, _row("1", "An", level="77"), "cột s.place"),
        (HEADS, _row("1", "An", day="31/02/2026"), "dòng 2"),
        (HEADS, _row("1", "An", day="04/01/2027"), "ngày hỏi chưa đến"),
        (HEADS, _row("1", ""), "Chưa ghi người hỏi"),
        (["Ngày hỏi", "done_by"], ["04/01/2026", "counter"], "Đơn vị"),
        (["Đơn vị", "Ngày hỏi"], ["Sở Y tế", "04/01/2026"], "Không cột nào là câu hỏi"),
    ):
        answer = desk.post(url, _sent("answers", header, [row]))
        assert (answer.status_code, words in answer.content.decode()) == (422, True), words
    assert desk.post(url, {"act": "answers"}).status_code == 422
    assert desk.post(url, {"act": "keep", "confirmed": "x"}).status_code == 422
    assert desk.post(url, {"act": "choose", "percent": "10"}).status_code == 422
    assert desk.post(url, {"act": "x"}).status_code == 422
    unknown = desk.post(url, _sent("checks", AGAIN, [["9", "An", "counter", "on_day", *["5"] * 6]]))
    assert (unknown.status_code, "“9”" in unknown.content.decode()) == (422, True)
    assert survey.answers.count() == 0


def test_numbers_of_interviews_are_forgotten_as_the_survey_is_counted(desk, survey, url):
    """Who asked and what agreed stays."""
    shown = desk.post(url, _sent("answers", HEADS, [_row(f"A{n}", "Ông An") for n in range(4)]))
    _confirm(desk, url, shown)
    desk.post(reverse("surveys:step", args=[survey.slug]), {"act": "close"})
    actions.count_survey(survey=survey, by="t", at=AT)
    kept = Interview.objects.filter(group__survey=survey)
    assert set(kept.values_list("number", "enumerator")) == {("", "Ông An")}
    assert "Ông An" in desk.get(url).content.decode()


def test_interviews_are_for_those_who_run_surveys(visitors, url):
    """Nobody else, not even to look."""
    for who in WHO:
        assert (visitors[who].get(url).status_code == 200) == (who in RUNNING), who
