"""The two-line heading of a one-stop system's report, as such systems export it."""

GROUPS = [
    "STT",
    "Đơn vị",
    "Tiếp nhận",
    "",
    "",
    "",
    "",
    "Đã xử lý",
    "",
    "",
    "",
    "Đang xử lý",
    "",
    "",
    "Tạm dừng",
]
LEAVES = ["", "", "Tổng tiếp nhận", "Kỳ trước chuyển sang", "Trực tuyến", "Trực tiếp", "Bưu chính công ích"]
LEAVES += ["Tổng đã xử lý", "Trước hạn", "Đúng hạn", "Quá hạn", "Tổng", "Trong hạn", "Quá hạn"]
LEAVES += ["Tạm dừng (bổ sung, nghĩa vụ tài chính, dừng)", "Trong hạn", "Quá hạn"]
