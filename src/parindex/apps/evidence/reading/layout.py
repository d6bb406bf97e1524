"""The words by which the parts of an official letter are known (Decree 30/2020/NĐ-CP, annexes I and III)."""

from __future__ import annotations


KINDS = (
    "NGHỊ QUYẾT", "QUYẾT ĐỊNH", "CHỈ THỊ", "QUY CHẾ", "QUY ĐỊNH", "THÔNG CÁO", "THÔNG BÁO",
    "THÔNG TƯ", "NGHỊ ĐỊNH", "HƯỚNG DẪN", "CHƯƠNG TRÌNH", "KẾ HOẠCH", "PHƯƠNG ÁN", "ĐỀ ÁN", "DỰ ÁN",
    "BÁO CÁO", "BIÊN BẢN", "TỜ TRÌNH", "HỢP ĐỒNG", "CÔNG ĐIỆN", "BẢN GHI NHỚ", "BẢN THỎA THUẬN",
    "GIẤY ỦY QUYỀN", "GIẤY MỜI", "GIẤY GIỚI THIỆU", "PHIẾU GỬI", "KẾT LUẬN",
)  # fmt: skip
BODIES = (
    "sở", "ủy ban", "ubnd", "bộ", "ban", "phòng", "chi cục", "cục", "tổng cục", "văn phòng",
    "thanh tra", "trung tâm", "công an", "hội", "hđnd", "chính phủ", "trường", "tỉnh ủy",
    "thành ủy", "huyện ủy", "đảng ủy", "viện", "tòa án", "kho bạc", "bảo hiểm", "bệnh viện",
    "quốc hội", "đài", "liên minh", "tỉnh đoàn",
)  # fmt: skip
OFFICES = (
    "CHỦ TỊCH", "GIÁM ĐỐC", "TỔNG GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "CHÁNH THANH TRA", "TRƯỞNG PHÒNG",
    "TRƯỞNG BAN", "BỘ TRƯỞNG", "THỨ TRƯỞNG", "CỤC TRƯỞNG", "CHI CỤC TRƯỞNG", "VỤ TRƯỞNG", "BÍ THƯ",
    "THỦ TƯỚNG", "HIỆU TRƯỞNG", "VIỆN TRƯỞNG", "THỦ TRƯỞNG", "NGƯỜI ĐỨNG ĐẦU",
)  # fmt: skip
AUTHORITIES = ("TM.", "KT.", "TL.", "TUQ.", "Q.")
BEGINNINGS = (
    "căn cứ", "thực hiện", "kính gửi", "xét ", "theo ", "để ", "nhằm ", "trong ", "ngày ", "điều ",
    "phần ", "chương ",
)  # fmt: skip
STAMPS = (
    "mật", "tối mật", "tuyệt mật", "hỏa tốc", "khẩn", "thượng khẩn", "dự thảo",
)  # fmt: skip
SURNAMES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ",
    "Ngô", "Dương", "Lý", "Đinh", "Đoàn", "Lâm", "Trịnh", "Mai", "Trương", "Đào", "Cao", "Hà", "Tạ",
    "Tô", "Thái", "Châu", "Lương", "Lưu", "Phùng", "Vương", "Từ", "Tăng", "Quách", "Kiều", "Chu",
    "Nông", "Hứa", "Triệu", "La", "Thạch", "Sơn", "Kim", "Đàm", "Bạch", "Quang", "Văn", "Ông",
    "Mạc", "Lò", "Vàng", "Giàng", "Sùng", "Lù", "Hầu", "Hoàn", "Giáp", "Tống", "Viên", "Khổng",
    "Nghiêm", "Mã", "Âu", "Ninh", "Doãn", "Thân", "Ma", "Y", "K’", "H’", "Điểu", "A", "Rơ", "Ksor",
    "Siu",
)  # fmt: skip
