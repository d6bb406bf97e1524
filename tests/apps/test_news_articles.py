"""An article on its way: who may take which step, what is kept of it, when it becomes public."""

from datetime import timedelta

import pytest
from site_world import AT

from parindex.apps.audit.models import Entry, LedgerText
from parindex.apps.audit.verify import verify
from parindex.apps.news import actions
from parindex.apps.news.actions import Written, authors_of, begin_article, chain_of, save_article
from parindex.apps.news.models import Article, LiveTag, Revision
from parindex.apps.news.permissions import can_publish, can_write
from parindex.apps.news.queries import Asked, facets, public_articles
from parindex.apps.notices.models import Notice
from parindex.apps.organisations.actions import NewPerson, add_person, grant_role
from parindex.apps.organisations.permissions import rights_of
from parindex.apps.organisations.roles import Role
from parindex.config.jobs import jobs
from parindex.core.kernel.problems import Refused


TEXT = Written(
    title="Một cửa mở cả thứ bảy",
    category="thu-tuc-hanh-chinh",
    summary="Người đi làm không phải xin nghỉ.",
    body="<p>Mở từ tám giờ.</p>",
    tags=("một cửa", "Một Cửa", "thứ bảy", ""),
)
WRITER, REVIEWER, HOUR = "person:71", "person:72", timedelta(hours=1)


@pytest.fixture
def article(small):
    """A draft of the first unit."""
    return begin_article(unit=small.units["so-mot"], written=TEXT, by=WRITER, at=AT)


def _published(article, at=AT):
    article = actions.submit_article(article=article, by=WRITER, at=at)
    return actions.publish_article(article=article, by=REVIEWER, at=at)


def _acts(article):
    return list(
        Entry.objects.filter(chain=chain_of(article)).order_by("position").values_list("kind", flat=True)
    )


def _refused(act, **arguments):
    with pytest.raises(Refused) as refusal:
        act(**arguments)
    return refusal.value.code


def test_from_draft_to_withdrawn_each_step_has_its_entry(article):
    """And the chain holds."""
    shown = _published(article)
    assert (shown.state, shown.live.title, shown.published_at) == ("published", TEXT.title, AT)
    gone = actions.withdraw_article(article=shown, reason="Nhầm số liệu", by=REVIEWER, at=AT)
    assert (gone.state, gone.live) == ("withdrawn", None)
    steps = ["article.saved", "article.submitted", "article.published", "article.withdrawn"]
    assert _acts(article) == steps
    texts = LedgerText.objects.filter(chain=chain_of(article)).values_list("name", "text")
    assert set(texts) == {("title", TEXT.title), ("reason", "Nhầm số liệu")}
    assert verify().faults == []


def test_who_wrote_a_part_of_it_does_not_approve_it(article):
    """Not the first author, nor whoever changed it last; a stranger to it does."""
    save_article(
        article=article, written=TEXT.__class__(**{**_fields(), "body": "Thêm."}), base=1, by=REVIEWER, at=AT
    )
    actions.submit_article(article=article, by=WRITER, at=AT)
    for author in (WRITER, REVIEWER):
        assert _refused(actions.publish_article, article=article, by=author, at=AT) == "news_own_work"
        later = {"due_at": AT + HOUR, "by": author, "at": AT}
        assert _refused(actions.publish_article, article=article, **later) == "news_own_work"
    assert actions.publish_article(article=article, by="person:73", at=AT).state == "published"


def _fields(**more):
    return {name: getattr(TEXT, name) for name in TEXT.__slots__} | more


@pytest.mark.parametrize(
    "step", ["publish_article", "take_back_article", "return_article", "withdraw_article"]
)
def test_a_draft_takes_no_later_step(article, step):
    """And nothing is written of the try."""
    more = {"reason": "x"} if step in ("return_article", "withdraw_article") else {}
    assert _refused(getattr(actions, step), article=article, by=REVIEWER, at=AT, **more) == "news_not_now"
    assert _acts(article) == ["article.saved"]


