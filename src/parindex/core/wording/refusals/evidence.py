"""Evidence: why a file, an archive or a citation cannot be kept."""

SENTENCES = {
    # names and sizes
    "file_name_missing": ("Tệp chưa có tên.", "The file has no name."),
    "file_name_too_long": (
        "Tên tệp “{name}” quá dài (tối đa {limit} ký tự).",
        "The file name “{name}” is too long (at most {limit} characters).",
    ),
    "file_name_unusable": (
        "Tên tệp “{name}” có ký tự không dùng được (dấu gạch chéo, ký tự điều khiển hoặc ký tự đảo chiều "
        "chữ). "
        "Hãy đổi tên tệp.",
        "The file name “{name}” holds characters that cannot be used (slashes, control characters, or "
        "characters that "
        "turn the direction of writing). Rename the file.",
    ),
    "evidence_empty": ("Tệp “{name}” không có nội dung.", "The file “{name}” holds nothing."),
    "evidence_too_large": (
        "Tệp “{name}” quá lớn (tối đa {limit} MB). Hãy chia nhỏ hoặc quét lại ở độ phân giải thấp hơn.",
        "The file “{name}” is too large (at most {limit} MB). Split it, or scan it at a lower resolution.",
    ),
    "upload_cut_short": (
        "Tệp “{name}” chưa tải lên hết: nhận được {received} trong {size} byte. Hãy tải lại.",
        "The file “{name}” did not arrive whole: {received} of {size} bytes. Upload it again.",
    ),
    "waiting_too_many": (
        "Có quá nhiều tệp đang tải dở (tối đa {limit}). Hãy hoàn tất hoặc bỏ bớt.",
        "Too many files are on their way (at most {limit}). Finish some, or give them up.",
    ),
    "waiting_gone": (
        "Tệp đang tải dở không còn nữa. Hãy tải lại từ đầu.",
        "The unfinished upload is gone. Please begin again.",
    ),
    "waiting_gap": (
        "Phần gửi lên của “{name}” bị hụt; hãy gửi tiếp từ byte {received}.",
        "A piece of “{name}” is missing; go on from byte {received}.",
    ),
    "waiting_over": (
        "“{name}” dài hơn {size} byte đã báo. Hãy tải lại từ đầu.",
        "“{name}” is longer than the {size} bytes announced. Please begin again.",
    ),
    "virus_found": (
        "“{name}” có mã độc ({virus}) nên không nhận. Hãy báo bộ phận công nghệ thông tin và quét lại máy "
        "của mình.",
        "“{name}” holds malicious code ({virus}) and is not taken. Tell your IT staff, and scan your "
        "machine.",
    ),
    "scanner_silent": (
        "Chưa quét được mã độc trong “{name}” vì phần mềm quét không trả lời; tệp chưa được nhận. Hãy thử "
        "lại sau "
        "ít phút hoặc báo người quản trị.",
        "“{name}” could not be scanned for malicious code, as the scanner does not answer; it was not taken. "
        "Try again "
        "in a few minutes, or tell the administrator.",
    ),
    "scanner_limit": (
        "“{name}” lớn hơn mức phần mềm quét mã độc nhận nên chưa được nhận. Hãy chia nhỏ tệp hoặc báo người "
        "quản trị.",
        "“{name}” is larger than the scanner for malicious code takes, so it was not taken. Split it, or "
        "tell the "
        "administrator.",
    ),
    # types
    "file_runs": (
        "“{name}” là chương trình hoặc mã lệnh, không nhận làm tài liệu kiểm chứng.",
        "“{name}” is a program or script and cannot be evidence.",
    ),
    "file_markup": (
        "“{name}” là trang web hoặc hình vẽ có thể chứa mã lệnh (HTML, SVG, XML). Hãy in ra PDF rồi tải lên.",
        "“{name}” is a web page or drawing that may hold scripts (HTML, SVG, XML). Print it to PDF and "
        "upload that.",
    ),
    "file_has_macros": (
        "“{name}” có macro. Hãy lưu lại dưới dạng không có macro hoặc PDF.",
        "“{name}” holds macros. Save it without macros, or as PDF.",
    ),
    "file_encrypted": (
        "“{name}” có mật khẩu nên không kiểm tra và xem được. Hãy bỏ mật khẩu rồi tải lên.",
        "“{name}” is locked by a password, so nobody could check or read it. Remove the password and upload "
        "it again.",
    ),
    "type_unknown": (
        "Không nhận ra loại tệp của “{name}”. Hãy lưu lại dưới dạng PDF rồi tải lên.",
        "The type of “{name}” is not recognised. Save it as PDF and upload that.",
    ),
    "type_closed": (
        "“{name}” là tệp nén {type}, không kiểm tra được bên trong. Hãy nén lại dưới dạng ZIP hoặc tải từng "
        "tệp.",
        "“{name}” is an archive of the type {type}, which cannot be looked into. Pack it as ZIP, or upload "
        "its files.",
    ),
    "type_not_allowed": (
        "“{name}” là tệp {type}, không thuộc các loại được nhận: {allowed}.",
        "“{name}” is a {type} file; accepted types: {allowed}.",
    ),
    "content_not_as_named": (
        "Nội dung của “{name}” là {type}, không đúng với đuôi tệp. Hãy kiểm tra lại tệp.",
        "The content of “{name}” is {type}, which its ending does not say. Check the file.",
    ),
    "pdf_broken": (
        "“{name}” là tệp PDF hỏng, không mở được. Hãy xuất lại hoặc quét lại.",
        "“{name}” is a broken PDF and cannot be opened. Export or scan it again.",
    ),
    "ask_first": (
        "Tệp có dấu hiệu cần người tải lên xác nhận trước khi lưu.",
        "Something in the file has to be confirmed by whoever uploads it before it is kept.",
    ),
    # archives
    "archive_broken": (
        "“{name}” bị hỏng, không mở được: {detail}.",
        "“{name}” is broken and cannot be opened: {detail}.",
    ),
    "archive_too_many": (
        "“{name}” chứa quá nhiều tệp ({count}; tối đa {limit}).",
        "“{name}” holds too many files ({count}; at most {limit}).",
    ),
    "archive_bomb": (
        "“{name}” nở ra quá lớn khi giải nén ({size} byte; tối đa {limit}).",
        "“{name}” unpacks to too much ({size} bytes; at most {limit}).",
    ),
    "archive_too_deep": (
        "“{name}” có tệp ZIP lồng nhau quá {limit} tầng.",
        "“{name}” holds ZIP files within ZIP files, more than {limit} deep.",
    ),
    "path_unsafe": (
        "“{name}” có đường dẫn không an toàn trong tệp nén nên không nhận.",
        "“{name}” has an unsafe path within the archive and is not taken.",
    ),
    # citations
    "document_field_too_long": (
        "{field} quá dài (tối đa {limit} ký tự).",
        "{field} is too long (at most {limit}).",
    ),
    "link_unusable": (
        "“{link}” không phải địa chỉ trang web (http:// hoặc https://).",
        "“{link}” is not a web address (http:// or https://).",
    ),
    "citation_unfindable": (
        "Tài liệu không kèm tệp cần có số, ký hiệu và ngày ban hành, hoặc trích yếu và đường dẫn.",
        "A document without its file needs number and date, or title and link.",
    ),
    "secret_unfindable": (
        "Tài liệu mật cần ghi đủ số, ký hiệu, ngày ban hành và nơi xem.",
        "A secret document needs its number, its date, and where it may be seen.",
    ),
    "secret_title": (
        "Không ghi trích yếu của tài liệu mật vào hệ thống.",
        "The title of a secret document is not written into the system.",
    ),
    # what everybody may read
    "public_secret": ("Tài liệu mật không công khai được.", "A secret document cannot be made public."),
    "public_marked": (
        "Tài liệu có dấu chỉ độ mật “{mark}” nên không công khai được.",
        "The document bears the secrecy mark “{mark}” and cannot be made public.",
    ),
    "public_unconfirmed": (
        "Hãy xác nhận thông tin văn bản trước khi công khai.",
        "Confirm what the document says before making it public.",
    ),
    "public_unchecked": (
        "Hãy đánh dấu ô đã kiểm tra nội dung trước khi công khai.",
        "Say that you looked through the document before making it public.",
    ),
    "public_ids": (
        "Tài liệu có {count} dãy số giống số định danh cá nhân (ví dụ {example}). Hãy che các số đó rồi tải "
        "bản khác lên, hoặc xác nhận được phép công khai.",
        "The document holds {count} numbers like those of identity cards (such as {example}). Black them out "
        "and upload another copy, or say that they may be public.",
    ),
    "public_already": ("“{document}” đã được công khai.", "“{document}” is public already."),
    "not_public": ("“{document}” chưa được công khai.", "“{document}” is not public."),
    # what is kept
    "document_erased": ("Nội dung tài liệu này đã bị xóa.", "The content of this document was erased."),
    "erase_needs_reason": ("Cần ghi lý do xóa nội dung.", "Give the reason for erasing."),
    "supersedes_other_unit": (
        "“{document}” là tài liệu của đơn vị khác nên không thay thế được.",
        "“{document}” is another unit's document and cannot be superseded.",
    ),
    "document_without_file": ("“{document}” không kèm tệp.", "“{document}” has no file."),
    "content_missing": (
        "Không tìm thấy tệp trong kho lưu trữ (mã băm {sha256}). Hãy báo quản trị hệ thống.",
        "The file is missing from the storage (hash {sha256}). Tell the administrator.",
    ),
    "content_damaged": (
        "Tệp trong kho lưu trữ đã bị thay đổi, không còn khớp mã băm {sha256}. Hãy báo quản trị hệ thống.",
        "The stored file was changed and no longer has the hash {sha256}. Tell the administrator.",
    ),
}
