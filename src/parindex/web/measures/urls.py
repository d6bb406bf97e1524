"""Addresses of measured values."""

from django.urls import path

from parindex.web.measures import (
    define,
    dossiers,
    entry,
    imports,
    pending,
    periodic,
    procedures,
    refused,
    report,
    report_file,
    sources,
    sources_files,
    targets,
    theme,
    unit,
)
from parindex.web.parts.doors import open_page
from parindex.web.parts.methods import reads


app_name = "measures"

urlpatterns = [
    path("chi-tieu/<slug:code>/", open_page(reads(theme.indicator)), name="indicator"),
    path("don-vi/<unit:unit>/", reads(unit.unit), name="unit"),
    path("don-vi/<unit:unit>/<slug:code>/", reads(unit.versions), name="versions"),
    path("tinh-hinh/<slug:territory>/", reads(sources.sources), name="sources"),
    path(
        "tinh-hinh/<slug:territory>/nguon.<str:kind>",
        reads(sources_files.freshness_file),
        name="freshness_file",
    ),
    path(
        "tinh-hinh/<slug:territory>/can-xem.<str:kind>",
        reads(sources_files.doubts_file),
        name="doubts_file",
    ),
    path("ho-so-den-han/<unit:unit>/", reads(pending.pending), name="pending"),
    path("ho-so-den-han/<unit:unit>/tai-ve.<str:kind>", reads(pending.pending_file), name="pending_file"),
    path("bao-cao-dinh-ky/<unit:unit>/", reads(periodic.reports), name="reports"),
    path("bao-cao-dinh-ky/<unit:unit>/<slug:period>/", reads(periodic.report), name="periodic"),
    path(
        "bao-cao-dinh-ky/<unit:unit>/<slug:period>/tai-ve.<str:form>",
        reads(periodic.report_file),
        name="periodic_file",
    ),
    path(
        "bao-cao-dinh-ky/<unit:unit>/<slug:period>/trang-<int:number>.png",
        reads(periodic.report_page),
        name="periodic_page",
    ),
    path("ho-so/<slug:territory>/", reads(dossiers.dossiers), name="dossiers"),
    path("ho-so/<slug:territory>/766.<str:kind>", reads(dossiers.table_766), name="table_766"),
    path("ho-so/<slug:territory>/dem/", dossiers.count, name="count"),
    path(
        "ho-so/<slug:territory>/bi-tu-choi/<int:number>/",
        reads(refused.refused_rows),
        name="refused_rows",
    ),
    path(
        "ho-so/<slug:territory>/bi-tu-choi/<int:number>/tai-ve.<str:kind>",
        reads(refused.refused_table),
        name="refused_table",
    ),
    path(
        "ho-so/<slug:territory>/bi-tu-choi/<int:number>/day-du.csv",
        reads(refused.refused_list),
        name="refused_list",
    ),
    path("nhap/", imports.values, name="import"),
    path("nhap/mot-gia-tri/", entry.entry, name="entry"),
    path("nhap/mau.xlsx", reads(imports.values_template), name="import_template"),
    path("nhap/bao-cao/", report.report, name="report"),
    path("nhap/bao-cao/mau.xlsx", reads(report_file.report_template), name="report_template"),
    path("tep/<slug:key>/", reads(report_file.kept_file), name="kept_file"),
    path("muc-tieu/<unit:unit>/", targets.targets, name="targets"),
    path("nhap/muc-tieu/", targets.targets_import, name="targets_import"),
    path("nhap/muc-tieu/mau.xlsx", reads(targets.targets_template), name="targets_template"),
    path("lap/", define.define, name="define"),
    path("lap/<slug:code>/", define.define, name="redefine"),
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
    path("<slug:territory>/", open_page(reads(theme.theme)), name="theme"),
]
