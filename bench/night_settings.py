"""The settings of the site, and a clock put forward from outside: no test waits for a deadline."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from parindex.config.settings import *  # noqa: F403, TID251  settings are what this is


PARINDEX_CLOCK = "night_settings.ahead"
AHEAD = Path(os.environ["NIGHT_AHEAD"])


def ahead() -> datetime:
    """Now, and as many seconds as that file says."""
    return datetime.now(UTC) + timedelta(seconds=float(AHEAD.read_text()))
