"""Why a leaf has its points, and what else decided a unit's line, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.reasons import Reason
from parindex.core.kernel.rules import AnyRule, Branch
from parindex.core.kernel.text import Text
from parindex.core.wording.notation import day, listing, number, percent, some
from parindex.core.wording.rules import step_range


Data = Mapping[str, Any]


class _Say:
    """One reason's words: the language, the leaf's rule, and the numbers in its notation."""

    def __init__(
        self, rule: AnyRule | None, language: str, decimals: int, *, method: str | None = None
    ) -> None:
        self.rule = rule
        self.method = method
        self.language = language
        self.decimals = decimals

    def pick(self, vi: str, en: str) -> str:
        return vi if self.language == "vi" else en

    def n(self, value: Fraction | int) -> str:
        return number(value, self.language)

    def pts(self, value: Fraction) -> str:
        return number(value, self.language, decimals=self.decimals)

    def name(self, wanted: str) -> str:
        """An option's or condition's words."""
        for part in (*getattr(self.rule, "options", ()), *getattr(self.rule, "conditions", ())):
            if part.id == wanted:
                return str(part.name.in_(self.language)) or wanted
        return wanted

    def names(self, wanted: tuple[str, ...]) -> str:
        return listing([self.name(w) for w in wanted], self.language)

    def given(self, data: Data) -> str:
        """The value, with the counts behind a ratio: ``12/15 (80,00 %)``."""
        key = "value" if "value" in data else "percent"
        is_percent = key == "percent" or getattr(self.rule, "input", "ratio") == "ratio"
        unit = getattr(self.rule, "unit", None)
        shown = percent(data[key], self.language) if is_percent else self.n(data[key])
        if unit is not None and not is_percent:
            shown += f" {unit.in_(self.language)}"
        return f"{self.n(data['part'])}/{self.n(data['whole'])} ({shown})" if "part" in data else shown

    def mark(self, value: Fraction) -> str:
        """A threshold in the rule's unit."""
        return (
            percent(value, self.language, decimals=None)
            if getattr(self.rule, "input", "ratio") == "ratio"
            else self.n(value)
        )

    def days(self, data: Data) -> str:
        working = data.get("count") == "working"
        days = abs(data["days"])
        return self.pick(
            f"{days} ngày{' làm việc' if working else ''}",
            some(days, "working day" if working else "day"),
        )

    def since(self, data: Data) -> str:
        """How long after the base date, or before it."""
        base = day(data["base"], self.language)
        if not data["days"]:
            return self.pick(f"trong ngày {base} là mốc tính", f"on the day it counts from, {base}")
        side = self.pick("sau mốc", "after") if data["days"] > 0 else self.pick("trước mốc", "before")
        return self.pick(f"{side} {base} {self.days(data)}", f"{self.days(data)} {side} {base}")

    def unit(self) -> str:
        unit = getattr(self.rule, "unit", None)
        return f" {unit.in_(self.language)}" if unit is not None else ""

    def cases(self, count: Fraction) -> str:
        """So many of the rule's unit; without one, so many cases."""
        if getattr(self.rule, "unit", None) is not None:
            return self.n(count) + self.unit()
        return self.pick(f"{self.n(count)} trường hợp", some(count, "case"))


def reason_sentence(reason: Reason, leaf: Node, language: str, *, decimals: int = 2) -> str:
    """The sentence for a leaf's reason; option ids become their words."""
    rule = leaf.rule
    data = dict(reason.data)
    before = ""
    if isinstance(rule, Branch) and "branch" in data:
        case = rule.case(str(data["branch"]))
        before = f"{'Trường hợp' if language == 'vi' else 'Case'} “{case.name.in_(language)}”: "
        rule = case.rule
    said = _TELL[reason.code](_Say(rule, language, decimals, method=leaf.method), data)
    return before + (said[0].lower() + said[1:] if before else said)


def _option(s: _Say, d: Data) -> str:
    return s.pick(
        f"Mức “{s.name(d['option'])}”: {s.pts(d['award'])} điểm.",
        f"Level “{s.name(d['option'])}”: {s.pts(d['award'])} points.",
    )


