"""Making a criteria set on its pages: begun, edited, confirmed, locked; and what is forged or broken."""

import io

import docx
import pytest
from addresses import address
from django.core.files.uploadedfile import SimpleUploadedFile

from parindex.apps.frameworks.models import FrameworkVersion, SetDraft
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.models import Person, Unit
from parindex.core.formats.framework_rows import PROPOSED, find_row, rows_of
from parindex.web.sets.beginning import UNREAD


BASE = ("binhthuan-2025", "1")
HEAD = ["STT", "Tiêu chí", "Điểm tối đa", "Cách chấm"]
ROWS = [
    HEAD,
    ["1", "Chỉ đạo, điều hành", "3", ""],
    ["1.1", "Kế hoạch", "1", "Đúng hạn: 1 điểm; muộn: 0,5 điểm; không: 0 điểm"],
    ["1.2", "Báo cáo", "2", "Theo mức độ"],
    ["?", "Dòng lạ", "", ""],
]


@pytest.fixture
def maker(visitors):
    """Of the secretariat."""
    return visitors["secretariat"]


def annex(rows=ROWS, name="phu-luc.docx"):
    paper = docx.Document()
    table = paper.add_table(rows=0, cols=len(HEAD))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    out = io.BytesIO()
    paper.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def begin(client, **more):
    form = {"start": "copy", "id": "thu-2027", "version": "1", "title": "Bộ thử 2027"}
    return client.post(address("sets:begin", ()), form | more)


def base_hash():
    return FrameworkVersion.objects.get(identifier=BASE[0], version=BASE[1]).content_hash


@pytest.fixture
def draft(maker):
    """A copy of a set of the demonstration."""
    assert begin(maker, base=base_hash()).status_code == 302
    return SetDraft.objects.get()


def key(draft, code):
    draft.refresh_from_db()
    return next(r.key for r in rows_of(draft.content) if r.code == code)


def form_of(page):
    """What a browser would send back of a page's main form, unchanged."""
    form = max(page.root.all("form"), key=lambda f: len(f.all("input")) + len(f.all("textarea")))
    sent = {}
    for box in form.all("input"):
        kind = box.attributes.get("type", "text")
        if kind not in ("checkbox", "radio", "file") or "checked" in box.attributes:
            sent[box.attributes["name"]] = box.attributes.get("value", "")
    for area in form.all("textarea"):
        sent[area.attributes["name"]] = "".join(map(str, area.children)).removeprefix("\n")
    for choice in form.all("select"):
        chosen = [o for o in choice.all("option") if "selected" in o.attributes] or choice.all("option")[:1]
        sent[choice.attributes["name"]] = chosen[0].attributes.get("value", "") if chosen else ""
    return sent


def row_url(draft, code):
    return address("sets:row", (draft.pk, key(draft, code)))


def test_a_set_is_begun_for_nobody_in_place_of_a_territory_of_others(maker):
    """What was meant for one territory is never made in another."""
    own = Unit.objects.get(code="minh-hoa", parent=None)
    other = Unit.objects.filter(parent=None).exclude(pk=own.pk).earliest("pk")
    for asked in (str(other.pk), "0", "x"):
        assert begin(maker, base=base_hash(), territory=asked).status_code == 403
    assert not SetDraft.objects.exists()
    assert begin(maker, base=base_hash(), territory=str(own.pk)).status_code == 302
    assert SetDraft.objects.get().territory == own


def test_a_copy_has_every_row_and_leaves_the_old_decision_behind(maker, draft, read):
    """The page shows the tree, the printed words beside the rule, and that nothing is wrong."""
    page = read(address("sets:set", (draft.pk,)), by=maker)
    assert "Khóa theo quyết định" in page.root.text
    assert "legal_basis" not in draft.content
    assert len(list(rows_of(draft.content))) == 80
    assert "Dưới 80%: 0 điểm" in page.root.text
    read(address("sets:set", (draft.pk,), "en"), by=maker)


