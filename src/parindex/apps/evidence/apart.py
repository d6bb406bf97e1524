"""Work on strangers' files in a process of its own, with a limit on memory and time."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping


SECONDS = 90
MEMORY = 3_000_000_000
PROCESSOR_SECONDS = 80
_KEPT = ("PATH", "LANG", "LC_ALL", "TESSDATA_PREFIX", "SYSTEMROOT", "TMPDIR", "VIRTUAL_ENV")


def ask_apart(module: str, *arguments: str) -> Mapping[str, object]:
    """What a module of ours answers to these arguments; nothing where it fails or never ends."""
    try:
        # a module of ours; the arguments are words, numbers and paths of ours
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", module, *arguments],
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env=environment(),
        )
        said: dict[str, object] = json.loads(done.stdout) if done.returncode == 0 else {}
    except (subprocess.TimeoutExpired, ValueError):
        return {}
    return said


def environment() -> dict[str, str]:
    """What such a process is told of its surroundings: no secret of the site, one thread."""
    kept = {key: os.environ[key] for key in _KEPT if key in os.environ}
    return {**kept, "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}


def answer(said: Mapping[str, object]) -> None:
    """Answer `ask_apart` from the other side."""
    sys.stdout.buffer.write(json.dumps(said).encode())


def limit_this_process() -> None:
    """No more memory and time than a document needs, where the system can see to it."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
