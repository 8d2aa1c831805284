"""The catalogue searched: what is found, in which order, why, and how a text is read."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from catalogue.model.period import Moment
from catalogue.services import search, versions
from catalogue.services.installation import Installation, open_installation
from catalogue.services.search import ProcedureFilter
from catalogue.services.versions import NextVersion
from catalogue.settings import Settings
from catalogue.store.database import Database
from tests.installations import Fill

pytestmark = pytest.mark.reads_only

START = date(2024, 1, 1)
LIVING = "Đăng ký, quản lý cư trú"
# A small extract in the shape of the national list: code, name, field, issuing agency.
LIST = [
    ("1.001193", "Thủ tục đăng ký khai sinh", "Hộ tịch", "Bộ Tư pháp"),
    ("1.001194", "Thủ tục đăng ký khai sinh có yếu tố nước ngoài", "Hộ tịch", "Bộ Tư pháp"),
    ("1.004884", "Thủ tục đăng ký lại khai sinh", "Hộ tịch", "Bộ Tư pháp"),
    ("1.000894", "Thủ tục đăng ký kết hôn", "Hộ tịch", "Bộ Tư pháp"),
    ("1.004746", "Thủ tục đăng ký lại kết hôn", "Hộ tịch", "Bộ Tư pháp"),
    ("1.000656", "Thủ tục đăng ký khai tử", "Hộ tịch", "Bộ Tư pháp"),
    ("2.000908", "Thủ tục cấp bản sao từ sổ gốc", "Chứng thực", "Bộ Tư pháp"),
    ("1.004222", "Đăng ký thường trú", LIVING, "Bộ Công an"),
    ("1.003197", "Xóa đăng ký thường trú", LIVING, "Bộ Công an"),
    ("1.004194", "Đăng ký tạm trú", LIVING, "Bộ Công an"),
    ("1.010041", "Xác nhận thông tin về cư trú", LIVING, "Bộ Công an"),
    ("1.012679", "Cấp giấy thông hành biên giới Việt Nam – Lào cho công dân Việt Nam có hộ khẩu thường trú ở tỉnh có chung đường biên giới", "Quản lý xuất nhập cảnh", "Bộ Công an"),
    ("1.014063", "Cấp đổi thẻ căn cước", "Cấp, quản lý căn cước", "Bộ Công an"),
    ("3.000285", "Khóa căn cước điện tử", "Cấp, quản lý căn cước", "Bộ Công an"),
    ("3.000346", "Cấp giấy phép lái xe", "Sát hạch, cấp giấy phép lái xe", "Bộ Công an"),
    ("3.000347", "Đổi giấy phép lái xe", "Sát hạch, cấp giấy phép lái xe", "Bộ Công an"),
    ("3.000351", "Đổi giấy phép lái xe hoặc bằng lái xe của người nước ngoài", "Sát hạch, cấp giấy phép lái xe", "Bộ Công an"),
    ("1.009994", "Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ", "Hoạt động xây dựng", "Bộ Xây dựng"),
    ("1.008725", "Chuyển đổi trường tư thục có cơ sở do nhà đầu tư trong nước đầu tư", "Giáo dục phổ thông", "Bộ Giáo dục và Đào tạo"),
    ("1.012753", "Đăng ký, cấp Giấy chứng nhận quyền sử dụng đất lần đầu", "Đất đai", "Bộ Nông nghiệp và Môi trường"),
    ("1.012753.H19", "Đăng ký, cấp Giấy chứng nhận quyền sử dụng đất lần đầu tại Đồng Nai", "Đất đai", None),
    ("1.012765", "Lập sơ đồ vị trí thửa đất", "Đất đai", "Bộ Nông nghiệp và Môi trường"),
    ("2.002314", "Đăng ký thành lập công ty trách nhiệm hữu hạn một thành viên", "Thành lập doanh nghiệp", "Bộ Tài chính"),
    ("1.001612", "Đăng ký thành lập hộ kinh doanh", "Hộ kinh doanh", "Bộ Tài chính"),
    ("1.002939", "Thủ tục đăng ký kinh doanh tại chợ biên giới", "Thương mại biên giới", "Bộ Công Thương"),
    ("1.000459", "Cấp giấy phép lao động cho người lao động nước ngoài", "Việc làm", "Bộ Nội vụ"),
    ("1.005211", "Hòa giải viên lao động, kỹ thuật viên", "Việc làm", "Bộ Nội vụ"),
]  # fmt: skip
RECORDS: dict[str, dict[str, Any]] = {
    "1.001193": {
        "levels": ["communal"],
        "channels": [{"way": "Trực tuyến"}, {"way": "Trực tiếp"}],
        "dossier": [{"papers": [{"name": "Giấy chứng sinh"}, {"name": "Tờ khai theo mẫu"}]}],
        "results": ["Bản chính Giấy khai sinh"],
        "addressees": ["Công dân Việt Nam"],
        "legal_bases": [{"text": "Nghị định số 123/2015/NĐ-CP", "number": "123/2015/NĐ-CP"}],
        "implementing": ["Ủy ban nhân dân cấp xã"],
    },
    "1.001194": {"levels": ["communal", "provincial"], "channels": [{"way": "Trực tiếp"}]},
    "1.004222": {
        "levels": ["communal"],
        "dossier": [{"papers": [{"name": "Giấy khai sinh của người dưới 14 tuổi"}]}],
        "keywords": ["nhập khẩu"],
    },
    "1.000459": {"levels": ["ministry", "provincial"]},
}
# What is typed, and the code that must be among the first three.
JUDGED = {
    "khai sinh": "1.001193",
    "dang ky khai sinh": "1.001193",
    "sinh khai": "1.001193",
    "khai sihn": "1.001193",
    "khaisinh": "1.001193",
    "kết hôn": "1.000894",
    "ho khau": "1.004222",
    "sổ hộ khẩu": "1.004222",
    "dang ky thuong tru": "1.004222",
    "đăng kí thường trú": "1.004222",
    "dang ky thuogn tru": "1.004222",
    "1.004222": "1.004222",
    "giay phep lai xe": "3.000346",
    "GPLX": "3.000346",
    "bằng lái xe": "3.000346",
    "cccd": "1.014063",
    "so do": "1.012753",
    "sổ đỏ": "1.012753",
    "sơ đồ": "1.012765",
    "xin phép xây nhà": "1.009994",
    "mo cong ty": "2.002314",
    "công ty tnhh": "2.002314",
    "dang ki kinh doanh": "1.002939",
    "dang ky kihn doanh": "1.002939",
    "giay phep lao dong": "1.000459",
    "ki thuat vien hoà giải": "1.005211",
    "giay chung sinh": "1.001193",
    "123/2015": "1.001193",
}


def set_the_clock(installation: Installation) -> None:
    installation.database.clock.now = datetime(2024, 3, 10, 3, tzinfo=UTC)  # type: ignore[attr-defined]


def listed(installation: Installation) -> None:
    set_the_clock(installation)
    write(installation, *(row[0] for row in LIST))


@pytest.fixture
def installation(filled: Callable[[Fill], Installation]) -> Installation:
    found = filled(listed)
    set_the_clock(found)
    return found


def write(installation: Installation, *codes: str, since: date = START, **changed: Any) -> None:
    with installation.database.transaction("test") as transaction:
        found = [row for row in LIST if row[0] in codes]
        versions.write(
            transaction,
            installation.reference,
            [
                NextVersion(
                    procedure_code=code,
                    effective_date=since,
                    content={"name": name, "field_name": field, "issuing_agency_text": agency}
                    | RECORDS.get(code, {})
                    | changed,
                    source="test",
                )
                for code, name, field, agency in found
            ],
        )


def find(installation: Installation, text: str | None = None, **wanted: Any) -> list[str]:
    moment = installation.moment(date(2024, 3, 10))
    found = search.search(installation, moment, ProcedureFilter(text=text, **wanted), size=100)
    return found["procedure_code"].to_list()


def read(installation: Installation, text: str) -> search.Understanding:
    return search.read(installation, installation.moment(), text)


@pytest.mark.parametrize(("text", "code"), JUDGED.items())
def test_the_obvious_answer_is_among_the_first_three(
    installation: Installation, text: str, code: str
) -> None:
    assert code in find(installation, text)[:3]


def test_typed_diacritics_decide_the_order_and_not_what_is_found(installation: Installation) -> None:
    assert set(find(installation, "sơ đồ")) <= set(find(installation, "so do"))
    assert find(installation, "sơ đồ")[0] == "1.012765"
    assert find(installation, "khai sính")[0] == "1.001193"
    assert find(installation, "HOÀ GIẢI") == find(installation, "hòa giải")


def test_what_a_name_opens_with_is_before_what_it_mentions(installation: Installation) -> None:
    found = find(installation, "thuong tru")
    assert found[:2] == ["1.004222", "1.003197"]
    assert found.index("1.012679") == 2


def test_a_code_finds_itself_first_then_its_variants_and_a_variant_its_national_code(
    installation: Installation,
) -> None:
    assert find(installation, "1.012753") == ["1.012753", "1.012753.H19"]
    assert find(installation, "1.012753.h19") == ["1.012753.H19", "1.012753"]
    assert find(installation, "1.012753.000.00.00.H19")[0] == "1.012753"
    assert set(find(installation, "1.0127")) == {"1.012753", "1.012753.H19", "1.012765"}
    assert len(find(installation, "1.00")) == sum(row[0].startswith("1.00") for row in LIST)
    assert find(installation, "H19") == ["1.012753.H19"]
    assert find(installation, "1.004222 thường") == ["1.004222"]


def test_agencies_are_found_by_every_name_that_we_know(installation: Installation) -> None:
    own = {row[0] for row in LIST if row[3] == "Bộ Giáo dục và Đào tạo"}
    for text in ("Bộ Giáo dục và Đào tạo", "Bộ GD&ĐT", "BGDĐT"):
        assert set(find(installation, text)) == own, text
    assert find(installation, "UBND cấp xã") == ["1.001193"]


def test_where_the_words_stand_is_said_when_it_is_not_the_name(installation: Installation) -> None:
    moment = installation.moment()

    def places(text: str) -> dict[str, list[dict[str, str]]]:
        found = search.search(installation, moment, ProcedureFilter(text=text), size=100)
        return dict(zip(found["procedure_code"], found["found_in"].to_list(), strict=True))

    by_word = places("giấy khai sinh")
    assert by_word["1.004222"] == [{"part": "paper", "entry": "Giấy khai sinh của người dưới 14 tuổi"}]
    assert (
        by_word["1.001193"] == []
    )  # `giấy khai sinh` is explained as `đăng ký khai sinh`, which its name says
    assert places("giấy chứng sinh") == {"1.001193": [{"part": "paper", "entry": "Giấy chứng sinh"}]}
    assert places("123/2015/NĐ-CP") == {
        "1.001193": [{"part": "basis", "entry": "Nghị định số 123/2015/NĐ-CP"}]
    }
    assert places("đăng ký nhập khẩu") == {"1.004222": [{"part": "keyword", "entry": "nhập khẩu"}]}
    assert places("kết hôn")["1.000894"] == []


@pytest.mark.writes
def test_of_a_long_entry_what_stands_around_the_words_is_shown(installation: Installation) -> None:
    entry = f"{'văn bản ' * 40}kèm Giấy khai sinh của con {'theo mẫu ' * 40}".strip()
    write(installation, "1.000459", dossier=[{"papers": [{"name": entry}]}])
    found = search.search(installation, installation.moment(), ProcedureFilter(text="giay khai sinh"))
    shown = found.filter(procedure_code="1.000459")["found_in"].to_list()[0][0]["entry"]
    assert shown.startswith("… bản văn bản kèm Giấy khai sinh của con")
    assert shown.endswith(" …")
    assert len(shown) < 120


@pytest.mark.writes
def test_a_phrase_in_another_part_is_before_words_scattered_over_a_name(installation: Installation) -> None:
    scattered = "Cấp giấy xác nhận cho người sinh sống tại địa bàn xã đặc biệt khó khăn theo danh mục kê khai"
    write(installation, "1.005211", name=scattered)
    found = find(installation, "giấy khai sinh")
    assert found.index("1.004222") < found.index("1.005211")


def test_a_slip_is_put_right_only_where_the_word_is_unknown_and_long(installation: Installation) -> None:
    assert read(installation, "khai sihn").corrected == (("sihn", "sinh"),)
    assert read(installation, "khaisinh").corrected == (("khaisinh", "khai sinh"),)
    assert read(installation, "dang ky").corrected == ()
    assert read(installation, "hkai").corrected == (("hkai", "khai"),)
    assert read(installation, "lxi xe").corrected == ()
    unknown = read(installation, "khai zzzzzz")
    assert (unknown.corrected, unknown.unknown) == ((), ("zzzzzz",))
    assert find(installation, "khai zzzzzz") == []


def test_of_several_corrections_the_one_that_fits_the_other_words_is_taken(
    installation: Installation,
) -> None:
    assert read(installation, "kết hônn").corrected == (("hônn", "hon"),)
    assert read(installation, "tamj tru").corrected == (("tamj", "tam"),)


def test_everyday_words_are_explained_and_diacritics_hold_them_apart(installation: Installation) -> None:
    meaning = "giấy chứng nhận quyền sử dụng đất"
    assert read(installation, "so do").explained == (("so do", meaning),)
    assert read(installation, "Sổ đỏ").explained == (("sổ đỏ", meaning),)
    assert read(installation, "sơ đồ").explained == ()
    assert [meaning for _, meaning in read(installation, "sổ hộ khẩu").explained] == ["thường trú", "cư trú"]


def test_a_very_long_text_is_cut_and_that_is_said(installation: Installation) -> None:
    reading = read(installation, "khai " * 100)
    assert (len(reading.literal), reading.ignored) == (64, 36)
    name = next(row[1] for row in LIST if row[0] == "1.012679")
    assert find(installation, name) == ["1.012679"]


def test_the_beginning_of_a_word_is_enough(installation: Installation) -> None:
    assert find(installation, "đăng ký khai si")[:2] == find(installation, "đăng ký khai sinh")[:2]
    assert find(installation, "thườn")[0] == "1.004222"


def test_filters_narrow_and_a_search_in_names_leaves_the_rest_out(installation: Installation) -> None:
    assert find(installation, level="communal", level_set="communal") == ["1.001193", "1.004222"]
    assert find(installation, level_set="communal+provincial") == ["1.001194"]
    assert find(installation, way="Trực tuyến") == ["1.001193"]
    assert find(installation, addressee="Công dân Việt Nam") == ["1.001193"]
    everywhere, in_name = (find(installation, "giấy chứng sinh", in_name=only) for only in (False, True))
    assert (everywhere, in_name) == (["1.001193"], [])
    assert find(installation, "1.004222", in_name=True) == ["1.004222"]
    assert find(installation, "GPLX", in_name=True)[0] == "3.000346"


@pytest.mark.parametrize("text", [None, "đăng ký", "giay khai sinh", "so do"])
def test_every_count_of_a_facet_is_what_its_filter_finds(
    installation: Installation, text: str | None
) -> None:
    base = {"text": text, "level": "communal"}
    moment = installation.moment()
    counted = search.facets(installation, moment, ProcedureFilter(**base))
    for facet, value, number in counted.select("facet", "value", "procedures").iter_rows():
        wanted: dict[str, Any] = dict(base)
        if facet == "in_name":
            wanted["in_name"] = value == "name"
        elif value in ("all", "total"):
            wanted |= {} if facet == "total" else {facet: None}
        else:
            wanted[facet] = value
        assert len(find(installation, **wanted)) == number, (facet, value)


def test_levels_are_counted_one_by_one_and_as_sets(installation: Installation) -> None:
    counted = search.facets(installation, installation.moment()).filter(facet="level_set")
    numbers = dict(zip(counted["value"], counted["procedures"], strict=True))
    assert numbers == {
        "all": len(LIST),
        "communal": 2,
        "communal+provincial": 1,
        "ministry+provincial": 1,
        "unknown": len(LIST) - 4,
    }


def test_pages_follow_each_other_through_every_kind_of_match(installation: Installation) -> None:
    whole = find(installation, "đăng ký")
    moment = installation.moment()
    wanted = ProcedureFilter(text="đăng ký")
    pages = [search.search(installation, moment, wanted, page=page, size=3) for page in range(1, 9)]
    assert [code for page in pages for code in page["procedure_code"]] == whole
    assert {total for page in pages for total in page["total"]} == {len(whole)}


@pytest.mark.writes
def test_a_new_version_is_found_at_once_and_an_earlier_moment_does_not_know_it(
    installation: Installation,
) -> None:
    before = installation.moment()
    assert find(installation, "quần đảo") == []
    write(installation, "1.001193", since=date(2024, 3, 1), name="Đăng ký khai sinh tại quần đảo")
    assert find(installation, "quần đảo") == ["1.001193"]
    wanted = ProcedureFilter(text="quần đảo")
    assert search.search(installation, before, wanted).is_empty()
    now = installation.moment(date(2024, 2, 29))
    assert search.search(installation, now, wanted).is_empty()
    assert search.search(installation, before, ProcedureFilter(text="khai sinh")).height == 4


@pytest.mark.writes
def test_many_readers_and_a_writer_see_whole_states(installation: Installation) -> None:
    wrong: list[object] = []
    done = threading.Event()

    def reading() -> None:
        while not done.is_set():
            moment = installation.moment()
            found = search.search(installation, moment, ProcedureFilter(text="lần"), size=100)
            counted = search.facets(installation, moment, ProcedureFilter(text="lần"))
            total = counted.filter(facet="total")["procedures"][0]
            expected = 2 + moment.revision - first
            if (found.height, total) != (expected, expected):
                wrong.append((found.height, total, expected))

    first = installation.moment().revision
    readers = [threading.Thread(target=reading) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number, (code, name, _, _) in enumerate(LIST[:8], 1):
        write(installation, code, since=date(2024, 1, 1 + number), name=f"{name} lần {number}")
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []


def test_an_empty_catalogue_finds_nothing(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "empty.duckdb")
    empty = open_installation(Settings(data_dir=tmp_path), database, demo=False)
    moment = Moment(date(2024, 1, 1), None, 0)
    assert search.search(empty, moment, ProcedureFilter(text="khai sinh 1.00")).is_empty()
    assert search.facets(empty, moment).filter(facet="total")["procedures"].to_list() == [0]
    database.close()
