"""The site's own settings and a clock that runs ahead, so that no test waits for the minute of a deadline."""

import os
from datetime import UTC, datetime, timedelta

from parindex.config.settings import *  # noqa: F403, TID251  settings are what this is


PARINDEX_CLOCK = "night_settings.ahead"
AHEAD = timedelta(seconds=float(os.environ.get("NIGHT_AHEAD", "0")))


def ahead() -> datetime:
    """Now, so many seconds later."""
    return datetime.now(UTC) + AHEAD
