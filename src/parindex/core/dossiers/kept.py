"""What was counted of ended dossiers, kept beside the store: they are counted once, whatever comes later.

    counts/DIGEST/whole.json            which files of the store the sum holds, which came and went since
    counts/DIGEST/whole-….KIND.parquet  the sum over those that it holds
    counts/DIGEST/….KIND.parquet        the counters of one file
    counts/DIGEST/….turns.parquet       which open dossiers turn overdue when

The digest says what is counted and how. A file of ended dossiers never changes; one that came since the sum
was made is read beside it, one that is gone is read with its sign turned; when there are several, the sum is
made anew of itself and them. Of open dossiers time changes one thing: those whose clock runs turn overdue. So
they are counted once as well, and whoever asks later moves those whose minute has passed. Whatever is missing
or broken is counted anew; nothing here needs saving.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from parindex.core.dossiers import expressions as ex
from parindex.core.dossiers.calendar import WorkingDays
from parindex.core.dossiers.engines import Duck, Rows
from parindex.core.dossiers.manifest import Manifest, Part
from parindex.core.dossiers.question import Question
from parindex.core.dossiers.reading import quoted
from parindex.core.dossiers.store import FEW


VERSION = 4  # of what is counted; what an older one has kept is not used
WHOLE, FOREVER = "whole.json", 2**31 - 1
TURNS, MOVING = "turns", -1
MOST = 12  # questions whose answers are kept; the longest unused goes first
LOOSE = 8  # files beside the sum; with more it is made anew
WIDE = frozenset({"unit", "procedure", "division", "officer"})


def worth_keeping(question: Question) -> bool:
    """Whether there are far fewer counters than dossiers: of many-valued keys at most one is asked for."""
    months = (question.first_month, question.last_month)
    return len(WIDE.intersection(ex.inner_keys(question))) <= 1 and months == (None, None)


class Kept:
    """The counters of a store for one question; `kinds` are the expressions whose rows are kept."""

    def __init__(
        self,
        store: Path,
        manifest: Manifest,
        *,
        question: Question,
        days: WorkingDays,
        kinds: Sequence[str],
    ) -> None:
        self.store, self.manifest, self.question, self.kinds = store, manifest, question, kinds
        # what ended dossiers say can no longer change, so that the last moment stands for all later ones
        self.settled = question.as_of >= (manifest.latest or 0)
        self.asked = replace(question, as_of=FOREVER) if self.settled else question
        self.base = replace(question, as_of=manifest.latest or 0) if self.settled else question
        said = (VERSION, kinds, ex.inner_keys(question), question.eras, question.of, question.since,
                self.asked.as_of, sorted(days.holidays), sorted(days.worked))  # fmt: skip
        self.folder = store / "counts" / hashlib.sha256(repr(said).encode()).hexdigest()[:16]

    def rows(self, duck: Duck, queries: Sequence[str]) -> list[Rows] | None:
        """The rows of queries over the tables `kept_KIND`; None where all must be counted for the moment."""
        for _ in range(2):
            try:
                return [duck.rows(query) for query in queries] if self.bring(duck) else None
            except (duckdb.Error, OSError, ValueError, TypeError):
                # a file is broken, or another process has just removed it; or nothing can be kept here
                shutil.rmtree(self.folder, ignore_errors=True)
        return None

    def bring(self, duck: Duck) -> bool:
        """Make the tables `kept_KIND` of all dossiers; False where they would not be true of the moment."""
        whole = self.whole(duck)
        if self.settled and max(whole.members.values(), default=0) > self.question.as_of:
            return False  # the clock of an ended dossier stands beyond the moment
        moving = MOVING in whole.open.values()
        few = False
        if moving and self.manifest.open:
            few = self.look_at(duck, self.manifest.open, self.question)
        for kind in self.kinds:
            told = self.told(kind, whole)
            also = self.turned(kind, told.minus)
            if kind == "histogram" or not whole.open:
                pass  # who is open has no result, and took no time yet
            elif moving:
                also.append(self.sql(kind, self.question, few))
            else:
                (name,) = whole.open
                told.plus.append(self.path(name, kind))
                also.append(self.overdue_since(kind, self.path(name, TURNS)))
            duck.view(f"kept_{kind}", told.plus, also=also)
        return True

    def whole(self, duck: Duck) -> Whole:
        """The sum over all files of ended dossiers, brought up to date."""
        parts = {self.name(part): part for part in self.manifest.closed}
        whole = self.read()
        gone = [name for name in whole.members if name not in parts]
        if not all(self.path(name, kind).exists() for name in (*gone, *whole.minus) for kind in self.kinds):
            whole = Whole()
        if new := [name for name in parts if name not in whole.members]:
            whole = replace(
                whole, plus=whole.plus | {name: self.count(duck, name, parts[name]) for name in new}
            )
        opened = self.opened(duck, whole)
        if gone or new or opened != whole.open:
            whole = replace(whole.without(gone), open=opened)
            if not whole.held or len(whole.plus) + len(whole.minus) > LOOSE:
                after = Whole(whole.members, open=opened)
                for kind in self.kinds:
                    duck.save(self.added(kind, self.told(kind, whole)), self.folder / after.file(kind))
                whole = after
            self.write(whole)
        if whole.members:
            os.utime(self.folder / WHOLE)
        return whole

    def told(self, kind: str, whole: Whole) -> Told:
        """The files that a sum is told by."""
        plus = [self.folder / whole.file(kind)] if whole.held else []
        plus += [self.path(name, kind) for name in whole.plus]
        return Told(plus, [self.path(name, kind) for name in whole.minus])

    def count(self, duck: Duck, name: str, part: Part) -> int:
        """Keep the counters of one file; the last minute at which a clock in it goes on."""
        if not all(self.path(name, kind).exists() for kind in self.kinds):
            few = self.look_at(duck, part, self.asked)
            for kind in self.kinds:
                duck.save(self.sql(kind, self.asked, few), self.path(name, kind))
        file = quoted(str(self.store / part.path))
        return int(duck.rows(f"SELECT coalesce(max(resumed), 0) FROM read_parquet({file})")[0][0])

    def opened(self, duck: Duck, whole: Whole) -> dict[str, int]:
        """Keep the counters of the open dossiers, and when which of them turn overdue."""
        if self.manifest.open is None:
            return {}
        name = self.name(self.manifest.open)
        kinds = [kind for kind in self.kinds if kind != "histogram"]
        if whole.open.get(name) == MOVING or (
            name in whole.open and all(self.path(name, kind).exists() for kind in (*kinds, TURNS))
        ):
            return {name: whole.open[name]}
        file = quoted(str(self.store / self.manifest.open.path))
        clock = duck.rows(f"SELECT coalesce(max(greatest(paused, resumed)), 0) FROM read_parquet({file})")
        if self.settled and int(clock[0][0]) > self.base.as_of:
            return {name: MOVING}
        few = self.look_at(duck, self.manifest.open, self.base)
        for kind in (*kinds, TURNS):
            duck.save(self.sql(kind, self.base, few), self.path(name, kind))
        return {name: self.base.as_of}

    def overdue_since(self, kind: str, turns: Path) -> str:
        """What moves from in time to overdue between the moment of what is kept and the one asked for."""
        moved = {"open_in_time": "-n", "open_overdue": "n", "apologies": "apologies"}
        counts = ", ".join(f"{moved.get(name, '0::BIGINT')} AS {name}" for name in ex.ADDED[kind])
        return (
            f"SELECT {self.keys(kind)}, {counts} FROM {_files([turns])} WHERE minute < {self.question.as_of}"
        )

    def look_at(self, duck: Duck, part: Part, question: Question) -> bool:
        """Let the tables that expressions read be those of one file; whether it is one of few dossiers."""
        duck.view("dossiers", [self.store / part.path])
        few = part.rows <= FEW
        if "histogram" in self.kinds:
            duck.hold("cells", ex.sql("cells of few" if few else "cells", question, dialect=duck.dialect))
        return few

    def sql(self, kind: str, question: Question, few: bool) -> str:
        """The query that counts what `look_at` has laid out."""
        how = "counted of few" if few and kind == "counted" else kind
        return ex.sql(how, question, dialect=Duck.dialect)

    def turned(self, kind: str, minus: Sequence[Path]) -> list[str]:
        """The rows of files that are to be taken away, if there are any."""
        taken = ", ".join(f"-{name} AS {name}" for name in ex.ADDED[kind])
        return [f"SELECT {self.keys(kind)}, {taken} FROM {_files(minus)}"] if minus else []

    def added(self, kind: str, told: Told) -> str:
        """The sum of some files without others."""
        keys, names = self.keys(kind), ex.ADDED[kind]
        rows = [f"SELECT {keys}, {', '.join(names)} FROM {_files(told.plus)}"] if told.plus else []
        sums = ", ".join(f"CAST(sum({name}) AS BIGINT) AS {name}" for name in names)
        return (
            f"SELECT {keys}, {sums} FROM ({' UNION ALL '.join([*rows, *self.turned(kind, told.minus)])}) "
            f"GROUP BY {keys} HAVING sum({names[0]}) > 0 ORDER BY {keys}"
        )

    def keys(self, kind: str) -> str:
        """What the rows of a kind are told apart by."""
        return ", ".join([*ex.inner_keys(self.question), *(["days"] if kind == "histogram" else [])])

    def name(self, part: Part) -> str:
        """What a file of the store is called here; another content is another name."""
        found = (self.store / part.path).stat()
        said = f"{part.path} {found.st_size} {found.st_mtime_ns}"
        return hashlib.sha256(said.encode()).hexdigest()[:20]

    def path(self, name: str, kind: str) -> Path:
        """Where the counters of one file are kept."""
        return self.folder / f"{name}.{kind}.parquet"

    def read(self) -> Whole:
        """What the sum holds; nothing where none was made."""
        try:
            given = json.loads((self.folder / WHOLE).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Whole()
        whole = Whole(*({str(name): int(minute) for name, minute in dict(part).items()} for part in given))
        told = [path for kind in self.kinds for path in self.told(kind, whole).plus]
        return whole if all(path.exists() for path in told) else Whole()

    def write(self, whole: Whole) -> None:
        """Replace what the sum holds; then away with what is needed no longer, and with questions unused."""
        draft = self.folder / f"{WHOLE}.{os.getpid()}"
        draft.write_text(json.dumps([whole.held, whole.plus, whole.minus, whole.open]), encoding="utf-8")
        draft.replace(self.folder / WHOLE)
        named = (*whole.held, *whole.plus, *whole.open)
        alive = {self.path(name, kind).name for name in named for kind in (*self.kinds, TURNS)}
        alive |= {whole.file(kind) for kind in self.kinds}
        for path in self.folder.glob("*.parquet"):
            if path.name not in alive:
                path.unlink(missing_ok=True)
        used = {path.parent: path.stat().st_mtime for path in self.folder.parent.glob(f"*/{WHOLE}")}
        others = [path for path in self.folder.parent.iterdir() if path.is_dir() and path != self.folder]
        for folder in sorted(others, key=lambda path: -used.get(path, 0))[MOST - 1 :]:
            shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Whole:
    """Which files of the store a sum stands for, each with the last minute at which a clock in it goes on.

    Attributes:
        held: those in the file of the sum; plus: those that came since; minus: those of it that are gone.
        open: the file of open dossiers, with the moment at which they were counted; `MOVING` where a clock
            stops or goes on later than that, so that they must be counted for each moment.
    """

    held: dict[str, int] = field(default_factory=dict)
    plus: dict[str, int] = field(default_factory=dict)
    minus: dict[str, int] = field(default_factory=dict)
    open: dict[str, int] = field(default_factory=dict)

    @property
    def members(self) -> dict[str, int]:
        """All that it stands for."""
        return {name: minute for name, minute in (self.held | self.plus).items() if name not in self.minus}

    def without(self, gone: Sequence[str]) -> Whole:
        """The same when some files have given way."""
        plus = {name: minute for name, minute in self.plus.items() if name not in gone}
        minus = {name: minute for name, minute in self.held.items() if name in gone}
        return Whole(self.held, plus, self.minus | minus, self.open)

    def file(self, kind: str) -> str:
        """The file of the sum; another sum is another file, so that whoever reads one is not disturbed."""
        return f"whole-{hashlib.sha256(repr(sorted(self.held)).encode()).hexdigest()[:16]}.{kind}.parquet"


@dataclass(frozen=True, slots=True)
class Told:
    """Files of counters: to be added, and to be taken away."""

    plus: list[Path]
    minus: list[Path]


def _files(paths: Sequence[Path]) -> str:
    return f"read_parquet([{', '.join(quoted(str(path)) for path in paths)}])"
