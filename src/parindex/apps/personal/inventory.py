"""What the site keeps of persons, table by table: what for, in which fields, how long, what erasing does.

The rows are in ``parindex/data/personal_data.csv``. A test holds them against the models: a new table, or
a new field of text, fails it until it stands there.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from django.apps import apps
from django.db import models

from parindex.apps.organisations.models import Guest, Person
from parindex.core.kernel.text import Text


class Sort(StrEnum):
    """How a field has to do with a person."""

    REF = "ref"  # says which account, by number
    OWN = "own"  # about the person whose row it is
    NAMED = "named"  # somebody's name, as it was typed
    FREE = "free"  # free text or data, in which somebody may be named
    TRACE = "secret"  # opens something, or shows who came from where


class Kept(StrEnum):
    """How long it is kept."""

    ACCOUNT = "account"
    WORK = "work"
    LEDGER = "ledger"
    SHORT = "short"
    SURVEY = "survey"
    SITE = "site"


_REPLACED = Text("thay họ tên ở mọi chỗ", "the name is replaced wherever it stands")
SORTS: Mapping[Sort, tuple[Text, Text]] = {
    Sort.REF: (
        Text("số của tài khoản", "the number of an account"),
        Text("giữ số; số đó không còn chỉ ai", "the number stays, and is nobody’s any more"),
    ),
    Sort.OWN: (Text("dữ liệu của chính người đó", "the person’s own data"), Text("xóa", "cleared")),
    Sort.NAMED: (Text("họ tên được ghi", "a name that was typed"), _REPLACED),
    Sort.FREE: (Text("văn bản tự do, có thể nêu tên", "free text, which may name somebody"), _REPLACED),
    Sort.TRACE: (
        Text("bí mật, dấu vết truy cập", "secrets, traces of access"),
        Text("xóa cả dòng", "rows deleted"),
    ),
}
"""What each sort of field is, and what erasing a person's data does to it."""
KEPT: Mapping[Kept, Text] = {
    Kept.ACCOUNT: Text("đến khi xóa dữ liệu của người đó", "until the person’s data are erased"),
    Kept.WORK: Text(
        "theo thời hạn bảo quản hồ sơ công việc của cơ quan",
        "as long as the office keeps the records of its work",
    ),
    Kept.LEDGER: Text("lâu dài; nội dung tự do che được", "for good; free texts can be redacted"),
    Kept.SHORT: Text("đến khi hết dùng; hệ thống tự xóa", "while it is of use; cleared by the tick"),
    Kept.SURVEY: Text(
        "theo cuộc điều tra; không gắn với người trả lời", "with the survey; joined with no respondent"
    ),
    Kept.SITE: Text("cùng với hệ thống", "with the site"),
}
PLAIN = frozenset(
    """code codename app_label model hash sha256 content_hash framework_hash answers_hash frame_sha256
    token_hash fingerprint digest key slug url number version previous chain book kind subject topic
    area areas criterion node leaf category tags ranking_group index scope unit figure value
    value_unit measure grade rank band points applicable_max se n weight goal baseline gain origin
    columns sizes media_type identifier mark salt seed seed_from rules criteria chosen reminded
    stage measures grades medians robustness nodes page type fault fault_data report_number
    indicators.Token.head""".split()  # noqa: SIM905  a list of words is read as one
)
"""Names of fields that say nothing of a person, wherever they stand: codes, hashes, figures, headings."""
_REFS = frozenset(
    """by uploaded_by confirmed_by erased_by public_by created_by changed_by answered_by judged_by revoked_by
    withdrawn_by opened_by closed_by report_by detached_by decided_by first_by second_by settled_by
    redacted_by recognised_by""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Holding:
    """One table. `sorts`: by field, for those that may hold personal data."""

    model: str
    purpose: Text
    kept: Kept
    sorts: Mapping[str, Sort]


@cache
def holdings() -> tuple[Holding, ...]:
    """Every table of the site. The usual references to who acted are added where a table has them."""
    with files("parindex.data").joinpath("personal_data.csv").open(encoding="utf-8") as stream:
        return tuple(_holding(row) for row in csv.DictReader(stream))


def _holding(row: Mapping[str, str]) -> Holding:
    given = {name: sort for sort in Sort for name in row[sort.value].split()}
    fields = {f.name for f in apps.get_model(row["table"])._meta.concrete_fields}
    sorts = {**dict.fromkeys(sorted(_REFS & fields), Sort.REF), **given}
    return Holding(row["table"], Text(row["purpose_vi"], row["purpose_en"]), Kept(row["kept"]), sorts)


def searched() -> list[tuple[str, list[str]]]:
    """Tables with the fields in which a name may stand as text."""
    texts = (Sort.NAMED, Sort.FREE)
    rows = [(h.model, sorted(n for n, s in h.sorts.items() if s in texts)) for h in holdings()]
    return [(model, names) for model, names in rows if names]


def may_hold(model: type[models.Model]) -> set[str]:
    """Fields of a model that could hold personal data: whoever they point to, and text that is no code."""
    found = set()
    for field in model._meta.concrete_fields:
        if field.is_relation:
            if field.related_model in (Person, Guest):
                found.add(field.name)
        elif isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices:
            found.add(field.name)
    label = model._meta.label
    return {name for name in found if name not in PLAIN and f"{label}.{name}" not in PLAIN}
