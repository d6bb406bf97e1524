"""What computations and pages read of rounds."""

from parindex.apps.assessments.queries.rounds import assignments_of as assignments_of
from parindex.apps.assessments.queries.rounds import find_participant as find_participant
from parindex.apps.assessments.queries.rounds import inside_results as inside_results
from parindex.apps.assessments.queries.rounds import keep_windows as keep_windows
from parindex.apps.assessments.queries.rounds import participants_of as participants_of
from parindex.apps.assessments.queries.rounds import participations as participations
from parindex.apps.assessments.queries.rounds import running_rounds as running_rounds
from parindex.apps.assessments.queries.standing import STAGES as STAGES
from parindex.apps.assessments.queries.standing import Written as Written
from parindex.apps.assessments.queries.standing import answer_table as answer_table
from parindex.apps.assessments.queries.standing import published as published
from parindex.apps.assessments.queries.standing import standing_answers as standing_answers
from parindex.apps.assessments.queries.standing import standing_errors as standing_errors
from parindex.apps.assessments.queries.standing import standing_rows as standing_rows
from parindex.apps.assessments.queries.standing import standing_ruling as standing_ruling
from parindex.apps.assessments.queries.standing import table_of as table_of
