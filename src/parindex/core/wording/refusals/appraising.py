"""Appraisal: why a ruling or a sign-off is not taken."""

SENTENCES = {
    "sheet_still_open": (
        "{unit} còn đang hoàn thiện bảng tự chấm; thẩm định sau khi đơn vị nộp hoặc hết hạn.",
        "{unit} is still completing its sheet; appraise once it is submitted or its deadline has passed.",
    ),
    "leaf_not_assessed": (
        "Tiêu chí {leaf} không đánh giá đối với đơn vị này.",
        "Criterion {leaf} is not assessed for this unit.",
    ),
    "part_signed_off": (
        "Phần có tiêu chí {leaf} đã được ký gửi; không sửa được nữa ở lần thẩm định này.",
        "The part with criterion {leaf} is signed off and cannot be changed in this turn.",
    ),
    "case_changed": (
        "Tiêu chí {leaf} của {unit} vừa có kết luận khác. Hãy xem lại rồi kết luận.",
        "Criterion {leaf} of {unit} was ruled on meanwhile. Look at it again before you rule.",
    ),
    "case_not_plain": (
        "Tiêu chí {leaf} của {unit} không còn đủ điều kiện chấp nhận cùng lúc. Hãy tải lại danh sách.",
        "Criterion {leaf} of {unit} can no longer be accepted with the others. Reload the list.",
    ),
    "part_closed": (
        "Cơ quan đã ký gửi kết quả lần thẩm định này nên không sửa được nữa.",
        "The department has signed off this turn, so nothing can be changed any more.",
    ),
    "ruling_missing": (
        "Chưa ghi số liệu hoặc điểm kết luận.",
        "Neither figures nor points are given for the ruling.",
    ),
    "workbook_of_other_table": (
        "Tệp này không phải bảng thẩm định tải từ hệ thống (dòng tiêu đề khác). Hãy tải tệp mới.",
        "This is not an appraisal table fetched from here (its heading differs). Fetch a new one.",
    ),
    "workbook_unfilled": (
        "Tệp chưa điền kết luận nào.",
        "No ruling is filled in.",
    ),
    "file_missing": ("Chưa chọn tệp.", "No file is chosen."),
    "file_too_big": ("Tệp lớn hơn {limit} MB.", "The file is larger than {limit} MB."),
    "row_key_broken": (
        "Khóa của dòng đã bị sửa hoặc mất. Hãy tải tệp mới.",
        "The row’s key was changed or is gone. Fetch a new file.",
    ),
    "row_of_other_round": (
        "Dòng này thuộc kỳ đánh giá khác ({round}).",
        "This row belongs to another round ({round}).",
    ),
    "row_not_yours": (
        "Tiêu chí {leaf} của {unit} không thuộc phần của bạn hoặc đang giải trình.",
        "Criterion {leaf} of {unit} is not yours, or is being explained.",
    ),
    "row_twice": ("Tiêu chí {leaf} của {unit} có hai dòng.", "Criterion {leaf} of {unit} has two rows."),
    "ruling_unknown": (
        "Kết luận “{text}” không có trong danh sách: {known}.",
        "The ruling “{text}” is none of: {known}.",
    ),
    "upload_changed": (
        "Nội dung xác nhận đã bị sửa hoặc quá một giờ. Hãy gửi lại tệp.",
        "What was confirmed was changed, or is more than an hour old. Upload the file again.",
    ),
    "sample_size_wrong": (
        "Số tiêu chí rút ở mỗi đơn vị phải từ 1 đến {most}.",
        "The number of criteria to draw of each unit must be from 1 to {most}.",
    ),
    "sample_empty": (
        "Không còn tiêu chí nào đã thẩm định mà chưa rút.",
        "No appraised criterion is left to be drawn.",
    ),
    "visit_unmarked": (
        "Phải ghi số liệu hoặc điểm chấm lần hai.",
        "The second marking needs figures or points.",
    ),
    "visit_incomplete": (
        "Phải ghi ngày, nơi, thành phần tham gia và kết quả kiểm tra thực tế.",
        "Date, place, who took part and what was found are needed.",
    ),
    "visit_before_draw": (
        "Ngày kiểm tra thực tế phải từ ngày rút mẫu và không sau hôm nay.",
        "The visit’s date must not lie before the draw, nor after today.",
    ),
    "visit_own_marking": (
        "Người chấm lần hai phải khác người đã thẩm định tiêu chí {leaf}.",
        "Whoever marks a second time must not be the one who appraised criterion {leaf}.",
    ),
    "visit_marked": (
        "Tiêu chí {leaf} đã được phúc tra; kết quả đã ghi không sửa được.",
        "Criterion {leaf} has been marked a second time; what was kept cannot be changed.",
    ),
    "nothing_chosen": ("Chưa chọn dòng nào.", "Nothing is chosen."),
    "date_needed": ("Phải ghi ngày của văn bản.", "The document’s date is needed."),
    "already_signed_off": (
        "{lead} đã ký gửi phần việc của lần thẩm định này.",
        "{lead} has already signed off its part of this turn.",
    ),
    "round_over": (
        "Kỳ đánh giá không còn đang thực hiện.",
        "The round is not running any more.",
    ),
    "share_elsewhere": (
        "Nội dung {node} không thuộc phần thẩm định này.",
        "{node} does not lie in this part of the appraisal.",
    ),
    "not_an_appraiser": (
        "{person} không phải người thẩm định của {unit}.",
        "{person} does not appraise for {unit}.",
    ),
}
