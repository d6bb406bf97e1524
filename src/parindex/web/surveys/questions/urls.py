"""Addresses of questionnaires, below those of the desk."""

from django.urls import path

from parindex.web.parts.methods import reads
from parindex.web.surveys.questions import bringing, questionnaires


SET = "<int:pk>/"

urlpatterns = [
    path("", reads(questionnaires.listing), name="sets"),
    path("moi/", questionnaires.begin, name="set_begin"),
    path("giu/", bringing.keep, name="set_keep"),
    path(SET, reads(questionnaires.show), name="set"),
    path(SET + "doi/", questionnaires.change, name="set_change"),
    path(SET + "xem/", reads(questionnaires.preview), name="set_preview"),
    path(SET + "tai-ve.<slug:kind>", reads(questionnaires.download), name="set_file"),
    path(SET + "cau/<str:place>/", questionnaires.question, name="question"),
]
