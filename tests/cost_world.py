"""A small real installation of one ministry with procedures, items and what changed in them, for tests of their cost."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from catalogue.model.actor import Actor, Role
from catalogue.model.cost import Activity
from catalogue.model.cost_sheet import Collected, Draft, DraftLine, Kind, Method
from catalogue.services import (
    commitments,
    cost_recording,
    cost_sheets,
    documents,
    enactment,
    figures,
    versions,
)
from catalogue.services.commitments import NewItem
from catalogue.services.cost_recording import Given
from catalogue.services.documents import Basis
from catalogue.services.installation import Installation
from catalogue.services.versions import NextVersion

AGENCY = "bo-y-te"
OFFICE = Actor(1, "vpcp", "Trần Quốc Bảo", Role.REVIEWER)
EDITOR = Actor(2, "byt", "Đinh Tiến Dũng", Role.MINISTRY_EDITOR, AGENCY)
OTHER = Actor(3, "btp", "Lê Thu Hà", Role.MINISTRY_EDITOR, "bo-tu-phap")
BEGAN, ASSIGNED, DONE, AGAIN = date(2023, 1, 1), date(2023, 2, 1), date(2024, 1, 10), date(2024, 2, 1)
FORM, COPY, FEE = "Đơn đề nghị", "Bản sao giấy khai sinh", 135_000
# Codes by what becomes of the procedure after its item is done.
FEWER, DEARER, UNTOLD, ABOLISHED, UNSHOWN, UNDONE, TWICE = (f"1.90000{place}" for place in range(1, 8))
GOLDEN = ("1.900011", "1.900012", "1.900013")


def content(**changes: Any) -> dict[str, Any]:
    """What a record says: two papers, one fee, a way of filing."""
    papers = [{"name": FORM}, {"name": COPY}]
    channel = {"way": "Trực tiếp", "time_value": "5", "time_unit": "ngày", "fees": [{"amount_vnd": FEE}]}
    own = {
        "name": "Cấp giấy chứng nhận",
        "field_name": "Dược phẩm",
        "issuing_agency_text": "Bộ Y tế",
        "levels": ["ministry"],
        "dossier": [{"case": None, "papers": papers}],
        "channels": [channel],
        "steps": ["Nộp hồ sơ", "Nhận kết quả"],
    }
    return own | changes


def write(
    installation: Installation, day: date, contents: Mapping[str, Any], *, in_force: bool = True
) -> None:
    """A version of each procedure that holds from a day on."""
    with installation.database.transaction("test.versions") as transaction:
        versions.write(
            transaction,
            installation.reference,
            [NextVersion(code, day, said, "test", in_force=in_force) for code, said in contents.items()],
        )


def fill(installation: Installation) -> dict[str, int]:
    """Procedures, one item each (two of TWICE), all but UNDONE done on DONE, and the records of AGAIN; item ids by code."""
    codes = (FEWER, DEARER, UNTOLD, ABOLISHED, UNSHOWN, UNDONE, TWICE, *GOLDEN)
    write(installation, BEGAN, dict.fromkeys(codes, content()))
    with installation.database.transaction("plan.load") as transaction:
        own, late = (
            documents.plan(
                transaction, document_type="decree", title=title, drafting_agency=AGENCY, planned_issue_on=None,
                effective_date=ASSIGNED,
            )
            for title in ("Nghị định một", "Nghị định hai")
        )  # fmt: skip
        for number, some in (("66/NQ-CP", codes), ("67/NQ-CP", (TWICE,))):
            basis = Basis("resolution", number, ASSIGNED, "Nghị quyết cắt giảm", "chinh-phu")
            commitments.assign(
                transaction,
                installation.reference,
                figures.SIMPLIFICATION,
                documents.cite(transaction, basis),
                ASSIGNED,
                [_item(code, late if code == UNDONE else own) for code in some],
                reason="Bổ sung theo nghị quyết",
            )
    with installation.database.transaction("issue") as transaction:
        documents.issue(
            transaction, own, number="1/2024/NĐ-CP", issued_on=DONE, in_force_on=DONE, agency_code=AGENCY, claim_id=None
        )  # fmt: skip
        enactment.settle_documents(transaction, [own])
    fewer = content(dossier=[{"case": None, "papers": [{"name": FORM}]}], channels=_charging(0))
    again = dict.fromkeys((FEWER, TWICE), fewer) | {
        DEARER: content(channels=_charging(200_000)),
        UNTOLD: content(steps=["Nộp hồ sơ trực tuyến"]),
    }
    write(installation, AGAIN, again | dict.fromkeys(GOLDEN, content(steps=["Nộp hồ sơ trực tuyến"])))
    write(installation, AGAIN, {ABOLISHED: content()}, in_force=False)
    frame = installation.database.read(
        "costs/items", programme=None, item=None, as_of=AGAIN, revision=installation.database.revision,
        organised_on=AGAIN,
    )  # fmt: skip
    return {
        code: item
        for item, code in frame.sort("item_id", descending=True)
        .select("item_id", "procedure_code")
        .iter_rows()
    }


def version_id(installation: Installation, code: str, day: date) -> int:
    """The version of a procedure on a day."""
    moment = installation.moment()
    found = versions.standing(installation.database, day, moment.revision, [code])
    return found[code].version_id


def figure(
    value: int, source: str = "Khảo sát 30 doanh nghiệp", method: Method | None = Method.SURVEY
) -> Collected:
    return Collected(value, source, method)


def figures_of(kind: Kind, *values: int) -> dict[Kind, tuple[Collected, ...]]:
    return {kind: tuple(figure(value) for value in values)}


def counts(people: int = 1_000) -> dict[Kind, tuple[Collected, ...]]:
    return figures_of(Kind.TIMES, 1) | figures_of(Kind.PEOPLE, people)


def draft(
    installation: Installation,
    code: str,
    day: date = BEGAN,
    *,
    people: int = 1_000,
    minutes: Sequence[int] = (60, 90, 240),
) -> Draft:
    """A sheet of what a version asks for: so many minutes for each piece of work, the fee by law."""
    base = cost_sheets.begun(cost_sheets.version_of(installation, version_id(installation, code, day)))
    lines = [
        line if line.figures else replace(line, figures=figures_of(Kind.MINUTES, *minutes))
        for line in base.lines
    ]
    return replace(base, lines=tuple(lines), whole=counts(people))


def of_fee(installation: Installation, code: str, day: date, fee: int, *, people: int = 1_000) -> Draft:
    """A sheet with a fee alone, which makes a year cost `fee * people`."""
    line = DraftLine(Activity.PAY, "Phí, lệ phí", figures_of(Kind.FEES, fee), 1)
    return Draft(code, version_id(installation, code, day), (line,), counts(people))


def save(installation: Installation, *drafts: Draft, year: int = 2022, by: Actor = OFFICE) -> list[int]:
    """Write sheets that are the first of their versions."""
    return cost_recording.save(installation, by, [Given(one, year) for one in drafts])


def _item(code: str, paper: int) -> NewItem:
    return NewItem(
        code, f"Thủ tục {code}", AGENCY, procedure_code=code, documents=(paper,), deadline=date(2024, 12, 31)
    )


def _charging(fee: int) -> list[dict[str, Any]]:
    return [{"way": "Trực tiếp", "time_value": "5", "time_unit": "ngày", "fees": [{"amount_vnd": fee}]}]
