"""What the units of a training round handed in, and what their lead departments have ruled so far.

Units answer a little better than they do: `INFLATED` is added to the level by which the invented province
answers, so that most answers agree with what an appraiser finds and some do not. Everything goes through the
actions that people use, by those people, at instants inside the phases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from random import Random

from parindex.apps.assessments.actions import (
    Shown,
    SignedReport,
    Typing,
    Verdict,
    appraise,
    ask_explanation,
    attach_evidence,
    attach_report,
    record_answers,
    save_drafts,
    sign_off,
    submit_sheet,
)
from parindex.apps.assessments.models import Participant, Phase, Round, Ruling
from parindex.apps.assessments.permissions import assignment_of, lead_for
from parindex.apps.assessments.queries import assignments_of, participants_of
from parindex.apps.assessments.queries.sheets import standing_of
from parindex.apps.assessments.rules import AnswerRow
from parindex.apps.assessments.rules.appraising import points_of
from parindex.apps.evidence.actions import cite_document
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.rules import Metadata
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.models import Person, Unit
from parindex.core.formats.framework_file import parse_framework
from parindex.core.kernel.framework import Framework, Node
from parindex.data import minhhoa
from parindex.data.minhhoa.answers import Written, answer_sheet
from parindex.data.minhhoa.units import SampleUnit, units_of


INFLATED = 0.03
NEVER = ("so-giao-thong-van-tai", "huyen-nguyet-dong")
LATE = {"so-cong-thuong": 1, "so-y-te": 2}
SHARED_NOTE = (
    "Đơn vị đã ban hành kế hoạch, phân công từng phòng thực hiện, kiểm tra định kỳ hằng quý và báo cáo "
    "kết quả về Sở Nội vụ đúng thời gian quy định."
)
MORE_THAN_MEASURED = (
    "Đơn vị tính cả hồ sơ tiếp nhận trực tiếp tại Bộ phận Một cửa chưa kịp cập nhật lên Hệ thống."
)
COPIED = ("so-y-te", "so-xay-dung", "so-cong-thuong")
COPIED_LEAF = "1.3.1"
EXPLAINED = 0.3
REASONS = (
    "Tài liệu kiểm chứng chưa chứng minh đủ số liệu tự chấm.",
    "Số liệu trên hệ thống thấp hơn số liệu đơn vị báo cáo.",
    "Văn bản ban hành sau thời hạn quy định.",
    "Chưa có sản phẩm của nhiệm vụ trong kỳ đánh giá.",
)
Sheets = Mapping[str, Mapping[str, Written]]
PLAN = minhhoa.ROUNDS[1]


@dataclass(frozen=True, slots=True)
class _Stage:
    """A training round being filled: its set, and the instants of its phases."""

    round: Round
    framework: Framework
    people: Mapping[str, str]
    phases: Mapping[tuple[str, int], Phase]

    def within(self, kind: Phase.Kind, share: float, turn: int = 1) -> datetime:
        """An instant inside a phase: 0 is its opening, 1 its deadline."""
        phase = self.phases[kind.value, turn]
        return phase.opens_at + (phase.closes_at - phase.opens_at) * share


def fill_round(round_: Round, *, done: int) -> None:
    """Fill a training round as far as its phases have got.

    Args:
        done: how many of its phases lie behind it; at least 1.
    """
    stage = _Stage(
        round_,
        by_hash(round_.framework.content_hash),
        {p.username: p.ref for p in Person.objects.filter(illustrative=True)},
        {(p.kind, p.turn): p for p in round_.phases.all()},
    )
    participants = list(participants_of(round_))
    _supply(stage)
    for k, participant in enumerate(participants):
        if participant.unit.code not in NEVER:
            _hand_in(stage, participant, k / len(participants))
    _rule(stage, participants, whole=done > 1)
    if done > 1:
        _ask(stage, participants)
        _sign(stage)


@lru_cache(maxsize=2)
def _answers(*, inflated: bool) -> Sheets:
    """Every unit's answers: as they are, or as the units put them."""
    framework = parse_framework(minhhoa.framework_file(PLAN), f"{PLAN.framework}.yaml")
    more = INFLATED if inflated else 0
    return {
        unit.code: {a.leaf: a for a in answer_sheet(framework, _better(unit, more), PLAN.code)}
        for unit in units_of(PLAN.code)
    }


def _better(unit: SampleUnit, more: float) -> SampleUnit:
    return replace(unit, level=min(unit.level + more, 1.0))


def _supply(stage: _Stage) -> None:
    """What the secretariat enters: what is not assessed at opening, surveys during the appraisal."""
    given = [a for answers in _answers(inflated=False).values() for a in answers.values()]
    rows = [AnswerRow(a.unit, a.leaf, a.text, a.se, a.n) for a in given]
    by, method = stage.people["thuong-truc"], stage.framework.method_of
    surveys = [r for r in rows if method(r.leaf) == "survey"]
    granted = [r for r in rows if r.text == "n/a" and method(r.leaf) != "survey"]
    opening, appraising = Phase.Kind.SELF, Phase.Kind.APPRAISAL
    record = partial(record_answers, round_=stage.round, by=by)
    record(rows=granted, stage=Ruling.Stage.OPENING, at=stage.within(opening, 0))
    record(rows=surveys, stage=Ruling.Stage.APPRAISED, at=stage.within(appraising, 0.01))


