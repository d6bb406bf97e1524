"""`parindex news`: what an operator does for the reform section."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from parindex.config.person_commands import OPERATOR
from parindex.config.site import ready


FAILED = 1


def fetch(*, language: str) -> int:
    """Fetch every followed feed now, and say what each brought. Returns 0; 1 where one could not be read."""
    ready(language)
    from parindex.apps.news.models import Feed
    from parindex.apps.news.registering import fetch_feed
    from parindex.core.kernel.problems import Refused
    from parindex.core.wording.refusals import refusal_sentence

    at, failed = datetime.now(UTC), False
    for feed in Feed.objects.filter(followed=True, unit__valid_to=None).select_related("unit__parent"):
        try:
            found = fetch_feed(feed=feed, by=OPERATOR, at=at)
        except Refused as refusal:
            failed = True
            said = refusal_sentence(refusal.code, refusal.data, language)
            print(f"{feed.unit.code} {feed.url}: {said}", file=sys.stderr)
        else:
            print(f"{feed.unit.code} {feed.url}: +{len(found.new)} ={found.known} -{len(found.skipped)}")
    return FAILED if failed else 0
