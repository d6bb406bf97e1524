"""Indicators that every province measures, as they are defined before any value comes in.

`legal_source` names what the definition rests on as far as it is known; a definition that a province sets
itself says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from parindex.core.kernel.text import Text


@dataclass(frozen=True, slots=True)
class SampleIndicator:
    """One definition: a share of dossiers, in percent, the higher the better, unless it says otherwise."""

    code: str
    name: Text
    definition: Text
    legal_source: str
    source: str
    kind: str = "share"
    measure: str = "%"
    direction: str = "up"
    over_year: str = "sum"


@dataclass(frozen=True, slots=True)
class FromDossiers:
    """How an indicator's value is made of the counts of a period.

    `part`, `whole`: counts of `parindex.core.dossiers.activity.Activity`, added up; without `whole` the
    value is the sum itself.
    """

    indicator: str
    part: tuple[str, ...]
    whole: tuple[str, ...] = ()


DOSSIER_SYSTEM = "Hệ thống thông tin giải quyết TTHC"
PORTAL = "Cổng Dịch vụ công quốc gia"
NEWS_COUNT = "Chuyên mục Cải cách hành chính"  # the installation's own news section
PLAN_COUNT = "Kế hoạch, nhiệm vụ cải cách hành chính"  # the installation's own plans
INSPECTION_COUNT = "Theo dõi kiểm tra cải cách hành chính"  # the installation's own inspections
EMULATION_COUNT = "Phong trào thi đua, sáng kiến"  # the installation's own movements
SURVEY_COUNT = (
    "Điều tra xã hội học"  # the installation's own surveys, and those that other bodies report to it
)
YEARS_WORK = frozenset({NEWS_COUNT, PLAN_COUNT, INSPECTION_COUNT, EMULATION_COUNT, SURVEY_COUNT})
"""Sources that count the year's work of units, which is nothing of the theme's dossiers."""
OWN_COUNT = "Tự đếm từ hồ sơ"  # the installation's own count, from its store of dossiers
_IN_ENGLISH: Mapping[str, str] = {
    DOSSIER_SYSTEM: "Information system for administrative procedures",
    PORTAL: "National Public Service Portal",
    NEWS_COUNT: "Administrative reform news",
    PLAN_COUNT: "Plans and tasks of administrative reform",
    INSPECTION_COUNT: "Inspections of administrative reform",
    EMULATION_COUNT: "Emulation movements and initiatives",
    SURVEY_COUNT: "Sociological surveys",
    OWN_COUNT: "Own count of dossiers",
}
DECISION_766 = "Quyết định số 766/QĐ-TTg ngày 23/6/2022"


def source_name(source: str) -> Text:
    """A source as its values keep it, in both languages; one that an office named is a name in either."""
    return Text(source, _IN_ENGLISH.get(source, source))


_OF_CITIZENS = (
    ("hai-long-tiep-can", "tiếp cận dịch vụ", "access to the service"),
    ("hai-long-thu-tuc", "thủ tục hành chính", "the procedure"),
    ("hai-long-cong-chuc", "công chức giải quyết công việc", "the officials"),
    ("hai-long-ket-qua", "kết quả dịch vụ", "the result"),
    ("hai-long-gop-y", "tiếp nhận, xử lý góp ý, phản ánh, kiến nghị", "feedback and complaints"),
)
"""The five factors of the satisfaction of citizens (SIPAS)."""
_OF_OFFICIALS = (
    ("danh-gia-chi-dao", "chỉ đạo, điều hành", "steering"),
    ("danh-gia-tham-muu", "tham mưu thể chế, thủ tục", "advice on rules and procedures"),
    ("danh-gia-bo-may", "tổ chức bộ máy, công chức", "organisation and officials"),
    ("danh-gia-so-hoa", "ứng dụng công nghệ số", "digital tools at work"),
)
"""What a province asks its officials about each other's units."""


