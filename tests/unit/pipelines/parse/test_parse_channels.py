"""Ways of filing from a table without borders."""

from pipelines.parse.channels import channels

HEADING = "Hình thức nộpThời gianPhí, lệ phíMô tả"


def _channels(rows: str) -> list[dict[str, object]]:
    return channels(HEADING + rows).value


def _rules(rows: str) -> list[str]:
    return [problem.rule for problem in channels(HEADING + rows).problems]


def test_rows_begin_where_a_way_is_followed_by_a_limit_and_a_fee() -> None:
    rows = (
        "Trực tuyến7 Ngày làm việc10,000 Việt Nam Đồng(10.000 đồng/hồ sơ)- Trực tuyến: nộp qua Cổng.\n"
        "- Trực tiếp tại trụ sở.Trực tiếp0.5 GiờMiễn phíDịch vụ bưu chínhKhông quy địnhKhông có thông tin"
    )
    assert _channels(rows) == [
        {
            "way": "Trực tuyến",
            "time_value": 7,
            "time_unit": "ngày làm việc",
            "time_text": "7 Ngày làm việc",
            "fees": [{"amount_vnd": 10_000, "text": "10,000 Việt Nam Đồng (10.000 đồng/hồ sơ)"}],
            "note": "- Trực tuyến: nộp qua Cổng.\n- Trực tiếp tại trụ sở.",
        },
        {
            "way": "Trực tiếp",
            "time_value": "0.5",
            "time_unit": "giờ",
            "time_text": "0.5 Giờ",
            "fees": [{"amount_vnd": 0, "text": "Miễn phí"}],
        },
        {"way": "Dịch vụ bưu chính", "time_text": "Không quy định"},
    ]
    assert _rules(rows) == []


def test_a_number_before_free_of_charge_is_a_limit_without_a_unit() -> None:
    assert _channels("Trực tiếp1Miễn phí") == [
        {
            "way": "Trực tiếp",
            "time_value": 1,
            "time_text": "1",
            "fees": [{"amount_vnd": 0, "text": "Miễn phí"}],
        }
    ]


def test_figures_that_are_limit_and_fee_at_once_are_neither() -> None:
    rows = "Trực tuyến120 VNĐ(20.000 đồng/tờ khai)Trực tiếp2 Ngày20,000 VNĐ"
    assert _channels(rows)[0] == {"way": "Trực tuyến", "fees": [{"text": "120 VNĐ (20.000 đồng/tờ khai)"}]}
    assert _channels(rows)[1]["time_value"] == 2
    assert _rules(rows) == ["time_and_fee_glued", "fee_thousand_times_too_small"]
    assert _rules("Trực tuyến120,000 VNĐ") == ["time_and_fee_glued"]


def test_a_range_of_days_keeps_its_words() -> None:
    assert _channels("Trực tiếp10-25 NgàyMiễn phí")[0]["time_text"] == "10-25 Ngày"
    assert "time_value" not in _channels("Trực tiếp10-25 NgàyMiễn phí")[0]
    assert _rules("Trực tiếp10-25Miễn phí") == ["time_is_range"]


def test_a_limit_in_words_is_known_from_the_first_row() -> None:
    rows = "Trực tuyếnKhông trả kết quảMiễn phíQua CổngTrực tiếpKhông trả kết quảMiễn phí"
    assert [(row["way"], row["time_text"], row.get("note")) for row in _channels(rows)] == [
        ("Trực tuyến", "Không trả kết quả", "Qua Cổng"),
        ("Trực tiếp", "Không trả kết quả", None),
    ]


def test_a_way_that_touches_a_word_inside_a_note_is_said() -> None:
    rows = "Trực tuyến5 NgàyMiễn phíQua CổngTrực tiếpSau khi đủ hồ sơ"
    assert len(_channels(rows)) == 1
    assert _rules(rows) == ["channels_unclear"]


def test_words_that_belong_to_no_row_are_kept_and_said() -> None:
    assert _channels("Theo hướng dẫn tại trụ sở") == [{"note": "Theo hướng dẫn tại trụ sở"}]
    assert _rules("Theo hướng dẫn tại trụ sở") == ["channels_unclear"]
    assert _channels("Xem: Trực tiếp5 NgàyMiễn phí")[0] == {"note": "Xem:"}
    assert (channels("Không có thông tin").value, channels(HEADING).value) == ([], [])
