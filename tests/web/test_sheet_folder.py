"""A whole folder attached: which file goes where is shown first, and then done in one act."""

import hashlib
import io
import json
import unicodedata
import zipfile
from fractions import Fraction

import pytest
from addresses import address
from django.core.files.uploadedfile import SimpleUploadedFile
from test_unit_evidence import added, own_home  # noqa: F401  fixtures
from test_unit_sheet import OPEN, UNIT, on_the_day, participant  # noqa: F401  fixtures

from parindex.apps.assessments.models import EvidenceLink
from parindex.apps.assessments.rules.checks import Cut
from parindex.apps.audit.models import Entry
from parindex.web.unit import remarks


FOLDER = ("unit:folder", (OPEN, UNIT))
TEXT = "Số: {n}/BC-SYT\nBáo cáo kết quả\n"
LONG = "Báo cáo kết quả thực hiện " + "ế" * 225 + ".txt"


def _zip(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return SimpleUploadedFile("Minh chứng.zip", out.getvalue())


def _plan(client, files):
    """The plan's page, after a ZIP was sent."""
    response = client.post(address(*FOLDER), {"zip": _zip(files)})
    assert response.status_code == 302
    return response.headers["Location"]


def _form(client, url):
    """What the plan's form would send untouched."""
    from page import Page

    page = Page(client.get(url).content.decode())
    assert page.faults == []
    sent = {"take": []}
    for field in page.root.all("input"):
        name, value = field.attributes.get("name"), field.attributes.get("value", "")
        if name == "take" and "checked" in field.attributes:
            sent["take"].append(value)
        elif name and name.startswith("code-"):
            sent[name] = value
    return page, sent


@pytest.fixture
def officer(visitors):
    """Of the health department."""
    return visitors["officer"]


def test_folders_with_codes_attach_themselves_after_a_preview(officer, participant, added):  # noqa: F811
    """In one act; names with accents, of 255 letters, and in decomposed form are kept."""
    decomposed = unicodedata.normalize("NFD", "Kế hoạch số 2.txt")
    files = {
        "Minh chứng/3.2.2/Danh sách, quý IV.txt": TEXT.format(n=1),
        f"Minh chứng/3.2.4 - Số hóa/{decomposed}": TEXT.format(n=2),
        f"Minh chứng/TC 1.1.1/{LONG}": TEXT.format(n=3),
    }
    url = _plan(officer, files)
    page, sent = _form(officer, url)
    assert "3 trong 3 tệp" in page.root.text
    assert not added.exists()
    assert sorted(v for k, v in sent.items() if k != "take") == ["1.1.1", "3.2.2", "3.2.4"]
    entries = Entry.objects.filter(kind="evidence.attached").count()
    officer.post(url, sent)
    links = EvidenceLink.objects.filter(document__in=added)
    assert {(x.leaf, x.document.file_name) for x in links} == {
        ("3.2.2", "Danh sách, quý IV.txt"),
        ("3.2.4", decomposed),
        ("1.1.1", LONG),
    }
    assert Entry.objects.filter(kind="evidence.attached").count() == entries + 1
    packed = officer.get(address("unit:archive", (OPEN, UNIT)))
    names = zipfile.ZipFile(io.BytesIO(b"".join(packed.streaming_content))).namelist()
    assert "3.2.2/Danh sách, quý IV.txt" in names
    assert officer.get(url).status_code == 302


def test_an_unknown_folder_is_given_its_code_by_hand_or_goes_to_the_vault(officer, participant, added):  # noqa: F811
    """A code that is none is said at its row, and nothing is done."""
    url = _plan(
        officer, {"Khác/a.txt": TEXT.format(n=1), "9.9/b.txt": TEXT.format(n=2), "c.txt": TEXT.format(n=3)}
    )
    page, sent = _form(officer, url)
    assert "9.9" in page.root.text
    sent |= {"code-0": "3.2.2", "code-1": "7.7.7"}
    response = officer.post(url, sent)
    assert response.status_code == 422
    assert "7.7.7" in response.content.decode()
    assert not added.exists()
    officer.post(url, sent | {"code-1": ""})
    assert added.count() == 3
    assert EvidenceLink.objects.get(document__in=added).leaf == "3.2.2"


def test_refused_files_are_named_with_their_reason_and_the_good_ones_go_on(officer, participant, added):  # noqa: F811
    """A script named .pdf, what computers leave, an escape from the folder, an unticked file."""
    files = {
        "3.2.2/Kế hoạch.pdf": b"#!/bin/sh\nrm -rf /\n",
        "3.2.2/.DS_Store": b"x",
        "../3.2.2/thoát.txt": TEXT.format(n=1),
        "3.2.2/trống.txt": b"",
        "3.2.2/tốt.txt": TEXT.format(n=2),
        "3.2.2/không lấy.txt": TEXT.format(n=3),
    }
    url = _plan(officer, files)
    page, sent = _form(officer, url)
    assert sent["take"] == ["4", "5"]
    assert len(page.root.all("span", "warn")) == 4
    officer.post(url, sent | {"take": ["0", "2", "4", "99"], "code-0": "3.2.2"})
    assert [d.file_name for d in added] == ["tốt.txt"]


def test_the_same_file_is_recognised_by_its_hash(officer, participant, added):  # noqa: F811
    """Under another path; attached, not stored twice."""
    files = {"3.2.2/a.txt": TEXT.format(n=1)}
    for code in ("3.2.2", "3.2.4"):
        url = _plan(officer, {f"{code}/a.txt": files["3.2.2/a.txt"]})
        page, sent = _form(officer, url)
        officer.post(url, sent)
    assert "Đã có trong kho" in page.root.text
    assert added.count() == 1
    assert EvidenceLink.objects.filter(document__in=added).count() == 2


def test_a_secrecy_mark_waits_for_an_answer_while_the_others_are_kept(officer, participant, added):  # noqa: F811
    """The plan stays; ticking the question keeps it."""
    marked = "TỐI MẬT\nỦY BAN NHÂN DÂN\nSố: 1/BC-UBND\nBÁO CÁO\n"
    url = _plan(officer, {"3.2.2/a.txt": TEXT.format(n=1), "3.2.2/mật.txt": marked})
    _, sent = _form(officer, url)
    assert officer.post(url, sent).headers["Location"] == url
    assert [d.file_name for d in added] == ["a.txt"]
    _, sent = _form(officer, url)
    said = officer.post(url, sent | {"checked": "1"}, follow=True).content.decode()
    assert added.all().count() == 2, said


def test_a_chosen_folder_sends_its_paths_beside_its_files(officer, participant, added):  # noqa: F811
    """Forged paths change nothing but the plan."""
    files = [SimpleUploadedFile("a.txt", TEXT.format(n=k).encode()) for k in (1, 2)]
    paths = ["Hồ sơ/3.2.2/a.txt", "Hồ sơ/3.2.4/a.txt"]
    sent = {"file": files, "paths": json.dumps(paths)}
    url = officer.post(address(*FOLDER), sent).headers["Location"]
    _, form = _form(officer, url)
    assert (form["code-0"], form["code-1"]) == ("3.2.2", "3.2.4")
    for forged in (
        "[1, 2]",
        "[",
        '{"a": 1}',
        json.dumps(paths[:1]),
        json.dumps(["../../etc/passwd", "\ud800/x"]),
    ):
        files = [SimpleUploadedFile("a.txt", TEXT.format(n=k).encode()) for k in (1, 2)]
        response = officer.post(address(*FOLDER), {"file": files, "paths": forged})
        assert officer.get(response.headers["Location"]).status_code == 200, forged


def test_names_in_an_old_code_page_are_read_and_said_to_be_guessed(officer, participant):  # noqa: F811
    """Windows-1258, as Vietnamese programs packed them."""
    name = "Kế hoạch.txt"
    raw = unicodedata.normalize("NFD", name)
    raw = unicodedata.normalize("NFC", raw[:1]) + raw[1:]
    packed = _zip({"3.2.2/XXXXXXXXXXXX.txt": TEXT.format(n=1)}).read()
    old = "Ke^".encode("cp1258") + bytes([0xEA, 0xEC]) + b" ho?ch".replace(b"?", bytes([0x61, 0xF2]))
    content = packed.replace(b"XXXXXXXXXXXX", old[:12].ljust(12, b"-"))
    sent = {"zip": SimpleUploadedFile("cu.zip", content)}
    url = officer.post(address(*FOLDER), sent).headers["Location"]
    assert "bảng mã" in officer.get(url).content.decode()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"khong phai tep nen"])