def _factors() -> Iterator[SampleIndicator]:
    """The parts of both surveys that criteria sets score each for itself."""
    for code, vi, en in _OF_CITIZENS:
        yield SampleIndicator(
            code,
            Text(f"Hài lòng của người dân, tổ chức: {vi}", f"Satisfaction of citizens: {en}"),
            Text(
                "Tỷ lệ trả lời hài lòng, rất hài lòng trong các câu hỏi của yếu tố này, có trọng số theo "
                "mẫu, kèm sai số chuẩn và số phiếu.",
                "The weighted share of satisfied answers to the questions of this factor, with its standard "
                "error and the number of answers.",
            ),
            "",
            SURVEY_COUNT,
            kind="number",
            over_year="last",
        )
    for code, vi, en in _OF_OFFICIALS:
        yield SampleIndicator(
            code,
            Text(f"Đánh giá của cán bộ, công chức: {vi}", f"Assessment by officials: {en}"),
            Text(
                "Chỉ số trung bình có trọng số của các câu hỏi thuộc nội dung này, kèm sai số chuẩn và số "
                "phiếu; không ai đánh giá đơn vị của mình.",
                "The weighted mean index of the questions of this part, with its standard error and the "
                "number of answers; nobody rates their own unit.",
            ),
            "",
            SURVEY_COUNT,
            kind="number",
            over_year="last",
        )


