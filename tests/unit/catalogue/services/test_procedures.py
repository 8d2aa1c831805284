"""The catalogue: search, facets, one record, versions with what changed, publication decisions."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from catalogue.errors import NotFound
from catalogue.model.change import LevelsChanged, PaperDropped, TextChanged, TimeChanged, Withheld
from catalogue.model.period import Moment
from catalogue.model.procedure import search_text
from catalogue.services import decisions, enactment, figures, procedures
from catalogue.services import search as searching
from catalogue.services.installation import Installation, open_installation
from catalogue.services.search import ProcedureFilter
from catalogue.settings import Settings
from catalogue.store.database import Database, Transaction

pytestmark = pytest.mark.reads_only

START = date(2023, 1, 1)
LATER = date(2024, 3, 1)


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = datetime(2024, 1, 10, 3, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def add(
    transaction: Transaction,
    code: str,
    name: str,
    field: str | None = "Hộ tịch",
    agency: str | None = "bo-tu-phap",
    levels: tuple[str, ...] = ("communal",),
    *,
    is_vertical: bool | None = False,
    since: date = START,
    in_force: bool = True,
    is_new: bool = True,
    decision_id: int | None = None,
    details: dict[str, Any] | None = None,
) -> int:
    version_id = transaction.new_id()
    if is_new:
        transaction.append(
            "procedure",
            [{"procedure_code": code, "national_code": code[:8], "agency_suffix": None, "origin": "demo"}],
        )
    transaction.append(
        "procedure_version",
        [
            {
                "version_id": version_id,
                "procedure_code": code,
                "effective_date": since,
                "in_force": in_force,
                "name": name,
                "field_name": field,
                "issuing_agency": agency,
                "issuing_agency_text": "Cơ quan trong danh mục",
                "is_vertical": is_vertical,
                "decision_id": decision_id,
                "source": "test",
                "content_hash": str(version_id),
                "search_text": search_text(code, name, field or ""),
                "details": json.dumps(details or {}),
            }
        ],
    )
    transaction.append(
        "procedure_version_level", [{"version_id": version_id, "level": level} for level in levels]
    )
    return version_id


def decide(
    transaction: Transaction,
    number: str,
    issued_on: date,
    lines: list[tuple[str, str]],
    issuer: str = "bo-tu-phap",
) -> int:
    document_id = transaction.new_id()
    transaction.append(
        "document",
        [
            {
                "document_id": document_id,
                "type": "decision",
                "title": f"Công bố {number}",
                "issuer_code": issuer,
            }
        ],
    )
    transaction.append(
        "document_event",
        [
            {
                "event_id": transaction.new_id(),
                "document_id": document_id,
                "state": "issued",
                "number": number,
                "issued_on": issued_on,
                "in_force_on": issued_on,
                "effective_date": issued_on,
            }
        ],
    )
    transaction.append(
        "publication_line",
        [
            {"document_id": document_id, "line": line, "action": action, "procedure_code": code}
            for line, (action, code) in enumerate(lines, 1)
        ],
    )
    return document_id


def channels(days: int) -> list[dict[str, Any]]:
    return [{"way": "direct", "time_value": days, "time_unit": "working_day", "fees": [{"amount_vnd": 0}]}]


def papers(*names: str) -> list[dict[str, Any]]:
    return [{"case": None, "papers": [{"name": name} for name in names]}]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def installation(empty_template: Path, tmp_path: Path, clock: Clock) -> Iterator[Installation]:
    shutil.copy(empty_template, tmp_path / "c.duckdb")
    database = Database.open(tmp_path / "c.duckdb", clock=clock)
    installation = open_installation(Settings(data_dir=tmp_path), database, demo=False)
    with database.transaction("test") as transaction:
        first = decide(
            transaction, "1/QĐ-BTP", date(2024, 1, 5), [("new", "1.000001"), ("amended", "1.000002")]
        )
        version_id = add(
            transaction,
            "1.000001",
            "Đăng ký khai sinh",
            decision_id=first,
            details={"channels": channels(10), "dossier": papers("Tờ khai", "Sổ hộ khẩu")},
        )
        transaction.append(
            "procedure_version_agency",
            [
                {
                    "version_id": version_id,
                    "role": "implementing",
                    "position": 1,
                    "agency_text": "UBND cấp xã",
                },
                {
                    "version_id": version_id,
                    "role": "competent",
                    "position": 1,
                    "agency_text": "Bộ Tư pháp",
                    "agency_code": "bo-tu-phap",
                },
            ],
        )
        transaction.append(
            "procedure_version_legal_basis",
            [{"version_id": version_id, "position": 1, "document_text": "Luật Hộ tịch 60/2014/QH13"}],
        )
        add(
            transaction, "1.000002", "Đăng ký khai sinh có yếu tố nước ngoài", levels=("communal", "ministry")
        )
        add(transaction, "1.000003", "Đăng ký lại khai sinh", levels=())
        add(
            transaction,
            "2.000004",
            "Nộp thuế điện tử",
            "Thuế",
            "bo-tai-chinh",
            ("provincial",),
            is_vertical=True,
        )
        add(transaction, "2.000005", "Thủ tục của danh mục nhập", None, None, (), is_vertical=None)
        add(transaction, "2.000006", "Cấp giấy phép đã bãi bỏ", "Thuế", "bo-tai-chinh", in_force=False)
        decide(transaction, "2/QĐ-BTC", date(2024, 2, 5), [("new", "2.000004")], "bo-tai-chinh")
        decide(transaction, "3/QĐ-BTC", date(2024, 3, 5), [("abolished", "2.000006")] * 2, "bo-tai-chinh")
    yield installation
    database.close()


@pytest.fixture
def moment(installation: Installation) -> Moment:
    return installation.moment(date(2024, 3, 21))


def found(frame: pl.DataFrame) -> list[str]:
    return frame["procedure_code"].to_list()


def search(installation: Installation, moment: Moment, **wanted: Any) -> list[str]:
    return found(searching.search(installation, moment, ProcedureFilter(**wanted)))


@pytest.mark.parametrize(
    "text", ["khai sinh", "KHAI SINH", "khai  sính", "kh si", "sinh, khai", "hộ tịch khai"]
)
def test_every_folded_word_must_begin_a_word(installation: Installation, moment: Moment, text: str) -> None:
    assert set(search(installation, moment, text=text)) == {"1.000001", "1.000002", "1.000003"}


@pytest.mark.parametrize("text", ["hai sinh", "khai sinh thuế", "'; drop table procedure; --", "%"])
def test_other_texts_find_nothing_or_everything(
    installation: Installation, moment: Moment, text: str
) -> None:
    expected = 5 if text == "%" else 0
    assert len(search(installation, moment, text=text)) == expected


def test_a_code_comes_first_and_the_whole_phrase_before_scattered_words(
    installation: Installation, moment: Moment
) -> None:
    assert search(installation, moment, text="1.000003") == ["1.000003"]
    assert search(installation, moment, text="đăng ký khai sinh") == ["1.000001", "1.000002", "1.000003"]


def test_filters_narrow_and_unknown_is_a_filter_too(installation: Installation, moment: Moment) -> None:
    assert search(installation, moment, agency="bo-tai-chinh") == ["2.000004"]
    assert search(installation, moment, agency="unknown") == ["2.000005"]
    assert search(installation, moment, field="Thuế") == ["2.000004"]
    assert search(installation, moment, field="unknown") == ["2.000005"]
    assert search(installation, moment, level="ministry") == ["1.000002"]
    assert search(installation, moment, level_group="vertical") == ["2.000004"]
    assert search(installation, moment, level_group="local") == ["1.000001", "1.000002"]
    assert search(installation, moment, level_group="unknown") == ["1.000003", "2.000005"]
    assert search(installation, moment, origin="elsewhere") == []


def test_only_procedures_in_force_unless_asked(installation: Installation, moment: Moment) -> None:
    assert search(installation, moment, in_force=False) == ["2.000006"]
    assert len(search(installation, moment, in_force=None)) == 6


def test_pages_carry_the_number_of_all(installation: Installation, moment: Moment) -> None:
    pages = [searching.search(installation, moment, page=page, size=2) for page in (1, 2, 3, 4)]
    assert [page.height for page in pages] == [2, 2, 1, 0]
    assert {total for page in pages for total in page["total"]} == {5}
    assert len({code for page in pages for code in found(page)}) == 5


def test_facets_count_under_every_filter_but_their_own(installation: Installation, moment: Moment) -> None:
    wanted = ProcedureFilter(agency="bo-tu-phap", text="khai sinh")
    counts = {
        (row["facet"], row["value"]): row["procedures"]
        for row in searching.facets(installation, moment, wanted).iter_rows(named=True)
    }
    assert counts[("total", "total")] == 3
    assert counts[("agency", "bo-tu-phap")] == 3
    assert (counts[("level_group", "local")], counts[("level_group", "central")]) == (2, 1)
    assert counts[("level_group", "unknown")] == 1
    everything = searching.facets(installation, moment, ProcedureFilter(agency="bo-tu-phap"))
    assert everything.filter(pl.col("facet") == "agency")["procedures"].to_list() == [3, 1, 1]


def test_facets_agree_with_the_figures(installation: Installation, moment: Moment) -> None:
    levels = figures.levels(installation, moment)
    groups = searching.facets(installation, moment).filter(pl.col("facet") == "level_group")
    assert dict(zip(groups["value"], groups["procedures"], strict=True)) == {"all": levels["total"]} | {
        name: levels[name] for name in ("central", "local", "vertical", "unknown")
    }


def test_one_procedure_whole(installation: Installation, moment: Moment) -> None:
    record = procedures.get(installation, moment, "1.000001")
    assert record.version.agency_name == "Bộ Tư pháp"
    assert record.version.levels == {"communal"}
    assert [name.text for name in record.agencies["implementing"]] == ["UBND cấp xã"]
    assert record.agencies["competent"][0].code == "bo-tu-phap"
    assert "authorised" not in record.agencies
    assert record.legal_bases["document_text"].to_list() == ["Luật Hộ tịch 60/2014/QH13"]
    assert record.decision is not None
    assert (record.decision.number, record.decision.issued_on) == ("1/QĐ-BTP", date(2024, 1, 5))
    assert record.version.details.steps is None


def test_an_imported_list_gives_no_details_and_the_agency_as_written(
    installation: Installation, moment: Moment
) -> None:
    record = procedures.get(installation, moment, "2.000005")
    assert record.version.details.is_empty
    assert record.version.agency_name == "Cơ quan trong danh mục"
    assert record.decision is None


def test_a_code_that_is_not_there_is_not_found(installation: Installation, moment: Moment) -> None:
    for code in ("9.999999", "", "' or 1=1"):
        with pytest.raises(NotFound, match="procedure_not_found"):
            procedures.get(installation, moment, code)
    with pytest.raises(NotFound, match="procedure_not_found"):
        procedures.get(installation, installation.moment(date(2022, 12, 31)), "1.000001")


def test_versions_say_what_changed_and_the_day_decides_which_holds(
    installation: Installation, moment: Moment, clock: Clock
) -> None:
    clock.now = datetime(2024, 2, 20, 3, tzinfo=UTC)
    with installation.database.transaction("test") as transaction:
        add(
            transaction,
            "1.000001",
            "Đăng ký khai sinh tại xã",
            levels=("communal", "provincial"),
            since=LATER,
            is_new=False,
            details={"channels": channels(7), "dossier": papers("Tờ khai")},
        )
    steps = procedures.versions(installation, installation.moment(date(2024, 3, 21)), "1.000001")
    assert [step.version.effective_date for step in steps] == [START, LATER]
    assert steps[0].changes == ()
    assert [type(change) for change in steps[1].changes] == [
        TextChanged,
        LevelsChanged,
        *[Withheld] * 3,  # legal bases and the agencies of two roles
        PaperDropped,
        TimeChanged,
    ]
    before = installation.moment(date(2024, 2, 29))
    assert procedures.get(installation, before, "1.000001").version.name == "Đăng ký khai sinh"
    assert search(installation, before, text="tại xã") == []
    not_known_yet = installation.moment(date(2024, 3, 21), date(2024, 2, 19))
    assert procedures.get(installation, not_known_yet, "1.000001").version.name == "Đăng ký khai sinh"
    assert len(procedures.versions(installation, not_known_yet, "1.000001")) == 1


def test_of_two_versions_of_one_day_the_last_recorded_counts(installation: Installation) -> None:
    with installation.database.transaction("test") as transaction:
        add(transaction, "1.000001", "Đăng ký khai sinh (đính chính)", is_new=False)
    steps = procedures.versions(installation, installation.moment(date(2024, 3, 21)), "1.000001")
    assert [step.version.name for step in steps] == ["Đăng ký khai sinh (đính chính)"]


def test_items_that_name_the_procedure(installation: Installation) -> None:
    with installation.database.transaction("test") as transaction:
        item_id = transaction.new_id()
        item = {
            "item_id": item_id,
            "programme_code": figures.SIMPLIFICATION,
            "assigned_by": 1,
            "subject": "1.000001",
            "procedure_code": "1.000001",
            "title": "Bỏ sổ hộ khẩu",
            "lead_agency": "bo-tu-phap",
        }
        transaction.append("item", [item])
        event = {
            "event_id": transaction.new_id(),
            "item_id": item_id,
            "subject": "assigned",
            "holds": True,
            "effective_date": START,
        }
        transaction.append("item_event", [event])
        enactment.replay(transaction, [item_id])
    moment = installation.moment(date(2024, 3, 21))
    items = procedures.related_items(installation, moment, "1.000001")
    assert items.select("item_id", "title", "agency_name", "in_base").rows() == [
        (item_id, "Bỏ sổ hộ khẩu", "Bộ Tư pháp", True)
    ]
    assert procedures.related_items(installation, moment, "1.000002").is_empty()


def test_decisions_are_those_that_the_figure_counts(installation: Installation, moment: Moment) -> None:
    january = date(2024, 1, 1)
    frame = decisions.find(installation, moment, january)
    assert frame["number"].to_list() == ["3/QĐ-BTC", "1/QĐ-BTP"]
    figure = figures.compute(installation, "publication.decisions", moment, since=january)
    assert frame["total"].to_list() == [2, 2] == [figure.numerator] * 2
    assert frame.select("new", "amended", "abolished").rows() == [(0, 0, 2), (1, 1, 0)]


def test_decisions_by_action_agency_and_day(installation: Installation, moment: Moment) -> None:
    january = date(2024, 1, 1)

    def numbers(since: date = january, **asked: Any) -> list[str]:
        return decisions.find(installation, moment, since, **asked)["number"].to_list()

    assert numbers(action=None) == ["3/QĐ-BTC", "2/QĐ-BTC", "1/QĐ-BTP"]
    assert numbers(action="new") == ["2/QĐ-BTC", "1/QĐ-BTP"]
    assert numbers(agency="bo-tai-chinh") == ["3/QĐ-BTC"]
    assert numbers(since=LATER) == ["3/QĐ-BTC"]
    issuers = decisions.issuers(installation, moment, january, action=None)
    assert issuers.select("value", "decisions").rows() == [("bo-tai-chinh", 2), ("bo-tu-phap", 1)]
    assert decisions.issuers(installation, moment, january).height == 2


def test_a_decision_opens_to_its_lines(installation: Installation, moment: Moment) -> None:
    document_id = decisions.find(installation, moment, LATER)["document_id"][0]
    lines = decisions.lines(installation, moment, document_id)
    assert lines.select("line", "action", "name", "in_force").rows() == [
        (1, "abolished", "Cấp giấy phép đã bãi bỏ", False),
        (2, "abolished", "Cấp giấy phép đã bãi bỏ", False),
    ]
    assert decisions.get(installation, moment, document_id).decision["number"] == "3/QĐ-BTC"
    with pytest.raises(NotFound, match="document_not_found"):
        decisions.get(installation, moment, 404)
