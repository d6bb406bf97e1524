"""What people are told, for every kind of notice, and the mail that carries it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from parindex.core.wording.notation import day, instant
from parindex.core.wording.terms import TERMS


SENTENCES: Mapping[str, tuple[str, str]] = {
    "inspection_assigned": (
        "Bạn có tên trong đoàn kiểm tra cải cách hành chính tại {unit}, từ {starts} đến {ends}.",
        "You are in the team that inspects administrative reform at {unit}, {starts} to {ends}.",
    ),
    "inspection_announced": (
        "{unit} được kiểm tra cải cách hành chính từ {starts} đến {ends}.",
        "{unit} is to be inspected on administrative reform from {starts} to {ends}.",
    ),
    "inspection_begun": (
        "Đoàn kiểm tra bắt đầu làm việc tại {unit}.",
        "The inspection at {unit} has begun.",
    ),
    "inspection_concluded": (
        "Đã kết thúc kiểm tra tại {unit}: {findings} tồn tại được ghi nhận.",
        "The inspection at {unit} is concluded with {findings} findings.",
    ),
    "inspection_concluded_until": (
        "Đã kết thúc kiểm tra tại {unit}: {findings} tồn tại, {recommendations} kiến nghị; hạn khắc phục sớm "
        "nhất {due}.",
        "The inspection at {unit} is concluded with {findings} findings and {recommendations} "
        "recommendations; the first is due on {due}.",
    ),
    "remedy_answered": (
        "{unit} đã báo cáo khắc phục kiến nghị {number}; chờ xác minh.",
        "{unit} has answered recommendation {number}; it is to be verified.",
    ),
    "remedy_accepted": (
        "Kiến nghị {number} của {unit} được xác nhận đã khắc phục.",
        "What {unit} did about recommendation {number} is accepted.",
    ),
    "remedy_returned": (
        "Trả lời kiến nghị {number} của {unit} được trả lại để khắc phục tiếp.",
        "{unit}’s answer to recommendation {number} is returned; more is to be done.",
    ),
    "remedy_soon": (
        "Kiến nghị {number} của {unit} đến hạn khắc phục ngày {due}.",
        "Recommendation {number} of {unit} is due on {due}.",
    ),
    "remedy_overdue": (
        "Kiến nghị {number} của {unit} đã quá hạn khắc phục (ngày {due}).",
        "Recommendation {number} of {unit} is overdue (it was due on {due}).",
    ),
    "article_submitted": (
        "Bài “{title}” của {unit} chờ duyệt.",
        "The article “{title}” of {unit} waits for review.",
    ),
    "article_returned": (
        "Bài “{title}” của {unit} được trả lại để hoàn thiện.",
        "The article “{title}” of {unit} is given back for completion.",
    ),
    "article_published": (
        "Bài “{title}” của {unit} đã đăng.",
        "The article “{title}” of {unit} is published.",
    ),
    "work_taken_over": (
        "Bạn nhận bàn giao {count} việc của {person}.",
        "You have taken over work of {person}: {count}.",
    ),
    "task_given": (
        "Bạn được giao nhiệm vụ “{content}” của {unit}.",
        "You are given the task “{content}” of {unit}.",
    ),
    "task_handed_down": (
        "{unit} giao đơn vị bạn nhiệm vụ “{content}”; hãy tiếp nhận vào kế hoạch hoặc nêu lý do.",
        "{unit} hands your unit the task “{content}”; take it into your plan or say why not.",
    ),
    "task_taken": (
        "{unit} đã tiếp nhận nhiệm vụ “{content}”.",
        "{unit} has taken the task “{content}”.",
    ),
    "task_declined": (
        "{unit} không tiếp nhận nhiệm vụ “{content}”: {reason}",
        "{unit} declines the task “{content}”: {reason}",
    ),
    "task_claimed": (
        "Sản phẩm của nhiệm vụ “{content}” ({unit}) chờ xác nhận.",
        "The output of the task “{content}” ({unit}) waits to be accepted.",
    ),
    "task_accepted": (
        "Sản phẩm của nhiệm vụ “{content}” đã được xác nhận.",
        "The output of the task “{content}” is accepted.",
    ),
    "task_returned": (
        "Sản phẩm của nhiệm vụ “{content}” được trả lại: {reason}",
        "The output of the task “{content}” is given back: {reason}",
    ),
    "communication_planned": (
        "{unit} được giao {count} tin, bài trong kế hoạch truyền thông năm {year}: {topic}.",
        "{unit} is given {count} articles in the communication plan of {year}: {topic}.",
    ),
    "briefing_issued": (
        "Giao ban tháng {month} của {unit} có kết luận giao đơn vị bạn.",
        "The briefing of {month} of {unit} has conclusions for your unit.",
    ),
    "campaign_launched": (
        "{unit} phát động phong trào “{name}”, đăng ký đến {last}.",
        "{unit} has launched the movement “{name}”; register until {last}.",
    ),
    "commendation_issued": (
        "Đã trình danh sách biểu dương, khen thưởng của phong trào “{name}”.",
        "The list of commendations of the movement “{name}” is submitted.",
    ),
    "task_soon": (
        "Nhiệm vụ “{content}” của {unit} đến hạn ngày {day}.",
        "The task “{content}” of {unit} is due on {day}.",
    ),
    "task_due": (
        "Nhiệm vụ “{content}” của {unit} đến hạn hôm nay, {day}.",
        "The task “{content}” of {unit} is due today, {day}.",
    ),
    "task_overdue": (
        "Nhiệm vụ “{content}” của {unit} đã quá hạn ngày {day}; hãy báo cáo tiến độ hoặc lý do.",
        "The task “{content}” of {unit} was due on {day}; report how far it is, or why.",
    ),
    "task_escalated": (
        "Nhiệm vụ “{content}” của {unit} quá hạn từ ngày {day}, người thực hiện đã được nhắc.",
        "The task “{content}” of {unit} was due on {day}; whoever does it was reminded.",
    ),
    "task_unit_ended": (
        "{ended} đã kết thúc hoạt động khi nhiệm vụ “{content}” của {unit} chưa xong; "
        "hãy chuyển cho đơn vị kế thừa.",
        "{ended} has ended with the task “{content}” of {unit} undone; pass it on to whoever came after it.",
    ),
    "phase_opened": (
        "{round}: “{phase}” đã bắt đầu, hạn {until}.",
        "{round}: “{phase}” has begun; the deadline is {until}.",
    ),
    "phase_closed": (
        "{round}: “{phase}” đã kết thúc.",
        "{round}: “{phase}” is over.",
    ),
    "phase_extended": (
        "{round}: {unit} được gia hạn “{phase}” đến {until}.",
        "{round}: {unit} has more time for “{phase}”, until {until}.",
    ),
    "extension_closed": (
        "{round}: thời gian gia hạn “{phase}” của {unit} đã hết.",
        "{round}: {unit}’s extra time for “{phase}” is over.",
    ),
    "reminder": (
        "{round}: {unit} cần hoàn thành “{phase}” trước {until}. {more}",
        "{round}: {unit} has to complete “{phase}” before {until}. {more}",
    ),
    "leaves_handed_out": (
        "{round}: bạn được giao tiêu chí {leaves} của {unit}.",
        "{round}: you are given {leaves} of {unit}’s sheet.",
    ),
    "leaves_handed_out_until": (
        "{round}: bạn được giao tiêu chí {leaves} của {unit}, hạn {until}.",
        "{round}: you are given {leaves} of {unit}’s sheet, due {until}.",
    ),
    "leaves_awaited": (
        "{round}: tiêu chí {leaves} của {unit} giao cho cơ quan bạn còn chưa nhập.",
        "{round}: {leaves} of {unit}’s sheet, given to your unit, are not filled in yet.",
    ),
    "leaf_ready": (
        "{round}: tiêu chí {leaf} của {unit} đã được báo làm xong.",
        "{round}: criterion {leaf} of {unit} is said to be ready.",
    ),
    "leaf_returned": (
        "{round}: tiêu chí {leaf} của {unit} được trả lại cho bạn để hoàn thiện.",
        "{round}: criterion {leaf} of {unit} is given back to you for completion.",
    ),
    "sheet_submitted": (
        "{round}: {unit} đã nộp bảng tự chấm.",
        "{round}: {unit} has submitted its sheet.",
    ),
    "sheet_signed": (
        "{round}: {unit} đã gắn văn bản đã ký số {number} vào bảng tự chấm.",
        "{round}: {unit} has attached its signed report No. {number}.",
    ),
    "sheet_withdrawn": (
        "{round}: {unit} đã rút lại bảng tự chấm để sửa.",
        "{round}: {unit} has withdrawn its sheet to change it.",
    ),
    "scan_secrecy_mark": (
        "Tài liệu {document} của {unit} có dấu “{mark}”, thấy khi nhận dạng chữ sau lúc tải lên. Nếu là tài "
        "liệu bí mật nhà nước, hãy đề nghị xóa nội dung ngay.",
        "Document {document} of {unit} bears the mark “{mark}”, found when its text was recognised after it "
        "was uploaded. If it is a state secret, have its content erased at once.",
    ),
    "scan_citizen_ids": (
        "Tài liệu {document} của {unit} có {count} số căn cước hoặc chứng minh nhân dân, thấy khi nhận dạng "
        "chữ sau lúc tải lên. Hãy che các số này nếu không cần cho việc kiểm chứng.",
        "Document {document} of {unit} holds {count} numbers of citizens' identity cards, found when its "
        "text was recognised after it was uploaded. Cover them if the evidence does not need them.",
    ),
    "sheet_returned": (
        "{round}: bảng tự chấm của {unit} được trả lại để hoàn thiện đến {until}.",
        "{round}: the sheet of {unit} is returned for completion until {until}.",
    ),
    "not_applicable": (
        "{round}: tiêu chí {leaves} của {unit} được quyết định không đánh giá.",
        "{round}: {leaves} will not be assessed for {unit}.",
    ),
    "part_signed_off": (
        "{round}: {lead} đã ký gửi kết quả thẩm định, văn bản số {number}.",
        "{round}: {lead} has signed off its appraisal, letter No. {number}.",
    ),
    "sample_drawn": (
        "{round}: đã rút {count} tiêu chí để phúc tra (kiểm tra thực tế và chấm lần hai).",
        "{round}: {count} criteria were drawn to be verified on the spot and marked a second time.",
    ),
    "explanation_asked": (
        "{round}: {unit} được yêu cầu giải trình tiêu chí {leaf}.",
        "{round}: {unit} is asked to explain criterion {leaf}.",
    ),
    "explanation_asked_until": (
        "{round}: {unit} được yêu cầu giải trình tiêu chí {leaf}, hạn {until}.",
        "{round}: {unit} is asked to explain criterion {leaf} by {until}.",
    ),
    "explanation_answered": (
        "{round}: {unit} đã giải trình tiêu chí {leaf}.",
        "{round}: {unit} has explained criterion {leaf}.",
    ),
    "explanation_replied": (
        "{round}: đã có trả lời giải trình tiêu chí {leaf} của {unit}.",
        "{round}: there is a reply to {unit}’s explanation of criterion {leaf}.",
    ),
    "framework_changed": (
        "{round}: bộ tiêu chí được đổi theo {document}. {unit} nhập lại: {leaves}, hạn {until}.",
        "{round}: the criteria set is changed by {document}. {unit} answers anew: {leaves}, by {until}.",
    ),
    "explanation_accepted": (
        "{round}: {unit} đồng ý với trả lời giải trình tiêu chí {leaf}.",
        "{round}: {unit} accepts the reply on criterion {leaf}.",
    ),
    "explanation_to_council": (
        "{round}: giải trình tiêu chí {leaf} của {unit} được trình hội đồng.",
        "{round}: {unit}’s explanation of criterion {leaf} is put before the council.",
    ),
    "penalty_recorded": (
        "{round}: {unit} bị ghi nhận vụ việc trừ điểm ở tiêu chí {leaf} theo văn bản số {number}.",
        "{round}: a penalty case against {unit} is entered under {leaf}, by document No. {number}.",
    ),
    "penalty_withdrawn": (
        "{round}: vụ việc trừ điểm ở tiêu chí {leaf} của {unit} (văn bản số {number}) đã được rút.",
        "{round}: the penalty case against {unit} under {leaf} (document No. {number}) is withdrawn.",
    ),
    "council_ruled": (
        "{round}: hội đồng đã kết luận tiêu chí {leaf} của {unit}.",
        "{round}: the council has ruled on criterion {leaf} of {unit}.",
    ),
    "weekly": (
        "{unit}: tuần qua có số liệu mới của {changed} chỉ tiêu{names}. Mục tiêu năm {year}: {green} đạt, "
        "{amber} chưa chắc đạt, {red} không đạt{reds}.",
        "{unit}: new values of {changed} indicators last week{names}. Targets of {year}: {green} on target, "
        "{amber} uncertain, {red} off target{reds}.",
    ),
    "weekly_due": (
        "{unit}: tuần qua có số liệu mới của {changed} chỉ tiêu{names}. Mục tiêu năm {year}: {green} đạt, "
        "{amber} chưa chắc đạt, {red} không đạt{reds}. {round}: thiếu {missing} tiêu chí, hạn {until}.",
        "{unit}: new values of {changed} indicators last week{names}. Targets of {year}: {green} on target, "
        "{amber} uncertain, {red} off target{reds}. {round}: {missing} criteria still empty, due {until}.",
    ),
    "condition": (
        "Hệ thống có {count} lỗi cần xử lý ngay: {checks}.",
        "The installation has faults that want somebody now ({count}): {checks}.",
    ),
    "round_concluded": (
        "{round}: kỳ đánh giá đã kết thúc, kết quả chưa công bố.",
        "{round}: the round is concluded; its result is not public yet.",
    ),
    "round_reopened": (
        "{round}: kỳ đánh giá được mở lại.",
        "{round}: the round is reopened.",
    ),
    "correction_opened": (
        "{round}: kết quả đã công bố được mở lại để đính chính.",
        "{round}: the published result is reopened to be corrected.",
    ),
    "round_published": (
        "{round}: kết quả đã công bố.",
        "{round}: the result is published.",
    ),
}


GROUPS: Mapping[str, tuple[str, str]] = {
    "sheet_submitted": (
        "{round}: {count} đơn vị nộp bảng tự chấm.",
        "{round}: {count} units submitted their sheets.",
    ),
    "sheet_signed": (
        "{round}: {count} đơn vị gắn văn bản đã ký.",
        "{round}: {count} units attached their signed reports.",
    ),
    "sheet_withdrawn": (
        "{round}: {count} lần rút lại bảng tự chấm.",
        "{round}: {count} sheets were withdrawn.",
    ),
    "part_signed_off": (
        "{round}: {count} cơ quan ký gửi kết quả thẩm định.",
        "{round}: {count} departments signed off their appraisal.",
    ),
    "phase_closed": ("{round}: {count} giai đoạn đã kết thúc.", "{round}: {count} phases are over."),
    "phase_opened": ("{round}: {count} giai đoạn đã bắt đầu.", "{round}: {count} phases have begun."),
    "phase_extended": ("{round}: {count} lượt gia hạn.", "{round}: more time was given {count} times."),
    "explanation_asked": (
        "{round}: {count} tiêu chí được yêu cầu giải trình.",
        "{round}: {count} criteria are to be explained.",
    ),
    "explanation_asked_until": (
        "{round}: {count} tiêu chí được yêu cầu giải trình.",
        "{round}: {count} criteria are to be explained.",
    ),
    "explanation_answered": (
        "{round}: {count} nội dung đã được giải trình.",
        "{round}: {count} explanations were given.",
    ),
    "explanation_replied": (
        "{round}: {count} giải trình đã có trả lời.",
        "{round}: {count} explanations were replied to.",
    ),
    "explanation_accepted": (
        "{round}: {count} trả lời giải trình được đồng ý.",
        "{round}: {count} replies were accepted.",
    ),
    "explanation_to_council": (
        "{round}: {count} nội dung được trình hội đồng.",
        "{round}: {count} cases were put before the council.",
    ),
    "council_ruled": (
        "{round}: hội đồng đã kết luận {count} nội dung.",
        "{round}: the council ruled on {count} cases.",
    ),
    "penalty_recorded": (
        "{round}: {count} vụ việc trừ điểm được ghi nhận.",
        "{round}: {count} penalty cases were entered.",
    ),
}
"""Several notices of one kind, round and day in one line; of other kinds the newest is said and how many."""


def group_sentence(kind: str, data: Mapping[str, str], language: str, *, count: int) -> str:
    """Notices of one kind, round and day in words, of which `data` is the newest's."""
    if count == 1:
        return notice_sentence(kind, data, language)
    if kind in GROUPS:
        round_ = (data.get("round_en") if language == "en" else "") or data.get("round", "")
        return GROUPS[kind][0 if language == "vi" else 1].format(round=round_, count=count)
    more = f"(và {count - 1} thông báo cùng loại)" if language == "vi" else f"(and {count - 1} more like it)"
    return f"{notice_sentence(kind, data, language)} {more}"


