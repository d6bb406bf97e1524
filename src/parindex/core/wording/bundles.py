"""What a check of a bundle found, in words."""

from __future__ import annotations

from collections.abc import Mapping

from parindex.core.formats.bundle_check import Checked
from parindex.core.formats.results_check import Difference
from parindex.core.wording.problems import sentence


IDENTICAL = "identical"
INTACT = "intact"  # an excerpt by itself: nothing was computed again
SENTENCES: Mapping[str, tuple[str, str]] = {
    "unreadable": ("không đọc được", "cannot be read"),
    "signature_broken": (
        "chữ ký không phải của bản kê này (manifest.json)",
        "is not the signature of this manifest.json",
    ),
    "not_signed_by": (
        "không khóa nào trong các khóa đã cho ký bản kê này (manifest.json)",
        "none of the given keys signed this manifest.json",
    ),
    "signed_by_leaked": (
        "ký bằng khóa đã công bố là lộ ngày {found}: chữ ký không còn chứng minh ai ký. So SHA-256 của tệp "
        "với "
        "bản đã giữ từ trước ngày đó, hoặc lấy gói công bố lại",
        "signed by a key that was declared leaked on {found}: the signature no longer proves who signed. "
        "Compare the "
        "SHA-256 of the file with one that you held before that day, or take the bundle that was published "
        "again",
    ),
    "file_damaged": ("bị hỏng trong gói", "is damaged in the bundle"),
    "file_missing": ("thiếu trong gói", "is missing from the bundle"),
    "file_not_named": ("không có trong bản kê đã ký", "is not named in the signed manifest"),
    "file_changed": (
        "nội dung khác mã băm đã ký (SHA-256)",
        "its content is not the one that was signed (SHA-256)",
    ),
    "figure": ("ghi {said}, tính lại được {found}", "says {said}, computed again it is {found}"),
    "unit_missing": ("không có kết quả của đơn vị này", "has no result of this unit"),
    "not_computable": ("không tính lại được: {why}", "cannot be computed from: {why}"),
    "ledger_unreadable": ("không phải một mục nhật ký", "is no entry of a ledger"),
    "ledger_missing": ("mục đứng trước bị thiếu", "the entry before it is missing"),
    "ledger_changed": ("nội dung khác mã băm của mục", "its content is not what its hash says"),
    "ledger_displaced": ("không nối tiếp mục đứng trước", "does not follow the entry before it"),
    "ledger_head": ("chuỗi không kết thúc như bản kê đã ký", "the chain does not end as the manifest says"),
}


def difference_line(difference: Difference, language: str) -> str:
    """``file: place: sentence``."""
    why = difference.problem
    said = SENTENCES[difference.code][language != "vi"].format(
        said=difference.said or "–",
        found=difference.found or "–",
        why=sentence(why.code, why.data, language) if why else "–",
    )
    return ": ".join(filter(None, (difference.file, difference.place, said)))


def verdict(checked: Checked) -> str:
    """One word where nothing differs."""
    return IDENTICAL if checked.figures else INTACT


def summary(checked: Checked, language: str) -> str:
    """What was compared, and what it proves."""
    vi = language == "vi"
    if checked.figures:
        much = (
            f"{checked.units} đơn vị, {checked.figures} số"
            if vi
            else f"{checked.units} units, {checked.figures} figures"
        )
    else:
        whole = str(checked.about.get("bundle"))
        much = (
            f"trích từ gói {whole}, không có câu trả lời nên không tính lại được (thêm --whole GÓI nếu có)"
            if vi
            else f"an excerpt of the bundle {whole}: without its answers nothing is computed again "
            "(give --whole BUNDLE where you have it)"
        )
    if checked.signer:
        who = "đúng chữ ký của khóa đã cho" if vi else "signed by a given key"
    else:
        who = (
            "nhất quán, chưa chứng minh người ký (thêm --key KHÓA)"
            if vi
            else "consistent, signer not proved (give --key PUBKEY)"
        )
    return f"{much}; {who}"
