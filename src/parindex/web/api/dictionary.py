"""The data dictionary: every field that is read without a token, its type and meaning in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parindex.core.kernel.text import Text


Field = tuple[str, Text]
CODE, TEXT, NUMBER, WHOLE, DAY = "string", "string", "string", "integer", "date"

TABLES: Mapping[str, Mapping[str, Field]] = {
    "rounds": {
        "territory": (
            "object",
            Text("địa bàn: mã, tên, có phải dữ liệu minh họa", "territory: code, name, invented or not"),
        ),
        "code": (CODE, Text("mã kỳ đánh giá", "code of the round")),
        "year": (WHOLE, Text("năm được đánh giá", "the year assessed")),
        "publicity": (CODE, Text("mức công khai: annex, areas, reasons, evidence", "how much is public")),
        "framework": ("object", Text("bộ tiêu chí: mã, phiên bản", "criteria set: code, version")),
        "groups": (
            "array",
            Text("khối xếp hạng, kèm tệp CSV, XLSX, JSON", "ranking groups with their files"),
        ),
        "results": (CODE, Text("địa chỉ kết quả", "where the results are")),
        "documents": (
            CODE,
            Text("địa chỉ danh sách tài liệu được công khai", "where the list of public documents is"),
        ),
        "page": (CODE, Text("trang dành cho người đọc", "the page for people")),
    },
    "results": {
        "unit": (CODE, Text("mã đơn vị", "code of the unit")),
        "name": ("object", Text("tên đơn vị khi đánh giá", "the unit’s name as assessed")),
        "type": (CODE, Text("loại đơn vị", "type of unit")),
        "group": (CODE, Text("mã khối xếp hạng", "code of the ranking group")),
        "points": (
            NUMBER,
            Text("điểm đạt được, số thập phân viết dạng chữ", "points held, a decimal as text"),
        ),
        "applicable_max": (NUMBER, Text("điểm chuẩn tối đa áp dụng", "the applicable maximum")),
        "index": (NUMBER, Text("chỉ số", "the index")),
        "exact": (
            "object",
            Text("phân số đúng của số thập phân vô hạn", "exact fractions of endless decimals"),
        ),
        "grade": (CODE, Text("mã xếp loại", "code of the grade")),
        "rank": (
            WHOLE,
            Text("thứ hạng trong khối; null: không xếp hạng", "rank in the group; null: not ranked"),
        ),
        "areas": (
            "array",
            Text("chỉ số thành phần, từ mức areas", "indexes by area, from the level areas on"),
        ),
    },
    "nodes": {
        "criterion": (CODE, Text("mã tiêu chí", "code of the criterion")),
        "name": ("object", Text("tên tiêu chí", "its name")),
        "points": (NUMBER, Text("điểm đạt được", "points held")),
        "max": (
            NUMBER,
            Text("điểm tối đa áp dụng; 0: không áp dụng", "applicable maximum; 0: not applicable"),
        ),
        "index": (NUMBER, Text("điểm trên điểm tối đa, phần trăm", "points over maximum, percent")),
        "reason": (
            "object",
            Text("lý do: mã, số liệu, lời; từ mức reasons", "reason: code, data, words; from reasons on"),
        ),
    },
    "documents": {
        "unit": (CODE, Text("mã đơn vị", "code of the unit")),
        "criterion": (CODE, Text("mã tiêu chí", "code of the criterion")),
        "number": (TEXT, Text("số, ký hiệu", "number and notation")),
        "issued_on": (DAY, Text("ngày văn bản; null: chưa ghi", "date of the paper; null: not told")),
        "issuer": (TEXT, Text("cơ quan ban hành", "the issuing body")),
        "title": (TEXT, Text("trích yếu", "its title")),
        "place": (TEXT, Text("trang, mục được viện dẫn", "the page or section that is cited")),
        "file": (CODE, Text("địa chỉ tệp; null: không kèm tệp", "where the file is; null: none")),
        "bytes": (WHOLE, Text("dung lượng tệp", "size of the file")),
        "sha256": (CODE, Text("mã băm của tệp", "hash of the file")),
        "page": (CODE, Text("trang của tiêu chí, dành cho người đọc", "the criterion’s page for people")),
    },
    "frameworks": {
        "id": (CODE, Text("mã bộ tiêu chí", "code of the criteria set")),
        "version": (CODE, Text("phiên bản", "version")),
        "title": ("object", Text("tên", "title")),
        "status": (
            CODE,
            Text("official, transcribed, partial, constructed", "how far it is an authority’s own text"),
        ),
        "hash": (CODE, Text("mã băm nội dung (SHA-256)", "hash of its content (SHA-256)")),
        "file": (CODE, Text("tệp YAML", "the YAML file")),
        "criteria": (
            "array",
            Text(
                "tiêu chí: mã, cấp, tên, cách đo, mã cấp trên", "criteria: code, level, name, method, parent"
            ),
        ),
    },
    "publications": {
        "territory": (CODE, Text("mã địa bàn", "code of the territory")),
        "round": (CODE, Text("mã kỳ đánh giá", "code of the round")),
        "title": ("object", Text("tên kỳ", "title of the round")),
        "number": (WHOLE, Text("lần công bố, từ 1", "which publication, from 1")),
        "at": ("datetime", Text("thời điểm công bố", "when")),
        "decision": (TEXT, Text("số, ngày quyết định", "number and date of the decision")),
        "publicity": (CODE, Text("mức công khai", "how much is public")),
        "corrects": (WHOLE, Text("đính chính lần nào", "which one it corrects")),
        "corrected_by": (WHOLE, Text("được lần nào đính chính", "which one corrects it")),
        "reason": (TEXT, Text("lý do đính chính", "why it was corrected")),
        "file": (CODE, Text("gói kết quả hoặc phần trích", "the bundle or its excerpt")),
        "sha256": (CODE, Text("mã băm của tệp đó", "hash of that file")),
        "whole_sha256": (CODE, Text("mã băm của gói đầy đủ", "hash of the whole bundle")),
        "key": (CODE, Text("dấu của khóa đã ký", "fingerprint of the key that signed")),
        "page": (CODE, Text("trang dành cho người đọc", "the page for people")),
    },
    "surveys": {
        "territory": (CODE, Text("mã địa bàn", "code of the territory")),
        "survey": (CODE, Text("mã cuộc điều tra", "code of the survey")),
        "title": ("object", Text("tên cuộc điều tra", "its title")),
        "year": (WHOLE, Text("năm", "year")),
        "body": (TEXT, Text("cơ quan thực hiện", "who carries it out")),
        "kind": (CODE, Text("hỏi ai: citizens, exit, officials, outside", "who is asked")),
        "state": (CODE, Text("open: đang lấy ý kiến; counted: đã tổng hợp", "open or counted")),
        "opens": (DAY, Text("ngày đầu nhận phiếu", "first day of answers")),
        "closes": (DAY, Text("ngày cuối nhận phiếu", "last day of answers")),
        "least": (WHOLE, Text("dưới số phiếu này thì không nêu", "fewer answers are not told")),
        "indicator": (CODE, Text("chỉ tiêu nhận kết quả", "the indicator that takes the result")),
        "measure": (CODE, Text("số nào: satisfied, index", "which figure it takes")),
        "results": (
            CODE,
            Text("địa chỉ kết quả; null: chưa có", "where the results are; null: none yet"),
        ),
        "page": (CODE, Text("trang dành cho người đọc", "the page for people")),
    },
    "survey_results": {
        "unit": (CODE, Text("mã đơn vị", "code of the unit")),
        "name": ("object", Text("tên đơn vị", "its name")),
        "satisfied": (
            "object",
            Text(
                "tỷ lệ hài lòng (%): value, se, low, high, n, hidden; null: không có điều tra",
                "share of the satisfied (%): value, se, low, high, n, hidden; null: no survey",
            ),
        ),
        "index": ("object", Text("chỉ số (%), cùng các trường", "index (%), the same fields")),
        "groups": ("array", Text("theo nhóm được hỏi", "by group of respondents")),
        "factors": ("array", Text("theo yếu tố", "by factor")),
        "reported_by": ("array", Text("đơn vị khác báo cáo kết quả", "other bodies that reported it")),
    },
    "values": {
        "unit": (CODE, Text("mã đơn vị", "code of the unit")),
        "indicator": (CODE, Text("mã chỉ tiêu", "code of the indicator")),
        "from": (DAY, Text("ngày đầu kỳ", "first day")),
        "to": (DAY, Text("ngày cuối kỳ", "last day")),
        "numerator": (WHOLE, Text("tử số của tỷ lệ", "numerator of a share")),
        "denominator": (WHOLE, Text("mẫu số; 0: không phát sinh", "denominator; 0: no case arose")),
        "value": (NUMBER, Text("giá trị của chỉ tiêu không phải tỷ lệ", "value where it is no share")),
        "as_of": (DAY, Text("ngày cuối cùng mà số liệu phản ánh", "last day the figure reflects")),
    },
}


def dictionary(language: str) -> list[dict[str, Any]]:
    """Every table as a Frictionless Table Schema, its fields described in a language."""
    return [
        {
            "name": name,
            "schema": {
                "fields": [
                    {"name": field, "type": kind, "description": meaning.in_(language)}
                    for field, (kind, meaning) in table.items()
                ]
            },
        }
        for name, table in TABLES.items()
    ]
