"""Django application of plans."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans of a year, their tasks, what was reported of them."""

    name = "parindex.apps.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"
