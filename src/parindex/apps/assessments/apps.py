"""Django application of assessments."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Rounds, who takes part, and the standing answer to every leaf."""

    name = "parindex.apps.assessments"
    label = "assessments"
    default_auto_field = "django.db.models.BigAutoField"
