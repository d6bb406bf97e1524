"""Kills a process at each statement of an act, and says what stood afterwards; run by `test_killed_acts`.

``killed_acts.py ACT`` makes a round in the site of PARINDEX_HOME, then for each statement of the act: the
database as it was, a child that does the act and is killed (SIGKILL) before that statement, the ledger
verified and compared, the act done again. Then, on SQLite, the same once where no byte more fits on the
disk. Prints JSON.
"""

import hashlib
import io
import json
import os
import resource
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from parindex.config.site import prepare


OPENS = datetime(2026, 1, 10, 1, 0, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=10)
ACT = {"by": "person:1", "at": OPENS + timedelta(days=1)}
AGAIN = timedelta(hours=1)  # after any lease
DONE, REFUSED, FAILED = 0, 3, 4


def world(act):
    """A round in self-assessment with something typed; with a result where one is to be published."""
    from small_round import open_small

    from parindex.apps.assessments.actions import PlannedPhase, Typing, save_draft
    from parindex.apps.assessments.models import Phase

    small = open_small()
    # a round without phases is public from the start; its result can be computed at once
    small.answer(("so-mot", "A1", "12/16"), ("so-mot", "A2", "3,5"), ("so-hai", "A2", "1"))
    if act == "publish":
        from parindex.apps.results.actions import compute_result

        compute_result(round_=small.round, **ACT)
    if act == "push":
        _connect(small)
    open_ = small.open("2025", 2025, phases=[PlannedPhase(Phase.Kind.SELF, OPENS, CLOSES)])
    save_draft(participant=open_.participants.get(unit__code="so-mot"), typed=Typing("A1", "3/4"), **ACT)


def _connect(small):
    """A system that may hand in values of an indicator."""
    from parindex.apps.indicators.actions import NewIndicator, define_indicator
    from parindex.apps.indicators.tokens import NewToken, create_token

    new = NewIndicator("so-ho-so", "Số hồ sơ", "Dossiers", "count", "hồ sơ", "Một cửa")
    define_indicator(new=new, **ACT)
    until = (OPENS + timedelta(days=30)).date()
    create_token(territory=small.territory, new=NewToken("Một cửa", [small.territory], None, until), **ACT)


def _round(code):
    from parindex.apps.assessments.models import Round

    return Round.objects.get(code=code)


def _sheet():
    return _round("2025").participants.get(unit__code="so-mot")


def save(later):
    from parindex.apps.assessments.actions import Typing, save_draft

    save_draft(participant=_sheet(), typed=Typing("A2", "5", "ghi chú"), **ACT)


def submit(later):
    from parindex.apps.assessments.actions import submit_sheet

    submit_sheet(participant=_sheet(), **ACT)


def tick(later):
    from parindex.apps.assessments.actions import close_phases
    from parindex.apps.schedule.tick import Job
    from parindex.apps.schedule.tick import tick as once

    job = Job("phases.close", lambda at: close_phases(by="system", at=CLOSES + timedelta(minutes=1)))
    for ran in once([job], at=CLOSES + timedelta(minutes=1) + later):
        if ran.error:
            raise OSError(ran.error)


def publish(later):
    from parindex.apps.publications.actions import publish as made

    made(round_=_round("2024"), **ACT)


def upload(later):
    from parindex.apps.evidence import reading
    from parindex.apps.evidence.actions import upload_document
    from parindex.apps.evidence.inspecting import inspect_upload
    from parindex.apps.organisations.models import Unit

    reading._ask = lambda *_: {}
    content = io.BytesIO("nội dung\n".encode() * 2000)
    with inspect_upload(stream=content, name="kế hoạch.txt") as looked:
        upload_document(unit=Unit.objects.get(code="so-mot"), upload=looked, **ACT)


def push(later):
    from parindex.apps.indicators.models import Token
    from parindex.apps.indicators.tokens import Sent, push_values

    row = {"indicator": "so-ho-so", "unit": "so-mot", "period": "2025", "value": "12", "as_of": "05/01/2026"}
    sent = Sent(rows=[row, {**row, "unit": "so-hai"}], key="lan-1", fingerprint="f" * 64)
    push_values(token=Token.objects.get(), sent=sent, **ACT)


ACTS = {f.__name__: f for f in (save, submit, tick, publish, upload, push)}


def _die_before(number):
    """Count what goes to the database, commits before and after; die where that number is reached."""
    from django.db import connection

    seen = 0

    def count(*_):
        nonlocal seen
        seen += 1
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(execute, *call):
        count()
        return execute(*call)

    commit = connection._commit

    def committed():
        count()
        commit()
        count()

    connection._commit = committed
    connection.execute_wrappers.append(statement)


