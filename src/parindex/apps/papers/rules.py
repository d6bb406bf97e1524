"""What must hold when a paper comes back signed, and of what the office says for all its papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from parindex.apps.evidence.inspecting import Inspected, check_signed_pdf
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.core.papers import codes_in, spaced_code


MOST_LINES, LONGEST_LINE = 20, 500


def check_lines(lines: Sequence[str]) -> None:
    """Grounds or recipients, one a line.

    Raises:
        Refused: ``office_too_many_lines``, ``office_line_too_long``.
    """
    if len(lines) > MOST_LINES:
        raise Refused("office_too_many_lines", most=MOST_LINES, given=len(lines))
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            raise Refused("office_line_too_long", number=number, most=LONGEST_LINE, given=len(line))


def check_issue(*, number: str, signer: str, on: date, at: datetime) -> None:
    """What the office says of a paper that it issued.

    Raises:
        Refused: ``number_needed``, ``signer_needed``, ``issued_in_future``.
    """
    if not number.strip():
        raise Refused("number_needed")
    if not signer.strip():
        raise Refused("signer_needed")
    if on > legal_date(at):
        raise Refused("issued_in_future", on=on)


def check_signed_file(upload: Inspected, code: str) -> bool:
    """Whether the file's own text carries the code of the result that the paper tells; a scan that nothing
    could be read in carries none.

    Raises:
        Refused: ``signed_not_pdf``; ``paper_of_other_result``: it carries other codes.
    """
    check_signed_pdf(upload)
    read = codes_in(upload.reading.text)
    if code and read and code not in read:
        raise Refused("paper_of_other_result", given=spaced_code(min(read)), expected=spaced_code(code))
    return bool(code) and code in read
