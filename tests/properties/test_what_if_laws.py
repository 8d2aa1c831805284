"""What if, as a law: what is computed without writing is what the ledger says once the same facts are written."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from catalogue import bootstrap
from catalogue.model.period import Moment
from catalogue.services import audit, documents, enactment, figures, instruments, items, what_if
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter
from catalogue.services.what_if import Outcome
from catalogue.settings import Settings
from catalogue.store.database import Database, Transaction

AS_OF = date(2024, 3, 21)
ASSIGNED = date(2024, 1, 10)
AGENCIES = ("bo-y-te", "bo-cong-an")
Programme = dict[str, Any]
Opener = Callable[..., AbstractContextManager[Installation]]

# A plan: items with the documents they need (some from a later day on), documents whose plan was moved (to take effect on
# a day that may be yet to come), some issued already.
plans = st.fixed_dictionaries(
    {
        "items": st.lists(
            st.fixed_dictionaries(
                {
                    "programme": st.sampled_from(list(figures.PROCEDURE_PROGRAMMES.values())),
                    "assigned": st.integers(0, 100),
                    "needs": st.dictionaries(st.integers(0, 4), st.integers(0, 120), min_size=1, max_size=3),
                    "withdrawn": st.none() | st.integers(0, 160),
                }
            ),
            min_size=1,
            max_size=6,
        ),
        "moved": st.dictionaries(st.integers(0, 4), st.integers(0, 160), max_size=3),
        "issued": st.dictionaries(st.integers(3, 4), st.integers(0, 160), max_size=2),
    }
)
picks = st.dictionaries(st.integers(0, 2), st.integers(0, 60), min_size=1, max_size=3)


@pytest.fixture(scope="module")
def opened(empty_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Opener:
    """A copy of a database file, open as long as an example lasts; without a file, one that holds nothing yet."""
    chosen = Settings(data_dir=tmp_path_factory.mktemp("what-if"))
    shutil.copy(empty_template, chosen.database)
    installation = bootstrap.open_catalogue(chosen)
    installation.database.close()

    @contextmanager
    def opening(template: Path | None = None) -> Iterator[Installation]:
        folder = Path(mkdtemp(prefix="what-if-"))
        file = folder / "catalogue.duckdb"
        shutil.copy(template or chosen.database, file)
        database = Database.open(file, clock=lambda: datetime(2024, 3, 21, 3, 0, tzinfo=UTC))
        try:
            yield replace(installation, database=database)
        finally:
            database.close()
            shutil.rmtree(folder)

    return opening


def build(transaction: Transaction, plan: Programme) -> list[int]:
    """Write a plan; returns the ids of its documents."""
    known = [
        documents.plan(
            transaction,
            document_type="circular",
            title=f"Thông tư {number}",
            drafting_agency=AGENCIES[number % 2],
            planned_issue_on=None,
            effective_date=ASSIGNED,
        )
        for number in range(5)
    ]
    for number, days in plan["moved"].items():
        fact = {"state": "drafting", "planned_issue_on": date(2025, 1, 1)}
        documents.hold_from(transaction, known[number], ASSIGNED + timedelta(days=days), fact)
    written = []
    for place, item in enumerate(plan["items"]):
        item_id, assigned = transaction.new_id(), ASSIGNED + timedelta(days=item["assigned"])
        written.append(item_id)
        transaction.append(
            "item", [{"item_id": item_id, "programme_code": item["programme"], "assigned_by": known[0],
                      "subject": f"việc {place}", "title": f"Việc số {place}", "lead_agency": AGENCIES[place % 2]}],
        )  # fmt: skip
        transaction.append(
            "item_instrument",
            [{"item_id": item_id, "document_id": known[number], "holds": True,
              "effective_date": ASSIGNED + timedelta(days=day)} for number, day in item["needs"].items()],
        )  # fmt: skip
        in_base = [(True, assigned)]
        if item["withdrawn"] is not None:
            in_base.append((False, ASSIGNED + timedelta(days=item["withdrawn"])))
        transaction.append(
            "item_event",
            [{"event_id": transaction.new_id(), "item_id": item_id, "subject": "assigned", "holds": holds,
              "effective_date": day, "reason": None if holds else "Rút"} for holds, day in in_base],
        )  # fmt: skip
    transaction.insert(
        "item_state", [{"item_id": item_id, "revision": transaction.revision} for item_id in written]
    )
    for number, days in plan["issued"].items():
        write(transaction, known[number], ASSIGNED + timedelta(days=days), ASSIGNED)
    enactment.settle(transaction, written)
    return known


def write(transaction: Transaction, document_id: int, in_force_on: date, issued_on: date) -> None:
    """Record for good what was assumed."""
    documents.issue(
        transaction,
        document_id,
        number=f"{document_id}/2024/TT",
        issued_on=issued_on,
        in_force_on=in_force_on,
        agency_code=AGENCIES[0],
        claim_id=None,
    )


def done(catalogue: Installation, moment: Moment, programme: str) -> dict[int, date]:
    found = items.find(catalogue, moment, programme, ItemFilter(progress="done"), size=10_000)
    return dict(zip(found["item_id"], found["enacted_on"], strict=True))


def hold_to_what_is_written(
    catalogue: Installation, assumed: dict[int, date], issued_on: date
) -> tuple[Outcome, ...]:
    """Compute, write the same, and compare every day, item and percentage."""
    before = catalogue.moment(AS_OF)
    outcomes = what_if.compute(catalogue, before, assumed)
    horizons = {outcome.programme: outcome.horizon for outcome in outcomes}
    was = {name: done(catalogue, replace(before, as_of=day), name) for name, day in horizons.items()}
    with catalogue.database.transaction("write.it") as transaction:
        for document_id, day in assumed.items():
            write(transaction, document_id, day, issued_on)
        enactment.settle_documents(transaction, assumed)
    after = catalogue.moment(AS_OF)
    for outcome in outcomes:
        for step in outcome.steps.iter_rows(named=True):
            stages = figures.stages(catalogue, outcome.programme, replace(after, as_of=step["day"]))
            assert (stages["enacted"], stages["assigned"]) == (step["assumed"], step["base"])
        curve = figures.curve(catalogue, outcome.programme, replace(after, as_of=outcome.horizon))
        days = {day for day in curve["day"] if day > AS_OF}
        assert days <= set(outcome.steps["day"])  # nothing turns between the steps
        now = done(catalogue, replace(after, as_of=outcome.horizon), outcome.programme)
        released = dict(zip(outcome.released["item_id"], outcome.released["day"], strict=True))
        assert {
            item_id: day for item_id, day in now.items() if item_id not in was[outcome.programme]
        } == released
        assert len(now) == outcome.done_then
        assert len(was[outcome.programme]) == outcome.recorded_then
    found = audit.check(catalogue)
    assert found.is_empty(), found.rows()
    again = what_if.compute(catalogue, before, assumed)  # as it was known before anything was written
    assert [one.steps.rows() for one in again] == [one.steps.rows() for one in outcomes]
    return outcomes


@settings(max_examples=6, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(plan=plans, chosen=picks, before=st.integers(0, 40))
def test_what_is_computed_is_what_would_be_written(
    opened: Opener, plan: Programme, chosen: dict[int, int], before: int
) -> None:
    with opened() as catalogue:
        with catalogue.database.transaction("plan") as transaction:
            known = build(transaction, plan)
        assumed = {known[number]: AS_OF + timedelta(days=days) for number, days in chosen.items()}
        hold_to_what_is_written(catalogue, assumed, AS_OF - timedelta(days=before))


@settings(max_examples=2, phases=[Phase.generate])
@given(data=st.data())
def test_the_same_holds_for_the_demonstration_programmes(
    demo_template: Path, opened: Opener, data: st.DataObject
) -> None:
    with opened(demo_template) as catalogue:
        unissued = instruments.everything(catalogue, catalogue.moment(AS_OF))["document_id"].to_list()
        chosen = data.draw(st.lists(st.sampled_from(unissued), min_size=1, max_size=30, unique=True))
        days = [data.draw(st.integers(0, 400)) for _ in chosen]
        assumed = {one: AS_OF + timedelta(days=day) for one, day in zip(chosen, days, strict=True)}
        assert hold_to_what_is_written(catalogue, assumed, AS_OF)
