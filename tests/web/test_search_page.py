"""Whoever types a name finds it: units, criteria, years, with or without accents; only what is public."""

import pytest
from addresses import SIXTH, address

from parindex.apps.assessments.models import Round
from parindex.apps.news.models import Article


SEARCH = address("public:search", ())


@pytest.mark.parametrize("words", ["Văn hóa, Thể thao", "van hoa the thao", "VAN HOA", "culture"])
def test_a_unit_is_found_by_its_name(read, words):
    """In both languages, in any case, with a link to each year."""
    assert address("public:unit", SIXTH) in read(SEARCH, data={"q": words}).links


def test_articles_and_measured_values_are_found(read):
    """By a word of the text too; a draft is nowhere."""
    page = read(SEARCH, data={"q": "khong con ho so qua han"})
    assert any(link.startswith("/tin-tuc/minh-hoa/") for link in page.links)
    page = read(SEARCH, data={"q": "đúng hạn"})
    assert address("indicators:indicator", ("ho-so-dung-han",)) in page.links
    Article.objects.update(live=None)
    page = read(SEARCH, data={"q": "khong con ho so qua han"})
    assert not any(link.startswith("/tin-tuc/minh-hoa/") for link in page.links)


def test_criteria_and_years_are_found(read):
    """By code, by words, by the year alone."""
    by_code = read(SEARCH, data={"q": "3.2.4"})
    assert any(link.endswith("/bo-tieu-chi/binhthuan-2024/1/#3.2.4") for link in by_code.links)
    assert address("public:year", ("minh-hoa", 2023)) in read(SEARCH, data={"q": "minh hoa 2023"}).links


@pytest.mark.parametrize("words", ["", "   ", "zzzz không có", "<script>", "%", "a" * 500])
def test_what_finds_nothing_says_so_and_breaks_nothing(read, words):
    """Whatever is typed."""
    text = read(SEARCH, data={"q": words}).root.text
    assert "Không tìm thấy" in text or not words.strip() or words == "%"


def test_what_is_not_public_is_not_found(read):
    """A round inside is nowhere."""
    Round.objects.filter(territory__code="minh-hoa").update(audience="inside")
    assert address("public:unit", SIXTH) not in read(SEARCH, data={"q": "van hoa"}).links
