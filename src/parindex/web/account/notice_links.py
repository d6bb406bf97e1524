"""Where a notice leads: the place on the site that it speaks of, as its reader's party sees it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile

from django.urls import NoReverseMatch, reverse

from parindex.apps.notices.models import Notice


Places = Mapping[tuple[str, str], str]

OF_KIND: Places = {
    ("unit", "leaves_handed_out"): "unit:leaf",
    ("unit", "leaves_handed_out_until"): "unit:leaf",
    ("unit", "leaf_ready"): "unit:leaf",
    ("unit", "leaf_returned"): "unit:leaf",
    ("unit", "not_applicable"): "unit:leaf",
    ("unit", "penalty_recorded"): "unit:leaf",
    ("unit", "penalty_withdrawn"): "unit:leaf",
    ("round", "penalty_recorded"): "appraise:penalties",
    ("round", "penalty_withdrawn"): "appraise:penalties",
    ("lead", "part_signed_off"): "appraise:sign",
    ("round", "part_signed_off"): "steer:round",
    ("lead", "sample_drawn"): "appraise:sample",
    ("round", "sample_drawn"): "steer:sample",
    ("round", "round_concluded"): "council:stages",
    ("round", "round_published"): "council:stages",
}
"""(party, kind) where a kind has a place of its own."""
OF_PHASE: Places = {
    ("unit", "self"): "unit:sheet",
    ("unit", "explanation"): "unit:explanations",
    ("unit", "appraisal"): "unit:explanations",
    ("unit", "council"): "unit:explanations",
    ("lead", "appraisal"): "appraise:queue",
    ("round", "council"): "council:room",
}
"""(party, kind of phase)."""
OF_LEAF: Mapping[str, str] = {
    "unit": "unit:explanation",
    "lead": "appraise:case",
    "round": "unit:explanation",
}
"""Where a dispute about a leaf is shown to each party."""
OF_ROUND: Mapping[str, str] = {"unit": "unit:sheet", "lead": "appraise:queue", "round": "steer:round"}
NEEDS = ("at_round", "at_unit", "leaf")


def link_of(notice: Notice) -> str:
    """The address that a notice leads to; the start page where it names no place."""
    data = notice.data
    if data.get("article") and not notice.url:
        return reverse("news:edit", args=[data["article"]])
    if data.get("task") and not notice.url:
        offered = notice.kind == "task_handed_down"
        return reverse("plans:offered") if offered else reverse("plans:task", args=[data["task"]])
    if data.get("visit") and not notice.url:
        return reverse("inspections:visit", args=[data["visit"]])
    if data.get("communication") and not notice.url:
        return reverse("news:plan", args=[data["communication"]])
    if data.get("campaign") and not notice.url:
        return reverse("emulation:campaign", args=[data["campaign"]])
    if data.get("briefing") and not notice.url:
        unit, year, month = data["briefing"].split("/")
        return reverse("briefings:briefing", args=[unit, int(year), int(month)])
    arguments = list(takewhile(bool, (data.get(name, "") for name in NEEDS)))
    if notice.url or not arguments:
        return notice.url or reverse("account:start")
    name = _place(notice.kind, data)
    for many in range(len(arguments), 0, -1):
        try:
            return reverse(name, args=arguments[:many])
        except NoReverseMatch:
            continue
    return reverse("account:start")


def _place(kind: str, data: Mapping[str, str]) -> str:
    """The name of the place's address."""
    party = data.get("party", "")
    found = OF_KIND.get((party, kind))
    if found is None and data.get("leaf"):
        found = OF_LEAF.get(party)
    found = found or OF_PHASE.get((party, data.get("phase", "")))
    if found is None and party == "round" and data.get("at_unit"):
        found = "unit:sheet"
    return found or OF_ROUND.get(party, "account:start")
