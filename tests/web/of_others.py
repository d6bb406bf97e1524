"""Rows that belong to others: of every table that hangs on a unit, a copy of a row of the demonstration, as
if another unit had written it."""

import hashlib
from collections import deque
from dataclasses import dataclass, field

from django.apps import apps
from django.db import IntegrityError, models, transaction
from site_world import AT

from parindex.apps.assessments.models import Round
from parindex.apps.organisations.models import Person, Unit


HOME, OWN, RUNNING = "minh-hoa", "so-y-te", "tap-huan-tham-dinh"


def path_to(model: type[models.Model], goal: type[models.Model]) -> str | None:
    """The shortest way over foreign keys, as a lookup; None where there is none. Persons lead nowhere."""
    waiting, seen = deque([(model, "")]), {model}
    while waiting:
        at, way = waiting.popleft()
        for key in (f for f in at._meta.concrete_fields if f.is_relation):
            if key.related_model is goal:
                return way + key.name
            if key.related_model not in seen | {Person}:
                seen.add(key.related_model)
                waiting.append((key.related_model, f"{way}{key.name}__"))
    return None


def example(model: type[models.Model]) -> models.Model | None:
    """A row of the demonstration: of the running round and of the unit that acts, as far as may be."""
    unit, round_ = path_to(model, Unit), path_to(model, Round)
    home = {f"{unit}__code": HOME} if unit else {}
    wishes = [
        {f"{round_}__code": RUNNING, f"{unit}__code": OWN} if round_ else None,
        {f"{round_}__code": RUNNING} if round_ else None,
        {f"{unit}__code": OWN},
        {f"{unit}__parent__code": HOME},
        home,
    ]
    if model is Round:
        wishes.insert(0, {"code": RUNNING})
    for wish in filter(None, wishes):
        if (row := model._base_manager.filter(**wish).order_by("pk").last()) is not None:
            return row
    return None


def _something(column: models.Field, value: object) -> object:
    """What a column takes where nothing is said."""
    kinds = [
        (models.DateTimeField, AT),
        (models.DateField, AT.date()),
        (models.JSONField, {}),
        (models.BinaryField, b"x"),
        (models.CharField | models.TextField, "x"),
        (models.IntegerField, None if column.null else 1),
    ]
    if column.choices:
        return column.choices[0][0]
    found = next((said for kind, said in kinds if isinstance(column, kind)), value)
    return value if found == "x" and column.blank else found


@dataclass
class Others:
    """Copies of one owner, all by the same `pk`; `missing`: the tables without one."""

    pk: int
    territory: Unit
    unit: Unit
    person: Person
    rows: dict[type[models.Model], models.Model] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def fill(self) -> "Others":
        """Every table that hangs on a unit."""
        for model in apps.get_models():
            if model.__module__.startswith("parindex.") and path_to(model, Unit) and model is not Unit:
                self._copy(model)
        return self

    def _copy(self, model):
        """The copy of a table's example; the example itself where nothing of it is a unit's."""
        if model in self.rows:
            return self.rows[model]
        row = example(model) or self._invented(model)
        self.rows[model] = row
        changed, units = False, []
        for key in (f for f in model._meta.concrete_fields if f.is_relation):
            was = getattr(row, key.attname)
            now = None if was is None else self._target(key, row, was)
            if key.related_model is Unit and key.null and now in units:
                now = None  # a stand-in is another than the one it stands in for
            units.append(now)
            if now != was:
                setattr(row, key.attname, now)
                changed = True
        if changed or row.pk is None:
            self._save(model, row)
        return self.rows[model]

    def _invented(self, model):
        """A row of a table that the demonstration leaves empty, of what its columns take."""
        row = model()
        for one in model._meta.concrete_fields:
            if one.is_relation and not one.null:
                target = {Unit: self.unit, Person: self.person}.get(one.related_model)
                target = target or self._copy(one.related_model)
                target = target or one.related_model._base_manager.order_by("pk").last()
                setattr(row, one.attname, target.pk if target else None)
            elif not one.is_relation and not one.primary_key and not getattr(row, one.name):
                setattr(row, one.name, _something(one, getattr(row, one.name)))
        return row

    def _target(self, key, row, was):
        other = key.related_model
        if other is Unit:
            unit = Unit.objects.get(pk=was)
            return (self.unit if unit.parent_id else self.territory).pk
        if other is Person:
            return self.person.pk
        if other is type(row) or path_to(other, Unit) is None:
            return was
        copied = self._copy(other)
        return was if copied is None else copied.pk

    def _save(self, model, row):
        """With keys of its own where the example's are taken."""
        row.pk = self.pk if isinstance(model._meta.pk, models.BigAutoField) else f"{self.pk}{row.pk}"[:32]
        keys = {name for c in model._meta.constraints for name in getattr(c, "fields", ())}
        keys |= {one.name for one in model._meta.concrete_fields if one.unique}
        for one in model._meta.concrete_fields:
            if one.is_relation and one.null and (one.related_model is model or one.unique):
                setattr(row, one.attname, None)
        for last in (False, True):
            for one in model._meta.concrete_fields:
                if one.name in keys and not one.primary_key and (one.unique or last):
                    self._own(row, one)
            try:
                with transaction.atomic():
                    model._base_manager.bulk_create([row])
                return
            except IntegrityError as error:
                if last:
                    self.rows[model] = None
                    self.missing.append(f"{model._meta.label}: {error}")

    def _own(self, row, one):
        value = getattr(row, one.attname)
        if isinstance(one, models.CharField | models.TextField) and not one.choices:
            digest = hashlib.sha256(f"{self.pk}{value}".encode()).hexdigest()
            setattr(row, one.name, digest[: min(len(value), 64)])
        elif isinstance(one, models.IntegerField) and not one.is_relation:
            setattr(row, one.name, 20000 + self.pk % 10000)


def _unit(pk: int, code: str, like: Unit, parent: Unit | None) -> Unit:
    copied = Unit.objects.get(pk=like.pk)
    copied.pk, copied.code, copied.parent = pk, code, parent
    Unit.objects.bulk_create([copied])
    return copied


def others(pk: int, *, of_the_territory: bool) -> Others:
    """What another unit wrote: of the same territory and in the same rounds, or of another territory."""
    home, own = Unit.objects.get(code=HOME), Unit.objects.get(code=OWN)
    territory = home if of_the_territory else _unit(pk + 500, f"tinh-{pk}", home, None)
    unit = _unit(pk, f"so-{pk}", own, territory)
    person = Person(pk=pk, username=f"nguoi-{pk}", full_name="Người khác")
    Person.objects.bulk_create([person])
    return Others(pk, territory, unit, person)
