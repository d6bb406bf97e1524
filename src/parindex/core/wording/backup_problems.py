"""What is wrong with a backup, and with the place that it is to be restored to."""

from __future__ import annotations

from collections.abc import Mapping


SENTENCES: Mapping[str, tuple[str, str]] = {
    "output_exists": (
        "Đã có tệp này; lệnh không ghi đè. Hãy chọn tên khác.",
        "This file is there already and is not written over. Choose another name.",
    ),
    "not_a_backup": (
        "Không phải bản sao lưu nguyên vẹn của parindex: tệp bị cắt cụt, hỏng, hoặc là tệp khác.",
        "No whole backup of parindex: the file was cut off, is broken, or is another one.",
    ),
    "backup_manifest_broken": (
        "manifest.json của bản sao lưu bị hỏng.",
        "The backup’s manifest.json is broken.",
    ),
    "backup_format_unknown": (
        "Phiên bản parindex này chưa biết bản sao lưu định dạng “{format}”. Hãy dùng phiên bản mới hơn.",
        "This version of parindex does not know backups of the format “{format}”. Use a newer one.",
    ),
    "backup_path_unsafe": (
        "Bản sao lưu có tên tệp không chấp nhận được: “{member}”.",
        "The backup holds a file name that is not accepted: “{member}”.",
    ),
    "backup_member_missing": (
        "Bản sao lưu thiếu “{member}”.",
        "“{member}” is missing from the backup.",
    ),
    "backup_member_broken": (
        "“{member}” trong bản sao lưu bị hỏng: nội dung không khớp mã băm đã ghi.",
        "“{member}” in the backup is broken: it is not what its recorded hash says.",
    ),
    "backup_table_unknown": (
        "Bản sao lưu có bảng “{table}” mà phiên bản này không có.",
        "The backup has a table “{table}”, which this version has not.",
    ),
    "backup_newer": (
        "Bản sao lưu do phiên bản mới hơn tạo ra (parindex {version}, {migration}). Hãy cài phiên bản đó.",
        "A newer version made this backup (parindex {version}, {migration}). Install that one.",
    ),
    "backup_row_refused": (
        "Cơ sở dữ liệu không nhận các dòng này: {detail}.",
        "The database refuses these rows: {detail}.",
    ),
    "backup_ledger_differs": (
        "Nhật ký sau khi nạp không khớp với bản ghi cuối của các chuỗi trong bản sao lưu.",
        "After loading, the ledger does not end as the backup says its chains do.",
    ),
    "backup_store_busy": (
        "Kho hồ sơ đang được nạp liên tục; hãy sao lưu lại sau.",
        "Dossiers are being ingested all the time; back up again later.",
    ),
    "keys_file_broken": (
        "Không phải tệp khóa do `parindex backup --keys` tạo ra.",
        "This is no file of keys that `parindex backup --keys` made.",
    ),
    "home_not_empty": (
        "Thư mục dữ liệu đã có: {names}. Dùng thư mục trống, hoặc `--replace` để dời dữ liệu cũ ra.",
        "The home holds already: {names}. Use an empty one, or `--replace`, which sets aside what is there.",
    ),
    "database_not_empty": (
        "Cơ sở dữ liệu không trống (bảng {table}). Hãy tạo cơ sở dữ liệu trống.",
        "The database is not empty (table {table}). Make an empty one.",
    ),
    "trial_not_allowed": (
        "Không thử được, chưa thay đổi gì: cơ sở dữ liệu không cho tạo schema để thử ({detail}). Chủ cơ sở "
        "dữ liệu chạy: GRANT CREATE ON DATABASE … TO …; hoặc khôi phục bản sao lưu vào cơ sở dữ liệu thử.",
        "Not tried, and nothing has changed: the database allows no schema for trying ({detail}). Its owner "
        "runs: GRANT CREATE ON DATABASE … TO …; or restore the backup into a database for trying.",
    ),
    "trial_under_way": (
        "Không thử được, chưa thay đổi gì: một lần thử khác đang chạy trên cơ sở dữ liệu này. Hãy chờ.",
        "Not tried, and nothing has changed: another trial runs on this database. Wait until it has ended.",
    ),
    "trial_not_apart": (
        "Không thử được, chưa thay đổi gì: kết nối không nhận search_path (bộ gom kết nối?). Hãy nối thẳng "
        "tới PostgreSQL.",
        "Not tried, and nothing has changed: the connection takes no search_path (a pooler?). Lead it "
        "straight to PostgreSQL.",
    ),
    "trial_no_copy": (
        "Không thử được, chưa thay đổi gì: không chép được cơ sở dữ liệu ra bản sao ({detail}). Bản sao "
        "cần chỗ bằng cơ sở dữ liệu: thêm chỗ trên đĩa rồi chạy lại.",
        "Not tried, and nothing has changed: the database could not be copied ({detail}). The copy needs "
        "as much room as the database: make room on the disk and run it again.",
    ),
    "step_failed_on_copy": (
        "Bước này ({says}) hỏng khi thử trên bản sao: {why}. Dữ liệu thật chưa thay đổi; chưa nâng cấp. "
        "Xử lý nguyên nhân (hết chỗ, dữ liệu đã sửa tay…) rồi thử lại; nếu không rõ, gửi dòng này và nhật"
        " ký lệnh cho nơi hỗ trợ.",
        "This step ({says}) failed on the copy: {why}. The site itself is as it was; do not upgrade yet. "
        "Mend the cause (no room, rows changed by hand…) and try again; where it is not clear, send this "
        "line and the log of the command to whoever supports the site.",
    ),
    "step_failed_kept": (
        "Bước này ({says}) hỏng: {why}. Các bước trước đã xong, bước này chưa làm gì. Giữ trang dừng; xử "
        "lý nguyên nhân rồi chạy lại parindex migrate, hoặc quay về phiên bản cũ: parindex restore "
        "{backup} --replace.",
        "This step ({says}) failed: {why}. The steps before it are done, nothing of this one is. Keep the"
        " site stopped; mend the cause and run parindex migrate again, or go back to the old version: "
        "parindex restore {backup} --replace.",
    ),
    "step_failed": (
        "Bước này ({says}) hỏng: {why}. Các bước trước đã xong, bước này chưa làm gì. Giữ trang dừng; xử "
        "lý nguyên nhân rồi chạy lại parindex migrate, hoặc quay về phiên bản cũ bằng bản sao lưu gần "
        "nhất (parindex restore).",
        "This step ({says}) failed: {why}. The steps before it are done, nothing of this one is. Keep the"
        " site stopped; mend the cause and run parindex migrate again, or go back to the old version by "
        "the newest backup (parindex restore).",
    ),
    "move_target_unusable": (
        "Phải là địa chỉ một cơ sở dữ liệu PostgreSQL: postgresql://NGƯỜI@MÁY:CỔNG/TÊN.",
        "The target must be the address of a PostgreSQL database: postgresql://USER@HOST:PORT/NAME.",
    ),
    "move_driver_missing": (
        "Thiếu thư viện của PostgreSQL: pip install 'parindex[site,postgres]'.",
        "PostgreSQL’s driver is missing: pip install 'parindex[site,postgres]'.",
    ),
    "move_broken_off": (
        "Việc chuyển bị ngắt giữa chừng; cơ sở dữ liệu cũ còn nguyên. Hãy làm lại.",
        "Moving broke off; the old database is as it was. Do it again.",
    ),
    "database_unusable": (
        "Không dùng được cơ sở dữ liệu: {detail}.",
        "The database cannot be used: {detail}.",
    ),
}
