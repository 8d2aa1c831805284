"""The change log: what each version did to the catalogue, counted exactly, step by step and net."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from catalogue.model.change import PaperDropped, TextChanged, TimeChanged
from catalogue.services import changes
from catalogue.services.changes import Balance, LogFilter
from catalogue.services.installation import Installation
from catalogue.services.versions import NextVersion, write
from tests.installations import Fill

pytestmark = pytest.mark.reads_only

START, SPRING, SUMMER, END = date(2024, 1, 1), date(2024, 3, 1), date(2024, 6, 1), date(2024, 12, 31)


def content(name: str, **said: Any) -> dict[str, Any]:
    channel = {"way": "Trực tiếp", "time_value": 10, "time_unit": "ngày làm việc"}
    dossier = [{"papers": [{"name": "Tờ khai"}, {"name": "Sổ hộ khẩu"}]}]
    usual = {
        "name": name,
        "field_name": "Hộ tịch",
        "issuing_agency_text": "Bộ Tư pháp",
        "levels": ["communal"],
        "channels": [channel],
        "dossier": dossier,
    }
    return usual | said


def publish(
    installation: Installation, day: date, *versions: NextVersion | tuple[str, dict[str, Any]]
) -> None:
    with installation.database.transaction("test") as transaction:
        made = [
            one if isinstance(one, NextVersion) else NextVersion(one[0], day, one[1], "test")
            for one in versions
        ]
        write(transaction, installation.reference, made)


def published(empty: Installation) -> None:
    """Five procedures at the beginning; in spring and summer each has its own fate."""
    names = {
        "1.000001": "Đăng ký khai sinh",
        "1.000002": "Đăng ký kết hôn",
        "1.000003": "Cấp bản sao",
        "1.000004": "Thay đổi hộ tịch",
        "1.000005": "Giám hộ",
    }
    publish(empty, START, *((code, content(name)) for code, name in names.items()))
    publish(
        empty,
        SPRING,
        ("1.000001", content("Đăng Ký khai sinh")),
        ("1.000002", content("Đăng ký kết hôn tại xã", levels=["communal", "provincial"])),
        ("1.000003", content("Cấp bản sao", dossier=[{"papers": [{"name": "Tờ khai"}]}])),
        NextVersion("1.000004", SPRING, content("Thay đổi hộ tịch"), "test", in_force=False),
        ("1.000005", content("Giám hộ", address="Trung tâm")),
        ("2.000006", content("Thuế mới", issuing_agency_text="Bộ Tài chính")),
    )
    publish(
        empty,
        SUMMER,
        ("1.000002", content("Đăng ký kết hôn")),
        ("1.000004", content("Thay đổi hộ tịch")),
        NextVersion("1.000005", SUMMER, content("Giám hộ", address="Trung tâm"), "test", in_force=False),
        ("1.000003", content("Cấp bản sao", dossier=[{"papers": [{"name": "Tờ khai"}]}])),
    )


@pytest.fixture
def catalogue(filled: Callable[[Fill], Installation]) -> Installation:
    return filled(published)


def kinds_of(
    catalogue: Installation, until: date = END, *, net: bool = False
) -> dict[tuple[str, date], list[str]]:
    table = changes.table(catalogue, catalogue.moment(until), START, net=net)
    return {
        (code, day): kinds
        for code, day, kinds in table.select("procedure_code", "effective_date", "kinds").iter_rows()
    }


def test_every_version_of_the_period_is_named_for_what_it_did(catalogue: Installation) -> None:
    assert kinds_of(catalogue) == {
        ("1.000001", SPRING): ["spelling"],
        ("1.000002", SPRING): ["renamed", "levels"],
        ("1.000003", SPRING): ["amended"],
        ("1.000004", SPRING): ["abolished"],
        ("1.000005", SPRING): ["disclosed"],
        ("2.000006", SPRING): ["new"],
        ("1.000002", SUMMER): ["renamed", "levels"],
        ("1.000003", SUMMER): ["republished"],
        ("1.000004", SUMMER): ["restored"],
        ("1.000005", SUMMER): ["abolished"],
    }
    assert len(kinds_of(catalogue, SPRING)) == 6


def test_net_holds_the_last_state_against_the_first(catalogue: Installation) -> None:
    assert kinds_of(catalogue, net=True) == {
        ("1.000001", SPRING): ["spelling"],
        ("1.000002", SUMMER): ["republished"],
        ("1.000003", SUMMER): ["amended"],
        ("1.000004", SUMMER): ["republished"],
        ("1.000005", SUMMER): ["abolished", "disclosed"],
        ("2.000006", SPRING): ["new"],
    }


def test_the_balance_closes(catalogue: Installation) -> None:
    moment = catalogue.moment(END)
    assert changes.balance(catalogue, moment, START) == Balance(5, 5, came_new=1, came_back=0, went=1)
    summer = changes.balance(catalogue, moment, SPRING)
    assert summer == Balance(5, 5, came_new=0, came_back=1, went=1)
    assert summer.then_in_force + summer.came_new + summer.came_back - summer.went == summer.now_in_force
    assert summer.net == 0


def test_the_page_shown_has_its_typed_changes(catalogue: Installation) -> None:
    found = changes.log(catalogue, catalogue.moment(SPRING), START, LogFilter(text="ban sao"))
    assert found.total == 1
    assert found.entries[0].changes == (PaperDropped("Sổ hộ khẩu"),)
    assert found.entries[0].parts == ("dossier",)
    first = changes.log(catalogue, catalogue.moment(END), START, page=1, size=4)
    second = changes.log(catalogue, catalogue.moment(END), START, page=2, size=4)
    assert first.total == second.total == 10
    assert [entry.effective_date for entry in first.entries] == [SUMMER] * 4
    assert [entry.procedure_code for entry in second.entries] == [
        "1.000001",
        "1.000002",
        "1.000003",
        "1.000004",
    ]
    renamed = next(entry for entry in second.entries if entry.procedure_code == "1.000002")
    assert TextChanged("name", "Đăng ký kết hôn", "Đăng ký kết hôn tại xã") in renamed.changes


def test_each_count_is_what_its_filter_finds(catalogue: Installation) -> None:
    moment = catalogue.moment(END)
    everything = changes.log(catalogue, moment, START)
    for kind, count in everything.by_kind.items():
        assert changes.log(catalogue, moment, START, LogFilter(kind=kind)).total == count, kind
    for agency, total in everything.by_agency.select("agency", "total").iter_rows():
        narrowed = changes.log(catalogue, moment, START, LogFilter(agency=agency))
        assert narrowed.total == total
        assert narrowed.by_agency["total"].sum() == 10
    assert everything.by_kind["new"] == 1
    assert everything.by_agency["agency"].to_list() == ["bo-tu-phap", "bo-tai-chinh"]
    old_name = changes.log(catalogue, moment, START, LogFilter(text="ket hon tai xa"))
    assert old_name.total == 2


@pytest.mark.writes
def test_what_was_recorded_later_is_not_known_before(catalogue: Installation, clock: Any) -> None:
    known = clock.now.date()
    clock.now = datetime(2026, 12, 1, 3, tzinfo=UTC)
    publish(
        catalogue,
        SUMMER,
        ("1.000001", content("Khai sinh", channels=[{"way": "Trực tiếp", "time_value": 5}])),
    )
    assert len(kinds_of(catalogue)) == 11
    before = changes.table(catalogue, catalogue.moment(END, known), START)
    assert before.height == 10
    found = changes.log(catalogue, catalogue.moment(END), SPRING, LogFilter(text="1.000001"))
    assert [type(change) for change in found.entries[0].changes] == [TextChanged, TimeChanged]


@pytest.mark.writes
def test_a_list_that_leaves_a_procedure_out_says_it_is_gone_until_one_names_it(
    catalogue: Installation,
) -> None:
    def listed(batch_id: int, day: date, change: str, state: str = "accepted") -> None:
        with catalogue.database.unrecorded() as transaction:
            counts = {
                f"rows_{name}": 0 for name in ("read", "new", "changed", "unchanged", "missing", "rejected")
            }
            batch = {"batch_id": batch_id, "source": "portal_list", "file_name": "danh-sach.xlsx", "sha256": str(batch_id),
                     "observed_on": day, "state": state, "parts": ["name"], "lists_all": True, **counts,
                     "base_revision": transaction.revision, "staged_at": transaction.recorded_at}  # fmt: skip
            transaction.insert("batch", [batch])
            row = {"batch_id": batch_id, "row_no": 0, "change": change, "procedure_code": "1.000003",
                   "national_code": "1.000003", "content": "{}", "problems": "[]"}  # fmt: skip
            transaction.insert("staged_procedure", [row])

    def gone() -> list[str]:
        found = changes.log(catalogue, catalogue.moment(END), START, LogFilter(kind="gone"))
        return [f"{entry.procedure_code} {entry.effective_date} {entry.file_name}" for entry in found.entries]

    listed(1, date(2024, 8, 1), "missing", "staged")
    assert gone() == []
    listed(2, date(2024, 8, 1), "missing")
    assert gone() == ["1.000003 2024-08-01 danh-sach.xlsx"]
    listed(3, date(2024, 9, 1), "unchanged")
    assert gone() == []


def test_a_line_that_replaces_is_counted_as_such(demo: Installation) -> None:
    moment, since = demo.moment(), date(2023, 12, 31)
    found = changes.log(demo, moment, since)
    assert found.by_kind["replaced"] > 0
    assert found.by_kind["new"] - changes.balance(demo, moment, since).came_new == 0
    assert changes.balance(demo, moment, since).now_in_force == 6317


def test_an_empty_catalogue_has_an_empty_log(empty: Installation) -> None:
    with empty.database.transaction("test"):
        pass
    found = changes.log(empty, empty.moment(END), START)
    assert (found.total, found.entries, found.by_agency.height) == (0, (), 0)
    assert changes.balance(empty, empty.moment(END), START) == Balance(0, 0, 0, 0, 0)
