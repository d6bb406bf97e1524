"""Papers of an inspection: signed copies that come back, photos in the minutes, and who is shown them."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from parindex.apps.audit.models import Entry
from parindex.apps.inspections.models import Photo


pytestmark = pytest.mark.usefixtures("clocked")


def _words(response):
    return " ".join(response.content.decode().split())


def test_the_signed_copy_comes_back_and_is_offered_beside(visitors, visit, read):
    """To whoever may read the paper; number and date alone leave it, another takes its place."""
    found = visit("so-y-te")
    page = reverse("inspections:paper", args=[found.pk, "bien-ban"])
    copy = reverse("inspections:signed_file", args=[found.pk, "bien-ban"])
    secretariat = visitors["secretariat"]
    signed = secretariat.get(reverse("inspections:paper_file", args=[found.pk, "bien-ban", "pdf"])).content
    said = {"number": "05/BB-ĐKT", "on": "2026-01-05", "signer": "Ông B"}
    assert secretariat.get(copy).status_code == 404

    answer = secretariat.post(page, said | {"file": SimpleUploadedFile("a.txt", b"abc")}, follow=True)
    assert "không phải tệp PDF" in _words(answer)
    assert secretariat.get(copy).status_code == 404

    secretariat.post(page, said | {"file": SimpleUploadedFile("bb.pdf", signed, "application/pdf")})
    secretariat.post(page, said | {"number": "06/BB-ĐKT"})
    made = found.papers.get(kind="bien-ban")
    assert (made.number, made.document.number) == ("06/BB-ĐKT", "05/BB-ĐKT")
    assert made.document.unit == found.plan.territory
    entry = Entry.objects.filter(kind="inspection.paper").latest("id")
    assert entry.payload["sha256"] == made.document.sha256
    for who in ("secretariat", "leader", "focal"):
        got = visitors[who].get(copy)
        assert b"".join(got.streaming_content) == signed
        assert got.headers["Content-Disposition"].startswith("attachment")
        shown = read(reverse("inspections:visit", args=[found.pk]), by=visitors[who])
        assert copy in [e.attributes.get("href") for e in shown.root.all("a")]
    assert visitors["neighbour"].get(copy).status_code in {403, 404}
    assert "Tệp không có chữ ký số." in read(page + "?chu-ky=1", by=visitors["leader"]).root.text


def test_minutes_show_the_photos_of_findings(visitors, visit):
    """As JPEG in the file to be worked on, with what each shows; the conclusion has none."""
    found = visit("so-y-te")
    caption = Photo.objects.get(finding__visit=found).caption

    def pictures(kind):
        url = reverse("inspections:paper_file", args=[found.pk, kind, "docx"])
        with zipfile.ZipFile(io.BytesIO(visitors["focal"].get(url).content)) as package:
            names = [name for name in package.namelist() if name.startswith("word/media/")]
            return names, package.read("word/document.xml").decode()

    names, text = pictures("bien-ban")
    assert [name.rpartition(".")[2] for name in names] == ["jpg"]
    assert caption in text
    assert pictures("ket-luan")[0] == []


def test_photos_are_for_whoever_may_read_the_finding_and_for_no_cache_between(visitors, visit):
    photo = Photo.objects.get(finding__visit=visit("so-y-te"))
    place = [visit("so-y-te").pk, photo.finding.number, photo.number]
    url = reverse("inspections:picture", args=[*place, photo.sizes[0][0]])
    answer = visitors["focal"].get(url)
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Cache-Control"].startswith("private")
    assert visitors["secretariat"].get(reverse("inspections:picture", args=[*place, 7])).status_code == 404
