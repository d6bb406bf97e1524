"""Django application of the API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """What other systems send, and how it is described."""

    name = "parindex.web.api"
    label = "web_api"
