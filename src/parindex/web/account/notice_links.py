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
OF_THING: Mapping[str, str] = {
    "article": "news:edit",
    "task": "plans:task",
    "visit": "inspections:visit",
    "communication": "news:plan",
    "campaign": "emulation:campaign",
    "briefing": "briefings:briefing",
}
"""Where a notice leads that names one of these; the parts of its reference are the address's."""
AT_KIND: Mapping[str, str] = {"task_handed_down": "plans:offered"}
"""Kinds that lead to a list, whatever they name."""
NEEDS = ("at_round", "at_unit", "leaf")


def link_of(notice: Notice) -> str:
    """The address that a notice leads to; the start page where it names no place."""
    data = notice.data
    if notice.url:
        return notice.url
    for name, address in OF_THING.items():
        if data.get(name):
            return reverse(AT_KIND.get(notice.kind, address), args=_parts(notice.kind, data[name]))
    arguments = list(takewhile(bool, (data.get(name, "") for name in NEEDS)))
    if not arguments:
        return reverse("account:start")
    name = _place(notice.kind, data)
    for many in range(len(arguments), 0, -1):
        try:
            return reverse(name, args=arguments[:many])
        except NoReverseMatch:
            continue
    return reverse("account:start")


def _parts(kind: str, reference: str) -> list[str]:
    return [] if kind in AT_KIND else reference.split("/")


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
