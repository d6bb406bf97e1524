"""Addresses of measured values."""

from django.urls import path

from parindex.web.indicators import (
    define,
    entry,
    imports,
    kept,
    sources,
    sources_files,
    targets,
    theme,
    unit,
)
from parindex.web.parts.doors import open_page
from parindex.web.parts.methods import reads


app_name = "indicators"

SOURCES = "tinh-hinh/<slug:territory>/"

urlpatterns = [
    path("chi-tieu/<slug:code>/", open_page(reads(theme.indicator)), name="indicator"),
    path("don-vi/<unit:unit>/", reads(unit.unit), name="unit"),
    path("don-vi/<unit:unit>/<slug:code>/", reads(unit.versions), name="versions"),
    path(SOURCES, reads(sources.sources), name="sources"),
    path(SOURCES + "nguon.<str:kind>", reads(sources_files.freshness_file), name="freshness_file"),
    path(SOURCES + "can-xem.<str:kind>", reads(sources_files.doubts_file), name="doubts_file"),
    path("nhap/", imports.values, name="import"),
    path("nhap/mot-gia-tri/", entry.entry, name="entry"),
    path("nhap/mau.xlsx", reads(imports.values_template), name="import_template"),
    path("tep/<slug:key>/", reads(kept.kept_file), name="kept_file"),
    path("muc-tieu/<unit:unit>/", targets.targets, name="targets"),
    path("nhap/muc-tieu/", targets.targets_import, name="targets_import"),
    path("nhap/muc-tieu/mau.xlsx", reads(targets.targets_template), name="targets_template"),
    path("lap/", define.define, name="define"),
    path("lap/<slug:code>/", define.define, name="redefine"),
    path("<slug:territory>/", open_page(reads(theme.theme)), name="theme"),
]
