"""The acts that the ledger holds, in words: the name of each kind, and what its payload says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from parindex.core.kernel.text import Text
from parindex.core.wording.notation import day, instant
from parindex.core.wording.terms import TERMS


KINDS: Mapping[str, Text] = {
    "round.opened": Text("mở kỳ đánh giá", "opened the round"),
    "matrix.locked": Text("chốt ma trận áp dụng", "locked the matrix of what applies"),
    "round.concluded": Text("kết thúc kỳ đánh giá", "concluded the round"),
    "round.reopened": Text("mở lại kỳ đánh giá", "reopened the round"),
    "correction.opened": Text("mở lại để đính chính", "reopened a published result to correct it"),
    "round.published": Text("công bố kết quả", "published the result"),
    "bundle.published": Text("chốt và ký gói kết quả", "froze and signed the bundle of the result"),
    "office.described": Text("ghi thông tin chung của văn bản", "said what all papers have in common"),
    "paper.issued": Text("ghi văn bản đã ban hành", "recorded a paper as issued"),
    "appraisal.assigned": Text("phân công thẩm định", "assigned the appraisal"),
    "appraisal.shared": Text("chia phần thẩm định cho từng người", "shared out a part of the appraisal"),
    "participant.basis": Text("quyết định cách đánh giá đơn vị", "decided how a unit is assessed"),
    "appraisal.signed": Text("ký gửi kết quả thẩm định", "signed off a part of the appraisal"),
    "answers.recorded": Text("nhập số liệu chung", "recorded supplied answers"),
    "framework.changed": Text("đổi bộ tiêu chí giữa kỳ", "changed the criteria set in mid-round"),
    "rulings.carried": Text("chuyển kết luận sang mã mới", "carried rulings over to new codes"),
    "phase.extended": Text("gia hạn", "gave more time"),
    "phase.closed": Text("đóng giai đoạn", "closed a phase"),
    "extension.closed": Text("hết thời gian gia hạn", "closed extensions"),
    "units.reminded": Text("nhắc việc", "reminded units"),
    "result.computed": Text("tính kết quả", "computed the result"),
    "sample.drawn": Text("rút mẫu phúc tra", "drew a sample"),
    "visit.marked": Text("phúc tra", "marked a criterion a second time"),
    "partner.joined": Text("thêm đơn vị tham gia một phần", "let a unit join with a part of the criteria"),
    "leaves.awaited": Text("nhắc cơ quan được giao", "reminded units that were given criteria"),
    "guest_link.made": Text("tạo liên kết khách", "made a guest link"),
    "guest_link.revoked": Text("thu hồi liên kết khách", "revoked a guest link"),
    "guest.came": Text("khách vào bằng liên kết", "a guest came by the link"),
    "sheet.submitted": Text("nộp bảng tự chấm", "submitted the sheet"),
    "sheet.signed": Text("gắn văn bản đã ký", "attached the signed report"),
    "sheet.withdrawn": Text("rút lại bảng tự chấm", "withdrew the sheet"),
    "sheet.returned": Text("trả lại bảng tự chấm", "returned the sheet"),
    "sheet.late": Text("ghi nhận nộp chậm", "marked the sheet late"),
    "leaves.handed_out": Text("giao tiêu chí", "handed out criteria"),
    "leaf.ready": Text("báo xong tiêu chí", "said a criterion is ready"),
    "leaf.returned": Text("trả lại tiêu chí", "gave a criterion back"),
    "evidence.attached": Text("đính kèm tài liệu", "attached documents"),
    "evidence.detached": Text("gỡ tài liệu", "detached documents"),
    "leaves.appraised": Text("thẩm định", "appraised"),
    "not_applicable.granted": Text("quyết định không đánh giá", "ruled not applicable"),
    "explanation.said": Text("giải trình, trả lời", "explained or replied"),
    "explanation.accepted": Text("đồng ý với trả lời", "accepted the reply"),
    "penalty.recorded": Text("nhập vụ việc trừ điểm", "entered a penalty case"),
    "penalty.withdrawn": Text("rút vụ việc trừ điểm", "withdrew a penalty case"),
    "council.ruled": Text("hội đồng kết luận", "ruled in council"),
    "text.redacted": Text("che nội dung", "redacted a text"),
    "book.sealed": Text("niêm phong", "sealed the round"),
    "work.handed_over": Text("bàn giao việc", "handed work over"),
    "person.added": Text("tạo tài khoản", "added the account"),
    "person.changed": Text("sửa thông tin tài khoản", "changed the account"),
    "person.deactivated": Text("khóa tài khoản", "closed the account"),
    "person.left": Text("bàn giao, rời đơn vị", "handed over and left"),
    "person.erased": Text("xóa dữ liệu cá nhân", "erased a person’s data"),
    "person.reactivated": Text("mở lại tài khoản", "opened the account again"),
    "people.imported": Text("nhập người dùng từ tệp", "brought people in from a file"),
    "role.granted": Text("giao vai trò", "granted a role"),
    "role.revoked": Text("thu hồi vai trò", "revoked a role"),
    "role.lent": Text("ủy quyền", "lent a role"),
    "role.taken_back": Text("rút ủy quyền", "took a lent role back"),
    "access.entered": Text("đăng nhập", "signed in"),
    "access.left": Text("đăng xuất", "signed out"),
    "access.sessions_ended": Text("kết thúc phiên đăng nhập", "ended sessions"),
    "access.password_changed": Text("đổi mật khẩu", "changed the password"),
    "access.password_chosen_by_mail": Text("đặt mật khẩu qua thư", "chose a password by mail"),
    "access.password_reset": Text("cấp mật khẩu dùng một lần", "gave a one-time password"),
    "access.factor_on": Text("bật xác thực hai lớp", "turned the second factor on"),
    "access.factor_off": Text("tắt xác thực hai lớp", "turned the second factor off"),
    "access.recovery_codes_renewed": Text("cấp lại mã khôi phục", "renewed the recovery codes"),
    "access.recovery_code_used": Text("dùng mã khôi phục", "used a recovery code"),
    "access.guessed_too_often": Text("bị chặn vì thử sai nhiều lần", "was locked out after wrong tries"),
    "territory.founded": Text("lập địa bàn", "founded the territory"),
    "units.added": Text("thêm các đơn vị", "added units"),
    "unit.added": Text("thêm đơn vị", "added the unit"),
    "unit.changed": Text("sửa thông tin đơn vị", "changed the unit"),
    "unit.ended": Text("kết thúc hoạt động đơn vị", "ended the unit"),
    "unit.restored": Text("khôi phục đơn vị", "restored the unit"),
    "units.merged": Text("hợp nhất, sáp nhập", "merged units"),
    "unit.split": Text("chia, tách", "split the unit"),
    "units.imported": Text("nhập đơn vị từ tệp", "brought units in from a file"),
    "document.uploaded": Text("đưa tài liệu vào kho", "uploaded a document"),
    "document.cited": Text("chỉ dẫn tài liệu", "cited a document"),
    "document.secret_cited": Text("ghi tài liệu mật", "recorded a secret document"),
    "document.confirmed": Text("xác nhận thông tin tài liệu", "confirmed what a document says"),
    "document.recognised": Text("nhận dạng chữ trong tài liệu", "recognised a document’s text"),
    "document.opened": Text("công khai tài liệu", "made a document public"),
    "document.closed": Text("thôi công khai tài liệu", "took a document back from the public"),
    "document.erased": Text("xóa nội dung tài liệu", "erased a document’s content"),
    "set.drafted": Text("soạn bộ tiêu chí", "worked on the criteria set"),
    "framework.stored": Text("lưu phiên bản bộ tiêu chí", "stored a version of the criteria set"),
    "framework.locked": Text("khóa bộ tiêu chí", "locked the criteria set"),
    "figures.recorded": Text("ghi số liệu đã công bố", "recorded published figures"),
    "figures.imported": Text("nhập kết quả năm trước từ tệp", "brought past results in from a file"),
    "indicator.defined": Text("định nghĩa chỉ tiêu đo", "defined an indicator"),
    "values.recorded": Text("ghi số liệu đo được", "recorded measured values"),
    "dossiers.taken_in": Text("nhận hồ sơ từ hệ thống khác", "took in dossiers of another system"),
    "targets.set": Text("đặt mục tiêu năm của chỉ tiêu đo", "set yearly targets of indicators"),
    "article.saved": Text("soạn tin, bài", "wrote a revision of an article"),
    "article.submitted": Text("gửi duyệt tin, bài", "sent an article for review"),
    "article.taken_back": Text("rút tin, bài đang chờ duyệt", "took an article back from review"),
    "article.returned": Text("trả lại tin, bài", "gave an article back"),
    "article.scheduled": Text("duyệt, hẹn giờ đăng tin, bài", "approved and scheduled an article"),
    "article.published": Text("đăng tin, bài", "published an article"),
    "article.withdrawn": Text("gỡ tin, bài", "withdrew an article"),
    "articles.registered": Text("ghi nhận tin, bài trên cổng khác", "registered articles of another site"),
    "article.sorted": Text("xếp chuyên mục cho bài trên cổng khác", "sorted an article of another site"),
    "feed.followed": Text("theo dõi hoặc thôi theo dõi nguồn tin", "followed or left a feed"),
    "plan.begun": Text("lập kế hoạch", "began a plan"),
    "plan.changed": Text("sửa dự thảo kế hoạch", "changed a draft plan"),
    "plan.issued": Text("ban hành kế hoạch", "issued a plan"),
    "plan.closed": Text("tổng kết kế hoạch", "closed a plan"),
    "plan.document": Text("gắn văn bản của kế hoạch", "named a plan’s document"),
    "task.added": Text("thêm nhiệm vụ", "added tasks"),
    "task.changed": Text("sửa nhiệm vụ", "changed a task"),
    "task.given": Text("giao người thực hiện", "gave a task to somebody"),
    "task.removed": Text("bỏ nhiệm vụ khỏi dự thảo", "took a task out of a draft"),
    "task.cancelled": Text("dừng nhiệm vụ", "cancelled a task"),
    "task.handed_down": Text("giao nhiệm vụ xuống đơn vị", "handed a task down"),
    "task.hand_down_answered": Text("trả lời nhiệm vụ được giao", "answered a task handed down"),
    "task.recalled": Text("rút nhiệm vụ đã giao", "recalled a task handed down"),
    "task.reported": Text("báo cáo tiến độ", "reported on a task"),
    "task.output_accepted": Text("xác nhận sản phẩm", "accepted an output"),
    "task.output_returned": Text("trả lại sản phẩm", "gave an output back"),
    "task.measured": Text("đo tiến độ theo chỉ tiêu", "measured a task by its indicator"),
    "calendar.made": Text("tạo địa chỉ lịch nhiệm vụ", "made an address of the calendar of tasks"),
    "calendar.revoked": Text("thu hồi địa chỉ lịch nhiệm vụ", "revoked an address of the calendar of tasks"),
    "tasks.given": Text("giao người thực hiện nhiều nhiệm vụ", "gave several tasks to somebody"),
    "tasks.shifted": Text("lùi hạn nhiều nhiệm vụ", "moved the deadlines of several tasks"),
    "tasks.cancelled": Text("dừng nhiều nhiệm vụ", "cancelled several tasks"),
    "inspection_plan.begun": Text("soạn kế hoạch kiểm tra", "drafted a plan of inspection"),
    "inspection_plan.changed": Text("sửa kế hoạch kiểm tra", "changed a plan of inspection"),
    "inspection_plan.issued": Text("ban hành kế hoạch kiểm tra", "issued a plan of inspection"),
    "inspection_plan.closed": Text("kết thúc kế hoạch kiểm tra", "closed a plan of inspection"),
    "inspection.planned": Text("đưa cuộc kiểm tra vào kế hoạch", "planned an inspection"),
    "inspection.team_changed": Text("thay đổi đoàn kiểm tra", "changed the team of an inspection"),
    "inspection.cancelled": Text("không thực hiện cuộc kiểm tra", "called an inspection off"),
    "inspection.begun": Text("bắt đầu kiểm tra", "began an inspection"),
    "inspection.looked": Text("kiểm tra một nội dung", "looked at a line of the checklist"),
    "inspection.noted": Text("ghi thành phần, nhận xét chung", "noted who was present, and the whole"),
    "inspection.found": Text("ghi tồn tại, hạn chế", "wrote a finding"),
    "inspection.finding_withdrawn": Text("rút tồn tại đã ghi", "withdrew a finding"),
    "inspection.photographed": Text("đính kèm ảnh", "added photos to a finding"),
    "inspection.proved": Text("đính kèm tài liệu vào tồn tại", "put a document behind a finding"),
    "inspection.recommended": Text("kiến nghị khắc phục", "recommended a remedy"),
    "inspection.concluded": Text("kết thúc kiểm tra tại đơn vị", "concluded an inspection"),
    "inspection.paper": Text("ghi số, ngày văn bản kiểm tra", "recorded the papers of an inspection"),
    "inspection.answered": Text("báo cáo khắc phục", "answered a recommendation"),
    "inspection.accepted": Text("xác nhận đã khắc phục", "accepted an answer"),
    "inspection.returned": Text("trả lại báo cáo khắc phục", "returned an answer"),
    "inspection.closed": Text("khép cuộc kiểm tra", "closed an inspection"),
    "questionnaire.kept": Text("lưu bộ câu hỏi", "kept a questionnaire"),
    "questionnaire.fixed": Text("chốt bộ câu hỏi", "fixed a questionnaire"),
    "survey.begun": Text("lập cuộc điều tra", "began a survey"),
    "survey.changed": Text("sửa cuộc điều tra", "changed a survey"),
    "survey.group_set": Text("đặt nhóm được hỏi", "set a group of respondents"),
    "survey.group_removed": Text("bỏ nhóm được hỏi", "removed a group of respondents"),
    "survey.factors_set": Text("đặt chỉ tiêu của các yếu tố", "set the indicators of factors"),
    "survey.rated_set": Text("đặt danh sách đơn vị được đánh giá", "set the units to be rated"),
    "survey.strata_set": Text("đặt các tầng mẫu", "set the strata of a sample"),
    "survey.drawn": Text("chọn mẫu", "drew a sample"),
    "survey.opened": Text("mở cuộc điều tra", "opened a survey"),
    "survey.extended": Text("lùi ngày đóng cuộc điều tra", "extended a survey"),
    "survey.closed": Text("đóng cuộc điều tra", "closed a survey"),
    "survey.invited": Text("phát đường dẫn trả lời", "issued links to answer"),
    "survey.uninvited": Text("thu hồi đường dẫn trả lời", "took links back"),
    "survey.reminded": Text("phát lại đường dẫn để nhắc", "issued links anew, to remind"),
    "survey.counter_set": Text("đặt mã QR, máy tính bảng tại quầy", "set a poster or tablet at a counter"),
    "survey.counter_closed": Text("đóng mã QR tại quầy", "closed a counter"),
    "survey.batch_begun": Text("lập tập phiếu giấy", "began a bundle of paper forms"),
    "survey.form_settled": Text("đối chiếu phiếu giấy nhập lệch", "settled a paper form"),
    "survey.results_reported": Text("ghi kết quả đơn vị khác điều tra", "recorded another body’s results"),
    "survey.answers_reported": Text("nhập phiếu đơn vị khác thu", "took in answers another body collected"),
    "survey.searched": Text("rà soát phiếu bất thường", "looked for odd answers"),
    "survey.judged": Text("quyết định về phiếu nghi vấn", "decided on odd answers"),
    "survey.counted": Text("tổng hợp kết quả điều tra", "counted a survey"),
    "communication.planned": Text("lập kế hoạch truyền thông", "planned communication"),
    "communication.changed": Text("sửa kế hoạch truyền thông", "changed planned communication"),
    "communication.dropped": Text("bỏ khỏi kế hoạch truyền thông", "dropped planned communication"),
    "briefing.drafted": Text("dự thảo báo cáo giao ban từ số liệu", "drafted a briefing from data"),
    "briefing.saved": Text("sửa báo cáo giao ban", "edited a briefing"),
    "briefing.issued": Text("ban hành báo cáo giao ban", "issued a briefing"),
    "briefing.handed_on": Text("đưa kết luận giao ban thành nhiệm vụ", "made conclusions tasks"),
    "campaign.begun": Text("soạn phong trào thi đua", "wrote an emulation movement"),
    "campaign.changed": Text("sửa phong trào thi đua", "changed an emulation movement"),
    "campaign.launched": Text("phát động phong trào thi đua", "launched an emulation movement"),
    "campaign.closed": Text("tổng kết phong trào thi đua", "closed an emulation movement"),
    "emulation.registered": Text("đăng ký thi đua", "registered for a movement"),
    "emulation.withdrawn": Text("rút đăng ký thi đua", "took a registration back"),
    "initiative.handed_in": Text("nộp sáng kiến", "handed in an initiative"),
    "initiative.changed": Text("sửa sáng kiến", "changed an initiative"),
    "initiative.reused": Text("ghi việc áp dụng sáng kiến", "said that an initiative is used"),
    "commendation.drafted": Text("dự thảo danh sách khen thưởng", "drafted the list of commendations"),
    "commendation.saved": Text("chọn, sửa danh sách khen thưởng", "decided on the list of commendations"),
    "commendation.issued": Text("trình danh sách khen thưởng", "submitted the list of commendations"),
    "loss.accepted": Text("chấp nhận điểm mất", "accepted a lost point"),
    "loss.reopened": Text("rút lại việc chấp nhận điểm mất", "withdrew the acceptance of a lost point"),
    "key.leaked": Text("công bố khóa niêm phong bị lộ", "declared a signing key leaked"),
    "calendar.set": Text("quyết định lịch làm việc", "set the calendar"),
}
"""What was done, by the kind of the entry; a kind without words is shown as it is."""

FIELDS: Mapping[str, Text] = {
    "state": Text("trạng thái", "state"),
    "kind": Text("giai đoạn", "phase"),
    "phase": Text("giai đoạn", "phase"),
    "turn": Text("lần", "turn"),
    "until": Text("đến", "until"),
    "closes_at": Text("hạn", "deadline"),
    "units": Text("đơn vị", "units"),
    "unit": Text("đơn vị", "unit"),
    "document": Text("văn bản", "document"),
    "number": Text("số", "number"),
    "date": Text("ngày", "date"),
    "on": Text("ngày", "day"),
    "lead": Text("cơ quan thẩm định", "lead department"),
    "case": Text("vụ việc thứ", "case"),
    "times": Text("số vụ việc", "cases"),
    "body": Text("cơ quan nhập", "entered by"),
    "late_days": Text("số ngày chậm", "days late"),
    "leaf": Text("tiêu chí", "criterion"),
    "leaves": Text("tiêu chí", "criteria"),
    "to": Text("giao cho", "to"),
    "due": Text("hạn", "due"),
    "claimed": Text("điểm đề nghị", "points claimed"),
    "party": Text("bên", "party"),
    "told": Text("số người được báo", "people told"),
    "hash": Text("mã băm", "hash"),
    "framework": Text("mã băm bộ tiêu chí", "hash of the criteria set"),
    "answers": Text("mã băm các trả lời", "hash of the answers"),
    "seed": Text("số gieo", "seed"),
    "seed_from": Text("lấy từ bản ghi", "taken from entry"),
    "each": Text("số tiêu chí mỗi đơn vị", "criteria of each unit"),
    "population": Text("trong tổng số", "out of"),
    "position": Text("thứ tự", "position"),
    "name": Text("nội dung", "text"),
    "key": Text("khóa", "key"),
    "year": Text("năm", "year"),
}
"""What a datum of a payload is called; data without a name here are shown elsewhere or not at all."""

FIELDS_APART: Mapping[str, Text] = {
    "username": Text("tên đăng nhập", "sign-in name"),
    "fields": Text("mục đã sửa", "what was changed"),
    "role": Text("vai trò", "role"),
    "unit": Text("đơn vị", "unit"),
    "to": Text("cho", "to"),
    "from": Text("từ", "from"),
    "until": Text("đến", "until"),
    "last": Text("ngày cuối", "last day"),
    "was": Text("đã kết thúc ngày", "had ended on"),
    "way": Text("cách đăng nhập", "how"),
    "second": Text("lớp thứ hai", "second factor"),
    "count": Text("số phiên", "sessions"),
    "sessions_ended": Text("số phiên kết thúc", "sessions ended"),
    "name": Text("tên", "name"),
    "type": Text("loại", "type"),
    "group": Text("khối xếp hạng", "ranking group"),
    "parent": Text("trực thuộc", "part of"),
    "changes": Text("thay đổi", "changes"),
    "earlier": Text("từ các đơn vị", "from"),
    "later": Text("thành các đơn vị", "into"),
    "units": Text("đơn vị", "units"),
    "on": Text("ngày", "day"),
    "document": Text("văn bản", "document"),
    "number": Text("số", "number"),
    "issued_on": Text("ngày văn bản", "dated"),
    "issued": Text("ngày văn bản", "dated"),
    "issuer": Text("cơ quan ban hành", "issued by"),
    "change": Text("việc đã làm", "what was done"),
    "hash": Text("mã băm", "hash"),
    "sha256": Text("mã băm của tệp", "hash of the file"),
    "size": Text("số byte", "bytes"),
}
"""What a datum of a person's, a unit's or a criteria set's entry is called."""

