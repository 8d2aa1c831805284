"""Who answers for the records of an agency, by field and time: everywhere the catalogue counts or filters by agency."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from typing import Any

import polars as pl
import pytest

from catalogue.errors import NotFound
from catalogue.model.period import Moment, Organisation
from catalogue.services import (
    changes,
    completeness,
    decisions,
    heirs,
    interchange,
    levels,
    procedures,
    quality,
    search,
)
from catalogue.services.changes import LogFilter
from catalogue.services.installation import Installation
from catalogue.services.search import ProcedureFilter
from catalogue.services.versions import NextVersion, write
from tests.installations import Fill

pytestmark = pytest.mark.reads_only

TODAY = Organisation.TODAY
LAST_OF_OLD, MERGED = date(2025, 2, 28), date(2025, 3, 1)
LAST_OF_DISTRICTS, JOINED = date(2025, 6, 30), date(2025, 7, 1)
DAYS = (date(2024, 3, 21), LAST_OF_OLD, MERGED, LAST_OF_DISTRICTS, JOINED)
TRANSPORT, BUILDING, POLICE = "bo-giao-thong-van-tai", "bo-xay-dung", "bo-cong-an"
FARMING, LAND = "bo-nong-nghiep-va-phat-trien-nong-thon", "bo-tai-nguyen-va-moi-truong"
ENVIRONMENT = "bo-nong-nghiep-va-moi-truong"
DRIVING, RELIGION = "Sát hạch, cấp giấy phép lái xe", "Tín ngưỡng, tôn giáo"
# code: agency as the source writes it, field, day; who answers on each of DAYS
ROAD = {
    "1.000001": ("Bộ Giao thông vận tải", "Đường bộ", date(2022, 1, 5), (TRANSPORT, TRANSPORT, *[BUILDING] * 3)),
    "1.000002": ("Bộ Giao thông vận tải", DRIVING, date(2022, 1, 5), (TRANSPORT, TRANSPORT, *[POLICE] * 3)),
    "1.000003": ("Bộ Nội vụ", RELIGION, date(2023, 1, 5), (*["bo-noi-vu"] * 2, *["bo-dan-toc-va-ton-giao"] * 3)),
    "1.000004": ("Bộ Nội vụ", "Hội", date(2023, 1, 5), ("bo-noi-vu",) * 5),
    "1.000005.H46": ("UBND tỉnh Quảng Bình", "Đất đai", date(2023, 1, 5), (*["ubnd-quang-binh"] * 4, "ubnd-quang-tri")),
    "1.000006.H50": ("UBND tỉnh Quảng Trị", "Đất đai", date(2023, 1, 5), ("ubnd-quang-tri",) * 5),
    "1.000007": ("Bộ Xây dựng", "Nhà ở", date(2023, 1, 5), (BUILDING,) * 5),
    "1.000008": ("Cơ quan lạ", "Khác", date(2023, 1, 5), (heirs.UNKNOWN,) * 5),
}  # fmt: skip


def content(agency: str, field: str, name: str = "Cấp phép", **said: Any) -> dict[str, Any]:
    return {"name": name, "issuing_agency_text": agency, "field_name": field, "levels": ["ministry"]} | said


def publish(installation: Installation, day: date, records: dict[str, dict[str, Any]]) -> None:
    with installation.database.transaction("test") as transaction:
        made = [NextVersion(code, day, said, "test") for code, said in records.items()]
        write(transaction, installation.reference, made)


def published(empty: Installation) -> None:
    for code, (agency, field, day, _) in ROAD.items():
        steps = ["Nộp hồ sơ"]
        publish(empty, day, {code: content(agency, field, f"Thủ tục {code}", steps=steps)})


@pytest.fixture
def catalogue(filled: Callable[[Fill], Installation]) -> Installation:
    return filled(published)


def moments(installation: Installation) -> Iterator[Moment]:
    for day, organisation in product((*DAYS, date(2026, 1, 1)), Organisation):
        yield installation.moment(day, organisation=organisation)


def counts(installation: Installation, moment: Moment, **wanted: Any) -> dict[str, int]:
    frame = search.facets(installation, moment, ProcedureFilter(**wanted)).filter(facet="agency")
    return dict(frame.select("value", "procedures").iter_rows())


def codes(installation: Installation, moment: Moment, agency: str) -> set[str]:
    frame = search.search(installation, moment, ProcedureFilter(agency=agency), size=100)
    return set(frame["procedure_code"])


@pytest.mark.parametrize("day", [*DAYS, date.max])
def test_the_query_and_the_reference_data_say_the_same(empty: Installation, day: date) -> None:
    found, reference = heirs.on(empty, day), empty.reference
    later = {date.min: LAST_OF_OLD, MERGED: LAST_OF_DISTRICTS, JOINED: date(2026, 5, 5)}
    assert {*found.table["given_since"]} == {*later}
    groups = [group.code for group in reference.groups]
    for row in found.table.filter(~pl.col("origin").is_in(groups)).iter_rows(named=True):
        field = row["field_name"] and row["field_name"].upper()
        for given_on in (row["given_since"], later[row["given_since"]]):
            said = reference.successor(row["origin"], day, field or "Hộ tịch", given_on).code
            assert row["agency_code"] == said, (row, given_on)
    for agency, field, given_on in product(
        (TRANSPORT, "bo-noi-vu"), (DRIVING, RELIGION, None), later.values()
    ):
        assert found.of(agency, field, given_on) == reference.successor(agency, day, field, given_on).code


@pytest.mark.parametrize("place", range(len(DAYS)))
def test_who_answers_on_each_side_of_a_reorganisation(catalogue: Installation, place: int) -> None:
    moment = catalogue.moment(DAYS[place])
    expected = {code: row[3][place] for code, row in ROAD.items()}
    for agency in {*expected.values()}:
        assert codes(catalogue, moment, agency) == {code for code, one in expected.items() if one == agency}
    today = catalogue.moment(DAYS[place], organisation=TODAY)
    last = {code: row[3][-1] for code, row in ROAD.items()}
    for agency in {*last.values()}:
        assert codes(catalogue, today, agency) == {code for code, one in last.items() if one == agency}


@pytest.mark.writes
def test_every_count_by_agency_adds_up_in_both_views(catalogue: Installation) -> None:
    publish(catalogue, date(2024, 2, 2), {"1.000002": content("Bộ Giao thông vận tải", DRIVING, "Đổi")})
    for moment in moments(catalogue):
        found = counts(catalogue, moment)
        assert sum(found.values()) == len(ROAD)
        for agency, count in found.items():
            assert len(codes(catalogue, moment, agency)) == count
        problems = quality.problems(catalogue, moment)
        flagged = quality.by_agency(catalogue, moment, problems)
        assert flagged["flagged"].sum() == problems["procedure_code"].n_unique()
        assert dict(flagged.select("agency", "records").iter_rows()).items() <= found.items()
        frame = completeness.records(catalogue, moment)
        by_agency = completeness.by_agency(frame)
        assert dict(by_agency.select("agency", "records").iter_rows()) == found
        log = changes.log(catalogue, moment, date(2021, 12, 31))
        assert log.by_agency["total"].sum() == log.total == len(ROAD) + 1
        for agency, total in log.by_agency.select("agency", "total").iter_rows():
            wanted = LogFilter(agency=agency)
            assert changes.log(catalogue, moment, date(2021, 12, 31), wanted).total == total
            own = frame.filter(heirs.is_of(catalogue, moment, agency))
            assert own.height == found[agency]
        members = levels.members(catalogue, moment, chosen=["ministry"], page_size=100)
        assert members["agency_code"].fill_null(heirs.UNKNOWN).value_counts(name="n").sort(
            "agency_code"
        ).rows() == sorted(found.items())


def test_a_record_keeps_its_issuer_beside_who_answers(catalogue: Installation) -> None:
    def shown(moment: Moment) -> list[tuple[str, str | None]]:
        found = search.search(catalogue, moment, ProcedureFilter(text="1.000001"))
        return found.select("agency_name", "issuer_name").rows()

    old = catalogue.moment(LAST_OF_OLD)
    assert shown(old) == [("Bộ Giao thông vận tải", None)]
    assert procedures.get(catalogue, old, "1.000001").answering is None
    for moment in (catalogue.moment(MERGED), catalogue.moment(LAST_OF_OLD, organisation=TODAY)):
        assert shown(moment) == [("Bộ Xây dựng", "Bộ Giao thông vận tải")]
        record = procedures.get(catalogue, moment, "1.000001")
        assert (record.version.agency_name, record.answering) == ("Bộ Giao thông vận tải", "Bộ Xây dựng")
        (entry,) = changes.log(catalogue, moment, date(2021, 12, 31), LogFilter(text="1.000001")).entries
        assert (entry.agency_name, entry.issuer_name) == ("Bộ Xây dựng", "Bộ Giao thông vận tải")
    assert procedures.get(catalogue, catalogue.moment(MERGED), "1.000008").answering is None


@pytest.mark.writes
def test_what_a_source_says_after_a_field_has_left_stays_there(catalogue: Installation) -> None:
    publish(
        catalogue,
        date(2025, 4, 1),
        {
            "1.000001": content("Bộ Xây dựng", "Đường bộ"),
            "1.000003": content("Bộ Nội vụ", RELIGION),  # the agency is still there: the source decides
            "1.000002": content("Bộ Giao thông vận tải", DRIVING),  # the agency is no more: its heir answers
        },
    )
    after = catalogue.moment(date(2025, 4, 1))
    assert codes(catalogue, after, "bo-noi-vu") == {"1.000003", "1.000004"}
    assert codes(catalogue, after, POLICE) == {"1.000002"}
    assert codes(catalogue, after, BUILDING) == {"1.000001", "1.000007"}
    before = catalogue.moment(date(2025, 3, 31))
    assert codes(catalogue, before, "bo-dan-toc-va-ton-giao") == {"1.000003"}
    assert procedures.get(catalogue, after, "1.000001").answering is None


@pytest.mark.writes
def test_an_agency_that_was_not_on_the_day_is_asked_for_as_it_was(catalogue: Installation) -> None:
    after = catalogue.moment(MERGED)
    gone = heirs.absence(catalogue, after, TRANSPORT)
    assert gone is not None
    assert (gone.day, gone.is_to_come, gone.answering) == (MERGED, False, (BUILDING, POLICE))
    found = search.search(catalogue, after, ProcedureFilter(agency=TRANSPORT))
    assert dict(found.select("procedure_code", "agency_name").iter_rows()) == {
        "1.000001": "Bộ Xây dựng",
        "1.000002": "Bộ Công an",
    }
    assert TRANSPORT not in counts(catalogue, after)
    assert heirs.absence(catalogue, catalogue.moment(LAST_OF_OLD), TRANSPORT) is None
    assert heirs.absence(catalogue, after, "bo-khong-co") is None
    assert heirs.absence(catalogue, after, None) is None
    publish(catalogue, date(2024, 1, 2), {"1.000009": content("Bộ Tài nguyên và Môi trường", "Đất đai")})
    old = catalogue.moment(LAST_OF_OLD)
    to_come = heirs.absence(catalogue, old, ENVIRONMENT)
    assert to_come is not None and (to_come.day, to_come.is_to_come) == (MERGED, True)
    assert set(to_come.answering) == {FARMING, LAND, "bo-lao-dong-thuong-binh-va-xa-hoi"}
    assert codes(catalogue, old, ENVIRONMENT) == {"1.000009"}
    quang_binh = heirs.absence(catalogue, catalogue.moment(JOINED), "ubnd-quang-binh")
    assert quang_binh is not None and quang_binh.answering == ("ubnd-quang-tri",)
    assert codes(catalogue, catalogue.moment(JOINED), "ubnd-quang-binh") == {"1.000005.H46"}


def test_a_ministry_exports_what_it_answers_for(catalogue: Installation) -> None:
    def exported(day: date, agency: str) -> list[str]:
        return [code for code, _ in interchange.records(catalogue, catalogue.moment(day), agency)]

    assert exported(LAST_OF_OLD, BUILDING) == ["1.000007"]
    assert exported(MERGED, BUILDING) == ["1.000001", "1.000007"]
    assert exported(MERGED, POLICE) == ["1.000002"]
    assert exported(JOINED, "ubnd-quang-tri") == ["1.000005.H46", "1.000006.H50"]
    with pytest.raises(NotFound):
        exported(MERGED, "bo-khong-co")


@pytest.mark.writes
def test_an_agency_that_left_the_reference_data_is_counted_and_found(catalogue: Installation) -> None:
    with catalogue.database.unrecorded(changes_answers=True) as transaction:
        rows = transaction.read("heirs/of_gifts", day=MERGED)
        transaction.write("reference/clear_agency")
        kept = [row for row in catalogue.reference.agencies if row.code != "bo-noi-vu"]
        names = ("agency_code", "name", "short_name", "kind", "valid_from", "valid_until", "in_1015")
        transaction.insert(
            "agency", [dict(zip(names, (row.code, row.name, row.short_name, row.kind, row.valid_from, row.valid_until, row.in_1015), strict=True)) for row in kept]
        )  # fmt: skip
    assert "bo-noi-vu" in rows["origin"]
    moment = catalogue.moment(LAST_OF_OLD)
    assert counts(catalogue, moment)["bo-noi-vu"] == 2
    assert codes(catalogue, moment, "bo-noi-vu") == {"1.000003", "1.000004"}


def test_the_demonstration_is_counted_by_the_agencies_of_either_day(demo: Installation) -> None:
    then, now = demo.moment(), demo.moment(organisation=TODAY)
    before, after = counts(demo, then), counts(demo, now)
    assert sum(before.values()) == sum(after.values()) == 6317
    assert before[FARMING] + before[LAND] == 543
    poverty = counts(demo, then, field="Giảm nghèo")["bo-lao-dong-thuong-binh-va-xa-hoi"]
    assert (after[ENVIRONMENT], poverty) == (543 + poverty, 5)
    left = sum(counts(demo, then, field=one)[TRANSPORT] for one in (DRIVING, "Bảo đảm an ninh hàng không"))
    assert after[BUILDING] == before[BUILDING] + before[TRANSPORT] - left
    religion = counts(demo, then, field=RELIGION)["bo-noi-vu"]
    assert after["bo-dan-toc-va-ton-giao"] == before["uy-ban-dan-toc"] + religion
    assert not {FARMING, LAND, TRANSPORT, "uy-ban-dan-toc"} & {*after}
    for place, day in enumerate((LAST_OF_OLD, MERGED)):
        assert counts(demo, demo.moment(day)) == (before, after)[place]


def test_decisions_keep_their_issuer_and_are_found_for_its_heirs(demo: Installation) -> None:
    since = date(2010, 1, 1)
    then, now = demo.moment(), demo.moment(organisation=TODAY)
    signed = decisions.issuers(demo, then, since, action=None)
    answered = decisions.issuers(demo, now, since, action=None)
    names = ("decisions", "in_time", "late", "unknown")
    for name in names:
        assert signed[name].sum() == answered[name].sum()
    for moment, frame in ((then, signed), (now, answered)):
        for row in frame.iter_rows(named=True):
            assert decisions.counts(demo, moment, since, agency=row["value"], action=None) == {
                name: row[name] for name in names
            }
        for row in frame.filter(pl.col("value").is_in([BUILDING, POLICE, FARMING, ENVIRONMENT])).to_dicts():
            found = decisions.find(demo, moment, since, agency=row["value"], action=None, size=1000)
            assert found.height == row["decisions"]
    of_transport = decisions.find(demo, then, since, agency=TRANSPORT, action=None, size=1000)
    assert of_transport["issuer_name"].null_count() == of_transport.height > 0
    heirs_now = decisions.find(demo, now, since, agency=BUILDING, action=None, size=1000)
    moved = heirs_now.filter(pl.col("issuer_name") == "Bộ Giao thông vận tải")
    assert moved["document_id"].is_in(of_transport["document_id"].to_list()).all() and moved.height
    asked = decisions.find(demo, now, since, agency=TRANSPORT, action=None, size=1000)
    assert sorted(asked["document_id"]) == sorted(of_transport["document_id"])
    assert asked["issuer_name"].unique().to_list() == ["Bộ Giao thông vận tải"]


@pytest.mark.writes
def test_a_decision_about_one_field_goes_with_that_field(demo: Installation) -> None:
    since = date(2010, 1, 1)

    def of_transport() -> dict[int, str]:
        now = demo.moment(organisation=TODAY)
        frame = decisions.find(demo, now, since, agency=TRANSPORT, action=None, size=1000)
        return dict(frame.select("document_id", "agency_code").iter_rows())

    before = of_transport()
    document = next(one for one, agency in before.items() if agency == BUILDING)
    annex = decisions.lines(demo, demo.moment(), document)["procedure_code"]
    records = dict.fromkeys(annex, content("Bộ Giao thông vận tải", DRIVING))
    publish(demo, demo.working_date, records)
    assert of_transport()[document] == POLICE
    then = decisions.find(demo, demo.moment(), since, agency=POLICE, action=None, size=1000)
    assert document not in then["document_id"]
