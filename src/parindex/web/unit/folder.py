"""A folder or ZIP whose folders carry criterion codes: shown file by file, then attached in one act."""

from __future__ import annotations

import json
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import file_digest
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from parindex.apps.assessments.actions import Shown, attach_evidence
from parindex.apps.assessments.models import Participant
from parindex.apps.evidence import waiting
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.refusals import Finding
from parindex.apps.evidence.unpacking import PlannedFile, open_planned, plan_archive
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.problems import Refused
from parindex.core.wording.findings import finding_sentence
from parindex.web.parts.doors import Desk, attempt, scripted
from parindex.web.parts.finding import own_sheet
from parindex.web.parts.languages import language
from parindex.web.parts.sent_tables import words_of
from parindex.web.parts.uploads import keep
from parindex.web.unit.remarks import Remarks
from parindex.web.unit.sheet import frame


MOST = 400
SECONDS = 60
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Row:
    """A file of the plan, as its row shows it.

    Attributes:
        code: as guessed, or as typed last.
        wrong: why the code typed is none.
        known: the unit's vault holds the file already.
        remarks: why it cannot be taken, or what to look at.
    """

    file: PlannedFile
    code: str
    taken: bool
    wrong: str
    known: str
    remarks: Sequence[str]


@require_http_methods(["GET", "HEAD", "POST"])
def folder(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """Send a ZIP, or a folder's files with their paths; it waits for its plan to be looked at."""
    participant = own_sheet(request, round, unit, act=Act.SHEET_FILL)
    if request.method == "POST":
        try:
            token = _received(request)
        except Refused as refusal:
            messages.error(request, words_of(refusal))
            return redirect("unit:folder", participant.round, unit)
        return redirect("unit:folder_plan", participant.round, unit, token)
    return scripted(render(request, "unit/folder.html", {**frame(request, participant), "most": MOST}))


def _received(request: Desk) -> str:
    """What was sent, as one ZIP that waits; its token. Raises Refused ``file_missing``, EvidenceRefused."""
    zipped, files = request.FILES.get("zip"), request.FILES.getlist("file")
    if zipped is not None:
        return _parked(request, cast(BinaryIO, zipped), name=zipped.name or "", size=zipped.size or 0)
    if not files:
        raise Refused("file_missing")
    with tempfile.TemporaryFile(prefix="parindex-folder-") as made:
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
            seen: set[str] = set()
            for path, file in zip(_paths(request, files), files, strict=True):
                while path in seen:
                    path = f"_/{path}"
                seen.add(path)
                with archive.open(zipfile.ZipInfo(path), "w") as entry:
                    for block in file.chunks(BLOCK):
                        entry.write(block)
        size = made.tell()
        made.seek(0)
        return _parked(request, cast(BinaryIO, made), name=gettext("Thư mục") + ".zip", size=size)


def _paths(request: Desk, files: Sequence[UploadedFile[bytes]]) -> list[str]:
    """Where each file lay, as the page's script told; its name alone where none did."""
    names = [file.name or "" for file in files]
    try:
        told = json.loads(request.POST.get("paths", ""))
    except ValueError:
        return names
    texts = isinstance(told, list) and all(isinstance(t, str) and t for t in told)
    if not texts or len(told) != len(files):
        return names
    return [path.encode("utf-8", "replace").decode()[:4000] for path in told]


def _parked(request: Desk, stream: BinaryIO, *, name: str, size: int) -> str:
    begun = waiting.begin(owner=request.user.ref, name=name, size=size)
    waiting.add(owner=request.user.ref, token=begun.token, offset=0, stream=stream)
    return begun.token


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: Desk, *, round: str, unit: str, token: str) -> HttpResponse:  # noqa: A002  the address's word
    """Which file goes to which criterion; confirmed, or given up."""
    participant = own_sheet(request, round, unit, act=Act.SHEET_FILL)
    try:
        if "give_up" in request.POST:
            waiting.give_up(owner=request.user.ref, token=token)
            return redirect("unit:sheet", participant.round, unit)
        return _planned(request, participant, token)
    except Refused as refusal:
        messages.error(request, words_of(refusal))
        return redirect("unit:folder", participant.round, unit)


def _planned(request: Desk, participant: Participant, token: str) -> HttpResponse:
    """The plan as a page; what a form says of it is done where every code is one. Raises Refused."""
    owner = request.user.ref
    framework = by_hash(participant.round.framework.content_hash)
    name = waiting.look(owner=owner, token=token).name
    with waiting.open_waiting(owner=owner, token=token) as archive:
        planned = plan_archive(archive, name, framework.leaves)
        if len(planned) > MOST:
            waiting.give_up(owner=owner, token=token)
            raise Refused("folder_too_many", count=len(planned), limit=MOST)
        rows = _rows(request, participant, planned, framework=framework, sent=(archive, name))
        if request.method == "POST" and not any(r.wrong for r in rows):
            return _attach(request, participant, rows, archive=archive, token=token)
        rows = _remarked(request, participant, rows, sent=(archive, name))
    context = {
        **frame(request, participant),
        "rows": rows,
        "name": name,
        "usable": sum(r.file.usable for r in rows),
        "unsure": sum(r.file.usable and not r.code for r in rows),
        "leaves": framework.leaves.values(),
    }
    return render(request, "unit/folder_plan.html", context, status=422 if request.method == "POST" else 200)


