"""What was found wrong with the ledger, and where a result differs from it, in both languages."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from parindex.core.kernel.text import Text
from parindex.core.wording.terms import TERMS


FAULTS: Mapping[str, tuple[str, str]] = {
    "line_unreadable": (
        "dòng {line} không phải một bản ghi của nhật ký, hoặc đã bị sửa",
        "line {line} is no entry of a ledger, or was changed",
    ),
    "entry_changed": (
        "bản ghi đã bị sửa sau khi ghi (mã băm không khớp)",
        "the entry was changed after it was written (its hash does not match)",
    ),
    "entry_missing": ("thiếu bản ghi này", "this entry is missing"),
    "entry_displaced": (
        "bản ghi không nối tiếp bản ghi đứng trước (bị chèn hoặc đổi thứ tự)",
        "the entry does not follow the one before it (inserted or re-ordered)",
    ),
    "entry_backdated": (
        "bản ghi mang thời điểm trước niêm phong {seal} nhưng khi niêm phong chưa có",
        "the entry claims to be older than the seal {seal}, which does not know it",
    ),
    "text_changed": ("nội dung kèm theo “{text}” đã bị sửa", "the text “{text}” beside it was changed"),
    "text_missing": ("mất nội dung kèm theo “{text}”", "the text “{text}” beside it is gone"),
    "text_unknown": (
        "có nội dung kèm theo “{text}” mà bản ghi không nhắc tới",
        "the text “{text}” lies beside it, but the entry does not name it",
    ),
    "text_redacted": (
        "nội dung kèm theo “{text}” đã bị che mà nhật ký không ghi việc che",
        "the text “{text}” beside it was redacted, but the ledger tells of no redaction",
    ),
    "sealed_changed": (
        "bản ghi khác với bản đã niêm phong tại {seal}: chuỗi đã bị viết lại",
        "the entry is not the one that was sealed at {seal}: the chain was rewritten",
    ),
    "sealed_missing": (
        "thiếu bản ghi đã được niêm phong tại {seal}",
        "an entry that was sealed at {seal} is missing",
    ),
    "seal_unreadable": (
        "niêm phong không đọc được hoặc không nằm đúng chỗ",
        "the seal cannot be read, or is not in its place",
    ),
    "seal_key": (
        "niêm phong được ký bằng khóa không nằm trong danh sách khóa công khai: {key}",
        "the seal is signed with a key that is not among the public keys: {key}",
    ),
    "seal_leaked": (
        "niêm phong được ký bằng khóa đã công bố là lộ ({key}), và sau đó không có niêm phong nào bằng khóa "
        "khác",
        "the seal is signed with a key that was declared leaked ({key}), and no seal of another key follows "
        "it",
    ),
    "seal_signature": (
        "chữ ký của niêm phong không đúng với khóa {key}",
        "the seal’s signature is not of the key {key}",
    ),
}
TABLES: Mapping[str, Text] = {
    "participants": Text("đơn vị tham gia", "participant"),
    "rulings": Text("trả lời", "answer"),
    "result": Text("kết quả của kỳ", "result of the round"),
    "groups": Text("kết quả theo khối", "figures of the group"),
    "units": Text("kết quả của đơn vị", "result of the unit"),
}
FIELDS: Mapping[str, Text] = {
    "name_vi": Text("tên", "name"),
    "name_en": Text("tên tiếng Anh", "English name"),
    "type": Text("loại đơn vị", "type"),
    "group": Text("khối xếp hạng", "ranking group"),
    "late_days": Text("số ngày nộp muộn", "days late"),
    "size": Text("số đơn vị", "number of units"),
    "ranked": Text("số đơn vị được xếp hạng", "number of ranked units"),
    "grades": Text("số đơn vị đạt mức", "number of units with this grade"),
    "medians": Text("trung vị", "median"),
    "measures": Text("số liệu cộng dồn", "measures added up"),
    "position": Text("thứ tự", "position"),
    "points": Text("điểm", "points"),
    "applicable_max": Text("điểm chuẩn tối đa (áp dụng)", "applicable maximum"),
    "max": Text("điểm chuẩn tối đa", "maximum"),
    "index": Text("chỉ số", "index"),
    "grade": Text("xếp loại", "grade"),
    "rank": Text("thứ hạng", "rank"),
    "areas": Text("chỉ số thành phần", "indexes of areas"),
    "reason": Text("lý do", "reason"),
    "remarks": Text("ghi nhận khác", "remarks"),
    "band": Text("khoảng dao động thứ hạng", "rank band"),
    "stage": Text("giai đoạn", "stage"),
    "framework": Text("mã băm bộ tiêu chí", "hash of the criteria set"),
    "answers": Text("mã băm các trả lời", "hash of the answers"),
    "robustness": Text("cách tính khoảng dao động thứ hạng", "recipe of the rank bands"),
    "at": Text("thời điểm tính", "time of computation"),
}
NOTHING = Text("không có", "nothing")


def fault_sentence(code: str, data: Mapping[str, str], language: str) -> str:
    """What is wrong at one place of the ledger."""
    return FAULTS[code][0 if language == "vi" else 1].format_map(data)


def difference_sentence(
    table: str, place: Sequence[str], *, stored: object, rebuilt: object, language: str
) -> str:
    """One cell that is kept otherwise than the ledger gives it: where, and both values."""
    words = [TABLES[table].in_(language), *_place(table, place, language)]
    value_in_words = _ruled if table == "rulings" else _value
    kept, again = (value_in_words(value, language) for value in (stored, rebuilt))
    said = (
        f"đang lưu {kept}; theo nhật ký {again}"
        if language == "vi"
        else f"kept is {kept}; by the ledger {again}"
    )
    return f"{' › '.join(words)}: {said}"


def _place(table: str, place: Sequence[str], language: str) -> list[str]:
    """Codes as they are; the field, or the stage and turn of a ruling, in words."""
    if table == "rulings":
        unit, leaf, stage, turn = place
        said = TERMS["stage"].get(stage)
        return [
            unit,
            leaf,
            said.in_(language) if said else stage,
            f"{'lượt' if language == 'vi' else 'turn'} {turn}",
        ]
    return [*place[:-1], FIELDS[place[-1]].in_(language)]


def _ruled(value: object, language: str) -> str:
    """What was ruled, with standard error and number of respondents where there are any; by whom and when."""
    if not isinstance(value, list):
        return NOTHING.in_(language)
    answer, se, n, by, at = value
    names = ("sai số chuẩn", "số phiếu") if language == "vi" else ("standard error", "respondents")
    survey = [f"{name} {said}" for name, said in zip(names, (se, n), strict=True) if said]
    return f"“{answer}” ({', '.join([*survey, by, at])})"


def _value(value: object, language: str) -> str:
    """A value as it is kept; lists and objects as JSON."""
    if value is None:
        return NOTHING.in_(language)
    if isinstance(value, str):
        return f"“{value}”"
    return json.dumps(value, ensure_ascii=False)
