"""The room of a round's papers: what can be made when, and figures that are those of the database."""

import io
from collections import Counter

import docx
import pypdfium2
import pytest
from addresses import address
from site_world import AT

from parindex.apps.assessments.models import Explanation, Round, Ruling
from parindex.apps.results.actions import compute_result
from parindex.apps.results.models import UnitResult
from parindex.apps.results.stages import book_of
from parindex.core.kernel.numbers import exact
from parindex.core.wording.notation import instant, number


DECISION = "quyet-dinh-cong-bo"
DONE, RUNNING = "minh-hoa/2024", "minh-hoa/tap-huan-hoi-dong"
POINTS_PER_MM = 72 / 25.4


def _file(client, form, *, round_=DONE, kind=DECISION, query=""):
    sent = client.get(
        address(
            "papers:paper_file",
            (
                round_,
                kind,
                form,
            ),
        )
        + query
    )
    assert sent.status_code == 200
    return io.BytesIO(sent.content)


def _kept(code):
    """Every line as the database has it, in the order of the annexes."""
    round_ = Round.objects.get(territory__code="minh-hoa", code=code)
    rows = UnitResult.objects.filter(result=round_.results.order_by("-id").first())
    return rows.select_related("participant", "result").order_by("group__position", "position")


def _cells(row, grades):
    figures = [number(value, "vi", decimals=2) for value in (row.applicable_max, row.points, row.index)]
    return [row.participant.name_vi, *figures, grades[row.grade], str(row.rank or "–")]


GRADES = {"tot": "Tốt", "kha": "Khá", "trung-binh": "Trung bình", "kem": "Kém"}


@pytest.mark.parametrize("code", ["2024", "2025-co-quan", "2025-cap-xa"])
def test_the_figures_of_the_decision_are_the_databases(visitors, code):
    """Read back out of the word processor's file and out of the PDF."""
    name = f"minh-hoa/{code}"
    rows = list(_kept(code))
    expected = [_cells(row, GRADES) for row in rows]
    book = docx.Document(_file(visitors["secretariat"], "docx", round_=name))
    tables = [t for t in book.tables if t.style.name == "Table Grid"]
    assert [[c.text for c in r.cells][1:] for t in tables for r in t.rows[1:]] == expected
    pdf = pypdfium2.PdfDocument(_file(visitors["secretariat"], "pdf", round_=name))
    text = " ".join(" ".join(p.get_textpage().get_text_range() for p in pdf).split())
    pdf.close()
    at = 0
    for cells in expected:
        at = text.index(" ".join(cells[1:]), at) + 1
        assert cells[0] in text


def test_areas_are_those_of_the_database(visitors):
    """In the annex that is asked for."""
    book = docx.Document(_file(visitors["leader"], "docx", query="?linh-vuc=1"))
    tables = [t for t in book.tables if t.style.name == "Table Grid"]
    said = [[c.text for c in r.cells][2:] for t in tables[2:] for r in t.rows[1:]]
    kept = [
        ["–" if a is None else number(exact(a), "vi", decimals=2) for a in row.areas] for row in _kept("2024")
    ]
    assert said == kept


def test_margins_and_letters_are_the_decrees_in_the_word_processors_file(visitors):
    """A4; 20-25, 20-25, 30-35 and 15-20 mm; Times New Roman 13-14; the number centred in the top margin."""
    book = docx.Document(_file(visitors["secretariat"], "docx"))
    first = book.sections[0]
    assert {round(first.page_width.mm), round(first.page_height.mm)} == {210, 297}
    for section in book.sections:
        sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        for side, (least, most) in zip(sides, [(20, 25), (20, 25), (30, 35), (15, 20)], strict=True):
            assert least <= round(side.mm, 1) <= most
        assert section.header_distance < section.top_margin
    head = first.header.paragraphs[0]
    assert "PAGE" in head._p.xml
    assert head.alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER
    assert first.different_first_page_header_footer
    assert not first.first_page_header.paragraphs[0].text
    normal = book.styles["Normal"].font
    assert normal.name == "Times New Roman"
    assert 13 <= normal.size.pt <= 14


