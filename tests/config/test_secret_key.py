"""The secret key of a site: made once, whoever is first."""

import secrets

from parindex.config import settings  # noqa: TID251  the module itself is tested


def test_of_processes_that_start_together_the_first_ones_key_is_everybodys(tmp_path, monkeypatch):
    """The second has found no key either, and must not replace the one the first already works with."""
    monkeypatch.delenv("PARINDEX_SECRET_KEY", raising=False)
    monkeypatch.setattr(settings, "PARINDEX_HOME", tmp_path)

    def too_late(_length):
        (tmp_path / "secret-key").write_text("of the first")
        return "of the second"

    monkeypatch.setattr(secrets, "token_urlsafe", too_late)
    assert settings._secret_key() == "of the first"
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]


def test_a_key_is_made_once_and_readable_by_its_owner_alone(tmp_path, monkeypatch):
    """And kept in the home."""
    monkeypatch.delenv("PARINDEX_SECRET_KEY", raising=False)
    monkeypatch.setattr(settings, "PARINDEX_HOME", tmp_path / "home")
    key = settings._secret_key()
    assert len(key) >= 50
    assert settings._secret_key() == key
    assert (tmp_path / "home" / "secret-key").stat().st_mode & 0o077 == 0
