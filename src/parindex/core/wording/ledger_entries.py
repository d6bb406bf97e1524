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
    "round.published": Text("công bố kết quả", "published the result"),
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

TEXTS: Mapping[str, Text] = {
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
}
"""What a free text is called, by the part of its name before a colon."""
MOST_ITEMS = 12
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


def payload_facts(payload: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """What a payload says besides its rulings, as labelled values; empty ones are left out."""
    found = []
    for key, label in FIELDS.items():
        words = _words(key, payload[key], language) if key in payload else ""
        if words:
            found.append((label.in_(language), words))
    return found


def _words(key: str, value: Any, language: str) -> str:
    """A value of a payload. Codes become words, instants and dates are written out."""
    if isinstance(value, list | tuple):
        if key == "phase":
            return _coded(str(value[0]), language) + (f" {value[1]}" if value[1] != 1 else "")
        more = len(value) - MOST_ITEMS
        return ", ".join(_item(item) for item in value[:MOST_ITEMS]) + (f" … (+{more})" if more > 0 else "")
    text = str(value) if value not in (None, "") else ""
    if not text or not isinstance(value, str):
        return text
    if key in ("state", "kind", "party"):
        return _coded(text, language)
    return _moment(text, language)


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
