"""Django application of the pages of `unit`."""

from django.apps import AppConfig


class UnitConfig(AppConfig):
    """A unit at work: its sheet, evidence and explanations."""

    name = "parindex.web.unit"
    label = "web_unit"
