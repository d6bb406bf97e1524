"""Django application of notices."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """What somebody is told, on the site and by e-mail."""

    name = "parindex.apps.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
