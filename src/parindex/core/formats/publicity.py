"""How much of a result is for everybody: set by the decision that publishes it."""

from __future__ import annotations

from enum import StrEnum


class Publicity(StrEnum):
    """A level of publicity; each shows what the one before it shows, and more.

    ANNEX: what a decision's annex holds: points, index, grade and rank. AREAS: and the areas' scores.
    REASONS: and every point with its reason, and the answers it follows from. EVIDENCE: and those documents
    behind standing rulings that their units marked public.
    """

    ANNEX = "annex"
    AREAS = "areas"
    REASONS = "reasons"
    EVIDENCE = "evidence"

    @property
    def shows_areas(self) -> bool:
        """Whether the areas' scores are for everybody."""
        return self is not Publicity.ANNEX

    @property
    def shows_reasons(self) -> bool:
        """Whether every point with its reason is, and with them the whole bundle."""
        return self in (Publicity.REASONS, Publicity.EVIDENCE)

    @property
    def shows_evidence(self) -> bool:
        """Whether documents marked public are."""
        return self is Publicity.EVIDENCE