def _given(s: _Say, d: Data) -> str:
    """Points as given: by an appraiser, or as the result of a survey."""
    given, maximum = s.pts(d["given"]), s.n(d["maximum"])
    if s.method == "survey":
        return s.pick(
            f"Kết quả khảo sát: {given} trên {maximum} điểm.",
            f"Survey result: {given} of {maximum} points.",
        )
    return s.pick(
        f"Cơ quan thẩm định cho {given} trên {maximum} điểm.",
        f"The appraiser gave {given} of {maximum} points.",
    )


def _level(s: _Say, d: Data) -> str:
    return s.pick(
        f"Mức “{s.name(d['option'])}” (từ {s.n(d['from'])} đến {s.n(d['to'])} điểm): "
        f"{s.pts(d['given'])} điểm.",
        f"Level “{s.name(d['option'])}” ({s.n(d['from'])} to {s.n(d['to'])} points): "
        f"{s.pts(d['given'])} points.",
    )


def _some(s: _Say, d: Data) -> str:
    return s.pick(
        f"Chưa đạt đủ điều kiện, còn thiếu: {s.names(d['missing'])}; 0 điểm.",
        f"Not every condition is met; missing: {s.names(d['missing'])}; 0 points.",
    )


def _conditions(s: _Say, d: Data) -> str:
    met = s.names(d["met"]) or s.pick("không điều kiện nào", "none")
    missing = (
        s.pick(f"; chưa đạt: {s.names(d['missing'])}", f"; not met: {s.names(d['missing'])}")
        if d["missing"]
        else ""
    )
    return s.pick(
        f"Đạt: {met}{missing}. Cộng {s.pts(d['award'])} điểm.",
        f"Met: {met}{missing}. Sum {s.pts(d['award'])} points.",
    )


def _deadline(vi: str, en: str) -> Callable[[_Say, Data], str]:
    def tell(s: _Say, d: Data) -> str:
        on = day(d["on"], s.language) if "on" in d else ""
        return s.pick(vi, en).format(on=on, due=day(d["due"], s.language), award=s.pts(d["award"]))

    return tell


def _days_step(s: _Say, d: Data) -> str:
    return s.pick(
        f"Ban hành {day(d['on'], 'vi')}, {s.since(d)}, "
        f"trong hạn {d['within']} ngày: {s.pts(d['award'])} điểm.",
        f"Issued {day(d['on'], 'en')}, {s.since(d)}, "
        f"within {some(d['within'], 'day')}: {s.pts(d['award'])} points.",
    )


def _days_beyond(s: _Say, d: Data) -> str:
    return s.pick(
        f"Ban hành {day(d['on'], 'vi')}, {s.since(d)}, quá {d['last']} ngày: {s.pts(d['award'])} điểm.",
        f"Issued {day(d['on'], 'en')}, {s.since(d)}, "
        f"beyond {some(d['last'], 'day')}: {s.pts(d['award'])} points.",
    )


def _late(s: _Say, d: Data) -> str:
    return s.pick(
        f"Ban hành {day(d['on'], 'vi')}, muộn {s.days(d)} so với hạn {day(d['due'], 'vi')}: "
        f"trừ {d['charged']} × {s.n(d['each'])} = {s.pts(d['off'])} điểm.",
        f"Issued {day(d['on'], 'en')}, {s.days(d)} after the deadline {day(d['due'], 'en')}: "
        f"{d['charged']} × {s.n(d['each'])} = {s.pts(d['off'])} points off.",
    )


def _not_charged(s: _Say, d: Data) -> str:
    """In time; or after the deadline, within the days that cost nothing."""
    on, due = day(d["on"], s.language), day(d["due"], s.language)
    if d["on"] <= d["due"]:
        return s.pick(
            f"Ban hành {on}, đúng hạn ({due}): điểm tối đa.",
            f"Issued {on}, in time (due {due}): the full mark.",
        )
    return s.pick(
        f"Ban hành {on}, sau hạn {due} nhưng chưa đến mức bị trừ: điểm tối đa.",
        f"Issued {on}, after the deadline {due} but with no day that counts: the full mark.",
    )


def _step(s: _Say, d: Data) -> str:
    steps: Any = s.rule
    where = step_range(steps.steps[d["step"]], steps, s.language)
    return s.pick(
        f"Đạt {s.given(d)}, mức {where}: {s.pts(d['award'])} điểm.",
        f"{s.given(d)}, step {where}: {s.pts(d['award'])} points.",
    )


