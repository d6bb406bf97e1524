"""A leaf in dispute as pages show it: what each stage gave and why, and all that was said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from parindex.apps.assessments.models import Ruling
from parindex.apps.assessments.queries.explanations import Dispute
from parindex.apps.evidence.queries import labels_of
from parindex.apps.organisations.queries import names_of
from parindex.web.parts.answers import answer_facts
from parindex.web.parts.languages import language


SHOWN = (Ruling.Stage.SELF, Ruling.Stage.APPRAISED, Ruling.Stage.EXPLAINED, Ruling.Stage.COUNCIL)


def stages_of(
    dispute: Dispute, names: dict[str, str], *, only: Iterable[str] = SHOWN
) -> list[dict[str, Any]]:
    """Points, answer, reason, name and time of each stage; a stage without a ruling has none."""
    standing = dispute.standing
    found = []
    for stage in only:
        ruling = dispute.rulings.get(stage)
        facts = answer_facts(dispute.leaf, ruling.answer, language()) if ruling else []
        found.append(
            {
                "stage": stage,
                "points": dispute.points.get(stage),
                "facts": facts,
                "reason": (ruling.reason or ruling.note) if ruling else "",
                "name": names.get(ruling.by, ruling.by) if ruling else "",
                "at": ruling.at if ruling else None,
                "now": ruling is not None and standing is not None and ruling.pk == standing.pk,
            }
        )
    return found


def thread_of(dispute: Dispute, names: dict[str, str]) -> list[dict[str, Any]]:
    """Every statement with its author, its claim and the documents it names. One query."""
    said = list(dispute.case.statements.all()) if dispute.case else []
    labels = labels_of({row[1] for s in said for row in s.evidence})
    return [
        {
            "said": s,
            "name": names.get(s.by, s.by),
            "documents": [{"label": labels.get(key, key), "page": page} for _, key, page in s.evidence],
        }
        for s in said
    ]


def names_in(disputes: Sequence[Dispute]) -> dict[str, str]:
    """The names of everybody who ruled or spoke. One query."""
    refs = {r.by for d in disputes for r in d.rulings.values()}
    refs |= {s.by for d in disputes if d.case for s in d.case.statements.all()}
    return names_of(refs)
