"""Addresses of a unit's own work: round / unit / what."""

from django.urls import path

from parindex.web.parts.doors import guest_page, open_page
from parindex.web.parts.methods import reads
from parindex.web.unit import (
    evidence,
    explaining,
    folder,
    guest,
    hand_in,
    handing,
    leaf,
    ledger,
    measured,
    papers,
    predecessors,
    sheet,
    submission,
    vault,
    viewing,
    workbook_upload,
)


app_name = "unit"

SHEET = "<round:round>/<slug:unit>/"
LEAF = SHEET + "tieu-chi/<str:code>/"
RECORD = SHEET + "bien-ban-tham-dinh/"
CASE = SHEET + "giai-trinh/<str:code>/"

urlpatterns = [
    path("khach/<str:token>/", open_page(guest.guest), name="guest"),
    path(SHEET, guest_page(reads(sheet.sheet)), name="sheet"),
    path(LEAF, guest_page(leaf.leaf), name="leaf"),
    path(LEAF + "xong/", leaf.ready, name="leaf_ready"),
    path(LEAF + "nhan-so-lieu/", measured.accept, name="leaf_measured"),
    path(LEAF + "nhan-cua-don-vi-truoc/", predecessors.take, name="leaf_inherited"),
    path(LEAF + "tra-lai/", handing.give_back, name="leaf_return"),
    path(LEAF + "tai-lieu/", guest_page(evidence.attach), name="attach"),
    path(LEAF + "tai-lieu/<int:link>/go/", guest_page(evidence.detach), name="detach"),
    path(SHEET + "kho/", vault.vault, name="vault"),
    path(SHEET + "kho/<slug:key>/", vault.document, name="document"),
    path(SHEET + "kho/<slug:key>/tep/", guest_page(reads(vault.file)), name="document_file"),
    path(SHEET + "kho/<slug:key>/cong-khai/", vault.open_to_all, name="document_public"),
    path(SHEET + "kho/<slug:key>/xem/", guest_page(reads(viewing.view)), name="view"),
    path(SHEET + "kho/<slug:key>/trang/<int:number>.png", guest_page(reads(viewing.page)), name="page"),
    path(SHEET + "tai-lieu.zip", reads(vault.archive), name="archive"),
    path(SHEET + "bang/", workbook_upload.table, name="table"),
    path(SHEET + "bang.xlsx", reads(workbook_upload.download), name="workbook"),
    path(SHEET + "thu-muc/", folder.folder, name="folder"),
    path(SHEET + "thu-muc/<slug:token>/", folder.plan, name="folder_plan"),
    path(SHEET + "nhat-ky/", reads(ledger.sheet_ledger), name="ledger"),
    path(SHEET + "giao-viec/", handing.hand_out_leaves, name="hand_out"),
    path(SHEET + "giao-viec/nhac/", handing.remind, name="remind_handed"),
    path(SHEET + "ho-so-nop.zip", reads(hand_in.hand_in), name="hand_in"),
    path(SHEET + "nop/", guest_page(submission.submit), name="submit"),
    path(SHEET + "rut-lai/", submission.withdraw, name="withdraw"),
    path(SHEET + "van-ban/", submission.report, name="report"),
    path(SHEET + "giai-trinh/", reads(explaining.explanations), name="explanations"),
    path(CASE, explaining.explanation, name="explanation"),
    path(CASE + "dong-y/", explaining.accept, name="explanation_accept"),
    path(CASE + "trinh-hoi-dong/", explaining.before_council, name="explanation_council"),
    path(SHEET + "tom-tat/", reads(papers.brief), name="brief"),
    path(SHEET + "tom-tat.<str:kind>", reads(papers.brief_file), name="brief_file"),
    path(RECORD, reads(papers.record), name="record"),
    path(RECORD + "trang-<int:number>.png", reads(papers.record_page), name="record_page"),
    path(RECORD + "ban-hanh/", papers.record_issue, name="record_issue"),
    path(RECORD + "ban-da-ky/<int:key>.pdf", reads(papers.record_signed), name="record_signed"),
    path(SHEET + "bien-ban-tham-dinh.<str:kind>", reads(papers.record_file), name="record_file"),
    path("<round:round>/bien-ban-tham-dinh.zip", reads(papers.records_file), name="records_file"),
    path(SHEET + "bien-nhan/<int:turn>/", guest_page(reads(submission.receipt)), name="receipt"),
    path(
        SHEET + "bien-nhan/<int:turn>/bao-cao.<str:kind>", reads(submission.report_file), name="report_file"
    ),
]
