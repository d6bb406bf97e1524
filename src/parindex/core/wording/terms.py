"""The words for stored codes: states, phases, steps, rights, stages, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from parindex.core.kernel.text import Text


TERMS: Mapping[str, Mapping[str, Text]] = {
    "round": {
        "preparing": Text("đang chuẩn bị", "in preparation"),
        "running": Text("đang thực hiện", "running"),
        "concluded": Text("đã kết thúc", "concluded"),
        "published": Text("đã công bố", "published"),
    },
    "publicity": {
        "annex": Text("chỉ phụ lục quyết định", "the decision’s annex only"),
        "areas": Text("điểm từng lĩnh vực", "scores by area"),
        "reasons": Text("điểm và lý do của từng tiêu chí", "every point with its reason"),
        "evidence": Text("lý do và tài liệu công khai", "reasons, and documents marked public"),
    },
    "phase": {
        "self": Text("Tự đánh giá, chấm điểm", "Self-assessment"),
        "appraisal": Text("Thẩm định", "Appraisal"),
        "explanation": Text("Giải trình", "Explanation"),
        "council": Text("Hội đồng thẩm định", "Council"),
    },
    "sheet": {
        "draft": Text("đang nhập", "being filled in"),
        "submitted": Text("đã nộp số liệu, chờ văn bản", "data submitted, awaiting the signed report"),
        "complete": Text("đã nộp, có văn bản", "submitted with its signed report"),
        "returned": Text("trả lại để hoàn thiện", "returned for completion"),
    },
    "explanation": {
        "asked": Text("chờ đơn vị giải trình", "awaiting the unit’s explanation"),
        "answered": Text("chờ cơ quan thẩm định trả lời", "awaiting the appraiser’s reply"),
        "replied": Text("đã trả lời", "replied"),
        "council": Text("trình hội đồng", "before the council"),
        "closed": Text("đã kết luận", "closed"),
    },
    "stage": {
        "opening": Text("Khi mở kỳ", "At opening"),
        "self": Text("Tự chấm", "Self-assessed"),
        "appraised": Text("Thẩm định", "Appraised"),
        "explained": Text("Sau giải trình", "After explanation"),
        "council": Text("Hội đồng", "Council"),
    },
    "basis": {
        "whole": Text("Đánh giá cả năm", "Assessed on the whole year"),
        "period": Text("Đánh giá theo thời gian hoạt động", "Assessed on its own period"),
        "predecessors": Text(
            "Đánh giá từ số liệu của đơn vị trước sáp nhập, chia tách",
            "Assessed from its predecessors’ figures",
        ),
        "unranked": Text("Chấm điểm, không xếp hạng", "Scored, not ranked"),
    },
    "indicator_kind": {
        "share": Text("tỷ lệ: tử số trên mẫu số", "a share: numerator and denominator"),
        "count": Text("số lượng", "a count"),
        "number": Text("trị số khác", "another number"),
    },
    "light": {
        "green": Text("đạt", "on target"),
        "amber": Text("chưa chắc đạt", "uncertain"),
        "red": Text("không đạt", "off target"),
        "grey": Text("chưa đủ số liệu", "too little measured"),
    },
    "over_year": {
        "sum": Text("cộng dồn trong năm", "adds up over the year"),
        "last": Text("lấy trị số cuối kỳ", "the last one stands"),
    },
    "direction": {
        "up": Text("càng cao càng tốt", "the higher the better"),
        "down": Text("càng thấp càng tốt", "the lower the better"),
    },
    "period_kind": {
        "month": Text("tháng", "month"),
        "quarter": Text("quý", "quarter"),
        "year": Text("năm", "year"),
    },
    "unit_fact": {
        "name": Text("Tên", "Name"),
        "type": Text("Loại đơn vị", "Type"),
        "group": Text("Khối xếp hạng", "Ranking group"),
        "parent": Text("Cơ quan cấp trên", "Unit above"),
    },
    "set_change": {
        "copy": Text("tạo từ bộ tiêu chí khác", "begun from another set"),
        "annex": Text("tạo từ phụ lục", "begun from an annex"),
        "blank": Text("tạo mới", "begun blank"),
        "row": Text("sửa tiêu chí", "row edited"),
        "add": Text("thêm tiêu chí", "row added"),
        "remove": Text("bỏ tiêu chí", "row removed"),
        "move": Text("chuyển chỗ tiêu chí", "row moved"),
        "head": Text("sửa thông tin chung", "general part edited"),
        "confirm": Text("xác nhận cách chấm đề xuất", "proposed rules confirmed"),
        "workbook": Text("nhận từ tệp Excel", "taken from a workbook"),
        "back": Text("quay lại phiên bản trước", "gone back to an earlier version"),
        "unread": Text("đã xem các dòng chưa hiểu", "lines not understood were looked at"),
    },
    "document": {
        "file": Text("tệp", "file"),
        "cited": Text("chỉ dẫn", "cited"),
        "secret": Text("mật", "secret"),
    },
    "party": {
        "unit": Text("Đơn vị", "Unit"),
        "appraiser": Text("Cơ quan thẩm định", "Lead department"),
        "council": Text("Hội đồng", "Council"),
    },
    "step": {
        "open": Text("mở kỳ đánh giá", "open the round"),
        "conclude": Text("kết thúc kỳ đánh giá", "conclude the round"),
        "reopen": Text("mở lại kỳ đánh giá", "reopen the round"),
        "publish": Text("công bố kết quả", "publish the result"),
        "correct": Text("mở lại để đính chính", "reopen to correct what is published"),
        "submit": Text("nộp bảng tự chấm", "submit the sheet"),
        "sign": Text("gắn văn bản đã ký", "attach the signed report"),
        "withdraw": Text("rút lại", "withdraw"),
        "return": Text("trả lại để hoàn thiện", "return the sheet"),
        "answer": Text("gửi giải trình", "send the explanation"),
        "reply": Text("trả lời giải trình", "reply to the explanation"),
        "ask_again": Text("yêu cầu giải trình thêm", "ask for more explanation"),
        "to_council": Text("trình hội đồng", "put it before the council"),
        "accept": Text("đồng ý với trả lời", "accept the reply"),
        "rule": Text("kết luận", "rule on it"),
        "bring_up": Text("đưa ra đính chính", "bring it up for correction"),
    },
    "part": {
        "all": Text("toàn bộ", "all of it"),
        "some": Text("một phần tiêu chí", "some criteria"),
        "survey": Text("chỉ điều tra xã hội học", "the survey only"),
        "observer": Text("dự quan sát", "an observer"),
    },
    "open_work": {
        "sheets": Text("tiêu chí của bảng tự chấm", "criteria of the sheet"),
        "appraisal": Text("phần thẩm định", "parts of the appraisal"),
        "tasks": Text("nhiệm vụ kế hoạch", "tasks of plans"),
        "inspections": Text("đoàn kiểm tra", "inspection teams"),
        "findings": Text("tồn tại đang khắc phục", "findings being put right"),
    },
    "guest_mode": {
        "fill": Text("nhập và nộp", "fill in and submit"),
        "read": Text("chỉ xem", "read only"),
    },
    "act": {
        "sheet.view": Text("xem bảng tự chấm", "see the sheet"),
        "sheet.fill": Text("nhập bảng tự chấm", "fill in the sheet"),
        "sheet.hand_out": Text("giao tiêu chí", "hand out criteria"),
        "sheet.submit": Text("nộp bảng tự chấm", "submit the sheet"),
        "sheet.sign": Text("gắn văn bản đã ký", "attach the signed report"),
        "evidence.open": Text("công khai tài liệu kiểm chứng", "make documents public"),
        "explanation.state": Text("gửi giải trình", "send explanations"),
        "appraisal.view": Text("xem phần thẩm định", "see the appraisal"),
        "appraisal.rule": Text("thẩm định", "appraise"),
        "appraisal.sign": Text("ký gửi kết quả thẩm định", "sign off the appraisal"),
        "round.view": Text("xem kỳ đánh giá", "see the round"),
        "round.run": Text("điều hành kỳ đánh giá", "run the round"),
        "round.assist": Text("giúp việc kỳ đánh giá", "assist the round"),
        "round.found": Text(
            "giao người điều hành kỳ riêng của đơn vị", "name who runs the unit’s own rounds"
        ),
        "council.rule": Text("ghi kết luận hội đồng", "record the council’s rulings"),
        "council.chair": Text("chủ trì hội đồng", "chair the council"),
        "framework.edit": Text("soạn bộ tiêu chí", "edit criteria sets"),
        "people.manage": Text("quản lý người dùng", "manage persons"),
        "people.release": Text(
            "bàn giao việc, khóa tài khoản của người rời đơn vị", "release who leaves the unit"
        ),
        "units.manage": Text("quản lý đơn vị", "manage units"),
        "ledger.read": Text("đọc nhật ký chấm điểm", "read the ledger"),
        "news.write": Text("viết tin, bài", "write articles"),
        "news.publish": Text("duyệt và đăng tin, bài", "review and publish articles"),
        "inspection.run": Text("lập kế hoạch, thực hiện kiểm tra", "plan and run inspections"),
        "inspection.view": Text("xem các cuộc kiểm tra", "see inspections"),
        "inspection.answer": Text("trả lời kết luận kiểm tra của đơn vị", "answer the unit’s findings"),
        "survey.run": Text("lập, thực hiện điều tra xã hội học", "run surveys"),
        "survey.view": Text("xem điều tra xã hội học", "see surveys"),
        "survey.enter": Text("nhập phiếu giấy", "enter paper forms"),
        "plan.view": Text("xem kế hoạch", "see plans"),
        "plan.consult": Text("đọc kế hoạch đã ban hành của các đơn vị", "read issued plans of all units"),
        "plan.edit": Text("lập kế hoạch, giao nhiệm vụ", "make plans and hand down tasks"),
        "plan.do": Text("báo cáo nhiệm vụ", "report on tasks"),
        "communication.plan": Text("lập kế hoạch truyền thông", "plan communication"),
        "briefing.view": Text("xem báo cáo giao ban", "see briefings"),
        "briefing.edit": Text("soạn, ban hành báo cáo giao ban", "draft and issue briefings"),
        "emulation.view": Text("xem phong trào thi đua", "see emulation movements"),
        "emulation.join": Text(
            "đăng ký thi đua, nộp sáng kiến", "register for movements and hand in initiatives"
        ),
        "emulation.run": Text(
            "phát động thi đua, lập danh sách khen thưởng", "run movements and propose commendations"
        ),
        "duty.own": Text("xem nhiệm vụ của mình là người đứng đầu", "see what they answer for as head"),
        "duty.view": Text(
            "xem nhiệm vụ của người đứng đầu các đơn vị", "see what the heads of units answer for"
        ),
        "systems.connect": Text("kết nối hệ thống khác", "connect other systems"),
    },
    "survey": {
        "draft": Text("đang chuẩn bị", "being prepared"),
        "open": Text("đang lấy ý kiến", "open"),
        "closed": Text("đã đóng", "closed"),
        "counted": Text("đã tổng hợp", "counted"),
    },
    "survey_kind": {
        "citizens": Text("người dân, tổ chức", "citizens and organisations"),
        "exit": Text("tại quầy, sau khi giải quyết", "at the counter, after the procedure"),
        "officials": Text("cán bộ, công chức, lãnh đạo", "officials and leaders"),
        "outside": Text("do đơn vị khác thực hiện", "carried out by another body"),
    },
    "survey_measure": {
        "satisfied": Text("tỷ lệ hài lòng", "share satisfied"),
        "index": Text("chỉ số", "index"),
    },
    "survey_channel": {
        "link": Text("đường dẫn một lần", "one-time link"),
        "counter": Text("mã QR tại quầy", "QR code at a counter"),
        "kiosk": Text("máy tính bảng tại quầy", "tablet at a counter"),
        "paper": Text("phiếu giấy", "paper form"),
        "file": Text("tệp nhập", "file brought in"),
    },
    "survey_flag": {
        "burst": Text("dồn dập", "a burst"),
        "straight": Text("một mức cho mọi câu", "one answer to every question"),
        "identical": Text("giống hệt nhau", "identical answers"),
    },
    "flag_decision": {
        "": Text("chờ quyết định", "to be decided"),
        "kept": Text("giữ lại", "kept"),
        "set_aside": Text("không tính", "set aside"),
    },
    "questionnaire": {
        "draft": Text("đang soạn", "draft"),
        "fixed": Text("đã chốt", "fixed"),
    },
    "question_kind": {
        "single": Text("chọn một", "one choice"),
        "multiple": Text("chọn nhiều", "several choices"),
        "scale": Text("thang mức", "scale"),
        "grid": Text("bảng nhiều dòng, một thang mức", "grid: lines on one scale"),
        "text": Text("ghi bằng lời", "text"),
        "number": Text("ghi số", "number"),
    },
    "respondents": {
        "citizens": Text("người dân", "citizens"),
        "enterprises": Text("tổ chức, doanh nghiệp", "organisations and enterprises"),
        "officials": Text("cán bộ, công chức", "officials"),
        "leaders": Text("lãnh đạo, đại biểu", "leaders and deputies"),
    },
    "plan": {
        "draft": Text("dự thảo", "draft"),
        "issued": Text("đã ban hành", "issued"),
        "closed": Text("đã tổng kết", "closed"),
    },
    "task": {
        "not_started": Text("chưa thực hiện", "not started"),
        "in_progress": Text("đang thực hiện", "in progress"),
        "done": Text("hoàn thành đúng hạn", "done on time"),
        "done_late": Text("hoàn thành quá hạn", "done late"),
        "overdue": Text("quá hạn", "overdue"),
        "cancelled": Text("đã dừng", "cancelled"),
    },
    "task_kind": {
        "measured": Text("đo bằng chỉ tiêu", "measured by an indicator"),
        "document": Text("hoàn thành khi sản phẩm được xác nhận", "done when its output is accepted"),
        "handed": Text("theo kết quả của đơn vị được giao", "by what the units below have done"),
        "line": Text("báo cáo tiến độ", "by progress reports"),
    },
    "output": {
        "waiting": Text("chờ xác nhận", "waits to be accepted"),
        "accepted": Text("đã xác nhận", "accepted"),
        "returned": Text("trả lại", "given back"),
    },
    "hand_down": {
        "offered": Text("chờ tiếp nhận", "not answered yet"),
        "accepted": Text("đã tiếp nhận", "taken"),
        "declined": Text("không tiếp nhận", "declined"),
        "recalled": Text("đã rút", "recalled"),
    },
    "inspection_plan": {
        "draft": Text("đang soạn", "draft"),
        "issued": Text("đã ban hành", "issued"),
        "closed": Text("đã kết thúc", "closed"),
    },
    "inspection": {
        "draft": Text("trong dự thảo kế hoạch", "in a draft plan"),
        "planned": Text("theo kế hoạch", "planned"),
        "due": Text("đến ngày kiểm tra", "due now"),
        "missed": Text("quá ngày, chưa kiểm tra", "its days have passed"),
        "running": Text("đang kiểm tra", "running"),
        "concluded": Text("đang khắc phục", "being put right"),
        "closed": Text("đã khép", "closed"),
        "cancelled": Text("không thực hiện", "called off"),
    },
    "met": {
        "": Text("chưa kiểm tra", "not looked at"),
        "met": Text("đạt", "met"),
        "not_met": Text("chưa đạt", "not met"),
        "not_applicable": Text("không áp dụng", "not applicable"),
    },
    "severity": {
        "remark": Text("cần rút kinh nghiệm", "remark"),
        "shortcoming": Text("tồn tại, hạn chế", "shortcoming"),
        "violation": Text("sai phạm", "violation"),
    },
    "remedy": {
        "open": Text("chưa khắc phục", "open"),
        "overdue": Text("quá hạn", "overdue"),
        "answered": Text("chờ xác minh", "to be verified"),
        "verified": Text("đã khắc phục", "remedied"),
        "withdrawn": Text("đã rút", "withdrawn"),
    },
    "article": {
        "draft": Text("đang soạn", "draft"),
        "review": Text("chờ duyệt", "in review"),
        "scheduled": Text("hẹn giờ đăng", "scheduled"),
        "published": Text("đã đăng", "published"),
        "withdrawn": Text("đã gỡ", "withdrawn"),
    },
    "briefing": {
        "draft": Text("dự thảo", "draft"),
        "issued": Text("đã ban hành", "issued"),
    },
    "campaign": {
        "draft": Text("đang soạn", "draft"),
        "running": Text("đang phát động", "running"),
        "closed": Text("đã tổng kết", "closed"),
    },
    "takes_part": {
        "unit": Text("đơn vị", "unit"),
        "division": Text("phòng, bộ phận", "division"),
        "person": Text("cá nhân", "person"),
    },
    "commendation": {
        "draft": Text("dự thảo", "draft"),
        "issued": Text("đã trình", "submitted"),
    },
    "planned_articles": {
        "ahead": Text("chưa đến kỳ", "not begun"),
        "open": Text("đang trong kỳ", "under way"),
        "done": Text("đủ", "fulfilled"),
        "short": Text("còn thiếu", "short"),
        "dropped": Text("đã bỏ", "dropped"),
    },
}


def term(family: str, code: str, language: str) -> str:
    """The word for a stored code; ``state`` looks through every family of states.

    Raises:
        KeyError: the code has no word.
    """
    if family == "state":
        family = next(f for f in ("sheet", "explanation", "round") if code in TERMS[f])
    return TERMS[family][code].in_(language)
