"""Invented articles of the invented province: who wrote what, how many days before its demonstration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """One article.

    Attributes:
        unit: code of the unit. writer: its author's sign-in name.
        days: how many days before the start it was published; 0: it was not.
        stage: how far one goes that was not: draft, review, scheduled.
        picture: a drawing of `parindex.config.training_news`, with what it shows.
    """

    unit: str
    writer: str
    title: str
    category: str
    summary: str
    body: str
    days: int = 0
    stage: str = ""
    byline: str = ""
    tags: Sequence[str] = ()
    picture: str = ""
    alt: str = ""


ARTICLES: Sequence[SampleArticle] = (
    SampleArticle(
        "so-noi-vu",
        "dau-moi.so-noi-vu",
        "Ban hành kế hoạch cải cách hành chính, mỗi nhiệm vụ có một cơ quan chịu trách nhiệm",
        "chi-dao-dieu-hanh",
        "Kế hoạch năm của tỉnh Minh Họa gồm bảy nhóm nhiệm vụ; mỗi nhiệm vụ nêu rõ cơ quan chủ trì, sản "
        "phẩm và thời hạn.",
        "<p>Kế hoạch năm nay ngắn hơn năm trước một nửa. Nhiệm vụ nào không nêu được sản phẩm thì không "
        "đưa vào.</p><h2>Ba việc phải xong trong quý đầu</h2><ul><li>Rà soát thủ tục có từ hai cơ quan "
        "trở lên cùng giải quyết.</li><li>Công khai tiến độ từng hồ sơ để người nộp tự theo "
        "dõi.</li><li>Họp giao ban hằng tháng, chỉ bàn việc chậm.</li></ul><p>Kết quả được đưa lên bảng "
        "theo dõi chung, cơ quan nào cũng xem được của nhau.</p>",
        days=318,
        tags=("kế hoạch năm", "giao ban"),
    ),
    SampleArticle(
        "so-tu-phap",
        "dau-moi.so-tu-phap",
        "Rà soát xong 214 văn bản, đề nghị bãi bỏ 31 văn bản không còn phù hợp",
        "the-che",
        "Người dân và doanh nghiệp được hỏi ý kiến trước khi danh mục trình cấp có thẩm quyền.",
        "<p>Danh mục được đăng để lấy ý kiến trong ba mươi ngày. Có 46 góp ý, 19 góp ý được tiếp "
        "thu.</p><blockquote>Văn bản hết tác dụng mà còn nằm đó thì người làm thủ tục vẫn phải "
        "đọc.</blockquote><p>Mỗi góp ý không tiếp thu đều có lý do viết kèm.</p>",
        days=262,
        tags=("rà soát văn bản", "lấy ý kiến"),
    ),
    SampleArticle(
        "thanh-pho-nguyet-thanh",
        "dau-moi.thanh-pho-nguyet-thanh",
        "Một bàn tiếp nhận cho mọi lĩnh vực: người dân không phải đoán quầy",
        "mo-hinh-sang-kien",
        "Bộ phận Một cửa bỏ biển tên lĩnh vực ở từng quầy; quầy nào cũng nhận mọi hồ sơ.",
        "<p>Trước đây người đến nộp phải hỏi quầy hai, ba lần. Nay máy lấy số phát một loại số, quầy nào "
        "trống thì gọi.</p><p>[ảnh 1]</p><h2>Đổi cách làm, không thêm người</h2><p>Cán bộ được tập huấn "
        "chéo trong sáu tuần. Thời gian chờ trung bình giảm từ 23 phút còn 11 phút.</p>",
        days=204,
        byline="Ban biên tập",
        tags=("một cửa", "sáng kiến"),
        picture="hall",
        alt="Hình vẽ: một dãy quầy giống nhau, người ngồi chờ trước bảng số",
    ),
    SampleArticle(
        "van-phong-ubnd-tinh",
        "dau-moi.van-phong-ubnd-tinh",
        "Cắt bảy loại giấy tờ đã có trong cơ sở dữ liệu",
        "thu-tuc-hanh-chinh",
        "Từ đầu quý ba, người nộp hồ sơ không phải nộp lại giấy tờ mà cơ quan nhà nước đã giữ.",
        "<p>Bảy loại giấy tờ được thay bằng tra cứu. Cơ quan tiếp nhận tự tra, không yêu cầu người nộp "
        "chụp lại.</p><table><thead><tr><th>Thủ tục</th><th>Giấy tờ được "
        "bỏ</th></tr></thead><tbody><tr><td>Đăng ký khai sinh</td><td>Giấy tờ tùy thân của cha, "
        "mẹ</td></tr><tr><td>Đăng ký hộ kinh doanh</td><td>Bản sao giấy tờ tùy "
        "thân</td></tr></tbody></table><p>Nơi nào còn đòi giấy tờ đã bỏ, người dân phản ánh qua đường dây "
        "nóng.</p>",
        days=151,
        tags=("cắt giảm giấy tờ", "dữ liệu dùng chung"),
    ),
    SampleArticle(
        "so-y-te",
        "dau-moi.so-y-te",
        "Không còn hồ sơ quá hạn trong ba tháng liền",
        "thu-tuc-hanh-chinh",
        "Sở Y tế nhắc việc trước hạn ba ngày làm việc và nêu tên hồ sơ chậm tại giao ban sáng thứ hai.",
        "<p>Hồ sơ được nhắc ở ba mốc: còn ba ngày, còn một ngày và đến hạn. Người thụ lý, trưởng phòng và "
        "lãnh đạo cùng nhận một danh sách.</p><p>[ảnh 1]</p><p>Hồ sơ phải bổ sung thì chỉ yêu cầu một "
        "lần, bằng văn bản, nêu đủ các mục còn thiếu.</p>",
        days=96,
        tags=("đúng hạn", "nhắc việc"),
        picture="bars",
        alt="Biểu đồ vẽ minh họa: cột hồ sơ quá hạn thấp dần qua sáu tháng rồi bằng không",
    ),
    SampleArticle(
        "so-thong-tin-va-truyen-thong",
        "dau-moi.so-thong-tin-va-truyen-thong",
        "Tổ công nghệ số về thôn: nộp hồ sơ ngay tại nhà văn hóa",
        "chinh-quyen-so",
        "Mỗi tối thứ tư, tổ viên giúp người lớn tuổi nộp hồ sơ trực tuyến và nhận kết quả qua bưu chính.",
        "<p>Sau bốn tháng, 62 thôn có lịch cố định. Người dân mang theo điện thoại; ai không có thì dùng "
        "máy của tổ.</p><p>Ba câu hỏi gặp nhiều nhất đã được viết thành tờ hướng dẫn một trang.</p>",
        days=61,
        byline="Nhóm phóng viên chuyên mục",
        tags=("dịch vụ công trực tuyến", "tổ công nghệ số"),
        picture="evening",
        alt="Hình vẽ: nhà văn hóa thôn sáng đèn buổi tối, hai người ngồi bên máy tính",
    ),
    SampleArticle(
        "so-tai-chinh",
        "dau-moi.so-tai-chinh",
        "Khoán chi văn phòng phẩm: tiết kiệm được chia cho việc chung",
        "tai-chinh-cong",
        "Phòng nào dùng ít hơn mức khoán thì phần tiết kiệm dùng cho đào tạo của chính phòng đó.",
        "<p>Mức khoán tính theo số người và số hồ sơ giấy. Số liệu công khai hằng quý trên bảng tin nội "
        "bộ.</p>",
        days=33,
        tags=("khoán chi",),
    ),
    SampleArticle(
        "so-noi-vu",
        "bien-tap",
        "Công bố kết quả đánh giá: mỗi điểm đều tra được vì sao",
        "chi-dao-dieu-hanh",
        "Bảng xếp hạng kèm lý do từng điểm được, điểm mất; ai cũng tải được dữ liệu để tính lại.",
        "<p>Năm nay kết quả không chỉ là một bảng số. Bấm vào tên đơn vị sẽ thấy từng tiêu chí, quy tắc "
        "chấm và lý do.</p><p>Đơn vị thấy chưa đúng thì giải trình ngay trên hệ thống, trong thời hạn đã "
        "công bố.</p>",
        days=9,
        tags=("chỉ số cải cách hành chính", "công khai"),
    ),
    SampleArticle(
        "so-xay-dung",
        "dau-moi.so-xay-dung",
        "Hướng dẫn nộp hồ sơ cấp phép xây dựng nhà ở riêng lẻ qua mạng",
        "thu-tuc-hanh-chinh",
        "Năm bước, kèm mẫu đã điền sẵn phần chung.",
        "<p>Bước một: chuẩn bị bản vẽ theo mẫu. Bước hai: đăng nhập cổng dịch vụ công.</p>",
        stage="draft",
    ),
    SampleArticle(
        "so-y-te",
        "chuyen-vien.so-y-te",
        "Trả kết quả qua bưu chính: tuần đầu có 118 người chọn",
        "thu-tuc-hanh-chinh",
        "Người ở xa không phải quay lại lần hai; cước được báo trước khi chọn.",
        "<p>Người nộp chọn nhận qua bưu chính ngay khi nộp hồ sơ. Kết quả đến sau một đến hai ngày làm "
        "việc.</p>",
        stage="review",
        tags=("bưu chính công ích",),
    ),
    SampleArticle(
        "so-giao-duc-va-dao-tao",
        "dau-moi.so-giao-duc-va-dao-tao",
        "Từ tuần tới nhận hồ sơ chuyển trường hoàn toàn qua mạng",
        "chinh-quyen-so",
        "Phụ huynh nộp một lần; hai trường trao đổi với nhau.",
        "<p>Trường nơi đi và nơi đến cùng xử lý một hồ sơ. Phụ huynh theo dõi bằng mã trong tin nhắn.</p>",
        stage="scheduled",
        tags=("dịch vụ công trực tuyến",),
    ),
)


@dataclass(frozen=True, slots=True)
class SamplePlanned:
    """A line of the communication plan: of which units, on what, in which months, how many; who wrote it."""

    units: Sequence[str]
    topic: str
    count: int
    writer: str
    category: str = ""
    months: tuple[int, int] = (1, 12)
    document: str = "Kế hoạch số 08/KH-UBND (minh họa)"


PLANNED: Sequence[SamplePlanned] = (
    SamplePlanned(
        ("so-noi-vu", "so-tu-phap", "so-y-te", "so-tai-chinh", "so-xay-dung", "so-giao-duc-va-dao-tao"),
        "Việc làm được, cách làm hay của cơ quan trong năm",
        2,
        "thuong-truc",
    ),
    SamplePlanned(
        ("so-noi-vu",),
        "Kế hoạch, chủ đề cải cách hành chính của tỉnh",
        1,
        "thuong-truc",
        category="chi-dao-dieu-hanh",
        months=(1, 3),
    ),
    SamplePlanned(
        ("so-y-te",),
        "Hướng dẫn người bệnh nộp hồ sơ, nhận kết quả không phải đi lại",
        3,
        "dau-moi.so-y-te",
        category="thu-tuc-hanh-chinh",
        document="Kế hoạch số 31/KH-SYT (minh họa)",
    ),
)
