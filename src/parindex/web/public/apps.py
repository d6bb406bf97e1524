"""Django application of the public journey."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Pages anyone may read."""

    name = "parindex.web.public"
    label = "public"
