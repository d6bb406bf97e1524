"""Addresses of a round's papers."""

from django.urls import path

from parindex.web.papers import offices, signed, views
from parindex.web.parts.methods import reads


app_name = "papers"

PAPERS = "<round:round>/van-ban/"
PAPER = PAPERS + "<slug:kind>/"

urlpatterns = [
    path(PAPERS, reads(views.papers), name="papers"),
    path(PAPERS + "ban-da-ky/<int:key>.pdf", reads(signed.signed_file), name="signed_file"),
    path(PAPERS + "thong-tin-chung/", offices.office, name="office"),
    path(PAPERS + "tung-don-vi/", reads(views.unit_papers), name="units"),
    path(PAPER + "ban-hanh/", signed.issue, name="issue"),
    path(PAPER, reads(views.paper), name="paper"),
    path(PAPER + "tai-ve.<str:form>", reads(views.paper_download), name="paper_file"),
    path(PAPER + "trang-<int:number>.png", reads(views.picture), name="paper_page"),
]
