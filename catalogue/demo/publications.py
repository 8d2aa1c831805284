"""Publication decisions of the ministries: what created, changed and abolished each procedure of the catalogue."""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from catalogue.demo.commitments import Commitments, Document, Item
from catalogue.demo.content import Content
from catalogue.demo.cuts import ABOLITION, ordinary_change
from catalogue.demo.names import lower_first
from catalogue.demo.office import some_working_day, working_days
from catalogue.demo.procedures import Procedure
from catalogue.reference import Reference

LAST_ISSUE = date(2024, 3, 20)
WINDOW_START = date(2024, 1, 2)
_OLD = (date(2018, 1, 8), date(2021, 12, 14))
_RECENT = (date(2022, 1, 10), date(2023, 12, 28))
_WINDOW = (WINDOW_START, LAST_ISSUE)
_LAST_PUBLISHED = date(2024, 2, 29)  # no stage of an item takes effect between March and the working date
_PROCEDURES_A_DECISION = 16
_NEW_RECENT, _NEW_IN_WINDOW = 610, 60
_AMENDED_OLD, _AMENDED_RECENT, _DECISIONS_IN_WINDOW = 480, 430, 190
_ABOLISHED_RECENT, _ABOLISHED_IN_WINDOW = 50, 25
_UNREPORTED = ("bo-y-te", "bo-tu-phap", "bo-cong-an", "bo-lao-dong-thuong-binh-va-xa-hoi")


@dataclass(eq=False, repr=False)
class Line:
    """One line of a decision's annex; `content` where an item promised what it says, else it follows from the last."""

    action: str
    procedure: Procedure
    content: Content | None = None
    basis: Document | None = None  # the instrument that made the change


@dataclass(eq=False, repr=False)
class Supersession:
    """Part of an earlier decision that a later one abolishes."""

    decision: "Decision"
    note: str


@dataclass(eq=False, repr=False)
class Decision(Document):
    """A publication decision of a ministry or a province; `source`: what a province's annex was copied from."""

    lines: list[Line] = field(default_factory=list)
    source: "Decision | None" = None
    mirrors: "Decision | None" = None  # the source, where the decision names it
    bases: list[Document] = field(default_factory=list)
    supersedes: Supersession | None = None
    signer: str | None = None
    days: dict[str, date] = field(default_factory=dict)  # when it was entered and posted


