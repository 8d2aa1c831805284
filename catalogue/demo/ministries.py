"""How each publishing body signs, signs in, and is organised below: what a procedure's record needs beside its code."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ministry:
    """One publishing body of the demonstration."""

    symbol: str  # in document numbers: 412/QĐ-BYT
    account: str
    units: tuple[str, ...]  # who handles procedures at the centre
    below: tuple[str, str, str]  # who handles them in province, district and commune


DISTRICT = "Ủy ban nhân dân cấp huyện"
COMMUNE = "Ủy ban nhân dân cấp xã"

MINISTRIES: dict[str, Ministry] = {
    "bo-cong-an": Ministry(
        "BCA",
        "bca",
        (
            "Cục Cảnh sát quản lý hành chính về trật tự xã hội",
            "Cục Quản lý xuất nhập cảnh",
            "Cục Cảnh sát giao thông",
        ),
        ("Công an cấp tỉnh", "Công an cấp huyện", "Công an cấp xã"),
    ),
    "bo-cong-thuong": Ministry(
        "BCT",
        "bct",
        ("Cục Xuất nhập khẩu", "Vụ Thị trường trong nước", "Cục Điều tiết điện lực"),
        ("Sở Công Thương", DISTRICT, COMMUNE),
    ),
    "bo-giao-duc-va-dao-tao": Ministry(
        "BGDĐT",
        "bgddt",
        ("Vụ Giáo dục đại học", "Cục Quản lý chất lượng", "Cục Hợp tác quốc tế"),
        ("Sở Giáo dục và Đào tạo", "Phòng Giáo dục và Đào tạo", COMMUNE),
    ),
    "bo-giao-thong-van-tai": Ministry(
        "BGTVT",
        "bgtvt",
        ("Cục Đường bộ Việt Nam", "Cục Hàng hải Việt Nam", "Cục Hàng không Việt Nam"),
        ("Sở Giao thông vận tải", DISTRICT, COMMUNE),
    ),
    "bo-ke-hoach-va-dau-tu": Ministry(
        "BKHĐT",
        "bkhdt",
        ("Cục Đầu tư nước ngoài", "Cục Quản lý đăng ký kinh doanh", "Cục Quản lý đấu thầu"),
        ("Sở Kế hoạch và Đầu tư", "Phòng Tài chính - Kế hoạch", COMMUNE),
    ),
    "bo-khoa-hoc-va-cong-nghe": Ministry(
        "BKHCN",
        "bkhcn",
        (
            "Cục Sở hữu trí tuệ",
            "Ủy ban Tiêu chuẩn Đo lường Chất lượng Quốc gia",
            "Cục An toàn bức xạ và hạt nhân",
        ),
        ("Sở Khoa học và Công nghệ", DISTRICT, COMMUNE),
    ),
    "bo-lao-dong-thuong-binh-va-xa-hoi": Ministry(
        "BLĐTBXH",
        "bldtbxh",
        ("Cục Việc làm", "Cục Người có công", "Cục Quản lý lao động ngoài nước"),
        ("Sở Lao động - Thương binh và Xã hội", "Phòng Lao động - Thương binh và Xã hội", COMMUNE),
    ),
    "bo-ngoai-giao": Ministry(
        "BNG",
        "bng",
        ("Cục Lãnh sự", "Vụ Thông tin Báo chí", "Cục Lễ tân Nhà nước"),
        ("Sở Ngoại vụ", DISTRICT, COMMUNE),
    ),
    "bo-noi-vu": Ministry(
        "BNV",
        "bnv",
        ("Vụ Tổ chức phi chính phủ", "Ban Tôn giáo Chính phủ", "Ban Thi đua - Khen thưởng Trung ương"),
        ("Sở Nội vụ", "Phòng Nội vụ", COMMUNE),
    ),
    "bo-nong-nghiep-va-phat-trien-nong-thon": Ministry(
        "BNN",
        "bnnptnt",
        ("Cục Thú y", "Cục Bảo vệ thực vật", "Cục Thủy sản"),
        ("Sở Nông nghiệp và Phát triển nông thôn", DISTRICT, COMMUNE),
    ),
    "bo-quoc-phong": Ministry(
        "BQP",
        "bqp",
        ("Cục Chính sách", "Cục Quân lực", "Bộ Tư lệnh Bộ đội Biên phòng"),
        ("Bộ Chỉ huy quân sự cấp tỉnh", "Ban Chỉ huy quân sự cấp huyện", "Ban Chỉ huy quân sự cấp xã"),
    ),
    "bo-tai-chinh": Ministry(
        "BTC",
        "btc",
        ("Tổng cục Thuế", "Tổng cục Hải quan", "Cục Quản lý, giám sát bảo hiểm"),
        ("Sở Tài chính", "Phòng Tài chính - Kế hoạch", COMMUNE),
    ),
    "bo-tai-nguyen-va-moi-truong": Ministry(
        "BTNMT",
        "btnmt",
        ("Cục Kiểm soát ô nhiễm môi trường", "Cục Khoáng sản Việt Nam", "Cục Quản lý tài nguyên nước"),
        ("Sở Tài nguyên và Môi trường", "Phòng Tài nguyên và Môi trường", COMMUNE),
    ),
    "bo-thong-tin-va-truyen-thong": Ministry(
        "BTTTT",
        "btttt",
        ("Cục Viễn thông", "Cục Tần số vô tuyến điện", "Cục Báo chí"),
        ("Sở Thông tin và Truyền thông", "Phòng Văn hóa và Thông tin", COMMUNE),
    ),
    "bo-tu-phap": Ministry(
        "BTP",
        "btp",
        ("Cục Hộ tịch, quốc tịch, chứng thực", "Cục Bổ trợ tư pháp", "Cục Con nuôi"),
        ("Sở Tư pháp", "Phòng Tư pháp", COMMUNE),
    ),
    "bo-van-hoa-the-thao-va-du-lich": Ministry(
        "BVHTTDL",
        "bvhttdl",
        ("Cục Du lịch Quốc gia Việt Nam", "Cục Di sản văn hóa", "Cục Bản quyền tác giả"),
        ("Sở Văn hóa, Thể thao và Du lịch", "Phòng Văn hóa và Thông tin", COMMUNE),
    ),
    "bo-xay-dung": Ministry(
        "BXD",
        "bxd",
        (
            "Cục Quản lý hoạt động xây dựng",
            "Cục Quản lý nhà và thị trường bất động sản",
            "Vụ Quy hoạch - Kiến trúc",
        ),
        ("Sở Xây dựng", DISTRICT, COMMUNE),
    ),
    "bo-y-te": Ministry(
        "BYT",
        "byt",
        ("Cục Quản lý Dược", "Cục Quản lý Khám, chữa bệnh", "Cục An toàn thực phẩm"),
        ("Sở Y tế", DISTRICT, "Trạm Y tế cấp xã"),
    ),
    "ngan-hang-nha-nuoc-viet-nam": Ministry(
        "NHNN",
        "nhnn",
        ("Cơ quan Thanh tra, giám sát ngân hàng", "Vụ Quản lý ngoại hối", "Vụ Thanh toán"),
        ("Ngân hàng Nhà nước chi nhánh cấp tỉnh", DISTRICT, COMMUNE),
    ),
    "thanh-tra-chinh-phu": Ministry(
        "TTCP",
        "ttcp",
        ("Ban Tiếp công dân Trung ương",),
        ("Thanh tra cấp tỉnh", "Thanh tra cấp huyện", COMMUNE),
    ),
    "uy-ban-dan-toc": Ministry(
        "UBDT", "ubdt", ("Vụ Chính sách Dân tộc",), ("Ban Dân tộc cấp tỉnh", "Phòng Dân tộc", COMMUNE)
    ),
    "van-phong-chinh-phu": Ministry(
        "VPCP",
        "vpcp",
        ("Cục Kiểm soát thủ tục hành chính",),
        ("Văn phòng Ủy ban nhân dân cấp tỉnh", DISTRICT, COMMUNE),
    ),
    "bao-hiem-xa-hoi-viet-nam": Ministry(
        "BHXH",
        "bhxh",
        ("Ban Thực hiện chính sách bảo hiểm xã hội",),
        ("Bảo hiểm xã hội cấp tỉnh", "Bảo hiểm xã hội cấp huyện", COMMUNE),
    ),
}

# The line offices of fields that are run by another service than the ministry's usual one.
LINE_OFFICES: dict[str, tuple[str, str, str]] = {
    "Thuế": ("Cục Thuế cấp tỉnh", "Chi cục Thuế", COMMUNE),
    "Hải quan": ("Cục Hải quan", "Chi cục Hải quan", COMMUNE),
    "Kho bạc": ("Kho bạc Nhà nước cấp tỉnh", "Kho bạc Nhà nước cấp huyện", COMMUNE),
    "Dự trữ nhà nước": ("Cục Dự trữ Nhà nước khu vực", "Chi cục Dự trữ Nhà nước", COMMUNE),
    "Thi hành án dân sự": ("Cục Thi hành án dân sự", "Chi cục Thi hành án dân sự", COMMUNE),
    "Thống kê": ("Cục Thống kê cấp tỉnh", "Chi cục Thống kê", COMMUNE),
}
