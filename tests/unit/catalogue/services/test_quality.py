"""Quality as it stands at a moment: what was flagged, what the day makes wrong, names that several codes share."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from catalogue.model.quality import Problem
from catalogue.services import completeness, heirs, quality
from catalogue.services.heirs import UNKNOWN
from catalogue.services.installation import Installation
from catalogue.services.quality import RESPELT, SHARED
from catalogue.services.versions import NextVersion, write

START, LATER = date(2024, 1, 1), date(2025, 8, 1)


def publish(
    installation: Installation,
    day: date,
    records: dict[str, dict[str, Any]],
    flagged: dict[str, Problem] | None = None,
) -> None:
    with installation.database.transaction("test") as transaction:
        made = [
            NextVersion(
                code, day, content, "test", problems=[flagged[code]] if flagged and code in flagged else []
            )
            for code, content in records.items()
        ]
        write(transaction, installation.reference, made)


def record(name: str, agency: str = "Bộ Tư pháp", **said: Any) -> dict[str, Any]:
    return {"name": name, "issuing_agency_text": agency, "levels": ["communal"]} | said


def found(
    installation: Installation, day: date, known: date | None = None
) -> set[tuple[str, str, str | None, str | None]]:
    frame = quality.problems(installation, installation.moment(day, known))
    return set(frame.select("procedure_code", "rule", "part", "value").iter_rows())


def test_what_was_flagged_counts_while_its_version_stands(empty: Installation) -> None:
    zero = Problem("time_zero", "channels", "0 ngày")
    publish(empty, START, {"1.000001": record("Đăng ký khai sinh")}, {"1.000001": zero})
    publish(empty, date(2024, 6, 1), {"1.000001": record("Khai sinh")})
    assert found(empty, date(2024, 5, 31)) == {("1.000001", "time_zero", "channels", "0 ngày")}
    assert found(empty, date(2024, 6, 1)) == set()
    assert quality.of_record(empty, empty.moment(date(2024, 5, 31)), "1.000001") == (zero,)


def test_the_day_makes_a_district_wrong_and_each_part_is_named_once(empty: Installation) -> None:
    said = record(
        "Đăng ký tại cấp huyện", levels=["district"], implementing=["Uỷ ban nhân dân huyện", "Phòng Tư pháp"]
    )
    stored = Problem("district_after_abolition", "name", "…tại cấp huyện")
    publish(
        empty,
        START,
        {"1.000001": said, "1.000002": record("Kết hôn (cấp huyện)", levels=[])},
        {"1.000001": stored},
    )
    before = {(code, part) for code, _, part, _ in found(empty, date(2025, 6, 30))}
    assert before == {("1.000001", "name")}
    after = found(empty, date(2025, 7, 1))
    assert after == {
        ("1.000001", "district_after_abolition", "name", "…tại cấp huyện"),
        ("1.000001", "district_after_abolition", "levels", "district"),
        ("1.000001", "district_after_abolition", "implementing", "Uỷ ban nhân dân huyện"),
        ("1.000002", "district_after_abolition", "name", "Kết hôn (cấp huyện)"),
    }


def test_an_agency_that_ended_is_wrong_from_the_day_after(empty: Installation) -> None:
    transport = record(
        "Cấp giấy phép", "Bộ Giao thông vận tải", competent=["Cục Hàng không - Bộ Giao thông vận tải"]
    )
    publish(
        empty,
        START,
        {"1.000001": transport, "1.000002": record("Lý lịch", implementing=["Sở Tư pháp tỉnh Hà Giang"])},
    )
    assert found(empty, date(2025, 2, 28)) == set()
    assert {(code, part) for code, _, part, _ in found(empty, date(2025, 3, 1))} == {
        ("1.000001", "issuing_agency_text"),
        ("1.000001", "competent"),
    }
    assert ("1.000002", "agency_ended", "implementing", "Sở Tư pháp tỉnh Hà Giang") in found(empty, LATER)


@pytest.mark.parametrize(
    ("text", "is_gone"),
    [
        ("Bộ Giao thông vận tải", True),
        ("Cục Hàng không - Bộ Giao thông vận tải", True),
        ("Sở Y tế tỉnh Hà Giang", True),
        ("Bộ Xây dựng", False),
        ("Ủy ban nhân dân cấp tỉnh", False),
        ("Sở Y tế Thành phố Hải Phòng", False),
    ],
)
def test_which_texts_name_an_agency_that_is_no_more(empty: Installation, text: str, is_gone: bool) -> None:
    assert quality.ended(empty.reference, LATER)(text) is is_gone
    assert quality.ended(empty.reference, START)(text) is False


def test_names_that_several_codes_share(empty: Installation) -> None:
    names = {
        "1.000001": "Cấp lại giấy phép",
        "1.000002": "Cấp lại giấy phép",
        "1.000003": "Hoà giải tại Toà án",
        "2.000004": "Hòa giải tại tòa án",
        "1.000005": "Cấp thẻ",
        "1.000005.H19": "Cấp thẻ",
        "1.000006": "Đăng ký hộ",
        "1.000007": "Đăng ký họ",
    }
    publish(empty, START, {code: record(name) for code, name in names.items()})
    groups = quality.alike_names(empty, empty.moment(START))
    assert {(group.rule, group.codes) for group in groups} == {
        (SHARED, ("1.000001", "1.000002")),
        (RESPELT, ("1.000003", "2.000004")),
    }
    assert ("1.000003", RESPELT, "name", "2.000004") in found(empty, START)
    assert len(found(empty, START)) == 4


def test_counts_by_agency_and_rule_are_what_the_filters_find(empty: Installation) -> None:
    bare = Problem("time_without_unit", "channels", "7")
    records = {
        "1.000001": record("Một", channels=[{"way": "Trực tiếp", "time_value": 7}]),
        "1.000002": record("Hai", levels=["district"]),
        "2.000003": record("Ba", "Cơ quan lạ", levels=["district"]),
        "2.000004": record("Bốn", "Bộ Y tế"),
    }
    publish(empty, START, records, {"1.000001": bare, "1.000002": bare})
    moment = empty.moment(LATER)
    frame = quality.problems(empty, moment)
    counts = quality.by_agency(empty, moment, frame).to_dicts()
    assert [(row["agency"], row["records"], row["flagged"]) for row in counts] == [
        ("bo-tu-phap", 2, 2),
        (UNKNOWN, 1, 1),
    ]
    for row in counts:
        for rule in quality.by_rule(frame):
            own = frame.filter(heirs.is_of(empty, moment, row["agency"]))
            chosen = quality.narrowed(own, rule=rule)
            assert chosen["procedure_code"].n_unique() == row[rule]
    assert quality.by_rule(frame) == {"district_after_abolition": 2, "time_without_unit": 2}
    assert quality.narrowed(frame, text="hai")["procedure_code"].unique().to_list() == ["1.000002"]
    assert quality.in_force(empty, moment) == 4
    assert {quality.group_of(rule) for rule in quality.by_rule(frame)} == {"record"}
    assert quality.of_group(frame, "names").is_empty()
    assert quality.page_of(frame, 2, size=2)["procedure_code"].unique().to_list() == ["2.000003"]


WHOLE = {
    "steps": ["Nộp hồ sơ"],
    "channels": [{"way": "Trực tiếp", "time_value": 5, "time_unit": "ngày"}],
    "dossier": [{"papers": [{"name": "Tờ khai"}]}],
    "addressees": ["Công dân Việt Nam"],
    "implementing": ["UBND cấp xã"],
    "results": ["Giấy khai sinh"],
}


def test_completeness_by_agency_leaves_out_what_only_a_list_names(empty: Installation) -> None:
    publish(
        empty,
        START,
        {
            "1.000001": record("Một", **WHOLE),
            "1.000002": record("Hai", **WHOLE | {"results": [], "steps": []}),
            "1.000003": record("Ba"),
            "2.000004": record("Bốn", "Bộ Y tế", **WHOLE),
        },
    )
    frame = completeness.records(empty, empty.moment(START))
    totals = completeness.totals(frame)
    assert (totals.records, totals.listed_only, totals.described, totals.complete) == (4, 1, 3, 2)
    assert completeness.distribution(frame) == {**dict.fromkeys(range(9), 0), 6: 1, 8: 2}
    assert completeness.conditional(frame)["form"] == 0
    agencies = completeness.by_agency(frame).to_dicts()
    assert [(row["agency"], row["described"], row["complete"]) for row in agencies] == [
        ("bo-tu-phap", 2, 1),
        ("bo-y-te", 1, 1),
    ]
    assert (agencies[0]["results"], agencies[0]["steps"], agencies[0]["dossier"]) == (1, 1, 0)
    assert completeness.narrowed(frame)["procedure_code"].to_list() == ["1.000002"]
    own = {code: frame.filter(pl.col("agency_code") == code) for code in ("bo-tu-phap", "bo-y-te")}
    assert completeness.narrowed(own["bo-tu-phap"], missing="steps").height == 1
    assert completeness.narrowed(own["bo-y-te"]).is_empty()


def test_completeness_of_what_was_published_again(empty: Installation) -> None:
    publish(empty, START, {code: record(code, **WHOLE) for code in ("1.000001", "1.000002")})
    publish(
        empty,
        LATER,
        {
            "1.000001": record("Một", **WHOLE),  # another version, but no decision published it
            "1.000002": record("Hai", **WHOLE | {"steps": [], "decision_number": "2/QĐ-BTP"}),
            "1.000003": record("Ba", **WHOLE | {"decision_number": "2/QĐ-BTP"}),
        },
    )
    moment = empty.moment(LATER)
    again = completeness.records(empty, moment, since=date(2025, 7, 31))
    assert again.select("procedure_code", "score").rows() == [("1.000002", 7)]
    assert completeness.records(empty, moment, since=LATER).is_empty()
    assert completeness.records(empty, moment).height == 3
