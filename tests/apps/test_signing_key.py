"""The signing key: made once, readable by its owner alone; old public keys go on to verify."""

import os
import stat

import pytest
from site_world import AT

from parindex.apps.audit.record import record
from parindex.apps.audit.seals import seal, seals
from parindex.apps.audit.signing import (
    KeysUnreadable,
    fingerprint,
    new_key,
    private_path,
    public_keys,
    public_path,
    published_keys,
    signing_key,
)
from parindex.apps.audit.verify import verify


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def new_home(settings, tmp_path):
    """A home without keys."""
    settings.PARINDEX_HOME = tmp_path / "nhà"
    return settings.PARINDEX_HOME


def _seal():
    record(chain="round:thu/2024", kind="test.done", subject="s", payload={"v": 1}, by="a", at=AT)
    return seal(book="thu/2024", subject="đóng", by="system", at=AT).payload["key"]


def test_the_key_is_made_with_the_first_seal(new_home):
    """Mode 600; nothing else is left beside it but the public key, which is all that others see."""
    assert public_keys() == {}
    assert published_keys() == ""
    name = _seal()
    assert list(public_keys()) == [name]
    assert sorted(os.listdir(new_home)) == ["signing-key", "signing-key.pub"]
    assert stat.S_IMODE(private_path().stat().st_mode) == 0o600
    assert "PRIVATE" in private_path().read_text()
    assert "PRIVATE" not in published_keys()
    assert name in published_keys()


def test_the_key_stays_the_same():
    assert _seal() == _seal() == fingerprint(signing_key().public_key())


def test_a_new_key_signs_and_the_old_one_still_verifies():
    """Both public keys are published, the present one last."""
    old, new, used = _seal(), new_key(), _seal()
    assert (used, list(public_keys())) == (new, [old, new])
    assert stat.S_IMODE(private_path().stat().st_mode) == 0o600
    assert verify("thu/2024").faults == []
    assert all(s.is_signed_by(public_keys()) for s in seals("thu/2024"))


def test_an_auditor_verifies_with_the_keys_he_was_given(tmp_path):
    """Not with those that lie where the database does: another key, though it stands there, is not his."""
    _seal()
    copy = tmp_path / "khoá.pub"
    copy.write_text(published_keys())
    new_key()
    _seal()
    faults = verify("thu/2024", keys=public_keys(copy)).faults
    assert [(f.place, f.code) for f in faults] == [("seals:thu/2024#2", "seal_key")]


def test_a_lost_private_key_is_replaced_and_old_seals_still_verify():
    old = _seal()
    private_path().unlink()
    assert old != _seal()
    assert len(public_keys()) == 2
    assert verify("thu/2024").faults == []


def test_lost_public_keys_are_told_of_at_the_seal():
    _seal()
    public_path().unlink()
    assert [f.code for f in verify("thu/2024").faults] == ["seal_key"]


@pytest.mark.parametrize(
    "content", [b"", b"no key", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"]
)
def test_files_that_hold_no_keys_are_refused_by_name(content):
    """Nothing is sealed with them, and no new key is made over them."""
    _seal()
    private, public = private_path().read_bytes(), public_path().read_bytes()
    private_path().write_bytes(content)
    with pytest.raises(KeysUnreadable) as error:
        _seal()
    assert error.value.path == private_path()
    assert private_path().read_bytes() == content
    private_path().write_bytes(private)
    public_path().write_bytes(content)
    with pytest.raises(KeysUnreadable) as error:
        verify("thu/2024")
    assert error.value.path == public_path()
    public_path().write_bytes(public)
    assert verify("thu/2024").faults == []


def test_a_key_of_another_kind_is_refused():
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
        PublicFormat,
    )

    other = X25519PrivateKey.generate()
    private_path().parent.mkdir()
    private_path().write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(KeysUnreadable):
        signing_key()
    public_path().write_bytes(
        other.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    with pytest.raises(KeysUnreadable):
        public_keys()
