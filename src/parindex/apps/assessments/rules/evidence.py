"""When documents may be attached: while the unit may type, or while it may explain."""

from __future__ import annotations

from datetime import datetime

from parindex.apps.assessments.models import Participant, Phase
from parindex.apps.assessments.rules.sheets import check_fillable
from parindex.apps.assessments.rules.time import open_window
from parindex.core.kernel.framework import Framework


def check_attachable(framework: Framework, participant: Participant, at: datetime) -> None:
    """Raises NotNow, as `check_fillable`, where no explanation phase is open for the unit either."""
    if open_window(participant, Phase.Kind.EXPLANATION, at) is None:
        check_fillable(framework, participant, at)
