"""Questionnaires on the desk: ready ones taken, built question by question, fixed, begun anew, brought in."""

import pytest
import yaml
from addresses import address
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from page import Page

from parindex.apps.surveys.asking import form_of
from parindex.apps.surveys.models import Questionnaire
from parindex.web.parts.workbooks import Sheet, as_xlsx


pytestmark = pytest.mark.usefixtures("clocked")


@pytest.fixture
def one(desk):
    """A questionnaire begun with one question."""
    said = {"act": "blank", "title_vi": "Phiếu thử của bàn", "title_en": "Trial form", "group": "citizens"}
    answer = desk.post(reverse("surveys:set_begin"), said)
    made = Questionnaire.objects.get(code="phieu-thu-cua-ban")
    assert answer.headers["Location"] == reverse("surveys:set", args=[made.pk])
    return made


QUESTION = {
    "code": "vi_sao",
    "kind": "multiple",
    "text_vi": "Vì sao chưa hài lòng?",
    "text_en": "Why not?",
    "most_chosen": "2",
    "w.0.question": "chung",
    "w.0.test": "is",
    "w.0.value": "1, 2",
    "o.0.code": "cho",
    "o.0.vi": "Chờ lâu",
    "o.0.en": "The wait",
    "o.2.code": "thai_do",
    "o.2.vi": "Thái độ",
}


def _latest():
    return Questionnaire.objects.filter(code="phieu-thu-cua-ban").order_by("-version").first()


def test_a_ready_questionnaire_is_taken_and_seen(desk):
    """In both languages, as a respondent sees it, and as a file that is read again."""
    desk.post(reverse("surveys:set_begin"), {"act": "ready", "ready": "one-stop-exit"})
    made = Questionnaire.objects.get(code="one-stop-exit")
    assert "one-stop-exit" in desk.get(reverse("surveys:sets")).content.decode()
    for language, words in (("vi", "Nơi ngồi chờ"), ("en", "The waiting room")):
        for name in ("set", "set_preview"):
            answer = desk.get(address(f"surveys:{name}", (made.pk,), language))
            assert answer.status_code == 200
            assert words in answer.content.decode()
    file = desk.get(address("surveys:set_file", (made.pk, "yaml"), "vi"))
    assert yaml.safe_load(file.content)["code"] == "one-stop-exit"
    again = SimpleUploadedFile("phieu.yaml", file.content)
    desk.post(address("surveys:set_begin", (), "vi"), {"act": "file", "file": again})
    assert Questionnaire.objects.filter(code="one-stop-exit").count() == 1


def test_questions_are_added_changed_moved_and_removed(desk, one):
    """Each kept at once in the draft, one version all along."""
    place = reverse("surveys:question", args=[one.pk, "0"])
    assert desk.get(place).status_code == 200
    assert desk.post(place, QUESTION).status_code == 302
    form = form_of(_latest())
    assert [q.code for q in form.questions] == ["chung", "vi_sao"]
    added = form.questions[1]
    assert added.when.is_ == ("1", "2")
    assert [o.code for o in added.options] == ["cho", "thai_do"]
    shown = desk.get(reverse("surveys:question", args=[one.pk, "0.1"])).content.decode()
    assert "Vì sao chưa hài lòng?" in shown
    act = reverse("surveys:set_change", args=[one.pk])
    desk.post(act, {"act": "section", "title_vi": "Về ông/bà", "title_en": "About you"})
    desk.post(act, {"act": "down", "place": "0.1"})
    form = form_of(_latest())
    assert [q.code for q in form.sections[1].questions] == ["vi_sao"]
    desk.post(act, {"act": "factors", "factors": "tiep_can | Tiếp cận | Access | 2\nthu_tuc | Thủ tục"})
    assert [f.code for f in form_of(_latest()).factors] == ["tiep_can", "thu_tuc"]
    desk.post(act, {"act": "head", "title_vi": "Tên mới", "intro_vi": "Xin ý kiến"})
    assert form_of(_latest()).title.vi == "Tên mới"
    desk.post(act, {"act": "remove", "place": "1"})
    assert [q.code for q in form_of(_latest()).questions] == ["chung"]
    assert _latest().pk == one.pk


