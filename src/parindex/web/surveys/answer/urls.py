"""Addresses of answering: a one-time link, a counter, what is open."""

from django.urls import path

from parindex.web.parts.doors import open_page
from parindex.web.parts.methods import reads
from parindex.web.surveys.answer import views
from parindex.web.surveys.results import results


app_name = "answer"

urlpatterns = [
    path("", open_page(reads(views.listed)), name="list"),
    path("cam-on/", open_page(reads(views.thanks)), name="thanks"),
    path("phieu/<str:token>/", open_page(views.by_link), name="link"),
    path("quay/<str:code>/", open_page(views.at_counter), name="counter"),
    path("ket-qua/<slug:slug>/", open_page(reads(results.public)), name="result"),
    path("ket-qua/<slug:slug>/tai-ve.<slug:kind>", open_page(reads(results.public_file)), name="result_file"),
]