def test_what_is_no_archive_is_said_to_be_none(officer, participant, content):  # noqa: F811
    """And nothing waits."""
    response = officer.post(address(*FOLDER), {"zip": SimpleUploadedFile("a.zip", content)}, follow=True)
    assert response.redirect_chain[-1][0] == address(*FOLDER)
    assert 'class="message error"' in response.content.decode()


def test_another_person_and_another_unit_do_not_reach_a_plan(visitors, officer, participant, added):  # noqa: F811
    """Nor confirm it; nor does a closed sheet attach."""
    url = _plan(officer, {"3.2.2/a.txt": TEXT.format(n=1)})
    _, sent = _form(officer, url)
    assert visitors["focal"].post(url, sent).status_code == 302
    assert visitors["neighbour"].post(url, sent).status_code == 403
    for who in ("neighbour", "appraiser", "secretariat"):
        assert visitors[who].post(address(*FOLDER), {"zip": _zip({"a": b"b"})}).status_code == 403
    assert not added.exists()
    participant.sheet.state = "submitted"
    participant.sheet.save()
    officer.post(url, sent)
    assert not EvidenceLink.objects.filter(document__in=added).exists()


def test_what_is_given_up_is_gone(officer, participant, added):  # noqa: F811
    """And nothing was kept."""
    url = _plan(officer, {"3.2.2/a.txt": TEXT.format(n=1)})
    officer.post(url, {"give_up": "1"})
    assert officer.get(url).status_code == 302
    assert not added.exists()


