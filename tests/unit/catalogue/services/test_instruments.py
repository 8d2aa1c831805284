"""Instruments: who may change what, the lock, what a correction makes of the items, and that nothing is rewritten."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from catalogue.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn, StaleVersion
from catalogue.model.actor import NOBODY, Actor
from catalogue.model.instrument import Issuance, Plan, State
from catalogue.services import audit, documents, enactment, figures, instruments, items, what_if
from catalogue.services.installation import Installation
from catalogue.services.instruments import InstrumentFilter
from catalogue.services.items import ItemFilter
from tests.installations import Clock, Filled, copied
from tests.properties.test_workflow import ASSIGNED, BCA, BYT, DEADLINE, actors, build

pytestmark = pytest.mark.reads_only

TODAY = date(2024, 3, 21)
PEOPLE = actors()
Small = tuple[Installation, dict[str, int]]


def loaded(catalogue: Installation) -> dict[str, int]:
    stop_the_clock(catalogue)
    with catalogue.database.transaction("programme.load") as transaction:
        return build(transaction)


def stop_the_clock(catalogue: Installation) -> None:
    catalogue.database.clock.now = datetime(2024, 3, 21, 3, 0, tzinfo=UTC)  # type: ignore[attr-defined]


@pytest.fixture
def small(filled_template: Filled, tmp_path: Path) -> Iterator[Small]:
    """The small programme: A serves items 1, 2 and 4, B item 2, C items 3 and 4, D item 5; BYT drafts all of them."""
    template, known = filled_template(loaded)
    with copied(template, tmp_path / "small", Clock()) as catalogue:
        stop_the_clock(catalogue)
        before = catalogue.database.revision
        yield catalogue, known
        if catalogue.database.revision > before:
            found = audit.check(catalogue)
            assert found.is_empty(), found.rows()


def lock(catalogue: Installation, document_id: int) -> int:
    page = instruments.get(catalogue, PEOPLE["vpcp"], catalogue.moment(), document_id)
    return int(page.state["lock_revision"])


def standing(catalogue: Installation, document_id: int) -> Plan:
    state = instruments.get(catalogue, PEOPLE["vpcp"], catalogue.moment(), document_id).state
    return Plan(State(state["state"]), state["title"], state["drafting_agency"], state["planned_issue_on"])


def change(
    catalogue: Installation, who: Actor, document_id: int, *, revision: int | None = None, reason: str | None = None, **values: object
) -> None:  # fmt: skip
    instruments.progress(
        catalogue, who, document_id, replace(standing(catalogue, document_id), **values),  # type: ignore[arg-type]
        revision=lock(catalogue, document_id) if revision is None else revision, reason=reason,
    )  # fmt: skip


def issue(
    catalogue: Installation,
    document_id: int,
    issued_on: date,
    in_force_on: date,
    number: str = "1/2024/TT-BYT",
) -> None:
    with catalogue.database.transaction("issue") as transaction:
        documents.issue(
            transaction, document_id, number=number, issued_on=issued_on, in_force_on=in_force_on, agency_code=BYT, claim_id=None
        )  # fmt: skip
        enactment.settle_documents(transaction, [document_id])


def done(catalogue: Installation, as_of: date = TODAY) -> dict[int, date]:
    found: dict[int, date] = {}
    for programme in figures.PROCEDURE_PROGRAMMES.values():
        frame = items.find(catalogue, catalogue.moment(as_of), programme, ItemFilter(progress="done"))
        found |= dict(zip(frame["item_id"], frame["enacted_on"], strict=True))
    return found


# -- the list


def test_each_document_says_what_it_holds_alone_and_what_it_helps(small: Small) -> None:
    catalogue, known = small
    found = instruments.everything(catalogue, catalogue.moment())
    told = {row["document_id"]: row for row in found.iter_rows(named=True)}
    counts = {letter: (told[one]["alone"], told[one]["helps"]) for letter, one in known.items()}
    assert counts == {"A": (1, 3), "B": (0, 1), "C": (1, 2), "D": (1, 1)}
    assert told[known["A"]]["programmes"] == sorted(figures.PROCEDURE_PROGRAMMES.values())
    assert len(told[known["A"]]["leads"]) == 2
    assert found["document_id"][0] == known["A"]
    waiting = instruments.waiting(catalogue, catalogue.moment(), InstrumentFilter())
    assert (waiting.instruments, waiting.waiting, waiting.alone) == (4, 5, 3)


@pytest.mark.parametrize("programme", list(figures.PROCEDURE_PROGRAMMES.values()))
def test_the_list_of_a_programme_is_its_bottlenecks(demo: Installation, programme: str) -> None:
    moment = demo.moment()
    wanted = InstrumentFilter(programme=programme)
    found = instruments.everything(demo, moment, wanted).filter(pl.col("helps") > 0)
    same = ["document_id", "alone", "helps"]
    expected = figures.bottlenecks(demo, programme, moment, 1000).select(same)
    assert found.select(same).sort("document_id").equals(expected.sort("document_id"))
    first = found.row(0, named=True)
    waiting = ItemFilter(document_id=first["document_id"], only_missing=True, progress="open")
    assert items.find(demo, moment, programme, waiting, size=1000).height == first["alone"]


def test_filters_narrow_and_pages_add_up(demo: Installation) -> None:
    moment = demo.moment()
    everything = instruments.everything(demo, moment)
    pages = [instruments.find(demo, moment, page=page, size=40) for page in range(1, 7)]
    assert pl.concat(pages)["document_id"].to_list() == everything["document_id"].to_list()
    by_timing = {
        timing: instruments.everything(demo, moment, InstrumentFilter(timing=timing)).height
        for timing in ("passed", "soon", "later", "none")
    }
    assert sum(by_timing.values()) == everything.height
    passed = instruments.everything(demo, moment, InstrumentFilter(timing="passed"))
    assert (passed["days_late"] == (TODAY - passed["planned_issue_on"]).dt.total_days()).all()
    states = ("planned", "drafting", "submitted", "issued", "in_force")
    by_state = [instruments.everything(demo, moment, InstrumentFilter(standing=one)) for one in states]
    assert (
        sum(frame.height for frame in by_state)
        == instruments.everything(demo, moment, InstrumentFilter(standing="all")).height
    )
    assert all(row["in_force_on"] > TODAY for row in by_state[3].iter_rows(named=True))
    own = instruments.everything(demo, moment, InstrumentFilter(agency=BYT, text="thiet bi y te"))
    assert own.height
    assert set(own["drafting_agency"]) == {BYT}


# -- its plan


def test_the_plan_moves_and_every_move_stays_in_the_history(small: Small) -> None:
    catalogue, known = small
    before = catalogue.moment()
    change(catalogue, PEOPLE["byt"], known["A"], state=State.DRAFTING)
    change(catalogue, PEOPLE["byt"], known["A"], planned_issue_on=date(2024, 8, 1), reason="Chờ luật")
    change(catalogue, PEOPLE["vpcp"], known["A"], state=State.PLANNED, reason="Chưa lập hồ sơ")
    assert standing(catalogue, known["A"]) == Plan(State.PLANNED, "Thông tư A", BYT, date(2024, 8, 1))
    page = instruments.get(catalogue, PEOPLE["byt"], catalogue.moment(), known["A"])
    told = [
        (set(step.changed), step.recorded["actor_name"], step.recorded["reason"]) for step in page.steps[1:]
    ]
    assert told == [
        ({"state"}, "Biên tập Y tế", None),
        ({"planned_issue_on"}, "Biên tập Y tế", "Chờ luật"),
        ({"state"}, "Thẩm định", "Chưa lập hồ sơ"),
    ]
    then = instruments.get(catalogue, PEOPLE["byt"], before, known["A"])  # as it was known
    assert then.state["planned_issue_on"] == DEADLINE
    assert len(then.steps) == 1
    yesterday = instruments.get(catalogue, PEOPLE["byt"], catalogue.moment(date(2024, 3, 20)), known["A"])
    assert yesterday.state["planned_issue_on"] == DEADLINE  # the plan of that day is not rewritten


@pytest.mark.parametrize(
    ("who", "error"),
    [("bca", Forbidden), ("viewer", Forbidden), ("admin", Forbidden), ("nobody", NotSignedIn)],
)
def test_nobody_else_touches_a_ministrys_document(small: Small, who: str, error: type[Exception]) -> None:
    catalogue, known = small
    revision = catalogue.moment().revision
    with pytest.raises(error):
        change(catalogue, PEOPLE[who], known["A"], state=State.DRAFTING)
    assert catalogue.moment().revision == revision


def test_a_ministry_neither_gives_its_document_away_nor_takes_anothers(small: Small) -> None:
    catalogue, known = small
    with pytest.raises(Forbidden):
        change(catalogue, PEOPLE["byt"], known["A"], drafting_agency=BCA, reason="Không thuộc mình")
    with pytest.raises(Forbidden):
        change(catalogue, PEOPLE["bca"], known["A"], drafting_agency=BCA, reason="Thuộc mình")
    change(catalogue, PEOPLE["vpcp"], known["A"], drafting_agency=BCA, reason="Phân công lại")
    change(catalogue, PEOPLE["bca"], known["A"], state=State.DRAFTING)
    with pytest.raises(Forbidden):
        change(catalogue, PEOPLE["byt"], known["A"], state=State.SUBMITTED)


def test_a_document_of_no_agency_is_nobodys_own(small: Small) -> None:
    catalogue, known = small
    with pytest.raises(Invalid) as caught:
        change(catalogue, PEOPLE["vpcp"], known["A"], drafting_agency=None, reason="Chưa rõ")
    assert [issue.rule for issue in caught.value.issues] == ["instrument_agency_missing"]
    with catalogue.database.transaction("unknown") as transaction:
        unknown = documents.plan(
            transaction, document_type="decree", title="Nghị định", drafting_agency=None, planned_issue_on=None,
            effective_date=ASSIGNED,
        )  # fmt: skip
        need = {"item_id": 1, "document_id": unknown, "holds": True, "effective_date": TODAY}
        transaction.append("item_instrument", [need])
        enactment.settle(transaction, [1])
    with pytest.raises(Forbidden):
        change(catalogue, PEOPLE["byt"], unknown, state=State.DRAFTING)


def test_of_two_who_save_the_second_is_refused(small: Small) -> None:
    catalogue, known = small
    seen = lock(catalogue, known["A"])
    change(catalogue, PEOPLE["byt"], known["A"], revision=seen, state=State.DRAFTING)
    with pytest.raises(StaleVersion):
        change(catalogue, PEOPLE["vpcp"], known["A"], revision=seen, state=State.SUBMITTED)
    assert standing(catalogue, known["A"]).state is State.DRAFTING


def test_what_is_refused_writes_nothing(small: Small) -> None:
    catalogue, known = small
    revision = catalogue.moment().revision
    byt = PEOPLE["byt"]
    with pytest.raises(Invalid) as caught:
        change(catalogue, byt, known["A"], planned_issue_on=None, title=" ")
    assert {issue.rule for issue in caught.value.issues} == {"reason_for_no_date", "instrument_title_missing"}
    with pytest.raises(Invalid):
        change(catalogue, byt, known["A"], state=State.ISSUED)
    with pytest.raises(Invalid, match="instrument_unchanged"):
        change(catalogue, byt, known["A"], title=" Thông  tư A ")
    with pytest.raises(NotFound):
        instruments.progress(catalogue, byt, 987654321, standing(catalogue, known["A"]), revision=1)
    with pytest.raises(NotFound):  # the resolution that assigns the items is no instrument
        instruments.progress(catalogue, byt, known["A"] - 1, standing(catalogue, known["A"]), revision=1)
    assert catalogue.moment().revision == revision


def test_an_issued_document_has_no_plan_any_more(small: Small) -> None:
    catalogue, known = small
    issue(catalogue, known["A"], TODAY, TODAY)
    with pytest.raises(Conflict, match="document_issued_already"):
        change(catalogue, PEOPLE["vpcp"], known["A"], state=State.SUBMITTED, reason="Ghi lại")


def test_a_plan_that_was_moved_after_the_signature_does_not_delay_the_items(small: Small) -> None:
    catalogue, known = small
    change(catalogue, PEOPLE["byt"], known["A"], planned_issue_on=date(2024, 8, 1), reason="Chưa biết đã ký")
    issue(catalogue, known["A"], date(2024, 3, 1), date(2024, 3, 10))
    assert done(catalogue) == {1: date(2024, 3, 10)}
    assert done(catalogue, date(2024, 3, 9)) == {}
    assert done(catalogue, date(2024, 3, 15)) == {1: date(2024, 3, 10)}


# -- a new one


def new(catalogue: Installation, who: Actor, chosen: list[int], agency: str = BYT, **values: object) -> int:
    given: dict[str, object] = {
        "document_type": "circular",
        "title": "Thông tư E",
        "planned_issue_on": date(2024, 9, 1),
    }
    return instruments.plan(catalogue, who, chosen, drafting_agency=agency, **(given | values))  # type: ignore[arg-type]


def test_a_new_document_holds_its_items_from_now_on(small: Small) -> None:
    catalogue, known = small
    one = new(catalogue, PEOPLE["byt"], [1, 5])
    page = instruments.get(catalogue, PEOPLE["byt"], catalogue.moment(), one)
    assert set(page.items["item_id"]) == {1, 5}
    assert page.state["state"] == "planned"
    issue(catalogue, known["D"], TODAY, TODAY)
    assert done(catalogue) == {}
    issue(catalogue, one, TODAY, TODAY, "2/2024/TT-BYT")
    assert done(catalogue) == {5: TODAY}


def test_a_ministry_plans_for_its_own_open_items_and_itself(small: Small) -> None:
    catalogue, _ = small
    byt = PEOPLE["byt"]
    for who, chosen, agency, error in (
        (byt, [1, 3], BYT, Forbidden),  # the third is another's
        (byt, [1], BCA, Forbidden),
        (PEOPLE["viewer"], [1], BYT, Forbidden),
        (NOBODY, [1], BYT, NotSignedIn),
        (byt, [99], BYT, NotFound),
    ):
        with pytest.raises(error):
            new(catalogue, who, chosen, agency)
    assert set(instruments.open_items(catalogue, byt)["item_id"]) == {1, 2, 5}
    assert set(instruments.open_items(catalogue, PEOPLE["vpcp"])["item_id"]) == {1, 2, 3, 4, 5}
    assert instruments.open_items(catalogue, PEOPLE["viewer"]).is_empty()
    of_the_office = new(catalogue, PEOPLE["vpcp"], [1, 3], BCA)
    assert instruments.get(catalogue, byt, catalogue.moment(), of_the_office).items.height == 2


def test_an_item_that_is_done_takes_no_new_document_here(small: Small) -> None:
    catalogue, known = small
    issue(catalogue, known["A"], TODAY, TODAY)
    with pytest.raises(Invalid) as caught:
        new(
            catalogue,
            PEOPLE["vpcp"],
            [1, 2],
            title="",
            document_type="postcard",
            planned_issue_on=date(2020, 1, 1),
        )
    assert [issue.rule for issue in caught.value.issues] == [
        "instrument_title_missing", "planned_date_passed", "instrument_type_unknown", "item_takes_no_instrument"
    ]  # fmt: skip
    with pytest.raises(Invalid):
        new(catalogue, PEOPLE["byt"], [])
    assert done(catalogue) == {1: TODAY}


# -- corrections


def correct(
    catalogue: Installation, document_id: int, told: Issuance, *, who: str = "vpcp", reason: str = "Ghi nhầm"
) -> None:
    instruments.correct(
        catalogue, PEOPLE[who], document_id, told, revision=lock(catalogue, document_id), reason=reason
    )


@pytest.mark.parametrize(
    ("issued_on", "in_force_on"),
    [
        (date(2024, 3, 1), date(2024, 3, 12)),  # in force later
        (date(2024, 3, 1), date(2024, 3, 1)),  # earlier
        (date(2024, 3, 8), date(2024, 3, 9)),  # signed later than recorded
        (date(2024, 2, 1), date(2024, 2, 15)),  # signed earlier
        (date(2024, 3, 1), date(2024, 4, 1)),  # not in force today
    ],
)
def test_items_follow_the_corrected_days(small: Small, issued_on: date, in_force_on: date) -> None:
    catalogue, known = small
    issue(catalogue, known["A"], date(2024, 3, 1), date(2024, 3, 5))
    published = catalogue.moment()
    correct(catalogue, known["A"], Issuance("1/2024/TT-BYT", issued_on, in_force_on))
    for day in (
        date(2024, 2, 10),
        date(2024, 2, 20),
        date(2024, 3, 6),
        date(2024, 3, 10),
        TODAY,
        date(2024, 4, 2),
    ):
        assert done(catalogue, day) == ({1: in_force_on} if in_force_on <= day else {})
    state = instruments.get(catalogue, PEOPLE["vpcp"], catalogue.moment(), known["A"]).state
    assert (state["state"], state["issued_on"], state["in_force_on"]) == ("issued", issued_on, in_force_on)
    figure = figures.compute(catalogue, "simplification.done", replace(published, as_of=date(2024, 3, 8)))
    assert figure.numerator == 1  # what was known then stands


def test_a_corrected_number_is_taken_and_the_wrong_one_stays_the_documents_own(small: Small) -> None:
    catalogue, known = small
    issue(catalogue, known["A"], TODAY, TODAY, "12/2024/TT-BYT")
    issue(catalogue, known["D"], TODAY, TODAY, "13/2024/TT-BYT")
    with pytest.raises(Conflict, match="document_number_taken"):
        correct(catalogue, known["A"], Issuance("13/2024/TT-BYT", TODAY, TODAY))
    correct(catalogue, known["A"], Issuance("21/2024/TT-BYT", TODAY, TODAY))
    database = catalogue.database
    for number in ("12/2024/TT-BYT", "21/2024/TT-BYT"):
        assert documents.known(database, number, TODAY, BYT) == known["A"]
    correct(catalogue, known["A"], Issuance("12/2024/TT-BYT", TODAY, TODAY))  # and back again
    state = instruments.get(catalogue, PEOPLE["vpcp"], catalogue.moment(), known["A"]).state
    assert state["number"] == "12/2024/TT-BYT"


def test_a_document_that_was_not_issued_after_all_opens_its_items_again(small: Small) -> None:
    catalogue, known = small
    issue(catalogue, known["A"], date(2024, 3, 1), date(2024, 3, 5))
    assert done(catalogue) == {1: date(2024, 3, 5)}
    instruments.take_back(
        catalogue, PEOPLE["vpcp"], known["A"], revision=lock(catalogue, known["A"]), reason="Nhầm văn bản"
    )
    assert done(catalogue) == {}
    assert done(catalogue, date(2024, 3, 6)) == {}
    assert standing(catalogue, known["A"]).state is State.SUBMITTED
    issue(catalogue, known["A"], date(2024, 3, 1), date(2024, 3, 20))  # the same number, its own
    assert done(catalogue) == {1: date(2024, 3, 20)}


@pytest.mark.parametrize("who", ["byt", "bca", "viewer", "admin"])
def test_only_the_office_corrects(small: Small, who: str) -> None:
    catalogue, known = small
    issue(catalogue, known["A"], date(2024, 3, 1), date(2024, 3, 5))
    with pytest.raises(Forbidden):
        correct(catalogue, known["A"], Issuance("2/2024/TT-BYT", TODAY, TODAY), who=who)
    with pytest.raises(Forbidden):
        instruments.take_back(
            catalogue, PEOPLE[who], known["A"], revision=lock(catalogue, known["A"]), reason="Nhầm"
        )


def test_a_correction_needs_a_reason_a_difference_and_an_issued_document(small: Small) -> None:
    catalogue, known = small
    told = Issuance("1/2024/TT-BYT", date(2024, 3, 1), date(2024, 3, 5))
    with pytest.raises(Conflict, match="instrument_not_issued"):
        correct(catalogue, known["A"], told)
    issue(catalogue, known["A"], told.issued_on, told.in_force_on)
    with pytest.raises(Invalid, match="instrument_unchanged"):
        correct(catalogue, known["A"], told)
    with pytest.raises(Invalid) as caught:
        correct(catalogue, known["A"], Issuance("", date(2024, 4, 1), date(2024, 3, 5)), reason=" ")
    assert [issue.rule for issue in caught.value.issues] == [
        "field_missing", "date_in_future", "in_force_before_issue", "reason_for_correction"
    ]  # fmt: skip
    seen = lock(catalogue, known["A"])
    correct(catalogue, known["A"], Issuance("1/2024/TT-BYT", date(2024, 3, 1), date(2024, 3, 6)))
    with pytest.raises(StaleVersion):
        instruments.take_back(catalogue, PEOPLE["vpcp"], known["A"], revision=seen, reason="Nhầm")


# -- who reads what


def test_names_and_reasons_are_for_signed_in_people(small: Small) -> None:
    catalogue, known = small
    change(catalogue, PEOPLE["byt"], known["A"], planned_issue_on=date(2024, 8, 1), reason="Chờ luật")
    moment = catalogue.moment()
    assert (
        instruments.get(catalogue, PEOPLE["viewer"], moment, known["A"]).steps[-1].recorded["reason"]
        == "Chờ luật"
    )
    public = instruments.get(catalogue, NOBODY, moment, known["A"]).steps[-1]
    assert public.recorded["reason"] is None
    assert public.recorded["actor_name"] is None
    with pytest.raises(NotFound):
        instruments.get(catalogue, NOBODY, catalogue.moment(date(2024, 1, 1)), known["A"])


# -- what if


def test_what_if_releases_what_waits_for_nothing_else(small: Small) -> None:
    catalogue, known = small
    moment = catalogue.moment()
    only_a = what_if.compute(catalogue, moment, {known["A"]: date(2024, 5, 1)})
    assert [(one.programme, one.done, one.done_then, one.base, one.still_waiting) for one in only_a] == [
        (figures.SIMPLIFICATION, 0, 1, 3, 1),
        (figures.DECENTRALISATION, 0, 0, 2, 1),
    ]
    both = what_if.compute(catalogue, moment, {known["A"]: date(2024, 5, 1), known["C"]: date(2024, 4, 1)})
    released = {row["item_id"]: row["day"] for one in both for row in one.released.iter_rows(named=True)}
    assert released == {1: date(2024, 5, 1), 3: date(2024, 4, 1), 4: date(2024, 5, 1)}
    assert both[0].steps.rows() == [
        (TODAY, 0, 0, 3), (date(2024, 4, 1), 1, 0, 3), (date(2024, 5, 1), 2, 0, 3)
    ]  # fmt: skip
    assert catalogue.moment() == moment
    assert done(catalogue, date(2025, 1, 1)) == {}


def test_what_if_counts_what_is_issued_and_not_in_force_yet(small: Small) -> None:
    catalogue, known = small
    issue(catalogue, known["C"], TODAY, date(2024, 9, 1))
    (first, second) = what_if.compute(catalogue, catalogue.moment(), {known["A"]: date(2024, 5, 1)})
    assert (first.horizon, second.horizon) == (date(2024, 9, 1), date(2024, 9, 1))
    assert (first.recorded_then, first.done_then) == (
        1,
        2,
    )  # the third item by itself, the first by the trial
    assert second.released.select("item_id", "day", "document_id").rows() == [
        (4, date(2024, 9, 1), known["C"])
    ]


def test_what_if_refuses_what_cannot_be_assumed(small: Small) -> None:
    catalogue, known = small
    moment = catalogue.moment()
    with pytest.raises(Invalid, match="what_if_in_past"):
        what_if.compute(catalogue, moment, {known["A"]: date(2024, 3, 20)})
    with pytest.raises(NotFound):
        what_if.compute(catalogue, moment, {987654321: TODAY})
    issue(catalogue, known["A"], TODAY, TODAY)
    with pytest.raises(Conflict):
        what_if.compute(catalogue, catalogue.moment(), {known["A"]: TODAY})
    assert what_if.compute(catalogue, moment, {known["A"]: TODAY})  # as it was known before
    assert what_if.compute(catalogue, moment, {}) == ()


Person = Callable[[Installation, str], Actor]


def test_a_demonstration_ministry_has_its_own_documents_only(demo: Installation, person: Person) -> None:
    byt, vpcp, moment = person(demo, "byt"), person(demo, "vpcp"), demo.moment()
    own, other = (
        instruments.get(demo, byt, moment, instruments.find(demo, moment, InstrumentFilter(agency=agency))["document_id"][0])
        for agency in (BYT, BCA)
    )  # fmt: skip
    nobodys = replace(own, writers=frozenset())
    assert instruments.may_write(byt, own)
    assert not instruments.may_write(byt, other)
    assert not instruments.may_write(byt, nobodys)
    assert instruments.may_write(vpcp, nobodys)
