"""Django application of the account pages."""

from django.apps import AppConfig


class AccountConfig(AppConfig):
    """Signing in, the start page, persons and roles."""

    name = "parindex.web.account"
    label = "web_account"
