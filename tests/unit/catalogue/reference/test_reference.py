"""The reference data loads, counts what it should, and names file and line when somebody slips."""

import shutil
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import catalogue.reference
from catalogue.errors import BadReferenceData, NotFound
from catalogue.reference import Reference, load_reference
from catalogue.text import clean

SEED_DAY = date(2024, 3, 21)
MERGED_DAY = date(2025, 7, 1)
MINISTRIES = ("ministry", "ministry_level")
FOLDER = Path(catalogue.reference.__file__).parent

Edit = Callable[[str, str, str], int]


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in FOLDER.glob("*.yml"):
        shutil.copy(path, tmp_path)
    return tmp_path


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Replace the first occurrence of a text in a copied file; gives back the line where it stood."""

    def replace(name: str, old: str, new: str) -> int:
        text = (folder / name).read_text(encoding="utf-8")
        before, found, after = text.partition(old)
        assert found, f"{old!r} is not in {name}"
        (folder / name).write_text(before + new + after, encoding="utf-8")
        return before.count("\n") + 1

    return replace


def refused(folder: Path) -> tuple[str, int, str]:
    with pytest.raises(BadReferenceData) as caught:
        load_reference(folder)
    assert caught.value.code == "bad_reference_data"
    details = caught.value.details
    return details["file"], details["line"], details["reason"]


def test_counts_of_agencies(reference: Reference) -> None:
    assert len(reference.agencies_on(SEED_DAY, *MINISTRIES)) == 22
    assert len(reference.agencies_on(date(2025, 3, 1), *MINISTRIES)) == 17
    assert len(reference.agencies_on(SEED_DAY, "province")) == 63
    assert len(reference.agencies_on(date(2025, 6, 30), "province")) == 63
    assert len(reference.agencies_on(MERGED_DAY, "province")) == 34
    programme = [agency for agency in reference.agencies if agency.in_1015]
    assert len(programme) == 21
    assert "van-phong-chinh-phu" not in {agency.code for agency in programme}


def test_only_the_34_provinces_bear_identifiers(reference: Reference) -> None:
    bearing = [row for row in reference.agencies if row.kind == "province" and row.identifiers]
    assert len(bearing) == 34
    assert all(row.merged_into is None for row in bearing)


def test_identifiers_change_owner(reference: Reference) -> None:
    before, after = date(2025, 2, 28), date(2025, 3, 1)
    owners = [reference.agency_identified(code, day) for code in ("G10", "G21") for day in (before, after)]
    assert [owner.code if owner else None for owner in owners] == [
        "bo-nong-nghiep-va-phat-trien-nong-thon",
        "bo-nong-nghiep-va-moi-truong",
        "uy-ban-dan-toc",
        "bo-dan-toc-va-ton-giao",
    ]
    assert reference.agency("van-phong-chinh-phu").identifiers_on(SEED_DAY) == ("G22", "G99")
    assert reference.agency_identified("Z99", SEED_DAY) is None


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("Bộ Công thương", "bo-cong-thuong"),
        ("Bộ xây dựng (Giao thông vận tải cũ)", "bo-xay-dung"),
        ("UBND tỉnh Khánh Hoà", "ubnd-khanh-hoa"),
        ("UBND Thành phố Hồ Chí Minh", "ubnd-ho-chi-minh"),
        ("Thừa Thiên Huế", "ubnd-hue"),
        ("VPCP", "van-phong-chinh-phu"),
    ],
)
def test_spellings_of_real_lists(reference: Reference, spelling: str, code: str) -> None:
    agency = reference.agency_named(spelling)
    assert agency is not None
    assert agency.code == code


def test_unknown_names_and_codes(reference: Reference) -> None:
    assert reference.agency_named("Bộ Vũ trụ") is None
    with pytest.raises(NotFound, match="agency_not_found id=bo-vu-tru"):
        reference.agency("bo-vu-tru")
    with pytest.raises(NotFound, match="programme_not_found id=vu-tru"):
        reference.programme("vu-tru")
    with pytest.raises(NotFound, match="not_found id=005"):
        reference.source("005")


def test_names_follow_the_day(reference: Reference) -> None:
    hue = reference.agency("ubnd-hue")
    assert hue.name_on(SEED_DAY) == "Ủy ban nhân dân tỉnh Thừa Thiên Huế"
    assert hue.short_name_on(SEED_DAY) == "Thừa Thiên Huế"
    assert hue.name_on(MERGED_DAY) == hue.name == "Ủy ban nhân dân thành phố Huế"


def test_successors(reference: Reference) -> None:
    assert reference.successor("ubnd-quang-binh", MERGED_DAY).code == "ubnd-quang-tri"
    assert reference.successor("ubnd-quang-binh", date(2025, 6, 30)).code == "ubnd-quang-binh"
    transport = "bo-giao-thong-van-tai"
    assert reference.successor(transport, MERGED_DAY).code == "bo-xay-dung"
    assert reference.successor(transport, MERGED_DAY, "sát hạch, cấp giấy phép lái xe").code == "bo-cong-an"
    assert reference.successor("bo-noi-vu", MERGED_DAY).code == "bo-noi-vu"
    assert (
        reference.successor("bo-noi-vu", MERGED_DAY, "Tín ngưỡng, tôn giáo").code == "bo-dan-toc-va-ton-giao"
    )
    merged = [row for row in reference.successions if row.on == MERGED_DAY]
    assert len(merged) == 29


def test_every_agency_of_2024_has_a_living_successor(reference: Reference) -> None:
    for agency in reference.agencies_on(SEED_DAY):
        assert reference.successor(agency.code, MERGED_DAY).valid_on(MERGED_DAY)


def test_a_name_means_one_group_and_a_group_has_members(folder: Path, edit: Edit) -> None:
    edit("groups.yml", 'short_name: "Địa phương"', 'short_name: "Các bộ"')
    assert "already names cac-bo-nganh" in refused(folder)[2]
    edit("groups.yml", 'short_name: "Các bộ"', 'short_name: "Địa phương"')
    edit("groups.yml", "kinds: [province]", "kinds: []")
    assert "a group needs" in refused(folder)[2]


def test_groups_are_the_agencies_of_a_day(reference: Reference) -> None:
    everybody = "cac-bo-nganh-dia-phuong"
    assert reference.lead_named("Các Bộ, ngành, địa phương") == everybody
    assert reference.lead_named("Bộ Y tế") == "bo-y-te"
    assert reference.lead_named("Các ông, các bà") is None
    assert len(reference.members(everybody, SEED_DAY)) == 22 + 63
    assert len(reference.members("cac-dia-phuong", MERGED_DAY)) == 34
    assert reference.members("bo-y-te", SEED_DAY) == ()
    assert reference.group("bo-y-te") is None


def test_fields(reference: Reference) -> None:
    assert 250 <= len(reference.fields) <= 450
    assert len({row.code for row in reference.fields}) == len(reference.fields)
    for agency in reference.agencies_on(SEED_DAY, *MINISTRIES):
        least = 1 if agency.code == "van-phong-chinh-phu" else 4
        assert len(reference.fields_of(agency.code)) >= least, agency.code
    assert "bo-tu-phap.ho-tich" in {row.code for row in reference.fields_of("bo-tu-phap")}


def test_published_figures_are_complete(reference: Reference) -> None:
    figures = {row.id: row for row in reference.published_figures}
    assert len(figures) == 95
    done = figures["simplification.done"]
    assert (done.numerator, done.denominator, done.printed_percent) == (658, 1086, 61)
    assert figures["online.full_of_eligible"].percent == Decimal("93.65")
    assert figures["index.par.2023.announced"].on == date(2024, 4, 17)
    assert figures["org.staff.2023"].parts == {"central": 146, "local": 7005}
    assert figures["online.essential_services"].as_of is None
    assert reference.source(done.source).title_vi


def test_programmes_and_targets(reference: Reference) -> None:
    programmes = {row.code: row for row in reference.programmes}
    assert programmes["don-gian-hoa-giay-to-cong-dan"].approved_with_assignment
    assert programmes["phan-cap-1015"].stages == ("assigned", "enacted", "published")
    assert programmes["nhiem-vu-giao"].done_stage == "confirmed"
    targets = {row.id: row for row in reference.targets}
    assert targets["decentralisation.complete"].deadline is None
    assert targets["nq66.time"].value == 30
    assert [row.code for row in reference.measures if row.needs_explanation] == ["other"]


def test_all_text_is_clean(reference: Reference) -> None:
    for path in FOLDER.glob("*.yml"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert clean(line) == " ".join(line.split()), f"{path.name}: {line}"


def test_an_unknown_agency_is_named_with_file_and_line(folder: Path, edit: Edit) -> None:
    line = edit("fields.yml", "agency: bo-tu-phap", "agency: bo-tu-phaap")
    assert refused(folder) == ("fields.yml", line, "agency: unknown 'bo-tu-phaap'")


def test_a_duplicate_key_is_named_with_its_line(folder: Path, edit: Edit) -> None:
    line = edit(
        "agencies.yml",
        '    short_name: "Bộ Công an"\n',
        '    short_name: "Bộ Công an"\n    short_name: "CA"\n',
    )
    assert refused(folder) == ("agencies.yml", line + 1, "the key 'short_name' is given twice")


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("agencies.yml", "code: bo-cong-an", "code: bo-cong-aan", "should be 'bo-cong-an'"),
        ("agencies.yml", "identifier: G02", "identifier: G01", "G01 belongs to bo-cong-an"),
        ("agencies.yml", "kind: ministry\n", "kind: minister\n", "kind: "),
        ("agencies.yml", "in_1015: true", "in_1015: yes", "in_1015: "),
        ("agencies.yml", "until: 2025-02-28", "until: 2025-02-30", "cannot be read"),
        ("provinces.yml", "merged_into: ubnd-phu-tho", "merged_into: ubnd-phu-to", "unknown 'ubnd-phu-to'"),
        ("provinces.yml", "until: 2025-06-30", "until: 2025-06-29", "should be 2025-06-30"),
        ("succession.yml", "to: bo-tai-chinh", "to: bo-tai-chin", "unknown 'bo-tai-chin'"),
        ("succession.yml", "Thông tin cơ sở", "Thông tin cơ bản", "owns no field"),
        ("succession.yml", '"Tài nguyên nước", "Địa chất', '"Tài nguyên nướng", "Địa chất', "unknown field"),
        ("succession.yml", "to: communal", "to: commune", "to: "),
        ("groups.yml", "code: cac-bo-nganh\n", "code: bo-y-te\n", "'bo-y-te' is an agency"),
        ("groups.yml", "code: cac-dia-phuong\n", "code: cac-bo-nganh\n", "given twice"),
        ("groups.yml", "kinds: [province]", "kinds: [provinces]", "kinds.0: "),
        ("groups.yml", "kinds: [province]", "members: [bo-y-tee]", "unknown agency 'bo-y-tee'"),
        ("programmes.yml", "measures: [decentralise]", "measures: [decentralize]", "unknown measure type"),
        ("programmes.yml", 'source: "004"', 'source: "005"', "unknown '005'"),
        ("published_figures.yml", "source: \"000\"", 'source: "009"', "unknown '009'"),
        ("published_figures.yml", "    as_of_basis: printed", "    as_of_baze: printed", "as_of_baze: "),
        ("published_figures.yml", "series: nq66.conditions\n", "series: nq66.condition\n", "unknown 'nq66.condition'"),
        ("published_figures.yml", "denominator: 6974\n    denominator_basis: inferred\n    printed", "denominator: 6973\n    denominator_basis: inferred\n    printed", "the base changes from 6974 to 6973"),
        ("published_figures.yml", "complement_of: tasks2017.done_of_due", "complement_of: tasks2017.done", "unknown"),
        ("published_series.yml", "to: 4751", "to: 4750", "no two figures of the series show this change"),
        ("published_series.yml", "reason_vi: null", 'reason_vi: "Rà soát lại"', "in both languages or in none"),
        ("published_series.yml", "target: nq66.conditions", "target: nq66.condition", "unknown 'nq66.condition'"),
        ("published_sums.yml", "total: 6317", "total: 6318", "catalogue.total has another value"),
        ("published_sums.yml", "value: 1728", "value: 1729", "catalogue.level.vertical has another value"),
        ("published_sums.yml", "parts_are_sets: true", "parts_are_set: true", "parts_are_set: "),
        ("targets.yml", 'value: 60', 'value: 61', "differs from the published figure"),
        ("sources.yml", 'id: "001"', 'id: "000"', "given twice"),
        ("measures.yml", "code: merge", "code: abolish", "given twice"),
        ("fields.yml", '{name: "Chứng khoán"', '{name: "Bảo hiểm"', "given twice"),
        ("publication_limits.yml", "from: 2013-07-01", "from: 2013-06-30", "a second limit for ministry"),
        ("publication_limits.yml", "days: 20", "days: -20", "days: "),
        ("publication_limits.yml", "code: by_order", "code: head_of_ministry", "given twice"),
        ("working_days.yml", "off: 2010-02-19", "off: 2010-02-20", "a Saturday or Sunday"),
        ("working_days.yml", "worked: 2012-02-04", "worked: 2012-02-03", "a working day anyway"),
        ("working_days.yml", "worked: 2012-02-04", "worked: 2010-02-27", "given twice"),
        ("hourly_incomes.yml", "value_vnd: 48248", "value_vnd: 48249", "is another value"),
        ("hourly_incomes.yml", "year: 2023", "year: 2022", "years go up"),
        ("hourly_incomes.yml", "from: 2024-01-01", "from: 2023-12-31", "known after that year only"),
        ("open_data.yml", "publisher: van-phong-chinh-phu", "publisher: van-phong", "unknown agency 'van-phong'"),
        ("open_data.yml", 'namespace: "https://tthc.example/"', 'namespace: "https://tthc.example"', "namespace: "),
        ("open_data.yml", 'uri: "https://creativecommons.org/licenses/by/4.0/"', 'uri: "CC BY"', "licence.uri: "),
    ],
)  # fmt: skip
def test_mistakes(folder: Path, edit: Edit, file: str, old: str, new: str, reason: str) -> None:
    line = edit(file, old, new)
    where, at, said = refused(folder)
    assert (where, at) == (file, line)
    assert reason in said


def test_an_hourly_income_begins_after_the_one_before(folder: Path, edit: Edit) -> None:
    edit("hourly_incomes.yml", "from: 2023-01-01", "from: 2024-01-01")
    where, _, said = refused(folder)
    assert (where, "days go up" in said) == ("hourly_incomes.yml", True)


def test_an_hour_is_worth_what_was_known_on_the_day() -> None:
    found = {
        day: load_reference().hourly_income(day)
        for day in (date(2022, 12, 31), date(2024, 12, 31), date(2026, 1, 1))
    }
    assert [one and one.value_vnd for one in found.values()] == [None, 48_248, 53_977]


CATCH_ALL = """      - to: communal
        basis: memory
        note: "Việc khác của cấp huyện do cấp xã quyết định."
