"""Articles, their pictures, feeds of other sites: why something is not kept, published or read."""

SENTENCES = {
    "news_not_now": (
        "Chưa làm được việc này: bài đang ở bước “{now}”.",
        "This cannot be done now: the article is at “{now}”.",
    ),
    "news_outside": (
        "Đây là bài trên cổng khác, chỉ được ghi nhận; không sửa ở đây.",
        "This article is on another site and only registered; it is not edited here.",
    ),
    "news_own_work": (
        "Bạn đã viết hoặc sửa bài này, nên người khác phải duyệt.",
        "You wrote or changed this article, so somebody else must approve it.",
    ),
    "news_changed": (
        "Người khác đã lưu bản {number} trong lúc bạn sửa. Nội dung bạn gõ còn dưới đây: hãy xem bản mới rồi "
        "lưu lại.",
        "Somebody else saved revision {number} meanwhile. What you typed stands below: look at theirs, then "
        "save again.",
    ),
    "news_revision_unknown": ("Bài không có bản {number}.", "The article has no revision {number}."),
    "news_title_missing": ("Hãy ghi tiêu đề.", "Give a title."),
    "news_body_long": (
        "Nội dung quá dài (tối đa {limit} ký tự).",
        "The text is too long (at most {limit} characters).",
    ),
    "news_category_unknown": ("Hãy chọn chuyên mục.", "Choose a category."),
    "news_tags_many": ("Tối đa {limit} nhãn.", "At most {limit} tags."),
    "news_tag_long": (
        "Nhãn “{tag}” quá dài (tối đa {limit} ký tự).",
        "The tag “{tag}” is too long (at most {limit} characters).",
    ),
    "news_unfinished": (
        "Bài gửi duyệt phải có tóm tắt và nội dung.",
        "An article that is sent for review has a summary and a text.",
    ),
    "news_alt_missing": (
        "Hãy mô tả ảnh bằng chữ, cho người không nhìn thấy ảnh.",
        "Describe the picture in words, for those who cannot see it.",
    ),
    "news_due_past": ("Giờ hẹn đăng {at} đã qua.", "The time {at} has passed."),
    "news_due_far": ("Giờ hẹn đăng {at} xa hơn một năm.", "The time {at} is more than a year ahead."),
    "news_due_unreadable": (
        "Không đọc được giờ hẹn đăng “{text}”: hãy chọn cả ngày và giờ.",
        "The time “{text}” cannot be read: choose a day and a time.",
    ),
    "news_reason_missing": ("Hãy ghi lý do.", "Give the reason."),
    "news_unit_missing": ("Hãy chọn đơn vị.", "Choose a unit."),
    "news_url_unusable": (
        "Địa chỉ “{url}” không dùng được: chỉ địa chỉ http, https đầy đủ, không kèm mật khẩu.",
        "The address “{url}” cannot be used: whole http or https addresses only, without a password.",
    ),
    "planned_topic_missing": ("Hãy ghi nội dung truyền thông.", "Say what is to be told."),
    "planned_count": (
        "Số tin, bài phải là số nguyên từ 1 đến {limit}.",
        "The number of articles is a whole one from 1 to {limit}.",
    ),
    "planned_day_unreadable": (
        "Không đọc được ngày “{text}”: hãy chọn ngày đầu và ngày cuối kỳ.",
        "The day “{text}” cannot be read: choose the first and the last day.",
    ),
    "planned_period_reversed": (
        "Ngày cuối kỳ {last} đứng trước ngày đầu kỳ {first}.",
        "The last day {last} is before the first day {first}.",
    ),
    "planned_two_years": (
        "Kỳ từ {first} đến {last} nằm trong hai năm; hãy ghi mỗi năm một dòng.",
        "From {first} to {last} lies in two years; write a line for each.",
    ),
    "planned_year_far": ("Năm {year} quá xa.", "The year {year} is too far away."),
    "planned_dropped": ("Dòng này đã bỏ khỏi kế hoạch.", "This line was dropped from the plan."),
    "planned_no_units": ("Không có đơn vị nào để giao.", "There is no unit to give it to."),
    "picture_missing": ("Hãy chọn tệp ảnh.", "Choose a picture."),
    "picture_kind": (
        "Tệp này không phải ảnh JPEG, PNG hoặc WebP.",
        "This file is no JPEG, PNG or WebP picture.",
    ),
    "picture_heavy": (
        "Tệp ảnh quá lớn (tối đa {limit} MB).",
        "The file is too large (at most {limit} MB).",
    ),
    "picture_dimensions": (
        "Ảnh {width} × {height} điểm ảnh quá lớn: mỗi cạnh tối đa 12.000, cả ảnh tối đa 50 triệu điểm ảnh.",
        "A picture of {width} × {height} pixels is too large: at most 12,000 a side and 50 million in all.",
    ),
    "picture_small": (
        "Ảnh quá nhỏ: mỗi cạnh ít nhất {limit} điểm ảnh.",
        "The picture is too small: at least {limit} pixels a side.",
    ),
    "picture_broken": (
        "Không mở được ảnh này: tệp hỏng hoặc bị cắt mất một phần.",
        "This picture cannot be opened: the file is damaged or cut off.",
    ),
    "pictures_many": ("Mỗi bài tối đa {limit} ảnh.", "At most {limit} pictures an article."),
    "news_outside_known": (
        "Địa chỉ này đã được ghi nhận cho {unit}.",
        "This address is registered already, for {unit}.",
    ),
    "news_not_outside": (
        "Chỉ xếp lại chuyên mục cho bài đang hiện, trên cổng khác.",
        "Only articles of other sites that are shown are sorted anew.",
    ),
    "news_day_unreadable": ("Ngày đăng chưa đúng.", "The day of publication cannot be read."),
    "feed_missing": ("Hãy chọn tệp RSS, Atom hoặc sitemap.", "Choose an RSS, Atom or sitemap file."),
    "feed_heavy": ("Nguồn tin quá lớn (tối đa {limit} MB).", "The feed is too large (at most {limit} MB)."),
    "feed_entities": (
        "Nguồn tin khai kiểu tài liệu hoặc thực thể (DOCTYPE, ENTITY), nên không được đọc. Không có gì được "
        "ghi.",
        "The feed declares a document type or entities (DOCTYPE, ENTITY) and is not read. Nothing was "
        "registered.",
    ),
    "feed_broken": (
        "Nguồn tin không phải XML hợp lệ: sai tại dòng {line}, cột {column}. Không có gì được ghi.",
        "The feed is no sound XML: wrong at line {line}, column {column}. Nothing was registered.",
    ),
    "feed_kind": (
        "Tệp XML này (“{name}”) không phải RSS, Atom hoặc sitemap.",
        "This XML (“{name}”) is no RSS, Atom or sitemap.",
    ),
    "feed_long": ("Nguồn tin có hơn {limit} mục.", "The feed has more than {limit} entries."),
    "feed_empty": ("Nguồn tin không có mục nào.", "The feed has no entry."),
    "item_without_link": ("Không có địa chỉ bài.", "No address of an article."),
    "item_without_date": ("Không có ngày đăng đọc được.", "No date that can be read."),
    "item_ahead": ("Ngày đăng ở tương lai.", "A date to come."),
    "fetch_private": (
        "Địa chỉ của “{host}” thuộc mạng nội bộ, nên không tải. Hãy tải tệp lên.",
        "“{host}” leads into a network that is not public, so it is not fetched. Upload the file instead.",
    ),
    "fetch_port": ("Không tải từ cổng mạng {port}.", "Nothing is fetched from port {port}."),
    "fetch_unknown_host": ("Không tìm thấy máy chủ “{host}”.", "There is no host “{host}”."),
    "fetch_failed": ("Không tải được nguồn tin ({detail}).", "The feed could not be fetched ({detail})."),
    "fetch_redirects": (
        "Nguồn tin chuyển hướng quá {limit} lần.",
        "The feed redirects more than {limit} times.",
    ),
    "fetch_slow": ("Nguồn tin trả lời quá chậm.", "The feed answers too slowly."),
}
