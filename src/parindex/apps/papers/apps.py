"""Django application of papers."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Papers of a round."""

    name = "parindex.apps.papers"
    label = "papers"
    default_auto_field = "django.db.models.BigAutoField"
