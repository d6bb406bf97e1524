"""Movements on the site: who runs, joins and reads them, what a mistake says, and that people choose."""

import csv
import io

import pytest
from addresses import ANYONE, OF_THE_UNIT, WHO, address
from briefing_addresses import RUNNING, SEEING

from parindex.apps.briefings.models import Campaign, Commendation, Initiative, Registration


NEW = {
    "unit": "",
    "name": "Phong trào thử",
    "start": "2026-01-01",
    "end": "2036-12-31",
    "criteria": "Không hồ sơ quá hạn\nMột sáng kiến",
    "initiatives": "1",
}
IDEA = {"title": "Sổ hẹn", "authors": "Nguyễn A", "description": "Hẹn giờ.", "effect": "Chờ ít hơn."}


@pytest.fixture
def movement(world):
    """The demonstration's."""
    return Campaign.objects.get(unit__code="minh-hoa", unit__parent=None)


def _url(name, *arguments):
    return address(f"emulation:{name}", arguments)


def _who(visitors, url):
    got = {who: visitors[who].get(url) for who in WHO}
    for answer in got.values():
        if answer.streaming:
            list(answer.streaming_content)
    return {who for who, answer in got.items() if answer.status_code == 200}


def test_a_movement_is_read_by_all_who_may_join_or_follow(visitors, movement):
    """Its list of commendations only by whoever runs it, until it is submitted."""
    for url in (
        _url("campaign", movement.pk),
        _url("initiative", movement.pk, 1),
        _url("initiatives_file", movement.pk, "xlsx"),
    ):
        assert _who(visitors, url) == SEEING
    for url in (_url("commendation", movement.pk), _url("commendation_file", movement.pk, "pdf")):
        assert _who(visitors, url) == {"secretariat"}
    assert _who(visitors, _url("initiative_begin", movement.pk)) == OF_THE_UNIT | {"neighbour"}
    assert _who(visitors, _url("initiative_edit", movement.pk, 2)) == OF_THE_UNIT | {"secretariat"}
    for name in ("initiatives_file", "commendation_file"):
        assert visitors["secretariat"].get(_url(name, movement.pk, "exe")).status_code == 404


def test_acts_are_for_whoever_holds_them(visitors, movement):
    """Whatever a browser sends; a unit that is not theirs is refused."""
    step, listed = _url("step", movement.pk), _url("commendation_step", movement.pk)
    for url, act, may in (
        (step, "close", {"secretariat"}),
        (listed, "draft", {"secretariat"}),
    ):
        got = {who: visitors[who].post(url, {"act": act}).status_code for who in WHO if who not in may}
        assert got == {who: 302 if who == ANYONE else 403 for who in WHO if who not in may}
    other = {"act": "register", "unit": "minh-hoa.so-tai-chinh", "kind": "unit", "pledge": "x"}
    assert visitors["focal"].post(step, other).status_code == 403
    assert visitors["chair"].post(step, {**other, "unit": ""}).status_code == 403
    before = Registration.objects.get(campaign=movement, unit__code="so-noi-vu")
    back = {"act": "withdraw", "registration": str(before.pk), "reason": "x"}
    assert visitors["focal"].post(step, back).status_code == 403
    assert visitors["secretariat"].post(step, {**back, "registration": "0"}).status_code == 404
    assert visitors["secretariat"].post(step, {"act": "x"}).status_code == 404


def test_a_movement_from_its_draft_to_the_list(visitors, read):
    """Written, changed, launched; joined once; an initiative handed in, recognised, used by another unit."""
    pk = _launched(visitors, read)
    runs, joins = visitors["secretariat"], visitors["focal"]
    _joined(visitors, read, pk)
    assert runs.get(_url("commendation", pk)).status_code == 404
    _chosen(visitors, read, pk)
    page = read(f"/en{_url('commendation', pk)}", by=joins)
    assert "Giấy khen" in page.root.text
    assert joins.get(_url("commendation_file", pk, "docx")).status_code == 200


def _launched(visitors, read):
    runs, joins = visitors["secretariat"], visitors["focal"]
    made = runs.post(_url("begin"), NEW)
    pk = Campaign.objects.get(name="Phong trào thử").pk
    assert made.headers["Location"] == _url("campaign", pk)
    assert joins.get(_url("campaign", pk)).status_code == 403
    assert runs.post(_url("edit", pk), {**NEW, "slogan": "Việc hôm nay"}).status_code == 302
    read(_url("edit", pk), by=runs)
    runs.post(_url("step", pk), {"act": "launch"})
    assert runs.get(_url("edit", pk)).status_code == 302
    assert (
        "phát động phong trào “Phong trào thử”" in joins.get(address("account:notices", ())).content.decode()
    )
    return pk


