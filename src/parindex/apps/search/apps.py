"""Django application of search."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Finding things by words, with or without Vietnamese accents."""

    name = "parindex.apps.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"
