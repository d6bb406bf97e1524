"""Briefings with their conclusions."""

from parindex.apps.briefings.models.briefings import Briefing as Briefing
from parindex.apps.briefings.models.briefings import BriefingRevision as BriefingRevision
from parindex.apps.briefings.models.briefings import Conclusion as Conclusion
