"""Improvement: why a lost point is not accepted, or no plan is drafted."""

SENTENCES = {
    "remedy_not_published": (
        "Chỉ lập kế hoạch khắc phục khi kết quả đã công bố.",
        "A remediation plan is drafted once the result is published.",
    ),
    "remedy_nothing_lost": (
        "Đơn vị không mất điểm ở nội dung này.",
        "The unit lost no points there.",
    ),
    "remedy_all_answered": (
        "Mọi nội dung mất điểm đã có nhiệm vụ hoặc đã được chấp nhận.",
        "Every lost point has a task or is accepted already.",
    ),
    "remedy_has_task": (
        "Nội dung này đã có nhiệm vụ khắc phục; hãy dừng nhiệm vụ đó trước.",
        "There is a task for it; stop that task first.",
    ),
    "acceptance_reason_missing": (
        "Hãy ghi vì sao chấp nhận mất điểm ở nội dung này.",
        "Say why the loss is accepted.",
    ),
    "acceptance_withdrawn": (
        "Việc chấp nhận này đã được rút lại.",
        "That acceptance has been withdrawn.",
    ),
}
