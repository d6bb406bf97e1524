"""Whether a bundle is what it says: signature, hashes, and all that was published computed again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from parindex.core.formats import bundle as kept
from parindex.core.formats import excerpt
from parindex.core.formats.answers_file import answers_of
from parindex.core.formats.answers_hash import answers_hash
from parindex.core.formats.bundle import Bundle, open_bundle
from parindex.core.formats.framework_file import framework_hash, parse_framework
from parindex.core.formats.grids import grid_of
from parindex.core.formats.ledger_lines import broken_lines
from parindex.core.formats.problems import FileProblem, FileRefused, refuse
from parindex.core.formats.publicity import Publicity
from parindex.core.formats.results_check import (
    Difference,
    figures_of,
    json_differences,
    lines_differ,
    table_differences,
)
from parindex.core.formats.signatures import fingerprint, is_signed, leaked_in, public_keys_in
from parindex.core.kernel.assess import Assessment, assess
from parindex.core.kernel.assessment import TableRefused


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of it.

    Attributes:
        about: what the manifest says. `units`, `figures`: how many were computed again and compared; none of
            an excerpt by itself.
        signer: whether one of the given keys signed it; None where no key was given.
        differences: none where everything is identical.
    """

    about: Mapping[str, Any]
    units: int
    figures: int
    signer: bool | None
    differences: Sequence[Difference]


def check_bundle(
    content: bytes, name: str, keys: bytes | None = None, *, whole: bytes | None = None
) -> Checked:
    """Check a bundle by itself, and its signer by the keys (PEM) that are given.

    Without keys it is checked against the key inside, which proves that it is whole, not who signed it. Of
    an excerpt only signature and hashes are checked, unless the bundle that it names is given: `whole`.

    Raises:
        FileRefused: as `open_bundle`; ``bundle_format_unknown``; ``not_an_excerpt``: `whole` came with
            what is none.
    """
    opened = open_bundle(content, name)
    manifest = _manifest(opened)
    if manifest is None:
        return Checked({}, 0, 0, None, [Difference(kept.MANIFEST, "", "unreadable")])
    if manifest.get("format") == excerpt.FORMAT:
        return _excerpt(opened, manifest, keys, whole=whole)
    if manifest.get("format") != kept.FORMAT:
        raise refuse(name, "bundle_format_unknown", format=str(manifest.get("format"))[:40])
    if whole is not None:
        raise refuse(name, "not_an_excerpt")
    return _bundle(opened, manifest, keys)


def _bundle(opened: Bundle, manifest: Mapping[str, Any], keys: bytes | None) -> Checked:
    """All of it."""
    differences = [*_signature(opened, keys), *_hashes(opened, manifest, kept.NEEDED)]
    differences += _ledger(opened, manifest)
    units, figures = 0, 0
    assessment, problems = _assessed(opened.files)
    differences += [Difference(p.file, str(p.line), "not_computable", problem=p) for p in problems]
    if assessment is not None:
        units, figures = len(assessment.units), figures_of(assessment)
        differences += [*_named_hashes(manifest, assessment), *_results(opened.files, assessment)]
    signer = None if keys is None else not any(d.code == "not_signed_by" for d in differences)
    return Checked(manifest, units, figures, signer, differences)


def _excerpt(
    opened: Bundle, manifest: Mapping[str, Any], keys: bytes | None, *, whole: bytes | None
) -> Checked:
    """Signature and hashes; with the bundle it is made from, that bundle and every figure too."""
    differences = [*_signature(opened, keys), *_hashes(opened, manifest, excerpt.NEEDED)]
    signer = None if keys is None else not differences or differences[0].code != "not_signed_by"
    if whole is None:
        return Checked(manifest, 0, 0, signer, differences)
    found = hashlib.sha256(whole).hexdigest()
    if manifest.get("bundle") != found:
        differences.append(Difference(kept.MANIFEST, "bundle", "figure", str(manifest.get("bundle")), found))
        return Checked(manifest, 0, 0, signer, differences)
    under = check_bundle(whole, "bundle", keys)
    differences += under.differences
    assessment, _ = _assessed(open_bundle(whole, "bundle").files)
    if assessment is not None and kept.CSV in opened.files:
        due = excerpt.figures_csv(assessment, _publicity(manifest))
        differences += [*_named_hashes(manifest, assessment)]
        differences += lines_differ(kept.CSV, opened.files[kept.CSV], due)
    return Checked(manifest, under.units, under.figures, signer, differences)


