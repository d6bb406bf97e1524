"""The desk of surveys: made, asked of whom, opened and closed; who may, and what is refused."""

from dataclasses import replace
from datetime import date

import pytest
from addresses import ANYONE, WHO
from django.urls import reverse
from page import Page
from site_world import AT
from survey_addresses import READING, RUNNING

from parindex.apps.surveys import actions
from parindex.apps.surveys.models import RespondentGroup, Survey
from parindex.core.surveys.questionnaire_file import load_questionnaire
from parindex.data.surveys import questionnaire_path


pytestmark = pytest.mark.usefixtures("clocked")

SAID = {
    "title_vi": "Khảo sát sự hài lòng quý IV",
    "title_en": "Satisfaction, fourth quarter",
    "kind": "exit",
    "body": "Bưu điện tỉnh",
    "year": "2026",
    "opens": "2026-01-01",
    "closes": "2026-01-31",
    "small": "5",
    "small_public": "10",
    "measure": "satisfied",
    "indicator": "",
    "rules": "Đơn vị không được điều tra thì chấm theo tỷ lệ.",
    "key": "mot",
}


@pytest.fixture
def made(desk):
    """A survey at the counters, made by the pages, with its group."""
    answer = desk.post(reverse("surveys:begin"), SAID)
    survey = Survey.objects.get(key="mot")
    assert answer.headers["Location"] == reverse("surveys:survey", args=[survey.slug])
    questionnaire = actions.keep_questionnaire(
        territory=survey.territory,
        form=replace(load_questionnaire(questionnaire_path("one-stop-exit")), code="phieu-rieng"),
        by="t",
        at=AT,
    )
    group = {
        "title_vi": "Người dân",
        "title_en": "Citizens",
        "weight": "1",
        "questionnaire": questionnaire.pk,
    }
    desk.post(reverse("surveys:groups", args=[survey.slug]), group)
    return survey


def test_a_survey_is_made_opened_and_closed(desk, made):
    """The same form twice is one survey; it opens once its questionnaire is fixed."""
    desk.post(reverse("surveys:begin"), SAID)
    assert Survey.objects.filter(key="mot").count() == 1
    url, step = (reverse(f"surveys:{name}", args=[made.slug]) for name in ("survey", "step"))
    shown = desk.get(url).content.decode()
    assert "còn đang soạn" in shown
    questionnaire = RespondentGroup.objects.get(survey=made).questionnaire
    actions.fix_questionnaire(questionnaire=questionnaire, by="t", at=AT)
    desk.post(step, {"act": "open"})
    made.refresh_from_db()
    assert made.state == "open"
    desk.post(step, {"act": "extend", "closes": "2026-02-15"})
    made.refresh_from_db()
    assert made.closes == date(2026, 2, 15)
    desk.post(step, {"act": "close"})
    made.refresh_from_db()
    assert made.state == "closed"


def test_what_is_typed_badly_stays_in_the_form_and_is_answered(desk):
    """Nothing is kept of it."""
    before = Survey.objects.count()
    for change, words in (
        ({"title_vi": " "}, "Hãy ghi tên."),
        ({"opens": "hôm qua"}, "Hãy ghi ngày."),
        ({"closes": "2025-12-01"}, "2025"),
        ({"small": "-4"}, "Chưa lưu được"),
        ({"kind": "<script>"}, "không có trong các lựa chọn"),
        ({"indicator": "khong-co"}, "không có trong các lựa chọn"),
    ):
        answer = desk.post(reverse("surveys:begin"), {**SAID, "key": "hai", **change})
        assert answer.status_code == 422, change
        assert words in answer.content.decode(), change
        assert "<script>" not in answer.content.decode()
    assert Survey.objects.count() == before


def test_units_to_be_rated_are_ticked(desk, made):
    """And stand ticked when the page is opened again."""
    code = RespondentGroup.objects.get(survey=made).code
    url = reverse("surveys:rated", args=[made.slug, code])
    assert _ticks(desk, url, ticked=True) == []
    picked = _ticks(desk, url, ticked=False)[1:3]
    desk.post(url, {"unit": picked})
    assert RespondentGroup.objects.get(survey=made).rated.count() == len(picked) == 2
    assert _ticks(desk, url, ticked=True) == picked


def _ticks(desk, url, *, ticked):
    """The units whose boxes are ticked, or are not."""
    boxes = [e.attributes for e in Page(desk.get(url).content.decode()).root.all("input")]
    return [b["value"] for b in boxes if b.get("name") == "unit" and ("checked" in b) == ticked]


def test_pages_of_a_survey_are_for_those_who_run_or_follow_it(visitors, made):
    """Anybody else is shown to the door, or told why not."""
    code = RespondentGroup.objects.get(survey=made).code
    pages = {
        reverse("surveys:survey", args=[made.slug]): READING,
        reverse("surveys:change", args=[made.slug]): RUNNING,
        reverse("surveys:rated", args=[made.slug, code]): READING,
    }
    for url, may in pages.items():
        got = {who: visitors[who].get(url).status_code for who in WHO}
        assert got == {who: 200 if who in may else 302 if who == ANYONE else 403 for who in WHO}, url
    for name in ("step", "groups"):
        url = reverse(f"surveys:{name}", args=[made.slug])
        assert visitors["chair"].post(url, {"act": "open"}).status_code == 403
        assert visitors["focal"].post(url, {"act": "open"}).status_code == 403
