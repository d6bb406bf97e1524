"""Looking into evidence page by page: at the cited page, for those who may see it, without fetching it."""
# ruff: noqa: F811  fixtures of other files

import base64
import io

import docx
import pypdfium2
import pytest
from addresses import address
from django.core.files.uploadedfile import SimpleUploadedFile
from test_unit_evidence import added, own_home  # noqa: F401  fixtures
from test_unit_sheet import OPEN, UNIT, on_the_day, participant  # noqa: F401  fixtures

from parindex.apps.assessments.actions import Shown, attach_evidence


PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
LEAF = (OPEN, UNIT, "3.2.2")
NAME = "Kế hoạch số 74, có dấu.pdf"


@pytest.fixture(autouse=True)
def unread(settings):
    """Blank pages need no recognising."""
    settings.PARINDEX_OCR_PAGES = 0


def _pdf(pages):
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def _docx(text):
    document = docx.Document()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture
def officer(visitors):
    """Of the health department."""
    return visitors["officer"]


def _upload(officer, content, name=NAME, page="tr. 3-4"):
    sent = {"file": [SimpleUploadedFile(name, content)], "page": page}
    officer.post(address("unit:attach", LEAF), sent)


def _view(key, **more):
    return address("unit:view", (OPEN, UNIT, key), **more)


def _page(key, number):
    return address("unit:page", (OPEN, UNIT, key, number))


def test_the_leaf_leads_to_the_cited_page_and_the_page_to_its_neighbours(officer, read, participant, added):
    """Without script: links, a picture, a form with the page's number."""
    _upload(officer, _pdf(5))
    document = added.get()
    leaf = officer.get(address("unit:leaf", LEAF)).content.decode()
    link = f"{_view(document.key)}?trang=tr.%203-4"
    assert link in leaf
    page = read(link, by=officer)
    assert "Trang 3/5" in page.root.text
    assert {a.attributes["href"] for a in page.root.all("a")} >= {"?trang=2", "?trang=4"}
    picture = officer.get(page.root.all("img", "page-picture")[0].attributes["src"])
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    about = read(address("unit:document", (OPEN, UNIT, document.key)), by=officer)
    assert address("unit:leaf", LEAF) in {a.attributes["href"] for a in about.root.all("a")}
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    assert "private" in picture.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("", 1), ("0", 1), ("99", 2), ("-1", 1), ("mục II", 1), ("9" * 40, 2), ("trang 2", 2)],
)
def test_any_page_that_is_asked_for_leads_to_one_that_is_there(
    officer, read, participant, added, asked, shown
):
    """However it is written."""
    _upload(officer, _pdf(2))
    assert f"Trang {shown}/2" in read(f"{_view(added.get().key)}?trang={asked}", by=officer).root.text


def test_a_page_that_is_not_there_is_missing(officer, participant, added):
    """Nor is page 2 of a picture."""
    _upload(officer, _pdf(2))
    for number in (0, 3, 10**9):
        assert officer.get(_page(added.get().key, number)).status_code == 404
    assert officer.get(_view("khong-co")).status_code == 404


def test_pictures_and_texts_are_shown_as_what_they_are(officer, read, participant, added):
    """A text is text, whatever stands in it."""
    _upload(officer, PICTURE, name="ảnh.png")
    _upload(officer, b"So: 1/BC\n<script>alert(1)</script>\n", name="ghi chú.txt")
    picture, text = added
    page = read(_view(picture.key), by=officer)
    got = officer.get(page.root.all("img", "page-picture")[0].attributes["src"])
    assert got.content == PICTURE
    said = officer.get(_view(text.key)).content.decode()
    assert "&lt;script&gt;alert(1)" in said
    assert "<script>alert" not in said


@pytest.mark.libreoffice
def test_an_office_file_is_shown_as_its_pages(officer, read, participant, added):
    """Where LibreOffice is present; with its text otherwise."""
    _upload(officer, _docx("KẾ HOẠCH cải cách"), name="Kế hoạch.docx")
    page = read(_view(added.get().key), by=officer)
    assert page.root.all("img", "page-picture") or "KẾ HOẠCH" in page.root.text


def test_an_office_file_is_text_where_it_cannot_be_converted(officer, read, participant, added, monkeypatch):
    """Nothing is hidden from who looks."""
    from parindex.apps.evidence import viewing

    monkeypatch.setattr(viewing.shutil, "which", lambda _: None)
    _upload(officer, _docx("KẾ HOẠCH cải cách"), name="Kế hoạch.docx")
    assert "KẾ HOẠCH cải cách" in read(_view(added.get().key), by=officer).root.text


@pytest.mark.parametrize(("who", "status"), [("neighbour", 403), ("stranger", 403), ("secretariat", 404)])
def test_a_document_that_is_not_attached_is_its_units_alone(
    visitors, officer, participant, added, who, status
):
    """Page and picture; those who see the leaf see it once it stands behind it."""
    officer.post(address("unit:vault", (OPEN, UNIT)), {"file": [SimpleUploadedFile(NAME, _pdf(2))]})
    document = added.get()
    for url in (_view(document.key), _page(document.key, 1)):
        assert visitors[who].get(url).status_code == status
    act = {"by": "person:1", "at": document.uploaded_at}
    attach_evidence(participant=participant, shown=[Shown("3.2.2", document, "2")], **act)
    for url in (_view(document.key), _page(document.key, 1)):
        assert visitors[who].get(url).status_code == (200 if who == "secretariat" else status)
