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
    "bonus_without_decision": (
        "Điểm thưởng {leaves} chưa kèm quyết định công nhận. Đính kèm tệp, hoặc chỉ dẫn số, ngày và cơ quan "
        "ban hành.",
        "Bonus {leaves} has no recognition decision. Attach its file, or cite its number, date and issuing "
        "body.",
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
    "one_receiver": (
        "Giao cho một người của đơn vị, hoặc cho một cơ quan trực thuộc; không giao cả hai.",
        "Give it to a person of the unit or to a unit below it, not to both.",
    ),
    "unit_not_within": (
        "{unit} không trực thuộc {of}.",
        "{unit} is not below {of}.",
    ),
    "nothing_missing": (
        "Không cơ quan nào còn thiếu tiêu chí được giao.",
        "No unit lacks anything that it was given.",
    ),
    "reason_needed": ("Phải ghi lý do.", "A reason is needed."),
    "number_needed": ("Phải ghi số, ký hiệu văn bản.", "The document’s number is needed."),
    "deadline_past": ("Thời hạn {until} đã qua.", "The deadline {until} has passed."),
    "report_code_mismatch": (
        "Mã trên văn bản ({given}) không khớp số liệu đã nộp ({expected}). Văn bản được in từ số liệu khác.",
        "The paper’s code ({given}) is not that of the data ({expected}): it was printed from other data.",
    ),
    "report_of_other_turn": (
        "Văn bản mang mã {given} của lần nộp {turn} ({at}). Hãy in báo cáo của lần nộp hiện tại.",
        "The paper carries the code {given} of submission {turn} ({at}). Print the standing one’s report.",
    ),
    "workbook_not_sheet": (
        "Tệp này không phải bảng tự chấm tải từ hệ thống (không dòng nào có khóa). Hãy tải tệp mới.",
        "This is not a sheet fetched from here (no row carries a key). Fetch a new file.",
    ),
    "workbook_of_other_sheet": (
        "Tệp này là bảng tự chấm của đơn vị {unit}, kỳ {round}; trang này là của bảng khác.",
        "This file is the sheet of unit {unit} in the round {round}; this page is another sheet’s.",
    ),
    "workbook_of_other_set": (
        "Bộ tiêu chí đã thay đổi sau khi tải tệp này. Hãy tải tệp mới rồi chép số liệu sang.",
        "The criteria set has changed since this file was fetched. Fetch a new one and copy your figures.",
    ),
    "workbook_unchanged": (
        "Không có thay đổi nào: các ô trong tệp giống nội dung đang lưu.",
        "Nothing changes: the file’s cells say what is kept already.",
    ),
    "cell_not_of_list": (
        "“{text}” không có trong danh sách của ô này. Hãy chọn trong danh sách.",
        "“{text}” is not in this cell’s list. Choose from the list.",
    ),
    "cell_unused": (
        "Ô này không dùng với lựa chọn đã ghi ở các ô khác của tiêu chí. Hãy xóa ô này hoặc sửa lựa chọn.",
        "This cell is not used with what the criterion’s other cells say. Clear it, or change the choice.",
    ),
    "leaf_rows_missing": (
        "Tiêu chí {leaf} thiếu {count} dòng so với tệp đã tải. Hãy tải tệp mới.",
        "Criterion {leaf} lacks {count} rows of the file that was fetched. Fetch a new file.",
    ),
    "note_too_long": (
        "Thuyết minh dài hơn {limit} ký tự.",
        "The note is longer than {limit} characters.",
    ),
    "folder_too_many": (
        "Thư mục có {count} tệp; mỗi lần nhận tối đa {limit} tệp. Hãy chia thành nhiều lần.",
        "The folder holds {count} files; at most {limit} are taken at a time. Send it in parts.",
    ),
}
