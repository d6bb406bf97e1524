"""Refusals of plans and counts of surveys: codes with data, whose sentences are in `wording`."""

from __future__ import annotations

from parindex.core.kernel.problems import Refused


class SurveyRefused(Refused):
    """A sample, a weight or a combination that cannot be made of what was given."""
