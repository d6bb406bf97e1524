"""What stands otherwise than the ledger says, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parindex.core.kernel.text import Text


TABLES: Mapping[str, Text] = {
    "schedule.CalendarYear": Text("lịch làm việc", "calendar of working days"),
    "organisations.Unit": Text("đơn vị", "unit"),
    "organisations.Person": Text("người dùng", "person"),
    "organisations.Grant": Text("vai trò", "role"),
    "organisations.Delegation": Text("ủy quyền", "role lent"),
    "frameworks.FrameworkVersion": Text("bộ tiêu chí", "criteria set"),
    "frameworks.SetDraft": Text("bộ tiêu chí đang soạn", "criteria set in the making"),
    "frameworks.SetDraftVersion": Text("bản soạn của bộ tiêu chí", "version of a set in the making"),
    "evidence.Document": Text("tài liệu kiểm chứng", "document"),
    "evidence.StoredContent": Text("nội dung tệp", "content of a file"),
    "indicators.Indicator": Text("chỉ tiêu", "indicator"),
    "indicators.Value": Text("giá trị chỉ tiêu", "measured value"),
    "indicators.Target": Text("mục tiêu", "target"),
    "indicators.Token": Text("mã kết nối", "token"),
    "plans.Plan": Text("kế hoạch", "plan"),
    "plans.Task": Text("nhiệm vụ", "task"),
    "plans.TaskReport": Text("báo cáo tiến độ", "report on a task"),
    "plans.HandDown": Text("nhiệm vụ giao cấp dưới", "task handed down"),
    "news.Article": Text("bài viết", "article"),
    "news.Article (outside)": Text("bài viết trên trang khác", "article of another site"),
    "news.Revision": Text("bản của bài viết", "revision of an article"),
    "news.PlannedArticles": Text("dòng kế hoạch tuyên truyền", "line of a communication plan"),
    "news.Feed": Text("nguồn tin theo dõi", "feed that is followed"),
    "inspections.Plan": Text("kế hoạch kiểm tra", "plan of inspection"),
    "inspections.Visit": Text("cuộc kiểm tra", "inspection"),
    "inspections.Question": Text("nội dung kiểm tra", "line of a checklist"),
    "inspections.Finding": Text("tồn tại, hạn chế", "finding"),
    "inspections.Proof": Text("tài liệu của tồn tại", "document behind a finding"),
    "inspections.Recommendation": Text("kiến nghị", "recommendation"),
    "inspections.Answer": Text("trả lời kiến nghị", "answer to a recommendation"),
    "inspections.IssuedPaper": Text("văn bản kiểm tra", "paper of an inspection"),
    "surveys.Survey": Text("cuộc điều tra", "survey"),
    "surveys.Questionnaire": Text("phiếu hỏi", "questionnaire"),
    "surveys.Draw": Text("lần chọn mẫu", "draw of a sample"),
    "surveys.Count": Text("kết quả kiểm phiếu", "count of a survey"),
    "briefings.Briefing": Text("báo cáo giao ban", "briefing"),
    "briefings.BriefingRevision": Text("bản của báo cáo giao ban", "revision of a briefing"),
    "briefings.Conclusion": Text("kết luận giao ban", "conclusions of a briefing"),
    "briefings.Campaign": Text("phong trào thi đua", "emulation movement"),
    "briefings.Registration": Text("đăng ký thi đua", "registration in a movement"),
    "briefings.Initiative": Text("sáng kiến", "initiative"),
    "briefings.Reuse": Text("áp dụng sáng kiến", "use of an initiative"),
    "briefings.Commendation": Text("danh sách khen thưởng", "list of commendations"),
    "briefings.CommendationRevision": Text("bản của danh sách khen thưởng", "revision of that list"),
    "assessments.EvidenceLink": Text("tài liệu gắn vào tiêu chí", "document attached to a criterion"),
    "assessments.Statement": Text("lượt giải trình", "turn of an explanation"),
    "assessments.Extension": Text("gia hạn", "more time"),
    "assessments.Sample": Text("mẫu kiểm tra thực tế", "sample of visits"),
    "assessments.Visit": Text("kết quả kiểm tra thực tế", "what a visit found"),
    "papers.Office": Text("thông tin chung của văn bản", "what all papers have in common"),
    "papers.IssuedPaper": Text("văn bản đã ban hành", "issued paper"),
    "publications.Publication": Text("lần công bố", "publication"),
    "improvement.Acceptance": Text("điểm mất được chấp nhận", "accepted loss"),
}
CODES: Mapping[str, Text] = {
    "row_changed": Text(
        "{field} đang lưu “{stands}”; theo bản ghi {place} là “{told}”",
        "{field} is kept as “{stands}”; by the entry {place} it is “{told}”",
    ),
    "row_missing": Text(
        "không còn, dù bản ghi {place} có ghi", "is gone, though the entry {place} tells of it"
    ),
    "row_unknown": Text("không có bản ghi nào ghi việc tạo ra", "no entry tells where it comes from"),
}
SHOWN = 120


def row_sentence(code: str, data: Mapping[str, str], language: str, *, table: str, row: Sequence[str]) -> str:
    """One row that is not as the ledger says: which it is, and both values, the longest of them cut."""
    cut = {name: said if len(said) <= SHOWN else f"{said[:SHOWN]}…" for name, said in data.items()}
    said = CODES[code].in_(language).format(**cut)
    return f"{TABLES[table].in_(language)} {' › '.join(part for part in row if part)}: {said}"
