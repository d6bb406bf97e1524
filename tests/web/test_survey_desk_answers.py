"""From paper forms typed in twice to points: compared, settled, counted, read by those who may."""

import csv
import io

import pytest
from addresses import ANYONE, WHO
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from exit_survey import open_exit_survey, whole
from site_world import AT
from survey_addresses import ENTERING, READING, RUNNING

from parindex.apps.surveys import actions
from parindex.apps.surveys.models import Answer, Counter, Invitation, PaperForm
from parindex.core.formats.workbooks import xlsx_rows
from parindex.web.parts.workbooks import Sheet, as_xlsx


pytestmark = pytest.mark.usefixtures("clocked")

ROWS = ("place", "papers", "attitude", "guidance", "right", "heard")


@pytest.fixture
def survey(desk):
    """An open survey at the counters of a territory."""
    return open_exit_survey(desk, "Người dân", title_vi="Khảo sát tại quầy", key="quay")


def _form(level, text="=1+1", **more):
    return {
        "q-done_by": "counter",
        "q-in_time": "on_day",
        **{f"q-s.{row}": level for row in ROWS},
        "q-wishes": text,
        **more,
    }


def _batch(desk, survey, unit, size):
    said = {"group": "nguoi-dan", "unit": unit.pk, "label": "Tập 1", "size": size, "day": "2026-01-04"}
    answer = desk.post(reverse("surveys:batches", args=[survey.slug]), said)
    return survey.batches.get(), answer


def test_two_people_type_a_form_in_and_a_difference_is_settled(visitors, desk, survey, unit):
    """The second one does not see what the first one typed; nobody types the same form twice."""
    other = visitors["assistant"]
    batch, answer = _batch(desk, survey, unit, 2)
    assert answer.headers["Location"] == reverse("surveys:batch", args=[survey.slug, batch.pk])
    first, second = (reverse("surveys:paper_form", args=[survey.slug, batch.pk, n]) for n in (1, 2))
    assert desk.post(first, _form("5")).headers["Location"] == second
    shown = other.get(first).content.decode()
    assert "checked" not in shown
    assert "Nhập lần hai" in shown
    other.post(first, _form("5", **{"q-s.heard": "2"}))
    assert PaperForm.objects.get(batch=batch, number=1).settled is None
    page = desk.get(first).content.decode()
    assert "Rất hài lòng" in page
    assert "Chỗ khác nhau" in page
    desk.post(first, _form("5", **{"q-s.heard": "2"}))
    kept = Answer.objects.get(survey=survey)
    assert (kept.unit, kept.channel, kept.content["s"]["heard"]) == (unit, "paper", "2")
    wrong = desk.post(second, _form("77"))
    assert wrong.status_code == 422
    assert "Chưa lưu được" in wrong.content.decode()
    assert PaperForm.objects.get(batch=batch, number=2).first is None


def test_paper_becomes_figures_points_and_files(visitors, desk, survey, unit):
    """Three satisfied of four: 75 %, on the pages of the desk, in public and in files without formulas."""
    batch, _ = _batch(desk, survey, unit, 4)
    for n, level in enumerate(("5", "4", "5", "1"), start=1):
        url = reverse("surveys:paper_form", args=[survey.slug, batch.pk, n])
        for who in ("secretariat", "assistant"):
            visitors[who].post(url, _form(level))
    assert Answer.objects.filter(survey=survey).count() == 4
    assert "Sở Y tế" in desk.get(reverse("surveys:progress", args=[survey.slug])).content.decode()
    results = reverse("surveys:results", args=[survey.slug])
    desk.post(results)
    assert not survey.counts.exists()  # it is still open
    desk.post(reverse("surveys:step", args=[survey.slug]), {"act": "close"})
    desk.post(results)
    assert survey.counts.count() == 1
    page = desk.get(results).content.decode()
    assert "75,0" in page
    public = visitors[ANYONE].get(reverse("answer:result", args=[survey.slug]))
    assert "75,0" in public.content.decode()
    texts = desk.get(reverse("surveys:texts", args=[survey.slug]), {"tim": "1+1"}).content.decode()
    assert texts.count("=1+1") >= 4
    file = desk.get(reverse("surveys:answers_file", args=[survey.slug, "csv"]))
    rows = list(csv.DictReader(io.StringIO(whole(file).decode("utf-8-sig"))))
    assert len(rows) == 4
    assert all(row["wishes"] == "'=1+1" for row in rows)
    for kind in ("csv", "xlsx"):
        assert desk.get(reverse("surveys:results_file", args=[survey.slug, kind])).status_code == 200
        assert (
            visitors[ANYONE].get(reverse("answer:result_file", args=[survey.slug, kind])).status_code == 200
        )


