"""Personal data: what is held of one person, erasing it, and what the site holds at all."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.organisations.models import Person
from parindex.apps.organisations.permissions import check_account, check_whole
from parindex.apps.organisations.queries import places_of_person
from parindex.apps.organisations.roles import Act
from parindex.apps.personal.erasing import Outlook, erase_person, outlook
from parindex.apps.personal.inventory import KEPT, SORTS, Holding, Sort, holdings
from parindex.web.manage.forms import Field, Form, answer, text
from parindex.web.manage.frame import frame, known_person, place_of
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language
from parindex.web.parts.persons import data_context, data_file


BOTH = require_http_methods(["GET", "HEAD", "POST"])


def _account(request: Desk, username: str) -> Person:
    """A person whose whole account may be changed by whoever asks. Raises Http404, NotAllowed."""
    found = known_person(request, username)
    check_account(request.rights, found, places_of_person(found, request.at))
    return found


def person_data(request: Desk, *, username: str) -> HttpResponse:
    """What is held of somebody."""
    found = _account(request, username)
    more = {
        **frame(request, "people", place_of(found)),
        "crumbs": [
            (reverse("manage:people"), gettext("Người dùng")),
            (reverse("manage:person", args=[username]), found.full_name),
        ],
        "file": reverse("manage:person_data_file", args=[username]),
        "erase": ""
        if found.is_active or found.erased_at
        else reverse("manage:person_erase", args=[username]),
    }
    return render(request, "manage/person_data.html", {**data_context(request, found), **more})


def person_data_file(request: Desk, *, username: str) -> HttpResponse:
    """The same, whole, as JSON."""
    return data_file(request, _account(request, username))


@BOTH
def erase(request: Desk, *, username: str) -> HttpResponse:
    """Erase the data of somebody who has left."""
    found = _account(request, username)
    ahead = outlook(found)

    def send(desk: Desk) -> tuple[str, str]:
        documents = [d.pk for d in ahead.documents if str(d.pk) in desk.POST.getlist("documents")]
        ground = text(desk, "ground", limit=500)
        erase_person(person=found, ground=ground, documents=documents, by=desk.user.ref, at=desk.at)
        return gettext("Đã xóa dữ liệu cá nhân."), reverse("manage:people")

    fields = [Field("ground", gettext("Căn cứ: số, ngày văn bản, không nêu tên"), "area")]
    if ahead.documents:
        options = [
            (str(d.pk), f"{d.title or d.file_name} ({d.unit.name.in_(language())})") for d in ahead.documents
        ]
        documents = Field(
            "documents",
            gettext("Tài liệu kiểm chứng nêu tên người này: xóa cả tệp"),
            "many",
            (),
            gettext("Văn bản của cơ quan phải lưu theo quy định thì không chọn."),
            options=options,
        )
        fields.append(documents)
    form = Form(
        title=gettext("Xóa dữ liệu cá nhân"),
        button=gettext("Xóa, không lấy lại được"),
        danger=True,
        over=found.full_name,
        lead=_lead(ahead),
        crumbs=[(reverse("manage:people"), gettext("Người dùng"))],
        fields=fields,
    )
    return answer(request, form, frame(request, "people", place_of(found)), send=send)


def _lead(ahead: Outlook) -> str:
    """What is going to happen, in figures."""
    said = gettext(
        "Họ tên, liên hệ, dấu vết đăng nhập bị xóa; tên được thay ở %(rows)s dòng dữ liệu, %(texts)s nội "
        "dung cạnh nhật ký bị che. Việc đã làm còn dưới một số; nhật ký vẫn kiểm chứng được. Gói kết quả đã "
        "công bố, bản sao lưu và văn bản đã ký không đổi."
    ) % {"rows": sum(ahead.rows.values()), "texts": ahead.texts}
    if ahead.shared:
        said += " " + gettext(
            "Có tài khoản khác cùng họ tên: văn bản tự do nêu tên này giữ nguyên, vì không biết nói về ai."
        )
    if ahead.fixed:
        said += " " + gettext(
            "%(fixed)s bản ghi cũ của nhật ký có tên đăng nhập trong nội dung cố định, không thay được."
        ) % {"fixed": ahead.fixed}
    return said


def inventory(request: Desk) -> HttpResponse:
    """What the site holds of persons, table by table."""
    check_whole(request.rights, Act.PEOPLE_MANAGE)
    rows = [_row(h) for h in holdings()]
    context = {
        **frame(request, "people"),
        "rows": [row for row in rows if row["fields"]],
        "plain": [row for row in rows if not row["fields"]],
        "sorts": [(what.in_(language()), erased.in_(language())) for what, erased in SORTS.values()],
    }
    return render(request, "manage/personal.html", context)


def _row(held: Holding) -> dict[str, Any]:
    fields: dict[Sort, list[str]] = {}
    for name, sort in sorted(held.sorts.items()):
        fields.setdefault(sort, []).append(name)
    return {
        "model": held.model,
        "purpose": held.purpose.in_(language()),
        "kept": KEPT[held.kept].in_(language()),
        "fields": [(SORTS[sort][0].in_(language()), ", ".join(names)) for sort, names in fields.items()],
    }
