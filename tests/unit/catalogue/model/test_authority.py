"""Who is meant by the words of an annex: levels, agencies, bodies, forms; and words that are read back as the same."""

import pytest

from catalogue.model.authority import (
    Authority,
    Direction,
    Form,
    Level,
    Transfer,
    authority_named,
    authority_words,
    direction,
    form_named,
    is_same_place,
)
from catalogue.reference import load_reference

REFERENCE = load_reference()
M, P, D, C, O = Level.MINISTRY, Level.PROVINCIAL, Level.DISTRICT, Level.COMMUNAL, Level.OTHER  # noqa: E741


def agency_named(text: str) -> tuple[str, str] | None:
    agency = REFERENCE.agency_named(text)
    return (agency.code, agency.kind) if agency else None


def name_of(code: str) -> str:
    return REFERENCE.agency(code).name


def read(text: str) -> Authority | None:
    return authority_named(text, agency_named)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Bộ", M),
        ("cấp Bộ", M),
        ("Các bộ", M),
        ("Bộ, cơ quan ngang bộ", M),
        ("Cấp trung ương", M),
        ("UBND cấp tỉnh", P),
        ("ubnd cap tinh", P),
        ("Uỷ ban nhân dân tỉnh, thành phố trực thuộc Trung ương", P),
        ("UBND các tỉnh, thành phố", P),
        ("UBND thành phố trực thuộc trung ương", P),
        ("Địa phương", P),
        ("UBND cấp huyện", D),
        ("UBND huyện, quận, thị xã, thành phố thuộc tỉnh", D),
        ("UBND thị xã", D),
        ("UBND thành phố thuộc thành phố trực thuộc trung ương", D),
        ("Ủy ban nhân dân cấp xã", C),
        ("UBND xã, phường, thị trấn", C),
        ("UBND xã, phường, đặc khu", C),
        ("Chính quyền địa phương cấp xã", C),
        ("Cơ quan khác", O),
    ],
)
def test_a_plain_level_has_no_body(text: str, level: Level) -> None:
    assert read(text) == Authority(level)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Chủ tịch UBND cấp tỉnh", P),
        ("Sở Tài nguyên và Môi trường", P),
        ("Sở Lao động - Thương binh và Xã hội", P),
        ("Sở Văn hóa, Thể thao và Du lịch", P),
        ("Sở Nội vụ", P),
        ("Sở, ngành", P),
        ("Ban Quản lý khu công nghiệp, khu kinh tế", P),
        ("Chi cục Thủy sản", P),
        ("Cơ quan đăng ký kinh doanh cấp tỉnh", P),
        ("Phòng Đăng ký kinh doanh", P),
        ("Phòng chuyên môn thuộc Sở", P),
        ("Bộ Chỉ huy quân sự cấp tỉnh", P),
        ("Cục Thuế tỉnh", P),
        ("Công an tỉnh", P),
        ("Phòng Giáo dục và Đào tạo", D),
        ("Phòng Nội vụ", D),
        ("Phòng chuyên môn thuộc UBND cấp huyện", D),
        ("Chủ tịch UBND cấp huyện thuộc tỉnh", D),
        ("Chủ tịch Ủy ban nhân dân cấp xã", C),
        ("Công an cấp xã", C),
        ("Cục Quản lý Dược", M),
        ("Tổng cục Hải quan", M),
        ("Vụ Pháp chế", M),
        ("Bộ trưởng", M),
        ("Thủ tướng Chính phủ", O),
        ("Chính phủ", O),
        ("Hải quan", O),
        ("Chi cục Hải quan", O),
        ("Cơ sở giáo dục đại học", O),
    ],
)
def test_a_body_keeps_its_name_and_tells_its_level(text: str, level: Level) -> None:
    assert read(text) == Authority(level, body=text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("BỘ Y TẾ", Authority(M, "bo-y-te")),
        ("Bộ trưởng Bộ Y tế", Authority(M, "bo-y-te", "Bộ trưởng")),
        ("Cục Quản lý Dược, Bộ Y tế", Authority(M, "bo-y-te", "Cục Quản lý Dược")),
        ("Cục Quản lý Dược (Bộ Y tế)", Authority(M, "bo-y-te", "Cục Quản lý Dược")),
        ("Cục Quản lý Dược thuộc Bộ Y tế", Authority(M, "bo-y-te", "Cục Quản lý Dược")),
        (
            "Cục Văn hóa cơ sở, Bộ Văn hóa, Thể thao và Du lịch",
            Authority(M, "bo-van-hoa-the-thao-va-du-lich", "Cục Văn hóa cơ sở"),
        ),
        ("Thống đốc Ngân hàng Nhà nước Việt Nam", Authority(M, "ngan-hang-nha-nuoc-viet-nam", "Thống đốc")),
        ("Tổng Thanh tra Chính phủ", Authority(M, "thanh-tra-chinh-phu", "Tổng Thanh tra")),
        ("Thanh tra Chính phủ", Authority(M, "thanh-tra-chinh-phu")),
        ("UBND tỉnh Quảng Ninh", Authority(P, "ubnd-quang-ninh")),
        ("Chủ tịch UBND tỉnh Quảng Ninh", Authority(P, "ubnd-quang-ninh", "Chủ tịch")),
        ("Bảo hiểm xã hội Việt Nam", Authority(O, "bao-hiem-xa-hoi-viet-nam")),
        ("Cấp bộ: Bộ Y tế", Authority(M, "bo-y-te")),
        ("Cấp tỉnh: Trung tâm Kiểm soát bệnh tật", Authority(P, body="Trung tâm Kiểm soát bệnh tật")),
        ("Cơ quan khác: Hội Luật gia", Authority(O, body="Hội Luật gia")),
    ],
)
def test_an_agency_is_told_from_what_stands_around_it(text: str, wanted: Authority) -> None:
    assert read(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "xyz",
        "Ủy ban nhân dân",
        "UBND cấp tỉnh hoặc cấp huyện",
        "UBND cấp tỉnh, UBND cấp huyện",
        "UBND cấp tỉnh, Bộ Y tế",
        "Sở Y tế, Bộ Y tế",
        "Thông tấn xã",
    ],
)
def test_what_names_no_one_level_is_not_guessed(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("agency", [None, "bo-y-te", "ubnd-quang-ninh", "bao-hiem-xa-hoi-viet-nam"])
@pytest.mark.parametrize("body", [None, "Sở Y tế", "Chủ tịch", "Trung tâm X", "Cục Quản lý Dược"])
def test_words_are_read_back_as_the_same_authority(
    level: Level, agency: str | None, body: str | None
) -> None:
    one = Authority(level, agency, body)
    assert read(authority_words(one, agency_named, name_of)) == one


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Phân cấp", Form.PHAN_CAP),
        ("Phân cấp cho UBND cấp tỉnh", Form.PHAN_CAP),
        ("PHÂN QUYỀN", Form.PHAN_QUYEN),
        ("Uỷ quyền", Form.UY_QUYEN),
        ("Phân định thẩm quyền", Form.PHAN_DINH),
        ("Phân cấp, ủy quyền", None),
        ("giao", None),
    ],
)
def test_the_form_is_one_of_four(text: str, form: Form | None) -> None:
    assert form_named(text) is form