class _Register:
    """The decisions of the ministries while they are planned."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.decisions: list[Decision] = []
        self.first_on: dict[Procedure, date] = {}
        self.last_on: dict[Procedure, date] = {}

    def decide(self, agency: str, day: date) -> Decision:
        decision = Decision("decision", "", agency, issued_on=day, in_force_on=day)
        self.decisions.append(decision)
        return decision

    def add(
        self,
        decision: Decision,
        action: str,
        procedure: Procedure,
        content: Content | None = None,
        basis: Document | None = None,
    ) -> None:
        decision.lines.append(Line(action, procedure, content, basis))
        self.first_on.setdefault(procedure, day_of(decision))
        self.last_on[procedure] = day_of(decision)


def plan(
    reference: Reference, procedures: list[Procedure], programmes: Sequence[Commitments], rng: random.Random
) -> list[Decision]:
    """Every decision of a ministry up to 2024-03-20, oldest first, with its lines."""
    register = _Register(rng)
    _publish_old(register, procedures)
    for commitments in programmes:
        _publish_items(register, commitments)
    _publish_unreported(register, [item for commitments in programmes for item in commitments.items])
    free = [one for one in procedures if not one.taken and one.fate == "kept"]
    _amend(register, free, _RECENT, _AMENDED_RECENT, None)
    _amend(register, free, _WINDOW, None, _DECISIONS_IN_WINDOW)
    gone = [one for one in procedures if one.fate == "abolished"]
    rng.shuffle(gone)
    in_window = gone[:_ABOLISHED_IN_WINDOW]
    recent = gone[_ABOLISHED_IN_WINDOW : _ABOLISHED_IN_WINDOW + _ABOLISHED_RECENT]
    _abolish(register, in_window, _WINDOW)
    _abolish(register, recent, _RECENT)
    _abolish(register, gone[_ABOLISHED_IN_WINDOW + _ABOLISHED_RECENT :], (date(2020, 2, 1), _OLD[1]))
    decisions = sorted(register.decisions, key=lambda one: (day_of(one), one.issuer))
    for decision in decisions:
        decision.title = title(reference.agency(decision.issuer).name_on(day_of(decision)), decision)
    return decisions


def day_of(decision: Document) -> date:
    """The day on which a decision that exists was issued."""
    assert decision.issued_on is not None
    return decision.issued_on


def title(scope: str, decision: Decision) -> str:
    """What the decision publishes, of which fields, for whom."""
    kinds = {line.action for line in decision.lines}
    words = [text for action, text in _ACTIONS.items() if action in kinds]
    fields = sorted({line.procedure.field.name for line in decision.lines})
    named = ", ".join(map(lower_first, fields[:2])) + (" và một số lĩnh vực khác" if len(fields) > 2 else "")
    return f"Quyết định về việc công bố thủ tục hành chính {', '.join(words)} trong lĩnh vực {named} thuộc phạm vi chức năng quản lý của {scope}"


_ACTIONS = {
    "new": "mới ban hành",
    "amended": "được sửa đổi, bổ sung",
    "replaced": "được thay thế",
    "abolished": "bị bãi bỏ",
}


def _publish_old(register: _Register, procedures: list[Procedure]) -> None:
    """Every procedure is first published between 2018 and 2021, except the new ones of 2022 to 2024."""
    rng = register.rng
    by_agency: dict[str, list[Procedure]] = defaultdict(list)
    for one in procedures:
        by_agency[one.agency].append(one)
    new = rng.sample(
        [one for one in procedures if not one.taken and one.fate == "kept"], _NEW_RECENT + _NEW_IN_WINDOW
    )
    later = set(new)
    days = working_days(*_OLD)
    for agency, own in by_agency.items():
        count = max(3, len(own) // _PROCEDURES_A_DECISION)
        decisions = [register.decide(agency, day) for day in sorted(rng.sample(days, count))]
        early = decisions[: max(1, count // 2)]
        old = [one for one in own if one not in later]
        for one in old:
            register.add(rng.choice(decisions if one.fate == "kept" else early), "new", one)
        free = [one for one in old if not one.taken and one.fate == "kept"]
        for one in rng.sample(free, _AMENDED_OLD * len(own) // len(procedures)):
            after = [decision for decision in decisions if day_of(decision) > register.first_on[one]]
            if after:
                register.add(rng.choice(after), "amended", one)
    register.decisions = [decision for decision in register.decisions if decision.lines]
    for chosen, period in ((new[:_NEW_RECENT], _RECENT), (new[_NEW_RECENT:], _WINDOW)):
        for members in _clusters(chosen, (1, 2, 3, 4, 6), rng):
            decision = register.decide(members[0].agency, some_working_day(*period, rng))
            for one in members:
                register.add(decision, "new", one)


def _publish_items(register: _Register, commitments: Commitments) -> None:
    """Most enacted items are named by a decision some weeks after their instrument came into force."""
    rng = register.rng
    for instrument in commitments.instruments:
        day = instrument.in_force_on
        if day is None:
            continue
        items = [
            item
            for item in instrument.items
            if item.instruments[0] is instrument and _will_be_published(item, rng)
        ]
        last = min(day + timedelta(days=45), _LAST_PUBLISHED)
        if not items or last < day + timedelta(days=5):
            continue
        decision = register.decide(items[0].lead, some_working_day(day + timedelta(days=1), last, rng))
        for item in items:
            item.publication = decision
            if item.procedure.fate == "abolition_promised":
                register.add(decision, "abolished", item.procedure, basis=instrument)
                continue
            differs = commitments.programme.startswith("don-gian") and rng.random() < 0.08
            shown = ordinary_change(item.procedure.content, rng) if differs else item.after
            register.add(decision, "amended", item.procedure, shown, instrument)


def _publish_unreported(register: _Register, items: list[Item]) -> None:
    """A few enacted items are named by a recent decision that their agency has not had confirmed yet."""
    waiting = [item for item in items if item.enacted_on and item.enacted_on <= _LAST_PUBLISHED]
    waiting = [
        item
        for item in waiting
        if item.publication is None and item.cuts != [ABOLITION] and not item.to_level
    ]
    for agency in _UNREPORTED:
        item = next(item for item in waiting if item.lead == agency)
        decision = register.decide(
            agency, some_working_day(date(2024, 2, 20), date(2024, 3, 8), register.rng)
        )
        item.unreported = decision
        register.add(decision, "amended", item.procedure, item.after, item.instruments[0])


def _will_be_published(item: Item, rng: random.Random) -> bool:
    if item.procedure.fate == "abolition_promised" or item.procedure.levels_before:
        return True
    return item.to_level is None and item.cuts != [ABOLITION] and rng.random() < 0.6


def _amend(
    register: _Register,
    free: list[Procedure],
    period: tuple[date, date],
    lines: int | None,
    decisions: int | None,
) -> None:
    rng = register.rng
    known = [one for one in free if register.last_on[one] < period[0]]
    made = done = 0
    for members in _clusters(rng.sample(known, len(known) // 2), (1, 1, 2, 2, 3, 4), rng):
        if (lines is not None and made >= lines) or (decisions is not None and done >= decisions):
            break
        decision = register.decide(members[0].agency, some_working_day(*period, rng))
        for one in members:
            register.add(decision, "replaced" if rng.random() < 0.12 else "amended", one)
        made, done = made + len(members), done + 1


def _abolish(register: _Register, gone: Sequence[Procedure], period: tuple[date, date]) -> None:
    """By a decision of the agency in that period, where there is one later than the last version."""
    for one in gone:
        existing = [
            decision
            for decision in register.decisions
            if decision.issuer == one.agency
            and max(period[0], register.last_on[one] + timedelta(days=1)) <= day_of(decision) <= period[1]
            and decision.lines[0].action != "new"
        ]
        if existing and register.rng.random() < 0.7:
            decision = register.rng.choice(existing)
        else:
            decision = register.decide(one.agency, some_working_day(*period, register.rng))
        register.add(decision, "abolished", one)


def _clusters(chosen: list[Procedure], sizes: Sequence[int], rng: random.Random) -> list[list[Procedure]]:
    """Procedures of one field together, a few at a time, in random order."""
    by_field: dict[str, list[Procedure]] = defaultdict(list)
    for one in chosen:
        by_field[one.field.code].append(one)
    clusters: list[list[Procedure]] = []
    for code in sorted(by_field):
        left = by_field[code]
        while left:
            size = rng.choice(sizes)
            clusters.append(left[:size])
            left = left[size:]
    rng.shuffle(clusters)
    return clusters