def _rows(
    request: Desk,
    participant: Participant,
    planned: Sequence[PlannedFile],
    *,
    framework: Framework,
    sent: tuple[BinaryIO, str],
) -> list[Row]:
    """The plan, with what was typed into its form."""
    posted = request.POST if request.method == "POST" else None
    taken = set(posted.getlist("take")) if posted is not None else None
    spelled = {code.casefold(): code for code in framework.leaves}
    hashes = _hashes(sent, planned)
    known = _known(participant, hashes)
    rows = []
    for file in planned:
        code = file.code if posted is None else posted.get(f"code-{file.position}", "").strip()[:50]
        take = file.usable and (taken is None or str(file.position) in taken)
        wrong = take and code and code.casefold() not in spelled
        rows.append(
            Row(
                file,
                spelled.get(code.casefold(), code),
                take,
                words_of(Refused("leaf_unknown", leaf=code)) if wrong else "",
                known.get(file.position, ""),
                [_said(p) for p in file.problems],
            )
        )
    return rows


def _remarked(
    request: Desk, participant: Participant, rows: Sequence[Row], *, sent: tuple[BinaryIO, str]
) -> list[Row]:
    """The rows with what is worth a second look; only where the plan is shown, as files are read for it."""
    files = [row.file for row in rows]
    remarks = Remarks(request, participant, sent, files=files, hashes=_hashes(sent, files))
    codes = by_hash(participant.round.framework.content_hash).leaves
    return [
        replace(row, remarks=[*row.remarks, *remarks.of(row.file, row.code if row.code in codes else "")])
        for row in rows
    ]


def _hashes(sent: tuple[BinaryIO, str], planned: Sequence[PlannedFile]) -> dict[int, str]:
    """SHA-256 of every file that can be taken, by position."""
    hashes = {}
    for file in planned:
        if file.usable:
            with open_planned(*sent, file.position) as content:
                hashes[file.position] = file_digest(cast(Any, content), "sha256").hexdigest()
    return hashes


def _known(participant: Participant, hashes: Mapping[int, str]) -> Mapping[int, str]:
    """Of the files that the unit's vault holds already, under which name. One query."""
    rows = Document.objects.filter(unit=participant.unit_id, content__sha256__in=set(hashes.values()))
    names = dict(rows.order_by("-id").values_list("content__sha256", "file_name"))
    return {position: names[sha256] for position, sha256 in hashes.items() if sha256 in names}


def _said(problem: Finding | Refused) -> str:
    if isinstance(problem, Finding):
        return finding_sentence(problem.code, problem.data, language())
    return words_of(problem)


def _attach(
    request: Desk, participant: Participant, rows: Sequence[Row], *, archive: BinaryIO, token: str
) -> HttpResponse:
    """Keep every file that is taken and attach them in one act; what could not be kept stays in the plan."""
    kept = list(_kept(request, participant, rows, archive=archive))
    shown = [Shown(row.code, document) for row, document in kept if row.code]
    made = attempt(request, attach_evidence, participant=participant, shown=shown) if shown else []
    if made is None:
        return redirect("unit:folder_plan", participant.round, participant.unit.code, token)
    if kept:
        words = ngettext(
            "Đã lưu %(kept)s tệp vào kho, đính kèm %(n)s tệp.",
            "Đã lưu %(kept)s tệp vào kho, đính kèm %(n)s tệp.",
            len(kept),
        )
        messages.success(request, words % {"n": len(made), "kept": len(kept)})
    left = sum(r.taken for r in rows) - len(kept)
    if left:
        words = ngettext(
            "Còn %(n)s tệp chưa lưu; xem lý do rồi bấm lại.",
            "Còn %(n)s tệp chưa lưu; xem lý do rồi bấm lại.",
            left,
        )
        messages.warning(request, words % {"n": left})
        return redirect("unit:folder_plan", participant.round, participant.unit.code, token)
    waiting.give_up(owner=request.user.ref, token=token)
    return redirect("unit:sheet", participant.round, participant.unit.code)


def _kept(
    request: Desk, participant: Participant, rows: Sequence[Row], *, archive: BinaryIO
) -> Iterator[tuple[Row, Document]]:
    """Each taken file as a document of the vault; reading stops after a while, and goes on the next time."""
    end = time.monotonic() + SECONDS
    for row in rows:
        if not row.taken or time.monotonic() > end:
            continue
        with open_planned(archive, "", row.file.position) as content:
            file: Any = UploadedFile(content, size=row.file.size)
            file.name = row.file.name  # Django would shorten a name of 255 letters
            document = keep(request, participant.unit, file)
        if document is not None:
            yield row, document
