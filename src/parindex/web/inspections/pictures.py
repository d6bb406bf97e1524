"""Photos of findings as pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from parindex.apps.inspections.models import Finding, Photo, Visit


@dataclass(frozen=True, slots=True)
class Shown:
    """A photo on a page: a small and the largest size."""

    src: str
    whole: str
    width: int
    height: int
    number: int
    caption: str


def shown(visit: Visit, finding: Finding, photo: Photo) -> Shown:
    """The smallest size, which a bad line carries, and the way to the largest."""
    place = [visit.pk, finding.number, photo.number]
    (width, height, *_), largest = photo.sizes[0], photo.sizes[-1]
    return Shown(
        src=reverse("inspections:picture", args=[*place, width]),
        whole=reverse("inspections:picture", args=[*place, largest[0]]),
        width=width,
        height=height,
        number=photo.number,
        caption=photo.caption,
    )
