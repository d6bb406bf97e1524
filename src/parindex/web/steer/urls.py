"""Addresses of running a round."""

from django.urls import path

from parindex.web.parts.methods import reads
from parindex.web.steer import (
    acts,
    amending,
    first,
    ledger,
    letter,
    matrix,
    overview,
    partners,
    sample,
    values,
)


app_name = "steer"

ROUND = "<round:round>/"

urlpatterns = [
    path("mo-ky/", first.open_first, name="open_first"),
    path(ROUND, reads(overview.round_overview), name="round"),
    path(ROUND + "tai-ve.xlsx", reads(overview.download), name="round_file"),
    path(ROUND + "nhac-viec/", acts.reminders, name="remind"),
    path(ROUND + "cong-van-don-doc/", reads(letter.letter), name="letter"),
    path(ROUND + "cong-van-don-doc/tai-ve.<str:kind>", reads(letter.letter_file), name="letter_file"),
    path(ROUND + "nhat-ky/", reads(ledger.ledger), name="ledger"),
    path(ROUND + "nhat-ky/tai-ve.jsonl", reads(ledger.ledger_file), name="ledger_file"),
    path(ROUND + "nhat-ky/khoa.pub", reads(ledger.keys_file), name="ledger_keys"),
    path(ROUND + "phuc-tra/", sample.sample, name="sample"),
    path(ROUND + "phuc-tra/tai-ve.xlsx", reads(sample.sample_file), name="sample_file"),
    path(ROUND + "tham-gia-mot-phan/", partners.partners, name="partners"),
    path(ROUND + "tham-gia-mot-phan/thu-hoi/<int:link>/", partners.revoke, name="guest_link_revoke"),
    path(ROUND + "<slug:unit>/lien-ket-khach/", partners.guest_link, name="guest_link"),
    path(ROUND + "gia-han/", acts.extensions, name="extend"),
    path(ROUND + "doi-bo-tieu-chi/", amending.change_set, name="change_set"),
    path(ROUND + "mo-ky-tiep/", first.open_next, name="open_next"),
    path(ROUND + "so-lieu/", values.table, name="values"),
    path(ROUND + "so-lieu.xlsx", reads(values.download), name="values_file"),
    path(ROUND + "ma-tran/", reads(matrix.matrix), name="matrix"),
    path(ROUND + "ma-tran.xlsx", reads(matrix.matrix_file), name="matrix_file"),
    path(ROUND + "<slug:unit>/ma-tran/", reads(matrix.matrix_unit), name="matrix_unit"),
    path(ROUND + "<slug:unit>/tra-lai/", acts.return_to_unit, name="return_sheet"),
    path(ROUND + "<slug:unit>/khong-danh-gia/", acts.not_applicable, name="not_applicable"),
]