def test_margins_and_numbers_of_pages_are_the_decrees_in_the_pdf(visitors):
    """Measured where the letters stand: nothing but the page's number above 20 mm, all between the sides."""
    pdf, begun = pypdfium2.PdfDocument(_file(visitors["secretariat"], "pdf")), 0
    for k, page in enumerate(pdf):
        width, height = page.get_size()
        assert [round(s / POINTS_PER_MM) for s in (width, height)] == [210, 297]
        text = page.get_textpage()
        boxes = [(text.get_charbox(i), text.get_text_range(i, 1)) for i in range(text.count_chars())]
        boxes = [(box, sign) for box, sign in boxes if sign.strip()]
        left = min(box[0] for box, _ in boxes) / POINTS_PER_MM
        right = (width - max(box[2] for box, _ in boxes)) / POINTS_PER_MM
        assert left >= 29.5
        assert right >= 14.5
        above = [(b, s) for b, s in boxes if b[1] > height - 18 * POINTS_PER_MM]
        begun = k if text.get_text_range().startswith("Phụ lục") else begun  # whose pages have their own
        assert "".join(s for _, s in above) == ("" if k == begun else str(k - begun + 1))
        for box, _ in above:
            middle = (box[0] + box[2]) / 2 / POINTS_PER_MM
            assert abs(middle - (30 + 195) / 2) < 3
    pdf.close()
    assert begun


def test_the_list_says_what_is_missing(visitors, read):
    """And offers no file of it."""
    page = read(address("papers:papers", (RUNNING,)), by=visitors["secretariat"])
    assert "hội đồng chưa kết thúc kỳ đánh giá" in page.root.text
    done = read(address("papers:papers", (DONE,)), by=visitors["leader"])
    links = [a.attributes["href"] for a in done.root.all("a")]
    assert (
        address(
            "papers:paper_file",
            (
                DONE,
                DECISION,
                "docx",
            ),
        )
        in links
    )


def test_a_paper_that_cannot_be_made_is_refused_with_what_is_missing(visitors, read):
    """Its page says so, its files are not there."""
    text = read(address("papers:paper", (RUNNING, DECISION)), by=visitors["secretariat"]).root.text
    assert "Hội đồng chưa kết thúc kỳ đánh giá" in text
    address_ = address(
        "papers:paper_file",
        (
            RUNNING,
            DECISION,
            "pdf",
        ),
    )
    sent = visitors["secretariat"].get(address_)
    assert sent.status_code == 403
    assert "Chưa lập được “Quyết định công bố kết quả”" in sent.content.decode()


def test_a_preview_shows_every_page_with_words_for_who_does_not_see_it(visitors, read):
    """Fetched when they come into sight; the browser keeps them under an address that changes with the
    paper."""
    page = read(address("papers:paper", (DONE, DECISION)), by=visitors["secretariat"])
    pictures = page.root.all("img", "page-picture")
    assert pictures[0].attributes["alt"] == "Quyết định công bố kết quả, trang 1"
    assert all(p.attributes["loading"] == "lazy" for p in pictures)
    sent = visitors["secretariat"].get(pictures[-1].attributes["src"])
    assert sent.headers["Content-Type"] == "image/png"
    assert sent.content.startswith(b"\x89PNG")
    assert "private" in sent.headers["Cache-Control"]
    more = read(address("papers:paper", (DONE, DECISION)) + "?linh-vuc=1", by=visitors["secretariat"])
    assert len(more.root.all("img", "page-picture")) > len(pictures)
    assert all("linh-vuc=1" in p.attributes["src"] for p in more.root.all("img", "page-picture"))


def test_the_list_costs_a_fixed_number_of_queries(visitors, django_assert_max_num_queries):
    visitors["secretariat"].get(address("papers:papers", (DONE,)))
    with django_assert_max_num_queries(16):
        visitors["secretariat"].get(address("papers:papers", (DONE,)))


