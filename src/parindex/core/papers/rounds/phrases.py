"""Turns of phrase that papers of a round share, as offices write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from parindex.core.papers.bodies import HEAD, abbreviation, head_named, head_of, issuing_body, place_of_issue
from parindex.core.papers.paper import BLANK, COMMITTEE, Paragraph, Signature
from parindex.core.papers.rounds.facts import Ground, Issued, Office, RoundFacts
from parindex.core.wording.notation import listing, number


VI = "vi"
STANDING_BODY = "Cơ quan thường trực Hội đồng thẩm định"
COUNCIL = "Hội đồng thẩm định"
UNITS = "cơ quan, đơn vị, địa phương"
NONE = "–"
KINDS = {
    "NQ": "Nghị quyết",
    "NĐ": "Nghị định",
    "QĐ": "Quyết định",
    "CT": "Chỉ thị",
    "TT": "Thông tư",
    "KH": "Kế hoạch",
    "HD": "Hướng dẫn",
    "TB": "Thông báo",
    "BC": "Báo cáo",
    "BB": "Biên bản",
    "TTr": "Tờ trình",
}
_SETS_OUT = ("bộ tiêu chí", "quy định", "quy chế", "bộ chỉ số")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def lowered(text: str) -> str:
    """The same inside a sentence: a first letter that only begins one is small (``UBND`` stays)."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def body(facts: RoundFacts) -> str:
    """Who governs the territory: ``Ủy ban nhân dân tỉnh Minh Họa``, or the department that runs the round."""
    return issuing_body(facts.territory)


def standing(office: Office) -> str:
    """The council's standing body: by its name, where the office said which unit it is."""
    return office.standing or STANDING_BODY


def standing_role(office: Office) -> str:
    """The same where a paper first speaks of it: ``Sở Nội vụ (cơ quan thường trực Hội đồng thẩm định)``."""
    return f"{office.standing} ({lowered(STANDING_BODY)})" if office.standing else STANDING_BODY


def standing_head(office: Office) -> str:
    """Who answers for it: ``Giám đốc Sở Nội vụ``."""
    return head_named(office.standing) if office.standing else STANDING_BODY


def standing_notation(office: Office, kind: str) -> str:
    """``TTr-SNV``; of a letter, which has no kind, ``SNV-…``: the section that drafts it is not known."""
    if not office.standing:
        return f"{kind}-{BLANK}" if kind else BLANK
    known = abbreviation(office.standing)
    return f"{kind}-{known}" if kind else f"{known}-{BLANK}"


def standing_signer(office: Office) -> Signature:
    """Who signs for the standing body."""
    return head_of(office.standing) if office.standing else Signature((HEAD,))


def executing(facts: RoundFacts) -> str:
    """Who carries a decision out, before the units that it concerns."""
    governed = body(facts)
    first = [f"Chánh Văn phòng {governed}"] if governed.startswith(COMMITTEE) else []
    return ", ".join([*first, standing_head(facts.office)])


def council(facts: RoundFacts) -> str:
    """The council with what it appraises."""
    return f"{COUNCIL} {facts.subject} năm {facts.year}"


def result_of(facts: RoundFacts) -> str:
    """``kết quả xác định Chỉ số cải cách hành chính năm 2024``."""
    named = lowered(facts.subject)
    said = named if named.startswith("kết quả") else f"kết quả xác định {facts.subject}"
    return f"{said} năm {facts.year}"


def notation(facts: RoundFacts, kind: str) -> str:
    """``QĐ-UBND``."""
    return f"{kind}-{abbreviation(facts.territory)}"


def place(facts: RoundFacts) -> str:
    """Where it is issued."""
    return place_of_issue(facts.territory)


def long_day(on: date | None) -> str:
    """``ngày 09 tháng 5 năm 2024``, as the decree writes days; room to write one where there is none."""
    if on is None:
        return f"ngày {BLANK} tháng {BLANK} năm {BLANK}"
    month = f"{on.month:02d}" if on.month < 3 else str(on.month)
    return f"ngày {on.day:02d} tháng {month} năm {on.year}"


