"""What the keys, kinds and words of a criteria set are called on forms and in workbooks."""

from __future__ import annotations

from collections.abc import Mapping

from parindex.core.wording.labels import LEVEL, METHOD, STATUS


Words = tuple[str, str]

KINDS: Mapping[str, Words] = {
    "choice": ("Chọn một mức", "One of several levels"),
    "steps": ("Theo bậc của tỷ lệ hoặc số", "Steps of a share or number"),
    "proportional": ("Theo tỷ lệ, đạt mốc thì đủ điểm", "In proportion, up to a mark"),
    "linear": ("Theo đường thẳng giữa hai mốc", "A straight line between two marks"),
    "deadline": ("Theo thời hạn ban hành", "By a deadline"),
    "days_after": ("Trong số ngày kể từ một mốc", "Within days of a date"),
    "per_day_late": ("Trừ theo từng ngày muộn", "Points off each day late"),
    "conditions": ("Cộng điểm từng nội dung đạt", "Points for each condition met"),
    "all_or_nothing": ("Đạt đủ mọi nội dung mới có điểm", "All conditions or nothing"),
    "count": ("Cộng điểm theo số lượng", "Points for each"),
    "deduct": ("Trừ điểm theo số trường hợp", "Points off for each case"),
    "level_range": ("Chọn mức, cho điểm trong mức", "A level, and points within it"),
    "points": ("Cơ quan thẩm định cho điểm", "Points given by the appraiser"),
    "satisfaction": ("Tỷ lệ hài lòng", "Share of satisfied respondents"),
    "survey_options": ("Phương án điều tra có trọng số", "Weighted survey options"),
    "branch": ("Chia theo trường hợp", "Differs by case"),
    "formula": ("Công thức", "A formula"),
}
"""How a leaf may be scored, the usual ways first."""

