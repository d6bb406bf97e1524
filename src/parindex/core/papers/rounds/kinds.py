"""The shelf of a round's papers: what each is for, who issues it, and when it can be made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from parindex.core.kernel.text import Text
from parindex.core.papers.registry import Kind
from parindex.core.papers.rounds.appraising import first_notice, report
from parindex.core.papers.rounds.facts import RoundFacts
from parindex.core.papers.rounds.minutes import minutes
from parindex.core.papers.rounds.opening import council, guide, plan
from parindex.core.papers.rounds.publishing import adjustment, announcement, decision, submission


STAGES = ("opening", "appraisal", "council", "publication")
COMMITTEE = Text(
    "Ủy ban nhân dân, hoặc đơn vị mở kỳ đánh giá", "The people’s committee, or whoever opened the round"
)
STANDING = Text("Cơ quan thường trực Hội đồng", "The council’s standing body")
COUNCIL = Text("Hội đồng thẩm định", "The council")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round has got: what decides which of its papers can be made.

    Attributes:
        phases: it has a calendar. `seated`: somebody holds the chair of its council.
        appraised: the first appraisal is over. `sits`: the council's time has begun.
        concluded: the council has ended it, and its result is kept. `published`: it is public.
        corrected: what stands differs from what was published, or was published anew.
    """

    phases: bool = False
    seated: bool = False
    appraised: bool = False
    sits: bool = False
    concluded: bool = False
    published: bool = False
    corrected: bool = False


def needs(**code: str) -> Callable[[Progress], Sequence[str]]:
    """What is missing: the code of every fact of the progress that does not hold yet."""
    return lambda progress: [said for fact, said in code.items() if not getattr(progress, fact)]


PAPERS: Sequence[Kind[RoundFacts, Progress]] = (
    Kind(
        code="ke-hoach",
        abbreviation="KH",
        stage="opening",
        name=Text("Kế hoạch", "Plan of the round"),
        use=Text(
            "Đối tượng, tiến độ, phân công của kỳ đánh giá.", "Who is assessed, by when, and who does what."
        ),
        issuer=COMMITTEE,
        missing=needs(phases="no_phases"),
        build=plan,
    ),
    Kind(
        code="huong-dan",
        abbreviation="HD",
        stage="opening",
        name=Text("Hướng dẫn tự đánh giá, chấm điểm", "Guide to self-assessment"),
        use=Text("Bộ tiêu chí, cách chấm, xếp loại, thời hạn.", "Criteria, scoring, grades, deadlines."),
        issuer=STANDING,
        missing=needs(phases="no_phases"),
        build=guide,
    ),
    Kind(
        code="thanh-lap-hoi-dong",
        abbreviation="QĐ",
        stage="opening",
        name=Text(
            "Quyết định thành lập Hội đồng, Tổ giúp việc",
            "Decision setting up the council and its assistants",
        ),
        use=Text("Danh sách theo vai trò đã giao trên hệ thống.", "The persons who hold the roles."),
        issuer=COMMITTEE,
        missing=needs(seated="no_chair"),
        build=council,
    ),
    Kind(
        code="thong-bao-lan-1",
        abbreviation="TB",
        stage="appraisal",
        name=Text("Thông báo kết quả thẩm định lần 1", "Notice of the first appraisal"),
        use=Text(
            "Điểm tự chấm, điểm thẩm định của từng đơn vị, hạn giải trình.",
            "Each unit’s own and appraised points, and until when it may explain.",
        ),
        issuer=STANDING,
        missing=needs(appraised="not_appraised"),
        build=first_notice,
    ),
    Kind(
        code="bao-cao-tham-dinh",
        abbreviation="BC",
        stage="council",
        name=Text("Báo cáo kết quả thẩm định", "Appraisal report"),
        use=Text(
            "Quá trình, kết quả, chênh lệch giữa tự chấm và thẩm định, trình Hội đồng.",
            "For the council: how it went, what it gives, where units overrate themselves.",
        ),
        issuer=STANDING,
        missing=needs(sits="council_not_yet"),
        build=report,
    ),
    Kind(
        code="bien-ban",
        abbreviation="BB",
        stage="council",
        name=Text("Biên bản họp Hội đồng", "Minutes of the council"),
        use=Text(
            "Từng kết luận với ý kiến đơn vị, lý do; kết quả sau kết luận.",
            "Every ruling with the unit’s words and its reason; what it gives.",
        ),
        issuer=COUNCIL,
        missing=needs(sits="council_not_yet"),
        build=minutes,
    ),
    Kind(
        code="to-trinh",
        abbreviation="TTr",
        stage="publication",
        name=Text("Tờ trình", "Submission"),
        use=Text("Trình ban hành quyết định công bố.", "Asks for the decision."),
        issuer=STANDING,
        missing=needs(concluded="not_concluded"),
        build=submission,
    ),
    Kind(
        code="quyet-dinh-cong-bo",
        abbreviation="QĐ",
        stage="publication",
        name=Text("Quyết định công bố kết quả", "Decision publishing the result"),
        use=Text(
            "Công bố chỉ số, xếp loại, xếp hạng; mỗi khối xếp hạng một phụ lục.",
            "Publishes index, grade and rank; an annex for each ranking group.",
        ),
        issuer=COMMITTEE,
        missing=needs(concluded="not_concluded"),
        build=decision,
    ),
    Kind(
        code="thong-bao-ket-qua",
        abbreviation="",
        stage="publication",
        name=Text("Công văn thông báo kết quả", "Letter announcing the result"),
        use=Text(
            "Báo kết quả cho các đơn vị, yêu cầu khắc phục.", "Tells the units, and asks them to remedy."
        ),
        issuer=STANDING,
        missing=needs(published="not_published"),
        build=announcement,
    ),
    Kind(
        code="quyet-dinh-dieu-chinh",
        abbreviation="QĐ",
        stage="publication",
        name=Text("Quyết định điều chỉnh kết quả", "Decision of adjustment"),
        use=Text(
            "Đơn vị nào thay đổi chỉ số, xếp loại, thứ hạng so với lần công bố trước.",
            "Whose index, grade or rank differs from what was published.",
        ),
        issuer=COMMITTEE,
        missing=needs(corrected="not_corrected"),
        build=adjustment,
    ),
)
