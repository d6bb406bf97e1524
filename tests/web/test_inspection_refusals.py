"""Findings and recommendations that cannot be kept: what is said of them, and what stays in the form."""

import io

import pytest
from django.urls import reverse

from parindex.apps.inspections.models import Finding, Recommendation


pytestmark = pytest.mark.usefixtures("clocked")


def _words(response):
    return " ".join(response.content.decode().split())


def test_what_cannot_be_kept_stands_in_the_form_again(inspector, visit):
    """With why, and what was typed."""
    url = reverse("inspections:find", args=[visit("so-xay-dung").pk])
    form = {"key": "k", "about": "kstt|KS1", "severity": "", "text": "Đã gõ rất lâu"}
    answer = inspector.post(url, form)
    assert answer.status_code == 422
    assert "Đã gõ rất lâu" in _words(answer)
    assert "Hãy chọn mức độ" in _words(answer)
    assert not Finding.objects.filter(key="k").exists()


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ({}, "Hãy mô tả tồn tại"),
        ({"text": "Biển hiệu mờ"}, "Hãy chọn nội dung, tiêu chí"),
        ({"text": "Biển hiệu mờ", "about": "kstt|"}, "Hãy chọn mức độ"),
    ],
)
def test_an_empty_finding_is_asked_for_what_is_missing(inspector, visit, more, asked):
    """Nothing is quoted that nobody wrote."""
    url = reverse("inspections:find", args=[visit("so-xay-dung").pk])
    answer = inspector.post(url, {"key": "k", **more})
    assert answer.status_code == 422
    assert asked in _words(answer)
    assert "“”" not in _words(answer)


def test_a_photo_that_is_none_loses_nothing_of_the_finding(inspector, visit):
    """The finding is kept and the photo named; it is sent again alone."""
    url = reverse("inspections:find", args=[visit("so-xay-dung").pk])
    broken = io.BytesIO(b"\xff\xd8\xff nothing")
    broken.name = "a.jpg"
    form = {"key": "k", "about": "kstt|", "severity": "remark", "text": "Biển hiệu mờ", "photos": [broken]}
    answer = inspector.post(url, form, follow=True)
    assert "Không mở được ảnh này" in _words(answer)
    assert Finding.objects.get(key="k").photos.count() == 0


@pytest.mark.parametrize("due", ["", "hôm qua", "2025-12-01", "2026-13-40", "9999-12-31"])
def test_a_deadline_that_is_none_is_said_so(inspector, visit, due):
    running = visit("so-xay-dung")
    url = reverse("inspections:finding_add", args=[running.pk, 1])
    form = {"act": "recommend", "key": "k", "text": "Sửa <ngay>", "due": due}
    answer = inspector.post(url, form)
    assert answer.status_code == 422
    assert "Sửa &lt;ngay&gt;</textarea>" in answer.content.decode()
    assert "Chưa lưu được." in answer.content.decode()
    assert not Recommendation.objects.filter(finding__visit=running).exists()
