"""Files of a plan as a department writes them: a letterhead, a two-line heading, merged cells, area rows."""

import io

import docx
import openpyxl
from docx.enum.section import WD_ORIENT


HEADS = ["TT", "Nội dung nhiệm vụ", "Sản phẩm", "Phân công thực hiện", "", "Thời gian", "Kinh phí"]
LOWER = ["", "", "", "Chủ trì", "Phối hợp", "", ""]
NUMBERS = ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"]
STEERING, PROCEDURES, DIGITAL = (
    "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH",
    "Cải cách thủ tục hành chính",
    "Chính quyền điện tử, chính quyền số",
)
TASKS = [
    ("I", STEERING),
    (
        "1",
        "Ban hành Kế hoạch cải cách hành chính năm 2025",
        "Kế hoạch",
        "Văn phòng Sở",
        "Các phòng, đơn vị",
        "Tháng 01/2025",
        "",
    ),
    (
        "2",
        "Báo cáo công tác cải cách hành chính\n- Báo cáo quý\n- Báo cáo năm",
        "Báo cáo",
        "Văn phòng Sở",
        "Các phòng, đơn vị",
        "Hằng quý, năm",
        "",
    ),
    (
        "3",
        "Tuyên truyền cải cách hành chính trên Trang thông tin điện tử",
        "Tin, bài",
        "Văn phòng Sở",
        "Các phòng, đơn vị",
        "Thường xuyên",
        "Tự chủ",
    ),
    ("II", PROCEDURES),
    (
        "4",
        "Rà soát, đơn giản hóa thủ tục hành chính lĩnh vực di sản",
        "Báo cáo kết quả rà soát",
        "Phòng Quản lý Văn hóa",
        "Văn phòng Sở",
        "Trước ngày 15/9/2025",
        "",
    ),
    (
        "5",
        "Niêm yết, công khai thủ tục hành chính",
        "Danh mục được niêm yết",
        "Văn phòng Sở",
        "",
        "Sau khi có quyết định công bố",
        "",
    ),
    ("III", DIGITAL),
    (
        "6",
        "Số hóa hồ sơ, kết quả giải quyết thủ tục hành chính",
        "100% hồ sơ được số hóa",
        "Văn phòng Sở",
        "Các phòng chuyên môn",
        "Quý III",
        "",
    ),
]
"""Heading rows have a number and a text; tasks one text a column."""


def word_plan(tasks=TASKS, *, parted=True, heads=HEADS, lower=LOWER):
    """The plan as .docx: a letterhead in a table, the tasks in one (over two pages: in two), a signature."""
    paper = docx.Document()
    paper.sections[0].orientation = WD_ORIENT.LANDSCAPE
    _letterhead(paper)
    paper.add_paragraph("KẾ HOẠCH\nCải cách hành chính năm 2025 của Sở Văn hóa tỉnh Minh Họa")
    paper.add_paragraph("PHỤ LỤC NHIỆM VỤ")
    half = len(tasks) // 2 if parted else len(tasks)
    first = _heading(paper.add_table(rows=3, cols=len(heads)), heads, lower)
    _rows(first, tasks[:half])
    if parted:
        paper.add_page_break()
        _rows(paper.add_table(rows=0, cols=len(heads)), tasks[half:])
    sign = paper.add_table(rows=1, cols=2)
    sign.cell(0, 0).text, sign.cell(0, 1).text = "Nơi nhận:\n- Như trên;\n- Lưu: VT.", "GIÁM ĐỐC"
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _letterhead(paper):
    head = paper.add_table(rows=2, cols=2)
    head.cell(0, 0).text = "UBND TỈNH MINH HỌA\nSỞ VĂN HÓA"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    head.cell(1, 0).text = "Số: 12/KH-SVH"
    head.cell(1, 1).text = "Minh Họa, ngày 09 tháng 01 năm 2025"


def _heading(table, heads, lower):
    """Two lines of headings and the numbers of the columns; what has no lower line covers both."""
    for k in filter(heads.__getitem__, range(len(heads))):
        right = k
        while right + 1 < len(heads) and not heads[right + 1]:
            right += 1
        low = 0 if right > k or lower[k] else 1
        table.cell(0, k).merge(table.cell(low, right)).text = heads[k]
    for k, text in enumerate(lower):
        if text:
            table.cell(1, k).text = text
        table.cell(2, k).text = NUMBERS[k]
    return table


def _rows(table, tasks):
    above = None
    for task in tasks:
        cells = table.add_row().cells
        if len(task) == 2:
            cells[0].text = task[0]
            cells[1].merge(cells[-1]).text = task[1]
            above = None
            continue
        for k, text in enumerate(task):
            if k in {3, 4} and above is not None and above[0][k] == text and text:
                above[1][k].merge(cells[k])  # one lead for the tasks below one another
                continue
            cells[k].text = text
        above = (task, cells)
    return table


def excel_plan(tasks=TASKS, *, heads=HEADS, lower=LOWER):
    """The same as .xlsx: title rows, headings in rows 5 and 6, a second sheet of notes."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Phụ lục"
    sheet["A1"] = "SỞ VĂN HÓA TỈNH MINH HỌA"
    sheet["A3"] = "PHỤ LỤC NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2025"
    sheet.merge_cells("A3:G3")
    for k, (head, low) in enumerate(zip(heads, lower, strict=True), start=1):
        sheet.cell(5, k, head or None)
        sheet.cell(6, k, low or None)
        if head and not low and not (k < len(heads) and not heads[k]):
            sheet.merge_cells(start_row=5, end_row=6, start_column=k, end_column=k)
    sheet.merge_cells("D5:E5")
    for row, task in enumerate(tasks, start=7):
        for k, text in enumerate(task, start=1):
            sheet.cell(row, k, text or None)
        if len(task) == 2:
            sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=len(heads))
    book.create_sheet("Ghi chú")["A1"] = "Bản dự thảo"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
