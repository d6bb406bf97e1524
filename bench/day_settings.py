"""The settings of the deadline bench, with a tick each second: a day of minutes in minutes."""

from night_settings import *  # noqa: F403  settings are what this is

from parindex.config import ticking


ticking.MINUTE = 1
