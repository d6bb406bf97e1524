"""Rounds, sheets, rulings, explanations."""

from parindex.apps.assessments.models.appraising import Assignment as Assignment
from parindex.apps.assessments.models.appraising import Sample as Sample
from parindex.apps.assessments.models.appraising import Share as Share
from parindex.apps.assessments.models.appraising import SignOff as SignOff
from parindex.apps.assessments.models.appraising import Visit as Visit
from parindex.apps.assessments.models.explanations import Explanation as Explanation
from parindex.apps.assessments.models.explanations import Statement as Statement
from parindex.apps.assessments.models.guests import GuestLink as GuestLink
from parindex.apps.assessments.models.penalties import Penalty as Penalty
from parindex.apps.assessments.models.rounds import PUBLICITY as PUBLICITY
from parindex.apps.assessments.models.rounds import Extension as Extension
from parindex.apps.assessments.models.rounds import Participant as Participant
from parindex.apps.assessments.models.rounds import Phase as Phase
from parindex.apps.assessments.models.rounds import RankingGroup as RankingGroup
from parindex.apps.assessments.models.rounds import Round as Round
from parindex.apps.assessments.models.rulings import Ruling as Ruling
from parindex.apps.assessments.models.sheets import Draft as Draft
from parindex.apps.assessments.models.sheets import DraftEdit as DraftEdit
from parindex.apps.assessments.models.sheets import EvidenceLink as EvidenceLink
from parindex.apps.assessments.models.sheets import Handout as Handout
from parindex.apps.assessments.models.sheets import Sheet as Sheet
from parindex.apps.assessments.models.sheets import Submission as Submission