def _hand_in(stage: _Stage, participant: Participant, share: float) -> None:
    """One unit: answers typed, documents cited, the sheet submitted and its report attached."""
    code = participant.unit.code
    officer, focal = stage.people[f"chuyen-vien.{code}"], stage.people[f"dau-moi.{code}"]
    answers = _answers(inflated=True)[code]
    extras = stage.framework.extras
    typed = [
        Typing(leaf, text, _note(stage.framework, code, leaf, text=text))
        for leaf, text in _own(stage.framework, answers)
    ]
    at = stage.within(Phase.Kind.SELF, 0.2 + 0.5 * share)
    save_drafts(participant=participant, typed=typed, by=officer, at=at)
    shown = list(_shown(stage.framework, participant, _documents(participant.unit, officer, at)))
    shown += _recognised(participant.unit, [t.leaf for t in typed if t.leaf in extras], officer, at=at)
    attach_evidence(participant=participant, shown=shown, by=officer, at=at + timedelta(hours=1))
    handed = stage.within(Phase.Kind.SELF, 0.75 + 0.24 * share)
    if code in LATE:
        handed = stage.within(Phase.Kind.SELF, 1) + timedelta(days=LATE[code])
    submission = submit_sheet(participant=participant, by=focal, at=handed)
    if share < 0.85:
        head, on = stage.people[f"lanh-dao.{code}"], handed.date()
        report = SignedReport(
            f"{_number(code, 'bao-cao')}/BC-{_initials(participant)}", on, "", submission.code
        )
        attach_report(participant=participant, report=report, by=head, at=handed + timedelta(hours=2))


def _own(framework: Framework, answers: Mapping[str, Written]) -> Iterator[tuple[str, str]]:
    """What the unit itself types: neither surveys nor penalties, and a bonus only where it claims one."""
    penalties = {i.code for i in framework.penalty.items} if framework.penalty else set()
    for leaf, text in ((leaf, a.text) for leaf, a in answers.items()):
        nothing = leaf in framework.extras and text == "khong"
        if text != "n/a" and not nothing and leaf not in penalties and framework.method_of(leaf) != "survey":
            yield leaf, text


def _note(framework: Framework, code: str, leaf: str, *, text: str) -> str:
    """Copied from each other in one place; where they say more than was measured, what they say of it."""
    if framework.leaves[leaf].indicator and text != _answers(inflated=False)[code][leaf].text:
        return MORE_THAN_MEASURED
    return SHARED_NOTE if code in COPIED and leaf == COPIED_LEAF else ""


@dataclass(frozen=True, slots=True)
class _Paper:
    """A document that every unit has: its abbreviation, title, and the day it is dated, as a rule."""

    kind: str
    title: str
    on: date


PAPERS = (
    _Paper("KH", "Kế hoạch cải cách hành chính năm 2024", date(2024, 1, 8)),
    _Paper("BC", "Báo cáo kết quả cải cách hành chính năm 2024", date(2024, 11, 11)),
    _Paper("TB", "Thông báo kết luận kiểm tra cải cách hành chính nội bộ", date(2024, 8, 20)),
    _Paper("QĐ", "Quyết định phân công nhiệm vụ cải cách hành chính", date(2024, 2, 5)),
)
LATE_PAPER = date(2024, 12, 9)
RECOGNITION = "Quyết định công nhận mô hình, sáng kiến cải cách hành chính"
RECOGNISED_BY, RECOGNISED_ON = "UBND tỉnh Minh Họa", date(2024, 10, 10)


def _documents(unit: Unit, by: str, at: datetime) -> Sequence[Document]:
    """The unit's papers, cited once for all training rounds; one in seven units dates its report too late."""
    kept = {d.number: d for d in Document.objects.filter(unit=unit, kind=Document.Kind.CITED)}
    found = []
    for paper in PAPERS:
        number = f"{_number(unit.code, paper.kind)}/{paper.kind}-{_initials_of(unit.name_vi)}"
        late = paper.kind == "BC" and _rng(unit.code, "muon").random() < 1 / 7
        told = Metadata(number, LATE_PAPER if late else paper.on, unit.name_vi, "", paper.title)
        link = f"https://{unit.code}.minhhoa.example/{paper.kind.lower()}"
        found.append(kept.get(number) or cite_document(unit=unit, metadata=told, link=link, by=by, at=at))
    return found


