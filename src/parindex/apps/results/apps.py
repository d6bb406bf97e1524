"""Django application of results."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """Computed results as they stand, and figures an authority published."""

    name = "parindex.apps.results"
    label = "results"
    default_auto_field = "django.db.models.BigAutoField"
