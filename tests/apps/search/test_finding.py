"""What is found, and by whom, the same on every database."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.apps.search.folding import asked_words, fold, indexed_words
from parindex.apps.search.index import find, forget, index_text
from parindex.apps.search.models import Findable


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_else(db):
    """What a demonstration loaded before this test keeps is no part of it."""
    Findable.objects.all().delete()


def _keep(subject: str, title: str, text: str = "", unit: int = 1, kind: str = "document"):
    index_text(kind=kind, subject=subject, unit=unit, title=title, text=text)


def _found(query: str, units=(1,), limit=50):
    return [f.subject for f in find(query, units=units, limit=limit)]


@pytest.mark.parametrize(
    "query",
    [
        "kế hoạch cải cách", "KE HOACH CAI CACH", "cải hoạch", "ke hoa", "74/KH-SVHTTDL", "74/kh",
        "74/ KH - SVHTTDL", "74-KH-SVHTTDL", "KH-SVHTTDL", "svhttdl", "74", "đường", "duong", "Đường Đỗ",
        "năm 2024", "2024-01",
        "k\u1ebf ho\u1ea1ch", "ke\u0302\u0301 hoa\u0323ch",
    ],
)  # fmt: skip
def test_words_are_found_with_and_without_accents(query):
    """In any order, by their beginnings; numbers whole or in part, whichever marks are typed."""
    _keep("a", "74/KH-SVHTTDL Kế hoạch cải cách hành chính năm 2024", "Đường Đỗ Xuân Hợp, 2024-01-09")
    _keep("b", "75/BC-SNV Báo cáo", "không liên quan")
    assert _found(query) == ["a"]


@pytest.mark.parametrize(
    "query", ["", "  ", "-/", "*", '"', "kế hoạch tốt", "oach", "74/BC", "4/KH", "' OR 1=1 --"]
)
def test_what_is_not_there_is_not_found(query):
    """Nor does a query reach the database's own language."""
    _keep("a", "74/KH-SVHTTDL Kế hoạch")
    assert _found(query) == []


@pytest.mark.parametrize(
    "query", ["NEAR(ke hoach)", "ke OR bao", "title:ke", "ke & !bao", "ke:*", "(ke", "ke\\", "ke\0"]
)
def test_marks_of_query_languages_are_mere_marks(query):
    """No error, whatever is typed."""
    _keep("a", "Kế hoạch")
    assert _found(query) in ([], ["a"])


def test_only_allowed_units_are_searched():
    _keep("a", "Kế hoạch", unit=1)
    _keep("b", "Kế hoạch", unit=2)
    assert _found("kế hoạch", units=[2]) == ["b"]
    assert _found("kế hoạch", units=[]) == []
    assert _found("kế hoạch", units=[1, 2]) == ["b", "a"]


def test_titles_come_before_texts_and_new_before_old():
    _keep("a", "Kế hoạch")
    _keep("b", "Báo cáo", "theo kế hoạch")
    _keep("c", "Kế hoạch mới")
    _keep("d", "Tờ trình", "về kế hoạch")
    assert _found("kế hoạch") == ["c", "a", "d", "b"]
    assert _found("kế hoạch", limit=2) == ["c", "a"]


def test_what_is_said_again_replaces_and_what_is_forgotten_is_gone():
    _keep("a", "Kế hoạch", "một")
    _keep("a", "Báo cáo", "hai")
    assert (_found("kế hoạch"), _found("một"), _found("hai")) == ([], [], ["a"])
    _keep("a", "Tin", kind="news")
    forget(kind="document", subject="a")
    assert (_found("báo cáo"), _found("tin")) == ([], ["a"])


def test_finding_is_one_query(django_assert_num_queries):
    for k in range(20):
        _keep(str(k), f"Kế hoạch {k}", unit=k)
    with django_assert_num_queries(1):
        assert len(_found("kế hoạch", units=range(20))) == 20


def test_long_texts_and_long_words_are_kept():
    """As far as the stated limits; what lies beyond is not searched, and nothing fails."""
    _keep("a", "Dài", "x" * 5000 + " " + "nghị quyết " * 15_000 + " cuối")
    assert _found("nghi quyet") == ["a"]
    assert _found("x" * 300) == ["a"]


LETTERS = st.text(alphabet="aăâbcdđeêiouưxyạảãấ 0123456789/-._,'\"&|!:*()\\", min_size=1, max_size=30)


@given(texts=st.lists(LETTERS, min_size=1, max_size=4), query=LETTERS)
def test_the_database_finds_what_the_rule_says(texts, query):
    """Every word of the query begins a kept word."""
    from django.db import transaction

    with transaction.atomic():
        for k, text in enumerate(texts):
            _keep(str(k), text)
        asked = asked_words(query)
        expected = {
            str(k)
            for k, text in enumerate(texts)
            if asked and all(any(w.startswith(a) for w in indexed_words(text)) for a in asked)
        }
        assert set(_found(query)) == expected
        transaction.set_rollback(True)


def test_folding_takes_every_vietnamese_letter():
    assert fold("ĐẮẶẦẨỄỘỠỮỲÝ ðđ") == "daaaaeoouyy dd"
    assert fold("Ủy ban Nhân dân") == fold("Ủy ban nhân dân") == "uy ban nhan dan"


def _letter_by_letter(text: str) -> str:
    """Folding as its rule says it."""
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join("d" if c in "đĐðÐ" else c for c in plain if not unicodedata.combining(c))
    return bare.casefold()


@given(st.text(alphabet=st.characters()))
def test_folding_knows_every_letter(text):
    """What is looked up is what the rule says, of whichever script."""
    assert fold(text) == _letter_by_letter(text)


def test_folding_knows_the_letters_of_the_country():
    """Composed and decomposed."""
    every = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
    for text in (every, every.upper(), unicodedata.normalize("NFD", every)):
        assert fold(text) == _letter_by_letter(text)
        assert fold(text).isascii()
