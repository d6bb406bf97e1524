"""Addresses of the desk of surveys."""

from django.urls import include, path

from parindex.web.parts.methods import reads
from parindex.web.surveys.desk import judging, listing, planning, progress
from parindex.web.surveys.incoming import interviews, outside, paper
from parindex.web.surveys.invite import inviting, linking, strata
from parindex.web.surveys.results import results, texts


app_name = "surveys"

SURVEY = "<slug:slug>/"

urlpatterns = [
    path("", reads(listing.listing), name="list"),
    path("moi/", planning.begin, name="begin"),
    path("bo-cau-hoi/", include("parindex.web.surveys.questions.urls")),
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
