"""Writing an article, its pictures, and the steps on its way: every button of the desk."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.news import actions
from parindex.apps.news.categories import CATEGORIES
from parindex.apps.news.models import Article, Revision
from parindex.apps.news.permissions import can_publish, can_write, check_writes_for
from parindex.apps.news.picturing import add_picture, describe_picture, drop_picture
from parindex.apps.news.reading import reads_of
from parindex.apps.news.rules import LONGEST_ALT, STEPS, check_others
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.queries import find_unit, managed_units, names_of, tree_of
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import LEGAL_ZONE
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.news.desk import BADGES
from parindex.web.news.frame import check_somewhere, frame, known_article
from parindex.web.parts.articles import article_url, pictures_of, shown_pictures
from parindex.web.parts.doors import Desk, attempt, scripted
from parindex.web.parts.gates import gate
from parindex.web.parts.languages import language


FIELDS = ("title", "category", "summary", "body", "byline", "tags")
NO_TEXT: Mapping[str, str] = dict.fromkeys(FIELDS, "")


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Desk) -> HttpResponse:
    """A new article of one of the person's units."""
    check_somewhere(request)
    units = _units(request)
    typed, wrong = dict(NO_TEXT), ""
    if request.method == "POST":
        typed = _typed(request)
        try:
            unit = _unit(request, units)
            made = actions.begin_article(
                unit=unit, written=_written(typed), by=request.user.ref, at=request.at
            )
        except Refused as refusal:
            wrong = refusal_sentence(refusal.code, refusal.data, language())
        else:
            return _saved(request, made)
    context = {
        **frame(request),
        **_form(typed, wrong),
        "units": units,
        "unit_asked": request.POST.get("unit", ""),
        "base": 0,
    }
    return scripted(render(request, "news/begin.html", context, status=422 if wrong else 200))


def _units(request: Desk) -> list[tuple[str, Unit]]:
    """Ways and units that the person may write for: a whole territory's, or their own."""
    found: dict[str, Unit] = {}
    for unit in managed_units(request.rights, Act.NEWS_WRITE):
        if unit.parent_id is None:
            tree = tree_of(unit)
            found |= {tree.address(u): u for u in tree.walk() if u.valid_to is None}
        else:
            found[".".join(u.code for u in reversed(way_up(unit)))] = unit
    return list(found.items())


def _unit(request: Desk, units: list[tuple[str, Unit]]) -> Unit:
    """The unit that was chosen. Raises Refused ``news_unit_missing``; NotAllowed."""
    asked = request.POST.get("unit", "")
    if not asked and len(units) == 1:
        return units[0][1]
    found = find_unit(asked) if asked else None
    if found is None:
        raise Refused("news_unit_missing")
    check_writes_for(request.rights, found)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Desk, *, pk: int) -> HttpResponse:
    """An article with its form, its pictures, its next steps and its history."""
    found = known_article(request, pk)
    newest = actions.standing(found)
    typed, wrong, base = _of(newest), "", newest.number
    if request.method == "POST":
        known_article(request, pk, act=Act.NEWS_WRITE)
        typed, sent = _typed(request), request.POST.get("base", "")
        base = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 7 else 0
        try:
            saved = actions.save_article(
                article=found, written=_written(typed), base=base, by=request.user.ref, at=request.at
            )
        except Refused as refusal:
            wrong = refusal_sentence(refusal.code, refusal.data, language())
            base = newest.number
        else:
            return _saved(request, saved)
    context = {**_around(request, found, newest), **_form(typed, wrong), "base": base}
    return scripted(render(request, "news/edit.html", context, status=422 if wrong else 200))


def _saved(request: Desk, article: Article) -> HttpResponse:
    """Say so; with the second button it is sent for review as well."""
    messages.success(request, gettext("Đã lưu."))
    if request.POST.get("then") == "submit":
        sent = attempt(request, actions.submit_article, article=article)
        if sent:
            messages.success(request, gettext("Đã gửi duyệt."))
    return redirect("news:edit", article.pk)


def _around(request: Desk, article: Article, newest: Revision) -> dict[str, Any]:
    """What stands beside the form."""
    history = list(article.revisions.order_by("-number").defer("body"))
    names = names_of({r.by for r in history})
    state, writes = article.state, can_write(request.rights, article)
    return {
        **frame(request, article.territory),
        "article": article,
        "newest": newest,
        "badge": BADGES[state],
        "is_open": writes and state in STEPS["save"],
        "pictures": shown_pictures(article, newest, pictures_of([article])),
        "history": [(r, names.get(r.by, "")) for r in history],
        "reads": reads_of([article.pk]).get(article.pk, 0),
        "public_url": article_url(article) if article.live_id else "",
        "can_submit": writes and state in STEPS["submit"],
        "can_take_back": writes and state in STEPS["take_back"],
        "can_publish": can_publish(request.rights, article),
        "approving": state in STEPS["publish"],
        "returning": state in STEPS["return"],
        "approval": gate(lambda: check_others(actions.authors_of(article), request.user.ref)),
    }


def _form(typed: Mapping[str, str], wrong: str) -> dict[str, Any]:
    return {
        "typed": typed,
        "wrong": wrong,
        "categories": list(CATEGORIES.items()),
        "words": json.dumps(_editor_words(), ensure_ascii=False),
        "longest_alt": LONGEST_ALT,
    }


