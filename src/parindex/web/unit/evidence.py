"""Documents behind a leaf: upload, cite, attach from the vault at a page, take off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from parindex.apps.assessments.actions import Shown, attach_evidence, detach_evidence
from parindex.apps.assessments.models import EvidenceLink, Participant
from parindex.apps.assessments.permissions import handed_unit
from parindex.apps.assessments.queries.checks import cut_evidence
from parindex.apps.assessments.rules.checks import rejected_before
from parindex.apps.evidence.actions import cite_document, cite_secret
from parindex.apps.evidence.findings import Expected, metadata_findings
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.queries import document_by_key
from parindex.apps.evidence.refusals import Finding
from parindex.apps.evidence.rules import Metadata
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.time import legal_date
from parindex.core.wording.checks import check_sentence
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import own_leaf
from parindex.web.parts.languages import language
from parindex.web.parts.uploads import keep, warn


@require_POST
def attach(request: Desk, *, round: str, unit: str, code: str) -> HttpResponse:  # noqa: A002  the address's word
    """New files, a citation, or documents of the vault, for one leaf."""
    participant = own_leaf(request, round, unit, code=code, act=Act.SHEET_FILL)
    if code not in by_hash(participant.round.framework.content_hash).leaves:
        raise Http404(code)
    page = request.POST.get("page", "")[:100]
    handed = handed_unit(request.rights, Act.SHEET_FILL, participant=participant, leaf=code)
    keeper = handed or participant.unit
    documents = [*_uploaded(request, participant, code, keeper=keeper), *_cited(request, keeper)]
    for key in request.POST.getlist("document"):
        found = document_by_key(key, units=[keeper.pk])
        if found is None or request.rights.person is None:  # a guest looks through no vault
            raise Http404(key)
        documents.append(found)
    if documents:
        shown = [Shown(code, d, page) for d in documents]
        made = attempt(request, attach_evidence, participant=participant, shown=shown)
        if made is not None:
            messages.success(request, gettext("Đã đính kèm %(n)s tài liệu.") % {"n": len(made)})
            _warn_of_last_year(request, participant, documents)
    return redirect("unit:leaf", participant.round, unit, code)


def _warn_of_last_year(request: Desk, participant: Participant, documents: Iterable[Document]) -> None:
    """What did not carry the points that the unit gave itself the year before may not do so now."""
    cut = cut_evidence(participant.round, unit=participant.unit_id)
    for finding in rejected_before(documents, cut, participant.unit_id):
        messages.warning(request, check_sentence(finding.code, finding.data, language()))


def _uploaded(request: Desk, participant: Participant, code: str, *, keeper: Unit) -> Iterator[Document]:
    """Each file on its own: one that is refused is named and the others go on."""
    for file in request.FILES.getlist("file"):
        document = keep(request, keeper, file)
        if document is not None:
            warn(request, _fit(request, participant, document, code=code))
            yield document


def _fit(request: Desk, participant: Participant, document: Document, *, code: str) -> list[Finding]:
    """How the document fits the leaf: its window, the issuing body, the number."""
    told = Metadata(document.number, document.issued_on, document.issuer, document.signer, document.title)
    return metadata_findings(told, expected_of(participant, code), today=legal_date(request.at))


def expected_of(participant: Participant, code: str) -> Expected:
    """What a leaf's documents should say: when they were issued, and by whom."""
    framework = by_hash(participant.round.framework.content_hash)
    window = framework.leaves[code].window or framework.period
    return Expected(
        start=window.start if window else None,
        end=window.end if window else None,
        issuers=[participant.name_vi],
    )


def _cited(request: Desk, keeper: Unit) -> list[Document]:
    """A document known by number and date, or a state secret by where it may be seen."""
    if not any(request.POST.get(k, "").strip() for k in ("number", "title", "link", "where")):
        return []
    try:
        issued = parse_date(request.POST.get("issued_on", ""))
    except ValueError:
        issued = None
    told = Metadata(
        number=request.POST.get("number", ""),
        issued_on=issued,
        issuer=request.POST.get("issuer", ""),
        title=request.POST.get("title", ""),
    )
    if request.POST.get("secret") == "1":
        where = request.POST.get("where", "")
        made = attempt(request, cite_secret, unit=keeper, metadata=told, where=where)
    else:
        link = request.POST.get("link", "")
        made = attempt(request, cite_document, unit=keeper, metadata=told, link=link)
    return [made] if made else []


@require_POST
def detach(request: Desk, *, round: str, unit: str, code: str, link: int) -> HttpResponse:  # noqa: A002  the address's word
    """Take a document off a leaf; it stays in the vault."""
    participant = own_leaf(request, round, unit, code=code, act=Act.SHEET_FILL)
    links = EvidenceLink.objects.select_related(
        "document__content", "participant__round__framework", "participant__unit", "participant__sheet"
    )
    found = links.filter(participant=participant, leaf=code, pk=link).first()
    if found is None:
        raise Http404(link)
    if attempt(request, detach_evidence, link=found):
        messages.success(request, gettext("Đã gỡ tài liệu khỏi tiêu chí."))
    return redirect("unit:leaf", participant.round, unit, code)