def _joined(visitors, read, pk):
    joins = visitors["focal"]
    read(_url("campaign", pk), by=joins)
    joins.post(_url("step", pk), {"act": "register", "kind": "unit", "pledge": "Không quá hạn"})
    twice = joins.post(_url("step", pk), {"act": "register", "kind": "unit", "pledge": "x"}, follow=True)
    assert "đã đăng ký" in twice.content.decode()
    joins.post(_url("initiative_begin", pk), IDEA)
    assert Initiative.objects.get(campaign=pk).unit.code == "so-y-te"
    wrong = joins.post(_url("initiative_edit", pk, 1), {**IDEA, "decision": "1/QĐ"})
    assert (wrong.status_code, "phải có cả cơ quan, số và ngày" in wrong.content.decode()) == (422, True)
    whole = {"recognised_by": "Chủ tịch", "decision": "1/QĐ", "recognised_on": "2025-12-01"}
    assert joins.post(_url("initiative_edit", pk, 1), {**IDEA, **whole}).status_code == 302
    assert joins.post(_url("reuse", pk, 1), {"note": "x"}).status_code == 403
    assert visitors["neighbour"].post(_url("reuse", pk, 1), {"note": "Một cửa"}).status_code == 302
    read(_url("initiative", pk, 1), by=visitors["neighbour"])


def _chosen(visitors, read, pk):
    """Nobody is on the list until somebody chooses."""
    runs = visitors["secretariat"]
    runs.post(_url("commendation_step", pk), {"act": "draft"})
    page = read(_url("commendation", pk), by=runs)
    assert "đạt mọi điều kiện" in page.root.text
    issue = {"act": "issue", "number": "9", "on": "2026-01-05"}
    assert (
        "Chưa chọn trường hợp nào"
        in runs.post(_url("commendation_step", pk), issue, follow=True).content.decode()
    )
    chosen = {"base": "1", "take-1": "1", "form-1": "", "grounds-1": "Một sáng kiến"}
    assert runs.post(_url("commendation", pk), chosen).status_code == 422
    assert runs.post(_url("commendation", pk), {**chosen, "form-1": "Giấy khen"}).status_code == 302
    bad = runs.post(_url("commendation_step", pk), {**issue, "on": "mai"}, follow=True)
    assert "Không đọc được ngày “mai”" in bad.content.decode()
    runs.post(_url("commendation_step", pk), {**issue, "on": str(_today(pk))})
    assert Commendation.objects.get(campaign=pk).state == "issued"


def _today(pk):
    from django.utils import timezone

    from parindex.core.kernel.time import legal_date

    return legal_date(timezone.now())


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"start": "đầu năm"}, "Không đọc được ngày “đầu năm”"),
        ({"end": "2025-01-01"}, "đứng trước ngày bắt đầu"),
        ({"criteria": ""}, "Hãy ghi tiêu chí thi đua"),
        ({"rank": "ba"}, "phải là số lớn hơn 0"),
        ({"rank": "3"}, "cần một kỳ đánh giá đã công bố"),
        ({"round": "987654"}, "chưa công bố kết quả"),
    ],
)
def test_a_mistake_is_said_beside_what_was_typed(visitors, world, more, words):
    """And nothing is kept."""
    answer = visitors["secretariat"].post(_url("begin"), {**NEW, **more})
    text = answer.content.decode()
    assert (answer.status_code, words in text, "Phong trào thử" in text) == (422, True, True)
    assert not Campaign.objects.filter(name="Phong trào thử").exists()


def test_the_list_says_what_was_found_in_the_language_of_the_page(visitors, movement):
    """Names of units too; the paper's own words stay in Vietnamese."""
    url = _url("commendation", movement.pk)
    client = visitors["secretariat"]
    words = client.get(url).content.decode()
    assert "hạng 1/" in words
    words = client.get(f"/en{url}").content.decode()
    assert "ranked 1 of" in words
    assert "Department of Justice" in words
    assert "hạng 1/" not in words
    assert "chưa đăng ký" not in words


def test_a_unit_runs_its_own_movement_and_no_other(visitors, world):
    """A head for the divisions; the unit of another is refused."""
    assert _who(visitors, _url("begin")) == RUNNING
    assert visitors["head"].post(_url("begin"), NEW).status_code == 302
    assert Campaign.objects.get(name="Phong trào thử").unit.code == "so-y-te"
    assert visitors["head"].post(_url("begin"), {**NEW, "unit": "minh-hoa"}).status_code in (403, 422)


def test_the_table_of_initiatives_holds_all(visitors, movement):
    """With who uses them."""
    answer = visitors["leader"].get(_url("initiatives_file", movement.pk, "csv"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["Đơn vị khác áp dụng"] for row in rows] == ["Sở Y tế; Sở Xây dựng", ""]
    assert rows[0]["Số quyết định"] == "214/QĐ-UBND"


def test_queries_do_not_grow(visitors, movement, django_assert_max_num_queries):
    """However many take part."""
    visitors["secretariat"].get(_url("list"))
    for url, most in (
        (_url("list"), 12),
        (_url("campaign", movement.pk), 22),
        (_url("commendation", movement.pk), 14),
    ):
        with django_assert_max_num_queries(most):
            assert visitors["secretariat"].get(url).status_code == 200
