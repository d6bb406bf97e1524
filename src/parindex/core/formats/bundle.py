"""A bundle: all it takes to compute a published result again, in one signed ZIP.

Its files are named in ``manifest.json`` with their SHA-256; ``manifest.sig`` is the Ed25519 signature of the
manifest's bytes, in hexadecimal. ``datapackage.json`` describes the tables (Frictionless Data Package 1).
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from parindex.core.formats import results_file
from parindex.core.formats.answers_hash import answers_hash
from parindex.core.formats.framework_file import framework_hash
from parindex.core.formats.problems import refuse
from parindex.core.formats.results_file import Sentence
from parindex.core.kernel.answers import Answer, Input, NoAnswer
from parindex.core.kernel.assess import Assessment
from parindex.core.kernel.numbers import decimal_text
from parindex.core.kernel.reading import written


FORMAT = "parindex-bundle/1"
MANIFEST, SIGNATURE, KEY = "manifest.json", "manifest.sig", "signing-key.pub"
README, PACKAGE = "README.md", "datapackage.json"
FRAMEWORK, ANSWERS = "framework.yaml", "answers.csv"
JSON, CSV, XLSX = "results.json", "results.csv", "results.xlsx"
LEDGER, EVIDENCE, CHANGES = "ledger.jsonl", "evidence.csv", "changes.csv"
NEEDED = (README, PACKAGE, FRAMEWORK, ANSWERS, JSON, CSV, XLSX, LEDGER, EVIDENCE, KEY)
ANSWER_COLUMNS = ("unit", "group", "type", "late_days", "criterion", "answer", "se", "n")
EVIDENCE_COLUMNS = ("unit", "criterion", "number", "date", "issuer", "pages", "kept", "sha256")
CHANGE_COLUMNS = ("unit", "place", "before", "after")
LARGEST = 2**30  # bytes of all files together, unpacked
MOST_FILES = 100
SAME_MOMENT = (1980, 1, 1, 0, 0, 0)  # the same content is the same ZIP, whenever it is written


@dataclass(frozen=True, slots=True)
class Contents:
    """What a publication is made from.

    Attributes:
        about: what the manifest says of it: round, year, decision, number of the publication and the like.
        readme: for people. `framework`: the criteria set's file as it is stored.
        assessment: the result. `sentence`: a reason in words.
        ledger: the round's entries, one JSON object a line. `heads`: the last entry of each chain,
            ``chain -> [position, hash]``.
        evidence, changes: rows by `EVIDENCE_COLUMNS` and, in a correction, by `CHANGE_COLUMNS`.
        key: the public key (PEM). `license`: name and address of the licence.
    """

    about: Mapping[str, Any]
    readme: str
    framework: bytes
    assessment: Assessment
    sentence: Sentence
    ledger: bytes
    heads: Mapping[str, Sequence[Any]]
    evidence: Sequence[Sequence[str]]
    key: bytes
    changes: Sequence[Sequence[str]] | None = None
    license: tuple[str, str] = ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/")


@dataclass(frozen=True, slots=True)
class Bundle:
    """An opened bundle: the bytes of each file that could be read, and the names of those that could not."""

    name: str
    files: Mapping[str, bytes]
    damaged: Sequence[str] = field(default_factory=tuple)


def make_bundle(contents: Contents, sign: Callable[[bytes], str]) -> bytes:
    """The ZIP of a publication; the same contents and key give the same bytes.

    Args:
        sign: the signature of some bytes, in hexadecimal.
    """
    said = {
        "format": FORMAT,
        **contents.about,
        **hashes_of(contents.assessment),
        "ledger_heads": contents.heads,
    }
    return signed(said, contents, files=_files(contents), sign=sign)


def hashes_of(assessment: Assessment) -> dict[str, str]:
    """What a result follows from: the hashes of its criteria set and of its answers."""
    return {
        "framework_hash": framework_hash(assessment.framework),
        "answers_hash": answers_hash(assessment.table),
    }


def signed(
    said: Mapping[str, Any], contents: Contents, *, files: Mapping[str, bytes], sign: Callable[[bytes], str]
) -> bytes:
    """Files as a ZIP with their description, a manifest that says `said`, and its signature."""
    whole = {**files, PACKAGE: _package(contents, files)}
    manifest = {
        **said,
        "files": {
            name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in sorted(whole.items())
        },
    }
    text = (json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    signature = (sign(text) + "\n").encode()
    return _zipped({MANIFEST: text, SIGNATURE: signature, **whole})


def _files(contents: Contents) -> dict[str, bytes]:
    """Every file that the manifest names, but for their description."""
    assessment = contents.assessment
    files = {
        README: contents.readme.encode(),
        FRAMEWORK: contents.framework,
        ANSWERS: answers_csv(assessment).encode(),
        JSON: results_file.as_json(assessment, contents.sentence).encode(),
        CSV: results_file.as_csv(assessment).encode(),
        XLSX: results_file.rows_as_xlsx(*results_file.table_rows(assessment)),
        LEDGER: contents.ledger,
        EVIDENCE: results_file.rows_as_csv(EVIDENCE_COLUMNS, contents.evidence).encode(),
        KEY: contents.key,
    }
    if contents.changes is not None:
        files[CHANGES] = results_file.rows_as_csv(CHANGE_COLUMNS, contents.changes).encode()
    return files


def answers_csv(assessment: Assessment) -> str:
    """Every answer of every unit as `parindex score` reads them, one row an answer."""
    rows = results_file.rows_as_csv(ANSWER_COLUMNS, _answer_rows(assessment))
    return f"# {assessment.framework.id} {assessment.framework.version}\n{rows}"


def _answer_rows(assessment: Assessment) -> Iterator[list[str]]:
    """A unit without any answer has one row that names nothing."""
    table = assessment.table
    for members in assessment.groups().values():
        for unit in members:
            who = table.participants[unit]
            head = [who.name, who.group, who.type, str(who.late_days)]
            is_silent = True
            for code, column in table.columns.items():
                at = column.index[unit]
                answer = column.distinct[at] if at >= 0 else None
                if answer is None or isinstance(answer, NoAnswer):
                    continue
                is_silent = False
                yield [*head, code, written(answer), *_sureness(answer)]
            if is_silent:
                yield [*head, next(iter(table.columns)), "", "", ""]


def _sureness(answer: Answer) -> list[str]:
    """Standard error and number of respondents of what a survey gave."""
    se, n = (answer.se, answer.n) if isinstance(answer, Input) else (None, None)
    return ["" if se is None else decimal_text(se), "" if n is None else str(n)]


def _package(contents: Contents, files: Mapping[str, bytes]) -> bytes:
    """The description as a Frictionless data package."""
    name, path = contents.license
    described = {
        "profile": "data-package",
        "name": str(contents.about.get("name", "result")),
        "title": contents.about.get("title", ""),
        "licenses": [{"name": name, "path": path}],
        "resources": [_resource(name, content) for name, content in sorted(files.items())],
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


MEDIA = {
    "md": "text/markdown",
    "yaml": "application/yaml",
    "csv": "text/csv",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pub": "application/x-pem-file",
}


def _resource(name: str, content: bytes) -> dict[str, Any]:
    stem, _, kind = name.partition(".")
    found: dict[str, Any] = {
        "name": f"{stem}-{kind}".lower(),
        "path": name,
        "format": kind,
        "mediatype": MEDIA[kind],
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
    if kind == "csv":
        text = content.decode()
        comment = text.startswith("#")
        header = next(csv.reader(io.StringIO(text.partition("\n")[2] if comment else text)))
        found |= {
            "profile": "tabular-data-resource",
            "encoding": "utf-8",
            "dialect": {"commentChar": "#"} if comment else {},
            "schema": {"fields": [{"name": n, "type": "string"} for n in header]},
        }
    return found


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, SAME_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content)
    return out.getvalue()


def open_bundle(content: bytes, name: str) -> Bundle:
    """Read a bundle's files into memory, never more than `LARGEST` bytes of them.

    Raises:
        FileRefused: ``not_a_bundle``: no whole ZIP, or none with a manifest; ``bundle_too_large``;
            ``bundle_path_unsafe``: a name that leads elsewhere, or stands twice.
    """
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as fault:
        raise refuse(name, "not_a_bundle") from fault
    with packed:
        entries = packed.infolist()
        names = [e.filename for e in entries]
        if MANIFEST not in names:
            raise refuse(name, "not_a_bundle")
        for one in names:
            if "/" in one or "\\" in one or one in ("", ".", "..") or names.count(one) > 1:
                raise refuse(name, "bundle_path_unsafe", path=one[:100])
        if len(entries) > MOST_FILES or sum(e.file_size for e in entries) > LARGEST:
            raise refuse(name, "bundle_too_large", limit=LARGEST)
        files: dict[str, bytes] = {}
        damaged = []
        for entry in entries:
            read = _read(packed, entry)
            if read is None:
                damaged.append(entry.filename)
            else:
                files[entry.filename] = read
    return Bundle(name, files, damaged)


def _read(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes | None:
    """A file's bytes, as many as it declares; None where they are damaged or more."""
    import zlib

    try:
        with packed.open(entry) as stream:
            content = stream.read(entry.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
        return None
    return content if len(content) == entry.file_size else None
