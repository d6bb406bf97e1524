"""Who may do what: roles and the acts each of them holds, as data.

A grant gives a person one role in one unit. An act is always tried against the unit it concerns: filling in
a sheet against the sheet's unit, appraising against the lead department the criterion is assigned to, running
a round against the round's territory. Holding the act there is needed and not always enough: `rules` say
whether now, and nobody rules on their own unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from parindex.core.kernel.text import Text


class Act(StrEnum):
    """Everything a right is needed for."""

    SHEET_VIEW = "sheet.view"  # see the unit's sheet, evidence and explanations
    SHEET_FILL = "sheet.fill"  # type answers, attach evidence
    SHEET_HAND_OUT = "sheet.hand_out"  # give leaves to divisions and officers, return them
    SHEET_SUBMIT = "sheet.submit"  # submit or withdraw
    SHEET_SIGN = "sheet.sign"  # attach the signed report's number, date and scan
    EVIDENCE_OPEN = "evidence.open"  # let everybody read documents of the unit's vault, and take that back
    EXPLANATION_STATE = "explanation.state"  # answer for the unit, or claim points
    APPRAISAL_VIEW = "appraisal.view"  # see what is assigned to the lead department
    APPRAISAL_RULE = "appraisal.rule"  # rule on it, ask for an explanation
    APPRAISAL_SIGN = "appraisal.sign"  # sign off the lead department's part
    ROUND_VIEW = "round.view"  # see every sheet, ruling and explanation of a round
    ROUND_RUN = "round.run"  # prepare, open, extend, return sheets, remind, import, conclude
    ROUND_ASSIST = "round.assist"  # remind, import supplied values, draw minutes
    COUNCIL_RULE = "council.rule"  # record the council's rulings
    COUNCIL_CHAIR = "council.chair"  # close a case, approve the result
    FRAMEWORK_EDIT = "framework.edit"  # make and lock criteria sets
    ROUND_FOUND = "round.found"  # name who runs the unit's own rounds for its divisions
    PEOPLE_MANAGE = "people.manage"  # persons, grants, delegations
    PEOPLE_RELEASE = "people.release"  # hand over and close the account of somebody who leaves the unit
    UNITS_MANAGE = "units.manage"  # units, successions
    LEDGER_READ = "ledger.read"  # read and verify the ledger
    NEWS_WRITE = "news.write"  # write articles of the unit, or of every unit of the territory
    NEWS_PUBLISH = "news.publish"  # review, publish and withdraw others' articles; follow units' feeds
    PLAN_VIEW = "plan.view"  # see plans of the unit and of those below it
    PLAN_CONSULT = "plan.consult"  # read the issued plans of every unit of the territory
    PLAN_EDIT = "plan.edit"  # make the unit's plans, hand down, accept what was handed in
    PLAN_DO = "plan.do"  # report on tasks of the unit
    INSPECTION_RUN = "inspection.run"  # plan inspections, run them, verify what units answered
    INSPECTION_VIEW = "inspection.view"  # read every inspection of a territory
    INSPECTION_ANSWER = "inspection.answer"  # read the unit's findings and answer them
    SURVEY_RUN = "survey.run"  # make surveys, invite, count, decide on what looks odd
    SURVEY_VIEW = "survey.view"  # see how surveys go and what came of them
    SURVEY_ENTER = "survey.enter"  # type in paper forms
    COMMUNICATION_PLAN = "communication.plan"  # plan articles of the unit, or of the territory's units
    BRIEFING_VIEW = "briefing.view"  # see issued briefings of the unit and of what is around it
    BRIEFING_EDIT = "briefing.edit"  # draft, edit and issue briefings, hand conclusions on as tasks
    EMULATION_VIEW = "emulation.view"  # see movements, initiatives and submitted lists
    EMULATION_JOIN = "emulation.join"  # register the unit, hand in its initiatives, say what it uses
    EMULATION_RUN = "emulation.run"  # launch movements, draft and submit the list of commendations
    DUTY_OWN = "duty.own"  # see what the head of the unit answers for: that head alone
    DUTY_VIEW = "duty.view"  # see what the heads of all units below answer for
    SYSTEMS_CONNECT = "systems.connect"  # give and revoke the tokens of other systems


class Role(StrEnum):
    """The roles of the institution; the value is stored and never changes."""

    FOCAL = "focal"
    OFFICER = "officer"
    HEAD = "head"
    APPRAISER = "appraiser"
    LEAD_HEAD = "lead_head"
    SECRETARIAT = "secretariat"
    ASSISTANT = "assistant"
    MEMBER = "member"
    CHAIR = "chair"
    LEADER = "leader"
    INSPECTOR = "inspector"
    EDITOR = "editor"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class RoleInfo:
    """A role in plain words, its acts, and where it is held: in any `unit`, or in the `territory`, the unit
    that runs rounds."""

    name: Text
    description: Text
    held_in: str
    acts: frozenset[Act]


def _role(name: Text, description: Text, held_in: str, *acts: Act) -> RoleInfo:
    return RoleInfo(name, description, held_in, frozenset(acts))


_UNIT = (Act.SHEET_VIEW, Act.SHEET_FILL, Act.SHEET_HAND_OUT, Act.SHEET_SUBMIT, Act.SHEET_SIGN)
_BRIEFINGS = (Act.BRIEFING_VIEW, Act.BRIEFING_EDIT)
_EMULATION = (Act.EMULATION_VIEW, Act.EMULATION_JOIN)
_PLANS = (Act.PLAN_VIEW, Act.PLAN_EDIT, Act.PLAN_DO)

ROLES: Mapping[Role, RoleInfo] = {
    Role.FOCAL: _role(
        Text("Đầu mối CCHC", "Focal officer"),
        Text(
            "Giao tiêu chí cho phòng, người phụ trách; theo dõi, hoàn thiện và nộp bảng tự chấm của đơn vị.",
            "Hands out criteria to divisions and officers, completes and submits the unit’s sheet.",
        ),
        "unit",
        *_UNIT,
        Act.EVIDENCE_OPEN,
        Act.EXPLANATION_STATE,
        Act.ROUND_FOUND,
        Act.NEWS_WRITE,
        *_PLANS,
        Act.INSPECTION_ANSWER,
        Act.COMMUNICATION_PLAN,
        *_BRIEFINGS,
        *_EMULATION,
        Act.EMULATION_RUN,
    ),
    Role.OFFICER: _role(
        Text("Chuyên viên", "Officer"),
        Text(
            "Nhập số liệu, đính kèm tài liệu kiểm chứng cho tiêu chí được giao.",
            "Enters data and attaches evidence for the criteria handed to them.",
        ),
        "unit",
        Act.SHEET_VIEW,
        Act.SHEET_FILL,
        Act.NEWS_WRITE,
        Act.PLAN_VIEW,
        Act.PLAN_DO,
        *_EMULATION,
        Act.BRIEFING_VIEW,
    ),
    Role.HEAD: _role(
        Text("Thủ trưởng đơn vị", "Head of unit"),
        Text(
            "Xem toàn bộ, nộp bảng tự chấm, ký báo cáo và giải trình của đơn vị.",
            "Sees all of the unit’s sheet, submits it, signs its report and explanations.",
        ),
        "unit",
        *_UNIT,
        Act.EVIDENCE_OPEN,
        Act.EXPLANATION_STATE,
        Act.ROUND_FOUND,
        Act.NEWS_WRITE,
        *_PLANS,
        Act.INSPECTION_ANSWER,
        Act.COMMUNICATION_PLAN,
        *_BRIEFINGS,
        *_EMULATION,
        Act.EMULATION_RUN,
        Act.DUTY_OWN,
        Act.PEOPLE_RELEASE,
    ),
    Role.APPRAISER: _role(
        Text("Người thẩm định", "Appraiser"),
        Text(
            "Thẩm định tiêu chí thuộc lĩnh vực được phân công cho cơ quan mình.",
            "Appraises the criteria assigned to their department.",
        ),
        "unit",
        Act.APPRAISAL_VIEW,
        Act.APPRAISAL_RULE,
        Act.PLAN_CONSULT,
    ),
    Role.LEAD_HEAD: _role(
        Text("Lãnh đạo cơ quan thẩm định", "Head of a lead department"),
        Text(
            "Thẩm định và ký gửi kết quả thẩm định phần việc của cơ quan mình.",
            "Appraises and signs off the department’s part.",
        ),
        "unit",
        Act.APPRAISAL_VIEW,
        Act.APPRAISAL_RULE,
        Act.APPRAISAL_SIGN,
        Act.PLAN_CONSULT,
    ),
    Role.SECRETARIAT: _role(
        Text("Cơ quan thường trực hội đồng", "Secretariat"),
        Text(
            "Mở kỳ đánh giá, đặt thời hạn, phân công, đôn đốc, ghi ý kiến hội đồng, kết thúc kỳ đánh giá.",
            "Opens the round, sets deadlines, assigns, reminds, records the council’s rulings, concludes.",
        ),
        "territory",
        Act.ROUND_VIEW,
        Act.ROUND_RUN,
        Act.ROUND_ASSIST,
        Act.COUNCIL_RULE,
        Act.FRAMEWORK_EDIT,
        Act.PEOPLE_MANAGE,
        Act.UNITS_MANAGE,
        Act.LEDGER_READ,
        Act.NEWS_WRITE,
        Act.NEWS_PUBLISH,
        *_PLANS,
        Act.INSPECTION_RUN,
        Act.SURVEY_RUN,
        Act.SURVEY_VIEW,
        Act.SURVEY_ENTER,
        Act.COMMUNICATION_PLAN,
        *_BRIEFINGS,
        Act.EMULATION_VIEW,
        Act.EMULATION_RUN,
        Act.DUTY_VIEW,
    ),
    Role.ASSISTANT: _role(
        Text("Tổ giúp việc", "Assistant of the council"),
        Text(
            "Giúp cơ quan thường trực: nhập số liệu chung, đôn đốc, chuẩn bị biên bản.",
            "Helps the secretariat: supplied values, reminders, minutes.",
        ),
        "territory",
        Act.ROUND_VIEW,
        Act.ROUND_ASSIST,
        Act.PLAN_VIEW,
        Act.SURVEY_VIEW,
        Act.SURVEY_ENTER,
        Act.EMULATION_VIEW,
        *_BRIEFINGS,
    ),
    Role.MEMBER: _role(
        Text("Thành viên hội đồng", "Council member"),
        Text("Xem hồ sơ trình hội đồng thẩm định.", "Sees what is put before the council."),
        "territory",
        Act.ROUND_VIEW,
        Act.EMULATION_VIEW,
        Act.BRIEFING_VIEW,
    ),
    Role.CHAIR: _role(
        Text("Chủ tịch hội đồng", "Chair of the council"),
        Text(
            "Chủ trì hội đồng thẩm định, kết luận từng trường hợp.",
            "Chairs the council and closes each case.",
        ),
        "territory",
        Act.ROUND_VIEW,
        Act.COUNCIL_RULE,
        Act.COUNCIL_CHAIR,
        Act.PLAN_VIEW,
        Act.INSPECTION_VIEW,
        Act.SURVEY_VIEW,
        Act.EMULATION_VIEW,
        Act.BRIEFING_VIEW,
        Act.DUTY_VIEW,
    ),
    Role.LEADER: _role(
        Text("Lãnh đạo UBND", "Leader"),
        Text("Xem mọi số liệu của kỳ đánh giá, kế hoạch.", "Reads everything of the round and of plans."),
        "territory",
        Act.ROUND_VIEW,
        Act.PLAN_VIEW,
        Act.INSPECTION_VIEW,
        Act.SURVEY_VIEW,
        Act.EMULATION_VIEW,
        Act.BRIEFING_VIEW,
    ),
    Role.INSPECTOR: _role(
        Text("Thanh tra, kiểm tra", "Inspector"),
        Text(
            "Kiểm tra theo kế hoạch, xác minh việc khắc phục; ghi điểm trừ thuộc thẩm quyền, kèm số văn bản.",
            "Inspects by plan, verifies what is put right; enters penalties within their competence, each "
            "with its document.",
        ),
        "unit",
        Act.APPRAISAL_VIEW,
        Act.APPRAISAL_RULE,
        Act.INSPECTION_RUN,
        Act.PLAN_CONSULT,
    ),
    Role.EDITOR: _role(
        Text("Biên tập viên", "Editor"),
        Text(
            "Viết, biên tập, duyệt và đăng tin, bài chuyên mục CCHC; không duyệt bài do mình viết.",
            "Writes, edits, reviews and publishes articles of the reform section; never reviews their own.",
        ),
        "territory",
        Act.NEWS_WRITE,
        Act.NEWS_PUBLISH,
        Act.COMMUNICATION_PLAN,
    ),
    Role.AUDITOR: _role(
        Text("Kiểm soát viên nhật ký", "Auditor"),
        Text("Đọc và kiểm tra nhật ký chấm điểm.", "Reads and verifies the ledger."),
        "territory",
        Act.ROUND_VIEW,
        Act.LEDGER_READ,
        Act.PLAN_VIEW,
        Act.INSPECTION_VIEW,
        Act.SURVEY_VIEW,
    ),
    Role.ADMINISTRATOR: _role(
        Text("Quản trị hệ thống", "Administrator"),
        Text(
            "Quản lý người dùng, vai trò, đơn vị, bộ tiêu chí; không chấm điểm.",
            "Manages persons, roles, units and criteria sets; does not score.",
        ),
        "territory",
        Act.FRAMEWORK_EDIT,
        Act.PEOPLE_MANAGE,
        Act.UNITS_MANAGE,
        Act.LEDGER_READ,
        Act.SYSTEMS_CONNECT,
    ),
}
