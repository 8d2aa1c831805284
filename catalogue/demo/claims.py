"""Claims of the past: what ministries reported, what was returned, what a confirmation made of it."""

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from catalogue.demo.commitments import Commitments, Document, Item
from catalogue.demo.documents import Fact, Registry, issue_facts
from catalogue.demo.evidence import SAMPLES
from catalogue.demo.ledger import Ledger
from catalogue.demo.office import Office
from catalogue.demo.people import People
from catalogue.demo.programme_records import item_event
from catalogue.store.history import PastRevision
from catalogue.working_days import add_working_days

LAST_DAY = date(2024, 3, 20)
_WITH_CLAIM = ("item_event", "document_event")
_STATES = {
    "draft": "draft",
    "edit": "draft",
    "submit": "submitted",
    "return": "returned",
    "confirm": "confirmed",
}
RETURN_COMMENTS = (
    "Bản scan kèm theo thiếu trang cuối có chữ ký, con dấu. Đề nghị bổ sung bản đầy đủ.",
    "Ngày có hiệu lực ghi trong báo cáo khác với điều khoản thi hành của văn bản. Đề nghị rà soát lại.",
    "Văn bản chưa thể hiện nội dung cắt giảm theo phương án. Đề nghị nêu rõ điều, khoản tương ứng.",
    "Số, ký hiệu văn bản chưa đúng thể thức. Đề nghị kiểm tra và gửi lại.",
)
_REASONS = (
    "Chờ ban hành luật sửa đổi, bổ sung làm căn cứ ban hành văn bản hướng dẫn",
    "Cần thêm thời gian lấy ý kiến bộ, ngành và địa phương",
    "Phụ thuộc kết nối, chia sẻ dữ liệu với Cơ sở dữ liệu quốc gia về dân cư",
    "Ghép chung vào nghị định sửa nhiều nghị định để bảo đảm thống nhất",
)


@dataclass(eq=False, repr=False)
class Step:
    """What somebody did to a claim."""

    at: datetime
    command: str
    action: str
    actor_id: int
    content: Mapping[str, Any]
    comment: str | None = None


@dataclass(eq=False, repr=False)
class Claim:
    """One claim; `effects` become facts in the revision that confirms it."""

    kind: str
    item: Item
    document: Document | None
    content: Mapping[str, Any]
    steps: list[Step] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    effects: list[Fact] = field(default_factory=list)
    claim_id: int = 0

    @property
    def state(self) -> str:
        """Where the last step leaves it."""
        return _STATES[self.steps[-1].action]


class Desk:
    """Writes claims the way editors and reviewers do, at hours of their own."""

    def __init__(self, office: Office, people: People, rng: random.Random) -> None:
        self._office, self._people, self._rng = office, people, rng
        self.claims: list[Claim] = []

    def open(self, kind: str, item: Item, document: Document | None, content: Mapping[str, Any]) -> Claim:
        """A new claim without any step."""
        claim = Claim(kind, item, document, content)
        self.claims.append(claim)
        return claim

    def step(
        self,
        claim: Claim,
        day: date,
        *actions: str,
        comment: str | None = None,
        content: Mapping[str, Any] | None = None,
    ) -> None:
        """What one person does to a claim in one go on a day."""
        decides = actions[0] in ("return", "confirm")
        actor = (
            self._rng.choice(self._people.reviewers) if decides else self._people.editor_of[claim.item.lead]
        )
        at = self._office.moment(day)
        for action in actions:
            claim.steps.append(
                Step(at, f"claim.{actions[0]}", action, actor, content or claim.content, comment)
            )

    def confirmed(
        self, claim: Claim, first_day: date, confirmed_on: date, number: str, files: Sequence[str] = ()
    ) -> None:
        """Drafted, submitted and confirmed between two days; one in eight is returned once where there is time."""
        claim.files = [f"{number.replace('/', '-')}.pdf", *files]
        rng = self._rng

        def back(day: date, most: int) -> date:
            return max(first_day, add_working_days(day, -rng.randint(1, most)))

        submitted = back(confirmed_on, 6)
        if add_working_days(first_day, 9) < confirmed_on and rng.random() < 0.13:
            again = add_working_days(confirmed_on, -2)
            returned = add_working_days(again, -rng.randint(1, 3))
            submitted = back(returned, 3)
            draft = {**claim.content, "note": None} if "note" in claim.content else claim.content
            self.step(claim, submitted, "draft", "submit", content=draft)
            self.step(claim, returned, "return", comment=rng.choice(RETURN_COMMENTS), content=draft)
            self.step(claim, again, "edit", "submit")
        elif rng.random() < 0.6:
            self.step(claim, submitted, "draft", "submit")
        else:
            self.step(claim, back(submitted, 3), "draft")
            self.step(claim, submitted, "submit")
        self.step(claim, confirmed_on, "confirm")