def cited(kind: str, issued: Issued | None, blank: str) -> str:
    """``Tờ trình số 12/TTr-SNV ngày 05 tháng 12 năm 2024``; with room where it has no number yet."""
    document = issued.number if issued else f"{BLANK}/{blank}"
    return f"{kind} số {document} {long_day(issued.on if issued else None)}"


def ground(one: Ground) -> str:
    """``Quyết định số 1013/QĐ-UBND ngày … của UBND tỉnh … về việc ban hành Bộ tiêu chí …``."""
    found = re.search(r"/(\w+)", one.document)
    kind = KINDS.get(found[1], "") if found else ""
    said = f"{kind or 'Văn bản'} số {one.document}" if kind or "/" in one.document else one.document
    if one.issued:
        said += f" {long_day(one.issued)}"
    if one.issuer:
        said += f" của {one.issuer}"
    return said + _titled(one.title, kind)


def _titled(title: str, kind: str) -> str:
    if not title:
        return ""
    if kind and title.casefold().startswith(kind.casefold()):
        return f" về {lowered(title[len(kind) :].strip())}"
    of_set = title.casefold().startswith(_SETS_OUT)
    return f" về việc ban hành {title}" if of_set else f" về {lowered(title)}"


def grounds(facts: RoundFacts, *more: str) -> Iterator[Paragraph]:
    """The laws that the office cites, or room for them; what the criteria set rests on; then `more`.

    Without a document of the set, the set itself is named.
    """
    known = [ground(one) for one in facts.grounds] or [lowered(facts.framework)]
    cited_laws = [one.removeprefix("Căn cứ ").rstrip(";. ") for one in facts.office.grounds] or [BLANK]
    told = [*(f"Căn cứ {one}" for one in (*cited_laws, *known)), *more]
    for k, text in enumerate(told):
        yield Paragraph(text + ("." if k == len(told) - 1 else ";"), "ground")


def shown(value: Fraction | None, facts: RoundFacts) -> str:
    """A figure with the set's decimals, in Vietnamese notation."""
    return NONE if value is None else number(value, VI, decimals=facts.decimals)


def index_of(value: Fraction | None, facts: RoundFacts) -> str:
    """An index for a sentence: a rate with its sign."""
    return shown(value, facts) + ("%" if facts.percent and value is not None else "")


def roman(value: int) -> str:
    """Numbers of annexes: I, II, III, …"""
    said = ""
    for worth, sign in _ROMAN:
        while value >= worth:
            said += sign
            value -= worth
    return said


def groups_named(facts: RoundFacts) -> str:
    """``các sở, ban, ngành và huyện, thị xã, thành phố``."""
    return _several([lowered(group.name) for group in facts.groups])


def _several(groups: Sequence[str]) -> str:
    said = listing(groups, VI)
    return said if not said or said.startswith("các ") else f"các {said}"


def assessed_named(facts: RoundFacts) -> str:
    """The same before there is a result."""
    return _several([lowered(group) for group, _ in facts.assessed])


def annexes(count: int) -> str:
    """``Phụ lục``, or ``các Phụ lục I, II và III``."""
    if count == 1:
        return "Phụ lục"
    return f"các Phụ lục {listing([roman(k) for k in range(1, count + 1)], VI)}"


def annex_title(position: int, count: int) -> str:
    """Annexes are numbered where there is more than one."""
    return "Phụ lục" if count == 1 else f"Phụ lục {roman(position)}"


def recipients(*first: str, drafted: str = BLANK) -> Sequence[str]:
    """Who gets a copy; the archive last, with whoever drafted it, or room for them."""
    return (*first, f"Lưu: VT, {drafted}.")


def governing_recipients(facts: RoundFacts, *first: str) -> Sequence[str]:
    """Who gets a copy of what the governing body issues: those whom the office named among them; the standing
    body drafted it."""
    more = [f"{one.removeprefix('-').strip().rstrip(';. ')};" for one in facts.office.copies]
    standing_body = facts.office.standing
    return recipients(*first, *more, drafted=abbreviation(standing_body) if standing_body else BLANK)