def test_few_answers_are_shown_to_nobody(visitors, desk, survey, unit):
    """Neither figures nor texts nor rows of a unit below the limit."""
    batch, _ = _batch(desk, survey, unit, 2)
    for n in (1, 2):
        for who in ("secretariat", "assistant"):
            url = reverse("surveys:paper_form", args=[survey.slug, batch.pk, n])
            visitors[who].post(url, _form("5", text="bí mật"))
    desk.post(reverse("surveys:step", args=[survey.slug]), {"act": "close"})
    desk.post(reverse("surveys:results", args=[survey.slug]))
    page = desk.get(reverse("surveys:results", args=[survey.slug])).content.decode()
    assert "100,0" not in page
    assert "không hiện" in page
    assert "bí mật" not in desk.get(reverse("surveys:texts", args=[survey.slug])).content.decode()
    for name in ("answers_file", "texts_file"):
        assert "bí mật" not in whole(desk.get(reverse(f"surveys:{name}", args=[survey.slug, "csv"]))).decode()
    open_file = visitors[ANYONE].get(reverse("answer:result_file", args=[survey.slug, "csv"]))
    assert "100" not in open_file.content.decode()


def test_strata_links_and_counters(desk, survey, unit):
    """Lines that name no unit are answered by their number; links are told in one file, once."""
    url = reverse("surveys:links", args=[survey.slug, "nguoi-dan"])
    wrong = desk.post(url, {"act": "issue", "lines": "0900000001\n0900000002; Sở Không Có"})
    assert wrong.status_code == 422
    assert "dòng 2" in wrong.content.decode()
    assert not Invitation.objects.filter(group__survey=survey).exists()
    file = desk.post(url, {"act": "issue", "lines": "0900000001\n0900000002"})
    assert file.headers["Content-Type"].endswith("sheet")
    assert Invitation.objects.filter(group__survey=survey).count() == 2
    assert desk.post(url, {"act": "remind"}).status_code == 200
    said = {"group": "nguoi-dan", "unit": unit.pk, "label": "Quầy 1", "hourly": "30"}
    desk.post(reverse("surveys:invite", args=[survey.slug]), said)
    counter = Counter.objects.get(group__survey=survey)
    poster = desk.get(reverse("surveys:poster", args=[survey.slug, counter.pk])).content.decode()
    assert counter.code in poster
    for name, arguments in (("poster_file", [survey.slug, counter.pk]), ("posters", [survey.slug])):
        assert desk.get(reverse(f"surveys:{name}", args=arguments)).content.startswith(b"%PDF-"), name
    assert desk.get(reverse("surveys:strata", args=[survey.slug, "nguoi-dan"])).status_code == 200


def _sent(name, rows):
    return {
        "act": "file",
        "file": SimpleUploadedFile(f"{name}.xlsx", as_xlsx([Sheet(name, rows[0], rows[1:])])),
    }


def test_tables_go_down_and_come_back_as_workbooks(desk, survey, unit):
    """Columns in any order are laid out as lines, nothing is kept; a column that would be lost is refused."""
    slug = survey.slug
    for name, arguments, heading, row in (
        ("links", [slug, "nguoi-dan"], "Điện thoại hoặc thư điện tử", "0900000001"),
        ("outside", [slug], "Đơn vị", "Sở Y tế"),
    ):
        table = desk.get(reverse(f"surveys:{name}_file", args=[*arguments, "xlsx"]))
        assert heading in " ".join(xlsx_rows(table.content, "bang.xlsx")[0][1])
        url = reverse(f"surveys:{name}", args=arguments)
        laid = desk.post(url, _sent("bang", [["", heading], ["", row]]))
        assert (laid.status_code, row in laid.content.decode()) == (200, True)
        wrong = desk.post(url, _sent("bang", [[heading, "Lương"], [row, "9"]]))
        assert (wrong.status_code, "Lương" in wrong.content.decode()) == (422, True)
        assert desk.post(url, _sent("bang", [["Cột"], [row]])).status_code == 422
        assert desk.post(url, {"act": "file"}).status_code == 422
    assert not survey.outside.exists()
    assert not Invitation.objects.filter(group__survey=survey).exists()
    assert desk.post(reverse("surveys:outside", args=[slug]), {"body": "B", "report": "1"}).status_code == 422
    assert desk.get(reverse("surveys:links_file", args=[slug, "nguoi-dan", "pdf"])).status_code == 404


