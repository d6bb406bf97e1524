"""A bundle verifies by itself; whatever is changed in it, by whoever, is found and named."""

import io
import json
import re
import subprocess
import sys
import zipfile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from parindex.core.formats import bundle as kept
from parindex.core.formats.answers_file import answers_of
from parindex.core.formats.bundle import Contents, make_bundle
from parindex.core.formats.bundle_check import check_bundle
from parindex.core.formats.canonical import canonical
from parindex.core.formats.framework_file import parse_framework
from parindex.core.formats.grids import grid_of
from parindex.core.formats.ledger_lines import GENESIS, line_hash
from parindex.core.formats.problems import FileRefused
from parindex.core.formats.signatures import public_pem
from parindex.core.kernel.assess import assess
from parindex.core.wording.bundles import difference_line
from parindex.core.wording.reasons import reason_sentence


KEY = Ed25519PrivateKey.generate()
PEM = public_pem(KEY.public_key())
FRAMEWORK = """\
parindex: 1
id: thu
version: '1'
title: Thử
status: constructed
tree:
  - code: '1'
    name: Một
    max: 10
    children:
      - {code: '1.1', name: Tỷ lệ, max: 6, rule: {kind: proportional}}
      - {code: '1.2', name: Tỷ lệ khác, max: 4, rule: {kind: proportional}}
grades: {bands: [{id: tot, name: Tốt, min: 80}, {id: kha, name: Khá, min: 0}]}
"""
ANSWERS = """\
unit,group,1.1,1.2
Sở Một,so,20/21,3/3
"Sở Hai, Ba",so,1/3,n/a
Sở Không,so,,
"""


def _ledger():
    lines, previous = [], GENESIS
    for position in (1, 2, 3):
        entry = {
            "chain": "round:thu/2024", "position": position, "kind": "round.opened", "subject": "2024",
            "payload": {"v": 1, "n": position}, "texts": {}, "by": "person:7",
            "at": "2024-12-11T01:00:00+00:00", "previous": previous,
        }  # fmt: skip
        entry["hash"] = previous = line_hash(entry)
        lines.append(canonical(entry) + b"\n")
    return b"".join(lines), {"round:thu/2024": [3, previous]}


def _sign(said):
    return KEY.sign(said).hex()


@pytest.fixture(scope="module")
def contents():
    """Two units with answers, one without any."""
    framework = parse_framework(FRAMEWORK.encode())
    answers = answers_of(framework, grid_of(ANSWERS.encode(), "answers.csv"))
    ledger, heads = _ledger()
    return Contents(
        about={"name": "thu-2024", "title": "Thử", "publication": 1},
        readme="# Thử 1\n",
        framework=FRAMEWORK.encode(),
        assessment=assess(framework, answers.table),
        sentence=lambda reason, leaf: reason_sentence(reason, leaf, "vi", decimals=2),
        ledger=ledger,
        heads=heads,
        evidence=[["Sở Một", "1.1", "74/KH-SVHTTDL", "2024-01-15", "Sở", "3", "file", "ab" * 32]],
        key=PEM,
    )


@pytest.fixture(scope="module")
def made(contents):
    """A whole bundle."""
    return make_bundle(contents, _sign)


NEWER = b'{"format": "khac/9", "files": {}}'


