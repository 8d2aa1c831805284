from datetime import UTC, date, datetime

import pytest

from catalogue.errors import Invalid
from catalogue.i18n import Translator
from catalogue.services.installation import parse_day
from catalogue.text import ascii_code, clean, fold, words
from catalogue.working_days import add_working_days, civil_day, is_working_day, next_midnight


def test_folding_finds_text_typed_without_diacritics() -> None:
    assert fold("Hộ tịch, Đất đai") == "ho tich, dat dai"
    assert words("1.900001 Đăng ký kết hôn") == ["1.900001", "dang", "ky", "ket", "hon"]
    assert ascii_code("Bộ Nông nghiệp và Phát triển nông thôn") == "bo-nong-nghiep-va-phat-trien-nong-thon"


def test_cleaning_keeps_one_normal_form() -> None:
    assert clean("Hộ\u00a0 tịch\u200e\u00ad ") == "Hộ tịch"
    assert clean("a\u2028b") == "a b"


def test_the_civil_day_is_that_of_viet_nam() -> None:
    assert civil_day(datetime(2024, 3, 20, 17, 0, tzinfo=UTC)) == date(2024, 3, 21)
    assert next_midnight(date(2024, 3, 20)) == datetime(2024, 3, 20, 17, 0, tzinfo=UTC)


def test_tet_and_weekends_are_no_working_days() -> None:
    assert not is_working_day(date(2024, 2, 10))
    assert not is_working_day(date(2024, 3, 23))
    assert add_working_days(date(2024, 3, 21), 2) == date(2024, 3, 25)


@pytest.mark.parametrize(
    ("text", "day"), [("2024-02-29", date(2024, 2, 29)), ("29/02/2024", date(2024, 2, 29))]
)
def test_both_ways_of_writing_a_day_are_read(text: str, day: date) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize("text", ["2024-02-30", "hôm nay", "", "2024-2", "²/1/2024"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        parse_day(text)


def test_numbers_and_days_are_written_as_each_language_does() -> None:
    vi, en = Translator("vi"), Translator("en")
    assert (vi.number(1086), en.number(1086)) == ("1.086", "1,086")
    assert (vi.percent(60.589), en.percent(60.589)) == ("60,6 %", "60.6%")
    assert vi.signed(-3) == "−3"
    assert vi.day(None) == "–"
