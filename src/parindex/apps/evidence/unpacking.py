"""A folder packed by an officer, as a plan: which file goes to which criterion. Planning stores nothing."""

from __future__ import annotations

import re
import stat
import tempfile
import unicodedata
import zipfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from parindex.apps.evidence.archives import BLOCK, BROKEN, is_system_file, open_archive
from parindex.apps.evidence.inspecting import check_size, check_type
from parindex.apps.evidence.names import check_name
from parindex.apps.evidence.refusals import EvidenceRefused, Finding
from parindex.apps.evidence.sniffing import sniff
from parindex.apps.search.folding import fold


UTF8 = 0x800
UNICODE_PATH = 0x7075
_WORDS = re.compile(r"^(?:tieu chi thanh phan|tieu chi|tctp|tc|muc|chi tieu)\s*[.:_-]?\s*")
_CODE_LIKE = re.compile(r"\d+(?:\.\d+)+")


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file of an archive.

    Attributes:
        position: of its entry in the archive, with which it is opened again.
        path: with its folders, as it is to be read.
        name: its own.
        code: of the criterion that a folder names (or, where none does, the file's own name); "" unknown.
        guessed_by: "folder", "name" or "".
        problems: why it cannot be evidence, or what to look at; `usable` tells which.
        usable: it can be uploaded.
    """

    position: int
    path: str
    name: str
    size: int
    code: str = ""
    guessed_by: str = ""
    problems: Sequence[Finding | EvidenceRefused] = field(default_factory=tuple)
    usable: bool = True


def plan_archive(file: BinaryIO, name: str, known_codes: Collection[str]) -> list[PlannedFile]:
    """Every file of a ZIP, in the archive's order, with the criterion its folder names; none is left out.

    Args:
        known_codes: of the criteria that documents can be attached to.

    Raises:
        EvidenceRefused: the archive as a whole cannot be opened or would unpack to too much.
    """
    with open_archive(file, name) as archive:
        entries = list(enumerate(archive.infolist()))
        return [_planned(archive, k, entry, known=known_codes) for k, entry in entries if not entry.is_dir()]


def open_planned(file: BinaryIO, name: str, position: int) -> BinaryIO:
    """The content of a planned file, in a temporary file that is gone when it is closed.

    Raises:
        EvidenceRefused: the archive or the entry is broken.
    """
    with open_archive(file, name) as archive:
        try:
            return _unpacked(archive, archive.infolist()[position])
        except (*BROKEN, RuntimeError, IndexError) as error:
            raise EvidenceRefused("archive_broken", name=name, detail=str(error)[:200]) from error


def guess_code(folders: Sequence[str], known_codes: Collection[str]) -> str:
    """The criterion of the innermost telling folder: ``1.1``, ``TC 1.1``, ``1.1 - Ban hành kế hoạch``."""
    by_length = sorted(known_codes, key=len, reverse=True)
    for folder in reversed(folders):
        said = _WORDS.sub("", fold(folder).strip(" ._-([{"))
        for code in by_length:
            if re.match(rf"{re.escape(fold(code))}(?![^\W_]|\.\d)", said):
                return code
    return ""


def entry_path(entry: zipfile.ZipInfo) -> tuple[str, bool]:
    """The path of an entry as whoever packed it wrote it, and whether that had to be guessed.

    Archives name their files in UTF-8 and say so, in UTF-8 without saying so, or in a code page; Python takes
    all that say nothing for the oldest of these.
    """
    if entry.flag_bits & UTF8:
        return entry.filename, False
    raw = entry.orig_filename.encode("cp437", errors="replace")
    told = _unicode_extra(entry.extra)
    if told:
        return told, False
    if raw.isascii():
        return entry.filename, False
    try:
        return raw.decode("utf-8"), False
    except UnicodeDecodeError:
        pass
    composed = unicodedata.normalize("NFC", raw.decode("cp1258", errors="replace"))
    return (composed, True) if "\ufffd" not in composed else (entry.filename, True)


def _planned(
    archive: zipfile.ZipFile, position: int, entry: zipfile.ZipInfo, *, known: Collection[str]
) -> PlannedFile:
    path, guessed = entry_path(entry)
    path = path.replace("\\", "/")
    parts = PurePosixPath(path).parts
    leaf = parts[-1] if parts else ""
    code = guess_code(parts[:-1], known)
    by = "folder" if code else ""
    if not code:
        code = guess_code([leaf], known)
        by = "name" if code else ""
    problems: list[Finding | EvidenceRefused] = _refusals(archive, entry, path)
    usable = not problems
    problems += _remarks(parts[:-1], code, known, guessed=guessed)
    return PlannedFile(position, path, leaf, entry.file_size, code, by, tuple(problems), usable)


def _refusals(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str) -> list[Finding | EvidenceRefused]:
    """Why a file cannot be evidence; empty where it can."""
    if is_system_file(path):
        return [Finding("system_file", {})]
    if path.startswith("/") or ".." in path.split("/") or re.match(r"[A-Za-z]:", path):
        return [EvidenceRefused("path_unsafe", name=ascii(path)[1:-1])]
    if stat.S_ISLNK(entry.external_attr >> 16):
        return [EvidenceRefused("path_unsafe", name=path)]
    leaf = PurePosixPath(path).name
    try:
        check_name(leaf)
        check_size(entry.file_size, leaf)
        with _unpacked(archive, entry) as content:
            check_type(sniff(content, leaf), leaf)
    except EvidenceRefused as refusal:
        return [refusal]
    except (*BROKEN, RuntimeError) as error:
        return [EvidenceRefused("archive_broken", name=leaf, detail=str(error)[:200])]
    return []


def _remarks(folders: Sequence[str], code: str, known: Collection[str], *, guessed: bool) -> list[Finding]:
    """What a person should look at in a row that can be used."""
    found = [Finding("name_guessed", {})] if guessed else []
    if not code:
        like = next((m[0] for f in reversed(folders) if (m := _CODE_LIKE.search(f))), "")
        near = get_close_matches(like, list(known), 1) if like else []
        found.append(
            Finding("code_unknown", {"code": like, "near": near[0] if near else ""})
            if like
            else Finding("code_missing", {})
        )
    return found


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> BinaryIO:
    """The whole content of an entry, its checksum proved."""
    kept = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=BLOCK))  # noqa: SIM115
    try:
        with archive.open(entry) as stream:
            while block := stream.read(BLOCK):
                kept.write(block)
    except BaseException:
        kept.close()
        raise
    kept.seek(0)
    return kept


def _unicode_extra(extra: bytes) -> str:
    """The path in UTF-8 that some packers put beside the one in a code page (Info-ZIP); "" where none."""
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        body, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == UNICODE_PATH and len(body) > 5:
            return body[5:].decode("utf-8", errors="replace")
    return ""
