"""Who writes, who reviews and publishes."""

from __future__ import annotations

from django.db.models import Q

from parindex.apps.news.models import Article, PlannedArticles
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import NotAllowed, Rights, way_up
from parindex.apps.organisations.roles import Act


def can_write(rights: Rights, article: Article) -> bool:
    """Whoever writes for its unit, or for its whole territory."""
    return rights.may(Act.NEWS_WRITE, article.unit_id) or rights.may(Act.NEWS_WRITE, article.territory_id)


def can_publish(rights: Rights, article: Article) -> bool:
    """Whoever reviews the territory's articles; that it is not their own is a rule of the act."""
    return rights.may(Act.NEWS_PUBLISH, article.territory_id)


def can_see(rights: Rights, article: Article) -> bool:
    """Whoever writes or publishes it."""
    return can_write(rights, article) or can_publish(rights, article)


def check_write(rights: Rights, article: Article) -> None:
    """Raises NotAllowed ``not_allowed`` where `can_write` is false."""
    if not can_write(rights, article):
        raise NotAllowed("not_allowed", act=Act.NEWS_WRITE.value)


def check_publish(rights: Rights, article: Article) -> None:
    """Raises NotAllowed ``not_allowed`` where `can_publish` is false."""
    if not can_publish(rights, article):
        raise NotAllowed("not_allowed", act=Act.NEWS_PUBLISH.value)


def check_writes_for(rights: Rights, unit: Unit) -> None:
    """The person writes for the unit, or for the territory it is in. Raises NotAllowed ``not_allowed``."""
    if not any(rights.may(Act.NEWS_WRITE, place.pk) for place in {unit, way_up(unit)[-1]}):
        raise NotAllowed("not_allowed", act=Act.NEWS_WRITE.value)


def can_plan(rights: Rights, unit: Unit) -> bool:
    """Whoever plans communication for the unit, or for the territory it is in."""
    return any(rights.may(Act.COMMUNICATION_PLAN, place.pk) for place in {unit, way_up(unit)[-1]})


def can_change_plan(rights: Rights, line: PlannedArticles) -> bool:
    """Whoever plans for the unit; of a line that was given from above, whoever plans for the territory."""
    return can_plan(rights, line.territory if line.given else line.unit)


def check_change_plan(rights: Rights, line: PlannedArticles) -> None:
    """Raises NotAllowed ``not_allowed`` where `can_change_plan` is false."""
    if not can_change_plan(rights, line):
        raise NotAllowed("not_allowed", act=Act.COMMUNICATION_PLAN.value)


def check_plan(rights: Rights, unit: Unit) -> None:
    """Raises NotAllowed ``not_allowed`` where `can_plan` is false."""
    if not can_plan(rights, unit):
        raise NotAllowed("not_allowed", act=Act.COMMUNICATION_PLAN.value)


def check_sees_plan(rights: Rights, unit: Unit) -> None:
    """The plan of a unit is seen by who plans or writes there, and by who follows the territory.

    Raises:
        NotAllowed: ``not_allowed``.
    """
    top = way_up(unit)[-1]
    seeing = (Act.COMMUNICATION_PLAN, Act.NEWS_WRITE)
    if unit.pk not in rights.units(*seeing) and top.pk not in rights.units(*seeing, Act.ROUND_VIEW):
        raise NotAllowed("not_allowed", act=Act.COMMUNICATION_PLAN.value)


def own_articles(rights: Rights) -> Q:
    """The articles that a person may see before they are public."""
    whole = rights.units(Act.NEWS_PUBLISH) | rights.units(Act.NEWS_WRITE)
    return Q(unit__in=rights.units(Act.NEWS_WRITE)) | Q(territory__in=whole)
