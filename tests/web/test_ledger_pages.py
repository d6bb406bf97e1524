"""The ledger's pages: every change in words, to those who may read it; what is redacted stays hidden."""

import json

import pytest
from addresses import address
from django.utils import timezone

from parindex.apps.assessments.ledger import sheet_chain
from parindex.apps.assessments.models import Participant, Round, Ruling
from parindex.apps.audit.models import Entry
from parindex.apps.audit.record import redact
from parindex.apps.audit.seals import seal
from parindex.apps.schedule.models import JobRun
from parindex.core.formats.canonical import digest
from parindex.core.wording.ledger_entries import KINDS, kind_words, payload_facts
from parindex.web.parts.ledger import lines_of


CODE = "minh-hoa/tap-huan-giai-trinh"
OPEN = "minh-hoa/tap-huan-tham-dinh"
UNIT = "so-y-te"


@pytest.fixture
def sheet(visitors):
    """A unit that has submitted, been appraised and is asked to explain."""
    found = Participant.objects.select_related("round__framework", "round__territory", "unit")
    return found.get(round__code="tap-huan-giai-trinh", unit__code=UNIT)


@pytest.fixture
def lowered(sheet):
    """A leaf on which it was given fewer points, with a reason."""
    return sheet.rulings.filter(stage="appraised").exclude(reason="").order_by("id").first()


def _text(read, who, visitors, url=None, **query):
    asked = "&".join(f"{k}={v}" for k, v in query.items())
    return read(f"{url or address('steer:ledger', (CODE,))}?{asked}", by=visitors[who]).root.text


def test_a_ruling_is_told_from_what_to_what_and_why(visitors, read, sheet, lowered):
    """With who did it, and the points of both."""
    entry = Entry.objects.get(chain=sheet_chain(sheet), kind="leaves.appraised", by=lowered.by)
    (line,) = lines_of(sheet.round, [entry], only=lowered.leaf)
    change = next(c for c in line.changes if c.leaf == lowered.leaf)
    assert change.now < change.was
    assert change.reason.text == lowered.reason
    said = _text(read, "auditor", visitors, **{"don-vi": UNIT})
    assert lowered.reason in said
    assert line.who in said


def test_a_submission_names_the_documents_and_who_typed(sheet):
    """Each at its page."""
    entry = Entry.objects.get(chain=sheet_chain(sheet), kind="sheet.submitted")
    (line,) = lines_of(sheet.round, [entry])
    shown = [c for c in line.changes if c.documents]
    assert shown
    assert all("trang" in d for c in shown for d in c.documents)
    assert all(c.typed_by for c in line.changes if c.after and c.now is not None)


def test_the_list_is_filtered_by_unit_kind_person_and_day(visitors, read, sheet):
    """What is senseless is not asked."""
    whole = _text(read, "secretariat", visitors, **{"don-vi": UNIT})
    only = _text(read, "secretariat", visitors, **{"don-vi": UNIT, "loai": "sheet.submitted"})
    assert len(only) < len(whole)
    assert "1 bản ghi" in only
    entry = Entry.objects.get(chain=sheet_chain(sheet), kind="sheet.submitted")
    day = timezone.localdate(entry.at).isoformat()
    asked = {"don-vi": UNIT, "nguoi": entry.by, "tu": day, "den": day}
    assert "nộp bảng tự chấm" in _text(read, "secretariat", visitors, **asked)
    assert "0 bản ghi" in _text(read, "secretariat", visitors, nguoi=entry.by, den="2000-01-01")
    assert "bản ghi" in _text(read, "secretariat", visitors, tu="hôm qua", den="x", trang="-3")
    read(f"{address('steer:ledger', (CODE,))}?don-vi=khong-co", by=visitors["secretariat"], status=404)


def test_a_unit_reads_its_own_chain_and_no_other(visitors, read, sheet, lowered):
    """Of one leaf where it asks; another unit is refused, and so is a lead department."""
    url = address("unit:ledger", (CODE, UNIT))
    said = _text(read, "officer", visitors, url=url, **{"tieu-chi": lowered.leaf})
    assert lowered.reason in said
    other = sheet.rulings.filter(stage="appraised").exclude(leaf=lowered.leaf).exclude(reason="").first()
    assert other is None or other.reason == lowered.reason or other.reason not in said
    for who in ("neighbour", "appraiser", "stranger"):
        assert visitors[who].get(url).status_code == 403
    assert visitors["officer"].get(f"{url}?tieu-chi=9.9").status_code == 404
    assert visitors["officer"].get(address("steer:ledger", (CODE,))).status_code == 403