def _share(s: _Say, d: Data) -> str:
    return s.pick(
        f"Đạt {s.given(d)}; điểm tối đa từ {s.mark(d['full_at'])} trở lên, "
        f"dưới mức đó tính theo tỷ lệ: {s.pts(d['award'])} điểm.",
        f"{s.given(d)}; full mark from {s.mark(d['full_at'])}, "
        f"in proportion below it: {s.pts(d['award'])} points.",
    )


def _line(s: _Say, d: Data) -> str:
    return s.pick(
        f"Đạt {s.given(d)}; 0 điểm ở {s.mark(d['zero_at'])}, tối đa ở {s.mark(d['full_at'])}, "
        f"giữa hai mốc tính theo đường thẳng: {s.pts(d['award'])} điểm.",
        f"{s.given(d)}; 0 points at {s.mark(d['zero_at'])}, full mark at {s.mark(d['full_at'])}, "
        f"a straight line between: {s.pts(d['award'])} points.",
    )


def _formula(s: _Say, d: Data) -> str:
    rule: Any = s.rule
    titles = {i.id: i.name.in_(s.language) for i in rule.inputs}
    inputs = listing([f"{titles[k]} {k} = {s.n(v)}" for k, v in d["inputs"]], s.language)
    return s.pick(
        f"Với {inputs}: {d['expression']} = {s.pts(d['award'])} điểm.",
        f"With {inputs}: {d['expression']} = {s.pts(d['award'])} points.",
    )


def _no_case(s: _Say, d: Data) -> str:
    gives = {
        "full": ("được điểm tối đa", "the full mark is given"),
        "not_applicable": (
            "không tính vào điểm chuẩn tối đa áp dụng",
            "the criterion leaves the applicable maximum",
        ),
        "zero": ("0 điểm", "0 points"),
    }[d["gives"]]
    return s.pick(f"Không phát sinh trong kỳ: {gives[0]}.", f"No case arose in the period: {gives[1]}.")


def _ground(s: _Say, d: Data) -> str:
    ground = d.get("ground")
    text = ground.in_(s.language) if isinstance(ground, Text) else str(ground or "")
    return f" ({text.removesuffix('.')})" if text else ""


