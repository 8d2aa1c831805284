"""A real installation just before the reorganisation of 2025: what was given to agencies that are no more afterwards."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from catalogue.model.actor import Actor, Role
from catalogue.services import commitments, documents, figures, items
from catalogue.services.commitments import NewItem
from catalogue.services.documents import Basis
from catalogue.services.installation import Installation

GIVEN = date(2024, 5, 2)
FEBRUARY, EVE, FIRST, MARCH, JULY = (
    date(2025, 2, 10), date(2025, 2, 28), date(2025, 3, 1), date(2025, 3, 10), date(2025, 7, 1),
)  # fmt: skip
GTVT, BXD, BCA, BYT = "bo-giao-thong-van-tai", "bo-xay-dung", "bo-cong-an", "bo-y-te"
QUANG_BINH, QUANG_TRI = "ubnd-quang-binh", "ubnd-quang-tri"
LICENCES = "Sát hạch, cấp giấy phép lái xe"
GROUP = "cac-bo-nganh"
PDF = ("van-ban.pdf", b"%PDF-1.4 ban ky")
ANSWERS = {
    "expected_on": date(2025, 9, 30),
    "decision": "Vẫn cắt",
    "reason": "Chờ luật",
    "stuck_at": "Thẩm định",
}


@dataclass(frozen=True)
class Given:
    """Items and documents by what they are about, people by their agency."""

    items: dict[str, int]
    documents: dict[str, int]
    people: dict[str, Actor]

    def lock(self, installation: Installation, name: str) -> int:
        """At which revision an item is read."""
        item_id = self.items[name]
        return int(items.standings(installation, [item_id])[item_id]["revision"])


def at(installation: Installation, day: date) -> None:
    """Noon of a day in Hà Nội."""
    installation.database.clock.now = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)  # type: ignore[attr-defined]


def given(installation: Installation) -> Given:
    """Items of two ministries' worth of fields and of a province, with their circulars, and a group's standing task."""
    at(installation, FEBRUARY)
    with installation.database.transaction("plan.load") as transaction:
        resolution = Basis("resolution", "66/NQ-CP", GIVEN, "Nghị quyết cắt giảm", "chinh-phu")
        assigned_by = documents.cite(transaction, resolution)
        papers = {
            name: documents.plan(
                transaction, document_type="circular" if lead == GTVT else "decision", title=f"Văn bản về {name}",
                drafting_agency=lead, planned_issue_on=None, effective_date=GIVEN,
            )
            for name, lead in (("road", GTVT), ("licence", GTVT), ("province", QUANG_BINH))
        }  # fmt: skip
        due = date(2025, 12, 31)
        plan = [
            NewItem("road", "Cấp phép thi công đường bộ", GTVT, field_name="Đường bộ", documents=(papers["road"],), deadline=due),
            NewItem("licence", "Cấp giấy phép lái xe", GTVT, field_name=LICENCES, documents=(papers["licence"],), deadline=due),
            NewItem("province", "Cấp phép bến khách", QUANG_BINH, documents=(papers["province"],), deadline=due),
        ]  # fmt: skip
        ids = commitments.assign(
            transaction, installation.reference, figures.SIMPLIFICATION, assigned_by, GIVEN, plan
        )
        task = NewItem("task", "Rà soát thường xuyên", GROUP, task="Rà soát thường xuyên", is_standing=True)
        ids += commitments.assign(
            transaction, installation.reference, figures.DIRECTIVES, assigned_by, GIVEN, [task]
        )
        people = {}
        for place, code in enumerate((GTVT, BXD, BCA, BYT, QUANG_BINH, QUANG_TRI, "vpcp"), start=1):
            role = Role.REVIEWER if code == "vpcp" else Role.MINISTRY_EDITOR
            agency = None if code == "vpcp" else code
            people[code] = Actor(1000 + place, f"ng{place}", f"Người thứ {place}", role, agency)
        transaction.insert("actor", [_row(one, transaction.recorded_at) for one in people.values()])
    names = ("road", "licence", "province", "task")
    return Given(dict(zip(names, ids, strict=True)), papers, people)


def _row(person: Actor, now: datetime) -> dict[str, Any]:
    return {
        "actor_id": person.actor_id, "account": person.account, "full_name": person.full_name, "role": person.role.value,
        "agency_code": person.agency_code, "password_hash": "", "is_active": True, "is_demo": True, "created_at": now,
        "email": None,
    }  # fmt: skip
