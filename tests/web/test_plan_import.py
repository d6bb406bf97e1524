"""A plan's file brought in on the site: sent, mapped, asked about, taken; refused with its place."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from page import Page
from site_world import AT
from test_unit_evidence import own_home  # noqa: F401  a fixture

from parindex.apps.evidence.models import Document
from parindex.apps.organisations.models import Unit
from parindex.apps.plans import actions
from parindex.apps.plans.actions import PlanWritten
from parindex.apps.plans.models import Plan, TaskFile
from tests.plan_files import excel_plan, word_plan


pytestmark = pytest.mark.usefixtures("own_home")


@pytest.fixture
def draft(world):
    """A draft of the department of health, with two divisions."""
    unit = Unit.objects.get(parent__code="minh-hoa", code="so-y-te")
    for code, name in (("vp-so", "Văn phòng Sở"), ("p-qlvh", "Phòng Quản lý Văn hóa")):
        Unit.objects.get_or_create(parent=unit, code=code, defaults={"name_vi": name, "type": "division"})
    written = PlanWritten(title="Kế hoạch cải cách hành chính năm 2025", year=2025)
    return actions.begin_plan(unit=unit, written=written, by="person:1", at=AT)


def _send(visitors, plan, content, name="ke-hoach.docx", by="focal", **more):
    url = reverse("plans:import", args=[plan.pk])
    return visitors[by].post(url, {"file": SimpleUploadedFile(name, content), **more})


def _sent(visitors, plan, content, name="ke-hoach.docx"):
    """The address of the preview of a file that was taken in."""
    response = _send(visitors, plan, content, name)
    assert response.status_code == 302, response.content.decode()[-2000:]
    return response.url


def _page(visitors, url, by="focal"):
    response = visitors[by].get(url)
    assert response.status_code == 200
    page = Page(response.content.decode())
    assert page.faults == []
    return page


def test_from_a_word_file_to_tasks_with_one_question_answered_in_its_row(visitors, draft):
    """The file is kept as a document; what is asked is asked where it stands."""
    url = _sent(visitors, draft, word_plan())
    page = _page(visitors, url)
    assert "Còn 1 dòng chưa rõ" in page.root.text
    assert "phụ thuộc việc khác" in page.root.text
    assert "lĩnh vực, nhóm của các dòng dưới" in page.root.text
    response = visitors["focal"].post(url, {"act": "take"}, follow=True)
    assert "dòng đầu: bảng 3, dòng 3. Chưa nhập dòng nào." in response.content.decode()
    assert not draft.tasks.exists()
    answers = {"f.due.3.3": "30/6/2025", "shown.no_day.3.3": "1", "shown.left.3.3": "1"}
    response = visitors["focal"].post(url, answers)
    assert response.url.endswith("#cau-hoi")
    assert "Còn 1 dòng" not in _page(visitors, url).root.text
    response = visitors["focal"].post(url, {"act": "take"}, follow=True)
    assert "Đã nhập 6 nhiệm vụ vào kế hoạch." in response.content.decode()
    assert draft.tasks.count() == 6
    document = Document.objects.get(unit=draft.unit, file_name="ke-hoach.docx")
    assert Plan.objects.get(pk=draft.pk).document == document
    assert "tệp không nhập lần nữa" in _page(visitors, url).root.text


def test_the_same_file_again_opens_what_was_begun_and_is_refused_once_taken(visitors, draft):
    """Nothing is doubled."""
    content = word_plan()
    url = _sent(visitors, draft, content)
    assert _sent(visitors, draft, content) == url
    visitors["focal"].post(url, {"f.no_day.3.3": "1"})
    visitors["focal"].post(url, {"act": "take"})
    response = _send(visitors, draft, content)
    assert response.status_code == 422
    assert "không nhập lần nữa" in response.content.decode()
    assert (draft.tasks.count(), TaskFile.objects.filter(plan=draft).count()) == (6, 1)


def test_columns_are_chosen_by_hand(visitors, draft):
    """Each field once; a column that is not taken is left aside."""
    url = _sent(visitors, draft, excel_plan(), "ke-hoach.xlsx")
    fields = ["number", "content", "", "lead", "coordinating", "due", ""]
    visitors["focal"].post(url, {"act": "columns", **{f"k.1.{k}": f for k, f in enumerate(fields)}})
    assert "Sản phẩm: Kế hoạch" not in _page(visitors, url).root.text
    fields[2] = "due"
    response = visitors["focal"].post(
        url, {"act": "columns", **{f"k.1.{k}": f for k, f in enumerate(fields)}}, follow=True
    )
    assert "Hai cột cùng là “Thời hạn”" in response.content.decode()


def test_a_name_that_stands_in_many_rows_is_answered_once(visitors, draft):
    """With the units to choose from."""
    rows = [("I", "Cải cách thể chế")]
    rows += [(str(k), f"Việc {k}", "", "Bộ phận Pháp chế", "", "31/12", "") for k in range(1, 4)]
    url = _sent(visitors, draft, excel_plan(rows), "a.xlsx")
    page = _page(visitors, url)
    assert "“Bộ phận Pháp chế” 3 dòng" in page.root.text
    visitors["focal"].post(url, {"n.lead|bo phan phap che": "Văn phòng Sở"})
    response = visitors["focal"].post(url, {"act": "take"}, follow=True)
    assert "Đã nhập 3 nhiệm vụ" in response.content.decode()
    assert {t.lead.code for t in draft.tasks.all()} == {"vp-so"}


def test_any_row_may_be_changed_or_left_out(visitors, draft):
    """Though nothing is asked of it."""
    url = _sent(visitors, draft, excel_plan(), "a.xlsx")
    assert 'name="f.content.1.8"' in visitors["focal"].get(f"{url}?sua=1/8").content.decode()
    answers = {"f.content.1.8": "Ban hành kế hoạch năm 2025", "shown.left.1.8": "1"}
    visitors["focal"].post(url, {**answers, "f.left.1.9": "1", "f.no_day.1.13": "1"})
    visitors["focal"].post(url, {"act": "take"})
    contents = [t.content for t in draft.tasks.order_by("number")]
    assert contents[0] == "Ban hành kế hoạch năm 2025"
    assert len(contents) == 5


def test_a_file_may_be_given_up(visitors, draft):
    """It stays in the vault, and nothing of it in the plan."""
    url = _sent(visitors, draft, word_plan())
    response = visitors["focal"].post(url, {"act": "drop"}, follow=True)
    assert "tệp vẫn ở kho tài liệu" in response.content.decode()
    assert visitors["focal"].get(url).status_code == 404
    assert not TaskFile.objects.filter(plan=draft).exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.docx", b"x", "Chỉ đọc được tệp .docx hoặc .xlsx"),
        ("a.docx", word_plan()[:3000], "tệp bị hỏng"),
        ("a.docx", word_plan([], heads=[*"abcd", "", "e", "f"], lower=[""] * 7), "Không tìm thấy bảng"),
    ],
    ids=["text", "broken", "no table"],
)  # fmt: skip
def test_what_is_no_plan_is_refused_and_not_kept(visitors, draft, name, content, words):
    """With what is wanted instead."""
    before = Document.objects.count()
    response = _send(visitors, draft, content, name)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert (Document.objects.count(), TaskFile.objects.count()) == (before, 0)


def test_only_who_makes_the_plan_brings_in_its_tasks(visitors, draft):
    """Neither an officer nor another unit, whatever they send."""
    url = _sent(visitors, draft, word_plan())
    for who in ("officer", "neighbour", "secretariat", "stranger"):
        assert visitors[who].get(url).status_code in {403, 404}
        assert _send(visitors, draft, excel_plan(), "b.xlsx", by=who).status_code in {403, 404}
        assert visitors[who].post(url, {"act": "take"}).status_code in {403, 404}
    other = actions.begin_plan(unit=draft.unit, written=PlanWritten("Khác", 2025), by="person:1", at=AT)
    assert visitors["focal"].get(url.replace(f"/{draft.pk}/", f"/{other.pk}/")).status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {"act": "columns", "k.1.99": "due", "k.x.1": "due", "k.1": "due"},
        {
            "f.due.1": "x",
            "f.due.99.99": "x",
            "f.evil.1.8": "x",
            "n.what|x": "y",
            "n.lead|": "y",
            "f.content.1.8": "\0",
        },
        {"act": "take", "f.content.1.8": "x" * 5000},
        {"f.content.1.8": "x" * 5000},
        {},
    ],
)
def test_whatever_is_sent_nothing_breaks(visitors, draft, sent):
    """And nothing of the plan changes."""
    url = _sent(visitors, draft, excel_plan(), "a.xlsx")
    assert visitors["focal"].post(url, sent).status_code == 302
    _page(visitors, url)
    assert not draft.tasks.exists()


def test_a_long_file_needs_no_query_for_each_row(visitors, draft, django_assert_max_num_queries):
    """Of three hundred rows."""
    rows = [(str(k), f"Việc {k}", "", "Văn phòng Sở", "", "Quý III", "") for k in range(1, 301)]
    url = _sent(visitors, draft, excel_plan([("I", "Cải cách thể chế"), *rows]), "a.xlsx")
    with django_assert_max_num_queries(45):
        _page(visitors, url)
    with django_assert_max_num_queries(700):
        visitors["focal"].post(url, {"act": "take"})
    assert draft.tasks.count() == 300
