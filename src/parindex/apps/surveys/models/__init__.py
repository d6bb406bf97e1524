"""What is kept of surveys. What would join an answer with whoever gave it is not kept at all."""

from parindex.apps.surveys.models.answers import Answer as Answer
from parindex.apps.surveys.models.answers import Flag as Flag
from parindex.apps.surveys.models.answers import Interview as Interview
from parindex.apps.surveys.models.answers import PaperBatch as PaperBatch
from parindex.apps.surveys.models.answers import PaperForm as PaperForm
from parindex.apps.surveys.models.answers import TextTag as TextTag
from parindex.apps.surveys.models.planning import FactorIndicator as FactorIndicator
from parindex.apps.surveys.models.planning import Questionnaire as Questionnaire
from parindex.apps.surveys.models.planning import RatedUnit as RatedUnit
from parindex.apps.surveys.models.planning import RespondentGroup as RespondentGroup
from parindex.apps.surveys.models.planning import Stratum as Stratum
from parindex.apps.surveys.models.planning import Survey as Survey
from parindex.apps.surveys.models.results import Count as Count
from parindex.apps.surveys.models.results import OutsideResult as OutsideResult
from parindex.apps.surveys.models.sampling import Counter as Counter
from parindex.apps.surveys.models.sampling import Draw as Draw
from parindex.apps.surveys.models.sampling import Invitation as Invitation
from parindex.apps.surveys.models.sampling import Reserve as Reserve
from parindex.apps.surveys.models.sampling import Tally as Tally