@pytest.fixture
def sitting(clock):
    """The round whose council sits, at that time."""
    phase = Round.objects.get(code="tap-huan-hoi-dong").phases.get(kind="council")
    clock(phase.opens_at + (phase.closes_at - phase.opens_at) / 2)


@pytest.mark.parametrize(
    "kind",
    ["ke-hoach", "huong-dan", "thanh-lap-hoi-dong", "thong-bao-lan-1", "bao-cao-tham-dinh", "bien-ban"],
)
def test_papers_before_publication_are_made_while_the_round_runs(visitors, sitting, kind):
    """In both files, with a preview."""
    for form in ("docx", "pdf"):
        assert _file(visitors["secretariat"], form, round_=RUNNING, kind=kind).getvalue()
    page = visitors["assistant"].get(
        address(
            "papers:paper",
            (
                RUNNING,
                kind,
            ),
        )
    )
    assert page.content.count(b"page-picture") >= 1


def test_the_first_notice_says_each_units_own_points_and_those_of_the_appraisal(visitors, sitting):
    """As the stages of the round have them."""
    book = docx.Document(_file(visitors["secretariat"], "docx", round_=RUNNING, kind="thong-bao-lan-1"))
    tables = [t for t in book.tables if t.style.name == "Table Grid"]
    said = {r.cells[1].text: [c.text for c in r.cells[2:4]] for t in tables for r in t.rows[1:]}
    stages = book_of(Round.objects.get(code="tap-huan-hoi-dong"))
    pair = [stages.stages[stage] for stage in ("self", "appraised")]
    assert said == {
        p.name_vi: [number(one.units[k].points, "vi", decimals=2) for one in pair]
        for k, p in enumerate(stages.participants)
    }


def test_the_council_is_set_up_from_the_roles_that_people_hold(visitors, sitting):
    """The chair first."""
    book = docx.Document(_file(visitors["secretariat"], "docx", round_=RUNNING, kind="thanh-lap-hoi-dong"))
    text = "\n".join(p.text for p in book.paragraphs)
    chair, assistant = visitors.person("chair"), visitors.person("assistant")
    assert f"1. Ông (bà) {chair.full_name}, {chair.position} – Chủ tịch Hội đồng." in text
    assert f"1. Ông (bà) {assistant.full_name}, {assistant.position}." in text


def test_a_correction_is_decided_with_what_it_changes(visitors, read):
    """Whose index differs between the result that was published and the one that stands."""
    round_ = Round.objects.get(territory__code="minh-hoa", code="2024")
    page = read(address("papers:paper", (DONE, "quyet-dinh-dieu-chinh")), by=visitors["secretariat"])
    assert "chưa có điều chỉnh" in page.root.text
    rulings = Ruling.objects.filter(participant__round=round_, participant__unit__code="so-y-te")
    one = next(r for r in rulings.order_by("id") if "/" in r.answer)
    Ruling.objects.filter(pk=one.pk).update(answer=f"1/{one.answer.partition('/')[2]}")
    compute_result(round_=round_, by="test", at=AT)
    book = docx.Document(_file(visitors["secretariat"], "docx", kind="quyet-dinh-dieu-chinh"))
    changed = next(t for t in book.tables if t.style.name == "Table Grid")
    rows = {
        r.cells[2].text: [c.text for c in r.cells] for r in changed.rows[1:] if r.cells[1].text == "Sở Y tế"
    }
    before, now = (r.units.get(participant__unit__code="so-y-te") for r in round_.results.order_by("id"))
    assert before.index != now.index
    assert rows["Chỉ số (%)"][3:] == [number(one.index, "vi", decimals=2) for one in (before, now)]


