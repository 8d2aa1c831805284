"""Whether a record shows a promised cut: each measure kept, broken, not published yet, and not to be judged."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from catalogue.model.diff import diff
from catalogue.model.promise import (
    Decider,
    Finding,
    Measure,
    Outcome,
    Reason,
    Record,
    Verdict,
    evidence,
    judge,
    outcome,
    worst,
)
from catalogue.model.version import Version, version_of

PAPERS = ["Đơn đề nghị", "Bản sao sổ hộ khẩu", "Bản sao giấy khai sinh", "Ảnh 4x6"]


def channel(
    time: int | None = 7,
    unit: str | None = "ngày làm việc",
    fee: int | None = 100_000,
    way: str = "Trực tiếp",
) -> dict[str, Any]:
    fees = [] if fee is None else [{"amount_vnd": fee}]
    return {"way": way, "time_value": time, "time_unit": unit, "fees": fees}


def dossier(*names: str, form: str | None = "Mẫu số 01") -> list[dict[str, Any]]:
    papers: list[dict[str, Any]] = [{"name": name} for name in names]
    if papers and form:
        papers[0]["form"] = form
    return [{"papers": papers}]


def record(*, in_force: bool = True, **parts: Any) -> Version:
    whole = {
        "name": "Cấp giấy phép",
        "levels": ["ministry"],
        "competent": ["Bộ Y tế"],
        "channels": [channel()],
        "dossier": dossier(*PAPERS),
        "requirements": "Có địa điểm.\nCó nhân sự.",
        "steps": ["Nộp hồ sơ"],
    }
    return version_of(
        whole | parts, version_id=1, code="1.000001", effective_date=date(2023, 1, 1), in_force=in_force
    )


BEFORE = record()
KEPT: list[tuple[Measure, Version]] = [
    (Measure("abolish"), record(in_force=False)),
    (Measure("merge"), record(in_force=False)),
    (Measure("fewer_documents"), record(dossier=dossier(*PAPERS[:3]))),
    (Measure("fewer_documents", "4 giấy tờ", "2 giấy tờ"), record(dossier=dossier(*PAPERS[:2]))),
    (Measure("data_for_documents", "Bản sao sổ hộ khẩu"), record(dossier=dossier(PAPERS[0], *PAPERS[2:]))),
    (Measure("data_for_documents", "Sổ hộ khẩu"), record(dossier=dossier(PAPERS[0], *PAPERS[2:]))),
    (Measure("data_for_documents", "Giấy tờ cư trú"), record(dossier=dossier(*PAPERS[1:]))),
    (Measure("simpler_form"), record(dossier=dossier(*PAPERS, form="Mẫu số 01a"))),
    (Measure("shorter_time", "7 ngày làm việc", "5 ngày làm việc"), record(channels=[channel(5)])),
    (Measure("shorter_time", "7 ngày làm việc", "5 ngày làm việc"), record(channels=[channel(4)])),
    (Measure("shorter_time", "7 ngày làm việc", "Giảm 2 ngày làm việc"), record(channels=[channel(5)])),
    (Measure("shorter_time"), record(channels=[channel(6)])),
    (Measure("lower_fee", "100.000 đồng", "70.000 đồng"), record(channels=[channel(fee=70_000)])),
    (Measure("lower_fee", None, "Miễn phí"), record(channels=[channel(fee=0)])),
    (Measure("lower_fee"), record(channels=[channel(fee=90_000)])),
    (Measure("fewer_conditions"), record(requirements="Có địa điểm.")),
    (Measure("fewer_conditions", "2 điều kiện", "0 điều kiện"), record(requirements=None)),
    (Measure("fewer_conditions", "2 điều kiện", "Bỏ 1 điều kiện"), record(requirements="Có nhân sự.")),
    (Measure("fewer_conditions"), record(requirements="Có địa điểm.\nCó người.")),
    (Measure("full_online"), record(channels=[channel(), channel(way="Trực tuyến")])),
    (Measure("decentralise", to=Decider("provincial")), record(levels=["provincial"])),
    (Measure("decentralise"), record(levels=["ministry", "provincial"])),
    (Measure("interlink"), record(steps=["Nộp hồ sơ", "Dữ liệu được chuyển liên thông"])),
]
BROKEN: list[tuple[Measure, Version, Reason]] = [
    (Measure("abolish"), BEFORE, Reason.IN_FORCE),
    (Measure("fewer_documents"), BEFORE, Reason.SAME),
    (Measure("fewer_documents"), record(dossier=dossier(*PAPERS, "Sơ yếu lý lịch")), Reason.RAISED),
    (Measure("fewer_documents"), record(dossier=dossier(*PAPERS[:3], "Sơ yếu lý lịch")), Reason.SAME),
    (Measure("fewer_documents", "4 giấy tờ", "2 giấy tờ"), record(dossier=dossier(*PAPERS[:3])),
     Reason.SHORT_OF_PROMISE),
    (Measure("data_for_documents", "Bản sao sổ hộ khẩu"), record(dossier=dossier(*PAPERS[:3])),
     Reason.PAPER_ASKED),
    (Measure("data_for_documents", "Giấy tờ cư trú"), BEFORE, Reason.SAME),
    (Measure("simpler_form"), BEFORE, Reason.FORM_SAME),
    (Measure("shorter_time", "7 ngày làm việc", "5 ngày làm việc"), record(channels=[channel(6)]),
     Reason.SHORT_OF_PROMISE),
    (Measure("shorter_time"), record(channels=[channel(8)]), Reason.RAISED),
    (Measure("shorter_time", None, "5 ngày làm việc"), BEFORE, Reason.SAME),
    (Measure("lower_fee", "100.000 đồng", "50.000 đồng"), record(channels=[channel(fee=80_000)]),
     Reason.SHORT_OF_PROMISE),
    (Measure("lower_fee"), record(channels=[channel(fee=150_000)]), Reason.RAISED),
    (Measure("fewer_conditions"), BEFORE, Reason.SAME),
    (Measure("fewer_conditions"), record(requirements="Một.\nHai.\nBa."), Reason.RAISED),
    (Measure("full_online"), BEFORE, Reason.ONLINE_MISSING),
    (Measure("decentralise", to=Decider("communal")), record(levels=["provincial"]), Reason.OTHER_LEVEL),
    (Measure("decentralise"), BEFORE, Reason.NOT_MOVED),
]  # fmt: skip
UNJUDGED: list[tuple[Measure, Version, Version, Reason]] = [
    (Measure("merge"), BEFORE, BEFORE, Reason.CANNOT_SHOW),
    (Measure("post_check"), BEFORE, BEFORE, Reason.CANNOT_SHOW),
    (Measure("longer_validity"), BEFORE, BEFORE, Reason.CANNOT_SHOW),
    (Measure("other"), BEFORE, record(name="Cấp phép"), Reason.CANNOT_SHOW),
    (Measure("interlink"), BEFORE, BEFORE, Reason.CANNOT_SHOW),
    (Measure("fewer_documents"), record(dossier=None), record(dossier=None), Reason.NOT_STATED),
    (Measure("shorter_time"), BEFORE, record(channels=[channel(3, "ngày")]), Reason.OTHER_UNIT),
    (Measure("shorter_time"), BEFORE, record(channels=[channel(None, None)]), Reason.NOT_STATED),
    (Measure("lower_fee"), BEFORE, record(channels=[channel(fee=None)]), Reason.NOT_STATED),
    (Measure("fewer_conditions"), record(requirements="Không"), BEFORE, Reason.NOT_STATED),
    (Measure("fewer_conditions"), BEFORE, record(requirements="Có địa điểm hợp pháp.\nCó nhân sự."),
     Reason.REWORDED),
    (Measure("simpler_form"), record(dossier=dossier(*PAPERS, form=None)), BEFORE, Reason.NOT_STATED),
    (Measure("full_online"), record(channels=[channel(way="Trực tuyến")]),
     record(channels=[channel(way="Trực tuyến")]), Reason.ONLINE_BEFORE),
    (Measure("full_online"), BEFORE, record(channels=None), Reason.NOT_STATED),
    (Measure("decentralise"), BEFORE, record(competent=["Cục Quản lý Dược"]), Reason.REWORDED),
]  # fmt: skip


@pytest.mark.parametrize(("measure", "now"), KEPT)
@pytest.mark.parametrize("is_republished", [True, False])
def test_a_kept_promise_matches_whoever_wrote_the_record(
    measure: Measure, now: Version, *, is_republished: bool
) -> None:
    found = judge(measure, Record(BEFORE, now, is_republished))
    assert (found.verdict, found.shown.as_promised) == (Verdict.MATCHES, True)


@pytest.mark.parametrize(("measure", "now", "reason"), BROKEN)
def test_a_republished_record_without_the_cut_differs(measure: Measure, now: Version, reason: Reason) -> None:
    found = judge(measure, Record(BEFORE, now, is_republished=True))
    assert (found.verdict, found.shown.reason) == (Verdict.DIFFERS, reason)


@pytest.mark.parametrize(("measure", "now", "reason"), BROKEN)
def test_until_it_is_published_the_cut_is_not_visible(measure: Measure, now: Version, reason: Reason) -> None:
    found = judge(measure, Record(BEFORE, now, at_enactment=now))
    assert (found.verdict, found.shown.reason) == (Verdict.NOT_VISIBLE, reason)


@pytest.mark.parametrize(("measure", "before", "now", "reason"), UNJUDGED)
def test_what_a_record_cannot_show_is_not_judged(
    measure: Measure, before: Version, now: Version, reason: Reason
) -> None:
    found = judge(measure, Record(before, now, is_republished=True))
    assert (found.verdict, found.shown.reason) == (Verdict.UNKNOWN, reason)


def test_a_list_that_changed_the_part_after_the_enactment_has_spoken_of_it() -> None:
    longer = record(channels=[channel(9)])
    measure = Measure("shorter_time", "7 ngày làm việc", "5 ngày làm việc")
    assert judge(measure, Record(BEFORE, longer, at_enactment=BEFORE)).verdict is Verdict.DIFFERS
    renamed = record(name="Cấp phép")
    assert judge(measure, Record(BEFORE, renamed, at_enactment=BEFORE)).verdict is Verdict.NOT_VISIBLE


def test_numbers_of_the_promise_stand_beside_those_of_the_record() -> None:
    measure = Measure("shorter_time", "7 ngày làm việc", "5 ngày làm việc")
    shown = judge(measure, Record(BEFORE, record(channels=[channel(6)]), is_republished=True)).shown
    assert (shown.was, shown.now, shown.promised, shown.unit) == (7, 6, 5, "ngày làm việc")


def test_a_promise_about_one_of_several_limits_leaves_the_others_alone() -> None:
    before = record(channels=[channel(10), channel(20, way="Trực tuyến")])
    measure = Measure("shorter_time", "20 ngày làm việc", "15 ngày làm việc")
    kept = record(channels=[channel(10), channel(15, way="Trực tuyến")])
    assert judge(measure, Record(before, kept, is_republished=True)).verdict is Verdict.MATCHES
    for last in (20, 18):
        now = record(channels=[channel(10), channel(last, way="Trực tuyến")])
        assert judge(measure, Record(before, now, is_republished=True)).verdict is Verdict.DIFFERS


def test_an_abolished_procedure_keeps_any_promise_and_a_replaced_one_none_for_certain() -> None:
    gone = record(in_force=False)
    for kind in ("shorter_time", "other", "abolish"):
        assert judge(Measure(kind), Record(BEFORE, gone)).shown.reason is Reason.ABOLISHED
        replaced = judge(Measure(kind), Record(BEFORE, gone, replaced_by="1.000002"))
        assert (replaced.verdict, replaced.shown.reason) == (Verdict.UNKNOWN, Reason.REPLACED)


def test_without_a_record_nothing_is_judged() -> None:
    assert judge(Measure("abolish"), Record(None, None)).verdict is Verdict.UNKNOWN
    found = judge(Measure("shorter_time"), Record(None, BEFORE, is_republished=True))
    assert (found.verdict, found.shown.reason) == (Verdict.UNKNOWN, Reason.NO_RECORD)
    assert judge(Measure("abolish"), Record(None, BEFORE, is_republished=True)).verdict is Verdict.DIFFERS


def test_an_item_stands_where_its_worst_measure_does() -> None:
    def found(verdict: Verdict) -> Finding:
        return replace(judge(Measure("other"), Record(BEFORE, BEFORE)), verdict=verdict)

    assert worst([]) is Verdict.UNKNOWN
    assert worst([found(Verdict.MATCHES)]) is Verdict.MATCHES
    assert worst([found(Verdict.MATCHES), found(Verdict.UNKNOWN)]) is Verdict.UNKNOWN
    assert worst([found(Verdict.UNKNOWN), found(Verdict.NOT_VISIBLE)]) is Verdict.NOT_VISIBLE
    assert worst([found(Verdict.NOT_VISIBLE), found(Verdict.DIFFERS)]) is Verdict.DIFFERS


def test_only_a_difference_asks_for_an_answer() -> None:
    assert outcome(Verdict.DIFFERS, is_answered=False) is Outcome.UNANSWERED
    assert outcome(Verdict.DIFFERS, is_answered=True) is Outcome.ANSWERED
    assert outcome(Verdict.NOT_VISIBLE, is_answered=True) is Outcome.NOT_VISIBLE


def test_the_evidence_is_what_changed_in_the_part_that_was_promised() -> None:
    now = record(
        channels=[channel(5, fee=50_000), channel(5, way="Trực tuyến")], dossier=dossier(*PAPERS[:2])
    )
    changes = diff(BEFORE, now)
    kinds = {
        kind: {type(change).__name__ for change in evidence(kind, changes)}
        for kind in ("shorter_time", "lower_fee", "full_online", "fewer_documents", "other")
    }
    assert kinds == {
        "shorter_time": {"TimeChanged"},
        "lower_fee": {"FeeChanged"},
        "full_online": {"WayAdded"},
        "fewer_documents": {"PaperDropped"},
        "other": set(),
    }
