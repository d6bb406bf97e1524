"""Django application of access."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """How a person proves who they are, and what is open in their name."""

    name = "parindex.apps.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
