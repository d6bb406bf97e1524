"""``parindex verify`` of a large bundle as a whole process, beside the least that any check of it must do.

The yardstick unpacks the bundle, hashes every file, reads criteria set, answers and published result, and
scores the answers by the bare kernel; it compares nothing. Each side runs once before it is timed.
"""

from __future__ import annotations

import csv
import io
import statistics
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from common import Row, Say, in_turn, ratio_of, whole_process
from score import NAME, codes, percentages, write_framework


UNITS, LEAVES, TIMES = 3_321, 100, 5
MOST_SECONDS = 5.0
LEAST = """
import gc, hashlib, io, json, sys, zipfile
from parindex.core.formats.answers_file import answers_of
from parindex.core.formats.framework_file import parse_framework
from parindex.core.formats.grids import grid_of
from parindex.core.kernel.assess import assess

gc.disable()
with zipfile.ZipFile(sys.argv[1]) as packed:
    files = {name: packed.read(name) for name in packed.namelist()}
for content in files.values():
    hashlib.sha256(content).hexdigest()
json.loads(files["results.json"])
framework = parse_framework(files["framework.yaml"])
assess(framework, answers_of(framework, grid_of(files["answers.csv"], "answers.csv")).table)
"""


def make(folder: Path) -> Path:
    """A bundle of 3,321 units with 100 answers each, signed."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from parindex.core.formats.answers_file import answers_of
    from parindex.core.formats.bundle import Contents, make_bundle
    from parindex.core.formats.framework_file import parse_framework
    from parindex.core.formats.grids import grid_of
    from parindex.core.formats.signatures import public_pem
    from parindex.core.kernel.assess import assess
    from parindex.core.wording.reasons import reason_sentence

    write_framework(folder / "framework.yaml", LEAVES)
    content = (folder / "framework.yaml").read_bytes()
    framework = parse_framework(content)
    text = io.StringIO()
    sheet = csv.writer(text)
    sheet.writerow(["unit", *codes(LEAVES)])
    for k, row in enumerate(percentages(UNITS, LEAVES), start=1):
        sheet.writerow([f"{NAME} {k}", *row])
    table = answers_of(framework, grid_of(text.getvalue().encode(), "answers.csv")).table
    key = Ed25519PrivateKey.generate()
    contents = Contents(
        about={"name": "bench"},
        readme="bench\n",
        framework=content,
        assessment=assess(framework, table),
        sentence=lambda reason, leaf: reason_sentence(reason, leaf, "vi", decimals=2),
        ledger=b"",
        heads={},
        evidence=[],
        key=public_pem(key.public_key()),
    )
    path = folder / "bench.parindex.zip"
    path.write_bytes(make_bundle(contents, lambda said: key.sign(said).hex()))
    return path


def rows(say: Say) -> list[Row]:
    """Time and memory of both sides."""
    with TemporaryDirectory() as temporary:
        say("making the bundle")
        bundle = str(make(Path(temporary)))
        ours = [sys.executable, "-m", "parindex", "verify", bundle]
        sides = {
            "parindex": lambda: whole_process(ours),
            "least": lambda: whole_process([sys.executable, "-c", LEAST, bundle]),
        }
        for run in sides.values():
            run()
        found = in_turn(sides, times=TIMES, say=say)
    # seconds of a core: both sides are one process, and the rest of the machine weighs less on them
    us, least = ([run[1] for run in found[name]] for name in sides)
    said = {name: min(found[name], key=lambda run: run[0]) for name in sides}
    seconds = statistics.median(us)
    return [
        Row(
            f"verify, {UNITS:,} × {LEAVES}",
            f"{_seconds(said['parindex'])}, {said['parindex'][2]:.0f} MB",
            f"{_seconds(said['least'])} (read, hash, score)",
            ratio_of(us, least),
        ),
        Row(
            f"verify, {UNITS:,} × {LEAVES}: seconds of a core",
            f"{seconds:.2f} s",
            f"{MOST_SECONDS:.0f} s",
            seconds / MOST_SECONDS,
            goal=1,
        ),
    ]


def _seconds(run: list[float]) -> str:
    return f"{run[0]:.2f} s ({run[1]:.2f} of a core)"
