"""Every change of a round, its sheets and its rulings."""

from parindex.apps.assessments.actions.assigning import Part as Part
from parindex.apps.assessments.actions.assigning import assign_parts as assign_parts
from parindex.apps.assessments.actions.rounds import Enrolment as Enrolment
from parindex.apps.assessments.actions.rounds import NewRound as NewRound
from parindex.apps.assessments.actions.rounds import PlannedPhase as PlannedPhase
from parindex.apps.assessments.actions.rounds import open_round as open_round
from parindex.apps.assessments.actions.rounds import record_answers as record_answers
