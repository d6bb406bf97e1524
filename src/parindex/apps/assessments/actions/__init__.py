"""Every change of a round, its sheets and its rulings."""

from parindex.apps.assessments.actions.assigning import Part as Part
from parindex.apps.assessments.actions.assigning import assign_parts as assign_parts
from parindex.apps.assessments.actions.rounds import Enrolment as Enrolment
from parindex.apps.assessments.actions.rounds import NewRound as NewRound
from parindex.apps.assessments.actions.rounds import PlannedPhase as PlannedPhase
from parindex.apps.assessments.actions.rounds import open_round as open_round
from parindex.apps.assessments.actions.rounds import record_answers as record_answers
from parindex.apps.assessments.actions.sheets import DraftConflict as DraftConflict
from parindex.apps.assessments.actions.sheets import SignedReport as SignedReport
from parindex.apps.assessments.actions.sheets import Typing as Typing
from parindex.apps.assessments.actions.sheets import attach_report as attach_report
from parindex.apps.assessments.actions.sheets import return_sheet as return_sheet
from parindex.apps.assessments.actions.sheets import save_draft as save_draft
from parindex.apps.assessments.actions.sheets import save_drafts as save_drafts
from parindex.apps.assessments.actions.sheets import submit_sheet as submit_sheet
from parindex.apps.assessments.actions.sheets import withdraw_sheet as withdraw_sheet
