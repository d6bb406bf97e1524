"""Django application of the pages of `appraise`."""

from django.apps import AppConfig


class AppraiseConfig(AppConfig):
    """Lead departments at work: the queue and what is signed off."""

    name = "parindex.web.appraise"
    label = "web_appraise"
