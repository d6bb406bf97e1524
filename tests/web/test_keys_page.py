"""The public page of keys: their names, and the notice of one that was leaked."""

import pytest
from addresses import address

from parindex.apps.audit.signing import new_key, public_keys, public_path, publish_leak


@pytest.fixture(autouse=True)
def keys_home(settings, tmp_path):
    """Keys of this test alone."""
    settings.PARINDEX_HOME = tmp_path


def test_keys_are_named_and_a_leak_is_announced(read):
    """To everybody, in both languages, with the day and what to do."""
    page = read(address("public:keys_page", ()))
    assert "Chưa ký lần nào" in page.root.text
    old, present = new_key(), new_key()
    text = read(address("public:keys_page", ())).root.text
    assert old in text
    assert present in text
    assert "Thông báo" not in text
    publish_leak(old, "2026-01-05")
    page = read(address("public:keys_page", ()))
    assert f"khóa {old} được công bố là lộ ngày 05/01/2026" in page.root.text
    english = read(address("public:keys_page", (), "en"))
    assert f"the key {old} was declared leaked on 05/01/2026" in english.root.text
    assert public_keys().leaked == {old: "2026-01-05"}


def test_a_file_of_keys_that_cannot_be_read_breaks_no_page(read):
    """The doctor says so."""
    public_path().write_text("nothing")
    assert "Chưa ký lần nào" in read(address("public:keys_page", ())).root.text