def _publicity(manifest: Mapping[str, Any]) -> Publicity:
    """The level that the manifest names; the narrowest where it names none that is known."""
    said = manifest.get("publicity")
    return Publicity(said) if said in list(Publicity) else Publicity.ANNEX


def _manifest(opened: Bundle) -> Mapping[str, Any] | None:
    try:
        said = json.loads(opened.files[kept.MANIFEST])
    except (KeyError, ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) and isinstance(said.get("files"), dict) else None


def _signature(opened: Bundle, keys: bytes | None) -> Iterator[Difference]:
    """The manifest's, by the given keys or the one inside."""
    signature = opened.files.get(kept.SIGNATURE, b"").decode("ascii", "replace").strip()
    trusted = public_keys_in(opened.files.get(kept.KEY, b"") if keys is None else keys)
    signed = [key for key in trusted if is_signed(opened.files[kept.MANIFEST], signature, key)]
    if not signed:
        yield Difference(kept.SIGNATURE, "", "signature_broken" if keys is None else "not_signed_by")
    leaked = leaked_in(keys or b"")
    for name in map(fingerprint, signed):
        if name in leaked:
            yield Difference(kept.SIGNATURE, name, "signed_by_leaked", found=leaked[name])


def _hashes(opened: Bundle, manifest: Mapping[str, Any], needed: Sequence[str]) -> Iterator[Difference]:
    """Every file against the manifest, and no file beside it."""
    named = manifest["files"]
    for name in (*needed, *(n for n in named if n not in needed)):
        content = opened.files.get(name)
        told = named.get(name)
        if content is None:
            yield Difference(name, "", "file_damaged" if name in opened.damaged else "file_missing")
        elif not isinstance(told, dict):
            yield Difference(name, "", "file_not_named")
        elif hashlib.sha256(content).hexdigest() != told.get("sha256") or len(content) != told.get("bytes"):
            yield Difference(name, "", "file_changed")
    for name in (*opened.files, *opened.damaged):
        if name not in named and name not in (kept.MANIFEST, kept.SIGNATURE, *needed):
            yield Difference(name, "", "file_not_named")


def _ledger(opened: Bundle, manifest: Mapping[str, Any]) -> Iterator[Difference]:
    """Every entry's hash, what it follows, and the ends of the chains."""
    heads = manifest.get("ledger_heads")
    for one in broken_lines(opened.files.get(kept.LEDGER, b""), heads if isinstance(heads, dict) else {}):
        yield Difference(kept.LEDGER, f"{one.line}: {one.place}" if one.line else one.place, one.code)


def _named_hashes(manifest: Mapping[str, Any], assessment: Assessment) -> Iterator[Difference]:
    for name, found in (
        ("framework_hash", framework_hash(assessment.framework)),
        ("answers_hash", answers_hash(assessment.table)),
    ):
        if manifest.get(name) != found:
            yield Difference(kept.MANIFEST, name, "figure", str(manifest.get(name)), found)


def _assessed(files: Mapping[str, bytes]) -> tuple[Assessment | None, Sequence[FileProblem]]:
    """The result computed again, or why it cannot be; a missing file is named elsewhere."""
    if kept.FRAMEWORK not in files or kept.ANSWERS not in files:
        return None, ()
    try:
        framework = parse_framework(files[kept.FRAMEWORK], kept.FRAMEWORK)
        answers = answers_of(framework, grid_of(files[kept.ANSWERS], kept.ANSWERS))
        try:
            return assess(framework, answers.table), ()
        except TableRefused as refusal:
            raise answers.locate(refusal) from refusal
    except FileRefused as refusal:
        return None, refusal.problems


def _results(files: Mapping[str, bytes], assessment: Assessment) -> Iterator[Difference]:
    """Everywhere a published table says something else."""
    if kept.JSON in files:
        yield from json_differences(kept.JSON, files[kept.JSON], assessment)
    for name in (kept.CSV, kept.XLSX):
        if name in files:
            yield from table_differences(name, files[name], assessment)
