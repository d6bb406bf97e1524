"""Addresses of dossiers."""

from django.urls import path

from parindex.web.dossiers import index766, pending, procedures, refused, report, report_file, stored
from parindex.web.parts.doors import open_page
from parindex.web.parts.methods import reads


app_name = "dossiers"

REFUSED = "ho-so/<slug:territory>/bi-tu-choi/<int:number>/"

urlpatterns = [
    path("ho-so-den-han/<unit:unit>/", reads(pending.pending), name="pending"),
    path("ho-so-den-han/<unit:unit>/tai-ve.<str:kind>", reads(pending.pending_file), name="pending_file"),
    path("ho-so/<slug:territory>/", reads(stored.dossiers), name="stored"),
    path("ho-so/<slug:territory>/766.<str:kind>", reads(index766.table_766), name="table_766"),
    path("ho-so/<slug:territory>/dem/", stored.count, name="count"),
    path(REFUSED, reads(refused.refused_rows), name="refused_rows"),
    path(REFUSED + "tai-ve.<str:kind>", reads(refused.refused_table), name="refused_table"),
    path(REFUSED + "day-du.csv", reads(refused.refused_list), name="refused_list"),
    path("nhap/bao-cao/", report.report, name="report"),
    path("nhap/bao-cao/mau.xlsx", reads(report_file.report_template), name="report_template"),
    path("thu-tuc/<unit:unit>/", open_page(reads(procedures.unit_procedures)), name="unit_procedures"),
    path(
        "thu-tuc/<unit:unit>/tai-ve.<str:kind>",
        open_page(reads(procedures.unit_procedures_file)),
        name="unit_procedures_file",
    ),
    path("<slug:territory>/thu-tuc/", open_page(reads(procedures.procedures)), name="procedures"),
    path(
        "<slug:territory>/thu-tuc/tai-ve.<str:kind>",
        open_page(reads(procedures.procedures_file)),
        name="procedures_file",
    ),
]
