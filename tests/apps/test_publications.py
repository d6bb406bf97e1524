"""What is published is frozen, signed, and computed again by whoever wants to."""

import zipfile
from datetime import timedelta

import pytest
from site_world import AT
from small_round import ACT

from parindex.apps.assessments.models import Round, Ruling
from parindex.apps.assessments.states import WrongState
from parindex.apps.audit.models import Entry
from parindex.apps.audit.signing import new_key, published_keys
from parindex.apps.publications import store
from parindex.apps.publications.actions import publish
from parindex.apps.publications.models import Publication
from parindex.apps.results.actions import compute_result
from parindex.apps.results.rebuild import rebuild
from parindex.cli import main
from parindex.core.formats import bundle as kept
from parindex.core.formats.bundle_check import check_bundle
from parindex.core.kernel.problems import Refused


@pytest.fixture
def new_home(settings, tmp_path):
    """A home of its own: keys and bundles."""
    settings.PARINDEX_HOME = tmp_path / "nhà"


@pytest.fixture
def computed(small, new_home):
    """The small round with answers and a result; without phases it is public from the start."""
    small.answer(
        ("so-mot", "A1", "12/16"), ("so-mot", "A2", "3,5"), ("so-hai", "A2", "1"), stage=Ruling.Stage.SELF
    )
    compute_result(round_=small.round, **ACT)
    return small


def _content(publication):
    return store.path_of(publication.sha256).read_bytes()


def test_every_public_round_of_the_demonstration_verifies(world):
    """Its bundle is identical, and the signer is this installation."""
    found = {}
    for round_ in Round.objects.filter(state=Round.State.PUBLISHED, results__isnull=False).distinct():
        made = publish(round_=round_, by="test", at=AT)
        checked = check_bundle(_content(made), made.file_name, published_keys().encode())
        found[made.file_name] = (checked.differences, checked.signer)
    assert len(found) > 5
    assert {name: said for name, said in found.items() if said != ([], True)} == {}


def test_a_result_is_published_once_and_told_in_the_ledger(computed):
    """Again gives the same publication."""
    made = publish(round_=computed.round, **ACT)
    assert publish(round_=computed.round, **ACT) == made
    told = Entry.objects.get(book="tinh-thu/2024", kind="bundle.published").payload
    assert (told["bundle"], told["number"], told["replaces"]) == (made.sha256, 1, "")
    assert rebuild(computed.round).differences == []


def test_a_correction_is_a_new_bundle_that_says_what_it_changes(computed):
    """The old one stays as it was."""
    first = publish(round_=computed.round, **ACT)
    before = _content(first)
    computed.answer(("so-hai", "A2", "4"))
    compute_result(round_=computed.round, **ACT)
    second = publish(round_=computed.round, **ACT)
    assert (second.number, second.replaces) == (2, first)
    assert _content(first) == before
    with zipfile.ZipFile(store.path_of(second.sha256)) as packed:
        changes = packed.read(kept.CHANGES).decode().splitlines()
    assert changes[0] == "unit,place,before,after"
    assert [line for line in changes if line.startswith("Sở Hai,index,")]
    assert all(check_bundle(_content(p), "b", published_keys().encode()).signer for p in (first, second))


def test_bundles_signed_by_an_older_key_go_on_to_verify(computed):
    """The old public key stays among those that are published."""
    made = publish(round_=computed.round, **ACT)
    new_key()
    assert check_bundle(_content(made), "b", published_keys().encode()).signer


def test_a_running_round_is_not_published(small):
    """It is concluded first."""
    Round.objects.filter(pk=small.round.pk).update(state=Round.State.RUNNING)
    with pytest.raises(WrongState):
        publish(round_=small.round, **ACT)
    assert not Publication.objects.filter(round__territory__code="tinh-thu").exists()


def test_what_does_not_give_the_kept_result_is_not_published(computed):
    """An answer changed behind the ledger's back: nothing is kept, nothing is signed."""
    Ruling.objects.filter(participant__unit__code="so-hai").update(answer="4")
    with pytest.raises(Refused) as refusal:
        publish(round_=computed.round, by="test", at=AT + timedelta(hours=1))
    assert refusal.value.code == "bundle_differs"
    assert not Publication.objects.filter(round__territory__code="tinh-thu").exists()
    assert not list(store.folder().glob("*")) or not store.folder().exists()


def test_the_command_publishes_into_a_directory_and_the_other_one_verifies(computed, tmp_path, capsys):
    """The same file again; a running or unknown round is refused with its name."""
    out = tmp_path / "gói"
    assert main(["publish", "tinh-thu/2024", "--output", str(out)]) == 0
    (made,) = out.iterdir()
    assert main(["publish", "tinh-thu/2024", "--output", str(out)]) == 0
    capsys.readouterr()
    assert main(["verify", str(made)]) == 0
    assert capsys.readouterr().out.startswith("identical\n")
    assert main(["publish", "tinh-thu/2030", "--output", str(out)]) == 2
    assert "tinh-thu/2030" in capsys.readouterr().err
