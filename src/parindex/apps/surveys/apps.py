"""Django application of surveys."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Questionnaires, surveys, samples, invitations, answers without names, and their counts."""

    name = "parindex.apps.surveys"
    label = "surveys"
    default_auto_field = "django.db.models.BigAutoField"