@pytest.mark.parametrize(
    ("giver", "taker", "way"),
    [
        ("Bộ Y tế", "UBND cấp tỉnh", Direction.DOWN),
        ("Thủ tướng Chính phủ", "Bộ Y tế", Direction.DOWN),
        ("Thủ tướng Chính phủ", "UBND cấp tỉnh", Direction.DOWN),
        ("Bảo hiểm xã hội Việt Nam", "Bảo hiểm xã hội cấp tỉnh", Direction.DOWN),
        ("UBND cấp tỉnh", "Cấp xã", Direction.DOWN),
        ("UBND cấp huyện", "UBND cấp xã", Direction.DOWN),
        ("UBND cấp tỉnh", "Bộ Y tế", Direction.UP),
        ("UBND cấp xã", "UBND cấp huyện", Direction.UP),
        ("UBND cấp tỉnh", "UBND cấp tỉnh", Direction.UP),
        ("Bộ Y tế", "Bộ Tài chính", Direction.UP),
        ("Sở Y tế", "UBND cấp tỉnh", Direction.UP),
        ("Sở Y tế", "Sở Y tế", Direction.UP),
        ("Bộ Y tế", "Chính phủ", Direction.UP),
        ("UBND cấp xã", "Bảo hiểm xã hội Việt Nam", Direction.UP),
        ("UBND tỉnh Quảng Trị", "UBND cấp tỉnh", Direction.UP),
        ("UBND cấp tỉnh", "Sở Y tế", Direction.WITHIN),
        ("UBND cấp tỉnh", "UBND tỉnh Quảng Trị", Direction.WITHIN),
        ("Bộ Y tế", "Cục Quản lý Dược, Bộ Y tế", Direction.WITHIN),
        ("Bộ Y tế", "Hội Luật gia", Direction.OUTSIDE),
        ("Cơ quan khác", "Bộ Y tế", Direction.OUTSIDE),
        ("Hội Luật gia", "Cơ quan khác", Direction.WITHIN),
    ],
)
def test_a_decision_moves_one_way(giver: str, taker: str, way: Direction) -> None:
    above, below = read(giver), read(taker)
    assert above is not None
    assert below is not None
    assert direction(above, below) is way
    assert Transfer(Form.PHAN_CAP, above, below).direction is way


@pytest.mark.parametrize(
    ("giver", "taker", "way"),
    [
        ("Bộ Y tế", "Bộ Tài chính", Direction.WITHIN),
        ("UBND cấp tỉnh", "Sở Y tế", Direction.WITHIN),
        ("UBND cấp tỉnh", "UBND cấp tỉnh", Direction.UP),
        ("Bộ Y tế", "Bộ Y tế", Direction.UP),
        ("Sở Y tế", "Sở Y tế", Direction.UP),
    ],
)
def test_an_agency_beside_may_only_be_authorised(giver: str, taker: str, way: Direction) -> None:
    above, below = read(giver), read(taker)
    assert above is not None
    assert below is not None
    assert Transfer(Form.UY_QUYEN, above, below).direction is way


def test_one_place_is_known_whether_or_not_its_agency_is_named() -> None:
    assert is_same_place(Authority(M, "bo-y-te"), Authority(M))
    assert is_same_place(Authority(P), Authority(P))
    assert not is_same_place(Authority(M, "bo-tai-chinh"), Authority(M, "bo-y-te"))
    assert not is_same_place(Authority(P), Authority(P, body="Sở Y tế"))
