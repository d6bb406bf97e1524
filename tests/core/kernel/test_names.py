"""When two ways of writing a name are one name."""

import unicodedata

import pytest

from parindex.core.kernel.text import name_key


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Sở Y tế", "sở y tế"),
        ("Sở Y tế", "  Sở  Y\u00a0tế "),
        ("Sở Y tế", unicodedata.normalize("NFD", "Sở Y tế")),
        ("Xã Hòa Bình", "Xã Hoà Bình"),
        ("Phường Thủy Xuân", "Phường Thuỷ Xuân"),
        ("Bà Rịa - Vũng Tàu", "Bà Rịa – Vũng Tàu"),
        ("Bà Rịa - Vũng Tàu", "Bà Rịa-Vũng Tàu"),
        ("Sở Y tế", "Sở\u200b Y tế\ufeff"),
        ("HÀ NỘI", "Hà Nội"),
    ],
)
def test_the_same_name(one, two):
    """Capitals, blanks, dashes, unseen signs, Unicode form, place of the tone mark."""
    assert name_key(one) == name_key(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Xã Hòa Bình", "Xã Hóa Bình"),
        ("Xã Hòa Bính", "Xã Hóa Bình"),
        ("Xã Hòa-Bính", "Xã Hóa-Bình"),
        ("Xã Đông", "Xã Dông"),
        ("Xã Tân", "Xã Tăn"),
        ("Sở Y tế 1", "Sở Y tế 2"),
    ],
)
def test_another_name(one, two):
    """A different tone, letter or number; a tone on another syllable."""
    assert name_key(one) != name_key(two)
