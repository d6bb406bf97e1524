"""Addresses of appraising: round / criterion or unit / case."""

from django.urls import path

from parindex.web.appraise import bulk, case, lists, penalties, queue, sampling, signing, upload
from parindex.web.parts.methods import reads


app_name = "appraise"

ROUND = "<round:round>/"

urlpatterns = [
    path(ROUND, reads(queue.queue), name="queue"),
    path(ROUND + "tieu-chi/<str:code>/", reads(lists.leaf), name="leaf"),
    path(ROUND + "don-vi/<slug:unit>/", reads(lists.unit), name="unit"),
    path(ROUND + "don-vi/<slug:unit>/<str:code>/", case.case, name="case"),
    path(ROUND + "chap-nhan/", bulk.bulk, name="bulk"),
    path(ROUND + "bang/", upload.table, name="table"),
    path(ROUND + "danh-sach.xlsx", reads(queue.queue_file), name="queue_file"),
    path(ROUND + "bang.xlsx", reads(upload.download), name="workbook"),
    path(ROUND + "diem-tru/", reads(penalties.penalties), name="penalties"),
    path(ROUND + "diem-tru/<int:case>/rut/", penalties.withdraw, name="penalty_withdraw"),
    path(ROUND + "diem-tru/<str:code>/", penalties.enter, name="penalty_new"),
    path(ROUND + "phuc-tra/", reads(sampling.sample), name="sample"),
    path(ROUND + "phuc-tra/<slug:unit>/<str:code>/", sampling.visit, name="visit"),
    path(ROUND + "ky-gui/", signing.sign, name="sign"),
]
