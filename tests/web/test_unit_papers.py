"""Papers of a unit in a round: the record of its appraisal, and the page for its head."""

import io
import re
import zipfile
from fractions import Fraction

import docx
import pypdfium2
import pytest
from address_rows import FINISHED
from addresses import address
from exchange import LEAF, WHY, exchange_in

from parindex.apps.assessments.actions import Verdict, council_rule
from parindex.apps.assessments.models import Participant, Round
from parindex.apps.assessments.queries.explanations import leaves_of
from parindex.apps.results.models import UnitResult
from parindex.apps.results.stages import forget_books
from parindex.config.training import ROUNDS
from parindex.core.papers.brief_pdf import brief_pdf
from parindex.core.wording.notation import number
from parindex.web.unit.brief import brief_of, standing_of


UNIT = "so-y-te"
CODE = ROUNDS[0].code
NAME = f"minh-hoa/{CODE}"


def _pages(content):
    book = pypdfium2.PdfDocument(content)
    try:
        return [" ".join(book[k].get_textpage().get_text_range().split()) for k in range(len(book))]
    finally:
        book.close()


def _shown(value):
    return number(Fraction(value), "vi", decimals=2)


def _kept(unit=UNIT):
    found = UnitResult.objects.filter(
        participant__round__code="2024",
        participant__unit__code=unit,
        participant__round__territory__code="minh-hoa",
    )
    return found.order_by("-result_id").first()


@pytest.fixture
def exchange(world, clock):
    """A leaf at 0.81, 0.25, 0.25 and 0.75: self, appraised, after explanation, council."""
    forget_books()
    made = exchange_in(CODE)
    made.submit()
    made.lower()
    made.answer()
    made.keep()
    verdict = Verdict(made.participant.pk, LEAF, "points:0.75", "Danh sách đã đủ")
    council_rule(round_=made.round, verdict=verdict, by="person:1", at=made.at("council"))
    clock(made.at("council"))
    yield made
    forget_books()


# --- the page for the head


@pytest.mark.slow
def test_every_unit_of_the_published_round_has_one_page_with_its_own_figures(world):
    """Index, rank and the largest loss, as the database has them."""
    everybody = Participant.objects.filter(round__code="2024", round__territory__code="minh-hoa")
    related = ("round__framework", "round__previous__framework", "round__territory", "unit", "group")
    seen = 0
    for participant in everybody.select_related(*related):
        kept = _kept(participant.unit.code)
        standing = standing_of(participant)
        [page] = _pages(brief_pdf(brief_of(standing)))
        assert participant.name_vi.upper() in page
        assert f"{_shown(kept.index)}%" in page
        assert f"{kept.rank}/" in page
        tree = [kept.nodes[code] for code, node in standing.table.framework.nodes.items() if node.is_leaf]
        assert f"−{_shown(max(Fraction(n[1]) - Fraction(n[0]) for n in tree))}" in page
        seen += 1
    assert seen == 29


def test_the_files_of_the_page_say_what_the_result_says(visitors):
    """As .docx the same figures stand in it as in the .pdf."""
    kept = _kept()
    pdf = visitors["head"].get(address("unit:brief_file", (FINISHED, UNIT, "pdf")))
    word = visitors["head"].get(address("unit:brief_file", (FINISHED, UNIT, "docx")))
    assert "tom-tat.pdf" in pdf.headers["Content-Disposition"]
    assert pdf.headers["Cache-Control"] == "private, no-store"
    [page] = _pages(pdf.content)
    book = docx.Document(io.BytesIO(word.content))
    cells = " ".join(c.text for t in book.tables for row in t.rows for c in row.cells)
    for text in (f"{_shown(kept.index)}%", f"{kept.rank}/19"):
        assert text in page
        assert text in cells
    for loss in re.findall(r"−\d+,\d\d", cells):
        assert loss in page


def test_what_is_to_be_gained_gives_the_rank_that_it_promises(world):
    """Counted anew: the others as they are, and so many points more."""
    participant = Participant.objects.select_related("round__framework", "unit", "group").get(
        round__code="2024", unit__code="so-van-hoa-the-thao-va-du-lich"
    )
    standing = standing_of(participant)
    first = brief_of(standing).steps[0].gives
    gain, index, rank = re.fullmatch(r"Thêm (\S+) điểm, chỉ số (\S+), hạng (\d+)\.", first).groups()
    line = standing.line
    more = (line.points + Fraction(gain.replace(",", "."))) / line.maximum * 100
    assert abs(more - Fraction(index.replace(",", "."))) < Fraction(1, 50)
    above = [u for u in standing.table.lines if u.rank and u.code != line.code and u.index >= more]
    assert int(rank) == len(above) + 1