"""
ANOTHER = """  - level: communal
    on: 2030-01-01
    basis: memory
    rules:
      - {to: provincial, basis: memory}

successions:
"""


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (CATCH_ALL, "", "one rule has to fit whatever the others do not"),
        (CATCH_ALL, CATCH_ALL.replace("communal", "district"), "a level cannot follow itself"),
        ("\nsuccessions:\n", ANOTHER, "'communal' is a level that ends too"),
    ],
)
def test_the_rules_of_a_level_that_ends_lead_everything_to_a_level_that_goes_on(
    folder: Path, edit: Edit, old: str, new: str, reason: str
) -> None:
    edit("succession.yml", old, new)
    text = (folder / "succession.yml").read_text(encoding="utf-8")
    begins, ends = text.index("level_endings:"), text.index("\nsuccessions:")
    lines = range(text[:begins].count("\n") + 1, text[:ends].count("\n") + 1)
    file, line, said = refused(folder)
    assert file == "succession.yml"
    assert line in lines
    assert reason in said


def test_limits_follow_the_day_of_signature_and_the_issuer(reference: Reference) -> None:
    def days(kind: str, signed_on: date) -> int | None:
        limit = reference.publication_limit("signed", kind, signed_on)
        return limit.days if limit else None

    assert [days(kind, SEED_DAY) for kind in (*MINISTRIES, "province", "other")] == [20, 20, 5, 5]
    assert [days("ministry", day) for day in (date(2009, 1, 1), date(2013, 6, 30), date(2013, 7, 1))] == [
        None, 10, 20,
    ]  # fmt: skip
    assert all(row.document for row in reference.publication_limits)


def test_swapped_days_are_in_the_calendar(reference: Reference) -> None:
    for off, worked in (
        (date(2024, 4, 29), date(2024, 5, 4)),
        (date(2025, 5, 2), date(2025, 4, 26)),
        (date(2026, 1, 2), date(2026, 1, 10)),
    ):
        assert not reference.calendar.is_working(off)
        assert reference.calendar.is_working(worked)
    assert not reference.calendar.is_working(date(2024, 5, 11))


def test_nobody_ends_without_a_successor(folder: Path, edit: Edit) -> None:
    line = edit(
        "agencies.yml",
        '    short_name: "Bộ Công an"\n',
        '    short_name: "Bộ Công an"\n    until: 2026-01-01\n',
    )
    assert refused(folder) == ("agencies.yml", line + 1, "bo-cong-an ends without a successor")


def test_broken_yaml_and_missing_files(folder: Path, edit: Edit) -> None:
    line = edit("targets.yml", "targets:\n", "targets:\n  - {id: [\n")
    file, at, _ = refused(folder)
    assert file == "targets.yml"
    assert at > line
    (folder / "targets.yml").unlink()
    assert refused(folder)[:2] == ("targets.yml", 1)


def test_the_fingerprint_follows_the_bytes(folder: Path, edit: Edit, reference: Reference) -> None:
    assert load_reference(folder).fingerprint == reference.fingerprint
    edit("fields.yml", "# LĨNH VỰC", "# Lĩnh vực")
    assert load_reference(folder).fingerprint != reference.fingerprint


def test_loading_is_fast(reference: Reference) -> None:
    start = time.perf_counter()
    load_reference()
    assert time.perf_counter() - start < 0.6


def test_everyday_words_mean_something_else_and_stand_once(folder: Path, edit: Edit) -> None:
    line = edit("search_words.yml", '"GPLX", "bằng lái"', '"GPLX", "GIAY PHEP LAI XE"')
    assert refused(folder) == ("search_words.yml", line, "'GIAY PHEP LAI XE' means itself")
    edit("search_words.yml", '"GIAY PHEP LAI XE"', '"so do"')
    assert refused(folder)[2] == "'sổ đỏ' is given twice"
    edit("search_words.yml", '"so do"', '"?"')
    assert refused(folder)[2] == "'?' has no word"
