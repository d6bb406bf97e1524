"""What makes a result public: the snapshot is taken, checked as anybody may check it, signed and kept."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from parindex.apps.assessments.actions import Wrong, open_correction, publish_round
from parindex.apps.assessments.ledger import round_chain
from parindex.apps.assessments.models import Round
from parindex.apps.audit.record import record
from parindex.apps.audit.signing import signing_key
from parindex.apps.publications import store
from parindex.apps.publications.contents import Said, contents_of
from parindex.apps.publications.models import Publication
from parindex.apps.results.models import Result
from parindex.core.formats.bundle import Contents, make_bundle
from parindex.core.formats.bundle_check import check_bundle
from parindex.core.formats.excerpt import make_excerpt
from parindex.core.formats.publicity import Publicity
from parindex.core.formats.signatures import fingerprint
from parindex.core.kernel.problems import Refused
from parindex.core.wording.bundle_readme import excerpt_readme


@transaction.atomic
def publish(
    *, round_: Round, publicity: str | None = None, decision: str = "", by: str, at: datetime
) -> Publication:
    """Publish a concluded round, or freeze the standing result of one that is public already.

    `publicity`: how much of it everybody sees, which the round says from then on; None: as it says already.
    `decision`: number and date of the decision.

    A result that has its publication is not published twice: that one is returned. The bundle is checked as
    `parindex verify` does before anything is kept.

    Raises:
        WrongState: the round still runs. KeysUnreadable: there is no key to sign with.
        Refused: ``publicity_unknown``; ``nothing_to_publish``: no result was computed;
            ``bundle_differs``: what stands does not give the kept result (`first`: the first difference).
    """
    if publicity is not None and publicity not in list(Publicity):
        raise Refused("publicity_unknown", level=publicity[:40])
    locked = (
        Round.objects.select_for_update(of=("self",)).select_related("territory__parent").get(pk=round_.pk)
    )
    reason = locked.corrected_because
    if locked.state != Round.State.PUBLISHED:
        locked = publish_round(round_=locked, by=by, at=at)
    result = Result.objects.filter(round=locked).order_by("-id").first()
    if result is None:
        raise Refused("nothing_to_publish")
    before = Publication.objects.filter(round=locked).order_by("-number").first()
    if before is not None and before.result_id == result.pk:
        return before
    if publicity is not None and publicity != locked.publicity:
        locked.publicity = publicity
        locked.save(update_fields=["publicity"])
    said = Said(decision.strip()[:250], reason, before)
    return _freeze(locked, result, said=said, by=by, at=at)


def _freeze(round_: Round, result: Result, *, said: Said, by: str, at: datetime) -> Publication:
    key, before = signing_key(), said.replaces
    contents = contents_of(round_, result, said=said)
    bundle = make_bundle(contents, lambda said: key.sign(said).hex())
    checked = check_bundle(bundle, "", contents.key)
    if checked.differences or checked.about["answers_hash"] != result.answers_hash:
        first = checked.differences[0] if checked.differences else None
        raise Refused("bundle_differs", first=f"{first.file} {first.place}" if first else "answers_hash")
    sha256 = store.keep(bundle)
    excerpt = _excerpt(round_, contents, sha256)
    made = Publication.objects.create(
        round=round_,
        number=said.number,
        result=result,
        replaces=before,
        publicity=round_.publicity,
        sha256=sha256,
        excerpt=store.keep(excerpt) if excerpt else "",
        decision=said.decision,
        reason=said.reason,
        size=len(bundle),
        key=fingerprint(key.public_key()),
        by=by,
        at=at,
    )
    payload = {
        "v": 1,
        "number": said.number,
        "decision": said.decision,
        "bundle": made.sha256,
        "key": made.key,
        "replaces": before.sha256 if before else "",
        "publicity": made.publicity,
        "excerpt": made.excerpt,
    }
    record(
        chain=round_chain(round_),
        kind="bundle.published",
        subject=round_.code,
        payload=payload,
        texts={"reason": said.reason},
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def correct(*, round_: Round, first: Wrong, until: datetime, by: str, at: datetime) -> Round:
    """Reopen a published result to correct it. What is public without a bundle is frozen in one before.

    Raises:
        what `open_correction` and `publish` raise.
    """
    if round_.state == Round.State.PUBLISHED:
        publish(round_=round_, by=by, at=at)
    return open_correction(round_=round_, first=first, until=until, by=by, at=at)


def _excerpt(round_: Round, contents: Contents, bundle: str) -> bytes | None:
    """What everybody may fetch of a round whose answers stay inside; None where they may fetch the bundle."""
    if round_.level.shows_reasons:
        return None
    key = signing_key()
    return make_excerpt(
        contents,
        publicity=round_.level,
        bundle=bundle,
        readme=excerpt_readme(contents.about, contents.assessment.framework),
        sign=lambda said: key.sign(said).hex(),
    )