def _editor_words() -> dict[str, str]:
    """The editor's own words, by its names for them."""
    return {
        "heading2": gettext("Đề mục"),
        "heading3": gettext("Đề mục nhỏ"),
        "paragraph": gettext("Đoạn văn"),
        "bulletList": gettext("Danh sách"),
        "orderedList": gettext("Danh sách đánh số"),
        "blockquote": gettext("Trích dẫn"),
        "bold": gettext("In đậm"),
        "italic": gettext("In nghiêng"),
        "link": gettext("Liên kết"),
        "unlink": gettext("Bỏ liên kết"),
        "horizontalRule": gettext("Đường kẻ"),
        "underline": gettext("Gạch chân"),
        "strike": gettext("Gạch ngang"),
        "subscript": gettext("Chỉ số dưới"),
        "superscript": gettext("Chỉ số trên"),
        **_table_words(),
        "history:undo": gettext("Hoàn tác"),
        "history:redo": gettext("Làm lại"),
        "Edit Link": gettext("Liên kết"),
        "URL": gettext("Địa chỉ"),
        "Title": gettext("Chú giải"),
        "Update": gettext("Ghi"),
        "Cancel": gettext("Thôi"),
    }


def _table_words() -> dict[str, str]:
    return {
        "table": gettext("Bảng"),
        "table:addColumnAfter": gettext("Thêm cột"),
        "table:deleteColumn": gettext("Bỏ cột"),
        "table:addRowAfter": gettext("Thêm hàng"),
        "table:deleteRow": gettext("Bỏ hàng"),
        "table:deleteTable": gettext("Xóa bảng"),
        "table:mergeCells": gettext("Gộp ô"),
        "table:splitCell": gettext("Tách ô"),
        "table:toggleHeaderCell": gettext("Ô tiêu đề"),
        "Rows": gettext("Hàng"),
        "Columns": gettext("Các cột"),
        "Include header row": gettext("Hàng đầu là tiêu đề"),
        "Table Properties": gettext("Bảng"),
        "Insert Table": gettext("Chèn bảng"),
    }


def _typed(request: Desk) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in FIELDS}


def _of(revision: Revision) -> dict[str, str]:
    return {**{name: getattr(revision, name) for name in FIELDS}, "tags": ", ".join(revision.tags)}


def _written(typed: Mapping[str, str]) -> actions.Written:
    return actions.Written(**{**typed, "tags": typed["tags"].replace(";", ",").split(",")})  # type: ignore[arg-type]


@require_POST
def picture(request: Desk, *, pk: int) -> HttpResponse:
    """Add a picture, say anew what one shows, or leave one out."""
    article = known_article(request, pk, act=Act.NEWS_WRITE)
    alt, caption = (request.POST.get(name, "") for name in ("alt", "caption"))
    number = request.POST.get("number", "")
    if not number:
        file = request.FILES.get("file")
        if file is None or file.size is None:
            messages.error(request, refusal_sentence("picture_missing", {}, language()))
        elif attempt(
            request, add_picture, article=article, file=file, size=file.size, alt=alt, caption=caption
        ):
            messages.success(request, gettext("Đã thêm ảnh."))
    elif not number.isascii() or not number.isdigit() or len(number) > 6:
        raise Http404(number)
    elif "drop" in request.POST:
        if attempt(request, drop_picture, article=article, number=int(number)):
            messages.success(request, gettext("Đã bỏ ảnh %(n)s khỏi bài.") % {"n": number})
    elif attempt(request, describe_picture, article=article, number=int(number), alt=alt, caption=caption):
        messages.success(request, gettext("Đã lưu mô tả ảnh."))
    return redirect("news:edit", pk)


@require_POST
def step(request: Desk, *, pk: int) -> HttpResponse:
    """One step of the article on its way."""
    asked = request.POST.get("act", "")
    if asked not in STEPS_OF_DESK:
        raise Http404(asked)
    act, do, said = STEPS_OF_DESK[asked]
    article = known_article(request, pk, act=act, outside=asked == "withdraw")
    try:
        more = _more(request, asked)
    except Refused as refusal:
        messages.error(request, refusal_sentence(refusal.code, refusal.data, language()))
    else:
        if attempt(request, do, article=article, **more):
            messages.success(request, said())
    return redirect("news:sources") if article.outside else redirect("news:edit", pk)


def _more(request: Desk, asked: str) -> dict[str, Any]:
    """What a step needs besides the article. Raises Refused ``news_due_unreadable``."""
    if asked in ("return", "withdraw"):
        return {"reason": request.POST.get("reason", "")}
    return {"due_at": _due(request)} if asked == "schedule" else {}


def _due(request: Desk) -> datetime:
    day, hour = request.POST.get("day", ""), request.POST.get("time", "")
    try:
        return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour).replace(tzinfo=LEGAL_ZONE))
    except ValueError:
        raise Refused("news_due_unreadable", text=f"{day} {hour}"[:40]) from None


Step = tuple[Act, Callable[..., Article], Callable[[], str]]
STEPS_OF_DESK: Mapping[str, Step] = {
    "submit": (Act.NEWS_WRITE, actions.submit_article, lambda: gettext("Đã gửi duyệt.")),
    "take_back": (Act.NEWS_WRITE, actions.take_back_article, lambda: gettext("Đã rút bài về để sửa.")),
    "return": (Act.NEWS_PUBLISH, actions.return_article, lambda: gettext("Đã trả bài lại cho người viết.")),
    "publish": (Act.NEWS_PUBLISH, actions.publish_article, lambda: gettext("Đã đăng.")),
    "schedule": (Act.NEWS_PUBLISH, actions.publish_article, lambda: gettext("Đã duyệt và hẹn giờ đăng.")),
    "withdraw": (Act.NEWS_PUBLISH, actions.withdraw_article, lambda: gettext("Đã gỡ bài.")),
}
"""By the button's name: whose right it is, what it does, and what is said then."""
