"""Briefings with their conclusions; emulation movements with all that hangs on them."""

from parindex.apps.briefings.models.briefings import Briefing as Briefing
from parindex.apps.briefings.models.briefings import BriefingRevision as BriefingRevision
from parindex.apps.briefings.models.briefings import Conclusion as Conclusion
from parindex.apps.briefings.models.emulation import Campaign as Campaign
from parindex.apps.briefings.models.emulation import Commendation as Commendation
from parindex.apps.briefings.models.emulation import CommendationRevision as CommendationRevision
from parindex.apps.briefings.models.emulation import Initiative as Initiative
from parindex.apps.briefings.models.emulation import Registration as Registration
from parindex.apps.briefings.models.emulation import Reuse as Reuse