def _with(content, changes):
    """The ZIP with some files' bytes replaced; None takes a file out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            said = changes.get(name, old.read(name))
            if said is not None:
                new.writestr(name, said)
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name])
    return out.getvalue()


def _files(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_a_whole_bundle_is_identical_with_and_without_the_key(made):
    """And says what the key proves."""
    assert (check_bundle(made, "b").differences, check_bundle(made, "b").signer) == ([], None)
    checked = check_bundle(made, "b", PEM)
    assert (checked.differences, checked.signer, checked.units) == ([], True, 3)


def test_the_same_contents_are_the_same_bytes(contents, made):
    """Whenever they are written."""
    assert make_bundle(contents, _sign) == made


def test_it_describes_itself_as_a_data_package(made):
    """Every file but the manifest and its signature, with its hash."""
    files = _files(made)
    described = json.loads(files[kept.PACKAGE])
    named = {r["path"] for r in described["resources"]} | {kept.PACKAGE, kept.MANIFEST, kept.SIGNATURE}
    assert named == set(files)
    answers = next(r for r in described["resources"] if r["path"] == kept.ANSWERS)
    assert [f["name"] for f in answers["schema"]["fields"]] == list(kept.ANSWER_COLUMNS)


def _digits():
    names = (*kept.NEEDED, kept.MANIFEST, kept.SIGNATURE)
    return [n for n in names if n != kept.XLSX]


@pytest.mark.parametrize("name", _digits())
def test_one_changed_digit_is_found_and_named(made, name):
    """In whichever file, at its first, middle and last digit."""
    content = _files(made)[name]
    places = [m.start() for m in re.finditer(rb"\d", content)]
    for at in {places[0], places[len(places) // 2], places[-1]}:
        digit = bytes([(content[at] - 48 + 1) % 10 + 48])
        checked = check_bundle(_with(made, {name: content[:at] + digit + content[at + 1 :]}), "b", PEM)
        # the manifest speaks for every file, so what is changed in it may be told of that file
        told = {d.file for d in checked.differences}
        assert name in told or (name == kept.MANIFEST and kept.SIGNATURE in told), at


def test_a_changed_cell_of_the_workbook_is_found(made):
    """The workbook is compared cell by cell, beside its hash."""
    book = io.BytesIO(_files(made)[kept.XLSX])
    sheet = _files(book.getvalue())["xl/worksheets/sheet1.xml"]
    value = re.search(rb"<v>(\d+)\.", sheet)
    other = sheet.replace(value[0], b"<v>9" + value[1] + b".", 1)
    changed = _with(book.getvalue(), {"xl/worksheets/sheet1.xml": other})
    codes = {d.code for d in check_bundle(_with(made, {kept.XLSX: changed}), "b").differences}
    assert codes == {"file_changed", "figure"}


def _signed_again(made, changes, key):
    """A forger's bundle: files changed, every hash and the signature made to fit."""
    import hashlib

    files = {**_files(made), **changes, kept.KEY: public_pem(key.public_key())}
    manifest = json.loads(files[kept.MANIFEST])
    for name in manifest["files"]:
        content = files[name]
        manifest["files"][name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    said = (json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    return _with(made, {**files, kept.MANIFEST: said, kept.SIGNATURE: key.sign(said).hex().encode()})


@pytest.mark.parametrize("name", [kept.JSON, kept.CSV])
def test_a_forger_who_signs_again_is_told_by_the_arithmetic(made, name):
    """Points that the answers do not give are named with what they give, though every hash fits."""
    content = _files(made)[name]
    other = content.replace(b"9.714285714285714", b"9.814285714285714", 1)
    assert other != content
    forger = Ed25519PrivateKey.generate()
    checked = check_bundle(_signed_again(made, {name: other}, forger), "b")
    found = {(d.file, d.code) for d in checked.differences}
    assert found == {(name, "figure")}
    line = difference_line(checked.differences[0], "vi")
    assert "Sở Một" in line
    assert "9.71428" in line


def test_a_forger_with_whole_arithmetic_is_told_by_the_key(made, contents):
    """Without the key the bundle is consistent; with it, it is nobody's."""
    forger = Ed25519PrivateKey.generate()
    forged = _signed_again(made, {}, forger)
    assert check_bundle(forged, "b").differences == []
    assert [d.code for d in check_bundle(forged, "b", PEM).differences] == ["not_signed_by"]


def test_a_ledger_entry_rewritten_removed_or_added_is_named(made):
    """Though every hash of a file fits."""
    lines = _files(made)[kept.LEDGER].splitlines(keepends=True)
    forger = Ed25519PrivateKey.generate()

    def codes(changed):
        again = _signed_again(made, {kept.LEDGER: b"".join(changed)}, forger)
        return [d.code for d in check_bundle(again, "b").differences]

    assert codes([lines[0], lines[1].replace(b"person:7", b"person:8"), lines[2]]) == ["ledger_changed"]
    assert codes([lines[0], lines[2]]) == ["ledger_missing"]
    assert codes(lines[:2]) == ["ledger_head"]
    assert codes([*lines, b"{}\n"]) == ["ledger_unreadable"]


def test_files_taken_out_or_put_in_are_named(made):
    """Nothing lies in a bundle that was not signed."""
    found = check_bundle(_with(made, {kept.EVIDENCE: None, "them.txt": b"x"}), "b").differences
    assert {(d.file, d.code) for d in found} == {
        (kept.EVIDENCE, "file_missing"),
        ("them.txt", "file_not_named"),
    }


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda made: made[:-200], "not_a_bundle"),
        (lambda made: b"PK\x03\x04 but no more", "not_a_bundle"),
        (lambda made: b"", "not_a_bundle"),
        (lambda made: _with(b"PK\x05\x06" + bytes(18), {"a.txt": b"x"}), "not_a_bundle"),
        (lambda made: _with(made, {"../thoat.txt": b"x"}), "bundle_path_unsafe"),
        (lambda made: _with(made, {kept.MANIFEST: NEWER}), "bundle_format_unknown"),
    ],
)  # fmt: skip
def test_what_is_no_bundle_is_refused(made, make, code):
    """Truncated, something else, empty, another ZIP, a way out of the folder, a format of the future."""
    with pytest.raises(FileRefused) as refusal:
        check_bundle(make(made), "gói.zip")
    assert refusal.value.problems[0].code == code