def test_what_is_in_review_or_scheduled_is_not_changed(article):
    """What was approved is what is published."""
    actions.submit_article(article=article, by=WRITER, at=AT)
    new = Written(**_fields(title="Khác"))
    assert _refused(save_article, article=article, written=new, base=1, by=WRITER, at=AT) == "news_not_now"
    actions.publish_article(article=article, due_at=AT + HOUR, by=REVIEWER, at=AT)
    assert _refused(save_article, article=article, written=new, base=1, by=WRITER, at=AT) == "news_not_now"
    actions.return_article(article=article, reason="Sửa giờ", by=REVIEWER, at=AT)
    article.refresh_from_db()
    assert (article.state, article.due_at) == ("draft", None)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"title": " \n "}, "news_title_missing"),
        ({"title": "x" * 201}, "text_too_long"),
        ({"summary": "x" * 601}, "text_too_long"),
        ({"byline": "x" * 151}, "text_too_long"),
        ({"body": "x" * 200_001}, "news_body_long"),
        ({"category": "khong-co"}, "news_category_unknown"),
        ({"tags": [f"nhãn {n}" for n in range(11)]}, "news_tags_many"),
        ({"tags": ["x" * 41]}, "news_tag_long"),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(small, changed, code):
    """Nothing half-kept."""
    refused = _refused(
        begin_article, unit=small.units["so-mot"], written=Written(**_fields(**changed)), by=WRITER, at=AT
    )
    assert refused == code
    assert not Article.objects.filter(territory=small.territory).exists()


def test_an_article_without_summary_or_text_is_not_sent(small):
    """A draft may be as short as a title."""
    short = Written(title="Chỉ có tiêu đề", category="the-che")
    article = begin_article(unit=small.units["so-mot"], written=short, by=WRITER, at=AT)
    assert _refused(actions.submit_article, article=article, by=WRITER, at=AT) == "news_unfinished"


def test_revisions_are_kept_and_the_same_again_adds_none(article):
    """A title of a published one changes, its address does not."""
    address = article.slug
    live = _published(article)
    again = save_article(article=live, written=TEXT, base=1, by=WRITER, at=AT)
    assert (again.state, again.revisions.count()) == ("published", 1)
    changed = save_article(
        article=live, written=Written(**_fields(title="Tên mới")), base=1, by=WRITER, at=AT
    )
    assert (changed.state, changed.live.title, changed.slug) == ("draft", TEXT.title, address)
    assert authors_of(changed) == {WRITER}
    now = _published(changed, AT + HOUR)
    assert (now.live.title, now.live.number, now.slug, now.published_at) == ("Tên mới", 2, address, AT)
    assert [r.title for r in Revision.objects.filter(article=now)] == [TEXT.title, "Tên mới"]


def test_of_two_who_change_it_at_once_the_second_is_told(article):
    """Nothing typed is lost silently."""
    first = Written(**_fields(title="Của người thứ nhất"))
    save_article(article=article, written=first, base=1, by=WRITER, at=AT)
    second = {"article": article, "written": TEXT, "base": 1, "by": REVIEWER, "at": AT}
    assert _refused(save_article, **second) == "news_changed"


def test_a_scheduled_article_is_published_by_the_tick_once(article):
    """At its minute, dated by it, however often the tick comes."""
    due = AT + HOUR
    actions.submit_article(article=article, by=WRITER, at=AT)
    actions.publish_article(article=article, due_at=due, by=REVIEWER, at=AT)
    (job,) = [j for j in jobs() if j.name == "news.publish"]
    assert job.act(due - timedelta(seconds=1)) == 0
    assert [job.act(due + timedelta(minutes=3)), job.act(due + timedelta(minutes=4))] == [1, 0]
    article.refresh_from_db()
    assert (article.state, article.published_at, article.due_at) == ("published", due, None)
    assert _acts(article).count("article.published") == 1


