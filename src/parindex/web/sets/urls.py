"""Addresses of making a criteria set: the list, one set, one row."""

from django.urls import path

from parindex.web.parts.methods import reads
from parindex.web.sets import beginning, desk, ending, head, ledger, row, tree, trial, upload


app_name = "sets"

SET = "<int:pk>/"

urlpatterns = [
    path("", reads(desk.desk), name="desk"),
    path("moi/", beginning.begin, name="begin"),
    path(SET, reads(tree.overview), name="set"),
    path(SET + "tep.yaml", reads(tree.file), name="file"),
    path(SET + "chung/", head.head, name="head"),
    path(SET + "bang/", upload.table, name="table"),
    path(SET + "bang.xlsx", reads(upload.download), name="workbook"),
    path(SET + "so-sanh/", reads(trial.compare), name="compare"),
    path(SET + "cham-thu/", reads(trial.trial), name="trial"),
    path(SET + "them/", row.add, name="add"),
    path(SET + "xac-nhan/", tree.confirm, name="confirm"),
    path(SET + "da-xem/", tree.looked_at, name="looked_at"),
    path(SET + "phien-ban/", ending.versions, name="versions"),
    path(SET + "nhat-ky/", reads(ledger.set_ledger), name="ledger"),
    path(SET + "nhat-ky/tai-ve.jsonl", reads(ledger.set_ledger_file), name="ledger_file"),
    path(SET + "khoa/", ending.lock, name="lock"),
    path(SET + "bo/", ending.drop, name="drop"),
    path(SET + "dong/<slug:key>/", row.row, name="row"),
    path(SET + "dong/<slug:key>/chuyen/", row.move, name="move"),
    path(SET + "dong/<slug:key>/bo/", row.remove, name="remove"),
]
