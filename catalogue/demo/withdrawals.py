"""Items that left the simplification programme again: assigned with the others, withdrawn by a decision of May 2023.

They stand outside the 1,086 that the published figures count, on both of their days.
"""

import random
from dataclasses import dataclass
from datetime import date

from catalogue.demo.commitments import Commitments, Document, Item
from catalogue.demo.cuts import choose
from catalogue.demo.deadlines import SIMPLIFICATION
from catalogue.demo.documents import Registry
from catalogue.demo.ledger import Ledger
from catalogue.demo.office import Office
from catalogue.demo.procedures import Procedure
from catalogue.demo.programme_records import item_event, item_facts

_ITEMS = {"bo-giao-thong-van-tai": 3, "bo-nong-nghiep-va-phat-trien-nong-thon": 3, "bo-xay-dung": 2}
_SIGNED_ON, _RECORDED_ON = date(2023, 5, 15), date(2023, 5, 18)
_REASONS = {
    "bo-giao-thong-van-tai": "Thủ tục chuyển sang dịch vụ công theo hợp đồng, không còn là thủ tục hành chính",
    "bo-nong-nghiep-va-phat-trien-nong-thon": "Trùng với phương án đã giao tại Nghị quyết khác",
    "bo-xay-dung": "Luật đang sửa đổi bỏ hẳn thủ tục, không còn nội dung để đơn giản hóa",
}


@dataclass(frozen=True)
class Withdrawals:
    """The decision and the items that it takes out."""

    decision: Document
    items: list[Item]


def plan(commitments: Commitments, procedures: list[Procedure], rng: random.Random) -> Withdrawals:
    """Procedures that no programme tracks, under the resolution of their agency."""
    decision = Document(
        type="decision",
        title="Quyết định điều chỉnh danh mục phương án đơn giản hóa thủ tục hành chính, giấy tờ công dân",
        issuer="thu-tuong-chinh-phu",
        issued_on=_SIGNED_ON,
        in_force_on=_SIGNED_ON,
    )
    items: list[Item] = []
    for agency, count in _ITEMS.items():
        resolution = next(item.assigned_by for item in commitments.items if item.lead == agency)
        free = [one for one in procedures if one.agency == agency and one.fate == "kept" and not one.taken]
        for procedure in sorted(rng.sample(free, count), key=lambda one: one.code):
            procedure.taken = True
            cuts, after = choose(procedure.content, 1, rng)
            item = Item(commitments.programme, resolution, procedure, cuts, after)
            item.deadline = item.current_deadline = rng.choice(SIMPLIFICATION.others)
            items.append(item)
    return Withdrawals(decision, items)


def record(
    withdrawals: Withdrawals,
    commitments: Commitments,
    stages: tuple[str, ...],
    ledger: Ledger,
    office: Office,
    registry: Registry,
    reviewer: int,
    *,
    first_item: int,
) -> None:
    """The items as they were loaded with their programme, and the day on which they left it."""
    loaded = ledger.at(office.moment(commitments.loaded_on), "programme.load")
    left = ledger.at(office.moment(_RECORDED_ON), "item.withdraw", reviewer)
    registry.record(left, withdrawals.decision)
    for item_id, item in enumerate(withdrawals.items, start=first_item):
        item.item_id = item_id
        for table, row in item_facts(item, stages, []):
            loaded.add(table, row | {"item_id": item_id})
        fact = item_event(
            "assigned", _SIGNED_ON, withdrawals.decision.document_id, reason=_REASONS[item.lead]
        )
        left.add("item_event", fact | {"item_id": item_id, "holds": False})
