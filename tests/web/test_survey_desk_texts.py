"""What people wrote: searched, tagged, fetched; and never that of few, nor what would tell of them."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse
from exit_survey import open_exit_survey, whole
from page import Page
from site_world import AT

from parindex.apps.surveys import actions
from parindex.apps.surveys.models import Answer, RespondentGroup, TextTag
from parindex.core.formats.workbooks import xlsx_rows


pytestmark = pytest.mark.usefixtures("clocked")


@pytest.fixture
def survey(desk):
    """A survey of two groups, whose limit is five, closed; other bodies' forms are still taken."""
    made = open_exit_survey(
        desk, "Người dân", "Doanh nghiệp", title_vi="Khảo sát có lời", key="loi", small="5", small_public="5"
    )
    return actions.close_survey(survey=made, by="t", at=AT)


def _answers(survey, unit, code, texts):
    """One answer for each text, from the group of a code."""
    group = RespondentGroup.objects.get(survey=survey, code=code)
    report = actions.Report(body="B", report="1")
    raw = {"done_by": "counter", "in_time": "on_day"}
    rows = ("place", "papers", "attitude", "guidance", "right", "heard")
    raw["s"] = dict.fromkeys(rows, "5")
    written = [
        actions.AnswerWritten(k, unit, date(2026, 1, 4), {**raw, "wishes": text})
        for k, text in enumerate(texts, start=2)
    ]
    actions.record_answers(group=group, rows=written, report=report, by="t", at=AT)


def _lines(desk, survey, kind="csv", query=""):
    url = reverse("surveys:texts_file", args=[survey.slug, kind])
    content = whole(desk.get(f"{url}?{query}"))
    if kind == "xlsx":
        return [row for _, row in xlsx_rows(content, "t.xlsx")[1:]]
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1:]


def test_texts_are_tagged_sought_and_fetched(visitors, desk, survey, unit):
    """By words, with accents or without, and by tag; a tag is given once and taken off again."""
    _answers(survey, unit, "nguoi-dan", ["Chờ LÂU quá", "cho lâu", "Ghế hỏng", "=1+1", "Tốt", "Rất tốt"])
    url = reverse("surveys:texts", args=[survey.slug])
    page = Page(desk.get(url, {"tim": "lâu"}).content.decode())
    values = [e.attributes["value"] for e in page.root.all("input") if e.attributes.get("name") == "text"]
    assert len(values) == 2
    for _ in range(2):
        desk.post(f"{url}?tim=lâu", {"act": "tag", "tag": " Thời gian  chờ ", "text": values})
    assert TextTag.objects.filter(survey=survey, tag="Thời gian chờ").count() == 2
    assert "Thời gian chờ (2)" in desk.get(url).content.decode()
    assert len(_lines(desk, survey, query="nhan=Thời gian chờ")) == 2
    assert len(_lines(desk, survey, query="nhan=-")) == 4
    for kind in ("csv", "xlsx"):
        rows = _lines(desk, survey, kind)
        assert len(rows) == 6
        assert {row[0] for row in rows} == {"Sở Y tế"}
        assert ["Thời gian chờ", "Chờ LÂU quá"] in [[row[3], row[2]] for row in rows]
    assert "'=1+1" in [row[2] for row in _lines(desk, survey)]
    desk.post(url, {"act": "untag", "known": "Thời gian chờ", "text": values[:1]})
    assert TextTag.objects.filter(survey=survey).count() == 1
    assert visitors["leader"].post(url, {"act": "tag", "tag": "x", "text": values}).status_code == 403
    assert visitors["leader"].get(url).status_code == 200


def test_what_cannot_be_tagged_is_refused(desk, survey, unit):
    """Without a tag, without a text, one that is no text, one that may not be read."""
    _answers(survey, unit, "nguoi-dan", ["Kín"] * 4)
    url = reverse("surveys:texts", args=[survey.slug])
    hidden = f"{Answer.objects.filter(survey=survey).first().pk} wishes"
    for said in (
        {"act": "tag", "tag": " ", "text": hidden},
        {"act": "tag", "tag": "x"},
        {"act": "tag", "tag": "x", "text": hidden},
        {"act": "tag", "tag": "x", "text": ["1' OR 1=1 wishes", "99999999999999999999999 wishes", "", "7"]},
        {"act": "tag", "tag": "x" * 61, "text": hidden},
        {"act": "xóa", "tag": "x", "text": hidden},
    ):
        assert desk.post(url, said).status_code == 302
    assert not TextTag.objects.filter(survey=survey).exists()


def test_what_would_tell_of_a_small_group_is_hidden_with_it(desk, survey, unit):
    """Thirty people and two enterprises: beside the whole, the thirty would tell of the two."""
    _answers(survey, unit, "nguoi-dan", ["Lời dân"] * 30)
    _answers(survey, unit, "doanh-nghiep", ["Lời doanh nghiệp"] * 2)
    assert _lines(desk, survey) == []
    answers = reverse("surveys:answers_file", args=[survey.slug, "csv"])
    assert len(whole(desk.get(answers)).decode().splitlines()) == 1
    page = desk.get(reverse("surveys:texts", args=[survey.slug])).content.decode()
    assert "Lời" not in page.replace("Lời giới", "")
    _answers(survey, unit, "doanh-nghiep", ["Lời doanh nghiệp"] * 3)
    assert len(_lines(desk, survey)) == 35
    assert len(whole(desk.get(answers)).decode().splitlines()) == 36


def test_nothing_is_read_while_answers_come_in(desk, unit):
    """Neither texts nor forms, however many there are: two readings would tell what came between. Counts are
    there, and everything once the survey is closed."""
    survey = open_exit_survey(desk, "Người dân", title_vi="Khảo sát đang mở", key="dang-mo")
    url = reverse("surveys:texts", args=[survey.slug])
    answers = reverse("surveys:answers_file", args=[survey.slug, "csv"])

    def seen():
        return (
            desk.get(url).content.decode().count("Lời vừa đến"),
            len(_lines(desk, survey)),
            len(whole(desk.get(answers)).decode().splitlines()) - 1,
        )

    for _ in range(2):
        _answers(survey, unit, "nguoi-dan", ["Lời vừa đến"] * 6)
        assert seen() == (0, 0, 0)
    assert "Đọc được sau khi đóng" in desk.get(url).content.decode()
    named = f"{Answer.objects.filter(survey=survey).first().pk} wishes"
    desk.post(url, {"act": "tag", "tag": "x", "text": named})
    assert not TextTag.objects.filter(survey=survey).exists()
    progress = desk.get(reverse("surveys:progress", args=[survey.slug])).content.decode()
    assert "Sở Y tế" in progress
    assert answers not in desk.get(reverse("surveys:results", args=[survey.slug])).content.decode()
    desk.post(reverse("surveys:step", args=[survey.slug]), {"act": "close"})
    assert seen() == (12, 12, 12)


def test_a_long_list_is_read_page_by_page(desk, survey, unit):
    """A page beyond the last is the last; the number of queries does not grow."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    url = reverse("surveys:texts", args=[survey.slug])
    _answers(survey, unit, "nguoi-dan", [f"Ý {n:03}" for n in range(60)])
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert desk.get(url).content.decode().count('name="text"') == 50
    _answers(survey, unit, "nguoi-dan", [f"Ý {n:03}" for n in range(60, 170)])
    with CaptureQueriesContext(connection) as many:
        assert desk.get(url, {"trang": "99"}).content.decode().count('name="text"') == 20
    assert len(many) <= len(few)
