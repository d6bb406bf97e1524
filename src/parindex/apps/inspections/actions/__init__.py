"""What changes inspections: each act is one transaction and one entry of its plan's or visit's chain."""

from parindex.apps.inspections.actions.inspecting import FindingWritten as FindingWritten
from parindex.apps.inspections.actions.inspecting import add_finding as add_finding
from parindex.apps.inspections.actions.inspecting import add_photos as add_photos
from parindex.apps.inspections.actions.inspecting import add_proof as add_proof
from parindex.apps.inspections.actions.inspecting import answer_question as answer_question
from parindex.apps.inspections.actions.inspecting import change_finding as change_finding
from parindex.apps.inspections.actions.inspecting import keep_photos as keep_photos
from parindex.apps.inspections.actions.inspecting import note_visit as note_visit
from parindex.apps.inspections.actions.inspecting import recommend as recommend
from parindex.apps.inspections.actions.inspecting import withdraw_finding as withdraw_finding
from parindex.apps.inspections.actions.issuing import record_paper as record_paper
from parindex.apps.inspections.actions.planning import PlanWritten as PlanWritten
from parindex.apps.inspections.actions.planning import VisitWritten as VisitWritten
from parindex.apps.inspections.actions.planning import add_visit as add_visit
from parindex.apps.inspections.actions.planning import begin_plan as begin_plan
from parindex.apps.inspections.actions.planning import cancel_visit as cancel_visit
from parindex.apps.inspections.actions.planning import change_plan as change_plan
from parindex.apps.inspections.actions.planning import change_team as change_team
from parindex.apps.inspections.actions.planning import change_visit as change_visit
from parindex.apps.inspections.actions.planning import close_plan as close_plan
from parindex.apps.inspections.actions.planning import issue_plan as issue_plan
from parindex.apps.inspections.actions.remedying import answer_recommendation as answer_recommendation
from parindex.apps.inspections.actions.remedying import begin_visit as begin_visit
from parindex.apps.inspections.actions.remedying import close_visit as close_visit
from parindex.apps.inspections.actions.remedying import conclude_visit as conclude_visit
from parindex.apps.inspections.actions.remedying import verify_answer as verify_answer