def notice_sentence(kind: str, data: Mapping[str, str], language: str) -> str:
    """A notice in words. Raises KeyError for a kind or datum that is not there.

    `data` holds codes: an instant in ISO 8601 under ``until``, a kind of phase under ``phase`` with its
    ``turn``, a day under one of `DAYS`; a name under ``round`` or ``unit`` has its English
    beside it under ``round_en``, ``unit_en``.
    """
    words = dict(data)
    if language == "en":
        english = {name.removesuffix("_en"): said for name, said in data.items() if name.endswith("_en")}
        words |= {name: said for name, said in english.items() if said}
    if "until" in words:
        words["until"] = _instant(words["until"], language)
    words |= {name: _day(words[name], language) for name in DAYS if name in words}
    if "phase" in words:
        words["phase"] = _phase(words["phase"], words.get("turn", ""), language)
    return SENTENCES[kind][0 if language == "vi" else 1].format_map(words).strip()


DAYS = ("starts", "ends", "due", "day")
"""Data that are days in ISO 8601."""


def _day(text: str, language: str) -> str:
    try:
        return day(date.fromisoformat(text), language)
    except ValueError:
        return text


def _instant(text: str, language: str) -> str:
    try:
        return instant(datetime.fromisoformat(text), language)
    except ValueError:
        return text


def _phase(code: str, turn: str, language: str) -> str:
    said = TERMS["phase"].get(code)
    if said is None:
        return code
    more = {"vi": f" (lần {turn})", "en": f" (turn {turn})"}[language] if turn not in ("", "1") else ""
    return said.in_(language) + more


def mail_subject(sentences: Sequence[str], language: str) -> str:
    """The subject of a mail that carries notices: the one sentence, or how many there are."""
    if len(sentences) == 1:
        return sentences[0] if len(sentences[0]) <= SUBJECT else sentences[0][: SUBJECT - 1] + "…"
    many = len(sentences)
    return f"{many} thông báo mới về chỉ số CCHC" if language == "vi" else f"{many} new notices, PAR index"


def mail_text(lines: Sequence[tuple[str, str]], language: str) -> str:
    """The text of a mail: each notice with the address it leads to, and how to get fewer mails."""
    end = {
        "vi": "Cách nhận thư (ngay, mỗi ngày một thư, không nhận) chọn tại trang Thông báo của hệ thống.",
        "en": "Whether mail comes at once, daily or not at all is chosen on the site’s page of notices.",
    }[language]
    return "\n\n".join([*(f"{words}\n{link}" for words, link in lines), end]) + "\n"


SUBJECT = 150