def test_a_copy_for_the_next_year_has_its_dates_and_days_off(maker, read):
    """Where it is asked for; years that nobody has decided are said."""
    assert "next-year" in form_of(read(address("sets:begin", ()), by=maker))
    page = read(begin(maker, **{"base": base_hash(), "next-year": "1"}).headers["Location"], by=maker)
    before = by_hash(base_hash())
    content = SetDraft.objects.get().content
    assert int(content["period"]["start"][:4]) == before.period.start.year + 1
    assert all(int(day[:4]) > before.period.start.year for day in content["holidays"])
    assert "sang năm sau" in page.root.text
    assert "chưa có quyết định về ngày nghỉ" in page.root.text


def test_every_page_of_a_set_is_read_in_both_languages(maker, draft, read):
    """And by nobody who does not make sets."""
    for name in ("set", "head", "versions", "lock"):
        for language in ("vi", "en"):
            read(address(f"sets:{name}", (draft.pk,), language), by=maker)
    file = maker.get(address("sets:file", (draft.pk,)))
    assert b"binhthuan-2025" in file.content  # the code map to the set before


@pytest.mark.parametrize("who", ["focal", "appraiser", "assistant", "chair", "auditor"])
def test_nobody_else_reads_or_changes_it(visitors, draft, who):
    """The page says so; nothing is changed."""
    number, client = draft.number, visitors[who]
    for name in ("set", "head", "versions", "lock", "file"):
        assert client.get(address(f"sets:{name}", (draft.pk,))).status_code == 403
    url = row_url(draft, "1.1.1")
    assert client.post(url, {"row.code": "X"}).status_code == 403
    for name in ("add", "confirm", "drop", "looked_at"):
        assert client.post(address(f"sets:{name}", (draft.pk,))).status_code == 403
    draft.refresh_from_db()
    assert (draft.number, draft.dropped) == (number, False)


def test_another_territorys_set_is_not_seen(maker, draft):
    """Whoever makes sets makes those of their own territory."""
    draft.territory = Unit.objects.create(code="tinh-khac", name_vi="Tỉnh Khác", type="tinh")
    draft.save()
    assert maker.get(address("sets:set", (draft.pk,))).status_code == 403
    assert maker.post(address("sets:drop", (draft.pk,))).status_code == 403


LEAVES = ("1.1.1", "1.1.2", "1.2.1", "1.4.1", "1.5.1", "1.6.1", "1.7.1", "3.3.1", "8.1.1", "T1", "1")


@pytest.mark.parametrize("code", LEAVES)
def test_a_row_saved_as_it_is_stays_as_it_is(maker, draft, read, code):
    """Of every kind of rule: the form holds all there is."""
    url = row_url(draft, code)
    before = find_row(draft.content, key(draft, code)).node
    assert maker.post(url, form_of(read(url, by=maker))).status_code == 302
    assert find_row(SetDraft.objects.get().content, key(draft, code)).node == before


def test_the_general_part_saved_as_it_is_stays_as_it_is(maker, draft, read):
    """Bands, caps, quotas, late steps, unit types."""
    url, before = address("sets:head", (draft.pk,)), draft.content
    assert maker.post(url, form_of(read(url, by=maker))).status_code == 302
    assert SetDraft.objects.get().content == before


def test_what_is_typed_is_kept_and_what_is_wrong_is_said_at_its_row(maker, draft, read):
    """A comma is a decimal mark; a word where a number belongs stays and is named."""
    url = row_url(draft, "1.1.1")
    form = form_of(read(url, by=maker))
    maker.post(url, form | {"row.max": "1,25", "row.name.vi": "Tên mới"})
    node = find_row(SetDraft.objects.get().content, key(draft, "1.1.1")).node
    assert (node["max"], node["name"]["vi"]) == ("1.25", "Tên mới")
    page = read(address("sets:set", (draft.pk,)), by=maker)
    assert "cộng lại là" in page.root.text
    form = form_of(read(url, by=maker))
    maker.post(url, form | {"row.max": "nhiều"})
    assert "không phải “nhiều”" in read(address("sets:set", (draft.pk,)), by=maker).root.text


