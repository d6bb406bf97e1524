"""Addresses of the desk of surveys."""

from django.urls import path

from parindex.web.parts.methods import reads
from parindex.web.surveys.desk import listing, planning, questionnaires


app_name = "surveys"

SURVEY = "<slug:slug>/"
SETS = "bo-cau-hoi/"
SET = SETS + "<int:pk>/"

urlpatterns = [
    path("", reads(listing.listing), name="list"),
    path("moi/", planning.begin, name="begin"),
    path(SETS, reads(questionnaires.listing), name="sets"),
    path(SETS + "moi/", questionnaires.begin, name="set_begin"),
    path(SET, reads(questionnaires.show), name="set"),
    path(SET + "doi/", questionnaires.change, name="set_change"),
    path(SET + "xem/", reads(questionnaires.preview), name="set_preview"),
    path(SET + "tai-ve.<slug:kind>", reads(questionnaires.download), name="set_file"),
    path(SET + "cau/<str:place>/", questionnaires.question, name="question"),
    path(SURVEY, reads(planning.survey), name="survey"),
    path(SURVEY + "sua/", planning.change, name="change"),
    path(SURVEY + "buoc/", planning.step, name="step"),
    path(SURVEY + "nhom/", planning.groups, name="groups"),
    path(SURVEY + "nhom/<slug:code>/don-vi/", planning.rated, name="rated"),
]
