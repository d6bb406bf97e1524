"""Template tags of the design system: numbers, badges, moves, icons, charts."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from parindex.apps.news.markup import clean
from parindex.apps.organisations.roles import ROLES, Role
from parindex.core.kernel.framework import Band
from parindex.core.kernel.text import Text
from parindex.core.kernel.time import legal_date
from parindex.core.wording import notation, terms
from parindex.data import indicators
from parindex.web.parts import charts
from parindex.web.parts.back import Back
from parindex.web.parts.languages import language, same_page


register = template.Library()

GRADE_COLOURS = 4
FAR = 5


@register.filter
def said(text: Text | str | None) -> str:
    """A two-language text in the page's language."""
    if text is None:
        return ""
    return text if isinstance(text, str) else text.in_(language())


@register.filter
def points(value: Fraction | None, decimals: int = 2) -> str:
    """Points or a percentage, half-up with that many decimals, in the language's notation."""
    return "–" if value is None else notation.number(value, language(), decimals=decimals)


@register.filter
def bare(value: Fraction | None) -> str:
    """A number without needless zeros: a maximum, a threshold."""
    return "–" if value is None else notation.number(value, language())


@register.filter
def measured(value: Fraction | None) -> str:
    """A measured number, half-up with two decimals; a whole one without."""
    if value is None:
        return "–"
    return notation.number(value, language(), decimals=0 if value.denominator == 1 else notation.SHOWN)


@register.filter
def answer_words(answer: str) -> str:
    """An answer as it was written, its numbers in the page's notation."""
    return said(notation.answer_text(answer))


@register.filter
def source_name(source: str) -> str:
    """Where a value comes from, in the page's language where it is one that every office has."""
    return said(indicators.source_name(source))


@register.filter
def whole(value: int) -> str:
    """A count with thousands separators."""
    return notation.number(Fraction(value), language())


@register.filter
def published_number(value: str) -> str:
    """A published number in the page's notation, with the sign and the decimals it was published with."""
    digits = value.lstrip("+-")
    sign = value.removesuffix(digits).replace("-", "−")
    if "." in digits and digits.replace(".", "", 1).isdigit():
        digits = notation.number(Fraction(digits), language(), decimals=len(digits.partition(".")[2]))
    return sign + digits


@register.filter
def cited_page(value: str) -> str:
    """Where in a document, as a citation: a bare number is a page; anything else stands as it is."""
    return gettext("tr. %(page)s") % {"page": value} if value[:1].isdigit() else value


@register.filter
def day(value: date) -> str:
    """A date as the language writes it."""
    return notation.day(value, language())


@register.filter
def legal_day(value: datetime) -> str:
    """The date of an instant in Việt Nam, as the language writes it."""
    return notation.day(legal_date(value), language())


@register.filter
def instant(value: datetime) -> str:
    """An instant in Việt Nam's time, as the language writes it."""
    return notation.instant(value, language())


@register.filter
def term(code: str, family: str) -> str:
    """The word for a stored code (`parindex.core.wording.terms`)."""
    return terms.term(family, str(code), language())


@register.filter
def role_name(role: str) -> str:
    """A role's name."""
    return ROLES[Role(role)].name.in_(language())


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[dict[str, object]]:
    """This page in each language."""
    request, now = context["request"], language()
    return [
        {"code": code, "name": name, "current": code == now, "url": same_page(request, code)}
        for code, name in settings.LANGUAGES
    ]


@register.simple_tag
def grade_badge(band: Band | None, position: int | None = None) -> SafeString:
    """A grade in its colour; the word always stands beside the colour. `position`: 0 is the best band."""
    if band is None:
        return format_html('<span class="badge none">{}</span>', gettext("Không xếp loại"))
    colour = min((position or 0) + 1, GRADE_COLOURS)
    return format_html('<span class="badge g{}">{}</span>', colour, said(band.name))


@register.simple_tag
def rank_move(change: int | None) -> SafeString | str:
    """Ranks won or lost on the year before: positive is up."""
    if change is None:
        return ""
    if change == 0:
        words = gettext("giữ nguyên thứ hạng")
        return format_html(
            '<span class="move same"><span aria-hidden="true">=</span><span class="sr">{}</span></span>',
            words,
        )
    words = gettext("tăng %(n)s bậc") if change > 0 else gettext("giảm %(n)s bậc")
    return format_html(
        '<span class="move {}"><span aria-hidden="true">{} {}</span><span class="sr">{}</span></span>',
        "up" if change > 0 else "down",
        "▲" if change > 0 else "▼",
        abs(change),
        words % {"n": abs(change)},
    )


