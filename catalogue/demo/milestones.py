"""What decisions of 2023 and 2024 say beside their annexes, and when they were entered and posted: mostly in time."""

import random
from collections.abc import Iterable
from datetime import date, timedelta

from catalogue.demo.commitments import Document
from catalogue.demo.office import working_day
from catalogue.demo.procedures import Procedure
from catalogue.demo.publications import Decision, Supersession, day_of
from catalogue.reference import Reference
from catalogue.working_days import add_working_days

_SINCE = date(2023, 1, 1)
_WORKING_DATE = date(2024, 3, 21)
_DAYS_TO_ENTER = (1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 7, 11)
_AHEAD = ((20, 34), (20, 34), (35, 75), (35, 75), (-15, 19))  # working days from the signature to the effect
_LEAD = 45  # days from the signature of a circular to its coming into force, at least
_SIGNERS = {
    "ministry": ("deputy_of_ministry", "deputy_of_ministry", "head_of_ministry"),
    "ministry_level": ("deputy_of_ministry", "head_of_ministry"),
    "province": ("deputy_of_province", "chair_of_province"),
    "other": ("head_of_assigned_unit",),
}


def plan(
    reference: Reference, national: list[Decision], provincial: list[Decision], rng: random.Random
) -> list[Document]:
    """Fill the decisions in, the ministries' first; returns the legal documents that come in with them."""
    made: list[Document] = []
    earlier: dict[Procedure, Decision] = {}
    for decision in national:
        if day_of(decision) >= _SINCE:
            made += _rest_on_documents(reference, decision, rng)
            _sign(reference, decision, rng)
            _supersede(decision, earlier, rng)
        earlier.update({line.procedure: decision for line in decision.lines})
    for decision in provincial:
        _follow(decision, rng)
        _sign(reference, decision, rng)
    return made


def _rest_on_documents(reference: Reference, decision: Decision, rng: random.Random) -> list[Document]:
    """The instruments that its lines carry out, else (mostly) a legal document of its own."""
    decision.bases = list(dict.fromkeys(line.basis for line in decision.lines if line.basis))
    if decision.bases or rng.random() < 0.2:
        return []
    ahead = rng.randint(*rng.choice(_AHEAD))
    in_force_on = add_working_days(day_of(decision), ahead)
    signed_on = min(
        in_force_on - timedelta(days=_LEAD + rng.randint(0, 20)), day_of(decision) - timedelta(days=4)
    )
    is_ministry = reference.agency(decision.issuer).kind in ("ministry", "ministry_level")
    kind, issuer = (
        ("circular", decision.issuer) if is_ministry and rng.random() < 0.8 else ("decree", "chinh-phu")
    )
    scope = reference.agency(decision.issuer).name_on(day_of(decision))
    basis = Document(
        kind,
        f"{'Thông tư' if kind == 'circular' else 'Nghị định'} sửa đổi, bổ sung một số quy định thuộc phạm vi quản lý của {scope}",
        issuer,
        issued_on=working_day(signed_on),
        in_force_on=in_force_on,
    )
    decision.bases = [basis]
    return [basis]


def _follow(decision: Decision, rng: random.Random) -> None:
    """Most provinces say which decision they follow, and many of them for which legal documents."""
    source = decision.source
    if source is not None and rng.random() < 0.85:
        decision.mirrors = source
        decision.bases = list(source.bases) if rng.random() < 0.6 else []


def _sign(reference: Reference, decision: Decision, rng: random.Random) -> None:
    decision.signer = rng.choice(_SIGNERS[reference.agency(decision.issuer).kind])
    for milestone, share in (("entered", 0.92), ("posted", 0.88)):
        day = add_working_days(day_of(decision), rng.choice(_DAYS_TO_ENTER))
        if rng.random() < share and day <= _WORKING_DATE:
            decision.days[milestone] = day


def _supersede(decision: Decision, earlier: dict[Procedure, Decision], rng: random.Random) -> None:
    """Some decisions abolish what an earlier one of the agency says of the same procedure."""
    for line in decision.lines:
        before = earlier.get(line.procedure)
        if line.action in ("amended", "replaced") and before and rng.random() < 0.15:
            decision.supersedes = Supersession(
                before, f"Nội dung công bố về thủ tục mã {line.procedure.code}"
            )
            return


def recorded_days(decisions: Iterable[Decision]) -> dict[date, list[tuple[Decision, str]]]:
    """Which decisions reached which milestone, by day."""
    found: dict[date, list[tuple[Decision, str]]] = {}
    for decision in decisions:
        for milestone, day in decision.days.items():
            found.setdefault(day, []).append((decision, milestone))
    return dict(sorted(found.items()))
