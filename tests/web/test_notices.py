"""The page of notices: one's own, counted in the head, opened at their place; the choice of mail."""

from datetime import timedelta

import pytest
from addresses import WHO, address
from exchange import exchange_in
from site_world import AT

from parindex.apps.notices.actions import tell
from parindex.apps.notices.models import MailChoice, Notice
from parindex.apps.notices.queries import mail_choice, unread, unread_topics
from parindex.apps.plans.models import Task
from parindex.config.training import ROUNDS
from parindex.core.wording.notices import SENTENCES, group_sentence
from parindex.web.account.notice_links import link_of


URL = "account:notices"
IN = f"minh-hoa/{ROUNDS[0].code}"
DATA = {
    "round": "Kỳ thử",
    "at_round": IN,
    "unit": "Sở Y tế",
    "content": "Số hóa hồ sơ còn hiệu lực",
    "ended": "Huyện Nguyệt Giang",
    "reason": "Thiếu phụ lục",
    "title": "Một cửa làm việc thứ bảy",
    "at_unit": "so-y-te",
    "leaf": "3.2.2",
    "leaves": "3.2.2",
    "phase": "self",
    "turn": "1",
    "until": AT.isoformat(),
    "day": AT.date().isoformat(),
    "more": "",
    "number": "1",
    **dict.fromkeys(("starts", "ends", "due"), "2026-01-05"),
    **dict.fromkeys(("findings", "recommendations"), "2"),
    "lead": "Sở Tư pháp",
    "person": "Trần Thị Bình",
    "year": "2026",
    "count": "2",
    "mark": "MẬT",
    "topic": "Nộp hồ sơ trực tuyến",
    "month": "10/2025",
    "name": "Một cửa không chờ",
    "last": "31/12/2025",
    **dict.fromkeys(("changed", "green", "amber", "red", "grey", "missing"), "2"),
    **dict.fromkeys(("names", "reds"), " (Đúng hạn)"),
}


@pytest.fixture
def told(visitors):
    """Tells somebody of the explanation that is asked for; others have been told something else."""
    Notice.objects.all().delete()

    def tell_one(who, kind="explanation_asked", **more):
        data = DATA | {"party": "unit"} | more
        return tell(to=[visitors.person(who).ref], kind=kind, data=data, at=AT)[0]

    return tell_one


def test_what_one_was_told_is_counted_in_the_head_and_listed(visitors, read, told):
    """One's own only."""
    told("focal")
    told("focal", kind="council_ruled")
    page = read(address(URL, ()), by=visitors["focal"])
    assert "được yêu cầu giải trình tiêu chí 3.2.2" in page.root.text
    start = read(address("account:start", ()), by=visitors["focal"])
    assert "Thông báo 2" in " ".join(start.root.text.split())
    assert "tiêu chí 3.2.2" not in read(address(URL, ()), by=visitors["head"]).root.text


def test_opening_one_marks_it_and_leads_to_its_place(visitors, told):
    first, second = told("focal"), told("focal")
    sent = visitors["focal"].post(address(URL, ()), {"open": first.pk})
    assert sent.headers["Location"] == address("unit:explanation", (IN, "so-y-te", "3.2.2"))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.read_at is None, second.read_at is None) == (False, True)


def test_all_are_marked_in_one_act(visitors, told):
    told("focal")
    mine = told("head")
    visitors["focal"].post(address(URL, ()), {"all": "1"})
    assert unread(visitors.person("focal").ref) == 0
    assert unread(mine.to) == 1


@pytest.mark.parametrize("key", ["0", "x", "9" * 30, "-1"])
def test_another_persons_notice_cannot_be_opened(visitors, told, key):
    other = told("head")
    for asked in (key, str(other.pk)):
        assert visitors["focal"].post(address(URL, ()), {"open": asked}).status_code == 404
    assert unread(other.to) == 1


