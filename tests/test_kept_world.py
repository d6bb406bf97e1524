"""A kept demonstration is used only where nothing that it was made from has changed."""

import kept_world
import pytest


@pytest.fixture
def project(monkeypatch, tmp_path):
    """A project of the files that count."""
    for name in (*kept_world.MAKERS, "src/parindex/act.py", "src/parindex/data/set.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("one")
    monkeypatch.setattr(kept_world, "ROOT", tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", [*kept_world.MAKERS, "src/parindex/act.py", "src/parindex/data/set.yaml"])
def test_any_change_of_a_file_asks_for_another(project, name):
    """A text changed, or another name."""
    first = kept_world.made_from()
    assert kept_world.made_from() == first
    (project / name).write_text("two")
    second = kept_world.made_from()
    (project / "src/parindex/more.py").write_text("")
    assert len({first, second, kept_world.made_from()}) == 3


def test_any_change_of_a_setting_asks_for_another(project, monkeypatch, settings):
    """In the environment, or the key of what is signed."""
    first = kept_world.made_from()
    monkeypatch.setenv("PARINDEX_OCR_PAGES", "1")
    second = kept_world.made_from()
    settings.SECRET_KEY = "another"
    assert len({first, second, kept_world.made_from()}) == 3


def test_what_sources_that_changed_have_made_is_found_by_nobody(monkeypatch, tmp_path):
    """It has a name of this process alone; what was made of sources that stood still has the plain one, and
    takes the place of what is left of one whose database is gone."""
    monkeypatch.setattr(kept_world, "FOLDER", tmp_path)
    monkeypatch.setattr(kept_world, "POSTGRESQL", True)
    monkeypatch.setattr(kept_world, "_copy_database", lambda *_: None)
    place = tmp_path / "world-abc"
    monkeypatch.setattr(kept_world, "made_from", lambda: kept_world.KEY)
    assert kept_world._keep(lambda home: (home / "key").touch(), place) == place
    assert (place / "home" / "key").exists()
    assert kept_world._keep(lambda home: (home / "another").touch(), place) == place
    assert [p.name for p in (place / "home").iterdir()] == ["another"]
    monkeypatch.setattr(kept_world, "made_from", lambda: "another")
    assert kept_world._keep(lambda _: None, place) != place