def test_another_kind_shows_its_fields_before_anything_is_saved(maker, draft, read):
    """And nothing is saved yet."""
    url = row_url(draft, "1.1.1")
    form = form_of(read(url, by=maker)) | {"row.rule.kind": "steps", "kind": "1"}
    page = read(url, by=maker)
    response = maker.post(url, form)
    assert response.status_code == 200
    assert 'name="row.rule.steps.0.from"' in response.content.decode()
    assert find_row(SetDraft.objects.get().content, key(draft, "1.1.1")).node["rule"]["kind"] == "choice"
    form = form_of(page) | {
        "row.rule.kind": "steps",
        "row.rule.steps.0.from": "80",
        "row.rule.steps.0.points": "1",
        "row.rule.steps.1.below": "80",
        "row.rule.steps.1.points": "0",
    }
    maker.post(url, form)
    rule = find_row(SetDraft.objects.get().content, key(draft, "1.1.1")).node["rule"]
    assert rule == {"kind": "steps", "steps": [{"from": "80", "points": "1"}, {"below": "80", "points": "0"}]}


def test_the_second_to_save_sees_what_the_first_changed(maker, draft, read):
    """What they typed is still there; saving again is knowing."""
    url = row_url(draft, "1.1.1")
    first = form_of(read(url, by=maker))
    second = dict(first)
    maker.post(url, first | {"row.name.vi": "Của người thứ nhất"})
    refused = maker.post(url, second | {"row.name.vi": "Của người thứ hai"})
    assert refused.status_code == 422
    said = refused.content.decode()
    assert "Của người thứ nhất" in said
    assert "Của người thứ hai" in said
    seen = said.split('name="seen" value="')[1].split('"')[0]
    assert maker.post(url, second | {"row.name.vi": "Của người thứ hai", "seen": seen}).status_code == 302


def test_a_row_is_added_moved_removed_and_brought_back(maker, draft):
    """Each by its own button."""
    above = key(draft, "1.1")
    made = maker.post(address("sets:add", (draft.pk,)), {"above": above})
    new = made.headers["Location"].rstrip("/").rpartition("/")[2]
    draft.refresh_from_db()
    assert find_row(draft.content, new).code == "1.1.3"
    maker.post(address("sets:move", (draft.pk, new)), {"to": "up"})
    maker.post(address("sets:move", (draft.pk, new)), {"to": key(draft, "2.1")})
    draft.refresh_from_db()
    assert find_row(draft.content, new).above == key(draft, "2.1")
    maker.post(address("sets:remove", (draft.pk, new)))
    draft.refresh_from_db()
    assert new not in {r.key for r in rows_of(draft.content)}
    maker.post(address("sets:versions", (draft.pk,)), {"number": "1"})
    draft.refresh_from_db()
    assert draft.content == draft.versions.get(number=1).content


@pytest.mark.parametrize(
    "sent", [{"to": "x"}, {"to": "999"}, {}, {"to": "tree", "part": "nowhere"}, {"to": "\0"}]
)
def test_a_forged_move_moves_nothing_but_among_the_rows_there_are(maker, draft, sent):
    """Nor does adding below what is not there."""
    before = {r.key for r in rows_of(draft.content)}
    assert maker.post(address("sets:move", (draft.pk, key(draft, "1.1"))), sent).status_code == 302
    assert maker.post(address("sets:add", (draft.pk,)), {"above": "999"}).status_code == 302
    assert maker.post(address("sets:add", (draft.pk,)), {"part": "index"}).status_code == 302
    assert maker.post(address("sets:versions", (draft.pk,)), {"number": "99"}).status_code == 302
    draft.refresh_from_db()
    assert {r.key for r in rows_of(draft.content)} == before


def test_an_annex_is_read_looked_at_and_confirmed(maker, read):
    """The odd line is listed, the proposed rule waits, the missing one is named."""
    assert begin(maker, start="annex", file=annex()).status_code == 302
    draft = SetDraft.objects.get()
    url = address("sets:set", (draft.pk,))
    said = read(url, by=maker).root.text
    assert "Dòng lạ" in said
    assert "1.2 chưa có cách chấm" in said
    maker.post(address("sets:looked_at", (draft.pk,)))
    maker.post(address("sets:confirm", (draft.pk,)), {"row": [key(draft, "1.1"), "999"]})
    draft.refresh_from_db()
    assert UNREAD not in draft.content
    assert not any(PROPOSED in r.node for r in rows_of(draft.content))
    form = form_of(read(row_url(draft, "1.2"), by=maker))
    maker.post(row_url(draft, "1.2"), form | {"row.rule.kind": "points"})
    assert "Khóa theo quyết định" in read(url, by=maker).root.text


