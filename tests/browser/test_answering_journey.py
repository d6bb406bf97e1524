"""Somebody answers on a telephone: in two languages, on a line that breaks, by a link that serves once."""

import json
import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect


pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
PHONE = {"width": 390, "height": 800}
CHOICES = [{"code": "co", "text": "Có"}, {"code": "khong", "text": "Không"}]
YES = {code: {"question": code, "is": ["co"]} for code in ("a", "b", "c")}
NESTED = {
    "questionnaire": 1,
    "code": "long-nhau",
    "version": "1",
    "group": "citizens",
    "title": "Phiếu lồng nhau",
    "sections": [
        {
            "title": "Hỏi",
            "questions": [
                {"code": "a", "kind": "single", "text": "Câu A", "options": CHOICES},
                {"code": "n", "kind": "number", "text": "Câu N"},
                {"code": "b", "kind": "single", "text": "Câu B", "options": CHOICES, "when": YES["a"]},
                {
                    "code": "c",
                    "kind": "single",
                    "text": "Câu C",
                    "options": CHOICES,
                    "when": {"all": [YES["a"], {"any": [YES["b"], {"question": "n", "at_least": 3}]}]},
                },
                {
                    "code": "d",
                    "kind": "text",
                    "text": "Câu D",
                    "when": {"any": [{"all": [YES["c"], YES["a"]]}]},
                },
            ],
        }
    ],
}
SETUP = """
import json, os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "parindex.config.settings"
django.setup()
from datetime import timedelta
from django.utils import timezone
from parindex.apps.organisations.models import Unit
from parindex.apps.surveys import actions
from parindex.apps.surveys.models import Questionnaire, RespondentGroup, Survey
from parindex.core.kernel.time import legal_date
from parindex.core.surveys.questionnaire_file import from_mapping
at = timezone.now()
act = {"by": "system", "at": at}
territory = Unit.objects.get(code="minh-hoa", parent=None)
unit = Unit.objects.get(code="so-y-te", parent=territory)
day = legal_date(at)
written = actions.SurveyWritten("Khảo sát thử trên điện thoại", day.year, "Sở Nội vụ", "exit", day,
    day + timedelta(days=9), title_en="A survey on a telephone")
survey = actions.begin_survey(territory=territory, written=written, key="journey", **act)
form = Questionnaire.objects.get(code="one-stop-exit")
group = actions.add_group(survey=survey, written=actions.GroupWritten("Người dân", form), **act)
actions.set_strata(group=group, rows=[actions.StratumWritten(unit, 100, 10)], **act)
actions.open_survey(survey=survey, **act)
group = RespondentGroup.objects.select_related("survey").get(pk=group.pk)
wanted = [actions.Wanted(stratum=group.strata.get())] * 2
links = [i.token for i in actions.issue_invitations(group=group, wanted=wanted, **act)]
code = actions.add_counter(group=group, unit=unit, label="Quầy 3", hourly=30, **act).code
matrix = RespondentGroup.objects.select_related("survey").get(survey__state="open", survey__kind="officials")
asked = [actions.Wanted(own_unit=unit)]
official = actions.issue_invitations(group=matrix, wanted=asked, **act)[0].token
written = actions.SurveyWritten("Khảo sát có câu hỏi lồng nhau", day.year, "Sở Nội vụ", "exit", day,
    day + timedelta(days=9))
survey = actions.begin_survey(territory=territory, written=written, key="nested", **act)
form = actions.keep_questionnaire(territory=territory, form=from_mapping(%s), **act)
form = actions.fix_questionnaire(questionnaire=form, **act)
group = actions.add_group(survey=survey, written=actions.GroupWritten("Người dân", form), **act)
actions.open_survey(survey=survey, **act)
nested = actions.add_counter(group=group, unit=unit, label="Quầy 4", hourly=30, **act).code
print(json.dumps({"links": links, "code": code, "official": official, "nested": nested}))
"""
COUNTER = """
import json, os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "parindex.config.settings"
django.setup()
from django.utils import timezone
from parindex.apps.surveys import actions
from parindex.apps.surveys.models import Counter, RespondentGroup
act = {"by": "system", "at": timezone.now()}
if %r:
    actions.close_counter(counter=Counter.objects.select_related("group__survey").get(code=%r), **act)
    print("null")
else:
    near = Counter.objects.select_related("unit").get(label="Quầy 3")
    group = RespondentGroup.objects.select_related("survey").get(pk=near.group_id)
    print(json.dumps(actions.add_counter(group=group, unit=near.unit, label="Quầy 5", hourly=30, **act).code))
"""
COUNT = """
import json, os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "parindex.config.settings"
django.setup()
from parindex.apps.surveys.models import Answer
found = Answer.objects.filter(survey__key="journey").values_list("channel", "content")
print(json.dumps([list(f) for f in found]))
"""


