"""Words for the small vocabularies of a framework, and its policies as sentences."""

from __future__ import annotations

from collections.abc import Mapping

from parindex.core.kernel.framework import Framework
from parindex.core.wording.notation import number, percent, some


STATUS: Mapping[str, tuple[str, str]] = {
    "official": ("Văn bản chính thức", "Official text"),
    "transcribed": ("Chép lại từ nguồn công khai", "Transcribed from a public source"),
    "partial": ("Chỉ biết một phần", "Known in part"),
    "constructed": ("Dựng để minh họa", "Constructed for demonstration"),
}
METHOD: Mapping[str, tuple[str, str]] = {
    "appraisal": ("Thẩm định", "Appraisal"),
    "survey": ("Điều tra xã hội học", "Survey"),
    "measured": ("Số liệu đo được", "Measured"),
}
LEVEL: Mapping[str, tuple[str, str]] = {
    "part": ("Phần", "Part"),
    "area": ("Lĩnh vực", "Area"),
    "criterion": ("Tiêu chí", "Criterion"),
    "component": ("Tiêu chí thành phần", "Component"),
}
NO_CASE: Mapping[str, tuple[str, str]] = {
    "full": ("Không phát sinh: điểm tối đa", "No case arose: the full mark"),
    "not_applicable": ("Không phát sinh: không đánh giá", "No case arose: not applicable"),
    "zero": ("Không phát sinh: 0 điểm", "No case arose: 0 points"),
}


def word(words: Mapping[str, tuple[str, str]], key: str, language: str) -> str:
    """A vocabulary's word."""
    return words[key][0 if language == "vi" else 1]


def type_name(framework: Framework, code: str, language: str) -> str:
    """The name of a unit type."""
    return next((t.name.in_(language) for t in framework.unit_types if t.code == code), code)


def policy_sentences(framework: Framework, language: str) -> list[str]:
    """How this set turns points into index, grade and rank, a sentence a policy."""
    vi = language == "vi"
    said = [_index(framework, vi), *_extras(framework, language), *_ceiling(framework, language)]
    said += [*_grading(framework, language), _ties(framework, vi)]
    if framework.index.no_answer == "unranked":
        said.append(
            "Đơn vị thiếu số liệu không được tính chỉ số và không xếp hạng."
            if vi
            else "A unit with a missing value has no index and no rank."
        )
    else:
        said.append(
            "Tiêu chí chưa có trả lời được 0 điểm và vẫn tính vào điểm chuẩn tối đa."
            if vi
            else "A criterion without an answer gives 0 points; its maximum stays."
        )
    said += _no_survey(framework, vi)
    unranked = ("không xếp hạng", "not ranked")
    if framework.grades.bands:
        unranked = ("xếp loại, không xếp hạng", "graded, not ranked")
    for group in framework.ranking.not_ranked:
        who = ", ".join((*group.units, *(type_name(framework, t, language) for t in group.types)))
        ground = group.ground.in_(language).removesuffix(".")
        said.append(f"{who}: {unranked[0 if vi else 1]} ({ground}).")
    return said


def _no_survey(framework: Framework, vi: bool) -> list[str]:
    """What becomes of a unit that no survey asked about, where the set says so."""
    vietnamese, english = {
        "no_answer": ("", ""),
        "not_applicable": (
            "Đơn vị không có điều tra: tiêu chí điều tra không tính vào điểm chuẩn tối đa.",
            "A unit without a survey: survey criteria are not counted in its maximum.",
        ),
        "unranked": (
            "Đơn vị không có điều tra không được tính chỉ số và không xếp hạng.",
            "A unit without a survey has no index and no rank.",
        ),
    }[framework.index.no_survey]
    said = vietnamese if vi else english
    return [said] if said else []


def _index(framework: Framework, vi: bool) -> str:
    """The index policy."""
    policy = framework.index.policy
    if policy == "applicable_maximum":
        return (
            "Chỉ số = điểm đạt được / điểm chuẩn tối đa áp dụng × 100; "
            "tiêu chí không áp dụng thì bỏ khỏi điểm chuẩn tối đa."
            if vi
            else "Index = points / applicable maximum × 100; criteria that do not apply leave the maximum."
        )
    if policy == "rescale_then_add_survey":
        return (
            "Điểm thẩm định được quy đổi về đủ thang điểm của phần thẩm định, "
            "sau đó cộng điểm điều tra xã hội học."
            if vi
            else "Appraised points are rescaled to the full maximum of the appraised part; "
            "survey points are then added."
        )
    return (
        "Chỉ số là tổng điểm, không quy đổi."
        if vi
        else "The index is the sum of points; nothing is rescaled."
    )


