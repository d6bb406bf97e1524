"""Photos of findings: what is kept of them, what is none, and a paper that has lost one."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from inspection_world import WHO, inspecting_in, photo
from PIL import Image
from site_world import AT

from parindex.apps.evidence import photos, store
from parindex.apps.evidence.store import open_derived
from parindex.apps.inspections import actions
from parindex.apps.inspections.actions.inspecting import FOLDER
from parindex.apps.inspections.papers import facts_of
from parindex.core.kernel.problems import Refused


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    """Where these tests' files lie: one of them spoils a photo."""
    folder = {"BACKEND": "parindex.apps.evidence.store.ContentFolder", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "evidence": folder}


@pytest.fixture
def world_of(small):
    """See `inspection_world`."""
    return inspecting_in(small)


def test_a_photo_keeps_no_place_and_no_camera(world_of):
    finding = world_of.finding(world_of.running())
    actions.add_photos(finding=finding, files=[photo()], **WHO)
    for *_, sha256 in finding.photos.get().sizes:
        with open_derived(sha256, FOLDER) as file:
            kept = file.read()
        assert b"10.5 north" not in kept
        assert len(Image.open(io.BytesIO(kept)).getexif()) == 0


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"\xff\xd8\xff broken"])
def test_what_is_no_photo_is_refused_and_nothing_kept(world_of, content):
    finding = world_of.finding(world_of.running())
    files = [photo(), (io.BytesIO(content), len(content))]
    with pytest.raises(Refused, match="picture_"):
        actions.add_photos(finding=finding, files=files, **WHO)
    assert not finding.photos.exists()


def test_photos_are_not_without_number(world_of):
    finding = world_of.finding(world_of.running())
    sizes = [[[10, 10, 5, f"{k:064x}"]] for k in range(13)]
    keep = {"finding": finding, **WHO}
    with pytest.raises(Refused, match="inspection_photos_many"):
        actions.keep_photos(photos=sizes, **keep)
    assert actions.keep_photos(photos=sizes[:12], **keep) == 12
    with pytest.raises(Refused, match="inspection_photos_many"):
        actions.keep_photos(photos=sizes[12:], **keep)
    assert actions.keep_photos(photos=sizes[:12], **keep) == 0


def test_a_photo_whose_file_is_lost_or_changed_is_none_of_the_paper(world_of):
    """The minutes are made all the same, and say so."""
    visit = world_of.running()
    actions.add_photos(finding=world_of.finding(visit), files=[photo()], **WHO)
    sha256 = visit.findings.get().photos.get().sizes[-1][3]
    photos._jpeg.cache_clear()
    storages["evidence"].delete(store.place_of(sha256, FOLDER))
    (shot,) = facts_of(visit, AT).found[0].shots
    assert shot.content is None
    storages["evidence"].save(store.place_of(sha256, FOLDER), ContentFile(b"other"))
    assert facts_of(visit, AT).found[0].shots[0].content is None
