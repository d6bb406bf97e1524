"""Django application of the pages of `steer`."""

from django.apps import AppConfig


class SteerConfig(AppConfig):
    """Running a round: preparing, deadlines, reminders, council, ledger."""

    name = "parindex.web.steer"
    label = "web_steer"