KEYS: Mapping[str, Words] = {
    # a row
    "code": ("Mã", "Code"),
    "name": ("Tên", "Name"),
    "max": ("Điểm tối đa", "Maximum points"),
    "level": ("Cấp", "Level"),
    "method": ("Cách đánh giá", "Way of assessment"),
    "appraiser": ("Cơ quan thẩm định", "Who appraises"),
    "evidence": ("Tài liệu kiểm chứng", "Evidence"),
    "printed": ("Cách chấm như in trong văn bản", "The way of scoring as printed"),
    "note": ("Ghi chú", "Note"),
    "rule": ("Cách chấm", "Rule"),
    "kind": ("Kiểu chấm", "Rule kind"),
    "no_case": ("Khi không phát sinh", "When no case arose"),
    "not_applicable_if": ("Không đánh giá nếu", "Not applicable if"),
    "exempt": ("Không áp dụng đối với", "Not for"),
    "window": ("Thời gian ban hành tài liệu kiểm chứng", "When its evidence was issued"),
    "period": ("Kỳ số liệu", "Period of the data"),
    # rules
    "id": ("Mã ngắn", "Short id"),
    "points": ("Điểm", "Points"),
    "percent": ("% điểm tối đa", "% of the maximum"),
    "step": ("Bước điểm", "Step of points"),
    "options": ("Các mức", "Levels"),
    "conditions": ("Các nội dung", "Conditions"),
    "weight": ("Trọng số (%)", "Weight (%)"),
    "due": ("Thời hạn", "Due"),
    "in_time": ("Đúng hạn", "In time"),
    "late": ("Muộn", "Late"),
    "none": ("Không ban hành", "Not issued"),
    "steps": ("Các bậc", "Steps"),
    "within": ("Trong số ngày", "Within days"),
    "base": ("Tính từ ngày", "Counted from"),
    "base_name": ("Tên mốc tính", "Name of the date it counts from"),
    "count": ("Cách đếm ngày", "Days counted"),
    "otherwise": ("Muộn hơn hoặc không có", "Later or never"),
    "each": ("Mỗi trường hợp", "Each"),
    "free_days": ("Số ngày muộn không trừ", "Days late without loss"),
    "input": ("Số liệu nhập", "Input"),
    "unit": ("Đơn vị tính", "Unit"),
    "over_100": ("Tỷ lệ trên 100%", "Shares above 100%"),
    "from": ("Từ", "From"),
    "above": ("Trên", "Above"),
    "to": ("Đến", "To"),
    "below": ("Dưới", "Below"),
    "equals": ("Bằng", "Equals"),
    "full_at": ("Đủ điểm tại", "Full mark at"),
    "zero_below": ("0 điểm khi dưới", "0 points below"),
    "zero_at": ("0 điểm tại", "0 points at"),
    "round": ("Làm tròn (số chữ số)", "Rounded to decimals"),
    "cap": ("Không quá (điểm)", "At most (points)"),
    "start": ("Bắt đầu", "Start"),
    "floor": ("Không thấp hơn (điểm)", "Not below (points)"),
    "branches": ("Các trường hợp", "Cases"),
    "inputs": ("Số liệu của công thức", "Inputs of the formula"),
    "expression": ("Công thức", "Formula"),
    # the set
    "version": ("Phiên bản", "Version"),
    "title": ("Tên bộ tiêu chí", "Title"),
    "status": ("Nguồn gốc", "Status"),
    "status_note": ("Chú thích về nguồn gốc", "Note on the status"),
    "subject": ("Chỉ số của", "What the index is of"),
    "legal_basis": ("Văn bản làm căn cứ", "Legal basis"),
    "document": ("Số, ký hiệu", "Number"),
    "issued": ("Ngày ban hành", "Issued"),
    "issuer": ("Cơ quan ban hành", "Issuer"),
    "source": ("Nơi đọc được", "Where it was read"),
    "sources": ("Nguồn khác", "Further sources"),
    "end": ("Kết thúc", "End"),
    "cutoff": ("Ngày chốt số liệu", "Cut-off of the data"),
    "unit_types": ("Loại đơn vị", "Unit types"),
    "units": ("Đơn vị", "Units"),
    "types": ("Loại đơn vị", "Unit types"),
    "type": ("Loại", "Type"),
    "group": ("Khối xếp hạng", "Ranking group"),
    "holidays": ("Ngày nghỉ lễ trong tuần", "Holidays"),
    "worked_days": ("Ngày làm bù cuối tuần", "Weekend days worked in exchange"),
    "decimals": ("Số chữ số hiển thị", "Decimals shown"),
    "index": ("Cách tính chỉ số", "Index"),
    "policy": ("Công thức chỉ số", "Formula of the index"),
    "no_answer": ("Tiêu chí chưa trả lời", "An unanswered criterion"),
    "no_survey": ("Đơn vị không có điều tra", "A unit without a survey"),
    "without_survey": ("Khi không có điều tra xã hội học", "Without a survey"),
    "extras": ("Điểm thưởng, điểm trừ tính vào", "Bonus and penalty change the"),
    "ceiling": ("Chỉ số không vượt quá", "Ceiling of the index"),
    "grades": ("Xếp loại", "Grades"),
    "bands": ("Các mức, cao nhất trước", "Bands, best first"),
    "min": ("Từ (%)", "From (%)"),
    "needs": ("Điều kiện phải đạt", "Conditions that must hold"),
    "caps": ("Khống chế xếp loại", "Caps on the grade"),
    "at_most": ("Không quá mức", "At most the grade"),
    "when": ("Khi có một trong các điều kiện", "While one of these holds"),
    "ground": ("Căn cứ", "Ground"),
    "node": ("Tiêu chí (bỏ trống: cả bộ)", "Criterion (empty: the whole)"),
    "index_below": ("Chỉ số dưới (%)", "Index below (%)"),
    "index_at_least": ("Chỉ số từ (%)", "Index at least (%)"),
    "points_below": ("Điểm dưới", "Points below"),
    "points_at_least": ("Điểm từ", "Points at least"),
    "answered": ("Trả lời bằng mã ngắn", "Answered with the id"),
    "quotas": ("Giới hạn tỷ lệ xếp loại", "Quotas"),
    "grade": ("Mức xếp loại", "Grade"),
    "of": ("Tính trên số đạt mức này trở lên", "Of those with this grade or better"),
    "rounding": ("Làm tròn số đơn vị", "Rounding of units"),
    "ties": ("Khi bằng nhau", "Ties"),
    "ranking": ("Xếp hạng", "Ranking"),
    "tie_breakers": ("Tiêu chí phân định khi bằng nhau", "Tie breakers"),
    "precision": ("Làm tròn chỉ số trước khi xếp hạng", "Precision of the index"),
    "not_ranked": ("Xếp loại nhưng không xếp hạng", "Graded, not ranked"),
    "late_submission": ("Nộp muộn", "Late submission"),
    "from_day": ("Từ ngày muộn thứ", "From day"),
    "per_day": ("Trừ mỗi ngày", "Off each day"),
    "refused_after": ("Không tiếp nhận sau số ngày", "Refused after days"),
    "bonus": ("Điểm thưởng", "Bonus"),
    "penalty": ("Điểm trừ", "Penalty"),
    "items": ("Các mục", "Items"),
    "tree": ("Cây tiêu chí", "Tree"),
    "children": ("Tiêu chí con", "Children"),
    "code_maps": ("Nối mã với bộ trước", "Code maps"),
    "relation": ("Quan hệ", "Relation"),
    "codes": ("Mã", "Codes"),
    "old": ("Mã cũ", "Old codes"),
    "new": ("Mã mới", "New codes"),
    "vi": ("Tiếng Việt", "Vietnamese"),
    "en": ("Tiếng Anh", "English"),
    "parindex": ("Phiên bản định dạng", "Version of the format"),
}