def test_each_file_is_remarked_on_before_anything_is_kept(officer, participant, added, monkeypatch):  # noqa: F811
    """As when it is uploaded alone: what it says, how it fits its criterion, what it is like, last year."""
    old = "UBND HUYỆN KHÁC\nSố: 7/BC-HK\nNgày 3 tháng 2 năm 2019\nBáo cáo kết quả\n"
    files = {
        "3.2.2/cũ.txt": old,
        "3.2.2/căn cước.txt": "Danh sách: 001203004567, 079201123456, 031190008888\n",
        "3.2.4/năm trước.txt": "Báo cáo đã nộp năm trước\n",
        "hỏng/3.2.4/hỏng.pdf": "%PDF-1.4 không phải pdf",
    }
    sha256 = hashlib.sha256(files["3.2.4/năm trước.txt"].encode()).hexdigest()
    cut = {(participant.unit_id, sha256): Cut(2024, "3.2.4", Fraction(2))}
    monkeypatch.setattr(remarks, "cut_evidence", lambda round_, unit: cut)
    page, _ = _form(officer, _plan(officer, files))
    said = {row.all("th")[0].text.strip(): row.text for row in page.root.all("tr") if row.all("th")}
    assert "bị giảm 2 điểm" in said["3.2.4/năm trước.txt"]
    assert "căn cước" in said["3.2.2/căn cước.txt"].replace("3.2.2/căn cước.txt", "", 1)
    assert "UBND HUYỆN KHÁC" in said["3.2.2/cũ.txt"]
    assert len(said["hỏng/3.2.4/hỏng.pdf"]) > len("hỏng/3.2.4/hỏng.pdf") + 20
    assert not added.exists()


def test_the_same_file_under_another_name_is_pointed_out_in_the_preview(officer, added):  # noqa: F811
    """The vault's name for it is named."""
    officer.post(*_vault("Báo cáo.txt"))
    page, _ = _form(officer, _plan(officer, {"3.2.2/Bản sao.txt": TEXT.format(n=1)}))
    assert "Báo cáo.txt" in page.root.text


def _vault(name):
    file = SimpleUploadedFile(name, TEXT.format(n=1).encode())
    return address("unit:vault", (OPEN, UNIT)), {"file": file}


def test_files_that_cannot_be_read_in_time_are_said_to_be_read_later(officer, added, monkeypatch):  # noqa: F811
    """The preview of many large files comes in time; keeping them asks everything."""
    monkeypatch.setattr(remarks, "SECONDS", -1)
    page, _ = _form(officer, _plan(officer, {"3.2.2/chưa đọc.txt": TEXT.format(n="chưa")}))
    assert "Chưa kịp đọc nội dung" in page.root.text


def test_a_preview_asks_as_often_whatever_the_number_of_files(officer, added, django_assert_max_num_queries):  # noqa: F811
    """Forty files."""
    url = _plan(officer, {f"3.2.2/{n}.txt": TEXT.format(n=n) for n in range(40)})
    with django_assert_max_num_queries(32):
        assert officer.get(url).status_code == 200
