"""A signing key that others may have: declared, exchanged, and what was signed with it told apart."""

import json
import zipfile

import pytest
from django.db import connection
from ledger_guards import lift
from small_round import ACT

from parindex.apps.assessments.ledger import round_name
from parindex.apps.audit.leaks import declare_leaked
from parindex.apps.audit.models import Entry
from parindex.apps.audit.seals import seal, seals
from parindex.apps.audit.signing import KeysUnreadable, new_key, private_path, public_keys, public_path
from parindex.apps.audit.verify import verify
from parindex.cli import main
from parindex.core.formats.signatures import leaked_in, leaked_line
from parindex.core.kernel.problems import Refused


@pytest.fixture
def keys_home(settings, tmp_path, db):
    """Keys of this test alone, in a ledger of its own round."""
    settings.PARINDEX_HOME = tmp_path
    return tmp_path


@pytest.fixture
def sealed(small, keys_home):
    """A small round with an answer and a seal; the name of its key."""
    small.answer(("so-mot", "A1", "12/16"))
    seal(book=round_name(small.round), subject="self", **ACT)
    return list(public_keys())[-1]


def _seals(small):
    return [s.key for s in seals(round_name(small.round))]


def test_the_present_key_is_exchanged_and_all_that_it_sealed_sealed_anew(small, sealed):
    """The ledger says it, the file of public keys says it, and the new seal vouches for the old one."""
    book = round_name(small.round)
    assert declare_leaked(key=sealed, **ACT) >= 1
    known = public_keys()
    present = list(known)[-1]
    assert present != sealed
    assert dict(known.leaked) == {sealed: "2026-01-05"}
    assert _seals(small) == [sealed, present]
    entry = Entry.objects.get(kind="key.leaked", subject=sealed)
    assert entry.payload == {"v": 1, "key": sealed, "day": "2026-01-05", "instead": present}
    assert verify(book).faults == []


def test_a_seal_that_is_made_with_a_leaked_key_afterwards_is_found(small, sealed, keys_home):
    """Whoever has the key can sign, but no later seal of ours vouches for it."""
    book = round_name(small.round)
    stolen = private_path().read_bytes()
    declare_leaked(key=sealed, **ACT)
    private_path().write_bytes(stolen)
    forged = seal(book=book, subject="self", **ACT)
    assert [(f.place, f.code) for f in verify(book).faults] == [(forged.place, "seal_leaked")]
    new_key()
    seal(book=book, subject="self", **ACT)
    assert verify(book).faults == []


def test_an_entry_changed_under_the_leaked_key_is_still_found(small, sealed):
    """The new seal knows what stood there."""
    book = round_name(small.round)
    declare_leaked(key=sealed, **ACT)
    lift(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET subject = 'x' WHERE book = %s AND position = 1", [book])
    assert verify(book).faults


def test_an_older_key_is_declared_without_a_new_one(small, sealed):
    """The present one goes on."""
    present = new_key()
    declare_leaked(key=sealed, **ACT)
    assert list(public_keys())[-1] == present
    assert _seals(small) == [sealed, present]


def test_what_cannot_be_declared_is_refused(small, sealed):
    """A key that is none, and one that was declared; nothing is written."""
    before = public_path().read_bytes()
    with pytest.raises(Refused) as refused:
        declare_leaked(key="f" * 32, **ACT)
    assert refused.value.code == "key_unknown"
    assert public_path().read_bytes() == before
    declare_leaked(key=sealed, **ACT)
    with pytest.raises(Refused) as refused:
        declare_leaked(key=sealed, **ACT)
    assert refused.value.code == "key_leaked_already"
    public_path().write_text("nothing")
    with pytest.raises(KeysUnreadable):
        declare_leaked(key=sealed, **ACT)


def test_the_command_says_what_to_do_next(sealed, capsys):
    """In the language that is asked for; 2 for a key that is none."""
    assert main(["ledger", "declare-leaked", sealed]) == 0
    assert "công bố lại kết quả" in capsys.readouterr().out
    assert main(["ledger", "declare-leaked", "nothing", "--lang", "en"]) == 2
    assert "There is no public key “nothing”" in capsys.readouterr().err


def test_only_a_line_that_says_it_whole_declares_anything():
    """Of several the first day counts."""
    name = "a" * 32
    text = (
        leaked_line(name, "2026-01-05")
        + leaked_line(name, "2026-02-01")
        + b"declared-leaked a 2026-01-01\n# x\n"
    )
    assert leaked_in(text) == {name: "2026-01-05"}


def test_a_bundle_that_a_leaked_key_signed_is_told_of(kept_bundle, tmp_path, capsys):
    """With the day; without that line the same file verifies."""
    bundle, pem, name = kept_bundle
    keys = tmp_path / "keys.pem"
    keys.write_bytes(pem)
    assert main(["verify", str(bundle), "--key", str(keys)]) == 0
    capsys.readouterr()
    keys.write_bytes(pem + leaked_line(name, "2026-01-05"))
    assert main(["verify", str(bundle), "--key", str(keys), "--lang", "en"]) == 1
    said = capsys.readouterr().out
    assert f"manifest.sig: {name}: signed by a key that was declared leaked on 2026-01-05" in said
    assert main(["verify", str(bundle), "--key", str(keys)]) == 1
    assert "đã công bố là lộ ngày 2026-01-05" in capsys.readouterr().out


@pytest.fixture
def kept_bundle():
    """A bundle that the tests keep, the key in it, and that key's name."""
    from pathlib import Path

    from parindex.core.formats.signatures import fingerprint, public_keys_in

    bundle = sorted((Path(__file__).parents[1] / "cases" / "bundles").glob("*.zip"))[0]
    with zipfile.ZipFile(bundle) as opened:
        assert json.loads(opened.read("manifest.json"))
        pem = opened.read("signing-key.pub")
    return bundle, pem, fingerprint(public_keys_in(pem)[0])
