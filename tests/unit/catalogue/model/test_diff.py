"""What changed between two versions: nothing where nothing differs, and each kind of change by name."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from catalogue.model.change import (
    BasesChanged,
    CaseRenamed,
    Citation,
    DecisionChanged,
    Disclosed,
    FeeChanged,
    ForceChanged,
    LevelsChanged,
    ListChanged,
    NoteChanged,
    PaperAdded,
    PaperChanged,
    PaperDropped,
    Rewritten,
    SectorChanged,
    SetsChanged,
    SpellingChanged,
    TextChanged,
    TimeChanged,
    WayAdded,
    WayDropped,
    Withheld,
    part_of,
)
from catalogue.model.diff import apply, diff, summarise
from catalogue.model.kinds import kinds
from catalogue.model.version import (
    Channel,
    Details,
    Duration,
    Fee,
    LegalBasis,
    Paper,
    Version,
    details_from,
)


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
    assert diff(old, new) == (PaperDropped("Sổ hộ khẩu"), PaperAdded(Paper("Ảnh", originals=1), place=2))
    more = version(dossier=[{"case": None, "papers": [{"name": "Ảnh", "originals": 2}]}])
    assert diff(version(dossier=dossier("Ảnh")), more) == (
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
    old = version(channels=[channel("direct", 5, 0), channel("postal", 5, 0)])
    new = version(channels=[channel("online", 2, 0), channel("direct", 5, 0)])
    online = Channel("online", Duration(Decimal(2), "working_day"), (Fee(0),))
    assert diff(old, new) == (WayDropped("postal"), WayAdded(online, 0))
    noted = version(channels=[channel("direct", 5, 0) | {"note": "Nộp tại Trung tâm"}])
    assert diff(version(channels=[channel("direct", 5, 0)]), noted) == (
        NoteChanged("direct", None, "Nộp tại Trung tâm"),
    )


def test_what_no_typed_change_says_is_said_as_set_out_anew() -> None:
    old = version(
        dossier=dossier("Tờ khai", "Ảnh"), channels=[channel("direct", 5, 0), channel("direct", 9, 0)]
    )
    new = version(
        dossier=dossier("Ảnh", "Tờ khai"), channels=[channel("direct", 9, 0), channel("direct", 5, 0)]
    )
    found = diff(old, new)
    assert [type(change) for change in found] == [Rewritten, TimeChanged, Rewritten]
    assert apply(found, old) == new


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
        TextChanged("field_name", "Hộ tịch", "Hộ tịch, quốc tịch"),
        TextChanged("issuing_agency_text", "Bộ Tư pháp", "Bộ Công an"),
        LevelsChanged((), ("provincial",)),
        SectorChanged(True),
    )


def test_the_rest_of_the_record_is_compared() -> None:
    law, decree = LegalBasis("Luật Hộ tịch", "60/2014/QH13", date(2014, 11, 20)), LegalBasis("Nghị định 123")
    old = replace(
        version(description="Cũ", keywords=["khai sinh"], dossier_sets=2, decision_number="12/QĐ-BTP"),
        procedure_type="Loại khác",
        agencies={"implementing": ("Ủy ban nhân dân cấp xã",), "competent": ("Bộ Tư pháp",)},
        legal_bases=(law, decree),
    )
    new = replace(
        version(
            description="Mới",
            keywords=["khai sinh", "hộ tịch"],
            dossier_sets=1,
            decision_number="15/QĐ-BTP",
            decision_date="2024-02-01",
        ),
        procedure_type="TTHC được luật giao quy định chi tiết",
        agencies={"implementing": ("Ủy ban nhân dân cấp tỉnh",)},
        legal_bases=(replace(law, text="Luật Hộ tịch năm 2014"), replace(law, issued_on=date(2024, 1, 1))),
    )
    found = diff(old, new)
    assert {part_of(change): type(change) for change in found} == {
        "procedure_type": TextChanged,
        "legal_bases": BasesChanged,
        "implementing": ListChanged,
        "competent": Withheld,
        "dossier_sets": SetsChanged,
        "description": TextChanged,
        "keywords": ListChanged,
        "decision": DecisionChanged,
    }
    bases = next(change for change in found if isinstance(change, BasesChanged))
    assert bases.dropped == (decree,)
    assert [basis.issued_on for basis in bases.added] == [date(2024, 1, 1)]
    assert DecisionChanged(Citation("12/QĐ-BTP"), Citation("15/QĐ-BTP", date(2024, 2, 1))) in found


@pytest.mark.parametrize(
    "text", ["Đăng Ký khai sinh", "đăng kí khai  sinh", "ĐĂNG KÝ KHAI SINH", "Đăng ký khai sinh "]
)
def test_another_spelling_is_not_another_name(text: str) -> None:
    found = diff(version(), replace(version(), name=text))
    assert found == (SpellingChanged("name", "Đăng ký khai sinh", text),)
    assert kinds(found) == {"spelling"}


def test_a_spelling_deep_in_the_record_is_one_too() -> None:
    old = replace(version(dossier=dossier("Giấy ủy quyền")), agencies={"implementing": ("Sở Tư Pháp",)})
    new = replace(version(dossier=dossier("Giấy uỷ quyền")), agencies={"implementing": ("Sở Tư pháp",)})
    assert kinds(diff(old, new)) == {"spelling"}
    assert diff(old, new)[0] == SpellingChanged("implementing", ("Sở Tư Pháp",), ("Sở Tư pháp",))


def test_what_the_changes_make_of_a_version() -> None:
    old = version(steps=["a"])
    assert kinds(()) == {"republished"}
    decided = version(steps=["a"], decision_number="1/QĐ-BTP")
    assert kinds(diff(old, decided)) == {"disclosed"}
    assert kinds(diff(decided, version(steps=["a"], decision_number="2/QĐ-BTP"))) == {"republished"}
    assert kinds(diff(old, version(steps=["a"], address="Trung tâm"))) == {"disclosed"}
    assert kinds(diff(old, version(steps=["b"]))) == {"amended"}
    moved = replace(version(steps=["a"]), name="Khai sinh", levels=frozenset({"provincial"}), in_force=False)
    assert kinds(diff(old, moved)) == {"renamed", "levels", "abolished"}


def test_a_part_that_was_unknown_is_disclosed_not_changed() -> None:
    known = version(dossier=dossier("Tờ khai"), requirements="Không")
    papers = known.details.dossier
    assert diff(version(), known) == (Disclosed("dossier", papers), Disclosed("requirements", "Không"))
    assert diff(known, version()) == (Withheld("dossier", papers), Withheld("requirements", "Không"))
    listed = replace(version(), levels=frozenset(), is_vertical=None)
    assert kinds(diff(listed, version())) == {"disclosed"}


def test_steps_in_another_order_are_a_change_without_entries() -> None:
    reordered = ListChanged("steps", ("a", "b"), ("b", "a"))
    assert diff(version(steps=["a", "b"]), version(steps=["b", "a"])) == (reordered,)
    assert (reordered.dropped, reordered.added) == ((), ())


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
    assert diff(old, new) == (CaseRenamed("Lần đầu", "Cấp mới"), PaperDropped("Ảnh", "Cấp mới"))


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