TEXTS: Mapping[str, Text] = {
    "username": Text("tên đăng nhập", "sign-in name"),
    "reason": Text("lý do", "reason"),
    "ground": Text("căn cứ", "ground"),
    "text": Text("nội dung", "text"),
    "note": Text("ghi chú", "note"),
    "signer": Text("người ký", "signed by"),
    "division": Text("bộ phận", "division"),
    "place": Text("nơi", "place"),
    "present": Text("thành phần", "present"),
    "found": Text("kết quả kiểm tra", "findings"),
    "matter": Text("vụ việc", "the case"),
    "address": Text("địa chỉ máy", "from the address"),
    "title": Text("trích yếu", "title"),
    "file_name": Text("tên tệp", "file name"),
    "where": Text("nơi xem", "where to see it"),
    "topic": Text("nội dung truyền thông", "what is to be told"),
    "erased_because": Text("lý do xóa", "why it was erased"),
    "document": Text("văn bản", "document"),
}
"""What a free text is called, by the part of its name before a colon."""
MOST_ITEMS = 12
FAMILIES: Mapping[str, Mapping[str, Text]] = {
    "change": TERMS["set_change"],
    "way": {
        "password": Text("mật khẩu", "password"),
        "oidc": Text("đăng nhập một lần", "single sign-on"),
        "played": Text("vào vai trong bản minh họa", "played in the demonstration"),
    },
    "second": {"code": Text("mã xác thực", "code"), "recovery": Text("mã khôi phục", "recovery code")},
}
"""Data that are codes, and the words of each."""
ACTORS: Mapping[str, Text] = {
    "system": Text("hệ thống", "the system"),
    "demo": Text("dữ liệu minh họa", "the demonstration"),
}


