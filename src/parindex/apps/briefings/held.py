"""What the ledger says of briefings and movements: see `parindex.apps.audit.held`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parindex.apps.audit.held import Act, Hashed, Key, Table, standing
from parindex.apps.briefings.actions import content_hash
from parindex.apps.briefings.emulation import asked_hash
from parindex.apps.briefings.models import (
    Briefing,
    BriefingRevision,
    Campaign,
    Commendation,
    CommendationRevision,
    Conclusion,
    Initiative,
    Registration,
    Reuse,
)
from parindex.core.formats.canonical import digest


Said = Iterator[tuple[Key, Mapping[str, object]]]
BRIEFINGS = ("briefing:",)
CAMPAIGNS = ("emulation:",)
QUIET = frozenset({"briefing.*", "campaign.*", "emulation.*", "initiative.*", "commendation.*"})


def _begun(act: Act) -> Said:
    yield (act.chain,), {"state": "draft"}


def _issued(act: Act) -> Said:
    said = {"state": "issued", "number": act.said["number"], "issued_on": act.said["on"]}
    yield (act.chain,), {**said, "signer": act.said.get("signer", "")}


def _revised(act: Act) -> Said:
    said = {"content": act.said["content"], "by": act.by}
    yield (act.chain, str(act.said["revision"])), said


def _revisions() -> Iterator[tuple[Key, Mapping[str, object]]]:
    for one in BriefingRevision.objects.order_by("pk").iterator(chunk_size=100):
        yield (
            (f"briefing:{one.briefing_id}", str(one.number)),
            {
                "content": Hashed(content_hash(one), [one.sections, one.conclusions]),
                "by": one.by,
            },
        )


def _concluded(act: Act) -> Said:
    """What an issued briefing concludes is what its newest revision says, which has its own entry."""
    yield (act.chain,), {"conclusions": True}


def _conclusions() -> Iterator[tuple[Key, Mapping[str, object]]]:
    """Whether the conclusions that stand are those of the issued revision."""
    for one in Briefing.objects.filter(state=Briefing.State.ISSUED).order_by("pk").iterator(chunk_size=100):
        newest = one.revisions.order_by("-number").first()
        said = [(row["content"], row["due"]) for row in newest.conclusions] if newest else []
        rows = Conclusion.objects.filter(briefing=one).order_by("number").values_list("content", "due")
        kept = [(content, due.isoformat() if due else "") for content, due in rows]
        yield (f"briefing:{one.pk}",), {"conclusions": Hashed(str(kept == said), [kept, said])}


def _asked(act: Act) -> Said:
    yield (act.chain,), {"content": act.said["content"]}


def _moved(act: Act) -> Said:
    yield (act.chain,), {"state": act.said["state"]}


def _campaigns() -> Iterator[tuple[Key, Mapping[str, object]]]:
    for one in Campaign.objects.order_by("pk").iterator(chunk_size=100):
        yield (
            (f"emulation:{one.pk}",),
            {
                "content": Hashed(asked_hash(one), [one.name, one.slogan, one.criteria, one.document]),
                "state": one.state,
            },
        )


def _registered(act: Act) -> Said:
    said = {"unit": act.said["unit"], "who": act.said["who"], "withdrawn": ""}
    texts = {"name": act.said.get("name", ""), "text": act.said["text"]}
    yield (str(act.said["registration"]),), {**said, **texts, "by": act.by}


def _withdrawn(act: Act) -> Said:
    yield (str(act.said["registration"]),), {"withdrawn": act.said["reason"]}


def _initiative(act: Act) -> Said:
    said = {name: act.said[name] for name in ("unit", "content", "number", "issued")}
    yield (act.chain, str(act.said["initiative"])), said


def _initiatives() -> Iterator[tuple[Key, Mapping[str, object]]]:
    for one in Initiative.objects.select_related("unit").order_by("pk").iterator(chunk_size=100):
        content = digest([one.title, one.authors, one.description, one.effect])
        said = {
            "content": content,
            "number": one.decision,
            "issued": one.recognised_on,
            "unit": one.unit.code,
        }
        yield (f"emulation:{one.campaign_id}", str(one.number)), said


def _reused(act: Act) -> Said:
    yield (act.chain, str(act.said["initiative"]), act.said["unit"]), {"note": act.said["note"], "by": act.by}


def _listed(act: Act) -> Said:
    yield (act.chain, str(act.said["revision"])), {"content": act.said["content"], "by": act.by}


def _lists() -> Iterator[tuple[Key, Mapping[str, object]]]:
    for one in (
        CommendationRevision.objects.select_related("commendation").order_by("pk").iterator(chunk_size=100)
    ):
        key = f"emulation:{one.commendation.campaign_id}", str(one.number)
        yield key, {"content": Hashed(digest(one.rows), one.rows), "by": one.by}


LISTS = {"commendation.drafted": _listed, "commendation.saved": _listed}
HELD = (
    Table(
        "briefings.Briefing",
        BRIEFINGS,
        {"briefing.drafted": _begun, "briefing.issued": _issued},
        QUIET,
        standing(
            Briefing.objects.all(),
            ("briefing:{pk}",),
            {name: name for name in ("state", "number", "issued_on", "signer")},
        ),
    ),
    Table(
        "briefings.BriefingRevision",
        BRIEFINGS,
        {"briefing.drafted": _revised, "briefing.saved": _revised},
        QUIET,
        _revisions,
    ),
    Table("briefings.Conclusion", BRIEFINGS, {"briefing.issued": _concluded}, QUIET, _conclusions),
    Table(
        "briefings.Campaign",
        CAMPAIGNS,
        {
            "campaign.begun": _asked,
            "campaign.changed": _asked,
            "campaign.launched": _moved,
            "campaign.closed": _moved,
        },
        QUIET,
        _campaigns,
    ),
    Table(
        "briefings.Registration",
        CAMPAIGNS,
        {"emulation.registered": _registered, "emulation.withdrawn": _withdrawn},
        QUIET,
        standing(
            Registration.objects.all(),
            ("pk",),
            {
                **{name: name for name in ("name", "withdrawn", "by")},
                "unit": "unit__code",
                "who": "kind",
                "text": "pledge",
            },
        ),
    ),
    Table(
        "briefings.Initiative",
        CAMPAIGNS,
        {"initiative.handed_in": _initiative, "initiative.changed": _initiative},
        QUIET,
        _initiatives,
    ),
    Table(
        "briefings.Reuse",
        CAMPAIGNS,
        {"initiative.reused": _reused},
        QUIET,
        standing(
            Reuse.objects.all(),
            ("emulation:{initiative__campaign_id}", "initiative__number", "unit__code"),
            {"note": "note", "by": "by"},
        ),
    ),
    Table("briefings.CommendationRevision", CAMPAIGNS, LISTS, QUIET, _lists),
    Table(
        "briefings.Commendation",
        CAMPAIGNS,
        {"commendation.drafted": _begun, "commendation.issued": _issued},
        QUIET,
        standing(
            Commendation.objects.all(),
            ("emulation:{campaign_id}",),
            {name: name for name in ("state", "number", "issued_on", "signer")},
        ),
    ),
)