def _run(home, code):
    environment = {k: v for k, v in os.environ.items() if k != "PARINDEX_DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**environment, "PARINDEX_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def field(demo, demo_home):
    """Links and a counter of an open survey in the running demonstration."""
    return _run(demo_home, SETUP % NESTED)


@pytest.fixture
def phone(browser):
    """A telephone; what the browser refuses is kept."""
    page = browser.new_context(viewport=PHONE).new_page()
    page.refused = []
    page.on("pageerror", lambda error: page.refused.append(str(error)))
    page.on("console", lambda m: page.refused.append(m.text) if "Content Security" in m.text else None)
    yield page
    assert page.refused == []
    assert page.context.cookies() == []
    page.context.close()


def _fits(page):
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], page.url


def _answer(page, *, early, satisfied):
    """What must be answered, by the words of the page's language."""
    page.get_by_text(early[0], exact=True).click()
    page.get_by_text(early[1], exact=True).click()
    for choice in page.get_by_text(satisfied, exact=True).all():
        choice.click()


VIETNAMESE = {"early": ("Trực tiếp tại quầy", "Đúng hẹn"), "satisfied": "Rất hài lòng"}
ENGLISH = {"early": ("At the counter", "On the day"), "satisfied": "Satisfied"}


def test_a_form_on_a_broken_line_arrives_once(phone, demo, demo_home, field):
    """Sent without a line, it goes by itself when there is one. Then the link is spent."""
    url = f"{demo}/khao-sat/phieu/{field['links'][0]}/"
    phone.goto(url)
    _fits(phone)
    expect(phone.get_by_text("không ai biết phiếu nào là của ai")).to_be_visible()
    expect(phone.get_by_text("Ông (bà) tự nộp hồ sơ trực tuyến hay được hướng dẫn?")).to_be_hidden()
    _answer(phone, **VIETNAMESE)
    phone.get_by_label("cần làm gì để phục vụ tốt hơn").fill("Thêm ghế ngồi 🙂")
    phone.reload()  # the telephone put the page away and brought it back
    expect(phone.get_by_text("đã được điền lại")).to_be_visible()
    expect(phone.get_by_label("Đúng hẹn")).to_be_checked()
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Gửi phiếu").click()
    expect(phone.get_by_text("Mất mạng")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_role("heading", name="Cảm ơn ông/bà")).to_be_visible()
    _fits(phone)
    assert phone.evaluate("localStorage.length") == 0
    phone.goto(url)
    expect(phone.get_by_text("Mỗi đường dẫn chỉ dùng một lần")).to_be_visible()
    kept = _run(demo_home, COUNT)
    assert [(c, a["wishes"]) for c, a in kept if "wishes" in a] == [("link", "Thêm ghế ngồi 🙂")]


def test_the_thanks_that_were_lost_on_the_way_are_said_again(phone, demo, demo_home, field):
    """In English, begun in Vietnamese: the answers arrive, the word that they did does not."""
    before = len(_run(demo_home, COUNT))
    phone.goto(f"{demo}/khao-sat/phieu/{field['links'][1]}/")
    phone.get_by_text("Trực tiếp tại quầy", exact=True).click()
    phone.get_by_role("link", name="English").click()
    expect(phone.get_by_label("At the counter")).to_be_checked()
    _answer(phone, **ENGLISH)
    lost = []

    def lose(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch(max_redirects=0).status)
            route.abort()
        else:
            route.continue_()

    phone.route("**/phieu/**", lose)
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_text("No connection")).to_be_visible()
    phone.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.get_by_role("heading", name="Thank you")).to_be_visible()
    assert lost == [303]
    assert len(_run(demo_home, COUNT)) == before + 1


def test_an_official_rates_units_on_one_page(phone, demo, field):
    """Their own is not among them; the page says which are done."""
    phone.goto(f"{demo}/khao-sat/phieu/{field['official']}/")
    _fits(phone)
    assert "Sở Y tế" not in phone.locator("summary").all_inner_texts()
    units = phone.locator("details")
    assert units.count() == 3
    units.nth(1).locator("summary").click()
    units.nth(1).get_by_text("Không đủ thông tin", exact=True).first.click()
    expect(units.nth(1).locator("summary")).to_contain_text("đã trả lời")
    phone.get_by_role("button", name="Gửi phiếu").click()
    expect(phone.get_by_role("heading", name="Cảm ơn ông/bà")).to_be_visible()


