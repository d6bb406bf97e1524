"""What letters say of themselves, in the orders in which readers return their columns."""

from datetime import date

import pytest

from parindex.apps.evidence.reading.letters import read_letter


BESIDE = """UBND TỈNH BÌNH THUẬN     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH     Độc lập - Tự do - Hạnh phúc
Số: 74/KH-SVHTTDL     Phan Thiết, ngày 09 tháng 01 năm 2024
KẾ HOẠCH
Cải cách hành chính năm 2024 của Sở Văn hóa,
Thể thao và Du lịch
Căn cứ Quyết định số 876/QĐ-BNV ngày 10 tháng 11 năm 2022 của Bộ Nội vụ;
I. MỤC ĐÍCH, YÊU CẦU
\f2
Nơi nhận:     KT. GIÁM ĐỐC
- UBND tỉnh;     PHÓ GIÁM ĐỐC
- Lưu: VT, VP.
     Nguyễn Lê Thanh
\fPHỤ LỤC
GIÁM ĐỐC Trung tâm Trần Văn Phụ lục
"""
PLAN = (
    "74/KH-SVHTTDL", date(2024, 1, 9), "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Nguyễn Lê Thanh",
    "Kế hoạch cải cách hành chính năm 2024 của Sở Văn hóa, Thể thao và Du lịch",
)  # fmt: skip
COLUMNS = """UBND TỈNH BÌNH THUẬN
SỞ VĂN HÓA, THỂ THAO
VÀ DU LỊCH
Số: 74/KH-SVHTTDL
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Phan Thiết, ngày 09 tháng 01 năm 2024
KẾ HOẠCH
Cải cách hành chính năm 2024 của Sở Văn hóa,
Thể thao và Du lịch
-------------
Thực hiện Kế hoạch số 12/KH-UBND ngày 05 tháng 01 năm 2024.
Nơi nhận:
- Như trên;
- Lưu: VT.
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
Nguyễn Lê Thanh
"""
RIGHT_FIRST = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập – Tự do – Hạnh phúc
Phan Thiết, ngày 09 tháng 01 năm 2024
UBND TỈNH BÌNH THUẬN
SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH
Số : 74 / KH - SVHTTDL
KẾ HOẠCH
Cải cách hành chính năm 2024 của Sở Văn hóa, Thể thao và Du lịch
Kính gửi: Các phòng
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
Nguyễn Lê Thanh
"""
MERGED = """UBND TỈNH BÌNH THUẬN CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH Độc lập - Tự do - Hạnh phúc
Số: 74/KH-SVHTTDL Phan Thiết, ngày 09 tháng 01 năm 2024
KẾ HOẠCH
Cải cách hành chính năm 2024 của Sở Văn hóa, Thể thao và Du lịch
Điều 1. Ban hành
Nơi nhận: KT. GIÁM ĐỐC
- Như trên; PHÓ GIÁM ĐỐC
- Lưu: VT. Nguyễn Lê Thanh
"""


@pytest.mark.parametrize(
    "text", [BESIDE, COLUMNS, RIGHT_FIRST, MERGED], ids=["beside", "columns", "right", "merged"]
)
def test_a_plan_is_read_in_any_order_of_its_columns(text):
    letter = read_letter(text)
    assert (letter.number, letter.issued_on, letter.issuer, letter.signer, letter.title) == PLAN


def test_letters_that_are_not_composed_are_read_too():
    import unicodedata

    assert read_letter(unicodedata.normalize("NFD", COLUMNS)).number == "74/KH-SVHTTDL"


DECISION = """ỦY BAN NHÂN DÂN
TỈNH BÌNH THUẬN
Số: 1013/QĐ-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bình Thuận, ngày 04 tháng 6 năm 2024
QUYẾT ĐỊNH
Về việc phê duyệt Bộ Chỉ số cải cách hành chính
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BÌNH THUẬN
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
QUYẾT ĐỊNH:
Nơi nhận:
- Như Điều 3;
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Phan Văn Đăng
"""
ABOUT = """SỞ NỘI VỤ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
VĂN PHÒNG\tĐộc lập - Tự do - Hạnh phúc
Số: 45a/VP-CCHC\tThành phố Huế, ngày 1 tháng 12 năm 2023
V/v báo cáo kết quả
tự đánh giá, chấm điểm
Kính gửi: Ủy ban nhân dân các xã
CHÁNH VĂN PHÒNG
Lê Thị Mỹ Hạnh
"""
PARTY = """TỈNH ỦY BÌNH THUẬN     ĐẢNG CỘNG SẢN VIỆT NAM
BAN TỔ CHỨC
Số 123-CV/BTCTU     Phan Thiết, ngày 15 tháng 3 năm 2024
V/v rà soát biên chế
Kính gửi: các huyện ủy
"""
GOVERNMENT = """CHÍNH PHỦ
Số: 30/2020/NĐ-CP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Hà Nội, ngày 05 tháng 3 năm 2020
NGHỊ ĐỊNH
Về công tác văn thư
Căn cứ Luật Tổ chức Chính phủ
"""
DRAFT = """UBND TỈNH BÌNH THUẬN
SỞ NỘI VỤ
Số:      /BC-SNV
Bình Thuận, ngày     tháng     năm 2024
DỰ THẢO
BÁO CÁO
Kết quả CCHC quý I
Thực hiện Kế hoạch số 12/KH-UBND ngày 05 tháng 01 năm 2024
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            DECISION,
            ("1013/QĐ-UBND", date(2024, 6, 4), "ỦY BAN NHÂN DÂN TỈNH BÌNH THUẬN", "Phan Văn Đăng",
             "Quyết định về việc phê duyệt Bộ Chỉ số cải cách hành chính"),
        ),
        (
            ABOUT,
            ("45a/VP-CCHC", date(2023, 12, 1), "VĂN PHÒNG", "Lê Thị Mỹ Hạnh",
             "V/v báo cáo kết quả tự đánh giá, chấm điểm"),
        ),
        (PARTY, ("123-CV/BTCTU", date(2024, 3, 15), "BAN TỔ CHỨC", "", "V/v rà soát biên chế")),
        (
            GOVERNMENT,
            ("30/2020/NĐ-CP", date(2020, 3, 5), "CHÍNH PHỦ", "", "Nghị định về công tác văn thư"),
        ),
        (DRAFT, ("", None, "SỞ NỘI VỤ", "", "Báo cáo kết quả CCHC quý I")),
        ("Danh sách lớp tập huấn\nNguyễn Văn A\nTrần Thị B", ("", None, "", "", "")),
        ("", ("", None, "", "", "")),
    ],
    ids=["decision", "plain letter", "party", "government", "draft", "no letter", "nothing"],
)  # fmt: skip
def test_other_documents(text, expected):
    """What is not there is not made up: neither a cited document's number nor its date."""
    letter = read_letter(text)
    assert (letter.number, letter.issued_on, letter.issuer, letter.signer, letter.title) == expected


@pytest.mark.parametrize("line", ["ngày 31 tháng 02 năm 2024", "ngày 99 tháng 01 năm 2024"])
def test_a_day_that_does_not_exist_is_none(line):
    assert read_letter(f"SỞ MỘT\nSố: 1/KH-SM\nHuế, {line}\nKẾ HOẠCH").issued_on is None


def test_digits_that_were_recognised_as_letters_are_read():
    assert read_letter("Số: 1/KH-SM\nHuế, ngày O9 tháng l2 năm 2O24").issued_on == date(2024, 12, 9)
