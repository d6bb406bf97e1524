"""What `parindex doctor` says: each finding with what to do about it, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from parindex.core.kernel.text import Text
from parindex.core.wording.ledger import fault_sentence
from parindex.core.wording.notation import instant


INSTANTS = frozenset({"at", "since", "newest"})
"""Data that are instants in ISO 8601."""


CHECKS: Mapping[str, Text] = {
    "settings": Text("Cấu hình", "Settings"),
    "files": Text("Quyền đối với tệp", "Permissions of files"),
    "disk": Text("Dung lượng đĩa", "Disk"),
    "encryption": Text("Mã hóa ổ đĩa", "Encryption of disks"),
    "fonts": Text("Phông chữ", "Fonts"),
    "certificates": Text("Chứng thư số", "Certificates"),
    "scanner": Text("Quét mã độc", "Virus scanner"),
    "single_sign_on": Text("Đăng nhập một lần", "Single sign-on"),
    "workers": Text("Tiến trình phục vụ", "Server processes"),
    "database": Text("Cơ sở dữ liệu", "Database"),
    "migrations": Text("Cấu trúc cơ sở dữ liệu", "Shape of the database"),
    "clock": Text("Đồng hồ", "Clock"),
    "keys": Text("Khóa niêm phong", "Signing keys"),
    "tick": Text("Nhịp phút", "Minute tick"),
    "jobs": Text("Việc chạy theo giờ", "Jobs"),
    "backup": Text("Sao lưu", "Backup"),
    "mail": Text("Thư điện tử", "Mail"),
    "ledger": Text("Nhật ký", "Ledger"),
}

LEVELS: Mapping[str, Text] = {
    "error": Text("LỖI", "ERROR"),
    "warning": Text("cần xem", "warning"),
}

FINDINGS: Mapping[str, Text] = {
    "check_failed": Text(
        "không kiểm tra được ({kind}). Xem nhật ký máy chủ, dòng “a check failed”.",
        "could not be checked ({kind}). See the server’s log, the line “a check failed”.",
    ),
    # settings
    "hosts_any": Text(
        "PARINDEX_HOSTS nhận mọi tên miền. Chỉ ghi tên miền của trang.",
        "PARINDEX_HOSTS takes any host name. Name the site’s own.",
    ),
    "debug_public": Text(
        "PARINDEX_DEBUG đang bật trên máy có người khác vào: trang lỗi lộ mã nguồn. Tắt đi.",
        "PARINDEX_DEBUG is on where others come in: error pages show the program. Turn it off.",
    ),
    "demo_public": Text(
        "PARINDEX_DEMO đang bật: ai cũng đóng được mọi vai mà không cần mật khẩu. Tắt đi.",
        "PARINDEX_DEMO is on: anybody plays any role without a password. Turn it off.",
    ),
    "https_off": Text(
        "PARINDEX_HTTPS chưa bật: cookie đăng nhập đi qua đường không mã hóa. Đặt proxy có TLS phía trước "
        "rồi đặt PARINDEX_HTTPS=1.",
        "PARINDEX_HTTPS is off: sign-in cookies travel unencrypted. Put a proxy with TLS before the site, "
        "and set "
        "PARINDEX_HTTPS=1.",
    ),
    "proxies_none": Text(
        "PARINDEX_HTTPS bật nhưng PARINDEX_PROXIES=0: mọi người vào đều mang địa chỉ của proxy. Đặt số "
        "proxy.",
        "PARINDEX_HTTPS is on and PARINDEX_PROXIES=0: everybody seems to come from the proxy. Say how many "
        "there are.",
    ),
    "address_local": Text(
        "PARINDEX_ADDRESS là {address}: đường dẫn trong thư không mở được từ máy khác. Ghi địa chỉ của "
        "trang.",
        "PARINDEX_ADDRESS is {address}: links in mail open on this machine only. Give the site’s address.",
    ),
    "address_plain": Text(
        "PARINDEX_ADDRESS là {address}, không phải https. Sửa thành https://…",
        "PARINDEX_ADDRESS is {address}, not https. Make it https://…",
    ),
    "secret_key_short": Text(
        "khóa bí mật ngắn hơn {least} ký tự. Đặt PARINDEX_SECRET_KEY dài, ngẫu nhiên (xác thực hai lớp phải "
        "cài lại).",
        "the secret key has fewer than {least} characters. Set a long random PARINDEX_SECRET_KEY (second "
        "factors "
        "are set up anew).",
    ),
    "role_unknown": Text(
        "{name} nêu vai trò không có: “{word}”. Sửa lại; hiện không ai bị buộc theo chữ này.",
        "{name} names a role that is not there: “{word}”. Mend it; nobody is bound by it now.",
    ),
    "type_unknown": Text(
        "{name} có giá trị không dùng được: “{word}”. Sửa lại theo tài liệu về thiết đặt.",
        "{name} holds what stands for nothing: “{word}”. Mend it by the page of settings.",
    ),
    "oidc_half": Text(
        "đăng nhập một lần thiếu PARINDEX_OIDC_ISSUER hoặc PARINDEX_OIDC_CLIENT_ID nên không hoạt động. Ghi "
        "đủ.",
        "single sign-on lacks PARINDEX_OIDC_ISSUER or PARINDEX_OIDC_CLIENT_ID and is off. Give both.",
    ),
    # files
    "run_as_root": Text(
        "đang chạy bằng quyền root nên không thấy hết lỗi về quyền. Chạy lại bằng người dùng chủ của {path}.",
        "run as root, which sees few faults of permissions. Run it as the user that owns {path}.",
    ),
    "home_open": Text(
        "người dùng khác trên máy vào được {path} ({mode}). Chạy: chmod o= {path}",
        "other users of the machine can enter {path} ({mode}). Run: chmod o= {path}",
    ),
    "secret_open": Text(
        "người khác đọc được {path} ({mode}). Chạy: chmod 600 {path}; nếu không chắc chưa ai đọc, thay khóa.",
        "others can read {path} ({mode}). Run: chmod 600 {path}; and exchange it unless you are sure that "
        "nobody did.",
    ),
    "unreadable": Text(
        "không đọc được {path}. Giao cho người dùng chạy trang: chown.",
        "{path} cannot be read. Give it to the user that runs the site: chown.",
    ),
    "unwritable": Text(
        "không ghi được vào {path}. Giao cho người dùng chạy trang: chown; hoặc xem đĩa có bị khóa ghi "
        "không.",
        "{path} cannot be written. Give it to the user that runs the site: chown; or see whether its disk is "
        "read-only.",
    ),
    "other_owner": Text(
        "{path} thuộc người dùng khác với {home}. Chạy mọi lệnh bằng cùng một người dùng; sửa bằng chown.",
        "{path} belongs to another user than {home}. Run every command as the same user; mend it with chown.",
    ),
    # disk
    "disk_full": Text(
        "đĩa của {path} chỉ còn {free} GB. Dọn bản sao lưu cũ hoặc mở rộng đĩa.",
        "the disk of {path} has {free} GB left. Move old backups away, or make it larger.",
    ),
    "disk_plain": Text(
        "{path} nằm trên ổ đĩa không mã hóa: ai lấy được ổ đĩa thì đọc được dữ liệu cá nhân. Chuyển sang ổ "
        "đĩa mã hóa, xem tài liệu triển khai, mục “Encryption at rest”; nếu máy chủ vật lý hoặc hệ thống "
        "lưu trữ đã mã hóa thì đặt PARINDEX_DISK_ENCRYPTED=1.",
        "{path} lies on a disk that is not encrypted: whoever gets hold of it reads personal data. Move it "
        "to an encrypted one, see “Encryption at rest” in the guide to deployment; if the host or the "
        "storage encrypts it, set PARINDEX_DISK_ENCRYPTED=1.",
    ),
    "disk_unseen": Text(
        "từ đây không thấy được ổ đĩa của {path} có mã hóa hay không. Nếu đã mã hóa (ở máy chủ vật lý, hệ "
        "thống lưu trữ) thì đặt PARINDEX_DISK_ENCRYPTED=1.",
        "whether the disk of {path} is encrypted cannot be seen from here. If it is (by the host, by the "
        "storage), set PARINDEX_DISK_ENCRYPTED=1.",
    ),
    "disk_files": Text(
        "đĩa của {path} chỉ còn tạo được {left} tệp. Dọn tệp nhỏ hoặc mở rộng đĩa.",
        "the disk of {path} takes only {left} files more. Clear small files away, or make it larger.",
    ),
    "fonts_missing": Text(
        "thiếu phông chữ của trang. Cài lại các gói của parindex.",
        "the letters of the pages are missing. Install parindex’ packages again.",
    ),
    "fonts_of_office": Text(
        "LibreOffice không có phông thay Times New Roman nên bản xem tệp Word xuống dòng khác. Cài "
        "fonts-liberation.",
        "LibreOffice has no letters in place of Times New Roman, so Word files are shown with other line "
        "ends. "
        "Install fonts-liberation.",
    ),
    # running
    "workers_none": Text(
        "không có tiến trình phục vụ nào chạy trên máy này. Chạy: parindex serve (hoặc khởi động dịch vụ).",
        "no process of the server runs on this machine. Run: parindex serve (or start its service).",
    ),
    "scanner_silent": Text(
        "phần mềm quét mã độc (PARINDEX_CLAMD) không trả lời: tệp tải lên bị từ chối. Khởi động lại clamd, "
        "xem tường lửa.",
        "the virus scanner (PARINDEX_CLAMD) does not answer: uploads are refused. Start clamd again, see the "
        "firewall.",
    ),
    "scanner_accept": Text(
        "PARINDEX_CLAMD_SILENT=accept: khi phần mềm quét không trả lời, tệp vẫn được nhận mà không quét. Nên "
        "đặt refuse.",
        "PARINDEX_CLAMD_SILENT=accept: while the scanner is silent, files are taken without a look. Better "
        "set refuse.",
    ),
    "tick_never": Text(
        "nhịp phút chưa chạy lần nào: hạn không tự đóng. Chạy parindex serve, hoặc gọi parindex tick mỗi "
        "phút.",
        "the tick has never run: deadlines do not close. Run parindex serve, or call parindex tick each "
        "minute.",
    ),
    "tick_stopped": Text(
        "nhịp phút dừng từ {since}: hạn không tự đóng. Khởi động lại dịch vụ, hoặc xem cron gọi parindex "
        "tick.",
        "the tick stopped at {since}: deadlines do not close. Start the service again, or look at what calls "
        "parindex tick.",
    ),
    "job_failed": Text(
        "việc {job} lỗi: {said}. Xử lý nguyên nhân; việc tự chạy lại trong 15 phút.",
        "the job {job} failed: {said}. Mend the cause; it is tried again within 15 minutes.",
    ),
    "job_stuck": Text(
        "việc {job} chạy từ {since} chưa xong. Nếu tiến trình đã chết thì nhịp phút tự làm lại; nếu lặp lại, "
        "xem "
        "nhật ký máy chủ.",
        "the job {job} has been running since {since}. Where its process died the tick takes it over; if it "
        "happens "
        "again, see the server’s log.",
    ),
    "backup_never": Text(
        "chưa sao lưu lần nào. Chạy: parindex backup TỆP; rồi đặt lịch mỗi đêm.",
        "no backup was ever made. Run: parindex backup FILE; then have it run each night.",
    ),
    "backup_failed": Text(
        "lần sao lưu gần nhất ({at}) lỗi: {said}. Xử lý nguyên nhân rồi chạy lại parindex backup TỆP.",
        "the last backup ({at}) failed: {said}. Mend the cause, and run parindex backup FILE again.",
    ),
    "backup_old": Text(
        "bản sao lưu gần nhất từ {at}. Xem lịch chạy parindex backup (systemctl list-timers, cron).",
        "the last backup is of {at}. See what calls parindex backup (systemctl list-timers, cron).",
    ),
    "provider_silent": Text(
        "máy chủ định danh {issuer} không trả lời đúng ({kind}). Xem máy chủ đó, tường lửa, chứng thư TLS; "
        "trong lúc đó mọi người đăng nhập bằng mật khẩu.",
        "the identity provider {issuer} does not answer as it should ({kind}). See it, the firewall, its TLS "
        "certificate; meanwhile people sign in by password.",
    ),
    "provider_other": Text(
        "máy chủ định danh trả về địa chỉ (issuer) khác {issuer} nên không ai đăng nhập một lần được. Ghi "
        "PARINDEX_OIDC_ISSUER đúng như máy chủ trả về.",
        "the identity provider calls itself by another address than {issuer}, so nobody gets in by it. Give "
        "PARINDEX_OIDC_ISSUER as the provider calls itself.",
    ),
    "mail_none": Text(
        "chưa có máy chủ thư: không gửi nhắc việc, không tự đặt lại mật khẩu được. Đặt PARINDEX_SMTP.",
        "there is no mail server: no reminders, no mailed links for passwords. Set PARINDEX_SMTP.",
    ),
    "mail_sender": Text(
        "thư gửi từ {sender} dễ bị từ chối. Đặt PARINDEX_MAIL_FROM là địa chỉ thật.",
        "mail from {sender} is likely to be refused. Set PARINDEX_MAIL_FROM to a real address.",
    ),
    "mail_waiting": Text(
        "{count} thông báo chờ gửi thư quá một ngày. Xem việc notices.mail và máy chủ thư.",
        "{count} notices have waited for the mail for over a day. See the job notices.mail, and the mail "
        "server.",
    ),
    "mail_refused": Text(
        "máy chủ thư từ chối địa chỉ của {count} người trong 7 ngày qua. Sửa địa chỉ ở trang Người dùng.",
        "the mail server refused the addresses of {count} persons in 7 days. Mend them on the page of "
        "persons.",
    ),
    "mail_silent": Text(
        "máy chủ thư {host} không trả lời hoặc không cho đăng nhập ({kind}). Xem PARINDEX_SMTP và tường lửa.",
        "the mail server {host} does not answer or does not let us in ({kind}). See PARINDEX_SMTP and the "
        "firewall.",
    ),
    "mail_certificate": Text(
        "không tin được chứng thư TLS của máy chủ thư {host}. Ghi đúng tên máy trong PARINDEX_SMTP; nếu "
        "chứng thư do CA riêng cấp, thêm CA vào máy này (update-ca-certificates).",
        "the TLS certificate of the mail server {host} cannot be trusted. Name the host as the "
        "certificate does in PARINDEX_SMTP; where an authority of one’s own issued it, make it known here"
        " (update-ca-certificates).",
    ),
    "mail_password": Text(
        "máy chủ thư {host} không nhận tài khoản hoặc mật khẩu. Sửa PARINDEX_SMTP (ký tự đặc biệt viết "
        "dạng %XX).",
        "the mail server {host} does not take the account or its password. Mend PARINDEX_SMTP (special "
        "characters as %XX).",
    ),
    "mail_encryption": Text(
        "máy chủ thư {host} không nhận đăng nhập theo cách mã hóa này ({kind}). Dùng smtp+starttls:// "
        "(cổng 587) hoặc smtps:// (cổng 465) trong PARINDEX_SMTP.",
        "the mail server {host} lets nobody in by this way of encryption ({kind}). Use smtp+starttls:// "
        "(port 587) or smtps:// (port 465) in PARINDEX_SMTP.",
    ),
    # database
    "database_gone": Text(
        "không trả lời ({vendor}). Xem PARINDEX_DATABASE_URL, PARINDEX_HOME và máy chủ cơ sở dữ liệu; trang "
        "mới thì chạy parindex begin.",
        "does not answer ({vendor}). See PARINDEX_DATABASE_URL, PARINDEX_HOME and the database server; a new "
        "site is made by parindex begin.",
    ),
    "database_certificate": Text(
        "không tin được chứng thư TLS của máy chủ cơ sở dữ liệu. Trong PARINDEX_DATABASE_URL ghi tên máy "
        "đúng như chứng thư, và sslrootcert là chứng thư của nơi cấp.",
        "the TLS certificate of the database server cannot be trusted. In PARINDEX_DATABASE_URL name the "
        "host as the certificate does, and by sslrootcert the authority that issued it.",
    ),
    "database_plain": Text(
        "máy chủ cơ sở dữ liệu không nhận kết nối không mã hóa. Thêm sslmode=verify-full vào "
        "PARINDEX_DATABASE_URL.",
        "the database server takes no unencrypted connections. Add sslmode=verify-full to "
        "PARINDEX_DATABASE_URL.",
    ),
    "database_password": Text(
        "máy chủ cơ sở dữ liệu không nhận tài khoản hoặc mật khẩu. Sửa PARINDEX_DATABASE_URL (ký tự đặc biệt "
        "viết dạng %XX).",
        "the database server does not take the account or its password. Mend PARINDEX_DATABASE_URL (special "
        "characters as %XX).",
    ),
    "database_encoding": Text(
        "mã ký tự là {encoding}, không phải UTF8: mất dấu tiếng Việt. Tạo cơ sở dữ liệu UTF8 rồi phục hồi "
        "vào đó.",
        "its encoding is {encoding}, not UTF8: Vietnamese letters are lost. Make one in UTF8, and restore "
        "into it.",
    ),
    "database_damaged": Text(
        "tệp bị hỏng: {said}. Dừng trang, giữ tệp lại, rồi phục hồi bản sao lưu mới nhất.",
        "the file is damaged: {said}. Stop the site, keep the file, and restore the newest backup.",
    ),
    "database_references": Text(
        "bảng {table} có {count} dòng trỏ tới dòng không còn. Có người đã sửa trực tiếp; so với bản sao lưu.",
        "the table {table} has {count} rows that point to rows which are gone. Somebody changed it by hand; "
        "compare "
        "with a backup.",
    ),
    "database_empty": Text(
        "chưa có gì. Chạy: parindex begin MÃ TÊN --administrator TÊN-ĐĂNG-NHẬP, hoặc parindex restore TỆP "
        "nếu có bản sao lưu.",
        "nothing is there yet. Run: parindex begin CODE NAME --administrator USERNAME, or parindex restore "
        "FILE where there is a backup.",
    ),
    "migrations_pending": Text(
        "thiếu {count} bước nâng cấp (đầu tiên: {first}). Chạy: parindex migrate --backup TỆP",
        "{count} migrations are missing (first: {first}). Run: parindex migrate --backup FILE",
    ),
    "migrations_newer": Text(
        "cơ sở dữ liệu mới hơn chương trình ({count} bước, như {first}). Cài phiên bản đã nâng cấp nó.",
        "the database is newer than the program ({count} migrations, such as {first}). Install the version "
        "that made it.",
    ),
    "clock_behind": Text(
        "nhật ký có bản ghi lúc {newest}, sau giờ của máy. Chỉnh đồng hồ (NTP) trước khi ai làm việc tiếp.",
        "the ledger has an entry of {newest}, later than this machine’s time. Set the clock (NTP) before "
        "anybody works.",
    ),
    "clock_differs": Text(
        "lệch {seconds} giây so với máy chủ cơ sở dữ liệu. Bật đồng bộ giờ (NTP) trên cả hai.",
        "{seconds} seconds apart from the database server’s. Turn on NTP on both.",
    ),
    "zone_unknown": Text(
        "không có múi giờ {zone}. Cài gói tzdata.",
        "the time zone {zone} is not there. Install tzdata.",
    ),
    "clock_free": Text(
        "đồng hồ chưa được đồng bộ. Xem: timedatectl; đặt máy chủ NTP của tỉnh.",
        "the clock is not synchronised. See: timedatectl; name an NTP server.",
    ),
    # ledger and keys
    "ledger_broken": Text(
        "nhật ký bị sửa hoặc hỏng tại {place}{fault}. Đừng sửa gì thêm; giữ cơ sở dữ liệu, so với bản sao "
        "lưu.",
        "the ledger was changed or is damaged at {place}{fault}. Change nothing; keep the database, compare "
        "with a backup.",
    ),
    "ledger_unverified": Text(
        "nhật ký không được kiểm tra trong 2 ngày qua. Chạy: parindex ledger verify; xem nhịp phút.",
        "the ledger was not verified within 2 days. Run: parindex ledger verify; see the tick.",
    ),
    "keys_unreadable": Text(
        "không đọc được khóa trong {path}. Lấy lại tệp từ bản sao lưu khóa.",
        "no key can be read from {path}. Take the file from the backup of the keys.",
    ),
    "signing_key_gone": Text(
        "khóa ký không còn ở {path}. Lấy lại từ bản sao lưu khóa; nếu mất hẳn, chạy parindex ledger new-key.",
        "the signing key is no longer at {path}. Take it from the backup of the keys; if it is lost, run "
        "parindex "
        "ledger new-key.",
    ),
    "public_keys_gone": Text(
        "mất {path}: không kiểm tra được niêm phong cũ. Lấy lại từ bản sao lưu hoặc từ người giữ bản khóa "
        "công khai.",
        "{path} is gone: old seals cannot be checked. Take it from a backup, or from whoever keeps the "
        "public keys.",
    ),
    "signing_key_leaked": Text(
        "đang ký bằng khóa {key}, đã công bố là lộ ngày {day}. Chạy: parindex ledger new-key.",
        "signing with the key {key}, which was declared leaked on {day}. Run: parindex ledger new-key.",
    ),
    "signing_key_unlisted": Text(
        "khóa ký {key} không có trong {path}. Lấy lại cả hai tệp từ cùng một bản sao lưu.",
        "the signing key {key} is not in {path}. Take both files from the same backup.",
    ),
    "certificate_unreadable": Text(
        "không đọc được chứng thư {path}. Thay tệp hoặc bỏ đi.",
        "the certificate {path} cannot be read. Exchange the file, or take it out.",
    ),
    "certificate_over": Text(
        "chứng thư {path} hết hạn ngày {until}. Thay bằng chứng thư mới của cùng nơi cấp.",
        "the certificate {path} ended on {until}. Exchange it for the new one of the same authority.",
    ),
    "certificate_ends": Text(
        "chứng thư {path} hết hạn ngày {until}. Chuẩn bị chứng thư mới.",
        "the certificate {path} ends on {until}. Get the new one ready.",
    ),
    "address_silent": Text(
        "không mở được {address} từ máy này ({kind}). Xem proxy, tường lửa, tên miền.",
        "{address} cannot be opened from this machine ({kind}). See the proxy, the firewall, the host name.",
    ),
    "tls_over": Text(
        "chứng thư TLS của {address} hết hạn ngày {until}: trình duyệt chặn trang. Gia hạn ngay trên proxy.",
        "the TLS certificate of {address} ended on {until}: browsers refuse the site. Renew it at the proxy "
        "now.",
    ),
    "tls_ends": Text(
        "chứng thư TLS của {address} hết hạn ngày {until}. Gia hạn trên proxy.",
        "the TLS certificate of {address} ends on {until}. Renew it at the proxy.",
    ),
}


def check_name(check: str, language: str) -> str:
    """What a check is called."""
    return CHECKS[check].in_(language)


def level_name(level: str, language: str) -> str:
    """How bad a finding is."""
    return LEVELS[level].in_(language)


def finding_words(code: str, data: Mapping[str, str], language: str) -> str:
    """One sentence with what is found, and what to do."""
    facts = {k: instant(datetime.fromisoformat(v), language) if k in INSTANTS else v for k, v in data.items()}
    if facts.get("fault"):
        facts["fault"] = f" ({fault_sentence(facts['fault'], facts, language)})"
    return FINDINGS[code].in_(language).format(**facts)