def test_a_condition_of_several_tests_is_made_on_the_page(desk, one):
    """All of them or any; what stands is shown again, and emptied lines are gone."""
    place = reverse("surveys:question", args=[one.pk, "0"])
    number = {"code": "lan", "kind": "number", "text_vi": "Mấy lần?", "o.0.code": ""}
    desk.post(place, number)
    several = {"when_join": "any", "w.2.question": "lan", "w.2.test": "at_least", "w.2.value": "3"}
    assert desk.post(place, {**QUESTION, **several, "when_join": "x"}).status_code == 422
    desk.post(place, {**QUESTION, **several})
    made = form_of(_latest()).by_code["vi_sao"]
    assert [(w.question, w.is_, w.at_least) for w in made.when.any_] == [
        ("chung", ("1", "2"), None),
        ("lan", (), 3),
    ]
    again = reverse("surveys:question", args=[one.pk, "0.2"])
    page = Page(desk.get(again).content.decode())
    values = {
        e.attributes["name"]: e.attributes.get("value")
        for e in page.root.all("input")
        if "name" in e.attributes
    }
    assert (values["w.0.value"], values["w.1.value"]) == ("1, 2", "3")
    both = {"w.0.question": "lan", "w.0.test": "at_least", "w.0.value": "2"}
    both |= {"when_join": "all", "w.1.question": "lan", "w.1.test": "at_most", "w.1.value": "4"}
    desk.post(again, {**QUESTION, **both})
    assert len(form_of(_latest()).by_code["vi_sao"].when.all_) == 2
    desk.post(again, {**QUESTION, **both, "w.0.question": "", "w.1.question": ""})
    assert form_of(_latest()).by_code["vi_sao"].when is None


def test_conditions_within_conditions_are_made_on_the_page(desk, one):
    """By brackets, or as deep as is allowed in the words of XLSForm; either is shown again as it was made."""
    place = reverse("surveys:question", args=[one.pk, "0"])
    desk.post(place, {"code": "lan", "kind": "number", "text_vi": "Mấy lần?"})
    tests = (("", "chung", "is", "1"), ("2", "lan", "at_least", "3"), ("2", "chung", "is_not", "2, 3"))
    lines = {
        f"w.{k}.{name}": value
        for k, test in enumerate(tests)
        for name, value in zip(("bracket", "question", "test", "value"), test, strict=True)
    }
    plain = {**QUESTION, "when_join": "all"}
    assert desk.post(place, {**plain, **lines, "w.1.bracket": "9"}).status_code == 422
    desk.post(place, {**plain, **lines})
    when = form_of(_latest()).by_code["vi_sao"].when
    assert [p.question or [t.question for t in p.any_] for p in when.all_] == ["chung", ["lan", "chung"]]
    again = reverse("surveys:question", args=[one.pk, "0.2"])
    text = desk.get(again).content.decode()
    assert 'name="w.2.value" value="2, 3"' in text
    assert text.count("<option selected>1</option>") == 2
    preview = desk.get(reverse("surveys:set_preview", args=[one.pk])).content.decode()
    assert "trả lời: Rất không hài lòng và (“Mấy lần?” từ 3 trở lên hoặc “" in preview
    words = "${chung} = '1' or (${lan} >= 2 and (${lan} <= 4 or ${chung} = '5'))"
    for wrong in (words + ")", "count(${lan}) > 1", words.replace("lan", "ngay")):
        refused = desk.post(again, {**plain, "w.0.question": "", "when_text": wrong})
        assert refused.status_code == 422
        assert "Chưa lưu được" in refused.content.decode()
    assert desk.post(again, {**plain, "when_text": words}).status_code == 422
    desk.post(again, {**plain, "w.0.question": "", "when_text": words})
    when = form_of(_latest()).by_code["vi_sao"].when
    assert (len(when.any_), when.depth) == (2, 3)
    shown = Page(desk.get(again).content.decode()).root.all("textarea")
    (kept,) = [e.text for e in shown if e.attributes.get("name") == "when_text"]
    desk.post(again, {**plain, "w.0.question": "", "when_text": kept})
    assert form_of(_latest()).by_code["vi_sao"].when == when


