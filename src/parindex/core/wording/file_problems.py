"""What is wrong with a file as a file, and with what is asked of the command line."""

from __future__ import annotations

from collections.abc import Mapping


SENTENCES: Mapping[str, tuple[str, str]] = {
    # dates
    "day_unreadable": (
        "“{text}” không phải ngày. Hãy ghi ngày/tháng/năm, ví dụ 01/07/2025.",
        "“{text}” is not a date. Write day/month/year: 01/07/2025.",
    ),
    "day_serial": (
        "Ô chứa số {text}, có thể là ngày {day}. Hãy định dạng ô là ngày, hoặc gõ {day}.",
        "The cell holds the number {text}, perhaps the date {day}. Format it as a date, or type {day}.",
    ),
    # tables with named columns
    "heading_unknown": (
        "Không có cột “{column}” trong mẫu. Các cột: {known}.",
        "The template has no column “{column}”. Columns: {known}.",
    ),
    "column_unnamed": (
        "Cột {column} có nội dung nhưng không có tên cột.",
        "Column {column} holds something but has no heading.",
    ),
    "rows_too_many": (
        "Tệp có {rows} dòng; mỗi lần nhập tối đa {limit} dòng.",
        "The file has {rows} rows; at most {limit} are taken at once.",
    ),
    "rows_missing": ("Tệp chỉ có dòng tên cột.", "The file has its headings only."),
    # bundles
    "not_a_bundle": (
        "Không phải gói kết quả: không mở được như tệp ZIP nguyên vẹn có manifest.json.",
        "No bundle: it does not open as a whole ZIP that has a manifest.json.",
    ),
    "bundle_too_large": (
        "Gói khi giải nén lớn hơn {limit} byte hoặc có quá nhiều tệp.",
        "Unpacked, the bundle would be larger than {limit} bytes, or has too many files.",
    ),
    "bundle_path_unsafe": (
        "Gói có tên tệp không chấp nhận được: “{path}”.",
        "The bundle holds a file name that is not accepted: “{path}”.",
    ),
    "not_an_excerpt": (
        "Gói này đầy đủ, không phải phần trích: bỏ --whole.",
        "This bundle is whole, and no excerpt: leave --whole out.",
    ),
    "bundle_format_unknown": (
        "Gói theo định dạng “{format}” mà phiên bản parindex này chưa biết. Hãy dùng phiên bản mới hơn.",
        "This version of parindex does not know bundles of the format “{format}”. Use a newer one.",
    ),
    "key_unreadable": (
        "Tệp không chứa khóa công khai Ed25519 (PEM).",
        "The file holds no Ed25519 public key (PEM).",
    ),
    # files
    "file_unreadable": ("Không mở được tệp: {detail}.", "The file cannot be opened: {detail}."),
    "file_too_large": (
        "Tệp quá lớn (tối đa {limit} byte).",
        "The file is too large (at most {limit} bytes).",
    ),
    "file_empty": ("Tệp không có nội dung.", "The file holds nothing."),
    "not_utf8": (
        "Tệp không phải mã UTF-8 (có thể là Windows-1258 hoặc TCVN3). Hãy lưu lại dưới dạng “CSV UTF-8”.",
        "The file is not UTF-8 (perhaps Windows-1258 or TCVN3). Save it again as “CSV UTF-8”.",
    ),
    "nul_character": (
        "Có ký tự NUL: tệp bị hỏng, hoặc là UTF-16 thiếu dấu mở đầu. Hãy lưu lại dưới dạng “CSV UTF-8”.",
        "There is a NUL character: the file is broken, or UTF-16 without its mark. Save it as “CSV UTF-8”.",
    ),
    "csv_broken": (
        "Dòng CSV bị hỏng: dấu ngoặc kép không khép, hoặc sau dấu khép còn chữ.",
        "The CSV row is broken: a quotation mark is not closed, or something follows the closing one.",
    ),
    "cell_too_large": (
        "Ô quá dài (tối đa {limit} ký tự).",
        "A cell is too long (at most {limit} characters).",
    ),
    "not_a_workbook": ("Tệp không phải sổ tính .xlsx.", "The file is not an .xlsx workbook."),
    "old_or_locked_workbook": (
        "Sổ tính kiểu .xls cũ hoặc có mật khẩu. Hãy bỏ mật khẩu và lưu lại dưới dạng .xlsx.",
        "An old .xls workbook, or one with a password. Remove the password and save it as .xlsx.",
    ),
    "workbook_broken": (
        "Không đọc được sổ tính; tệp bị hỏng hoặc không đúng dạng .xlsx ({detail}).",
        "The workbook cannot be read; it is broken or not in the .xlsx format ({detail}).",
    ),
    "zip_bomb": ("Sổ tính nở ra quá lớn ({size} byte).", "The workbook unpacks to too much ({size} bytes)."),
    "hidden_sheets": (
        "Sổ tính có trang ẩn: {names}. Hãy bỏ ẩn hoặc xóa.",
        "The workbook has hidden sheets: {names}. Show or delete them.",
    ),
    "second_sheet": (
        "Trang “{name}” cũng có bảng trả lời; chỉ đọc được một trang. Hãy gộp vào một trang.",
        "The sheet “{name}” holds answers too; only one sheet is read. Put them on one.",
    ),
    "merged_cells": (
        "Có ô gộp {cells}. Hãy tách ô rồi nhập lại.",
        "There are merged cells, {cells}. Split them and fill them in again.",
    ),
    "sheet_too_large": (
        "Trang tính trải đến ô {cell}, quá nhiều ô trống. Hãy xóa các ô thừa ở xa.",
        "The sheet reaches to cell {cell}, over too many empty cells. Delete the stray cells far out.",
    ),
    "cell_error": (
        "Ô {cell} báo lỗi {text}. Hãy sửa công thức hoặc ghi giá trị.",
        "Cell {cell} shows the error {text}. Mend the formula or type the value.",
    ),
    "formula_without_value": (
        "Ô {cell} là công thức chưa có giá trị. "
        "Hãy mở và lưu lại bằng chương trình bảng tính, hoặc dán giá trị.",
        "Cell {cell} is a formula without a stored value. Open and save the workbook, or paste values.",
    ),
    # an annex
    "annex_kind_unknown": (
        "Chỉ đọc được tệp .docx hoặc .xlsx. Tệp .doc, .xls, .pdf: hãy lưu lại dưới dạng .docx hoặc .xlsx.",
        "Only .docx and .xlsx are read. Save a .doc, .xls or .pdf as one of these.",
    ),
    "annex_broken": (
        "Không đọc được tệp; tệp bị hỏng hoặc không đúng dạng ({detail}).",
        "The file cannot be read; it is broken or of another form ({detail}).",
    ),
    "annex_locked": ("Tệp có mật khẩu. Hãy bỏ mật khẩu.", "The file has a password. Remove it."),
    "annex_without_tables": ("Tệp không có bảng nào.", "The file has no table."),
    "annex_too_long": ("Các bảng có quá {limit} dòng.", "The tables have more than {limit} rows."),
    "annex_without_heading": (
        "Không tìm thấy dòng tiêu đề. Bảng cần có cột “Tiêu chí” (hoặc “Nội dung”) và cột “Điểm tối đa”.",
        "No heading was found. The table needs the columns “Tiêu chí” (or “Nội dung”) and “Điểm tối đa”.",
    ),
    "annex_without_rows": (
        "Dưới dòng tiêu đề không có dòng nào đánh số (1, 1.1, 1.1.1 hoặc I, II).",
        "No row below the heading is numbered (1, 1.1, 1.1.1 or I, II).",
    ),
    # the tables of a plan
    "tables_too_large": (
        "Tệp có quá nhiều bảng, dòng hoặc cột (mức tối đa đã vượt: {limit}). Hãy chia thành nhiều tệp.",
        "The file has too many tables, rows or columns (more than {limit}). Divide it into several files.",
    ),
    "plan_table_missing": (
        "Không tìm thấy bảng nhiệm vụ (đã xem {tables} bảng). Bảng cần có dòng tiêu đề với cột “Nội dung” "
        "hoặc “Nhiệm vụ” và ít nhất một cột “Sản phẩm”, “Đơn vị chủ trì” hoặc “Thời gian hoàn thành”.",
        "No table of tasks was found ({tables} tables were looked at). It needs headings: “Nội dung” or "
        "“Nhiệm vụ”, and at least one of “Sản phẩm”, “Đơn vị chủ trì”, “Thời gian hoàn thành”.",
    ),
    # yaml
    "yaml_broken": ("Sai cú pháp YAML: {detail}.", "Broken YAML: {detail}."),
    "yaml_anchor": (
        "Không dùng neo và bí danh YAML (& và *). Hãy viết ra đầy đủ.",
        "YAML anchors and aliases (& and *) are not used. Write it out.",
    ),
    "yaml_tag": ("Không dùng thẻ YAML {tag}.", "The YAML tag {tag} is not used."),
    "yaml_too_deep": ("Lồng nhau quá {limit} tầng.", "Nested more than {limit} levels deep."),
    "yaml_documents": ("Mỗi tệp chỉ chứa một bộ tiêu chí.", "A file holds one criteria set only."),
    "key_not_text": ("Tên khóa phải là chữ.", "A key must be text."),
    "key_twice": ("Khóa “{key}” xuất hiện hai lần.", "The key “{key}” stands twice."),
    "key_unknown": (
        "Không có khóa “{key}”{near}. Các khóa được dùng: {known}.",
        "There is no key “{key}”{near}. Known keys: {known}.",
    ),
    "key_empty": ("“{key}” để trống.", "“{key}” is empty."),
    "key_missing": ("Thiếu khóa “{key}”.", "The key “{key}” is missing."),
    "wrong_type": ("“{key}” phải là {expected}.", "“{key}” must be {expected}."),
    "word_unknown": (
        "“{word}” không hợp lệ cho “{key}”{near}. Chọn một trong: {known}.",
        "“{word}” does not fit “{key}”{near}. One of: {known}.",
    ),
    "kind_unknown": (
        "Không có kiểu chấm điểm “{kind}”{near}. Các kiểu: {known}.",
        "There is no rule kind “{kind}”{near}. Kinds: {known}.",
    ),
    # the command line
    "unit_not_found": ("Không có đơn vị “{unit}”{near}.", "There is no unit “{unit}”{near}."),
    "criterion_not_found": (
        "Không có tiêu chí “{criterion}”{near}.",
        "There is no criterion “{criterion}”{near}.",
    ),
    "output_unwritable": ("Không ghi được: {detail}.", "This cannot be written: {detail}."),
    "output_is_input": (
        "Đây là tệp đầu vào; ghi kết quả vào đó sẽ xóa mất số liệu. Hãy chọn tệp khác.",
        "This is an input file; the result would take its place. Choose another one.",
    ),
}

