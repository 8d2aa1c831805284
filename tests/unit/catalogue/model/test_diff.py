"""What changed between two versions: nothing where nothing differs, and each kind of change by name."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from catalogue.model.diff import (
    Disclosed,
    FeeChanged,
    ForceChanged,
    LevelsChanged,
    ListChanged,
    PaperAdded,
    PaperChanged,
    PaperDropped,
    SectorChanged,
    TextChanged,
    TimeChanged,
    Withheld,
    diff,
    summarise,
)
from catalogue.model.version import Details, Duration, Fee, Paper, Version, details_from


def channel(way: str, days: int | None, fee: int | None) -> dict[str, Any]:
    return {
        "way": way,
        "time_value": days,
        "time_unit": "working_day" if days is not None else None,
        "fees": None if fee is None else [{"amount_vnd": fee}],
    }


def dossier(*names: str) -> list[dict[str, Any]]:
    return [{"case": None, "papers": [{"name": name, "originals": 1} for name in names]}]


def version(**details: Any) -> Version:
    return Version(
        version_id=1,
        procedure_code="1.000001",
        effective_date=date(2024, 1, 1),
        in_force=True,
        name="Đăng ký khai sinh",
        field_name="Hộ tịch",
        agency_name="Bộ Tư pháp",
        is_vertical=False,
        levels=frozenset({"communal"}),
        details=details_from(json.dumps(details)),
    )


def test_two_equal_versions_differ_in_nothing() -> None:
    old = version(dossier=dossier("Tờ khai"), channels=[channel("direct", 5, 0)], steps=["Nộp hồ sơ"])
    assert diff(old, replace(old, version_id=2, effective_date=date(2024, 2, 1))) == ()


def test_papers_come_go_and_change() -> None:
    old = version(dossier=dossier("Tờ khai", "Sổ hộ khẩu", "Giấy chứng sinh"))
    new = version(dossier=dossier("Tờ khai", "Giấy chứng sinh", "Ảnh"))
    assert diff(old, new) == (PaperDropped("Sổ hộ khẩu"), PaperAdded("Ảnh"))
    fewer = version(dossier=[{"case": None, "papers": [{"name": "Ảnh", "originals": 2}]}])
    assert diff(version(dossier=dossier("Ảnh")), fewer) == (
        PaperChanged(Paper("Ảnh", originals=1), Paper("Ảnh", originals=2)),
    )


def test_one_change_of_time_on_every_way_is_said_once() -> None:
    old = version(channels=[channel("direct", 10, 50_000), channel("online", 10, 50_000)])
    new = version(channels=[channel("direct", 7, 50_000), channel("online", 7, 50_000)])
    ten, seven = Duration(Decimal(10), "working_day"), Duration(Decimal(7), "working_day")
    assert diff(old, new) == (TimeChanged(("direct", "online"), (ten,), (seven,)),)


def test_different_changes_of_time_are_said_by_way() -> None:
    old = version(channels=[channel("direct", 10, None), channel("online", 8, None)])
    new = version(channels=[channel("direct", 7, None), channel("online", 4, None)])
    assert [change.ways for change in diff(old, new) if isinstance(change, TimeChanged)] == [
        ("direct",),
        ("online",),
    ]


def test_a_fee_that_becomes_known_differs_from_a_free_one() -> None:
    old = version(channels=[channel("direct", 5, None)])
    new = version(channels=[channel("direct", 5, 0)])
    assert diff(old, new) == (FeeChanged(("direct",), None, (Fee(0),)),)


def test_ways_of_filing_come_and_go() -> None:
    old = version(channels=[channel("direct", 5, 0)])
    new = version(channels=[channel("direct", 5, 0), channel("online", 5, 0)])
    assert diff(old, new) == (ListChanged("ways", (), ("online",)),)


def test_the_head_of_the_record_is_compared() -> None:
    old = version()
    new = replace(
        old,
        in_force=False,
        name="Đăng ký khai sinh lưu động",
        field_name="Hộ tịch, quốc tịch",
        agency_name="Bộ Công an",
        is_vertical=True,
        levels=frozenset({"communal", "provincial"}),
    )
    assert diff(old, new) == (
        ForceChanged(False),
        TextChanged("name", "Đăng ký khai sinh", "Đăng ký khai sinh lưu động"),
        TextChanged("field", "Hộ tịch", "Hộ tịch, quốc tịch"),
        TextChanged("agency", "Bộ Tư pháp", "Bộ Công an"),
        LevelsChanged((), ("provincial",)),
        SectorChanged(False, True),
    )


def test_a_part_that_was_unknown_is_disclosed_not_changed() -> None:
    known = version(dossier=dossier("Tờ khai"), requirements="Không")
    assert diff(version(), known) == (Disclosed("dossier"), Disclosed("requirements"))
    assert diff(known, version()) == (Withheld("dossier"), Withheld("requirements"))


def test_steps_in_another_order_are_a_change_without_entries() -> None:
    assert diff(version(steps=["a", "b"]), version(steps=["b", "a"])) == (ListChanged("steps", (), ()),)


def test_the_summary_counts_papers_and_subtracts_time_and_fee() -> None:
    old = version(dossier=dossier("a", "b", "c"), channels=[channel("direct", 10, 50_000)])
    new = version(dossier=dossier("a"), channels=[channel("direct", 7, 20_000)])
    summary = summarise(diff(old, new))
    assert (summary.papers_dropped, summary.papers_added) == (2, 0)
    assert (summary.time, summary.time_unit, summary.fee_vnd) == (Decimal(-3), "working_day", -30_000)


def test_the_summary_gives_no_time_where_the_ways_differ() -> None:
    old = version(channels=[channel("direct", 10, 0), channel("online", 8, 0)])
    new = version(channels=[channel("direct", 7, 0), channel("online", 4, 0)])
    assert summarise(diff(old, new)).time is None


def test_a_case_under_another_name_keeps_its_papers() -> None:
    old = version(dossier=[{"case": "Lần đầu", "papers": [{"name": "Tờ khai"}, {"name": "Ảnh"}]}])
    new = version(dossier=[{"case": "Cấp mới", "papers": [{"name": "Tờ khai"}]}])
    assert diff(old, new) == (TextChanged("case", "Lần đầu", "Cấp mới"), PaperDropped("Ảnh", "Cấp mới"))


@pytest.mark.parametrize("text", ["{}", '{"dossier": [], "requirements": "", "steps": null}', "", None])
def test_missing_null_and_empty_parts_are_unknown(text: str | None) -> None:
    assert details_from(text) == Details()
    assert details_from(text).is_empty


def test_details_gather_the_times_and_fees_of_their_channels() -> None:
    assert details_from('{"channels": [{"way": "direct", "fees": []}]}').fees is None
    assert details_from('{"channels": [{"way": "direct"}]}').fees is None
    assert details_from('{"channels": [{"time_value": 0.5, "time_unit": "hour"}]}').times == (
        Duration(Decimal("0.5"), "hour"),
    )
