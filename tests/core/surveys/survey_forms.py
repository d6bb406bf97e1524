"""Small questionnaires and columns of answers for the tests of estimates."""

from fractions import Fraction

import numpy as np

from parindex.core.kernel.text import Text
from parindex.core.surveys.estimation import Counting, Forms, Frame
from parindex.core.surveys.questionnaire import Item, Option, Question


YES, NO, UNSURE, NONE = 0, 1, 2, -1


def item(code="q", weight=1):
    """A question with yes (100 %), no (0 %), and no opinion."""
    options = (
        Option("y", Text("Có"), score=Fraction(100), satisfied=True),
        Option("n", Text("Không"), score=Fraction(0), satisfied=False),
        Option("x", Text("Không có ý kiến"), no_opinion=True),
    )
    question = Question(code, "single", Text(code), options=options, weight=Fraction(weight))
    return Item(code, question, None, "", Fraction(weight))


def scores(values):
    """A question whose options count these thousandths."""
    options = tuple(Option(str(v), Text(str(v)), score=Fraction(v, 10)) for v in values)
    return Item("q", Question("q", "scale", Text("q"), options=options), None, "", Fraction(1))


def counting(rows, population, weight, *, units=1):
    """Rows of (unit, stratum, answer or answers) with a cluster as fourth where there are clusters."""
    answers = [r[2] if isinstance(r[2], dict) else {"q": r[2]} for r in rows]
    codes = {k: np.array([a[k] for a in answers], np.int8) for k in (answers[0] if answers else {"q": 0})}
    cluster = np.array([r[3] for r in rows], np.int64) if rows and len(rows[0]) > 3 else None
    unit, stratum = (np.array([r[k] for r in rows], np.int64) for k in (0, 1))
    frame = Frame(tuple(population), tuple(Fraction(w) for w in weight))
    return Counting(Forms(unit, stratum, codes, cluster), frame, units)
