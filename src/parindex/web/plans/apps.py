"""Django application of the pages of plans."""

from django.apps import AppConfig


class PlanPagesConfig(AppConfig):
    """Plans and their tasks."""

    name = "parindex.web.plans"
    label = "plan_pages"
