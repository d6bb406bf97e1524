"""Calendars that other programs read: what RFC 5545 asks for, whatever stands in a task."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from parindex.core.formats.icalendar import CalendarDay, calendar, folded_line


AT = datetime(2025, 3, 1, 8, 0, tzinfo=UTC)


def _day(uid="1@x", title="Rà soát", **more):
    return CalendarDay(uid, title, date(2025, 6, 30), date(2025, 6, 30), AT, **more)


def _unfolded(content):
    return content.decode().replace("\r\n ", "").split("\r\n")


def _value(lines, name):
    return next(line.partition(":")[2] for line in lines if line.startswith((f"{name}:", f"{name};")))


def _read(text):
    """A TEXT value as a calendar program reads it."""
    out, rest = [], iter(text)
    for c in rest:
        if c == "\\":
            c = next(rest)
            c = "\n" if c in "nN" else c
        out.append(c)
    return "".join(out)


def test_a_whole_day_ends_on_the_day_after():
    """So the standard has it, and it blocks nobody's time."""
    lines = _unfolded(calendar("Kế hoạch", [_day(reminders=[7, 1])]))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert (_value(lines, "DTSTART"), _value(lines, "DTEND")) == ("20250630", "20250701")
    assert (_value(lines, "UID"), _value(lines, "DTSTAMP")) == ("1@x", "20250301T080000Z")
    assert _value(lines, "TRANSP") == "TRANSPARENT"
    assert [line for line in lines if line.startswith("TRIGGER")] == ["TRIGGER:-P7D", "TRIGGER:-P1D"]
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_what_is_called_off_is_shown_as_such_and_does_not_remind():
    """It stays, so that programs take it out."""
    lines = _unfolded(calendar("Kế hoạch", [_day(cancelled=True, reminders=[7])]))
    assert _value(lines, "STATUS") == "CANCELLED"
    assert "BEGIN:VALARM" not in lines


def test_the_order_of_entries_changes_nothing():
    """The same calendar gives the same bytes."""
    one, two = _day("1@x"), _day("2@x", "Khác")
    assert calendar("a", [one, two]) == calendar("a", [two, one])


def test_nothing_in_a_text_can_begin_a_line_of_its_own():
    """A title with a line end is no way to add an entry."""
    lines = _unfolded(calendar("a", [_day(title="x\r\nBEGIN:VEVENT\nATTACH:y", url="https://x\r\nATTACH:z")]))
    assert lines.count("BEGIN:VEVENT") == 1
    assert not [line for line in lines if line.startswith("ATTACH")]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_lines_are_folded_between_characters_and_come_back_whole(text):
    """Seventy-five octets at most."""
    content = calendar("a", [_day(title=text)])
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.decode()
    wanted = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in wanted if c in "\t\n" or not (c < " " or c == "\x7f"))
    assert _read(_value(_unfolded(content), "SUMMARY")) == kept


def test_a_long_line_is_folded_with_a_blank():
    """Which belongs to the fold, not to the text."""
    assert folded_line("x" * 80) == b"x" * 75 + b"\r\n " + b"x" * 5 + b"\r\n"
