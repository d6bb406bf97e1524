"""Django application of the news pages."""

from django.apps import AppConfig


class NewsPagesConfig(AppConfig):
    """The section and its desk."""

    name = "parindex.web.news"
    label = "news_pages"