def test_the_button_is_for_those_who_see_the_unit(visitors, client):
    """On the public page of the unit and on its sheet."""
    page = address("public:unit", ("minh-hoa", 2024, "co-quan", UNIT))
    link = address("unit:brief", (FINISHED, UNIT))
    assert link in visitors["head"].get(page).content.decode()
    assert link in visitors["leader"].get(page).content.decode()
    for client_ in (client, visitors["neighbour"], visitors["stranger"]):
        assert link not in client_.get(page).content.decode()
    Round.objects.filter(code=CODE).update(state="published")
    sheet = visitors["focal"].get(address("unit:sheet", (NAME, UNIT))).content.decode()
    assert address("unit:brief", (NAME, UNIT)) in sheet


def test_before_there_is_a_result_the_reason_is_told(visitors):
    """A running round has none."""
    answer = visitors["head"].get(address("unit:brief", (NAME, UNIT)))
    assert answer.status_code == 403
    assert "chưa có kết quả để tóm tắt" in answer.content.decode()


def test_a_concluded_result_is_summed_up_for_those_who_follow_the_round_only(visitors):
    """Until it is published."""
    Round.objects.filter(code="2024", territory__code="minh-hoa").update(state="concluded")
    url = address("unit:brief", (FINISHED, UNIT))
    assert visitors["head"].get(url).status_code == 403
    assert visitors["leader"].get(url).status_code == 200


def test_the_page_costs_few_queries(visitors, django_assert_max_num_queries):
    """However many units the group has."""
    visitors["head"].get(address("unit:brief", (FINISHED, UNIT)))
    with django_assert_max_num_queries(32):
        visitors["head"].get(address("unit:brief_file", (FINISHED, UNIT, "pdf")))


# --- the appraisal record


def test_the_record_says_what_each_step_gave_and_why(exchange, visitors):
    """Self, appraised, after explanation, council; every reason; what the unit said; the documents."""
    url = address("unit:record_file", (NAME, UNIT, "docx"))
    book = docx.Document(io.BytesIO(visitors["secretariat"].get(url).content))
    table = book.tables[-1]
    rows = {row.cells[0].text: [c.text for c in row.cells] for row in table.rows}
    leaves = {d.leaf.code: d for d in leaves_of([exchange.participant])}
    stages = [leaves[LEAF].points[s] for s in ("self", "appraised", "explained", "council")]
    assert len(set(stages)) == 3
    assert rows[LEAF][3:7] == [_shown(p) for p in stages]
    assert WHY in rows[LEAF][7]
    assert "Hội đồng: Danh sách đã đủ" in rows[LEAF][7]
    assert "Giải trình của đơn vị:" in rows[LEAF][7]
    for code, one in leaves.items():
        if "self" in one.points and rows[code][2] != "–":
            assert rows[code][3] == _shown(one.points["self"]), code
    texts = " ".join(p.text for p in book.paragraphs)
    assert "Thẩm định kết quả tự đánh giá" in texts
    assert "Đã giải trình 1 tiêu chí; 1 tiêu chí được điều chỉnh" in texts


def test_the_pdf_of_the_record_has_the_same_figures(visitors):
    """Of a finished round: each leaf's points as kept, and the sums."""
    whole = " ".join(
        _pages(visitors["head"].get(address("unit:record_file", (FINISHED, UNIT, "pdf"))).content)
    )
    kept = _kept()
    assert f"{_shown(kept.index)}%" in whole
    for code, (points, _, _, reason) in kept.nodes.items():
        if reason and Fraction(points):
            assert re.search(rf"{re.escape(code)} .*?{re.escape(_shown(points))}", whole), code
    assert "ĐẠI DIỆN ĐƠN VỊ ĐƯỢC THẨM ĐỊNH" in whole


def test_the_unit_reads_it_once_it_is_told(visitors, clock):
    """While the first appraisal goes on only the others do, and it tells neither grade nor rank."""
    round_ = Round.objects.get(code=CODE)
    phase = round_.phases.get(kind="appraisal", turn=1)
    clock(phase.opens_at + (phase.closes_at - phase.opens_at) / 2)
    url = address("unit:record_file", (NAME, UNIT, "pdf"))
    refused = visitors["focal"].get(url)
    assert refused.status_code == 403
    assert "được thông báo cho đơn vị sau" in refused.content.decode()
    told = " ".join(_pages(visitors["secretariat"].get(url).content))
    assert "KẾT QUẢ QUA CÁC BƯỚC" in told
    assert "Thứ hạng" not in told


@pytest.mark.slow
def test_all_records_of_a_round_come_in_one_file(visitors):
    """A paper for each unit, and every one can be opened."""
    answer = visitors["secretariat"].get(address("unit:records_file", (FINISHED,)))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        names = archive.namelist()
        assert len(names) == 29
        assert "SỞ Y TẾ" in _pages(archive.read(f"{UNIT}.pdf"))[0].upper()
