"""The working-day calendar."""

SENTENCES = {
    "calendar_missing": (
        "Lịch làm việc năm {year} chưa được chốt. Hãy chốt lịch trước khi tính ngày làm việc.",
        "The working days of {year} are not decided yet. Decide them before counting in working days.",
    ),
    "year_out_of_range": (
        "Năm phải từ {first} đến {last}.",
        "The year must be from {first} to {last}.",
    ),
    "days_too_many": ("Mỗi năm tối đa {limit} ngày.", "At most {limit} days a year."),
    "day_of_other_year": (
        "Ngày {day} không thuộc năm {year}.",
        "{day} is not of the year {year}.",
    ),
    "day_twice": ("Ngày {day} ghi hai lần.", "{day} stands twice."),
    "day_unnamed": (
        "Ngày {day} chưa ghi là ngày gì.",
        "Say what {day} is.",
    ),
    "worked_day_in_week": (
        "Ngày {day} không phải thứ Bảy, Chủ nhật nên không phải ngày làm bù.",
        "{day} is no Saturday or Sunday, so it is not worked in exchange.",
    ),
}
