"""The signed copy of a paper comes back: what is taken, what is refused, and who may."""

import pytest
from address_papers import DECISION
from addresses import address
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from parindex.apps.assessments.models import Round
from parindex.apps.audit.models import Entry
from parindex.apps.evidence.models import Document
from parindex.apps.papers.models import IssuedPaper
from parindex.apps.papers.queries import decision_of, decisions_behind
from parindex.apps.papers.snapshots import facts_of


SAID = {"number": "2162/QĐ-UBND", "date": "2026-01-05", "signer": "Trần Văn A", "position": "Chủ tịch"}
OTHER = ("minh-hoa/2025-co-quan", DECISION[1])


@pytest.fixture
def issue(visitors):
    """Sends the form as somebody; returns the texts of the page that follows."""

    def send(by="secretariat", paper=DECISION, *, file=None, name="ban-ky.pdf", **more):
        sent = dict(SAID, **more)
        if file is not None:
            sent["file"] = SimpleUploadedFile(name, file)
        answer = visitors[by].post(address("papers:issue", paper), sent, follow=True)
        return answer.status_code, answer.content.decode()

    return send


def _draft(visitors, paper=DECISION):
    return (
        visitors["secretariat"]
        .get(
            address(
                "papers:paper_file",
                (
                    *paper,
                    "pdf",
                ),
            )
        )
        .content
    )


def _rows():
    return IssuedPaper.objects.filter(kind=DECISION[1])


def test_the_signed_copy_is_kept_shown_and_fetched(visitors, issue, read):
    """Its code is read in it; the ledger says so; the list shows its number."""
    signed = _draft(visitors)
    status, page = issue(file=signed)
    assert status == 200
    assert "Đã ghi văn bản là đã ban hành." in page
    made = _rows().get()
    assert (made.number, made.signer, made.code_read) == ("2162/QĐ-UBND", "Trần Văn A", True)
    assert made.document.number == "2162/QĐ-UBND"
    entry = Entry.objects.filter(kind="paper.issued").latest("id")
    assert entry.payload["number"] == "2162/QĐ-UBND"
    assert "signer" not in entry.payload
    shown = read(address("papers:paper", DECISION), by=visitors["leader"]).root.text
    assert "2162/QĐ-UBND" in shown
    assert "Mã số liệu trong tệp khớp kết quả." in shown
    assert (
        "2162/QĐ-UBND, 05/01/2026"
        in read(address("papers:papers", DECISION[:1]), by=visitors["member"]).root.text
    )
    file = visitors["member"].get(address("papers:signed_file", (DECISION[0], made.pk)))
    assert b"".join(file.streaming_content) == signed
    assert visitors["focal"].get(address("papers:signed_file", (DECISION[0], made.pk))).status_code == 403


def test_signatures_are_looked_at_once_asked(visitors, issue, read):
    """This copy carries none."""
    issue(file=_draft(visitors))
    page = read(address("papers:paper", DECISION) + "?chu-ky=1", by=visitors["secretariat"])
    assert "Tệp không có chữ ký số." in page.root.text


def test_later_papers_cite_it(visitors, issue):
    """By number and date, without anybody typing them again."""
    issue()
    round_ = Round.objects.get(territory__code="minh-hoa", code="2024")
    facts = facts_of(round_, "thong-bao-ket-qua", at=timezone.now())
    assert facts.issued[DECISION[1]].number == "2162/QĐ-UBND"


def test_the_form_of_publication_proposes_the_decision_that_came_back(issue):
    """By number and date; an adjustment, once something was published."""
    issue()
    round_ = Round.objects.get(territory__code="minh-hoa", code="2024")
    assert decision_of(round_) == ""
    round_.publications.all().delete()
    assert decision_of(round_) == "2162/QĐ-UBND ngày 05/01/2026"


def test_the_public_ranking_names_the_decision(issue, read):
    """By its number and date, once it came back."""
    public = address("public:ranking", ("minh-hoa", 2024, "co-quan"))
    assert "Quyết định số" not in read(public).root.text
    issue()
    assert "Quyết định số 2162/QĐ-UBND ngày 05/01/2026" in read(public).root.text


def test_an_issue_after_another_replaces_it_and_both_stay(visitors, issue, read):
    """The second is the one that counts."""
    issue()
    issue(number="2200/QĐ-UBND")
    first, second = _rows().order_by("id")
    assert second.replaces == first
    result = second.round.results.latest("id")
    assert [d.number for d in decisions_behind(result.pk)] == ["2200/QĐ-UBND"]
    page = read(address("papers:paper", DECISION), by=visitors["secretariat"]).root.text
    assert "2162/QĐ-UBND đã thay thế" in page


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"number": "  "}, "Phải ghi số, ký hiệu văn bản."),
        ({"signer": " "}, "Phải ghi người ký văn bản."),
        ({"date": "2999-01-01"}, "Ngày văn bản 01/01/2999 chưa đến"),
        ({"date": "hôm qua"}, "Ngày chưa đúng; ghi ngày trên bản đã ký."),
        ({"date": "2026-02-30"}, "Ngày chưa đúng; ghi ngày trên bản đã ký."),
        ({"file": b"no pdf at all", "name": "ban-ky.pdf"}, "ban-ky.pdf"),
        ({"file": b"plain text that is none", "name": "ghi.txt"}, "không phải tệp PDF"),
    ],
)
def test_what_does_not_hold_is_refused_with_its_reason_and_nothing_is_kept(issue, more, said):
    """No row, no document, no entry."""
    before = Document.objects.count(), Entry.objects.filter(kind="paper.issued").count()
    _, page = issue(**more)
    assert said in page
    assert not _rows().exists()
    assert (Document.objects.count(), Entry.objects.filter(kind="paper.issued").count()) == before


def test_a_copy_made_from_other_figures_is_refused_and_not_kept(visitors, issue):
    """By the code at the foot of its pages."""
    before = Document.objects.count()
    _, page = issue(file=_draft(visitors, OTHER))
    assert "văn bản được lập từ số liệu khác" in page
    assert not _rows().exists()
    assert Document.objects.count() == before


@pytest.mark.parametrize("who", ["focal", "head", "appraiser", "assistant", "leader", "chair", "stranger"])
def test_only_who_runs_the_round_records_it(issue, who):
    """A unit's person who forges the form is refused, as is whoever only follows the round."""
    status, _ = issue(by=who)
    assert status == 403
    assert not _rows().exists()


def test_a_paper_that_cannot_be_made_is_not_issued(issue):
    """A running round has no decision."""
    status, page = issue(paper=("minh-hoa/tap-huan-tham-dinh", DECISION[1]))
    assert status == 403
    assert "Chưa lập được" in page
    assert issue(paper=(DECISION[0], "khong-co"))[0] == 404