def test_a_unit_does_not_read_rulings_before_the_appraisal_is_over(visitors, read, clock):
    """Those who follow the round do."""
    round_ = Round.objects.get(code="tap-huan-tham-dinh")
    clock(round_.phases.get(kind="appraisal", turn=1).opens_at + timezone.timedelta(hours=30))
    ruling = Ruling.objects.filter(participant__round=round_, participant__unit__code=UNIT, stage="appraised")
    ruling = ruling.exclude(reason="").first()
    url = address("unit:ledger", (OPEN, UNIT))
    hidden = _text(read, "focal", visitors, url=url)
    assert "sau khi lần thẩm định thứ nhất kết thúc" in hidden
    assert ": thẩm định ·" not in hidden
    if ruling is not None:
        assert ruling.reason not in hidden
        assert ruling.reason in _text(read, "auditor", visitors, url=url)


def test_a_redacted_text_is_shown_as_redacted(visitors, read, sheet, lowered):
    """With its ground, and without a word of it; in the file too."""
    entry = Entry.objects.get(chain=sheet_chain(sheet), kind="leaves.appraised", by=lowered.by)
    secret = "Nội dung riêng của một người"
    from parindex.apps.audit.record import record

    made = record(
        chain=sheet_chain(sheet), kind="sheet.returned", subject=UNIT, payload={"v": 1},
        texts={"reason": secret}, by="person:1", at=entry.at,
    )  # fmt: skip
    redact(entry=made, name="reason", ground="Lộ thông tin cá nhân", by="person:1", at=entry.at)
    said = _text(read, "auditor", visitors, **{"don-vi": UNIT})
    assert secret not in said
    assert "Lộ thông tin cá nhân" in said
    sent = visitors["auditor"].get(address("steer:ledger_file", (CODE,)))
    assert secret not in b"".join(sent.streaming_content).decode()


def test_the_file_holds_what_the_hashes_are_made_of(visitors, sheet):
    """Anybody can compute them again, line by line."""
    sent = visitors["leader"].get(address("steer:ledger_file", (CODE,)))
    rows = [json.loads(line) for line in b"".join(sent.streaming_content).splitlines()]
    assert len(rows) == Entry.objects.filter(book=CODE).count()
    names = ["chain", "position", "kind", "subject", "payload", "texts", "by", "at", "previous"]
    assert all(digest([row[name] for name in names]) == row["hash"] for row in rows)
    said = [(row["texts"][n], s) for row in rows for n, s in row["said"].items() if "salt" in s]
    assert said
    assert all(digest([s["salt"], s["text"]]) == kept for kept, s in said)


def test_seals_and_the_last_verification_are_told(visitors, read, sheet):
    """With the fingerprint of the key; a fault is not hidden."""
    seal(book=CODE, subject="test", by="system", at=timezone.now())
    JobRun.objects.update_or_create(
        name="ledger.verify",
        defaults={"outcome": "failed", "error": "sheet:x#3 entry_changed", "last_run_at": timezone.now()},
    )
    said = _text(read, "auditor", visitors)
    assert "chữ ký đúng" in said
    assert "sheet:x#3 entry_changed" in said
    assert visitors["auditor"].get(address("steer:ledger_keys", (CODE,))).content.startswith(b"")


def test_a_page_of_the_ledger_costs_few_queries(visitors, read, django_assert_max_num_queries):
    """Forty entries of 29 units."""
    url = address("steer:ledger", (CODE,))
    read(url, by=visitors["auditor"])
    with django_assert_max_num_queries(26):
        page = read(url, by=visitors["auditor"])
    assert len(page.root.all("code")) > 40


def test_every_kind_of_a_rounds_chains_has_its_words(world):
    """In both languages, and its payload is told without an error."""
    of_rounds = Entry.objects.filter(chain__regex="^(round|sheet|seals):")
    kinds = set(of_rounds.values_list("kind", flat=True))
    assert kinds - set(KINDS) == set()
    for entry in Entry.objects.filter(kind__in=kinds).order_by("id")[:400]:
        for lang in ("vi", "en"):
            assert kind_words(entry.kind, lang)
            assert all(v for _, v in payload_facts(entry.payload, lang))
