"""What the ledger says of indicators, their values, targets and tokens: see `parindex.apps.audit.held`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parindex.apps.audit.held import Act, Key, Table, standing, text
from parindex.apps.indicators.models import Indicator, Target, Token, Value


Said = Iterator[tuple[Key, Mapping[str, object]]]
VALUE = ("indicator__code", "unit__code", "start", "end", "source", "numerator", "denominator", "value")
VALUE_MORE = ("as_of", "version", "se", "n", "by", "known_at")
TARGET = (
    "indicator__code",
    "unit__code",
    "each",
    "year",
    "goal",
    "baseline",
    "document",
    "version",
    "assigned",
)
INDICATOR = ("name_vi", "name_en", "kind", "measure", "direction", "definition_vi", "definition_en")
INDICATOR_MORE = ("legal_source", "period", "source", "over_year")
QUIET = frozenset({"values.recorded", "targets.set", "dossiers.taken_in"})


def _values(act: Act) -> Said:
    """A value is never changed: all that it says is its name."""
    for row in act.said["rows"]:
        *said, as_of, version = row[:10]
        se, n = row[10:] or ("", "")
        yield tuple(map(text, [*said, as_of, version, se, n, act.by, act.at])), {}


def _targets(act: Act) -> Said:
    assigned = not act.said["own"]
    for code, address, *said in act.said["rows"]:
        unit = address.rpartition(".")[2]
        yield tuple(map(text, [code, unit, *said, assigned, act.by, act.at])), {}


def _defined(act: Act) -> Said:
    changed = {k: v for k, v in act.said["changed"].items() if k != "code"}
    yield (act.subject,), changed


def _created(act: Act) -> Said:
    said = act.said
    yield (
        (act.subject,),
        {
            "head": said["head"],
            "system": said["system"],
            "valid_to": said["valid_to"],
            "every": said["indicators"] is None,
            "dossiers": said.get("dossiers", False),
            "created_by": act.by,
            "revoked_at": None,
        },
    )


def _revoked(act: Act) -> Said:
    yield (act.subject,), {"revoked_at": act.at}


HELD = (
    Table(
        "indicators.Value",
        ("indicators:",),
        {"values.recorded": _values},
        QUIET | {"indicator.defined"},
        standing(Value.objects.all(), (*VALUE, *VALUE_MORE), {}),
    ),
    Table(
        "indicators.Target",
        ("indicators:",),
        {"targets.set": _targets},
        QUIET | {"indicator.defined"},
        standing(Target.objects.all(), (*TARGET, "by", "at"), {}),
    ),
    Table(
        "indicators.Indicator",
        ("indicators:definitions",),
        {"indicator.defined": _defined},
        QUIET,
        standing(
            Indicator.objects.all(),
            ("code",),
            {**{name: name for name in (*INDICATOR, *INDICATOR_MORE)}, "owner": "owner__code"},
        ),
    ),
    Table(
        "indicators.Token",
        ("tokens:",),
        {"token.created": _created, "token.revoked": _revoked},
        frozenset(),
        standing(
            Token.objects.all(),
            ("token:{pk}",),
            {
                "head": "head",
                "system": "system",
                "valid_to": "valid_to",
                "every": "every_indicator",
                "dossiers": "dossiers",
                "created_by": "created_by",
                "revoked_at": "revoked_at",
            },
        ),
    ),
)