def test_strata_are_laid_out_of_a_file_and_saved_as_they_then_stand(desk, survey, unit):
    """Of an open survey they stay as they are, and the page says why."""
    url = reverse("surveys:strata", args=[survey.slug, "nguoi-dan"])
    rows = [["Tổng thể N", "Đơn vị", "Cỡ mẫu n"], [1200, "so-y-te", ""], [300, "Sở Nội vụ", 20]]
    laid = desk.post(url, _sent("tang", rows)).content.decode()
    assert "so-y-te\t\t1200\t" in laid
    assert desk.post(url, {"lines": "Sở Y tế; ; 1200; mười"}).status_code == 422
    assert desk.post(url, {"lines": "Sở Y tế; ; 1200; 40"}).status_code == 422
    survey.state = "draft"
    survey.save()
    assert desk.post(url, {"lines": "so-y-te\t\t1200\t\nSở Nội vụ\t\t300\t20"}).status_code == 302
    group = survey.groups.get()
    assert [(s.population, s.quota) for s in group.strata.all()] == [(1200, 300), (300, 20)]
    table = desk.get(reverse("surveys:strata_file", args=[survey.slug, group.code, "xlsx"]))
    assert [row[2:] for _, row in xlsx_rows(table.content, "t.xlsx")[1:]] == [["1200", "300"], ["300", "20"]]
    assert desk.post(url, {"act": "dossiers", "first": "x"}).status_code == 422


def test_the_next_of_the_reserve_is_asked_in_place_of_another(desk, survey, unit):
    """From the list of those who have not answered, with a reason, in a file told once."""
    group = survey.groups.get()
    survey.state = "draft"
    survey.save()
    actions.set_strata(group=group, rows=[actions.StratumWritten(unit, 40, 2)], by="t", at=AT)
    lines = "\n".join(f"09000000{n}; Sở Y tế" for n in range(10, 15))
    links = reverse("surveys:links", args=[survey.slug, group.code])
    assert desk.post(links, {"act": "draw", "lines": lines, "reserve": "1"}).status_code == 200
    url = reverse("surveys:reserve", args=[survey.slug, group.code])
    page = desk.get(url).content.decode()
    out, spare = Invitation.objects.filter(group=group).first().contact, group.reserves.get().contact
    assert out in page
    assert spare in page
    assert desk.post(url, {"contact": out, "reason": ""}).status_code == 422
    file = desk.post(url, {"contact": out, "reason": "Gọi ba lần không gặp"})
    assert file.headers["Cache-Control"] == "no-store"
    assert spare in " ".join(xlsx_rows(file.content, "t.xlsx")[1][1])
    assert not Invitation.objects.filter(contact=out).exists()
    assert desk.post(url, {"contact": spare, "reason": "Không gặp"}).status_code == 422


def test_results_of_another_body_are_all_taken_or_none(desk, survey, unit):
    """A unit without a line is without survey."""
    url = reverse("surveys:outside", args=[survey.slug])
    said = {"body": "Mặt trận Tổ quốc", "report": "12/BC", "lines": "Sở Y tế; ; 82,1; 400; 1,2\nSở Lạ;;9;9"}
    assert desk.post(url, said).status_code == 422
    assert not survey.outside.exists()
    assert desk.post(url, {**said, "lines": "Sở Y tế; ; 182; 400"}).status_code == 422
    desk.post(url, {**said, "lines": "Sở Y tế; ; 82,1; 400; 1,2"})
    page = desk.get(url).content.decode()
    assert "82,1" in page
    assert "không có điều tra" in page


def test_each_page_is_for_whom_it_is_for(visitors, desk, survey, unit):
    """Deny by default."""
    batch, _ = _batch(desk, survey, unit, 1)
    slug = survey.slug
    pages = {
        ("invite", slug): RUNNING,
        ("strata", slug, "nguoi-dan"): RUNNING,
        ("links", slug, "nguoi-dan"): RUNNING,
        ("reserve", slug, "nguoi-dan"): RUNNING,
        ("strata_file", slug, "nguoi-dan", "xlsx"): RUNNING,
        ("links_file", slug, "nguoi-dan", "xlsx"): RUNNING,
        ("outside_file", slug, "xlsx"): RUNNING,
        ("progress", slug): READING,
        ("batches", slug): ENTERING,
        ("blank", slug, "nguoi-dan", "pdf"): READING,
        ("batch", slug, batch.pk): ENTERING,
        ("paper_form", slug, batch.pk, 1): ENTERING,
        ("outside", slug): RUNNING,
        ("flags", slug): READING,
        ("texts", slug): READING,
        ("results", slug): READING,
        ("answers_file", slug, "csv"): RUNNING,
        ("texts_file", slug, "csv"): READING,
    }
    for (name, *arguments), may in pages.items():
        url = reverse(f"surveys:{name}", args=arguments)
        got = {who: visitors[who].get(url).status_code for who in WHO}
        assert got == {who: 200 if who in may else 302 if who == ANYONE else 403 for who in WHO}, name
    assert visitors["leader"].post(reverse("surveys:results", args=[slug])).status_code == 403
    assert visitors[ANYONE].get(reverse("answer:result", args=[slug])).status_code == 404
