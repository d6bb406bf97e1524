"""Django application of the pages of briefings."""

from django.apps import AppConfig


class BriefingPagesConfig(AppConfig):
    """Briefings and emulation."""

    name = "parindex.web.briefings"
    label = "briefing_pages"
