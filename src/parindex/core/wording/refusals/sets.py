"""Criteria sets being made: why something cannot be changed, read or locked."""

SENTENCES = {
    "set_needs_name": (
        "Hãy chọn cách bắt đầu, ghi mã, phiên bản và tên bộ tiêu chí.",
        "Choose how to begin, and give the set’s id, version and title.",
    ),
    "set_needs_base": ("Hãy chọn bộ tiêu chí để sao chép.", "Choose the criteria set to copy."),
    "draft_locked": (
        "Bộ tiêu chí này đã khóa. Muốn sửa, hãy soạn phiên bản mới từ bộ đã khóa.",
        "This criteria set is locked. To change it, begin a new version from it.",
    ),
    "draft_dropped": ("Bản soạn này đã bỏ.", "This draft was given up."),
    "draft_has_problems": (
        "Còn {count} chỗ cần sửa; sửa hết mới khóa được.",
        "There are {count} problems left; the set can be locked once they are mended.",
    ),
    "rules_unconfirmed": (
        "Còn {count} cách chấm do hệ thống đề xuất từ lời văn chưa có người xác nhận.",
        "{count} rules were proposed from the printed words and wait for somebody to confirm them.",
    ),
    "set_version_taken": (
        "Đã có bộ tiêu chí mã {id}, phiên bản {version}. Hãy đổi mã hoặc phiên bản.",
        "There is a criteria set {id}, version {version} already. Change its id or version.",
    ),
    "decision_needed": (
        "Hãy ghi số, ngày và cơ quan ban hành của quyết định.",
        "Give the decision’s number, date and issuer.",
    ),
    "row_gone": (
        "Dòng này không còn trong bản soạn; có thể người khác vừa bỏ.",
        "This row is no longer in the draft; somebody else may have removed it.",
    ),
    "row_changed_meanwhile": (
        "Người khác vừa sửa chỗ này. Phần bạn nhập vẫn còn bên dưới; hãy xem phần đã đổi rồi lưu lại.",
        "Somebody else has just changed this. What you typed is still below; look at the change, save again.",
    ),
    "version_unknown": ("Không có phiên bản {number}.", "There is no version {number}."),
    "workbook_of_other_draft": (
        "Tệp này không phải của bản soạn này, hoặc cột khóa đã bị sửa. Hãy tải tệp mới.",
        "This file is not of this draft, or its key column was changed. Fetch it anew.",
    ),
    "set_row_twice": (
        "Dòng {code} xuất hiện hai lần với cùng một khóa.",
        "The row {code} stands twice with one key.",
    ),
    "set_row_changed": (
        "Dòng {code} đã được người khác sửa từ khi tải tệp. Hãy tải tệp mới.",
        "The row {code} was changed by somebody else since the file was fetched. Fetch it anew.",
    ),
    "set_row_added": (
        "Người khác đã thêm dòng {code} từ khi tải tệp. Hãy tải tệp mới.",
        "Somebody else has added the row {code} since the file was fetched. Fetch it anew.",
    ),
    "set_word_unknown": (
        "Không có “{text}”. Chọn một trong: {known}.",
        "There is no “{text}”. One of: {known}.",
    ),
    "set_code_missing": ("Thiếu mã.", "The code is missing."),
    "set_kind_missing": (
        "Có cách chấm nhưng chưa chọn kiểu chấm.",
        "There is a rule, but no kind is chosen.",
    ),
    "set_above_unknown": (
        "Không có đúng một dòng mã {code} đứng phía trên.",
        "There is not exactly one row {code} above this one.",
    ),
    "map_missing": (
        "Chưa có bảng nối mã giữa {old} và {new}. Hãy soạn phiên bản mới từ bộ đang dùng.",
        "There is no code map between {old} and {new}. Begin the new version from the set in use.",
    ),
    "round_not_running": (
        "Chỉ đổi bộ tiêu chí khi kỳ đánh giá đang thực hiện.",
        "The criteria set is changed in a running round only.",
    ),
    "set_is_the_same": ("Kỳ đánh giá đang dùng chính bộ này.", "The round uses this very set."),
    "set_without_type": (
        "Phiên bản mới không có loại đơn vị {types} của các đơn vị trong kỳ.",
        "The new version does not know the unit types {types} of the round’s units.",
    ),
    "explanations_open": (
        "Đang giải trình tiêu chí {leaves}; phải kết luận trước khi đổi bộ tiêu chí.",
        "The criteria {leaves} are being explained; rule on them before the set is changed.",
    ),
}
