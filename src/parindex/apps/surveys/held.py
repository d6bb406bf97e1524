"""What the ledger says of surveys, questionnaires, draws and counts: see `parindex.apps.audit.held`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parindex.apps.audit.held import Act, Hashed, Key, Table, standing
from parindex.apps.surveys.models import Count, Draw, Questionnaire, Survey
from parindex.core.formats.canonical import digest


Said = Iterator[tuple[Key, Mapping[str, object]]]
SURVEY = ("year", "kind", "body", "opens", "small", "small_public", "indicator", "measure", "seed")


def _survey(act: Act) -> Said:
    said = {name: act.said[name] for name in SURVEY}
    yield (act.chain,), {**said, "title": act.said["title"], "rules": act.said.get("rules", "")}


def _drawn(act: Act) -> Said:
    said = {name: act.said[name] for name in ("size", "seed")}
    yield (act.chain, act.said["group"], act.said["frame"]), {**said, "by": act.by}


def _counted(act: Act) -> Said:
    yield (act.chain, str(act.said["number"])), {"content": act.said["content"], "by": act.by}


def _counts() -> Iterator[tuple[Key, Mapping[str, object]]]:
    for one in Count.objects.order_by("pk").iterator(chunk_size=100):
        yield (f"survey:{one.survey_id}", str(one.number)), {"content": digest(one.content), "by": one.by}


def _questionnaire(act: Act) -> Said:
    yield (act.chain, str(act.said["version"])), {"sha256": act.said["sha256"], "content": True}


def _questionnaires() -> Iterator[tuple[Key, Mapping[str, object]]]:
    for one in Questionnaire.objects.order_by("pk").iterator(chunk_size=100):
        key = f"questionnaire:{one.territory_id}:{one.code}", str(one.version)
        yield (
            key,
            {"sha256": one.sha256, "content": Hashed(str(digest(one.content) == one.sha256), one.content)},
        )


QUIET = frozenset({"survey.*"})
HELD = (
    Table(
        "surveys.Survey",
        ("survey:",),
        {"survey.begun": _survey, "survey.changed": _survey},
        QUIET,
        standing(
            Survey.objects.all(),
            ("survey:{pk}",),
            {
                **{name: name for name in SURVEY if name != "indicator"},
                "indicator": "indicator__code",
                "title": "title_vi",
                "rules": "rules",
            },
        ),
    ),
    Table(
        "surveys.Questionnaire",
        ("questionnaire:",),
        {"questionnaire.kept": _questionnaire, "questionnaire.fixed": _questionnaire},
        frozenset(),
        _questionnaires,
    ),
    Table(
        "surveys.Draw",
        ("survey:",),
        {"survey.drawn": _drawn},
        QUIET,
        standing(
            Draw.objects.all(),
            ("survey:{group__survey_id}", "group__code", "frame_sha256"),
            {"size": "frame_size", "seed": "seed", "by": "by"},
        ),
    ),
    Table("surveys.Count", ("survey:",), {"survey.counted": _counted}, QUIET, _counts),
)