def test_the_shelf_says_how_each_units_report_came_back(visitors, read, clock):
    """Signed with its number, handed in and not yet signed, not handed in; before there is any record too."""
    page = read(address("papers:units", (RUNNING,)), by=visitors["secretariat"])
    rows = {row[0]: row[1] for row in page.rows("stack")}
    for one in Round.objects.get(code="tap-huan-hoi-dong").participants.select_related("sheet"):
        last = one.sheet.submissions.filter(withdrawn_at=None).last()
        said = last.report_number or "chờ bản ký" if last else "chưa nộp"
        assert said in rows[one.name_vi]
    begun = Round.objects.get(code="tap-huan-tu-cham")
    phase = begun.phases.get(kind="self")
    clock(phase.opens_at + (phase.closes_at - phase.opens_at) / 2)
    page = read(address("papers:units", ("minh-hoa/tap-huan-tu-cham",)), by=visitors["secretariat"])
    assert "Biên bản lập được khi hết hạn" in page.root.text


def _said(client, kind, *, round_=RUNNING):
    """A paper's text as it is read back out of each of its two files."""
    book = docx.Document(_file(client, "docx", round_=round_, kind=kind))
    yield " ".join(" ".join(p.text for p in book.element.body.iter() if p.tag.endswith("}t")).split())
    pdf = pypdfium2.PdfDocument(_file(client, "pdf", round_=round_, kind=kind))
    text = " ".join(" ".join(p.get_textpage().get_text_range() for p in pdf).split())
    pdf.close()
    yield text.replace("\ufffe", "-")


def _annexed(round_):
    """Points, index, grade and rank of every unit by what stands, as an annex has them."""
    book = book_of(round_)
    for k, one in enumerate(book.participants):
        unit = book.now.units[k]
        figures = [number(v, "vi", decimals=2) for v in (unit.applicable_max, unit.points, unit.index)]
        yield one.name_vi, [*figures, unit.grade.name.vi, str(unit.rank or "–")]


def test_every_paper_before_publication_has_the_databases_figures_in_both_files(visitors, sitting):
    """Dates and counts of the plan, deadlines of the guide, points of the notice, all lines of report and
    minutes."""
    desk, round_ = visitors["secretariat"], Round.objects.get(code="tap-huan-hoi-dong")
    phases, participants = list(round_.phases.all()), list(round_.participants.select_related("group"))
    sizes = Counter(one.group.name_vi for one in participants)
    for text in _said(desk, "ke-hoach"):
        assert all(f"{name}: {size} đơn vị" in text for name, size in sizes.items())
        assert all(one.name_vi in text for one in participants)
        assert all(instant(one.closes_at, "vi") in text for one in phases)
    for text in _said(desk, "huong-dan"):
        assert all(f"đến {instant(one.closes_at, 'vi')}." in text for one in phases)
    stages = book_of(round_)
    for text in _said(desk, "thong-bao-lan-1"):
        for k in range(len(stages.participants)):
            pair = [stages.stages[stage].units[k].points for stage in ("self", "appraised")]
            shown = [number(v, "vi", decimals=2) for v in (*pair, pair[1] - pair[0])]
            assert " ".join(shown) in text
    owing = [one for one in participants if one.owes_sheet]
    handed = sum(one.sheet.submissions.filter(withdrawn_at=None).exists() for one in owing)
    cases = Explanation.objects.filter(participant__round=round_).count()
    for kind in ("bao-cao-tham-dinh", "bien-ban"):
        for text in _said(desk, kind):
            assert all(name in text and " ".join(line) in text for name, line in _annexed(round_))
            assert kind == "bien-ban" or f"{handed}/{len(owing)} đơn vị đã nộp" in text
            assert kind == "bien-ban" or f"Giải trình: {cases} trường hợp" in text


@pytest.mark.parametrize("kind", ["to-trinh", "thong-bao-ket-qua"])
def test_what_goes_out_with_the_decision_counts_the_grades_as_the_database_does(visitors, kind):
    """Each group with its grades, in both files."""
    counts = Counter((row.group.name_vi, row.grade) for row in _kept("2024"))
    for text in _said(visitors["secretariat"], kind, round_=DONE):
        for (_, grade), count in counts.items():
            assert f"{count} đơn vị xếp loại {GRADES[grade]}" in text
        for name in {name for name, _ in counts}:
            assert f"{name}: {sum(n for (one, _), n in counts.items() if one == name)} đơn vị" in text