def kind_words(kind: str, language: str) -> str:
    """What was done."""
    found = KINDS.get(kind)
    return found.in_(language) if found else kind


def actor_words(ref: str, language: str) -> str:
    """Who acted, where it was no person."""
    found = ACTORS.get(ref)
    return found.in_(language) if found else ref


def text_words(name: str, language: str) -> str:
    """What a free text is: its kind, and the leaf that it is about."""
    kind, _, leaf = name.partition(":")
    found = TEXTS.get(kind)
    return " ".join(filter(None, (found.in_(language) if found else kind, leaf)))


def payload_facts(
    payload: Mapping[str, Any], language: str, fields: Mapping[str, Text] = FIELDS
) -> list[tuple[str, str]]:
    """What a payload says besides its rulings, as labelled values; empty ones are left out."""
    found = []
    for key, label in fields.items():
        words = _words(key, payload[key], language) if key in payload else ""
        if words:
            found.append((label.in_(language), words))
    return found


def _words(key: str, value: Any, language: str) -> str:
    """A value of a payload. Codes become words, instants and dates are written out."""
    if isinstance(value, list | tuple):
        if key == "changes":
            return "; ".join(_change(row, language) for row in value[:MOST_ITEMS])
        if key == "phase":
            return _coded(str(value[0]), language) + (f" {value[1]}" if value[1] != 1 else "")
        more = len(value) - MOST_ITEMS
        return ", ".join(_item(item) for item in value[:MOST_ITEMS]) + (f" … (+{more})" if more > 0 else "")
    text = str(value) if value not in (None, "") else ""
    if not text or not isinstance(value, str):
        return text
    if key in ("state", "kind", "party"):
        return _coded(text, language)
    if key in FAMILIES:
        known = FAMILIES[key].get(text)
        return known.in_(language) if known else text
    return _moment(text, language)


def _change(row: Sequence[Any], language: str) -> str:
    """One fact of a unit: from what to what."""
    fact, before, after = row
    known = TERMS["unit_fact"].get(fact)
    return f"{known.in_(language) if known else fact}: {before or '–'} → {after or '–'}"


def _item(item: Any) -> str:
    """A row of a list: its first cell names it."""
    return str(item[0]) if isinstance(item, Sequence) and not isinstance(item, str) and item else str(item)


def _coded(code: str, language: str) -> str:
    family = next((f for f in ("round", "phase", "explanation", "sheet", "party") if code in TERMS[f]), "")
    return TERMS[family][code].in_(language) if family else code


def _moment(text: str, language: str) -> str:
    try:
        if len(text) == len("2026-01-05"):
            return day(date.fromisoformat(text), language)
        return instant(datetime.fromisoformat(text), language) if "T" in text else text
    except ValueError:
        return text
