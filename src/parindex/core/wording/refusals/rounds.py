"""Rounds, phases and states: why a step cannot be taken now."""

SENTENCES = {
    "phase_not_open": (
        "Giai đoạn “{kind}” hiện không mở cho đơn vị này. Mở từ: {opens}; đã đóng lúc: {closed}.",
        "The phase “{kind}” is not open for this unit now. Opens: {opens}; closed: {closed}.",
    ),
    "wrong_state": (
        "Không thể {step} khi đang ở trạng thái “{state}”. Hãy tải lại trang để xem trạng thái mới nhất.",
        "Cannot {step} from the state “{state}”. Reload the page to see where it stands now.",
    ),
}