def test_an_annex_beside_a_set_remembers_the_rows_of_the_same_name(maker):
    """And takes the general part from it."""
    rows = [HEAD, ["1", "Kế hoạch cải cách hành chính năm", "3", ""], ["2", "Việc khác", "1", ""]]
    begin(maker, start="annex", base=base_hash(), file=annex(rows))
    draft = SetDraft.objects.get()
    assert [r.node.get("_from") for r in rows_of({"tree": draft.content["tree"]})] == ["1.1", None]
    assert draft.content["grades"]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"title": ""}, "ghi mã, phiên bản và tên"),
        ({"start": "nothing"}, "ghi mã, phiên bản và tên"),
        ({"base": ""}, "Hãy chọn bộ tiêu chí để sao chép"),
        ({"id": BASE[0], "version": BASE[1]}, "Đã có bộ tiêu chí mã"),
        ({"start": "annex"}, "Chưa chọn tệp"),
        (
            {"start": "annex", "file": SimpleUploadedFile("a.docx", b"%PDF")},
            "Chỉ đọc được tệp .docx hoặc .xlsx",
        ),
    ],
)
def test_what_cannot_be_begun_is_said_and_nothing_is_made(maker, sent, words):
    """What was typed stays."""
    response = begin(maker, **({"base": base_hash()} | sent))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert 'value="1"' in response.content.decode()
    assert not SetDraft.objects.exists()


def test_a_set_is_locked_with_its_decision_and_public_at_once(maker, draft, read):
    """Its page is everybody's; the draft is read-only; forms for it are refused."""
    url = address("sets:lock", (draft.pk,))
    assert maker.post(url, {"document": "1/QĐ", "issued": "hôm qua", "issuer": "UBND"}).status_code == 422
    assert maker.post(url, {"document": "", "issued": "2027-01-05", "issuer": "UBND"}).status_code == 422
    locked = maker.post(url, {"document": "1/QĐ-UBND", "issued": "2027-01-05", "issuer": "UBND tỉnh"})
    assert locked.headers["Location"] == address("public:framework", ("thu-2027", "1"))
    assert "1/QĐ-UBND" in read(locked.headers["Location"]).root.text
    page = read(address("sets:set", (draft.pk,)), by=maker)
    assert "đã khóa" in page.root.text
    number = SetDraft.objects.get().number
    row = row_url(draft, "1.1.1")
    assert maker.post(row, {"row.code": "X", "seen": ""}).status_code == 422
    maker.post(address("sets:remove", (draft.pk, key(draft, "1.1.1"))))
    maker.post(address("sets:drop", (draft.pk,)))
    after = SetDraft.objects.get()
    assert (after.number, after.dropped) == (number, False)


def test_a_set_given_up_leaves_the_list(maker, draft, read):
    """The list says where to begin anew."""
    desk = address("sets:desk", ())
    assert "Bộ thử 2027" in read(desk, by=maker).root.text
    maker.post(address("sets:drop", (draft.pk,)))
    assert "Chưa có bản nào đang soạn" in read(desk, by=maker).root.text


def test_the_pages_ask_the_database_a_fixed_number_of_times(maker, draft, django_assert_max_num_queries):
    """However many rows and versions there are."""
    for name in ("set", "versions", "head"):
        with django_assert_max_num_queries(14):
            maker.get(address(f"sets:{name}", (draft.pk,)))


def test_the_start_page_leads_to_the_room(visitors, read):
    """Of the secretariat and of the administrator."""
    for who in ("secretariat", "administrator"):
        page = read(address("account:start", ()), by=visitors[who])
        assert address("sets:desk", ()) in page.links
    assert Person.objects.filter(username="thuong-truc").exists()
