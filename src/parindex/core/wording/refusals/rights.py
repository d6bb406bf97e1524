"""Rights: who may not, and whom to ask."""

SENTENCES = {
    "key_unknown": (
        "Không có khóa công khai “{key}”. Xem: parindex ledger keys.",
        "There is no public key “{key}”. See: parindex ledger keys.",
    ),
    "key_leaked_already": (
        "Khóa {key} đã được công bố là lộ ngày {day}.",
        "The key {key} was declared leaked on {day}.",
    ),
    "not_allowed": (
        "Bạn chưa được giao quyền này ({act}). Hãy liên hệ đầu mối hoặc quản trị hệ thống.",
        "You do not hold this right ({act}). Ask your focal officer or the administrator.",
    ),
    "own_unit": (
        "Không ai thẩm định đơn vị của mình. Tiêu chí này do cơ quan khác thẩm định.",
        "Nobody rules on their own unit. Another body appraises this criterion.",
    ),
    "not_assigned": (
        "Tiêu chí này chưa được phân công cho cơ quan thẩm định nào. Cơ quan thường trực cần phân công.",
        "This criterion is not assigned to any lead department yet. The secretariat has to assign it.",
    ),
}
