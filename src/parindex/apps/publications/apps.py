"""Django application of publications."""

from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    """Frozen, signed bundles of results."""

    name = "parindex.apps.publications"
    label = "publications"
    default_auto_field = "django.db.models.BigAutoField"