INDICATORS: Sequence[SampleIndicator] = (
    SampleIndicator(
        "ho-so-dung-han",
        Text("Hồ sơ giải quyết trước hạn, đúng hạn", "Dossiers handled in time"),
        Text(
            "Số hồ sơ thủ tục hành chính đã giải quyết trước hạn hoặc đúng hạn, trên tổng số hồ sơ đã giải "
            "quyết trong kỳ.",
            "Dossiers handled before or on their due time, of all dossiers handled in the period.",
        ),
        DECISION_766,
        DOSSIER_SYSTEM,
    ),
    SampleIndicator(
        "ho-so-truc-tuyen",
        Text("Hồ sơ nộp trực tuyến", "Dossiers filed online"),
        Text(
            "Số hồ sơ nộp qua dịch vụ công trực tuyến, trên tổng số hồ sơ tiếp nhận trong kỳ.",
            "Dossiers filed through the online services, of all dossiers received in the period.",
        ),
        DECISION_766,
        PORTAL,
    ),
    SampleIndicator(
        "thanh-toan-truc-tuyen",
        Text("Thanh toán trực tuyến", "Online payment"),
        Text(
            "Số hồ sơ phải thu phí, lệ phí được thanh toán trực tuyến, trên tổng số hồ sơ phải thu phí, lệ "
            "phí trong kỳ.",
            "Dossiers with a fee that was paid online, of all dossiers with a fee in the period.",
        ),
        DECISION_766,
        PORTAL,
    ),
    SampleIndicator(
        "so-hoa-ho-so",
        Text("Số hóa hồ sơ, kết quả giải quyết", "Dossiers and results digitised"),
        Text(
            "Số hồ sơ được số hóa thành phần và kết quả giải quyết, trên tổng số hồ sơ đã giải quyết trong "
            "kỳ.",
            "Dossiers whose parts and result were digitised, of all dossiers handled in the period.",
        ),
        DECISION_766,
        DOSSIER_SYSTEM,
    ),
    SampleIndicator(
        "ho-so-tiep-nhan",
        Text("Hồ sơ tiếp nhận", "Dossiers received"),
        Text(
            "Số hồ sơ thủ tục hành chính tiếp nhận trong kỳ, không tính hồ sơ kỳ trước chuyển sang.",
            "Dossiers received in the period; those carried over from before are not counted.",
        ),
        "",
        DOSSIER_SYSTEM,
        kind="count",
        measure="hồ sơ",
    ),
    SampleIndicator(
        "ho-so-da-giai-quyet",
        Text("Hồ sơ đã giải quyết", "Dossiers handled"),
        Text(
            "Số hồ sơ thủ tục hành chính đã có kết quả trong kỳ, trước hạn, đúng hạn và quá hạn.",
            "Dossiers with a result in the period: before, on and after their due time.",
        ),
        "",
        DOSSIER_SYSTEM,
        kind="count",
        measure="hồ sơ",
    ),
    SampleIndicator(
        "ho-so-ton-qua-han",
        Text("Hồ sơ chưa giải quyết, đã quá hạn", "Dossiers overdue without a result"),
        Text(
            "Số hồ sơ thủ tục hành chính chưa có kết quả và đã quá hạn vào cuối kỳ, kể cả hồ sơ tạm dừng "
            "sau khi đã quá hạn.",
            "Dossiers without a result and past their due time at the end of the period, those included "
            "whose clock stopped after it.",
        ),
        "",
        DOSSIER_SYSTEM,
        kind="count",
        measure="hồ sơ",
        direction="down",
        over_year="last",
    ),
    SampleIndicator(
        "tin-bai-cchc",
        Text("Tin, bài về cải cách hành chính", "Articles on administrative reform"),
        Text(
            "Số tin, bài của đơn vị đăng trong kỳ tại chuyên mục, kể cả tin, bài trên cổng của đơn vị đã "
            "được ghi nhận; tin, bài đã gỡ không tính.",
            "Articles of the unit published in the period in the section, those registered from its own site "
            "among them; withdrawn ones do not count.",
        ),
        "",
        NEWS_COUNT,
        kind="count",
        measure="tin, bài",
    ),
    SampleIndicator(
        "thang-co-tin-bai",
        Text("Tháng có tin, bài", "Months with articles"),
        Text(
            "Số tháng trong kỳ có ít nhất một tin, bài của đơn vị.",
            "Months of the period with at least one article of the unit.",
        ),
        "",
        NEWS_COUNT,
        kind="count",
        measure="tháng",
    ),
    SampleIndicator(
        "chu-de-tin-bai",
        Text("Lĩnh vực cải cách có tin, bài", "Areas of reform with articles"),
        Text(
            "Số lĩnh vực cải cách hành chính (tối đa 7) có tin, bài của đơn vị trong kỳ.",
            "Areas of reform (of seven) with an article of the unit in the period.",
        ),
        "",
        NEWS_COUNT,
        kind="count",
        measure="lĩnh vực",
    ),
    SampleIndicator(
        "luot-doc-tin-bai",
        Text("Lượt đọc tin, bài", "Readings of articles"),
        Text(
            "Số lượt đọc tin, bài của đơn vị trong kỳ tại chuyên mục: mỗi người mỗi bài mỗi ngày một lượt, "
            "không tính máy tự động.",
            "Readings of the unit’s articles in the section: one a reader, article and day, no programs.",
        ),
        "",
        NEWS_COUNT,
        kind="count",
        measure="lượt",
    ),
    SampleIndicator(
        "nhiem-vu-hoan-thanh",
        Text("Nhiệm vụ kế hoạch hoàn thành", "Planned tasks done"),
        Text(
            "Số nhiệm vụ đã hoàn thành trong các kế hoạch đã ban hành của đơn vị, trên tổng số nhiệm vụ; "
            "nhiệm vụ đã dừng không tính.",
            "Tasks done in the unit’s issued plans, of all their tasks; cancelled ones do not count.",
        ),
        "",
        PLAN_COUNT,
        over_year="last",
    ),
    SampleIndicator(
        "nhiem-vu-dung-han",
        Text("Nhiệm vụ kế hoạch đúng hạn", "Planned tasks in time"),
        Text(
            "Số nhiệm vụ hoàn thành đúng hạn, trên tổng số nhiệm vụ đã hoàn thành hoặc đã quá hạn.",
            "Tasks done in time, of all that are done or overdue.",
        ),
        "",
        PLAN_COUNT,
        over_year="last",
    ),
    SampleIndicator(
        "ke-hoach-dung-han",
        Text("Kế hoạch ban hành đúng hạn", "Plans issued in time"),
        Text(
            "Số kế hoạch của đơn vị ban hành trước ngày phải ban hành, trên tổng số kế hoạch đã ban hành có "
            "ngày phải ban hành.",
            "The unit’s plans issued in the time set for them, of all issued ones with such a time.",
        ),
        "",
        PLAN_COUNT,
        over_year="last",
    ),
    SampleIndicator(
        "don-vi-duoc-kiem-tra",
        Text("Đơn vị được kiểm tra", "Units inspected"),
        Text(
            "Số đơn vị trực thuộc đã được kiểm tra cải cách hành chính trong năm, trên tổng số đơn vị trực "
            "thuộc.",
            "Units right below that were inspected on administrative reform in the year, of all such units.",
        ),
        "",
        INSPECTION_COUNT,
    ),
    SampleIndicator(
        "ton-tai-kiem-tra",
        Text("Tồn tại, hạn chế qua kiểm tra", "Findings of inspections"),
        Text(
            "Số tồn tại, hạn chế, sai phạm nêu trong các cuộc kiểm tra đã kết luận trong năm; nội dung đã "
            "rút không tính.",
            "Findings of the inspections concluded in the year; those withdrawn do not count.",
        ),
        "",
        INSPECTION_COUNT,
        kind="count",
        measure="tồn tại",
        direction="down",
        over_year="last",
    ),
    SampleIndicator(
        "kien-nghi-khac-phuc-dung-han",
        Text("Kiến nghị kiểm tra khắc phục đúng hạn", "Recommendations remedied in time"),
        Text(
            "Số kiến nghị được khắc phục trong hạn và đã xác minh, trên số kiến nghị đến hạn trong năm hoặc "
            "đã khắc phục trước hạn.",
            "Recommendations remedied by their deadline, as verified, of those due in the year so far or "
            "remedied before.",
        ),
        "",
        INSPECTION_COUNT,
    ),
    SampleIndicator(
        "sang-kien-duoc-cong-nhan",
        Text("Sáng kiến được công nhận", "Initiatives recognised"),
        Text(
            "Số sáng kiến cải cách hành chính của đơn vị được công nhận bằng quyết định có ngày trong năm.",
            "The unit’s initiatives in administrative reform recognised by a decision of the year.",
        ),
        "",
        EMULATION_COUNT,
        kind="count",
        measure="sáng kiến",
    ),
    SampleIndicator(
        "hai-long-nguoi-dan",
        Text("Mức độ hài lòng của người dân, tổ chức", "Satisfaction of citizens and organisations"),
        Text(
            "Tỷ lệ trả lời hài lòng, rất hài lòng trong các câu hỏi về mức độ hài lòng, có trọng số theo "
            "mẫu, kèm sai số chuẩn và số phiếu.",
            "The weighted share of satisfied answers to the questions on satisfaction, with its standard "
            "error and the number of answers.",
        ),
        "",
        SURVEY_COUNT,
        kind="number",
        over_year="last",
    ),
    SampleIndicator(
        "danh-gia-cong-chuc",
        Text("Đánh giá của cán bộ, công chức", "Assessment by officials"),
        Text(
            "Chỉ số trung bình có trọng số của các câu hỏi dành cho cán bộ, công chức, kèm sai số chuẩn và "
            "số phiếu; không ai đánh giá đơn vị của mình.",
            "The weighted mean index of the questions to officials, with its standard error and the number "
            "of answers; nobody rates their own unit.",
        ),
        "",
        SURVEY_COUNT,
        kind="number",
        over_year="last",
    ),
    SampleIndicator(
        "ke-hoach-truyen-thong",
        Text("Tin, bài theo kế hoạch truyền thông", "Articles of the communication plan"),
        Text(
            "Số tin, bài đã đăng hoặc đã ghi nhận đáp ứng kế hoạch truyền thông cả năm của đơn vị, trên tổng "
            "số tin, bài trong kế hoạch; mỗi tin, bài tính một lần.",
            "Articles published or registered that fulfil the unit’s communication plan of the year, of all "
            "that it plans; each article counts once.",
        ),
        "",
        NEWS_COUNT,
    ),
    *_factors(),
)