_TELL: Mapping[str, Callable[[_Say, Data], str]] = {
    "no_answer": lambda s, d: s.pick("Chưa có trả lời: 0 điểm.", "No answer: 0 points."),
    "no_survey": lambda s, d: s.pick(
        "Không có điều tra: không tính vào điểm chuẩn tối đa, không phải 0 điểm.",
        "No survey: not counted in the maximum, and not zero.",
    ),
    "not_applicable": lambda s, d: s.pick(
        f"Không đánh giá (không áp dụng){_ground(s, d)}: không tính vào điểm chuẩn tối đa.",
        f"Not applicable{_ground(s, d)}: not counted in the maximum.",
    ),
    "not_for_type": lambda s, d: s.pick("Không áp dụng cho loại đơn vị này.", "Not for this type of unit."),
    "exempt": lambda s, d: s.pick(
        f"Đơn vị không thuộc diện đánh giá tiêu chí này{_ground(s, d)}.",
        f"The unit is exempt from this criterion{_ground(s, d)}.",
    ),
    "no_case": _no_case,
    "ruled": lambda s, d: s.pick(
        f"Điểm do hội đồng kết luận{_ground(s, d)}: {s.pts(d['points'])} điểm.",
        f"Points ruled by the council{_ground(s, d)}: {s.pts(d['points'])}.",
    ),
    "points.given": _given,
    "choice.option": _option,
    "level_range.level": _level,
    "all_or_nothing.all": lambda s, d: s.pick(
        "Đạt đủ các điều kiện: điểm tối đa.", "Every condition is met: the full mark."
    ),
    "all_or_nothing.some": _some,
    "conditions.sum": _conditions,
    "deadline.in_time": _deadline(
        "Ban hành {on}, đúng hạn ({due}): {award} điểm.", "Issued {on}, in time (due {due}): {award} points."
    ),
    "deadline.late": _deadline(
        "Ban hành {on}, sau hạn {due}: {award} điểm.",
        "Issued {on}, after the deadline {due}: {award} points.",
    ),
    "deadline.none": _deadline(
        "Không ban hành (hạn {due}): {award} điểm.", "Not issued (due {due}): {award} points."
    ),
    "days_after.step": _days_step,
    "days_after.beyond": _days_beyond,
    "days_after.none": lambda s, d: s.pick(
        f"Không ban hành: {s.pts(d['award'])} điểm.", f"Not issued: {s.pts(d['award'])} points."
    ),
    "per_day_late.in_time": _not_charged,
    "per_day_late.late": _late,
    "per_day_late.none": lambda s, d: s.pick(
        f"Không ban hành: {s.pts(d['award'])} điểm.", f"Not issued: {s.pts(d['award'])} points."
    ),
    "steps.step": _step,
    "steps.outside": lambda s, d: s.pick(
        f"Đạt {s.given(d)}, không thuộc mức nào: 0 điểm.", f"{s.given(d)}, in no step: 0 points."
    ),
    "proportional.full": lambda s, d: s.pick(
        f"Đạt {s.given(d)}, từ {s.mark(d['full_at'])} trở lên: điểm tối đa {s.pts(d['award'])}.",
        f"{s.given(d)}, at or above {s.mark(d['full_at'])}: the full mark, {s.pts(d['award'])}.",
    ),
    "proportional.share": _share,
    "proportional.below": lambda s, d: s.pick(
        f"Đạt {s.given(d)}, dưới {s.mark(d['zero_below'])}: 0 điểm.",
        f"{s.given(d)}, below {s.mark(d['zero_below'])}: 0 points.",
    ),
    "linear.between": _line,
    "linear.full": _line,
    "linear.zero": _line,
    "count.each": lambda s, d: s.pick(
        f"{s.n(d['count'])}{s.unit()} × {s.n(d['each'])} = {s.pts(d['award'])} điểm.",
        f"{s.n(d['count'])}{s.unit()} × {s.n(d['each'])} = {s.pts(d['award'])} points.",
    ),
    "count.capped": lambda s, d: s.pick(
        f"{s.n(d['count'])}{s.unit()} × {s.n(d['each'])}, tối đa {s.pts(d['cap'])} điểm.",
        f"{s.n(d['count'])}{s.unit()} × {s.n(d['each'])}, capped at {s.pts(d['cap'])} points.",
    ),
    "deduct.none": lambda s, d: s.pick(
        f"Không có trường hợp bị trừ: {s.pts(d['start'])} điểm.",
        f"Nothing to deduct: {s.pts(d['start'])} points.",
    ),
    "deduct.cases": lambda s, d: s.pick(
        f"{s.cases(d['count'])}, mỗi trường hợp trừ {s.n(d['each'])}: "
        f"{s.n(d['start'])} − {s.n(d['off'])} = {s.pts(d['award'])} điểm.",
        f"{s.cases(d['count'])}, {s.n(d['each'])} off for each: "
        f"{s.n(d['start'])} − {s.n(d['off'])} = {s.pts(d['award'])} points.",
    ),
    "deduct.floor": lambda s, d: s.pick(
        f"{s.cases(d['count'])}, mỗi trường hợp trừ {s.n(d['each'])}, "
        f"không thấp hơn {s.pts(d['floor'])} điểm.",
        f"{s.cases(d['count'])}, {s.n(d['each'])} off for each, not below {s.pts(d['floor'])} points.",
    ),
    "survey_options.counts": lambda s, d: s.pick(
        f"{s.n(d['respondents'])} phiếu, điểm bình quân theo trọng "
        f"số {percent(d['percent'], 'vi')}: {s.pts(d['award'])} điểm.",
        f"{s.n(d['respondents'])} answers, "
        f"weighted mean {percent(d['percent'], 'en')}: {s.pts(d['award'])} points.",
    ),
    "survey_options.percent": lambda s, d: s.pick(
        f"Điểm bình quân theo trọng số {percent(d['percent'], 'vi')}: {s.pts(d['award'])} điểm.",
        f"Weighted mean {percent(d['percent'], 'en')}: {s.pts(d['award'])} points.",
    ),
    "satisfaction.share": lambda s, d: s.pick(
        f"Mức độ hài lòng {s.given(d)}: {s.pts(d['award'])} điểm.",
        f"Satisfaction {s.given(d)}: {s.pts(d['award'])} points.",
    ),
    "formula.value": _formula,
}


