"""Surveys: why something is not kept or done, to whoever runs them and to whoever answers."""

SENTENCES = {
    "survey_link_unknown": (
        "Đường dẫn này không phải của chúng tôi. Hãy kiểm tra lại tin nhắn hoặc quét lại mã.",
        "This link is not one of ours. Look at the message again, or scan the code again.",
    ),
    "survey_link_used": (
        "Đường dẫn này đã được dùng để trả lời, hoặc đã được thu hồi. Mỗi đường dẫn chỉ dùng một lần.",
        "This link was used to answer, or was taken back. Each link answers once.",
    ),
    "survey_early": (
        "Cuộc khảo sát chưa bắt đầu. Ngày bắt đầu: {opens}.",
        "The survey has not begun. It opens on {opens}.",
    ),
    "survey_over": (
        "Cuộc khảo sát đã kết thúc. Cảm ơn ông/bà đã quan tâm.",
        "The survey is over. Thank you for your interest.",
    ),
    "survey_form_old": (
        "Phiếu này đã cũ. Hãy tải lại trang rồi trả lời.",
        "This form is too old. Load the page again, then answer.",
    ),
    "survey_nothing_to_rate": (
        "Danh sách chỉ có đơn vị của ông/bà; không ai đánh giá đơn vị của mình.",
        "The list has your own unit only, and nobody rates their own.",
    ),
    "survey_nothing_answered": (
        "Phiếu chưa có câu trả lời nào.",
        "There is no answer on the form yet.",
    ),
    "survey_answers_wrong": (
        "Còn {count} câu cần xem lại, được đánh dấu bên dưới.",
        "{count} answers need another look; they are marked below.",
    ),
    "survey_too_large": (
        "Phiếu quá lớn, chưa được nhận. Hãy rút ngắn phần viết rồi gửi lại.",
        "The form is too large and was not taken. Shorten what you wrote, then send it again.",
    ),
    "survey_counter_closed": (
        "Điểm lấy ý kiến này đã đóng.",
        "This counter takes no more answers.",
    ),
    "survey_counter_full": (
        "Điểm này đã nhận đủ {limit} phiếu trong giờ này. Mời ông/bà gửi lại sau {minutes} phút.",
        "This counter took all {limit} answers of this hour. Please send again in {minutes} minutes.",
    ),
    "survey_not_now": (
        "Chưa làm được việc này: cuộc điều tra {now}.",
        "This cannot be done now; the survey is: {now}.",
    ),
    "survey_key_missing": (
        "Biểu mẫu này đã cũ. Hãy tải lại trang rồi gửi lại.",
        "This form is too old. Load the page again, then send it.",
    ),
    "survey_title_missing": ("Hãy ghi tên.", "Give it a name."),
    "survey_body_missing": ("Hãy ghi cơ quan thực hiện.", "Say who carries it out."),
    "survey_year": (
        "Năm {year} không hợp lệ: ghi năm từ {first} đến {last}.",
        "The year {year} does not do: give one from {first} to {last}.",
    ),
    "survey_days_missing": ("Hãy ghi ngày.", "Give the day."),
    "survey_days_order": (
        "Ngày đóng {closes} trước ngày mở {opens}.",
        "The last day, {closes}, is before the first, {opens}.",
    ),
    "survey_closes_past": ("Ngày đóng {closes} đã qua.", "The last day, {closes}, has passed."),
    "survey_limit": (
        "Ngưỡng che nhóm nhỏ phải từ {first} đến {last} phiếu.",
        "The limit of small groups is {first} to {last} answers.",
    ),
    "survey_limit_public": (
        "Ngưỡng khi công khai không được thấp hơn ngưỡng nội bộ ({small} phiếu).",
        "The limit in public is not below the one inside ({small} answers).",
    ),
    "survey_condition_twice": (
        "Điều kiện được ghi cả bằng các dòng và bằng biểu thức: hãy chỉ giữ một cách.",
        "The condition stands both in lines and as an expression: keep one of them.",
    ),
    "survey_condition_unread": (
        "Không đọc được điều kiện “{text}”: ghi các phép so sánh như ${{cau}} = 'ma' hay ${{so}} >= 3, "
        "nối bằng and, or và dấu ngoặc.",
        "The condition “{text}” cannot be read: write comparisons such as ${{question}} = 'code' or "
        "${{number}} >= 3, joined by and, or and brackets.",
    ),
    "survey_group_weight": (
        "Trọng số “{text}” không hợp lệ: ghi một số lớn hơn 0, nhiều nhất 1000.",
        "The weight “{text}” does not do: give a number above 0, 1000 at most.",
    ),
    "survey_indicator_kind": (
        "“{indicator}” không phải chỉ tiêu trị số, không nhận được kết quả điều tra.",
        "“{indicator}” is no indicator of a number: it cannot take the result of a survey.",
    ),
    "survey_indicator_twice": (
        "“{indicator}” đã nhận một kết quả khác của cuộc điều tra này.",
        "“{indicator}” takes another figure of this survey already.",
    ),
    "survey_group_missing": ("Hãy ghi tên nhóm được hỏi.", "Name the group of respondents."),
    "survey_groups_missing": (
        "Cuộc điều tra chưa có nhóm được hỏi nào.",
        "The survey has no group of respondents yet.",
    ),
    "survey_questionnaire_elsewhere": (
        "Bộ câu hỏi này thuộc địa bàn khác.",
        "This questionnaire is another territory’s.",
    ),
    "survey_questionnaire_draft": (
        "Bộ câu hỏi “{title}” còn đang soạn: hãy chốt trước khi mở.",
        "The questionnaire “{title}” is still a draft: fix it first.",
    ),
    "questionnaire_fixed": (
        "“{title}” (phiên bản {version}) đã chốt, có thể đang được dùng. Hãy tạo phiên bản mới.",
        "“{title}” (version {version}) is fixed and may be in use. Begin a new version.",
    ),
    "questionnaire_changed": (
        "Bộ câu hỏi “{title}” vừa được người khác sửa; hãy mở lại rồi sửa tiếp.",
        "Somebody has just changed the questionnaire “{title}”: open it again and go on.",
    ),
    "survey_units_many": (
        "Mỗi nhóm đánh giá tối đa {limit} đơn vị.",
        "A group rates {limit} units at most.",
    ),
    "survey_unit_elsewhere": (
        "{unit} không thuộc địa bàn của cuộc điều tra.",
        "{unit} is not in the territory of the survey.",
    ),
    "survey_strata_many": ("Tối đa {limit} tầng mẫu.", "There are {limit} strata at most."),
    "survey_strata_used": (
        "Đã phát đường dẫn hoặc mã QR theo các tầng mẫu này.",
        "Links or posters were issued by these strata already.",
    ),
    "survey_stratum_twice": (
        "Tầng mẫu “{unit} {label}” ghi hai lần.",
        "The stratum “{unit} {label}” stands there twice.",
    ),
    "survey_stratum_elsewhere": (
        "Tầng mẫu “{label}” thuộc nhóm khác.",
        "The stratum “{label}” is another group’s.",
    ),
    "survey_quota": (
        "{unit}: cỡ mẫu {quota} phải từ 0 đến tổng thể {population}.",
        "{unit}: the sample of {quota} is not within 0 and the population, {population}.",
    ),
    "survey_invited_many": (
        "Mỗi lần phát tối đa {limit} đường dẫn.",
        "{limit} links are issued at a time at most.",
    ),
    "survey_counter_missing": ("Hãy ghi tên quầy, điểm đặt mã.", "Name the counter."),
    "survey_hourly": (
        "Số phiếu mỗi giờ phải từ 1 đến {limit}.",
        "Answers an hour are 1 to {limit}.",
    ),
    "survey_counter_rated": (
        "Nhóm này đánh giá nhiều đơn vị: chỉ dùng đường dẫn một lần, để không ai đánh giá đơn vị của mình.",
        "This group rates several units: it answers by one-time links alone, so that nobody rates their own.",
    ),
    "survey_batch_missing": ("Hãy ghi tên tập phiếu.", "Name the bundle of forms."),
    "survey_batch_size": (
        "Mỗi tập có từ 1 đến {limit} phiếu.",
        "A bundle has 1 to {limit} forms.",
    ),
    "survey_form_settled": ("Phiếu này đã nhập xong.", "This form is settled."),
    "survey_form_same_person": (
        "Lần nhập thứ hai do người khác thực hiện.",
        "Somebody else types the form in the second time.",
    ),
    "survey_form_once": (
        "Phiếu này chưa được nhập hai lần.",
        "This form was not typed in twice yet.",
    ),
    "survey_report_missing": ("Hãy ghi số, ngày báo cáo.", "Give number and date of the report."),
    "survey_results_many": ("Tối đa {limit} dòng.", "There are {limit} rows at most."),
    "survey_result_percent": (
        "{unit}: “{text}” không phải tỷ lệ phần trăm từ 0 đến 100.",
        "{unit}: “{text}” is no percentage from 0 to 100.",
    ),
    "survey_result_error": (
        "{unit}: sai số chuẩn “{text}” phải từ 0 đến 50 điểm phần trăm.",
        "{unit}: the standard error “{text}” is not within 0 and 50 percent points.",
    ),
    "survey_result_n": (
        "{unit}: hãy ghi số người trả lời, từ 1 trở lên.",
        "{unit}: say how many answered, 1 or more.",
    ),
    "survey_reason_missing": ("Hãy ghi lý do.", "Give the reason."),
    "survey_flags_left": (
        "Còn {count} nghi vấn chưa quyết định.",
        "{count} odd cases are not decided on yet.",
    ),
    "survey_nothing_to_count": (
        "Chưa có phiếu hoặc kết quả nào để tổng hợp.",
        "There is nothing to count yet.",
    ),
    "survey_reserve": (
        "Danh sách dự phòng mỗi tầng có từ 0 đến {limit} người.",
        "The reserve of a stratum is 0 to {limit} people.",
    ),
    "survey_frame_empty": ("Danh sách để chọn mẫu còn trống.", "The list to draw from is empty."),
    "survey_reserve_empty": (
        "{unit} {label}: danh sách dự phòng không còn đủ người; chưa thay ai.",
        "{unit} {label}: not enough people are left in the reserve; nobody was replaced.",
    ),
    "survey_column_missing": (
        "Tệp phải có cột “{column}”.",
        "The file must have the column “{column}”.",
    ),
    "survey_column_unknown": (
        "Không rõ cột “{column}” là gì; các cột dùng được: {known}.",
        "The column “{column}” is not known; there are: {known}.",
    ),
    "survey_file_in_parts": (
        "Tệp quá dài để gửi một lần; hãy chia thành nhiều tệp.",
        "The file is too long to be sent at once; divide it into several.",
    ),
    "survey_questions_missing": (
        "Không cột nào là câu hỏi của phiếu: tên cột là mã câu, như trong bảng tải về.",
        "No column is a question of the form: columns are named by codes, as in the table to be fetched.",
    ),
    "survey_check_share": (
        "Tỷ lệ phúc tra từ 1 đến 100 %.",
        "From 1 to 100 % of the interviews are asked again.",
    ),
    "survey_interviews_none": (
        "Chưa có phiếu phỏng vấn nào có số phiếu và điều tra viên.",
        "There are no interviews with a number and an enumerator yet.",
    ),
    "survey_tag_missing": ("Hãy ghi nhãn.", "Give the tag."),
    "survey_tags_many": (
        "Mỗi lần gắn tối đa {texts} ý kiến, mỗi cuộc điều tra tối đa {limit} nhãn.",
        "At most {texts} texts are tagged at a time, and a survey has at most {limit} tags.",
    ),
    "survey_frame_many": (
        "Quá {limit} hồ sơ trong các ngày đó: hãy chọn khoảng ngày ngắn hơn.",
        "There are more than {limit} dossiers in those days: choose a shorter time.",
    ),
    "survey_error_range": (
        "Sai số e phải từ 0,5 % đến 20 %.",
        "The error e must be between 0.5 % and 20 %.",
    ),
    "survey_least": (
        "Số phiếu ít nhất mỗi tầng từ 0 đến {limit}.",
        "At least 0 and at most {limit} of each stratum.",
    ),
}
