"""Every lost point once, with what kind of thing would have to be different."""

from fractions import Fraction

from parindex.core.kernel.improvement import Cause, losses_of
from parindex.core.kernel.improvement.contributions import LATE


SET = """
tree:
  - {code: A1, name: a, max: 10, rule: {kind: points}}
  - {code: A2, name: b, max: 10, rule: DUE}
  - {code: A3, name: c, max: 10, rule: DUE}
  - {code: A4, name: d, max: 10, method: measured, rule: {kind: proportional}}
  - {code: A5, name: e, max: 10, method: survey, rule: {kind: satisfaction}}
  - {code: A6, name: f, max: 10, rule: {kind: points}}
  - {code: A7, name: g, max: 10, rule: {kind: points}}
  - {code: A8, name: h, max: 30, rule: {kind: points}}
penalty: {items: [{code: P1, name: p, max: 3, rule: {kind: points}}]}
late_submission: {steps: [{from_day: 1, points: 1}]}
""".replace("DUE", "{kind: deadline, due: 2025-01-15, in_time: {percent: 100}, late: {percent: 50}}")
HEAD = "unit,criterion,answer\n"
ROWS = HEAD + "a,A1,4\na,A2,2025-02-01\na,A3,none\na,A4,1/2\na,A5,80\na,A6,points:9\na,A8,30\na,P1,2\n"


def test_each_loss_has_its_cause_and_all_together_are_what_is_missing(tiny):
    """By rule, by method, by who ruled; nothing where nothing is lost."""
    result = tiny.assess(SET, ROWS)
    found = {loss.code: (loss.cause, loss.points) for loss in losses_of(result, 0)}
    assert found == {
        "A1": (Cause.STEP, 6),
        "A2": (Cause.LATE_DOCUMENT, 5),
        "A3": (Cause.NO_DOCUMENT, 10),
        "A4": (Cause.MEASURE, 5),
        "A5": (Cause.SURVEY, 2),
        "A6": (Cause.RULED, 1),
        "A7": (Cause.UNANSWERED, 10),
        "P1": (Cause.PENALTY, 2),
    }
    assert sum(loss.worth for loss in losses_of(result, 0)) == 100 - result.units[0].index


def test_the_most_is_told_first_and_a_late_sheet_is_a_loss(tiny):
    """By what it is worth."""
    late = tiny.assess(SET, ROWS.replace("answer\n", "answer,late_days\n").replace("a,A1,4\n", "a,A1,4,1\n"))
    found = losses_of(late, 0)
    assert [loss.worth for loss in found] == sorted((loss.worth for loss in found), reverse=True)
    assert next(loss.points for loss in found if loss.code == LATE) == Fraction(1)


def test_a_unit_without_index_lost_nothing_that_can_be_told(tiny):
    """Nothing applies to it."""
    rows = HEAD + "".join(f"a,A{k},n/a\n" for k in range(1, 9))
    assert list(losses_of(tiny.assess(SET, rows), 0)) == []
