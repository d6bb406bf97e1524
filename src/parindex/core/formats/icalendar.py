"""A calendar of whole days for other programs (RFC 5545): escaped, folded, the same from day to day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta


WIDTH = 75  # octets of a line, without its end
PRODUCT = "-//parindex//plans//VI"
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """An entry of whole days.

    Attributes:
        uid: the same as long as the thing is the same, and nothing else has it.
        first, last: both inclusive.
        changed: when it was last changed: the calendar's own time of it.
        url: where it is on the site. cancelled: it is shown as called off.
        reminders: days before its first day on which the program reminds.
    """

    uid: str
    title: str
    first: date
    last: date
    changed: datetime
    text: str = ""
    url: str = ""
    place: str = ""
    cancelled: bool = False
    reminders: Sequence[int] = ()


def calendar(name: str, days: Iterable[CalendarDay], *, refresh_hours: int = 6) -> bytes:
    """The calendar as bytes: CRLF, UTF-8, lines folded between characters. The same entries, in whichever
    order, give the same bytes."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{_text(name)}", f"REFRESH-INTERVAL;VALUE=DURATION:PT{refresh_hours}H"]
    for day in sorted(days, key=lambda d: (d.first, d.uid)):
        lines += _event(day)
    lines.append("END:VCALENDAR")
    return b"".join(folded_line(line) for line in lines)


def _event(day: CalendarDay) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(day.uid)}"
    yield f"DTSTAMP:{day.changed.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{day.first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day.last + timedelta(days=1):%Y%m%d}"  # the end is the day after
    yield f"SUMMARY:{_text(day.title)}"
    if day.text:
        yield f"DESCRIPTION:{_text(day.text)}"
    if day.place:
        yield f"LOCATION:{_text(day.place)}"
    if day.url:
        yield f"URL:{_CONTROLS.sub('', day.url)}"
    yield f"STATUS:{'CANCELLED' if day.cancelled else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    for before in () if day.cancelled else day.reminders:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-P{before}D")
        yield f"DESCRIPTION:{_text(day.title)}"
        yield "END:VALARM"
    yield "END:VEVENT"


def _text(value: str) -> str:
    """A TEXT value: backslash, semicolon and comma escaped, line ends as ``\\n``, no other controls."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    plain = _CONTROLS.sub("", lines).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\n", "\\n")


def folded_line(line: str) -> bytes:
    """One content line, folded after at most 75 octets and never within a character."""
    out, here = bytearray(), 0
    for character in line:
        octets = character.encode("utf-8", errors="replace")
        if here + len(octets) > WIDTH:
            out += b"\r\n "
            here = 1
        out += octets
        here += len(octets)
    return bytes(out + b"\r\n")