@pytest.mark.parametrize(("due", "code"), [(AT, "news_due_past"), (AT + timedelta(days=400), "news_due_far")])
def test_a_time_that_makes_no_sense_is_refused(article, due, code):
    """Past, or years ahead."""
    actions.submit_article(article=article, by=WRITER, at=AT)
    assert _refused(actions.publish_article, article=article, due_at=due, by=REVIEWER, at=AT) == code


def test_a_unit_that_has_ended_writes_no_more(small):
    """What it wrote stays."""
    unit = small.units["so-hai"]
    unit.valid_to = AT.date()
    assert _refused(begin_article, unit=unit, written=TEXT, by=WRITER, at=AT) == "unit_ended"


def test_readers_find_it_by_category_unit_tag_month_and_words(small, article):
    """With or without accents; and no longer once it is withdrawn."""
    _published(article)
    unit = small.units["so-mot"]
    wanted = [
        Asked(),
        Asked(category="thu-tuc-hanh-chinh"),
        Asked(unit=unit),
        Asked(tag="mot-cua"),
        Asked(month=AT.date().replace(day=1)),
        Asked(words="mot cua thu bay"),
        Asked(words="xin nghỉ"),
    ]
    others = [
        Asked(category="the-che"),
        Asked(unit=small.units["so-hai"]),
        Asked(tag="x"),
        Asked(words="khac"),
    ]
    assert [public_articles(small.territory, a).count() for a in (*wanted, *others)] == [1] * 7 + [0] * 4
    by = facets(small.territory)
    assert (by.categories, by.units) == ({"thu-tuc-hanh-chinh": 1}, [(unit, 1)])
    assert [(slug, n) for slug, _, n in by.tags] == [("mot-cua", 1), ("thu-bay", 1)]
    actions.withdraw_article(article=article, reason="x", by=REVIEWER, at=AT)
    assert [public_articles(small.territory, a).count() for a in wanted] == [0] * 7
    assert not LiveTag.objects.filter(article=article).exists()


def test_roles_write_for_their_unit_and_publish_for_their_territory(small, article):
    """Nobody else does either."""
    held = {
        Role.FOCAL: ("so-mot", True, False),
        Role.OFFICER: ("so-mot", True, False),
        Role.HEAD: ("so-hai", False, False),
        Role.APPRAISER: ("so-mot", False, False),
        Role.EDITOR: ("", True, True),
        Role.SECRETARIAT: ("", True, True),
        Role.AUDITOR: ("", False, False),
        Role.ADMINISTRATOR: ("", False, False),
        Role.LEADER: ("", False, False),
    }
    for role, (unit, writes, publishes) in held.items():
        person = add_person(new=NewPerson(f"ai.{role.value}", "Ai đó", ""), by="x", at=AT)
        place = small.units[unit] if unit else small.territory
        grant_role(person=person, role=role, unit=place, by="x", at=AT)
        rights = rights_of(person, AT)
        assert (can_write(rights, article), can_publish(rights, article)) == (writes, publishes), role


def test_reviewers_are_told_and_authors_hear_what_became_of_it(small):
    """Each once, and nobody of their own act."""
    author = add_person(new=NewPerson("tac-gia", "Tác giả", ""), by="x", at=AT)
    editor = add_person(new=NewPerson("bien-tap.hai", "Biên tập", ""), by="x", at=AT)
    grant_role(person=editor, role=Role.EDITOR, unit=small.territory, by="x", at=AT)
    article = begin_article(unit=small.units["so-mot"], written=TEXT, by=author.ref, at=AT)
    actions.submit_article(article=article, by=author.ref, at=AT)
    actions.return_article(article=article, reason="Thiếu số", by=editor.ref, at=AT)
    actions.submit_article(article=article, by=author.ref, at=AT)
    actions.publish_article(article=article, by=editor.ref, at=AT)
    told = Notice.objects.filter(to__in=[author.ref, editor.ref]).order_by("pk").values_list("to", "kind")
    assert list(told) == [
        (editor.ref, "article_submitted"),
        (author.ref, "article_returned"),
        (editor.ref, "article_submitted"),
        (author.ref, "article_published"),
    ]
