"""An excerpt holds what is public of a bundle, and whoever has the bundle sees that both belong together."""

import hashlib
import io
import json
import zipfile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from parindex.cli import main
from parindex.core.formats import bundle as kept
from parindex.core.formats.answers_file import answers_of
from parindex.core.formats.bundle import Contents, make_bundle
from parindex.core.formats.bundle_check import check_bundle
from parindex.core.formats.excerpt import make_excerpt
from parindex.core.formats.framework_file import parse_framework
from parindex.core.formats.grids import grid_of
from parindex.core.formats.problems import FileRefused
from parindex.core.formats.publicity import Publicity
from parindex.core.formats.signatures import public_pem
from parindex.core.kernel.assess import assess
from parindex.core.wording.bundles import summary, verdict
from parindex.core.wording.reasons import reason_sentence


KEY = Ed25519PrivateKey.generate()
PEM = public_pem(KEY.public_key())
FRAMEWORK = b"""\
parindex: 1
id: thu
version: '1'
title: Th\xe1\xbb\xad
status: constructed
tree:
  - code: '1'
    name: M\xe1\xbb\x99t
    max: 10
    children:
      - {code: '1.1', name: A, max: 6, rule: {kind: proportional}}
      - {code: '1.2', name: B, max: 4, rule: {kind: proportional}}
"""
ANSWERS = b"unit,group,1.1,1.2\nMot,so,20/21,3/3\nHai,so,1/3,n/a\n"


@pytest.fixture(scope="module")
def contents():
    """Two units."""
    framework = parse_framework(FRAMEWORK)
    return Contents(
        about={"name": "thu-2024", "title": "Thử", "publication": 1, "publicity": "annex"},
        readme="# Thử\n",
        framework=FRAMEWORK,
        assessment=assess(framework, answers_of(framework, grid_of(ANSWERS, "answers.csv")).table),
        sentence=lambda reason, leaf: reason_sentence(reason, leaf, "vi", decimals=2),
        ledger=b"",
        heads={},
        evidence=[],
        key=PEM,
    )


def _sign(said):
    return KEY.sign(said).hex()


@pytest.fixture(scope="module")
def whole(contents):
    """The bundle."""
    return make_bundle(contents, _sign)


def _excerpt(contents, whole, publicity=Publicity.ANNEX, **more):
    return make_excerpt(
        contents,
        **{
            "publicity": publicity,
            "bundle": hashlib.sha256(whole).hexdigest(),
            "readme": "# Trích\n",
            "sign": _sign,
            **more,
        },
    )


def _files(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_it_holds_figures_and_neither_answers_nor_reasons(contents, whole):
    """By the level: the annex has no column of an area."""
    files = _files(_excerpt(contents, whole))
    assert set(files) == {
        kept.MANIFEST, kept.SIGNATURE, kept.PACKAGE, kept.README, kept.FRAMEWORK, kept.CSV, kept.KEY
    }  # fmt: skip
    assert b"index:" not in files[kept.CSV]
    assert b"20/21" not in b"".join(files.values())
    assert b"index:1" in _files(_excerpt(contents, whole, Publicity.AREAS))[kept.CSV]


def test_by_itself_it_is_intact_and_says_what_is_not_proved(contents, whole):
    """Nothing is computed again, and nothing claims to be."""
    checked = check_bundle(_excerpt(contents, whole), "b", PEM)
    assert (checked.differences, checked.signer, checked.figures) == ([], True, 0)
    assert verdict(checked) == "intact"
    assert hashlib.sha256(whole).hexdigest() in summary(checked, "vi")


def test_with_the_bundle_that_it_names_every_figure_is_computed_again(contents, whole):
    """And another bundle is told from it."""
    made = _excerpt(contents, whole)
    checked = check_bundle(made, "b", PEM, whole=whole)
    assert (checked.differences, verdict(checked), checked.units) == ([], "identical", 2)
    other = make_bundle(contents, lambda said: Ed25519PrivateKey.generate().sign(said).hex())
    assert [d.place for d in check_bundle(made, "b", PEM, whole=other).differences] == ["bundle"]


def test_figures_that_do_not_follow_from_the_bundle_are_named(contents, whole, monkeypatch):
    """Even where the authority itself signed them."""
    monkeypatch.setattr(
        "parindex.core.formats.excerpt.figures_csv",
        lambda assessment, publicity: (
            b"group,unit,type,points,applicable_max,index,grade,rank\nso,Mot,,9,10,90,,1\n"
        ),
    )
    made = _excerpt(contents, whole)
    monkeypatch.undo()
    places = [d.place for d in check_bundle(made, "b", PEM, whole=whole).differences]
    assert any(p.endswith("Mot · points") for p in places)


@pytest.mark.parametrize("name", [kept.CSV, kept.FRAMEWORK, kept.README, kept.KEY, kept.PACKAGE])
def test_a_changed_or_missing_file_is_named(contents, whole, name):
    """One byte is enough."""
    for said in (None, b"x"):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as packed:
            for one, content in _files(_excerpt(contents, whole)).items():
                if one != name or said is not None:
                    packed.writestr(one, content + said if one == name and said else content)
        assert name in {d.file for d in check_bundle(out.getvalue(), "b", PEM).differences}


def test_a_level_that_nobody_knows_is_read_as_the_narrowest(contents, whole):
    """A manifest may say anything."""
    files = _files(_excerpt(contents, whole))
    said = json.loads(files[kept.MANIFEST]) | {"publicity": "all"}
    text = json.dumps(said).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for one, content in {**files, kept.MANIFEST: text, kept.SIGNATURE: _sign(text).encode()}.items():
            packed.writestr(one, content)
    assert check_bundle(out.getvalue(), "b", PEM, whole=whole).differences == []


def test_whole_is_asked_for_with_an_excerpt_only(whole):
    """A bundle has all in itself."""
    with pytest.raises(FileRefused) as refusal:
        check_bundle(whole, "b", whole=whole)
    assert refusal.value.problems[0].code == "not_an_excerpt"


def test_the_command_says_intact_or_identical(contents, whole, tmp_path, capsys):
    """By what it was given."""
    excerpt, bundle = tmp_path / "e.zip", tmp_path / "b.zip"
    excerpt.write_bytes(_excerpt(contents, whole))
    bundle.write_bytes(whole)
    assert main(["verify", str(excerpt)]) == 0
    assert capsys.readouterr().out.startswith("intact\n")
    assert main(["verify", str(excerpt), "--whole", str(bundle)]) == 0
    assert capsys.readouterr().out.startswith("identical\n")