def test_what_contradicts_is_said_and_stays_typed(desk, one):
    """Loops, unknown options, codes that stand twice: nothing of it is kept."""
    place = reverse("surveys:question", args=[one.pk, "0"])
    before = _latest().sha256
    for change in (
        {"w.0.question": "vi_sao"},
        {"w.0.value": "77"},
        {"code": "chung"},
        {"code": "có dấu"},
        {"kind": "khac"},
        {"text_vi": " "},
        {"o.0.score": "101"},
        {"weight": "abc"},
        {"kind": "number"},
    ):
        answer = desk.post(place, {**QUESTION, **change})
        assert answer.status_code == 422, change
        page = answer.content.decode()
        assert "Chưa lưu được" in page
        assert "The wait" in page
    assert _latest().sha256 == before
    act = reverse("surveys:set_change", args=[one.pk])
    for act_said in (
        {"act": "remove", "place": "0.0"},
        {"act": "up", "place": "9"},
        {"act": "x", "place": "0"},
    ):
        desk.post(act, act_said)
        assert _latest().sha256 == before


def test_a_fixed_version_is_begun_anew_and_an_old_page_is_not_written_over(desk, one):
    """What is in the field stays as it is."""
    act = reverse("surveys:set_change", args=[one.pk])
    desk.post(act, {"act": "fix"})
    one.refresh_from_db()
    assert one.state == "fixed"
    desk.post(reverse("surveys:question", args=[one.pk, "0"]), QUESTION)
    newer = _latest()
    assert (newer.version, newer.state) == (2, "draft")
    one.refresh_from_db()
    assert [q.code for q in form_of(one).questions] == ["chung"]
    desk.post(act, {"act": "head", "title_vi": "Ghi đè bản cũ"})
    assert _latest().title_vi == "Phiếu thử của bàn"
    desk.post(
        reverse("surveys:set_change", args=[newer.pk]),
        {"act": "head", "title_vi": "Người khác", "seen": "cu"},
    )
    assert _latest().title_vi == "Phiếu thử của bàn"


def test_a_file_that_cannot_be_read_is_answered_line_by_line(desk):
    """And nothing of it is kept."""
    before = Questionnaire.objects.count()
    wrong = (
        "questionnaire: 1\ncode: x\nversion: '1'\ngroup: ai\ntitle: T\nsections: [{title: A, questons: []}]\n"
    )
    for content in (wrong.encode(), b"\xff\xfe\x00", b"", b"- 1", b"PK\x03\x04 no workbook"):
        file = SimpleUploadedFile("phieu.yaml", content or b" ")
        answer = desk.post(reverse("surveys:set_begin"), {"act": "file", "file": file})
        assert answer.status_code == 422, content
    assert (
        "dòng 4"
        in desk.post(
            reverse("surveys:set_begin"),
            {"act": "file", "file": SimpleUploadedFile("p.yaml", wrong.encode())},
        ).content.decode()
    )
    assert desk.post(reverse("surveys:set_begin"), {"act": "file"}).status_code == 302
    assert Questionnaire.objects.count() == before


HEADS = ["type", "name", "label", "relevant", "default"]
CHOICES = Sheet("choices", ["list_name", "name", "label"], [["yn", "co", "Có"], ["yn", "khong", "Không"]])
SETTINGS = Sheet("settings", ["form_title", "form_id"], [["Phiếu từ Kobo", "phieu-kobo"]])