def test_a_bomb_is_refused_before_it_is_unpacked(made, monkeypatch):
    """By what the ZIP declares, and by what really comes."""
    monkeypatch.setattr(kept, "LARGEST", 1000)
    with pytest.raises(FileRefused) as refusal:
        check_bundle(made, "b")
    assert refusal.value.problems[0].code == "bundle_too_large"


def test_a_damaged_stream_is_named(made):
    """One byte of the packed answers is another."""
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        entry = packed.getinfo(kept.ANSWERS)
        at = entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2
    broken = made[:at] + bytes([made[at] ^ 0xFF]) + made[at + 1 :]
    codes = {(d.file, d.code) for d in check_bundle(broken, "b").differences}
    assert codes & {(kept.ANSWERS, "file_damaged"), (kept.ANSWERS, "file_changed")}


def test_the_command_needs_neither_django_nor_a_database(made, tmp_path):
    """Exit 0 and `identical`, 1 with the place, 2 for no bundle."""
    path, key = tmp_path / "gói.zip", tmp_path / "khóa.pem"
    path.write_bytes(made)
    key.write_bytes(PEM)
    guard = "import sys; sys.modules['django'] = None; from parindex.cli import main; sys.exit(main())"

    def run(*arguments):
        done = subprocess.run(
            [sys.executable, "-c", guard, "verify", *map(str, arguments)],
            capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        return done.returncode, done.stdout, done.stderr

    code, out, _ = run(path)
    assert (code, out.splitlines()[0]) == (0, "identical")
    assert "chưa chứng minh người ký" in out
    code, out, _ = run("--key", key, "--lang", "en", path)
    assert (code, "signed by a given key" in out) == (0, True)
    path.write_bytes(_with(made, {kept.README: b"# Kh\xc3\xa1c\n"}))
    code, out, _ = run(path)
    assert (code, kept.README in out) == (1, True)
    path.write_bytes(made[:500])
    code, out, err = run(path)
    assert (code, out, "gói.zip" in err) == (2, "", True)
    key.write_text("không phải khóa")
    path.write_bytes(made)
    assert run("--key", key, path)[0] == 2