@register.simple_tag
def index_change(change: Fraction | None) -> SafeString | str:
    """Percentage points won or lost on the year before."""
    if change is None:
        return ""
    css = "up" if change > 0 else "down" if change < 0 else "same"
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    size = notation.number(abs(change), language(), decimals=2)
    return format_html('<span class="move {}">{}{}</span>', css, sign, size)


@register.simple_tag
def score_bar(held: Fraction, maximum: Fraction, *, median: Fraction | None = None) -> SafeString:
    """A bar of points held, with the group's median."""
    title = gettext("%(held)s trên %(maximum)s điểm") % {"held": points(held), "maximum": bare(maximum)}
    if median is not None:
        title += gettext("; trung vị của khối %(median)s%%") % {"median": points(median)}
    return charts.score_bar(held, maximum, title, median=median)


@register.simple_tag
def interval_bar(value: Fraction, low: Fraction | None, high: Fraction | None) -> SafeString:
    """A percentage with its 95 % interval on 0..100."""
    title = f"{points(value, 1)} %"
    if low is None or high is None:
        return charts.interval_bar(value, None, title)
    title += gettext("; khoảng tin cậy 95 %% từ %(low)s đến %(high)s") % {
        "low": points(low, 1),
        "high": points(high, 1),
    }
    return charts.interval_bar(value, (low, high), title)


@register.simple_tag
def area_cell(
    index: Fraction | None, median: Fraction | None, *, label: str = "", answered: bool = True
) -> SafeString:
    """An area's index in one decimal over a short bar, tinted far above or below the group's median.

    `label`: the area's name where the ranking is sorted by it, so that phones show it too.
    `answered`: False where nothing was answered in the area, which is not zero.
    """
    if index is None or not answered:
        words = gettext("chưa có số liệu") if index is not None else gettext("không áp dụng")
        mark = '<td class="areas" title="{}"><span aria-hidden="true">–</span><span class="sr">{}</span></td>'
        return format_html(mark, words, words)
    far = Fraction(0) if median is None else index - median
    css = " hi" if far >= FAR else " lo" if far <= -FAR else ""
    bar = min(max(round(index / 5), 0), 20)  # the sheet knows bars in steps of 5 percent
    if not label:
        return format_html('<td class="areas{} b{}">{}</td>', css, bar, points(index, 1))
    cell = '<td class="areas sorted{} b{}" data-label="{}">{}</td>'
    return format_html(cell, css, bar, label, points(index, 1))


@register.simple_tag
def mark(position: int) -> SafeString:
    """The sign of a unit in a comparison: 0 is the first."""
    return format_html(
        '<span class="key c{}" aria-hidden="true">{}</span>', position + 1, charts.MARKS[position]
    )


@register.inclusion_tag("parts/field.html", takes_context=True)
def field(context: Context, form: str, name: str, **more: Any) -> dict[str, Any]:
    """A field of a small form; where that form was refused, with what was typed and the reason (`Back`).

    `more`: its ``label``; ``value`` it holds otherwise, ``id``, ``limit`` of characters, ``rows`` of a longer
    text, ``type``, ``short``, ``required``, ``optional`` and ``hint`` in words.
    """
    back, value = _back_of(context, form), more.pop("value", "")
    if back is not None:
        value = back.sent.get(name, "")
    wrong = back.wrong if back is not None and back.field == name else ""
    place = more.pop("id", "") or f"{form}-{name}"
    described = " ".join(f"{place}-{part}" for part in "he" if (more.get("hint") if part == "h" else wrong))
    usual = {"limit": 600, "rows": 0, "type": "text", "short": "", "required": "", "optional": "", "hint": ""}
    told = {"id": place, "name": name, "value": value, "wrong": wrong, "described": described}
    return {**usual, **more, **told}


@register.simple_tag(takes_context=True)
def came_back(context: Context, form: str) -> bool:
    """Whether this form of the page was refused just now: what hides it is to be open."""
    return _back_of(context, form) is not None


def _back_of(context: Context, form: str) -> Back | None:
    found = context.get("refused")
    return found if isinstance(found, Back) and found.form == form else None


@register.filter
def article_html(html: str) -> SafeString:
    """A run of an article's body; cleaned once more, whoever put it there."""
    return SafeString(clean(html))


TOKEN_HERE = "the-token-of-each-request"  # noqa: S105  stands where a request's own token goes


@register.filter
def with_token(rendered: str, token: object) -> SafeString:
    """A part of a page that was rendered and kept, its forms with the token of this request."""
    return SafeString(rendered.replace(TOKEN_HERE, str(token)))