def _extras(framework: Framework, language: str) -> list[str]:
    """Bonus, penalty, lateness."""
    vi = language == "vi"
    said = []
    for extra, names in (
        (framework.bonus, ("Điểm thưởng", "Bonus")),
        (framework.penalty, ("Điểm trừ", "Penalty")),
    ):
        if extra and extra.max is not None:
            said.append(
                f"{names[0]} tối đa {number(extra.max, 'vi')} điểm."
                if vi
                else f"{names[1]}: at most {some(extra.max, 'point')}."
            )
    late = framework.late_submission
    for step in late.steps if late else ():
        if step.points:
            said.append(
                f"Nộp muộn từ ngày thứ {step.from_day}: trừ {number(step.points, 'vi')} điểm."
                if vi
                else f"From day {step.from_day} late: {some(step.points, 'point')} off."
            )
        if step.per_day:
            said.append(
                f"Từ ngày muộn thứ {step.from_day}, mỗi ngày trừ {number(step.per_day, 'vi')} điểm."
                if vi
                else f"From day {step.from_day} late, {some(step.per_day, 'point')} off a day."
            )
    if late and late.refused_after is not None:
        said.append(
            f"Muộn quá {late.refused_after} ngày thì không tiếp nhận."
            if vi
            else f"More than {some(late.refused_after, 'day')} late: refused."
        )
    return said


def _ceiling(framework: Framework, language: str) -> list[str]:
    """What the index never exceeds."""
    if framework.index.ceiling is None:
        return []
    top = percent(framework.index.ceiling, language, decimals=None)
    return [f"Chỉ số không vượt quá {top}." if language == "vi" else f"The index never exceeds {top}."]


def _grading(framework: Framework, language: str) -> list[str]:
    """What decides a grade besides its band: further conditions, caps, quotas."""
    vi = language == "vi"
    names = {b.id: b.name.in_(language) for b in framework.grades.bands}
    said = []
    for band in framework.grades.bands:
        if band.needs:
            on = ", ".join(need.node or ("tổng thể" if vi else "the whole") for need in band.needs)
            name = names[band.id]
            said.append(f"{name}: còn có điều kiện ở {on}." if vi else f"{name}: with conditions on {on}.")
    for cap in framework.grades.caps:
        best = names[cap.at_most]
        on = ", ".join(test.node or ("tổng thể" if vi else "the whole") for test in cap.when)
        why = cap.ground.in_(language).removesuffix(".") if cap.ground else on
        said.append(f"Khống chế xếp loại cao nhất là {best} ({why})." if vi else f"At most {best} ({why}).")
    for quota in framework.grades.quotas:
        share, name = percent(quota.percent, language, decimals=None), names[quota.grade]
        of = f" {names[quota.of]}" if quota.of else ""
        said.append(
            f"{name}: không quá {share} số đơn vị được xếp loại{of and f'{of} trở lên'}."
            if vi
            else f"{name}: at most {share} of the units graded{of and f'{of} or better'}."
        )
    return said


def _ties(framework: Framework, vi: bool) -> str:
    """Precision, tie-breakers, and how equal units are numbered."""
    ranking = framework.ranking
    if ranking.precision is None:
        first = "Xếp hạng trên số chính xác" if vi else "Ranked on exact numbers"
    else:
        first = (
            f"Xếp hạng trên chỉ số làm tròn {ranking.precision} chữ số"
            if vi
            else f"Ranked on the index rounded to {some(ranking.precision, 'decimal')}"
        )
    if ranking.tie_breakers:
        codes = ", ".join(ranking.tie_breakers)
        first += f"; bằng nhau thì so lần lượt {codes}" if vi else f"; equals are compared on {codes} in turn"
    example = "1, 2, 2, 4" if ranking.ties == "competition" else "1, 2, 2, 3"
    return (
        f"{first}; đơn vị bằng nhau đồng hạng ({example})."
        if vi
        else f"{first}; equals share a rank ({example})."
    )


def grade_scale(framework: Framework, language: str) -> str:
    """``Tốt từ 80 %, Khá từ 65 %…``."""
    joined = "từ" if language == "vi" else "from"
    return ", ".join(
        f"{b.name.in_(language)} {joined} {percent(b.min, language, decimals=None)}"
        for b in framework.grades.bands
    )
