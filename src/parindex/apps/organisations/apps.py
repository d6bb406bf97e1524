"""Django application of organisations."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Territories and the units that are assessed."""

    name = "parindex.apps.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"
