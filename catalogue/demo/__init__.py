"""The demonstration dataset: a seeded past whose totals are the published ones because its rows add up to them.

Procedures and decisions (`procedures`, `publications`, `provinces`, `milestones`), promises (`simplification`, `decentralisation`, `directives`),
claims (`claims`, `pending`), the monthly cycle (`periods`), dossier statistics (`statistics`), scores (`indicators`), cost sheets (`costs`); everything is planned first, then numbered, then recorded as past revisions.
"""

import gc
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from catalogue.demo import (
    claims,
    costs,
    decentralisation,
    directives,
    evidence,
    indicators,
    milestones,
    people,
    periods,
    procedures,
    programme_records,
    provinces,
    publications,
    simplification,
    statistics,
    withdrawals,
)
from catalogue.demo.catalogue_records import CatalogueRecords
from catalogue.demo.documents import Registry
from catalogue.demo.ledger import Ledger
from catalogue.demo.numbering import Numbering
from catalogue.demo.office import Office
from catalogue.demo.pending import write_pending
from catalogue.reference import Reference
from catalogue.store.database import Database
from catalogue.store.history import PastRevision

SEED = 20240321


@dataclass(frozen=True)
class Demonstration:
    """Everything to be written: the ledger's past, and the rows that are no facts."""

    past: list[PastRevision]
    actors: list[dict[str, Any]]
    claims: list[dict[str, Any]]
    evidence_contents: list[dict[str, Any]]


def generate(reference: Reference) -> Demonstration:
    """The dataset; the same for the same reference data. Revisions are counted from 1."""
    everything = procedures.allot(reference, _rng("procedures"))
    decentralised = decentralisation.plan(reference, everything, _rng("decentralisation"))
    simplified = simplification.plan(reference, everything, _rng("simplification"))
    programmes = (simplified, decentralised)
    national = publications.plan(reference, everything, programmes, _rng("publications"))
    provincial = provinces.plan(reference, national, _rng("provinces"))
    bases = milestones.plan(reference, national, provincial, _rng("milestones"))

    numbering = Numbering(_rng("numbering"))
    withdrawn = withdrawals.plan(simplified, everything, _rng("withdrawals"))
    documents = (document for one in programmes for document in one.documents)
    numbering.number_all([*documents, *bases, withdrawn.decision])
    numbering.number_all([*national, *provincial])

    staff = people.gather({item.lead for one in programmes for item in one.items})
    office, ledger = Office(_rng("office")), Ledger()
    desk = claims.Desk(office, staff, _rng("claims"))
    write_pending(desk, programmes, numbering, _rng("pending"))

    registry = Registry(office, _rng("documents"))
    first_item = 1
    for one in programmes:
        programme_records.record(
            reference, ledger, office, registry, one, _rng(one.programme), first_item=first_item
        )
        first_item += len(one.items)
    stages = next(one.stages for one in reference.programmes if one.code == simplified.programme)
    withdrawals.record(
        withdrawn, simplified, stages, ledger, office, registry, staff.reviewers[0], first_item=first_item
    )
    records = CatalogueRecords(reference, ledger, office, registry, _rng("catalogue"))
    records.record_national(national, staff.editor_of)
    records.record_provincial(provincial)
    for one in programmes:
        claims.report(desk, one, registry, _rng(f"report {one.programme}"))
    claims.write(desk.claims, ledger)
    directives.record(
        reference, ledger, Office(_rng("directives")), registry, first_item=first_item + len(withdrawn.items)
    )
    records.record_days(milestones.recorded_days([*national, *provincial]))
    periods.record(reference, ledger, staff, programmes, _rng("periods"))
    statistics.record(reference, ledger, staff, _rng("statistics"))
    indicators.record(reference, ledger, _rng("indicators"))
    costs.record(reference, ledger, staff, simplified.items, everything, _rng("costs"))
    past = ledger.past()
    return Demonstration(past, staff.actors, claims.projection(desk.claims, past), evidence.contents())


def load(database: Database, reference: Reference) -> None:
    """Write the dataset into a database that holds reference data and no procedures, in one transaction.

    Raises: Conflict when it is there already.
    """
    with _collecting_nothing():
        demonstration = generate(reference)
        with database.unrecorded(changes_answers=True) as transaction:
            before = transaction.row("revision/last")
            assert before is not None
            transaction.insert("actor", demonstration.actors)
            transaction.insert("evidence_content", demonstration.evidence_contents)
            periods.load(transaction, demonstration.past)
            offset = before["revision"]
            transaction.insert(
                "claim", [claim | {"revision": claim["revision"] + offset} for claim in demonstration.claims]
            )


@contextmanager
def _collecting_nothing() -> Iterator[None]:
    """Every row lives until it is written: looking for garbage among them finds none, and takes half a second."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _rng(part: str) -> random.Random:
    return random.Random(f"{SEED} {part}")
