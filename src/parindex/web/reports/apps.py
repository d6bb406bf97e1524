"""Django application of the pages of `reports`."""

from django.apps import AppConfig


class ReportPagesConfig(AppConfig):
    """A unit's periodic reports."""

    name = "parindex.web.reports"
    label = "web_reports"