def _kobo(*rows):
    content = as_xlsx([Sheet("survey", HEADS, rows), CHOICES, SETTINGS])
    return {"act": "file", "file": SimpleUploadedFile("phieu, kobo.xlsx", content)}


def _hidden(page):
    """What the page's form carries to its confirmation."""
    named = [e.attributes for e in page.root.all("input") if e.attributes.get("name") == "confirmed"]
    return named[0]["value"]


def test_a_form_of_kobotoolbox_is_shown_kept_and_given_back(desk):
    """What is left out of it is said; nothing is kept before it is confirmed, and only what was shown."""
    rows = (
        ["start", "start"],
        ["select_one yn", "hai_long", "Có hài lòng không?"],
        ["text", "vi_sao", "Vì sao?", "${hai_long} = 'khong'", "Chờ lâu"],
    )
    shown = desk.post(reverse("surveys:set_begin"), _kobo(*rows))
    page = Page(shown.content.decode())
    assert not Questionnaire.objects.filter(code="phieu-kobo").exists()
    for words in ("Có hài lòng không?", "dòng 2", "default", "mã phieu-kobo"):
        assert words in shown.content.decode()
    url = reverse("surveys:set_keep")
    confirmed = _hidden(page)
    desk.post(url, {"confirmed": confirmed + "x", "group": "citizens"})
    desk.post(url, {"confirmed": confirmed, "group": "ai đó"})
    assert not Questionnaire.objects.filter(code="phieu-kobo").exists()
    desk.post(url, {"confirmed": confirmed, "group": "enterprises"})
    made = Questionnaire.objects.get(code="phieu-kobo")
    form = form_of(made)
    assert (form.group, form.by_code["vi_sao"].when.is_) == ("enterprises", ("khong",))
    file = desk.get(reverse("surveys:set_file", args=[made.pk, "xlsx"]))
    again = SimpleUploadedFile("lai.xlsx", file.content)
    shown = desk.post(reverse("surveys:set_begin"), {"act": "file", "file": again})
    assert "thay bản đang soạn" in shown.content.decode()
    desk.post(url, {"confirmed": _hidden(Page(shown.content.decode())), "group": "enterprises"})
    assert Questionnaire.objects.filter(code="phieu-kobo").count() == 1
    assert form_of(Questionnaire.objects.get(code="phieu-kobo")) == form


def test_what_does_not_fit_of_a_form_is_named_by_sheet_line_and_column(desk):
    """Also what the questions contradict: a name that stands twice, a condition that looks ahead."""
    before = Questionnaire.objects.count()
    for rows, place in (
        ([["text", "a", "A"], ["geopoint", "b", "B"]], "trang survey, dòng 3, cột type"),
        ([["text", "a", "A", "count(x) > 1"]], "trang survey, dòng 2, cột relevant"),
        ([["text", "a", "A"], ["text", "b", "B"], ["text", "a", "C"]], "trang survey, dòng 4"),
        ([["text", "a", "A", "${b} = 'co'"], ["select_one yn", "b", "B"]], "trang survey, dòng 2"),
    ):
        answer = desk.post(reverse("surveys:set_begin"), _kobo(*rows))
        assert answer.status_code == 422, rows
        assert place in answer.content.decode(), rows
    assert Questionnaire.objects.count() == before


def test_who_may_build(visitors, one):
    """Readers read, nobody else writes."""
    for who, status in (("secretariat", 200), ("leader", 403), ("focal", 403), ("administrator", 403)):
        assert visitors[who].get(reverse("surveys:question", args=[one.pk, "0"])).status_code == status
    assert visitors["leader"].get(reverse("surveys:set", args=[one.pk])).status_code == 200
    assert (
        visitors["leader"].post(reverse("surveys:set_change", args=[one.pk]), {"act": "fix"}).status_code
        == 403
    )
    one.refresh_from_db()
    assert one.state == "draft"
