"""Addresses of periodic reports."""

from django.urls import path

from parindex.web.parts.methods import reads
from parindex.web.reports import views


app_name = "reports"

UNIT = "bao-cao-dinh-ky/<unit:unit>/"
REPORT = UNIT + "<slug:period>/"

urlpatterns = [
    path(UNIT, reads(views.reports), name="reports"),
    path(REPORT, reads(views.report), name="periodic"),
    path(REPORT + "tai-ve.<str:form>", reads(views.report_file), name="periodic_file"),
    path(REPORT + "trang-<int:number>.png", reads(views.report_page), name="periodic_page"),
]
