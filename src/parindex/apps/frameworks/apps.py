"""Django application of frameworks."""

from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    """Criteria sets, each version known by the hash of what it says."""

    name = "parindex.apps.frameworks"
    label = "frameworks"
    default_auto_field = "django.db.models.BigAutoField"