def test_mail_is_chosen_by_whoever_gets_it(visitors):
    """And only among what there is."""
    url, ref = address("account:notices_mail", ()), visitors.person("focal").ref
    assert mail_choice(ref) == MailChoice.Mail.NOW
    visitors["focal"].post(url, {"mail": "daily", "to": visitors.person("head").ref})
    assert mail_choice(ref) == MailChoice.Mail.DAILY
    assert visitors["focal"].post(url, {"mail": "hourly"}).status_code == 404
    assert mail_choice(visitors.person("head").ref) == MailChoice.Mail.NOW
    assert visitors["anyone"].post(url, {"mail": "daily"}).status_code == 302


@pytest.mark.parametrize("kind", SENTENCES)
@pytest.mark.parametrize(
    ("party", "who"), [("unit", "focal"), ("lead", "lead_head"), ("round", "secretariat")]
)
def test_every_notice_leads_its_reader_to_a_page(visitors, kind, party, who):
    """Whatever it is about: who is told there may also look there."""
    exchange = exchange_in(ROUNDS[1].code)
    data = DATA | {"at_round": f"minh-hoa/{exchange.round.code}", "party": party, "leaf": "2.2.2"}
    if kind.startswith("task_"):  # those are told of it who do it, whatever party they are in a round
        task = Task.objects.filter(plan__unit__code="so-y-te", plan__state="issued").first()
        data, who = data | {"task": str(task.pk)}, "focal"
    for phase in ("self", "appraisal", "explanation", "council"):
        made = Notice(to=WHO[who], kind=kind, data=data | {"phase": phase}, at=AT)
        assert visitors[who].get(link_of(made)).status_code == 200, link_of(made)


def test_notices_of_one_kind_round_and_day_are_one_line(visitors, read, told):
    """Counted once in the head, opened out one by one, and marked together; others stay."""
    ref = visitors.person("focal").ref
    for leaf in ("3.2.2", "1.1.1", "2.2.2"):
        told("focal", leaf=leaf)
    other = told("focal", at_round="minh-hoa/khac")
    later = tell(
        to=[ref], kind="explanation_asked", data=DATA | {"party": "unit"}, at=AT + timedelta(days=1)
    )[0]
    assert (unread(ref), unread_topics(ref)) == (5, 3)
    page = read(address(URL, ()), by=visitors["focal"])
    assert "3 tiêu chí được yêu cầu giải trình" in page.root.text
    assert "tiêu chí 1.1.1" in page.root.text
    assert "Thông báo 3" in " ".join(page.root.text.split())
    topic = Notice.objects.get(to=ref, data__leaf="1.1.1").topic
    for forged in ("", "x", topic + "x"):
        visitors["head"].post(address(URL, ()), {"topic": topic})
        if forged:
            visitors["focal"].post(address(URL, ()), {"topic": forged})
    assert unread(ref) == 5
    visitors["focal"].post(address(URL, ()), {"topic": topic})
    left = set(Notice.objects.filter(to=ref, read_at=None).values_list("pk", flat=True))
    assert left == {other.pk, later.pk}


def test_many_topics_are_paged_and_cost_the_same(visitors, read, told, django_assert_max_num_queries):
    """Seventy days of three notices each."""
    ref = visitors.person("focal").ref
    for day in range(70):
        for leaf in ("1.1.1", "2.2.2", "3.2.2"):
            data = DATA | {"party": "unit", "leaf": leaf}
            tell(to=[ref], kind="council_ruled", data=data, at=AT + timedelta(days=day))
    read(address(URL, ()), by=visitors["focal"])
    with django_assert_max_num_queries(11):
        first = read(address(URL, ()), by=visitors["focal"]).root.text
    assert first.count("Xem 3 thông báo") == 50
    assert "kết luận 3 nội dung" in read(address(URL, ()) + "?trang=2", by=visitors["focal"]).root.text


@pytest.mark.parametrize("kind", sorted(SENTENCES))
def test_every_kind_can_be_said_of_several(kind):
    """In both languages, with how many."""
    for language in ("vi", "en"):
        said = group_sentence(kind, DATA | {"document": "x", "count": "9", "checks": "x"}, language, count=4)
        assert "4" in said or "3" in said
        assert "{" not in said