def report(desk: Desk, commitments: Commitments, registry: Registry, rng: random.Random) -> None:
    """The confirmed claims of a programme: instruments issued, decisions published, deadlines moved."""
    for instrument in commitments.instruments:
        if instrument.confirmed_on is None or instrument.issued_on is None:
            continue
        claim = desk.open("enacted", instrument.items[0], instrument, issue_content(instrument))
        desk.confirmed(
            claim, add_working_days(instrument.issued_on, 1), instrument.confirmed_on, instrument.number
        )
        claim.effects += issue_facts(instrument)
        for item in instrument.items:
            if item.instruments[0] is instrument and item.enacted_on:
                row = item_event("enacted", item.enacted_on, instrument.document_id)
                claim.effects.append(("item_event", row | {"item_id": item.item_id}))
    for decision, items in _published(commitments.items).items():
        assert decision.issued_on is not None
        content = {"number": decision.number, "issued_on": decision.issued_on, "note": None}
        claim = desk.open("published", items[0], None, content)
        first_day = max(add_working_days(decision.issued_on, 6), *_days_after_enactment(items))
        desk.confirmed(
            claim, first_day, min(add_working_days(first_day, rng.randint(2, 15)), LAST_DAY), decision.number
        )
        for item in items:
            row = item_event("published", decision.issued_on, decision.document_id)
            claim.effects.append(("item_event", row | {"item_id": item.item_id}))
    for extension in commitments.extensions:
        letter, reason = extension.letter, rng.choice(_REASONS)
        assert letter.issued_on is not None
        new = {"new_deadline": extension.new_deadline, "number": letter.number, "issued_on": letter.issued_on}
        claim = desk.open("extension", extension.items[0], None, new | {"reason": reason})
        desk.confirmed(claim, letter.issued_on, extension.confirmed_on, letter.number)
        claim.effects += [registry.introduced(letter), *issue_facts(letter)]
        for item in extension.items:
            row = item_event(
                "deadline",
                letter.issued_on,
                letter.document_id,
                deadline=extension.new_deadline,
                reason=reason,
            )
            claim.effects.append(("item_event", row | {"item_id": item.item_id}))


def issue_content(document: Document) -> dict[str, Any]:
    """What a claim says of an issued document."""
    return {
        "number": document.number,
        "issued_on": document.issued_on,
        "in_force_on": document.in_force_on,
        "note": "Đã đăng Công báo" if document.type in ("law", "decree") else None,
    }


def _published(items: Iterable[Item]) -> dict[Document, list[Item]]:
    groups: dict[Document, list[Item]] = {}
    for item in items:
        if item.publication:
            groups.setdefault(item.publication, []).append(item)
    return groups


def _days_after_enactment(items: list[Item]) -> list[date]:
    """A publication is claimed once the enactment is confirmed."""
    days = [one.confirmed_on for item in items for one in item.instruments if one.confirmed_on]
    return [add_working_days(max(days), 1)]


def write(claims: list[Claim], ledger: Ledger) -> None:
    """Every step as a fact; ids in the order in which the claims were begun."""
    files = 0
    for claim_id, claim in enumerate(sorted(claims, key=lambda one: one.steps[0].at), start=1):
        claim.claim_id = claim_id
        for step in claim.steps:
            row = {
                "claim_id": claim_id,
                "action": step.action,
                "content": _stored(step.content),
                "comment": step.comment,
                "actor_id": step.actor_id,
            }
            ledger.at(step.at, step.command, step.actor_id).add("claim_event", row)
        first, last = claim.steps[0], claim.steps[-1]
        for file_name, sample in zip(claim.files, SAMPLES[claim.kind], strict=False):
            files += 1
            evidence = {
                "evidence_id": files,
                "claim_id": claim_id,
                "file_name": file_name,
                "media_type": "application/pdf",
                "size_bytes": len(sample.content),
                "sha256": sample.sha256,
                "actor_id": first.actor_id,
            }
            ledger.at(first.at, first.command, first.actor_id).add("evidence", evidence)
        for table, effect in claim.effects:
            fact = effect | {"claim_id": claim_id} if table in _WITH_CLAIM else effect
            ledger.at(last.at, last.command, last.actor_id).add(table, fact)


def projection(claims: list[Claim], past: list[PastRevision]) -> list[dict[str, Any]]:
    """Rows of the table `claim`; `revision` counts from the first past revision."""
    touched: dict[int, int] = {}
    for number, revision in enumerate(past, start=1):
        for event in revision.facts.get("claim_event", ()):
            touched[event["claim_id"]] = number
    rows = []
    for claim in sorted(claims, key=lambda one: one.claim_id):
        last = claim.steps[-1]
        decides = last.action in ("return", "confirm")
        submitted = [step.at for step in claim.steps if step.action == "submit"]
        rows.append(
            {
                "claim_id": claim.claim_id,
                "kind": claim.kind,
                "item_id": claim.item.item_id,
                "document_id": claim.document.document_id if claim.document else None,
                "agency_code": claim.item.lead,
                "state": claim.state,
                "content": _stored(last.content),
                "author_id": claim.steps[0].actor_id,
                "submitted_at": submitted[-1] if submitted else None,
                "decided_at": last.at if decides else None,
                "decided_by": last.actor_id if decides else None,
                "comment": last.comment,
                "revision": touched[claim.claim_id],
            }
        )
    return rows


def _stored(content: Mapping[str, Any]) -> str:
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=date.isoformat
    )
