"""Django application of the survey pages."""

from django.apps import AppConfig


class SurveyPagesConfig(AppConfig):
    """Answering a survey, and running one, as pages."""

    name = "parindex.web.surveys"
    label = "survey_pages"
