"""For whoever keeps the installation and whoever audits it: keys of the seals, jobs of the tick, mail."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from parindex.apps.audit.seals import seal_entries
from parindex.apps.audit.signing import KeysUnreadable, public_keys, published_keys
from parindex.apps.notices.models import Notice
from parindex.apps.organisations.permissions import check_whole
from parindex.apps.organisations.roles import Act
from parindex.apps.schedule.models import JobRun
from parindex.apps.schedule.noting import BACKUP
from parindex.apps.schedule.queries import job_runs, last_tick
from parindex.apps.watch.doctor import examine
from parindex.apps.watch.findings import Level, Look
from parindex.apps.watch.slow import slow_queries
from parindex.core.wording.doctor import check_name, finding_words, level_name
from parindex.web.manage.frame import frame
from parindex.web.parts.doors import Desk
from parindex.web.parts.gates import gate
from parindex.web.parts.languages import language


LATE = timedelta(minutes=5)


def operating(request: Desk) -> HttpResponse:
    """What runs, what failed, what is signed with, where mail goes."""
    _check(request)
    try:
        known = public_keys()
        keys, leaked, unreadable = list(known), known.leaked, ""
    except KeysUnreadable as fault:
        keys, leaked, unreadable = [], {}, str(fault.path)
    runs = job_runs()
    words = words_of_jobs()
    last = last_tick(runs)
    context = {
        **frame(request, "operating"),
        "keys": [
            {"name": name, "current": k == len(keys) - 1, "leaked": name in leaked}
            for k, name in enumerate(keys)
        ],
        "unreadable": unreadable,
        "seals": seal_entries().count(),
        "last_seal": seal_entries().order_by("-at").first(),
        "runs": [
            {"run": r, "name": words.get(r.name, r.name), "failed": r.outcome == JobRun.Outcome.FAILED}
            for r in runs
        ],
        "ticks": last,
        "stopped": last is None or request.at - last > LATE,
        "mail": {"host": settings.EMAIL_HOST, "sender": settings.DEFAULT_FROM_EMAIL},
        "sees_condition": gate(lambda: check_whole(request.rights, Act.SYSTEMS_CONNECT)).is_open,
        "told": Notice.objects.filter(at__gt=request.at - timedelta(days=1)).count(),
    }
    return render(request, "manage/operating.html", context)


def words_of_jobs() -> dict[str, str]:
    """What each job of the tick does, and what others do beside it."""
    return {
        "phases.close": gettext("Đóng giai đoạn hết hạn, niêm phong"),
        "phases.open": gettext("Báo giai đoạn bắt đầu"),
        "extensions.close": gettext("Đóng bảng tự chấm hết thời gian gia hạn"),
        "access.clear": gettext("Xóa dấu vết đăng nhập đã hết hạn giữ"),
        "pushes.clear": gettext("Xóa sổ các lần gửi quá 30 ngày của hệ thống khác"),
        "weekly.tell": gettext("Gửi tin tổng hợp hằng tuần"),
        "notices.mail": gettext("Gửi thông báo qua thư điện tử"),
        "dossiers.record": gettext("Đếm hồ sơ, ghi thành số liệu"),
        "news.publish": gettext("Đăng bài đã hẹn giờ"),
        "news.forget": gettext("Xóa dấu vết lượt xem của ngày trước"),
        "news.fetch": gettext("Lấy tin từ trang của các đơn vị"),
        "plans.record": gettext("Đếm nhiệm vụ, đo nhiệm vụ theo chỉ tiêu"),
        "news.record": gettext("Đếm tin, bài thành số liệu tuyên truyền"),
        "inspections.remind": gettext("Nhắc kiến nghị kiểm tra đến hạn, quá hạn"),
        "inspections.record": gettext("Đếm kết quả kiểm tra thành số liệu"),
        "emulation.record": gettext("Đếm sáng kiến được công nhận thành số liệu"),
        "plans.remind": gettext("Nhắc hạn nhiệm vụ, báo người đứng đầu việc quá hạn"),
        "scans.recognise": gettext("Nhận dạng chữ trong bản quét còn chờ"),
        "ledger.verify": gettext("Kiểm tra nhật ký hằng ngày"),
        "condition.tell": gettext("Báo người quản trị khi hệ thống có lỗi"),
        BACKUP: gettext("Sao lưu toàn bộ (parindex backup)"),
    }


def condition(request: Desk) -> HttpResponse:
    """Whether the installation is well: what each check found, jobs that failed, queries that took long."""
    check_whole(request.rights, Act.SYSTEMS_CONNECT)
    shown = language()
    checks = [
        {
            "name": check_name(checked.check, shown),
            "findings": [
                {
                    "is_error": found.level is Level.ERROR,
                    "level": level_name(found.level, shown),
                    "words": finding_words(found.code, found.data, shown),
                }
                for found in checked.findings
            ],
        }
        for checked in examine(Look(request.at))
    ]
    words = words_of_jobs()
    failed = [r for r in job_runs() if r.outcome == JobRun.Outcome.FAILED]
    context = {
        **frame(request, "operating"),
        "crumbs": [(reverse("manage:operating"), gettext("Vận hành"))],
        "checks": sorted(checks, key=lambda c: not c["findings"]),
        "found": sum(len(c["findings"]) for c in checks),
        "failed": [{"run": r, "name": words.get(r.name, r.name)} for r in failed],
        "slow": slow_queries(),
        "threshold": settings.PARINDEX_SLOW_QUERY_MS,
    }
    return render(request, "manage/condition.html", context)


def keys_file(request: Desk) -> HttpResponse:
    """The public keys as an auditor keeps them, for `parindex ledger verify --keys`."""
    _check(request)
    answer = HttpResponse(published_keys(), content_type="application/x-pem-file")
    answer.headers["Content-Disposition"] = 'attachment; filename="khoa-cong-khai.pem"'
    return answer


def _check(request: Desk) -> None:
    """Whoever may read the ledger of a whole territory. Raises NotAllowed."""
    check_whole(request.rights, Act.LEDGER_READ)
