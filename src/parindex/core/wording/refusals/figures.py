"""Published figures that are brought in."""

SENTENCES = {
    "cell_empty": ("Ô này không được để trống.", "This cell must not be empty."),
    "figure_unreadable": (
        "“{text}” không phải số. Ghi số như đã công bố, ví dụ 87,98; đơn vị tính ở cột riêng.",
        "“{text}” is no number. Write it as published, such as 87.98; its unit has a column of its own.",
    ),
    "rank_unreadable": (
        "“{text}” không phải thứ hạng. Ghi một số nguyên từ 1.",
        "“{text}” is no rank. Write a whole number from 1.",
    ),
    "figure_missing": (
        "Dòng này không có giá trị, xếp loại hay thứ hạng nào.",
        "This row has neither a value nor a grade nor a rank.",
    ),
}
