"""What the office says once for all its papers: the drafts follow, and what cannot stand changes nothing."""

import io

import docx
import pytest
from addresses import TRAINING, address

from parindex.apps.audit.models import Entry
from parindex.apps.papers.models import Office


OFFICE = address("papers:office", (TRAINING,))
SHELF = address("papers:papers", (TRAINING,))
DECISION = address("papers:paper_file", ("minh-hoa/2024", "quyet-dinh-cong-bo", "docx"))
SAID = {
    "standing": "thanh-tra-tinh",
    "grounds": "Căn cứ Luật Cán bộ, công chức;\n\n  Nghị quyết số 76/NQ-CP  của Chính phủ ",
    "copies": "- Bộ Nội vụ;",
}


def _text(client):
    book = docx.Document(io.BytesIO(client.get(DECISION).content))
    return " ".join(p.text for p in book.element.body.iter() if p.tag.endswith("}t"))


def test_what_was_said_once_stands_in_the_drafts_of_every_round(visitors, read):
    """Of the same territory; the shelf shows it, and the ledger says who said what."""
    desk = visitors["secretariat"]
    assert "Sở Nội vụ" in read(SHELF, by=desk).root.text
    assert OFFICE in read(SHELF, by=desk).links
    assert OFFICE not in read(SHELF, by=visitors["leader"]).links
    before = _text(desk)
    assert "Theo đề nghị của Giám đốc Sở Nội vụ" in before
    assert "Luật Tổ chức chính quyền địa phương" in before
    assert desk.post(OFFICE, SAID).status_code == 302
    after = _text(desk)
    assert "Căn cứ Luật Cán bộ, công chức;" in after
    assert "Căn cứ Nghị quyết số 76/NQ-CP của Chính phủ;" in after
    assert "Theo đề nghị của Chánh Thanh tra tỉnh tại Tờ trình số …/TTr-TTT" in after
    assert "- Bộ Nội vụ; - Lưu: VT, TTT." in " ".join(after.split())
    assert "Nghị quyết số 76/NQ-CP của Chính phủ" in read(SHELF, by=visitors["leader"]).root.text
    entry = Entry.objects.filter(kind="office.described").latest("id")
    assert (entry.by, entry.payload["standing"]) == (visitors.person("secretariat").ref, "thanh-tra-tinh")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"standing": "so-khong-co"}, "so-khong-co"),
        ({"grounds": "\n".join(map(str, range(21)))}, "21 dòng"),
        ({"copies": "Nơi\n" + "x" * 501}, "Dòng 2 dài 501 ký tự"),
    ],
)
def test_what_cannot_stand_is_named_and_what_was_typed_stays(visitors, read, more, said):
    """Nothing is kept of it."""
    before = Office.objects.values().get()
    page = visitors["secretariat"].post(OFFICE, {**SAID, **more}).content.decode()
    assert said in page
    assert "Luật Cán bộ, công chức" in page or "grounds" in more
    assert Office.objects.values().get() == before


@pytest.mark.parametrize("who", ["assistant", "chair", "leader", "focal", "administrator"])
def test_only_who_runs_the_round_says_it(visitors, who):
    assert visitors[who].post(OFFICE, SAID).status_code == 403
