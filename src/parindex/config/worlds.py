"""What the demonstration loads, step by step; each step is done once and skipped when it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction

from parindex.apps.assessments.actions import Enrolment, NewRound, open_round, record_answers
from parindex.apps.assessments.ledger import round_name
from parindex.apps.assessments.models import Round, Ruling
from parindex.apps.assessments.rules import AnswerRow
from parindex.apps.audit.seals import seal
from parindex.apps.frameworks.actions import store_framework
from parindex.apps.organisations.actions import NewUnit, add_units, found_territory
from parindex.apps.publications.actions import publish
from parindex.apps.results.actions import compute_result, record_published_figures
from parindex.apps.results.models import PublishedFigure
from parindex.config import (
    invented_dossiers,
    measured,
    training,
    training_briefings,
    training_documents,
    training_emulation,
    training_inspections,
    training_news,
    training_plans,
    training_remedies,
    training_surveys,
)
from parindex.core.formats.answers_file import read_answers
from parindex.core.formats.framework_file import load_framework
from parindex.core.formats.publicity import Publicity
from parindex.core.kernel.answers import Input, NoAnswer
from parindex.core.kernel.reading import written
from parindex.core.kernel.text import Text
from parindex.data import answers_path, framework_ids, framework_path, minhhoa
from parindex.data.minhhoa import documents
from parindex.data.minhhoa.units import slug
from parindex.data.published import published_figures


BY = "demo"
PAPI_YEARS = range(2011, 2025)
COUNTRY = Text("Việt Nam", "Viet Nam")
PAPI_GROUP = {"tinh": Text("Tỉnh, thành phố", "Provinces and cities")}
PAPI_NOTE = Text("", "")

Step = tuple[str, Callable[[datetime], bool]]


def steps() -> list[Step]:
    """Every step in the order of its use: the year of the example first."""
    invented = [(f"{minhhoa.NAME.vi} {r.code}", partial(_invented_round, r)) for r in minhhoa.ROUNDS]
    papi = [(f"PAPI {year}", partial(_papi, year)) for year in PAPI_YEARS]
    rest: list[Step] = [
        ("Bộ tiêu chí / criteria sets", _frameworks),
        ("Số liệu đã công bố / published figures", _figures),
    ]
    trainings: list[Step] = [
        ("Số liệu đo được / measured values", measured.values),
        ("Người dùng minh họa / invented people", training.people),
        *((f"{minhhoa.NAME.vi}, {t.title.vi}", partial(training.training_round, t)) for t in training.ROUNDS),
        ("Tài liệu công khai / public documents", training_documents.documents),
        ("Tin, bài / news", training_news.articles),
        ("Kế hoạch / plans", training_plans.plans),
        ("Khắc phục tồn tại / remedies", training_remedies.remedies),
        ("Kiểm tra / inspections", training_inspections.inspections),
        ("Điều tra xã hội học / surveys", training_surveys.surveys),
        ("Hồ sơ một cửa / dossiers", invented_dossiers.store),
        ("Giao ban / briefings", training_briefings.briefings),
        ("Thi đua / emulation", training_emulation.emulation),
        ("Đơn vị đã kết thúc / ended units", training.endings),
        (f"{minhhoa.NAME.vi} 2024, gói kết quả / bundle", _published),
    ]
    return [*invented, *trainings, *papi, *rest]


@transaction.atomic
def _invented_round(sample: minhhoa.SampleRound, at: datetime) -> bool:
    """One round of the invented province, from its units to its result."""
    territory = found_territory(
        code=minhhoa.CODE, name=minhhoa.NAME, type_="tinh", illustrative=True, by=BY, at=at
    )
    if Round.objects.filter(territory=territory, code=sample.code).exists():
        return False
    units, answers = minhhoa.answers_of(sample)
    framework = store_framework(
        content=minhhoa.framework_file(sample), file=f"{sample.framework}.yaml", by=BY, at=at
    )
    known = add_units(territory=territory, units=training.new_units(units), by=BY, at=at)
    round_ = open_round(
        new=NewRound(
            territory=territory,
            code=sample.code,
            year=sample.year,
            title=sample.title,
            note=minhhoa.NOTE,
            framework=framework,
            groups=sample.groups,
            previous=Round.objects.filter(territory=territory, code=sample.previous).first(),
            publishes_rank_bands=True,
            publicity=Publicity.EVIDENCE if sample.code == documents.ROUND else Publicity.REASONS,
        ),
        enrolments=[Enrolment(known[u.code], u.group, u.late_days) for u in units],
        by=BY,
        at=at,
    )
    rows = [AnswerRow(a.unit, a.leaf, a.text, a.se, a.n) for a in answers]
    record_answers(round_=round_, rows=rows, stage=Ruling.Stage.COUNCIL, by=BY, at=at)
    compute_result(round_=round_, by=BY, at=at)
    seal(book=round_name(round_), subject="round.concluded", by=BY, at=at)
    return True


@transaction.atomic
def _published(at: datetime) -> bool:
    """The year of the example as a signed bundle, for whoever wants to verify one."""
    round_ = Round.objects.get(territory__code=minhhoa.CODE, code="2024")
    if round_.publications.exists():
        return False
    publish(round_=round_, by=BY, at=at)
    return True


@transaction.atomic
def _papi(year: int, at: datetime) -> bool:
    """One year of PAPI as published: real scores of 63 provinces, added up and ranked again."""
    territory = found_territory(
        code="viet-nam", name=COUNTRY, type_="quoc-gia", illustrative=False, by=BY, at=at
    )
    code = f"papi-{year}"
    if Round.objects.filter(territory=territory, code=code).exists():
        return False
    path = framework_path(_papi_set(year))
    framework = load_framework(path)
    stored = store_framework(content=path.read_bytes(), file=path.name, by=BY, at=at)
    table = read_answers(framework, answers_path(code)).table
    names = [p.name for p in table.participants]
    known = add_units(
        territory=territory, units=[NewUnit(slug(n), Text(n), "tinh") for n in names], by=BY, at=at
    )
    round_ = open_round(
        new=NewRound(
            territory=territory,
            code=code,
            year=year,
            title=Text(
                f"PAPI {year}, tính lại từ điểm các chỉ số nội dung đã công bố",
                f"PAPI {year}, recomputed from published dimension scores",
            ),
            note=PAPI_NOTE,
            framework=stored,
            groups=PAPI_GROUP,
            previous=Round.objects.filter(territory=territory, code=f"papi-{year - 1}").first(),
            publicity=Publicity.REASONS,
        ),
        enrolments=[Enrolment(known[slug(n)], "tinh") for n in names],
        by=BY,
        at=at,
    )
    rows = []
    for leaf, column in table.columns.items():
        for name, place in zip(names, column.index, strict=True):
            answer = column.distinct[place] if place >= 0 else NoAnswer()
            if not isinstance(answer, NoAnswer):
                se = str(answer.se) if isinstance(answer, Input) and answer.se is not None else ""
                rows.append(AnswerRow(slug(name), leaf, written(answer), se))
    record_answers(round_=round_, rows=rows, stage=Ruling.Stage.COUNCIL, by=BY, at=at)
    compute_result(round_=round_, by=BY, at=at)
    seal(book=round_name(round_), subject="round.concluded", by=BY, at=at)
    return True


def _papi_set(year: int) -> str:
    """PAPI's make-up changed in 2018, 2019 and 2021; each make-up is a set of its own."""
    return f"papi-{max(first for first in (2011, 2018, 2019, 2021) if first <= year)}"


def _frameworks(at: datetime) -> bool:
    """Every shipped criteria set."""
    for identifier in framework_ids():
        path = framework_path(identifier)
        store_framework(content=path.read_bytes(), file=path.name, by=BY, at=at)
    return True


def _figures(at: datetime) -> bool:
    """Published figures, each with its source."""
    rows = published_figures()
    if PublishedFigure.objects.filter(about=None).count() == len(rows):
        return False
    figures = [
        PublishedFigure(
            authority=r.authority,
            index=r.index,
            year=r.year,
            scope=r.scope,
            unit=r.unit,
            figure=r.figure,
            value=r.value,
            value_unit=r.unit_of_value,
            rank="" if r.rank is None else str(r.rank),
            grade=r.grade,
            source=r.source,
        )
        for r in rows
    ]
    record_published_figures(figures=figures, by=BY, at=at)
    return True