def test_a_tablet_shows_a_new_form_and_keeps_what_could_not_be_sent(phone, demo, demo_home, field):
    """Without a line the next one can answer all the same."""
    before = [c for c, _ in _run(demo_home, COUNT)].count("kiosk")
    phone.goto(f"{demo}/khao-sat/quay/{field['code']}/?kiosk=1")
    phone.context.set_offline(True)
    phone.get_by_text("Trực tiếp tại quầy", exact=True).click()
    phone.get_by_role("button", name="Gửi phiếu").click()
    expect(phone.locator(".field.wrong").first).to_contain_text("Xin trả lời câu này.")
    expect(phone.get_by_label("Sớm hơn")).to_be_focused()
    _answer(phone, **VIETNAMESE)
    phone.get_by_role("button", name="Gửi phiếu").click()
    expect(phone.get_by_text("Phiếu được giữ trên máy này")).to_be_visible()
    expect(phone.locator(".field.wrong")).to_have_count(0)
    expect(phone.get_by_label("Đúng hẹn")).not_to_be_checked()
    phone.context.set_offline(False)
    expect(phone.get_by_text("Phiếu được giữ trên máy này")).to_be_hidden()
    assert [c for c, _ in _run(demo_home, COUNT)].count("kiosk") == before + 1
    _answer(phone, **VIETNAMESE)
    phone.get_by_role("button", name="Gửi phiếu").click()
    expect(phone.get_by_role("link", name="Phiếu mới")).to_be_visible()


def test_a_tablet_says_how_many_forms_came_too_late(phone, demo, demo_home, field):
    """The counter was closed while the line was away: nobody believes that the forms arrived."""
    before = len(_run(demo_home, COUNT))
    code = _run(demo_home, COUNTER % ("", ""))
    phone.goto(f"{demo}/khao-sat/quay/{code}/?kiosk=1")
    phone.context.set_offline(True)
    _answer(phone, **VIETNAMESE)
    phone.get_by_role("button", name="Gửi phiếu").click()
    expect(phone.get_by_text("Phiếu được giữ trên máy này")).to_be_visible()
    _run(demo_home, COUNTER % (code, code))
    phone.context.set_offline(False)
    expect(phone.get_by_text("Có 1 phiếu giữ trên máy này không được nhận")).to_be_visible()
    assert len(_run(demo_home, COUNT)) == before


def test_a_tablet_keeps_a_form_that_comes_while_another_is_on_its_way(phone, demo, demo_home, field):
    """The line comes back slowly: one form is under way when the next cannot be sent. Both arrive."""
    before = [c for c, _ in _run(demo_home, COUNT)].count("kiosk")
    url = f"{demo}/khao-sat/quay/{field['code']}/?kiosk=1"
    phone.goto(url)
    held, fates = [], ["lose", "hold", "lose"]

    def slow(route):
        fate = fates.pop(0) if fates and route.request.method == "POST" else "go"
        if fate == "hold":
            held.append(route)
        elif fate == "lose":
            route.fulfill(status=503)
        else:
            route.continue_()

    phone.route("**/quay/**", slow)
    _answer(phone, **VIETNAMESE)
    phone.get_by_role("button", name="Gửi phiếu").click()
    expect(phone.get_by_text("Phiếu được giữ trên máy này")).to_be_visible()
    with phone.expect_request(lambda request: request.method == "POST"):
        phone.evaluate("dispatchEvent(new Event('online'))")
    _answer(phone, **VIETNAMESE)
    phone.get_by_role("button", name="Gửi phiếu").click()
    expect(phone.get_by_label("Đúng hẹn")).not_to_be_checked()
    held[0].continue_()
    expect(phone.get_by_text("Phiếu được giữ trên máy này")).to_be_hidden()
    assert [c for c, _ in _run(demo_home, COUNT)].count("kiosk") == before + 2


def test_questions_within_questions_come_and_go(phone, demo, field):
    """Conditions of conditions; what a hidden question said counts for nothing and comes back with it."""
    phone.goto(f"{demo}/khao-sat/quay/{field['nested']}/")

    def choose(question, said):
        phone.locator("fieldset", has_text=f"Câu {question}").get_by_text(said, exact=True).click()

    def asked(**shown):
        for question, there in shown.items():
            expect(phone.get_by_text(f"Câu {question} (không bắt buộc)")).to_be_visible(visible=there)

    asked(A=True, N=True, B=False, C=False, D=False)
    choose("A", "Có")
    asked(B=True, C=False)
    phone.get_by_label("Câu N").fill("3")
    asked(C=True, D=False)
    phone.get_by_label("Câu N").fill("2")
    asked(C=False)
    choose("B", "Có")
    asked(C=True)
    choose("C", "Có")
    asked(D=True)
    choose("A", "Không")
    asked(B=False, C=False, D=False)
    choose("A", "Có")
    asked(B=True, C=True, D=True)
