"""What must hold before something is kept."""

from parindex.apps.assessments.rules.answers import AnswerRow as AnswerRow
from parindex.apps.assessments.rules.answers import RowProblem as RowProblem
from parindex.apps.assessments.rules.answers import RowsRefused as RowsRefused
from parindex.apps.assessments.rules.answers import check_answer_rows as check_answer_rows
