"""What is wrong with a questionnaire, with answers to it, with a form of another program."""

from __future__ import annotations

from collections.abc import Mapping


SENTENCES: Mapping[str, tuple[str, str]] = {
    # questionnaires
    "code_not_plain": (
        "Mã “{code}” không dùng được: chỉ gồm chữ cái không dấu, chữ số và gạch dưới, tối đa 40 ký tự; "
        "mã câu hỏi bắt đầu bằng chữ cái.",
        "The code “{code}” cannot be used: plain letters, digits and underscores, at most 40; "
        "a question's begins with a letter.",
    ),
    "survey_code_twice": ("Mã “{code}” xuất hiện hai lần trong {of}.", "“{code}” stands twice in {of}."),
    "questions_number": (
        "Phiếu phải có từ 1 đến {limit} câu hỏi; phiếu này có {count}.",
        "A questionnaire has 1 to {limit} questions; this one has {count}.",
    ),
    "factor_not_before": (
        "Yếu tố “{code}” thuộc “{part_of}”, mà “{part_of}” không đứng trước nó.",
        "The factor “{code}” is part of “{part_of}”, which does not stand before it.",
    ),
    "factor_unknown": (
        "Câu “{code}” thuộc yếu tố “{factor}”, không có trong danh sách yếu tố.",
        "The question “{code}” belongs to the factor “{factor}”, which is not in the list.",
    ),
    "survey_weight": ("Trọng số của “{code}” phải lớn hơn 0.", "The weight of “{code}” must be above 0."),
    "options_missing": (
        "Câu “{code}” phải có từ 2 đến {limit} phương án trả lời.",
        "The question “{code}” needs 2 to {limit} options.",
    ),
    "options_not_for": (
        "Câu “{code}” là câu điền chữ hoặc số nên không có phương án trả lời.",
        "The question “{code}” is answered by text or a number, so it has no options.",
    ),
    "grid_rows_missing": (
        "Bảng “{code}” phải có từ 1 đến {limit} dòng.",
        "The grid “{code}” needs 1 to {limit} rows.",
    ),
    "rows_not_for": (
        "Câu “{code}” không phải dạng bảng nên không có dòng.",
        "The question “{code}” is no grid, so it has no rows.",
    ),
    "score_range": (
        "Điểm của phương án “{option}” ở câu “{code}” phải từ 0 đến 100 (%).",
        "The score of “{option}” in “{code}” must be 0 to 100 (%).",
    ),
    "no_opinion_counts": (
        "Phương án “{option}” ở câu “{code}” là “không có ý kiến” nên không được tính điểm hay mức hài lòng.",
        "The option “{option}” of “{code}” is “no opinion”, so it has neither a score nor a satisfaction.",
    ),
    "scores_in_part": (
        "Câu “{code}”: phải ghi điểm cho mọi phương án, trừ “không có ý kiến”, hoặc không ghi phương án nào.",
        "In “{code}” every option except “no opinion” needs a score, or none has one.",
    ),
    "satisfied_in_part": (
        "Câu “{code}”: phải ghi hài lòng hay không cho mọi phương án, trừ “không có ý kiến”.",
        "In “{code}” every option except “no opinion” must say whether it means satisfied.",
    ),
    "multiple_counts": (
        "Câu “{code}” chọn được nhiều phương án nên không tính điểm hay mức hài lòng.",
        "Several options of “{code}” can be chosen, so it has no scores and no satisfaction.",
    ),
    "longest_range": (
        "Số ký tự tối đa của câu “{code}” phải từ 1 đến {limit}.",
        "The greatest length of “{code}” must be 1 to {limit} characters.",
    ),
    "limits_crossed": (
        "Câu “{code}”: số nhỏ nhất lớn hơn số lớn nhất.",
        "In “{code}” the least number is above the greatest.",
    ),
    "most_chosen_range": (
        "Câu “{code}”: số phương án được chọn phải từ 1 trở lên.",
        "In “{code}” at least one option must be allowed.",
    ),
    "condition_too_long": (
        "Điều kiện hiện câu “{code}” có quá {limit} phép thử.",
        "The condition of “{code}” has more than {limit} tests.",
    ),
    "condition_too_deep": (
        "Điều kiện hiện câu “{code}” lồng quá {limit} tầng.",
        "The condition of “{code}” has more than {limit} conditions within one another.",
    ),
    "condition_question_unknown": (
        "Điều kiện hiện câu “{code}” nêu câu “{question}”, không có trong phiếu.",
        "The condition of “{code}” names the question “{question}”, which does not exist.",
    ),
    "condition_loops": (
        "Điều kiện chạy thành vòng: {circle}. Câu “{code}” không bao giờ hiện được.",
        "Conditions run in a circle: {circle}. “{code}” could never be asked.",
    ),
    "condition_looks_ahead": (
        "Điều kiện hiện câu “{code}” phải dựa vào câu đứng trước; “{question}” đứng sau.",
        "The condition of “{code}” must look at a question before it; “{question}” comes later.",
    ),
    "condition_unclear": (
        "Điều kiện hiện câu “{code}” phải là một phép thử (question), hoặc all, hoặc any.",
        "The condition of “{code}” must be one test (question), or all, or any.",
    ),
    "condition_once": (
        "Câu “{code}” hỏi một lần mỗi lượt nên không dựa vào câu “{question}” hỏi theo từng cơ quan.",
        "“{code}” is asked once a sitting, so it cannot look at “{question}”, which is asked for each unit.",
    ),
    "condition_unfit": (
        "Điều kiện hiện câu “{code}” không hợp với câu “{question}”: chỉ một trong is, is_not (câu chọn), "
        "hoặc at_least, at_most (câu điền số).",
        "The condition of “{code}” does not fit “{question}”: one of is, is_not (options), "
        "or at_least, at_most (numbers).",
    ),
    "condition_option_unknown": (
        "Điều kiện hiện câu “{code}” nêu phương án “{option}”, câu “{question}” không có.",
        "The condition of “{code}” names the option “{option}”, which “{question}” does not have.",
    ),
    "condition_row_unknown": (
        "Điều kiện hiện câu “{code}” nêu dòng “{row}”, câu “{question}” không có.",
        "The condition of “{code}” names the row “{row}”, which “{question}” does not have.",
    ),
    # answers
    "answer_required": ("Xin trả lời câu này.", "Please answer this question."),
    "answer_option_unknown": (
        "Câu “{question}” không có phương án “{option}”.",
        "“{question}” has no option “{option}”.",
    ),
    "answer_unreadable": (
        "Không đọc được câu trả lời; số viết bằng chữ số, ví dụ 12 hoặc 12,5.",
        "The answer cannot be read; write numbers in figures, such as 12 or 12.5.",
    ),
    "answer_too_long": (
        "Xin viết ngắn hơn: {length} ký tự, tối đa {limit}.",
        "Please write less: {length} characters, at most {limit}.",
    ),
    "answer_too_many": ("Chọn tối đa {limit} phương án.", "Choose at most {limit} options."),
    "answer_number_range": ("Số nằm ngoài khoảng cho phép.", "The number is out of range."),
    "answer_not_whole": ("Xin điền số nguyên.", "Please give a whole number."),
    "no_opinion_with_others": (
        "Đã chọn “không có ý kiến” thì không chọn thêm phương án khác.",
        "With “no opinion” no other option can be chosen.",
    ),
    "answer_question_unknown": ("Phiếu không có câu “{question}”.", "The form has no question “{question}”."),
    "answer_row_unknown": (
        "Câu “{question}” không có dòng “{row}”.",
        "The question “{question}” has no row “{row}”.",
    ),
    # samples, weights, groups
    "counts_unlike": (
        "Hai danh sách không cùng độ dài: {first} và {second} tầng.",
        "The two lists do not have the same length: {first} and {second} strata.",
    ),
    "count_below_zero": ("Số lượng {count} không được âm.", "The number {count} cannot be negative."),
    "group_weight": (
        "Trọng số của nhóm trả lời phải lớn hơn 0.",
        "The weight of a group of respondents must be above 0.",
    ),
    "sample_error_range": (
        "Sai số phải lớn hơn 0 và nhỏ hơn 100%, ví dụ 5%.",
        "The error must be above 0 and below 100%, such as 5%.",
    ),
    "stratum_unknown": (
        "Khung mẫu không có tầng “{stratum}”.",
        "The sampling frame has no stratum “{stratum}”.",
    ),
    # interviews
    "interview_twice": ("Phiếu số “{number}” đã có.", "There is a form “{number}” already."),
    "interview_unknown": ("Không có phiếu phỏng vấn số “{number}”.", "There is no interview “{number}”."),
    "interview_person_missing": ("Chưa ghi người hỏi.", "Who asked is missing."),
    "interview_same_person": (
        "“{person}” đã phỏng vấn phiếu này, nên người khác phải phúc tra.",
        "“{person}” asked the first time, so somebody else must ask again.",
    ),
    # XLSForm
    "xlsform_sheet_missing": (
        "Biểu mẫu XLSForm phải có trang “{sheet}” với ít nhất một dòng.",
        "An XLSForm needs the sheet “{sheet}” with at least one row.",
    ),
    "xlsform_type": (
        "Loại câu hỏi “{type}” không dùng được ở đây. Dùng được: select_one, select_multiple, text, integer, "
        "decimal, note, begin group, end group.",
        "Questions of the type “{type}” are not asked here. There are: select_one, select_multiple, text, "
        "integer, decimal, note, begin group, end group.",
    ),
    "xlsform_list_unknown": (
        "Danh sách phương án “{list}” không có trong trang choices, hoặc dùng or_other.",
        "The list of options “{list}” is not in the sheet choices, or uses or_other.",
    ),
    "xlsform_grid_row": (
        "Dòng “{name}” trong bảng (table-list) phải là select_one, cùng danh sách phương án với các dòng "
        "khác và không có relevant riêng.",
        "The row “{name}” of a table (table-list) must be select_one with the same list as the others, "
        "and without a relevant of its own.",
    ),
    "xlsform_relevant": (
        "Không đọc được điều kiện “{text}”: chỉ gồm các phép so sánh (=, !=, >=, <=, selected, "
        "not(selected)) nối bằng and, or và dấu ngoặc.",
        "The condition “{text}” cannot be read: only comparisons (=, !=, >=, <=, selected, not(selected)), "
        "joined by and, or and brackets.",
    ),
    "xlsform_constraint": (
        "Không đọc được giới hạn “{text}”: chỉ dùng . >= số and . <= số.",
        "The constraint “{text}” cannot be read: only . >= number and . <= number.",
    ),
    "xlsform_column": (
        "Cột “{column}” không dùng được ở đây, phải bỏ trống.",
        "The column “{column}” has no use here and must be empty.",
    ),
    "xlsform_repeat": (
        "Nhóm lặp “{name}” (begin repeat) không dùng được: mỗi phiếu hỏi mỗi câu một lần. Hãy viết riêng "
        "từng câu, hoặc dùng bảng (table-list); muốn hỏi về nhiều đơn vị thì chọn các đơn vị được đánh giá.",
        "The repeat “{name}” has no place here: a form asks each question once. Write the questions one by "
        "one, or as a table (table-list); to ask about several units, choose the units that are rated.",
    ),
    "xlsform_calculate": (
        "Dòng tính toán (calculate) không dùng được: điểm và yếu tố được tính từ cột parindex_score và "
        "parindex_factor. Hãy bỏ dòng này.",
        "A line that works something out (calculate) has no place here: scores and factors come from the "
        "columns parindex_score and parindex_factor. Leave it out.",
    ),
    "xlsform_group_open": (
        "Nhóm bắt đầu ở dòng này không có end group.",
        "The group begun here has no end group.",
    ),
    "xlsform_group_never_begun": (
        "Dòng end group này không có begin group.",
        "This end group has no begin group.",
    ),
}
