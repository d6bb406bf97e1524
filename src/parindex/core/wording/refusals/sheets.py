"""The sheet: why something cannot be typed, submitted, returned or signed."""

SENTENCES = {
    "too_late": (
        "Đã quá hạn {days} ngày; bộ tiêu chí chỉ nhận muộn nhất {limit} ngày sau hạn.",
        "It is {days} days late; the criteria set takes a sheet at most {limit} days after the deadline.",
    ),
    "sheet_locked": (
        "Bảng tự chấm đang ở trạng thái “{state}” nên không nhập được. Rút lại (trước hạn) để sửa.",
        "The sheet is “{state}” and cannot be typed in. Withdraw it (before the deadline) to change it.",
    ),
    "points_are_ruled": (
        "Không nhập điểm: hãy nhập số liệu, điểm do hệ thống tính.",
        "Points are not typed: enter the figures, the system computes the points.",
    ),
    "not_applicable_is_granted": (
        "“Không đánh giá” do cơ quan thường trực quyết định. Hãy ghi đề nghị vào phần ghi chú.",
        "“Not applicable” is granted by the secretariat. Write your request into the note.",
    ),
    "leaf_unknown": ("Bộ tiêu chí không có tiêu chí {leaf}.", "The criteria set has no criterion {leaf}."),
    "leaf_not_yours": (
        "Tiêu chí {leaf} không do đơn vị nhập (số liệu chung, điểm trừ hoặc không đánh giá).",
        "Criterion {leaf} is not entered by the unit (supplied, a penalty, or not assessed).",
    ),
    "draft_conflict": (
        "Tiêu chí {leaf} vừa được người khác sửa. Hãy xem nội dung mới rồi quyết định giữ bên nào.",
        "Somebody else has just changed criterion {leaf}. See what stands now and decide which to keep.",
    ),
    "draft_gone": (
        "Nội dung của tiêu chí {leaf} đã bị xóa sau khi bạn mở trang. Hãy tải lại trang.",
        "What stood for criterion {leaf} is gone since you opened the page. Reload it.",
    ),
    "document_of_other_unit": (
        "Tài liệu {document} thuộc kho của đơn vị khác.",
        "The document {document} is in another unit’s vault.",
    ),
    "already_detached": ("Tài liệu này đã được gỡ trước đó.", "This document was taken off before."),
    "nobody_named": (
        "Hãy chọn người hoặc ghi phòng được giao.",
        "Choose a person or write the division.",
    ),
    "reason_needed": ("Phải ghi lý do.", "A reason is needed."),
    "number_needed": ("Phải ghi số, ký hiệu văn bản.", "The document’s number is needed."),
    "deadline_past": ("Thời hạn {until} đã qua.", "The deadline {until} has passed."),
    "report_code_mismatch": (
        "Mã trên văn bản ({given}) không khớp số liệu đã nộp ({expected}). Văn bản được in từ số liệu khác.",
        "The paper’s code ({given}) is not that of the data ({expected}): it was printed from other data.",
    ),
}