def remark_sentence(remark: Reason, framework: Framework, language: str) -> str:
    """The sentence for a remark on a unit's whole line."""
    s = _Say(None, language, framework.decimals)
    words = {b.id: b.name.in_(language) for b in framework.grades.bands}
    d: dict[str, Any] = {k: words.get(v, v) if isinstance(v, str) else v for k, v in remark.data.items()}
    return _REMARKS[remark.code](s, d)


_REMARKS: Mapping[str, Callable[[_Say, Data], str]] = {
    "late": lambda s, d: s.pick(
        f"Nộp muộn {d['days']} ngày: trừ {s.pts(d['points'])} điểm.",
        f"Submitted {some(d['days'], 'day')} late: {s.pts(d['points'])} points off.",
    ),
    "late_refused": lambda s, d: s.pick(
        f"Nộp muộn {d['days']} ngày, quá {d['limit']} ngày nên không được tiếp nhận.",
        f"Submitted {some(d['days'], 'day')} late, beyond {some(d['limit'], 'day')}: refused.",
    ),
    "incomplete": lambda s, d: s.pick(
        f"Còn {d['count']} tiêu chí chưa có trả lời.",
        f"Without an answer: {some(d['count'], 'criterion', 'criteria')}.",
    ),
    "not_ranked": lambda s, d: s.pick(
        f"Được xếp loại nhưng không xếp hạng cùng khối{_ground(s, d)}.",
        f"Graded but not ranked with the others{_ground(s, d)}.",
    ),
    "grade_need": lambda s, d: s.pick(
        f"Đủ chỉ số của mức {d['grade']} nhưng chưa đạt điều kiện kèm theo.",
        f"The index suffices for {d['grade']}, but its conditions do not hold.",
    ),
    "grade_cap": lambda s, d: s.pick(
        f"Bị khống chế mức tối đa {d['grade']} thay vì {d['from']}{_ground(s, d)}.",
        f"Capped at {d['grade']} instead of {d['from']}{_ground(s, d)}.",
    ),
    "grade_quota": lambda s, d: s.pick(
        f"Vượt tỷ lệ {s.n(d['percent'])}% của mức {d['from']} nên xếp {d['grade']}{_ground(s, d)}.",
        f"Beyond the {s.n(d['percent'])}% quota of {d['from']}: graded {d['grade']}{_ground(s, d)}.",
    ),
    "bonus": lambda s, d: s.pick(f"Điểm thưởng {s.pts(d['points'])}.", f"Bonus {s.pts(d['points'])} points."),
    "penalty": lambda s, d: s.pick(
        f"Điểm trừ {s.pts(d['points'])}.", f"Penalty {s.pts(d['points'])} points."
    ),
    "bonus_capped": lambda s, d: s.pick(
        f"Điểm thưởng, tối đa {s.pts(d['points'])}.", f"Bonus, capped at {s.pts(d['points'])} points."
    ),
    "penalty_capped": lambda s, d: s.pick(
        f"Điểm trừ, tối đa {s.pts(d['points'])}.", f"Penalty, capped at {s.pts(d['points'])} points."
    ),
    "index_ceiling": lambda s, d: s.pick(
        f"Chỉ số {percent(d['index'], 'vi')} được tính tối đa {percent(d['ceiling'], 'vi')}.",
        f"The index {percent(d['index'], 'en')} is counted as {percent(d['ceiling'], 'en')} at most.",
    ),
    "index_rescaled": lambda s, d: s.pick(
        f"Phần thẩm định {s.pts(d['appraised'])}/{s.n(d['appraised_max'])} quy đổi về thang "
        f"{s.n(d['full'])} thành {s.pts(d['rescaled'])}, cộng {s.pts(d['survey'])} điểm điều tra.",
        f"The appraised part {s.pts(d['appraised'])}/{s.n(d['appraised_max'])} rescaled to "
        f"{s.n(d['full'])} is {s.pts(d['rescaled'])}; {s.pts(d['survey'])} survey points are added.",
    ),
    "no_index": lambda s, d: s.pick("Không tính chỉ số.", "No index is computed."),
}
