"""Evidence: what is worth a second look, as sentences. None of them is a refusal."""

from __future__ import annotations

from collections.abc import Mapping

from parindex.core.wording.notation import value_text


SENTENCES: Mapping[str, tuple[str, str]] = {
    "secrecy_mark": (
        "Tài liệu có dấu “{mark}”. Tài liệu bí mật nhà nước không được tải lên: hãy khai là tài liệu mật, "
        "chỉ ghi số, "
        "ngày và nơi xem.",
        "The document bears the mark “{mark}”. State secrets must not be uploaded: record it as a secret "
        "document, with "
        "number, date and where to see it.",
    ),
    "citizen_ids": (
        "Tài liệu có {count} số căn cước hoặc chứng minh nhân dân (ví dụ {example}). Hãy che các số này nếu "
        "không cần "
        "cho việc kiểm chứng.",
        "The document holds {count} numbers of citizens' identity cards (such as {example}). Cover them if "
        "the evidence "
        "does not need them.",
    ),
    "text_unread": (
        "Không đọc được chữ trong tệp nên chưa kiểm tra được dấu mật và số căn cước; người tải lên tự kiểm "
        "tra.",
        "No text could be read, so secrecy marks and identity numbers were not looked for; please check "
        "yourself.",
    ),
    "text_later": (
        "Tệp là bản quét; chữ trong tệp sẽ được nhận dạng sau, vì máy đang nhận dạng tài liệu khác. Dấu mật "
        "và số căn cước chưa được kiểm tra; người tải lên tự kiểm tra.",
        "The file is a scan; its text is still to be recognised, after those of others. Secrecy marks and "
        "identity numbers were not looked for yet; please check yourself.",
    ),
    "text_unreadable": (
        "Chưa đọc được chữ trong tệp loại {type} nên chưa kiểm tra được dấu mật và số căn cước; người tải "
        "lên tự "
        "kiểm tra.",
        "The text of {type} files is not read, so secrecy marks and identity numbers were not looked for; "
        "please check "
        "yourself.",
    ),
    "text_in_part": (
        "Tài liệu dài, chỉ đọc được một phần; các trang còn lại do người tải lên tự kiểm tra.",
        "The document is long and was read in part; please check the other pages yourself.",
    ),
    "system_file": (
        "Tệp do máy tính tự tạo, không phải tài liệu.",
        "A file that the computer left there, not a document.",
    ),
    "name_guessed": (
        "Tên tệp trong tệp nén không ghi rõ bảng mã nên có thể sai dấu; hãy kiểm tra.",
        "The archive does not say how its file names are written; please check the accents.",
    ),
    "code_unknown": (
        "Thư mục ghi mã {code} nhưng bộ tiêu chí không có mã này (gần nhất: {near}).",
        "The folder names {code}, which the criteria set does not have (nearest: {near}).",
    ),
    "code_missing": (
        "Thư mục không ghi mã tiêu chí; hãy chọn tiêu chí.",
        "The folder names no criterion; please choose one.",
    ),
    "number_missing": ("Chưa có số, ký hiệu văn bản.", "The document has no number."),
    "date_missing": ("Chưa có ngày ban hành.", "The document has no date."),
    "dated_outside": (
        "Ngày ban hành {day} nằm ngoài kỳ đánh giá ({start} – {end}).",
        "Dated {day}, which lies outside the period ({start} – {end}).",
    ),
    "dated_after_deadline": (
        "Ngày ban hành {day} sau thời hạn {deadline}.",
        "Dated {day}, after the deadline {deadline}.",
    ),
    "dated_in_future": ("Ngày ban hành {day} ở tương lai.", "Dated {day}, which is still to come."),
    "issued_by_other": (
        "Cơ quan ban hành là “{issuer}”, không phải “{unit}”.",
        "Issued by “{issuer}”, not by “{unit}”.",
    ),
    "same_content": (
        "Tệp này đã có trong kho của đơn vị với tên “{other}”.",
        "The unit already has this file under the name “{other}”.",
    ),
    "same_content_elsewhere": (
        "Tệp này cũng đã được “{unit}” tải lên.",
        "The same file was uploaded by “{unit}” too.",
    ),
    "same_number": (
        "Đơn vị đã có tài liệu khác cùng số, ký hiệu {number}: “{other}”.",
        "The unit has another document with the number {number}: “{other}”.",
    ),
}


def finding_sentence(code: str, data: Mapping[str, object], language: str) -> str:
    """The sentence for a finding's code and data; a bound that is not set is an ellipsis."""
    words = {key: value_text(value, language) or "…" for key, value in data.items()}
    return SENTENCES[code][0 if language == "vi" else 1].format_map(words)