def _shown(framework: Framework, participant: Participant, papers: Sequence[Document]) -> Iterator[Shown]:
    """Each leaf that asks for evidence gets a paper at a page; about one in twelve is forgotten."""
    for code, leaf in framework.leaves.items():
        rng = _rng(participant.unit.code, code)
        if _asks(framework, leaf) and rng.random() > 1 / 12:
            yield Shown(
                code,
                papers[0 if "kế hoạch" in leaf.name.vi.lower() else rng.randrange(1, 4)],
                str(rng.randrange(1, 9)),
            )


def _recognised(unit: Unit, claimed: Sequence[str], by: str, *, at: datetime) -> list[Shown]:
    """The decision that recognises what a unit claims a bonus for; cited once for all training rounds."""
    if not claimed:
        return []
    number = f"{_number(unit.code, 'cong-nhan')}/QĐ-UBND"
    told = Metadata(number, RECOGNISED_ON, RECOGNISED_BY, "", RECOGNITION)
    kept = Document.objects.filter(unit=unit, kind=Document.Kind.CITED, number=number).first()
    link = f"https://{unit.code}.minhhoa.example/cong-nhan"
    document = kept or cite_document(unit=unit, metadata=told, link=link, by=by, at=at)
    return [Shown(leaf, document, "1") for leaf in claimed]


def _asks(framework: Framework, leaf: Node) -> bool:
    if leaf.code in framework.extras:
        return False
    return bool(leaf.evidence) and framework.method_of(leaf.code) != "survey"


def _rule(stage: _Stage, participants: Sequence[Participant], *, whole: bool) -> None:
    """Each lead department rules on its part: on every unit, or on one in three while the phase is open."""
    assignments = assignments_of(stage.round)
    verdicts: dict[int, list[Verdict]] = {}
    for participant in participants if whole else participants[::3]:
        stood = {k: r.answer for k, r in standing_of(participant).items() if r.stage == Ruling.Stage.SELF}
        for leaf, before in stood.items():
            part = assignment_of(assignments, stage.framework, participant=participant, leaf=leaf)
            lead = lead_for(part, participant) if part else None
            if lead is not None:
                verdicts.setdefault(lead, []).append(
                    _verdict(stage.framework, participant, leaf, before=before)
                )
    units = {u.pk: u.code for u in Unit.objects.filter(pk__in=verdicts)}
    for k, (lead, given) in enumerate(verdicts.items()):
        at = stage.within(Phase.Kind.APPRAISAL, 0.1 + 0.02 * k)
        appraise(round_=stage.round, verdicts=given, by=stage.people[f"tham-dinh.{units[lead]}"], at=at)


def _verdict(framework: Framework, participant: Participant, code: str, *, before: str) -> Verdict:
    """Accepted, or what the appraiser found instead where that gives less."""
    found = _answers(inflated=False)[participant.unit.code][code].text
    leaf = framework.leaves[code]
    gives, claimed = (points_of(framework, participant, leaf, answer=a) for a in (found, before))
    if found == before or gives >= claimed:
        return Verdict(participant.pk, code, before)
    return Verdict(participant.pk, code, found, _rng(participant.unit.code, code, "ly-do").choice(REASONS))


def _ask(stage: _Stage, participants: Sequence[Participant]) -> None:
    """Of what was ruled lower, about a third is to be explained."""
    at = stage.within(Phase.Kind.APPRAISAL, 0.6)
    by_pk = {p.pk: p for p in participants}
    lower = Ruling.objects.filter(participant__round=stage.round, stage=Ruling.Stage.APPRAISED).exclude(
        reason=""
    )
    for ruling in lower.order_by("id"):
        participant = by_pk[ruling.participant_id]
        if _rng(participant.unit.code, ruling.leaf, "hoi").random() < EXPLAINED:
            question = "Đề nghị đơn vị giải trình chênh lệch và bổ sung tài liệu kiểm chứng."
            ask_explanation(participant=participant, leaf=ruling.leaf, question=question, by=ruling.by, at=at)


def _sign(stage: _Stage) -> None:
    """Every lead department signs off its part of the first turn."""
    leads = Unit.objects.filter(assignments__round=stage.round).distinct().order_by("id")
    at = stage.within(Phase.Kind.APPRAISAL, 0.9)
    for lead in leads:
        number = f"{_number(lead.code, 'ky')}/{_initials_of(lead.name_vi)}-CCHC"
        by = stage.people[f"phu-trach.{lead.code}"]
        sign_off(round_=stage.round, lead=lead, turn=1, number=number, on=at.date(), by=by, at=at)


def _rng(*of: str) -> Random:
    """The same draw for the same subject, on every machine."""
    return Random("|".join(of))  # noqa: S311  made-up data


def _number(*of: str) -> int:
    return _rng(*of).randrange(11, 480)


def _initials(participant: Participant) -> str:
    return _initials_of(participant.name_vi)


def _initials_of(name: str) -> str:
    """As in a notation: Sở Y tế, SYT."""
    return "".join(word[0].upper() for word in name.replace(",", " ").split() if word != "và")
