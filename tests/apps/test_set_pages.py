"""Pages show what the files say: of a set its dates, exemptions and notes; of a published figure its sign."""

import re

import pytest


@pytest.fixture
def page(world, client):
    """The text of a page, without its tags."""

    def read(address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200
        return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))

    return read


def test_period_cut_off_windows_and_exemptions_are_said(page):
    """binhthuan-2024: from the plan of 15/12/2023; surveys of October; who is exempt, with the ground."""
    text = page("/bo-tieu-chi/binhthuan-2024/1/")
    assert "Kỳ đánh giá: từ ngày 15/12/2023 đến ngày 30/11/2024. Số liệu tính đến ngày 14/11/2024." in text
    assert "Tài liệu kiểm chứng từ ngày 01/10/2024 đến ngày 31/10/2024" in text
    assert text.count("Không áp dụng: Ban Dân tộc. Không có thủ tục hành chính") == 4


def test_the_same_in_english(page):
    text = page("/en/bo-tieu-chi/binhthuan-2024/1/")
    assert "Period: 15 December 2023 to 30 November 2024. Data up to 14 November 2024." in text
    assert "Evidence from 1 October 2024 to 31 October 2024" in text


def test_notes_and_caps_are_said(page):
    """Small units may count over the quarter; misconduct makes Khá the best grade."""
    assert "dưới 30 cán bộ, công chức, viên chức" in page("/bo-tieu-chi/khanhhoa-2026-monthly/1/")
    assert "Khống chế xếp loại cao nhất là Khá" in page("/bo-tieu-chi/binhthuan-2025/1/")


def test_published_changes_are_written_as_the_language_writes_them(page):
    """Bình Thuận 2024: 6.39 points up; Bà Rịa - Vũng Tàu 2021: 7 places down."""
    vietnamese, english = (
        page("/so-lieu-da-cong-bo/?index=PAR+INDEX"),
        page("/en/so-lieu-da-cong-bo/?index=PAR+INDEX"),
    )
    assert "+6,39 điểm phần trăm" in vietnamese
    assert "−7 bậc" in vietnamese
    assert "+6.39 percentage points" in english
    assert "−7 places" in english
