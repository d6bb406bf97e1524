"""Files on their way: arriving in pieces over a bad line, or waiting until a person has answered a question.

They lie in ``PARINDEX_HOME/waiting``, known only to whoever began them, and go when they are given up or have
not been touched for some hours. Nothing here is evidence yet.
"""

from __future__ import annotations

import json
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings

from parindex.apps.evidence.inspecting import BLOCK, Stream, check_size
from parindex.apps.evidence.names import check_name
from parindex.apps.evidence.refusals import EvidenceRefused


KEPT_SECONDS = 6 * 3600
MOST_OF_ONE_OWNER = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file on its way.

    Attributes:
        token: its address; nobody can guess it.
        name: as it was given.
        size: as it was announced.
        received: how much has arrived.
    """

    token: str
    name: str
    size: int
    received: int

    @property
    def complete(self) -> bool:
        """All of it is here."""
        return self.received == self.size


def begin(*, owner: str, name: str, size: int) -> Waiting:
    """Make a place for a file. What was left behind by anybody, hours ago, is cleared away first.

    Args:
        owner: who alone may go on with it, such as ``person:17``.

    Raises:
        EvidenceRefused: the name or size cannot be accepted, or the owner has too many files on their way.
    """
    check_name(name)
    check_size(size, name)
    sweep(time.time())
    if sum(1 for said in _all() if said["owner"] == owner) >= MOST_OF_ONE_OWNER:
        raise EvidenceRefused("waiting_too_many", limit=MOST_OF_ONE_OWNER)
    token = secrets.token_hex(16)
    place = _folder() / token
    place.mkdir(parents=True, mode=0o700)
    (place / "content").touch(mode=0o600)
    (place / "said").write_text(json.dumps({"owner": owner, "name": name, "size": size}), encoding="utf-8")
    return Waiting(token, name, size, 0)


def look(*, owner: str, token: str) -> Waiting:
    """How far a file has come, so that a broken upload goes on from there.

    Raises:
        EvidenceRefused: there is none of this owner under this token (any more).
    """
    place = _place(token)
    said = _said(place)
    content = place / "content"
    if said.get("owner") != owner or not content.exists():
        raise EvidenceRefused("waiting_gone")
    received = content.stat().st_size
    return Waiting(token, str(said["name"]), int(str(said["size"])), received)


def add(*, owner: str, token: str, offset: int, stream: Stream) -> Waiting:
    """Write what comes next. A piece that arrived before, sent again, is written over itself.

    Raises:
        EvidenceRefused: `look`'s reasons, a piece that leaves a gap, or more than was announced.
    """
    before = look(owner=owner, token=token)
    if not 0 <= offset <= before.received:
        raise EvidenceRefused("waiting_gap", name=before.name, received=before.received)
    with (_place(token) / "content").open("r+b") as file:
        file.seek(offset)
        while block := stream.read(BLOCK):
            if file.tell() + len(block) > before.size:
                raise EvidenceRefused("waiting_over", name=before.name, size=before.size)
            file.write(block)
    return look(owner=owner, token=token)


def open_waiting(*, owner: str, token: str) -> BinaryIO:
    """The whole file, to be inspected; it stays until `give_up`.

    Raises:
        EvidenceRefused: `look`'s reasons, or it has not arrived whole.
    """
    found = look(owner=owner, token=token)
    if not found.complete:
        raise EvidenceRefused("upload_cut_short", name=found.name, received=found.received, size=found.size)
    return cast(BinaryIO, (_place(token) / "content").open("rb"))


def give_up(*, owner: str, token: str) -> None:
    """Take a file away, since it was kept as a document or shall not be; again: nothing.

    Raises:
        EvidenceRefused: it is another's.
    """
    if _place(token).exists():
        look(owner=owner, token=token)
        shutil.rmtree(_place(token), ignore_errors=True)


def sweep(now: float) -> int:
    """Clear away what was not touched for `KEPT_SECONDS` before `now` (seconds since 1970); how many."""
    old = [place for place in _places() if now - _touched(place) > KEPT_SECONDS]
    for place in old:
        shutil.rmtree(place, ignore_errors=True)
    return len(old)


def _folder() -> Path:
    return Path(settings.PARINDEX_HOME) / "waiting"


def _place(token: str) -> Path:
    if len(token) != 32 or not set(token) <= set("0123456789abcdef"):
        raise EvidenceRefused("waiting_gone")
    return _folder() / token


def _places() -> list[Path]:
    return list(_folder().iterdir()) if _folder().is_dir() else []


def _all() -> list[dict[str, object]]:
    return [said for place in _places() if (said := _said(place))]


def _said(place: Path) -> dict[str, object]:
    """What was announced; nothing where it has just been cleared away."""
    try:
        said: dict[str, object] = json.loads((place / "said").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return said


def _touched(place: Path) -> float:
    try:
        return (place / "content").stat().st_mtime
    except FileNotFoundError:
        return time.time()
