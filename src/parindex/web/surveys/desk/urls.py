"""Addresses of the desk of surveys."""

from django.urls import path

from parindex.web.parts.methods import reads
from parindex.web.surveys.desk import (
    bringing,
    interviews,
    inviting,
    judging,
    linking,
    listing,
    outside,
    paper,
    planning,
    progress,
    questionnaires,
    results,
    strata,
    texts,
)


app_name = "surveys"

SURVEY = "<slug:slug>/"
SETS = "bo-cau-hoi/"
SET = SETS + "<int:pk>/"

urlpatterns = [
    path("", reads(listing.listing), name="list"),
    path("moi/", planning.begin, name="begin"),
    path(SETS, reads(questionnaires.listing), name="sets"),
    path(SETS + "moi/", questionnaires.begin, name="set_begin"),
    path(SETS + "giu/", bringing.keep, name="set_keep"),
    path(SET, reads(questionnaires.show), name="set"),
    path(SET + "doi/", questionnaires.change, name="set_change"),
    path(SET + "xem/", reads(questionnaires.preview), name="set_preview"),
    path(SET + "tai-ve.<slug:kind>", reads(questionnaires.download), name="set_file"),
    path(SET + "cau/<str:place>/", questionnaires.question, name="question"),
    path(SURVEY, reads(planning.survey), name="survey"),
    path(SURVEY + "sua/", planning.change, name="change"),
    path(SURVEY + "buoc/", planning.step, name="step"),
    path(SURVEY + "nhom/", planning.groups, name="groups"),
    path(SURVEY + "yeu-to/", planning.factors, name="factors"),
    path(SURVEY + "nhom/<slug:code>/don-vi/", planning.rated, name="rated"),
    path(SURVEY + "moi/", inviting.invite, name="invite"),
    path(SURVEY + "moi/<slug:code>/tang-mau/", strata.strata, name="strata"),
    path(SURVEY + "moi/<slug:code>/tang-mau.<slug:kind>", reads(strata.strata_file), name="strata_file"),
    path(SURVEY + "moi/<slug:code>/duong-dan/", linking.links, name="links"),
    path(SURVEY + "moi/<slug:code>/danh-sach.<slug:kind>", reads(linking.links_file), name="links_file"),
    path(SURVEY + "moi/<slug:code>/du-phong/", linking.reserve, name="reserve"),
    path(SURVEY + "moi/quay/<int:pk>/", inviting.poster, name="poster"),
    path(SURVEY + "moi/quay/<int:pk>/ap-phich.pdf", reads(inviting.posters), name="poster_file"),
    path(SURVEY + "moi/ap-phich.pdf", reads(inviting.posters), name="posters"),
    path(SURVEY + "tien-do/", reads(progress.progress), name="progress"),
    path(SURVEY + "phieu-giay/", paper.batches, name="batches"),
    path(SURVEY + "phieu-giay/trang/<slug:code>.<slug:kind>", reads(paper.blank), name="blank"),
    path(SURVEY + "phieu-giay/<int:pk>/", reads(paper.batch), name="batch"),
    path(SURVEY + "phieu-giay/<int:pk>/<int:number>/", paper.form, name="paper_form"),
    path(SURVEY + "ket-qua-ngoai/", outside.outside, name="outside"),
    path(SURVEY + "ket-qua-ngoai/bang.<slug:kind>", reads(outside.outside_file), name="outside_file"),
    path(SURVEY + "ket-qua-ngoai/phieu/<slug:code>/", interviews.interviews, name="interviews"),
    path(
        SURVEY + "ket-qua-ngoai/phieu/<slug:code>/<slug:kind>.xlsx",
        reads(interviews.interviews_file),
        name="interviews_file",
    ),
    path(SURVEY + "nghi-van/", judging.flags, name="flags"),
    path(SURVEY + "y-kien/", texts.texts, name="texts"),
    path(SURVEY + "y-kien/tai-ve.<slug:kind>", reads(texts.texts_file), name="texts_file"),
    path(SURVEY + "ket-qua/", results.results, name="results"),
    path(SURVEY + "ket-qua/tai-ve.<slug:kind>", reads(results.results_file), name="results_file"),
    path(SURVEY + "ket-qua/phieu.<slug:kind>", reads(results.answers_file), name="answers_file"),
]
