"""Django application of news."""

from django.apps import AppConfig


class NewsConfig(AppConfig):
    """The reform section: articles, their pictures, their readers."""

    name = "parindex.apps.news"
    label = "news"
    default_auto_field = "django.db.models.BigAutoField"