OF_SHAPE: Mapping[tuple[str, str], Words] = {
    ("LateStep", "points"): ("Trừ một lần (điểm)", "Off once (points)"),
    ("UnitType", "code"): ("Mã ngắn", "Short code"),
    ("Framework", "id"): ("Mã bộ tiêu chí (trong địa chỉ)", "Id of the set (in addresses)"),
    ("Window", "start"): ("Bắt đầu", "Start"),
    ("Deduct", "start"): ("Điểm khi không có trường hợp nào", "Points without any case"),
    ("PerDayLate", "each"): ("Trừ mỗi ngày (điểm)", "Off each day (points)"),
    ("LegalBasis", "title"): ("Trích yếu", "Title"),
    ("Quota", "percent"): ("Tối đa (%)", "At most (%)"),
    ("Extra", "max"): ("Tổng không quá (điểm)", "All together at most (points)"),
}

HINTS: Mapping[str, Words] = {
    "id": ("Bỏ trống thì hệ thống đặt theo tên.", "Left empty, it is made from the name."),
    "evidence": ("Mỗi dòng một tài liệu.", "One a line."),
    "holidays": ("Mỗi dòng một ngày, dạng 2026-01-01.", "One day a line, as 2026-01-01."),
    "worked_days": ("Mỗi dòng một ngày, dạng 2026-01-01.", "One day a line, as 2026-01-01."),
    "tie_breakers": ("Mỗi dòng một mã, theo thứ tự.", "One code a line, in turn."),
    "units": ("Mỗi dòng một tên.", "One name a line."),
    "types": ("Mỗi dòng một mã ngắn của loại đơn vị.", "One short code of a unit type a line."),
    "sources": ("Mỗi dòng một nguồn.", "One a line."),
    "answered": ("Mỗi dòng một mã ngắn.", "One id a line."),
    "expression": (
        "Dùng mã ngắn của số liệu, + − × ÷, min, max, round, if và “maximum” là điểm tối đa.",
        "Uses the ids of the inputs, + − × ÷, min, max, round, if, and “maximum”, the leaf’s maximum.",
    ),
    "needs": ("Mỗi mức có thể kèm điều kiện.", "A band may have conditions."),
}

VALUES: Mapping[str, Mapping[str, Words]] = {
    "kind": KINDS,
    "level": LEVEL,
    "method": METHOD,
    "status": STATUS,
    "no_case": {
        "full": ("cho điểm tối đa", "the full mark"),
        "not_applicable": ("không đánh giá", "not applicable"),
        "zero": ("0 điểm", "0 points"),
    },
    "count": {"calendar": ("ngày lịch", "calendar days"), "working": ("ngày làm việc", "working days")},
    "input": {"ratio": ("tỷ lệ", "a share"), "number": ("số", "a number")},
    "over_100": {"refuse": ("không nhận", "refused"), "allow": ("nhận", "allowed")},
    "policy": {
        "applicable_maximum": (
            "điểm đạt được / điểm chuẩn tối đa áp dụng",
            "points / applicable maximum",
        ),
        "rescale_then_add_survey": (
            "quy đổi phần thẩm định rồi cộng điều tra xã hội học",
            "appraised part rescaled, survey added",
        ),
        "total": ("tổng điểm, không quy đổi", "the sum of points"),
    },
    "no_answer": {"zero": ("0 điểm", "0 points"), "unranked": ("không xếp hạng đơn vị", "unit not ranked")},
    "no_survey": {
        "no_answer": ("như tiêu chí chưa trả lời", "as an unanswered criterion"),
        "not_applicable": ("không tính vào điểm chuẩn tối đa", "not counted in the maximum"),
        "unranked": ("không xếp hạng đơn vị", "unit not ranked"),
    },
    "without_survey": {
        "rescale": ("quy đổi cho đủ thang", "rescaled to the whole"),
        "zero": ("giữ nguyên điểm tối đa", "the maximum stays"),
    },
    "extras": {"points": ("điểm", "points"), "index": ("chỉ số", "index")},
    "rounding": {
        "down": ("xuống", "down"),
        "half_up": ("từ nửa trở lên thì lên", "half up"),
        "up": ("lên", "up"),
    },
    "ties": {
        "competition": ("1, 2, 2, 4", "1, 2, 2, 4"),
        "dense": ("1, 2, 2, 3", "1, 2, 2, 3"),
        "keep": ("cùng giữ mức", "all keep the grade"),
        "fall": ("cùng xuống mức", "all fall"),
    },
    "relation": {
        "same": ("giữ nguyên", "same"),
        "renamed": ("đổi mã", "renamed"),
        "split": ("tách", "split"),
        "merged": ("gộp", "merged"),
        "new": ("mới", "new"),
        "dropped": ("bỏ", "dropped"),
    },
    "parindex": {"1": ("1", "1")},
}


def key_name(key: str, language: str, shape: str = "") -> str:
    """What a key is called; the same key may be called otherwise in some shapes."""
    words = OF_SHAPE.get((shape, key)) or KEYS[key]
    return words[0 if language == "vi" else 1]


def key_hint(key: str, language: str) -> str:
    """What else a form says about a key; mostly nothing."""
    return HINTS[key][0 if language == "vi" else 1] if key in HINTS else ""


def value_name(key: str, value: str, language: str) -> str:
    """What one of the words that a key may hold is called."""
    return VALUES[key][value][0 if language == "vi" else 1]