def _child(act, before, later=timedelta(0)):
    """Do the act in a process of its own, after `before` was done there; how it ended."""
    from django.db import connections

    from parindex.core.kernel.problems import Refused

    connections.close_all()
    sys.stdout.flush()
    pid = os.fork()
    if not pid:
        code = FAILED
        try:
            before()
            ACTS[act](later)
            code = DONE
        except Refused:
            code = REFUSED
        except Exception as error:  # noqa: BLE001  told by its code and on standard error
            sys.stderr.write(f"{error!r}\n")
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _stands():
    """How many rows each table has, the ledger's kinds, and what does not hold."""
    from django.apps import apps
    from django.db import connections

    from parindex.apps.assessments.models import Round
    from parindex.apps.audit.held import compare
    from parindex.apps.audit.models import Entry
    from parindex.apps.audit.verify import verify
    from parindex.apps.results.rebuild import rebuild
    from parindex.config.held import TABLES

    rows = {m._meta.label: m.objects.count() for m in apps.get_models()}
    kinds = list(Entry.objects.order_by("id").values_list("kind", flat=True))
    broken = [str(f) for f in verify().faults]
    broken += [str(f) for f in compare(TABLES).faults]
    broken += [str(d) for r in Round.objects.all() for d in rebuild(r).differences if d.table != "result"]
    connections.close_all()
    return {"rows": rows, "kinds": kinds, "broken": broken}


def _full():
    """Not one byte more can be written to any file."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


class Files:
    """A site whose database is a file in its home."""

    def __init__(self, home):
        self.home, self.kept = home, Path(tempfile.mkdtemp()) / "home"
        shutil.copytree(home, self.kept)
        self.begun = self.stands = self.content()

    def put_back(self):
        """The site as it was."""
        shutil.rmtree(self.home)
        shutil.copytree(self.kept, self.home)

    def content(self):
        """What the database and the files beside it say: deaths that leave the same are looked into once."""
        said = hashlib.sha256()
        for line in self.rows():
            said.update(line.encode())
        for path in sorted(p for p in self.home.rglob("*") if p.is_file() and "sqlite3" not in p.name):
            said.update(f"{path.relative_to(self.home)} {path.stat().st_size}".encode())
        self.stands = said.digest()
        return self.stands

    def rows(self):
        """All that the database says."""
        with sqlite3.connect(self.home / "parindex.sqlite3") as database:
            yield from database.iterdump()
        database.close()

    def remove(self):
        """What was kept is needed no more."""
        shutil.rmtree(self.kept.parent)


class Databases(Files):
    """A site whose database is PostgreSQL's: a copy of it stands beside it."""

    def __init__(self, home):
        from django.db import connection

        self.name, self.copy = (n := connection.settings_dict["NAME"]), f"{n}_kept"
        self.tell(f"CREATE DATABASE {self.copy} TEMPLATE {self.name}")
        super().__init__(home)

    def tell(self, *statements):
        """Statements to the server, once nobody is at the database: a killed child's session ends first."""
        from django.db import connection, connections

        connections.close_all()
        others = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
        with connection._nodb_cursor() as cursor:
            while cursor.execute(others, [self.name]).fetchone()[0]:
                time.sleep(0.01)
            for statement in statements:
                cursor.execute(statement)

    def put_back(self):
        """The site as it was; most deaths leave it so, and a copy takes long."""
        if self.stands == self.begun:
            return
        super().put_back()
        again = f"CREATE DATABASE {self.name} TEMPLATE {self.copy}"
        self.tell(f"DROP DATABASE {self.name} WITH (FORCE)", again)

    def rows(self):
        """All that the database says, table by table."""
        from django.db import connection, connections

        self.tell()
        asked = (
            f"SELECT '{table}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {table} t"
            for table in sorted(connection.introspection.table_names())
        )
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(asked))
            found = cursor.fetchall()
        connections.close_all()
        return [f"{table} {said}" for table, said in found]

    def remove(self):
        """What was kept is needed no more."""
        super().remove()
        self.tell(f"DROP DATABASE {self.copy} WITH (FORCE)")


def main(act):
    """See the module."""
    from django.db import connection

    prepare()
    world(act)
    begun = _stands()
    site = (Databases if connection.vendor == "postgresql" else Files)(Path(os.environ["PARINDEX_HOME"]))
    ended = _child(act, lambda: None)
    undisturbed, found, seen = _stands(), [], {}
    site.content()

    def disturbed(before):
        """The act, disturbed; what was left, how it went again, and what stands then."""
        site.put_back()
        died = _child(act, before)
        left = site.content()
        if left not in seen:
            after = _stands()
            seen[left] = after, _child(act, lambda: None, AGAIN), _stands()
            site.content()
        return [died, *seen[left]]

    for number in range(1, 2000):
        found.append(disturbed(lambda n=number: _die_before(n)))
        if found[-1][0] == DONE:
            break
    full = disturbed(_full) if type(site) is Files else None
    site.remove()
    print(
        json.dumps({"begun": begun, "ended": ended, "undisturbed": undisturbed, "found": found, "full": full})
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
