"""Words for the names of demonstration procedures: what each field grants, registers, approves or pays.

One line a field: objects separated by `|`, each behind the letter of its verbs in `VERBS`.
"""

VERBS: dict[str, tuple[str, ...]] = {
    "L": ("Cấp", "Cấp lại", "Gia hạn", "Điều chỉnh", "Cấp đổi", "Thu hồi"),
    "R": ("Đăng ký", "Đăng ký thay đổi", "Đăng ký lại", "Xóa đăng ký", "Xác nhận thông tin đăng ký"),
    "A": ("Phê duyệt", "Thẩm định", "Điều chỉnh", "Phê duyệt bổ sung"),
    "C": ("Công nhận", "Công nhận lại", "Hủy bỏ việc công nhận"),
    "E": (
        "Thành lập",
        "Cho phép hoạt động đối với",
        "Sáp nhập, chia, tách",
        "Đình chỉ hoạt động",
        "Giải thể",
    ),
    "P": ("Chấp thuận", "Chấp thuận thay đổi", "Gia hạn chấp thuận"),
    "S": ("Giải quyết", "Điều chỉnh", "Tạm dừng", "Giải quyết tiếp"),
    "N": ("Thông báo", "Thông báo bổ sung", "Rút thông báo"),
    "T": ("Khai", "Khai bổ sung", "Miễn, giảm", "Hoàn", "Gia hạn nộp", "Nộp dần"),
    "H": (
        "Thủ tục hải quan đối với",
        "Thủ tục giám sát hải quan đối với",
        "Sửa đổi, bổ sung tờ khai hải quan đối với",
        "Hủy tờ khai hải quan đối với",
        "Gia hạn thời gian thực hiện thủ tục đối với",
    ),
    "X": ("Xác nhận", "Xác nhận lại", "Hủy xác nhận"),
    "V": ("",),
}

# For a field without words of its own; {} is the field's name in lower case.
COMMON = (
    "L giấy chứng nhận đủ điều kiện hoạt động trong lĩnh vực {}|L chứng chỉ hành nghề trong lĩnh vực {}"
    "|A đề án, chương trình trong lĩnh vực {}|S chế độ, chính sách trong lĩnh vực {}"
    "|N nội dung hoạt động trong lĩnh vực {}|X kết quả thực hiện trong lĩnh vực {}"
)

QUALIFIERS: dict[str, tuple[str, ...]] = {
    "L": (
        "cho tổ chức",
        "cho cá nhân",
        "cho doanh nghiệp có vốn đầu tư nước ngoài",
        "trong trường hợp thay đổi tên, địa chỉ",
        "tại khu công nghiệp, khu kinh tế",
        "trong trường hợp bị mất, bị hỏng",
        "đối với trường hợp chuyển tiếp theo quy định của pháp luật",
    ),
    "R": (
        "có yếu tố nước ngoài",
        "tại khu vực biên giới",
        "theo ủy quyền",
        "đối với tổ chức",
        "đối với cá nhân",
        "qua môi trường điện tử",
    ),
    "A": (
        "sử dụng nguồn vốn nhà nước",
        "thuộc thẩm quyền của Bộ trưởng",
        "có quy mô liên tỉnh",
        "đối với dự án nhóm A",
        "đối với dự án nhóm B, nhóm C",
    ),
    "C": ("theo đề nghị của tổ chức", "theo đề nghị của cá nhân", "đối với đơn vị sự nghiệp công lập"),
    "E": ("công lập", "tư thục", "có vốn đầu tư nước ngoài", "tại vùng đặc biệt khó khăn"),
    "P": (
        "của tổ chức trong nước",
        "của tổ chức nước ngoài",
        "của cá nhân",
        "tại khu vực biên giới, hải đảo",
    ),
    "S": (
        "đối với người có công",
        "đối với hộ nghèo, hộ cận nghèo",
        "đối với người dân tộc thiểu số",
        "đối với thân nhân, người thờ cúng",
        "trong trường hợp thay đổi nơi cư trú",
        "đối với trường hợp hồ sơ bị thất lạc",
    ),
    "N": (
        "của tổ chức",
        "của cá nhân, hộ gia đình",
        "của chi nhánh, văn phòng đại diện",
        "trong trường hợp bất khả kháng",
    ),
    "T": (
        "đối với tổ chức",
        "đối với hộ gia đình, cá nhân kinh doanh",
        "đối với nhà thầu nước ngoài",
        "theo Hiệp định tránh đánh thuế hai lần",
        "theo từng lần phát sinh",
        "theo quý",
    ),
    "H": (
        "tại cửa khẩu đường bộ",
        "tại cảng biển",
        "tại cảng hàng không quốc tế",
        "gửi qua dịch vụ chuyển phát nhanh",
        "của doanh nghiệp chế xuất",
        "vận chuyển qua biên giới",
    ),
    "X": ("cho tổ chức", "cho cá nhân", "đối với người Việt Nam định cư ở nước ngoài"),
    "V": (
        "theo ủy quyền",
        "qua môi trường điện tử",
        "theo thủ tục rút gọn",
        "trong trường hợp hồ sơ bị thất lạc",
        "theo đề nghị của cơ quan, tổ chức",
    ),
}

# Sectors run by their own line down to the localities (ngành dọc): every field of an agency named with "*".
VERTICAL: dict[str, tuple[str, ...]] = {
    "bo-tai-chinh": ("Thuế", "Hải quan", "Kho bạc", "Dự trữ nhà nước"),
    "bo-cong-an": ("*",),
    "bo-quoc-phong": ("*",),
    "bao-hiem-xa-hoi-viet-nam": ("*",),
    "ngan-hang-nha-nuoc-viet-nam": ("*",),
    "bo-tu-phap": ("Thi hành án dân sự",),
    "bo-ke-hoach-va-dau-tu": ("Thống kê",),
}
