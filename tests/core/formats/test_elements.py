"""Units of a published result are read one by one, whatever the file's spacing, and nothing false is read."""

import json

import pytest

from parindex.core.formats.elements import units_in


DOCUMENT = {
    "framework": {"units": [9]},
    "units": [{"unit": "Sở Một", "nodes": {}}, [1, 2], "x"],
    "more": None,
}


@pytest.mark.parametrize("more", [{}, {"indent": 1}, {"separators": (" ,\n", "\t: ")}])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_each_element_comes_in_its_order(more, encoding):
    content = json.dumps(DOCUMENT, ensure_ascii=False, **more).encode(encoding)
    assert list(units_in(content)) == DOCUMENT["units"]
    assert list(units_in(b' { "units" : [ ] } ')) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"units": {}}',
        '{"units": [1, 2]',
        '{"units": [1 2]}',
        '{"units": [1,]}',
        '{"units": [1]} x',
        '{"units": [1], "units": [1]}',
        '{"units" [1]}',
        '{"units": [1], }',
        '{"units": [tru]}',
    ],
)
def test_what_is_no_such_object_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  whatever the reader says
        list(units_in(text.encode()))
