"""A round of the invented province as an answers file."""

import csv
import io

from parindex.data import minhhoa


def answers_file(sample: minhhoa.SampleRound) -> str:
    """Long form, with everything that a file can say of a unit and an answer."""
    units, answers = minhhoa.answers_of(sample)
    known = {u.code: u for u in units}
    stream = io.StringIO()
    sheet = csv.writer(stream)
    sheet.writerow(["unit", "criterion", "answer", "se", "n", "type", "group", "late_days"])
    for a in answers:
        u = known[a.unit]
        sheet.writerow([u.name.vi, a.leaf, a.text, a.se, a.n, u.type, u.group, u.late_days or ""])
    return stream.getvalue()
