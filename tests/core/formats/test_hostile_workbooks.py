"""Workbooks made to slip past the checks: refused by name, before they can grow."""

import io
import re
import zipfile

import openpyxl
import pytest


SET = """
tree: [{code: "1.1", name: Một, max: 4, rule: {kind: points}}]
"""


def _book(change=None):
    """A small workbook whose parts are changed by `change(name, data)`."""
    book = openpyxl.Workbook()
    for row in (["unit", "1.1"], ["x", 1]):
        book.active.append(row)
    plain, stream = io.BytesIO(), io.BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)) if change else old.read(name))
    return stream.getvalue()


def _codes(tiny, content):
    return [c for _, c in tiny.answer_problems(tiny.framework(SET), content, "a.xlsx")]


ENTITIES = b"".join(b'<!ENTITY %c "%s">' % (98 + k, b"&%c;" % (97 + k) * 10) for k in range(9))
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + ENTITIES + b"]>"


def _laughing(data):
    """Ten entities, each ten times the one before."""
    return LAUGHS + data[data.index(b"<styleSheet") :].replace(b"<fonts", b"&j;<fonts", 1)


def _placeless(data):
    """Cells that do not say where they stand, one of them in the last row there can be."""
    wide = b'<row r="3">' + b"<c><v>1</v></c>" * 500 + b'</row><row r="1048576"><c><v>1</v></c></row>'
    return re.sub(rb' r="[A-Z]+[0-9]+"', b"", data).replace(b"</sheetData>", wide + b"</sheetData>")


@pytest.mark.parametrize(
    ("part", "change", "code"),
    [
        ("styles.xml", _laughing, "workbook_broken"),
        ("sheet1.xml", _placeless, "sheet_too_large"),
        ("workbook.xml.rels", lambda d: d.replace(b"sheet1.xml", b"SHEET1.xml"), "workbook_broken"),
        ("workbook.xml.rels", lambda d: d.replace(b"worksheets/", b"../../etc/"), "workbook_broken"),
    ],
    ids=["entities that grow", "cells without a place", "a part in other capitals", "a part outside"],
)
def test_what_hides_from_the_checks_is_refused(tiny, part, change, code):
    """Whatever only one of two readers would find."""
    assert _codes(tiny, _book(lambda n, d: change(d) if n.endswith(part) else d)) == [code]


def test_cells_without_a_place_are_read_where_they_are_few(tiny):
    """They follow one another; some programs write them so."""
    content = _book(lambda n, d: re.sub(rb' r="[A-Z]+[0-9]+"', b"", d) if "sheet1" in n else d)
    table = tiny.answers(tiny.framework(SET), content, "a.xlsx").table
    assert [a.value for a in table.columns["1.1"].distinct] == [1]


def test_a_locked_package_is_told_of(tiny):
    """A zip may be locked as well."""
    content = bytearray(_book())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    assert _codes(tiny, bytes(content)) == ["old_or_locked_workbook"]


def test_a_part_that_stands_twice_is_refused(tiny):
    """One reader would see the one, another the other."""
    stream = io.BytesIO(_book())
    with zipfile.ZipFile(stream, "a") as package, pytest.warns(UserWarning, match="Duplicate name"):
        package.writestr("xl/worksheets/sheet1.xml", b"<worksheet/>")
    assert _codes(tiny, stream.getvalue()) == ["workbook_broken"]
