"""Secrecy marks and citizens' numbers are seen; words and other numbers are not taken for them."""

import pytest

from parindex.apps.evidence.marks import citizen_ids, secrecy_mark


HEAD = "UBND TỈNH THỬ     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ MỘT\n"


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        (HEAD + "MẬT\nSố: 1/BC", "MẬT"),
        ("TỐI MẬT\n" + HEAD, "TỐI MẬT"),
        (HEAD + "Số: 1/BC     TUYỆT MẬT\n", "TUYỆT MẬT"),
        (HEAD + "[ MẬT ]", "MẬT"),
        (HEAD + "Độ mật: Tối mật", "TỐI MẬT"),
        (HEAD + "trang một\fMẬT\ntrang hai", "MẬT"),
        (HEAD + "MẬT\n\fTỐI MẬT", "TỐI MẬT"),
        (HEAD + "M\u00c2\u0323T", "MẬT"),
    ],
)
def test_marks(text, mark):
    """Alone at the top of any page, or named; the highest counts."""
    assert secrecy_mark(text) == mark


@pytest.mark.parametrize(
    "text",
    [
        "KẾ HOẠCH\nBảo mật thông tin, an toàn mạng",
        "QUY CHẾ\nBẢO VỆ BÍ MẬT NHÀ NƯỚC\nCăn cứ Luật Bảo vệ bí mật nhà nước",
        "DANH MỤC TÀI LIỆU MẬT",
        "đường mật\nmật khẩu\nMật độ dân số",
        "mật",
        "\n".join(["dòng"] * 40) + "\nMẬT",
        "",
    ],
)
def test_words_are_no_marks(text):
    assert secrecy_mark(text) == ""


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Số CCCD: 060089001234 cấp ngày", ["060089001234"]),
        ("căn cước công dân số 999999999999", ["999999999999"]),
        ("CMND 261234567", ["261234567"]),
        ("Nguyễn Văn A  060089001234\nTrần Thị B  001190004321", ["060089001234", "001190004321"]),
        ("060089001234 và lại 060089001234", ["060089001234"]),
        ("Mã hồ sơ 000.00.17.H10-240109-0001", []),
        ("Điện thoại 0252123456, tài khoản 261234567", []),
        ("lúc 202401091030 và 999999999999", []),
        ("số tiền 060.089.001.234 đồng", []),
        ("dãy 0600890012345 dài hơn", []),
        ("", []),
    ],
)
def test_citizens_numbers(text, numbers):
    """By their build, or beside their name."""
    assert citizen_ids(text) == numbers