WHOLES: Mapping[str, str] = {
    "ho-so-dung-han": "ho-so-da-giai-quyet",
    "ho-so-truc-tuyen": "ho-so-tiep-nhan",
}
"""The count that the whole of a share is, for those who compare them."""

_CAME = ("came_online", "came_in_person", "came_by_post")
_HANDLED = ("early", "on_time", "late")
FROM_REPORT: Sequence[FromDossiers] = (
    FromDossiers("ho-so-dung-han", ("early", "on_time"), _HANDLED),
    FromDossiers("ho-so-truc-tuyen", ("came_online",), _CAME),
    FromDossiers("ho-so-tiep-nhan", _CAME),
    FromDossiers("ho-so-da-giai-quyet", _HANDLED),
    FromDossiers("ho-so-ton-qua-han", ("open_overdue", "paused_overdue")),
)
"""What the one-stop system's report of a period says."""

FROM_STORE: Sequence[FromDossiers] = (
    FromDossiers("ho-so-dung-han", ("early", "on_time"), _HANDLED),
    FromDossiers("ho-so-truc-tuyen", ("came_online",), (*_CAME, "came_otherwise")),
    FromDossiers("thanh-toan-truc-tuyen", ("paid_online",), ("with_fee",)),
    FromDossiers("so-hoa-ho-so", ("handled_digitised",), ("handled_digitised_known",)),
    FromDossiers("ho-so-tiep-nhan", (*_CAME, "came_otherwise")),
    FromDossiers("ho-so-da-giai-quyet", _HANDLED),
    FromDossiers("ho-so-ton-qua-han", ("open_overdue", "paused_overdue")),
)
"""What the installation counts itself, dossier by dossier."""
