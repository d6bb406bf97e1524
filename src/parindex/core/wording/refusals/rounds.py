"""Rounds, phases and states: why a step cannot be taken now."""

SENTENCES = {
    "nobody_late": (
        "Không có cơ quan, đơn vị nào chậm nên không có công văn đôn đốc.",
        "Nobody is late, so there is no letter to send.",
    ),
    "paper_not_ready": (
        "Chưa lập được “{paper}”: {missing}.",
        "“{paper}” cannot be made yet: {missing}.",
    ),
    "standing_unknown": (
        "Không có đơn vị “{unit}” trực thuộc; hãy chọn cơ quan thường trực trong danh sách.",
        "No unit “{unit}” here; choose the standing body from the list.",
    ),
    "office_too_many_lines": (
        "Căn cứ, nơi nhận: nhiều nhất {most} dòng, đang có {given} dòng.",
        "Grounds and recipients: {most} lines at most, there are {given}.",
    ),
    "office_line_too_long": (
        "Dòng {number} dài {given} ký tự; nhiều nhất {most} ký tự.",
        "Line {number} has {given} characters; {most} at most.",
    ),
    "signer_needed": ("Phải ghi người ký văn bản.", "Who signed the document is needed."),
    "issued_in_future": (
        "Ngày văn bản {on} chưa đến; hãy ghi đúng ngày trên bản đã ký.",
        "The date {on} has not come yet; write the one on the signed copy.",
    ),
    "signed_not_pdf": (
        "“{document}” không phải tệp PDF. Bản đã ký được nhận dưới dạng PDF.",
        "“{document}” is no PDF. The signed copy is taken as PDF.",
    ),
    "paper_of_other_result": (
        "Tệp mang mã số liệu {given}, không phải {expected} của kết quả đang lưu: văn bản được lập từ "
        "số liệu khác.",
        "The file carries the code {given}, not {expected} of the result that stands: it was made from "
        "other data.",
    ),
    "not_told_yet": (
        "Kết quả thẩm định được thông báo cho đơn vị sau {at}.",
        "The unit is told how it was appraised after {at}.",
    ),
    "no_result_yet": (
        "Kỳ đánh giá chưa có kết quả để tóm tắt; có sau khi kết quả được công bố.",
        "The round has no result to sum up yet; there is one once the result is published.",
    ),
    "nothing_to_publish": (
        "Kỳ đánh giá chưa có kết quả được tính nên chưa công bố được.",
        "No result of this round was computed yet, so there is nothing to publish.",
    ),
    "not_being_corrected": (
        "Kỳ đánh giá này không ở trong đợt đính chính nào.",
        "This round is not being corrected.",
    ),
    "publicity_unknown": (
        "Không có mức công khai “{level}”.",
        "There is no level of publicity “{level}”.",
    ),
    "bundle_differs": (
        "Tính lại không ra đúng kết quả đã chốt ({first}) nên chưa công bố. "
        "Lệnh parindex rebuild chỉ ra chỗ khác.",
        "Computed again, the result is not the one that is kept ({first}), so it was not published. "
        "parindex rebuild tells where.",
    ),
    "phase_not_yet": (
        "Giai đoạn “{kind}” chưa mở; mở từ {opens}.",
        "The phase “{kind}” is not open yet; it opens at {opens}.",
    ),
    "phase_over": (
        "Giai đoạn “{kind}” đã đóng lúc {closed}. Nếu cần, hãy đề nghị cơ quan thường trực gia hạn.",
        "The phase “{kind}” closed at {closed}. If you need more time, ask the secretariat for an extension.",
    ),
    "phase_absent": (
        "Kỳ đánh giá này không có giai đoạn “{kind}” hoặc đã kết thúc.",
        "This round has no phase “{kind}”, or it is concluded.",
    ),
    "wrong_state": (
        "Không thể {step} khi đang ở trạng thái “{state}”. Hãy tải lại trang để xem trạng thái mới nhất.",
        "Cannot {step} from the state “{state}”. Reload the page to see where it stands now.",
    ),
    "nobody_chosen": ("Chưa chọn mục nào.", "Nothing is chosen."),
    "code_unreadable": (
        "Mã kỳ đánh giá “{code}” chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối.",
        "The round’s code “{code}” takes lower-case letters, digits and hyphens only.",
    ),
    "round_code_taken": ("Đã có kỳ đánh giá mã {code}.", "There is a round with the code {code} already."),
    "calendar_empty": ("Kỳ đánh giá chưa có giai đoạn nào.", "The round has no phase."),
    "calendar_overlaps": (
        "Giai đoạn thứ {position} ({kind}) phải kết thúc sau khi bắt đầu và không chồng lên giai đoạn trước.",
        "Phase {position} ({kind}) must end after it begins, and not begin before the one before has ended.",
    ),
    "unit_takes_part": ("{unit} đã tham gia kỳ đánh giá.", "{unit} takes part already."),
    "part_empty": (
        "Hãy chọn ít nhất một tiêu chí áp dụng được cho đơn vị.",
        "Choose at least one criterion that applies to the unit.",
    ),
    "days_out_of_range": ("Hãy ghi số ngày từ 1 đến {limit}.", "Write a number of days from 1 to {limit}."),
    "link_unknown": (
        "Không có liên kết này. Hãy kiểm tra lại địa chỉ được gửi.",
        "There is no such link. Check the address that you were sent.",
    ),
    "link_over": (
        "Liên kết đã hết hạn hoặc bị thu hồi. Hãy xin liên kết mới.",
        "The link has expired or was revoked. Ask for a new one.",
    ),
    "node_unknown": (
        "Bộ tiêu chí không có mã {node}.",
        "The criteria set has no code {node}.",
    ),
    "part_twice": (
        "Mã {node} được phân công hai lần cho cùng một khối.",
        "The code {node} is assigned twice for the same group.",
    ),
    "cases_open": (
        "Còn {count} trường hợp hội đồng chưa kết luận. Hội đồng cần kết luận hết trước khi kết thúc kỳ.",
        "{count} cases are not ruled on yet. The council has to rule on them before the round ends.",
    ),
    "council_not_yet": (
        "Hội đồng họp từ {opens}; trước đó chưa kết thúc được kỳ đánh giá.",
        "The council sits from {opens}; the round cannot be concluded before.",
    ),
    "round_not_running": (
        "Kỳ đánh giá không còn chạy nên không nhận số liệu.",
        "The round is not running, so it takes no figures.",
    ),
    "leaf_not_supplied": (
        "Tiêu chí {leaf} do đơn vị tự trả lời, không nhập ở đây.",
        "Criterion {leaf} is answered by the units themselves, not entered here.",
    ),
    "not_applicable_is_ruled": (
        "Tiêu chí {leaf}: “không đánh giá” là một quyết định riêng, ghi ở trang không đánh giá.",
        "Criterion {leaf}: “not applicable” is a decision of its own, made on its own page.",
    ),
    "value_ruled_on": (
        "Tiêu chí {leaf} của {unit} đã có kết luận sau khi mở kỳ; sửa qua thẩm định hoặc hội đồng.",
        "Criterion {leaf} of {unit} was ruled on since the opening; change it by appraisal or council.",
    ),
    "values_changed": (
        "Số liệu tiêu chí {leaf} của {unit} vừa thay đổi. Hãy gửi lại tệp để xem trước.",
        "Criterion {leaf} of {unit} has just changed. Send the file again to see what it would do.",
    ),
    "values_same": (
        "Không có thay đổi nào: số liệu trong tệp giống số liệu đang lưu.",
        "Nothing changes: the file says what is kept already.",
    ),
    "unit_code_unknown": (
        "Không có đơn vị mã {unit} trong kỳ này.",
        "No unit with the code {unit} takes part in this round.",
    ),
    "leaf_not_for_unit": (
        "Bộ tiêu chí không áp dụng tiêu chí {leaf} cho {unit}, nên không đưa vào đánh giá được.",
        "The criteria set does not have criterion {leaf} for {unit}, so it cannot be assessed there.",
    ),
    "left_out_twice": (
        "Tiêu chí {leaf} của {unit} được ghi không đánh giá hai lần.",
        "Criterion {leaf} of {unit} is left out twice.",
    ),
    "reason_too_long": ("Lý do dài quá {limit} ký tự.", "The reason is longer than {limit} characters."),
    "matrix_of_other_form": (
        "Tệp này không phải ma trận áp dụng tải từ trang mở kỳ (ô A1 phải là “{head}”). Hãy tải tệp mới.",
        "This is not the matrix fetched from the opening (cell A1 must be “{head}”). Fetch a new file.",
    ),
    "matrix_cell_unreadable": (
        "“{text}”: chỉ ghi x (đánh giá) hoặc để trống (không đánh giá).",
        "“{text}”: write x (assessed) or leave the cell blank (not assessed).",
    ),
    "matrix_reason_missing": (
        "Ô để trống (không đánh giá {leaf} ở {unit}) nhưng trang “{sheet}” chưa ghi lý do.",
        "The cell is blank (criterion {leaf} not assessed at {unit}), but “{sheet}” gives no reason.",
    ),
    "matrix_reason_unused": (
        "Ghi lý do cho tiêu chí {leaf} ở {unit} nhưng ô trong ma trận vẫn là x.",
        "There is a reason for criterion {leaf} at {unit}, but its cell in the matrix is still x.",
    ),
    "matrix_twice": ("“{code}” đã có ở {cell}.", "“{code}” stands in {cell} already."),
    "matrix_beyond": (
        "Ô có chữ nằm ngoài bảng: cột này không có mã tiêu chí ở dòng đầu.",
        "A cell beyond the table: its column has no criterion’s code in the first row.",
    ),
    "matrix_reason_head": (
        "Dòng đầu của trang này phải là: {heads}.",
        "The first row of this sheet must be: {heads}.",
    ),
    "matrix_reason_of_nothing": (
        "Lý do này chưa nói cho tiêu chí nào hoặc đơn vị nào.",
        "This reason names neither a criterion nor a unit.",
    ),
    "left_out_unreadable": (
        "Các ngoại lệ của ma trận trong biểu mẫu đã bị sửa hoặc mất. Hãy mở lại trang.",
        "The exceptions to the matrix in this form were changed or lost. Open the page again.",
    ),
    "matrix_same": (
        "Không có khác biệt nào: tệp giống ma trận đang soạn.",
        "Nothing differs: the file says what the matrix says already.",
    ),
    "value_row_twice": (
        "Tiêu chí {leaf} của {unit} đã có ở dòng {line}.",
        "Criterion {leaf} of {unit} stands in line {line} already.",
    ),
}
