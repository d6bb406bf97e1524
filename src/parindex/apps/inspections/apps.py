"""Django application of inspections."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """Plans of inspection, visits, findings, recommendations and what became of them."""

    name = "parindex.apps.inspections"
    label = "inspections"
    default_auto_field = "django.db.models.BigAutoField"