# what the system and the readers say in English
DETAILS: Mapping[str, tuple[str, str]] = {
    said: (vi, said)
    for said, vi in {
        "": "không rõ lý do",
        "No such file or directory": "không có tệp hoặc thư mục này",
        "Is a directory": "đây là thư mục",
        "Not a directory": "đường dẫn đi qua một tệp không phải thư mục",
        "Permission denied": "không có quyền",
        "Operation not permitted": "không có quyền",
        "No space left on device": "hết chỗ trên đĩa",
        "Read-only file system": "ổ đĩa chỉ cho đọc",
        "File name too long": "tên tệp quá dài",
        "Bad file descriptor": "đầu ra đã đóng",
        "Input/output error": "lỗi đọc ghi của ổ đĩa",
        "mapping values are not allowed in this context": "dấu hai chấm không đúng chỗ, hoặc thụt dòng sai",
        "could not find expected ':'": "thiếu dấu hai chấm sau tên khóa",
        "did not find expected key": "thụt dòng sai, hoặc ở đây phải là một khóa",
        "did not find expected '-' indicator": "thụt dòng sai, hoặc thiếu dấu gạch đầu dòng",
        "did not find expected node content": "thiếu giá trị",
        "did not find expected ',' or ']'": "thiếu dấu phẩy hoặc dấu ]",
        "did not find expected ',' or '}'": "thiếu dấu phẩy hoặc dấu }",
        "did not find expected <document start>": "có nội dung thừa sau phần cuối",
        "found unexpected end of stream": "dấu ngoặc kép hoặc nháy không khép",
        "found unexpected document indicator": "dấu ngoặc kép hoặc nháy không khép trước dấu --- hoặc ...",
        "found character that cannot start any token": "ký tự không được đứng đầu (dấu tab, @, `, %)",
        "found a tab character that violates indentation": "thụt dòng bằng dấu tab; dùng dấu cách",
        "found a tab character where an indentation space is expected": "thụt dòng bằng dấu tab",
        "found unknown escape character": "dấu \\ không đúng trong ngoặc kép",
        "block sequence entries are not allowed in this context": "dấu gạch đầu dòng không đúng chỗ",
        "block mapping entries are not allowed in this context": "khóa không đúng chỗ",
        "found unknown directive name": "dấu % không được đứng đầu dòng",
        "did not find expected alphabetic or numeric character": "sau dấu & hoặc * thiếu tên",
        "control characters are not allowed": "có ký tự điều khiển",
        "exceeded maximum nesting depth": "lồng nhau quá sâu",
        "File is not a zip file": "tệp không hoàn chỉnh",
        "encrypted": "có mật khẩu",
    }.items()
}
