"""After a reorganisation the successor works on what its predecessors were given, and nobody else does."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from catalogue.errors import CatalogueError, Forbidden, Invalid, NotFound
from catalogue.model.actor import NOBODY, Actor
from catalogue.model.claim import Action, ClaimKind, ClaimState, allowed
from catalogue.model.instrument import Plan, State
from catalogue.model.item_update import RowState
from catalogue.model.publication import Draft
from catalogue.model.reporting import ReturnKind
from catalogue.services import (
    accounts,
    answering,
    audit,
    claim_readiness,
    claims,
    digest,
    documents,
    evidence,
    figures,
    instruments,
    item_story,
    item_updates,
    items,
    periods,
    publications,
    returns,
    stalled,
)
from catalogue.services.installation import Installation
from tests.installations import Clock, Filled, copied
from tests.reorganised import (
    ANSWERS,
    BCA,
    BXD,
    BYT,
    EVE,
    FEBRUARY,
    FIRST,
    GTVT,
    JULY,
    MARCH,
    PDF,
    QUANG_BINH,
    QUANG_TRI,
    Given,
    at,
    given,
)
from tests.update_files import downloaded, issued, uploaded


@pytest.fixture
def empty(filled_template: Filled, tmp_path: Path, clock: Clock) -> Iterator[Installation]:
    with copied(filled_template(given)[0], tmp_path / "empty", clock) as installation:
        at(installation, FEBRUARY)
        yield installation


@pytest.fixture
def world(filled_template: Filled) -> Given:
    world: Given = filled_template(given)[1]
    return world


def draft(empty: Installation, world: Given, who: str, item: str, **asked: Any) -> int:
    return claims.draft(
        empty, world.people[who], world.items[item], ClaimKind.OBSTACLE, ANSWERS,
        item_revision=world.lock(empty, item), **asked,
    )  # fmt: skip


def writers(empty: Installation, world: Given, item: str) -> set[str]:
    """Whose editors may write about an item now, each of them asked by trying."""
    found = set()
    for who, person in world.people.items():
        try:
            claim_id = draft(empty, world, who, item)
        except Forbidden:
            continue
        found.add(who)
        revision = claims.get(empty, person, claim_id)[0].revision
        claims.act(empty, person, claim_id, Action.DROP, revision=revision)
    return found


def issue_claim(empty: Installation, world: Given, who: str, item: str, number: str, day: date) -> int:
    values = {"number": number, "issued_on": day, "in_force_on": day}
    return claims.draft(
        empty, world.people[who], world.items[item], ClaimKind.ENACTED, values, item_revision=world.lock(empty, item),
        document_id=world.documents[item], files=[PDF], submit=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "item", "agency"),
    [
        (FEBRUARY, "road", GTVT),
        (EVE, "road", GTVT),
        (FIRST, "road", BXD),
        (EVE, "licence", GTVT),
        (FIRST, "licence", BCA),
        (date(2025, 6, 30), "province", QUANG_BINH),
        (JULY, "province", QUANG_TRI),
    ],
)
def test_one_agency_writes_about_an_item_on_each_day(
    empty: Installation, world: Given, day: date, item: str, agency: str
) -> None:
    at(empty, day)
    assert writers(empty, world, item) == {agency}
    assert answering.of_items(empty.database, [world.items[item]], day) == {world.items[item]: agency}
    assert audit.check(empty).is_empty()


def test_a_past_day_shows_who_answered_then_and_who_may_write_now(empty: Installation, world: Given) -> None:
    at(empty, MARCH)
    for day, leading in ((EVE, GTVT), (FIRST, BXD)):
        state = items.get(empty, empty.moment(day), world.items["road"]).state
        assert (state["lead_agency"], state["answering_agency"]) == (leading, BXD)


@pytest.mark.parametrize(("item", "heir"), [("road", BXD), ("licence", BCA)])
def test_a_draft_of_the_predecessor_is_finished_by_the_successor(
    empty: Installation, world: Given, item: str, heir: str
) -> None:
    claim_id = draft(empty, world, GTVT, item, files=[PDF])
    file_id = claims.story(empty, world.people[GTVT], claim_id)[1]["evidence_id"][0]
    before = world.people[heir]
    with pytest.raises(NotFound):
        claims.get(empty, before, claim_id)
    at(empty, MARCH)
    strangers = [one for code, one in world.people.items() if code not in (heir, "vpcp")]
    claim, _ = claims.get(empty, before, claim_id)
    for person in strangers:  # the predecessor's editor too
        assert_out_of_reach(empty, person, claim_id, claim.revision, file_id)
        assert not allowed(claim, person)
        assert claim_readiness.of_drafts(empty, person) == []
    assert [one.row["claim_id"] for one in claim_readiness.of_drafts(empty, before)] == [claim_id]
    assert evidence.content(empty, before, file_id)["file_name"] == PDF[0]
    claims.edit(empty, before, claim_id, ANSWERS | {"reason": "Chờ nghị định"}, revision=claim.revision)
    claims.submit_many(empty, before, [(claim_id, claims.get(empty, before, claim_id)[0].revision)])
    claim, row = claims.get(empty, before, claim_id)
    assert (claim.state, claim.agency_code, claim.answering_agency) == (ClaimState.SUBMITTED, GTVT, heir)
    assert row["agency_name"] == empty.reference.agency(heir).short_name
    done, _ = claims.story(empty, before, claim_id)
    told = dict(zip(done["action"], done["actor_name"], strict=True))
    assert (told["draft"], told["submit"]) == (world.people[GTVT].full_name, before.full_name)
    entries = item_story.of_item(empty, before, empty.moment(), world.items[item])
    assert before.full_name in {entry.person for entry in entries}
    vpcp = world.people["vpcp"]
    claims.act(empty, vpcp, claim_id, Action.RETURN, revision=claim.revision, comment="Nêu rõ hơn")
    assert claims.find(empty, before, state=ClaimState.RETURNED, agency=heir)["claim_id"].to_list() == [
        claim_id
    ]
    assert claims.find(empty, before, state=ClaimState.RETURNED, agency=GTVT).is_empty()
    assert set(digest.of_agencies(empty, empty.moment())) == {heir}


def assert_out_of_reach(
    empty: Installation, person: Actor, claim_id: int, revision: int, file_id: int
) -> None:
    """An unsent claim that another agency answers for is neither read nor written."""
    for attempt in (
        lambda: claims.get(empty, person, claim_id),
        lambda: evidence.content(empty, person, file_id),
        lambda: claims.edit(empty, person, claim_id, ANSWERS, revision=revision),
        lambda: claims.submit_many(empty, person, [(claim_id, revision)]),
        lambda: claims.act(empty, person, claim_id, Action.DROP, revision=revision),
        lambda: claims.remove_evidence(empty, person, claim_id, file_id, revision=revision),
    ):
        with pytest.raises((NotFound, Forbidden)):
            attempt()


def test_what_the_successor_begins_is_its_own(empty: Installation, world: Given) -> None:
    at(empty, MARCH)
    claim_id = draft(empty, world, BXD, "road")
    assert claims.get(empty, world.people[BXD], claim_id)[0].agency_code == BXD


@pytest.mark.parametrize(("day", "issuer"), [(EVE, GTVT), (FIRST, BXD)])
def test_an_instrument_is_issued_by_whoever_answered_on_its_day(
    empty: Installation, world: Given, day: date, issuer: str
) -> None:
    at(empty, MARCH)
    claim_id = issue_claim(empty, world, BXD, "road", "05/2025/TT", day)
    vpcp = world.people["vpcp"]
    claims.act(empty, vpcp, claim_id, Action.CONFIRM, revision=claims.get(empty, vpcp, claim_id)[0].revision)
    known = {one: documents.known(empty.database, "05/2025/TT", day, one) for one in (GTVT, BXD)}
    assert known == dict.fromkeys((GTVT, BXD)) | {issuer: world.documents["road"]}
    assert audit.check(empty).is_empty()


@pytest.mark.parametrize(("day", "is_refused"), [(EVE, False), (FIRST, True)])
def test_the_successor_registers_what_its_predecessor_signed_while_it_was(
    empty: Installation, world: Given, day: date, is_refused: bool
) -> None:
    at(empty, MARCH)
    draft = Draft(issuer=GTVT, number="15/QĐ-BGTVT", issued_on=day)
    found = publications.preview(empty, world.people[BXD], draft)
    assert (("agency_not_there", "issuer") in {(one.rule, one.column) for one in found.issues}) is is_refused
    for person in (GTVT, BCA):
        with pytest.raises(Forbidden):
            publications.preview(empty, world.people[person], draft)


def planners(empty: Installation, world: Given, document: str) -> set[str]:
    """Whose editors may change the plan of an instrument now; the page says the same as the service."""
    found = set()
    document_id = world.documents[document]
    for place, (who, person) in enumerate(world.people.items()):
        page = instruments.get(empty, person, empty.moment(), document_id)
        state = page.state
        plan = Plan(
            State.DRAFTING, f"{state['title']} {place}", state["drafting_agency"], date(2025, 11, 1 + place)
        )
        try:
            instruments.progress(
                empty, person, document_id, plan, revision=state["lock_revision"], reason="Theo tiến độ"
            )
        except Forbidden:
            assert not instruments.may_write(person, page)
        else:
            assert instruments.may_write(person, page)
            found.add(who)
    return found - {"vpcp"}


def test_an_instrument_goes_on_where_its_items_went(empty: Installation, world: Given) -> None:
    assert planners(empty, world, "road") == planners(empty, world, "licence") == {GTVT}
    at(empty, FIRST)
    assert planners(empty, world, "road") == {BXD}
    assert planners(empty, world, "licence") == {BCA}  # the field went there, not with the whole
    at(empty, JULY)
    assert planners(empty, world, "province") == {QUANG_TRI}


def hand_over(empty: Installation, world: Given, who: str, document: str, to: str) -> None:
    person, document_id = world.people[who], world.documents[document]
    state = instruments.get(empty, person, empty.moment(), document_id).state
    plan = Plan(State.DRAFTING, state["title"], to, date(2025, 12, 1))
    revision = state["lock_revision"]
    instruments.progress(empty, person, document_id, plan, revision=revision, reason="Nhận soạn thảo")


@pytest.mark.parametrize(("who", "to"), [(BXD, BXD), (BCA, BCA), ("vpcp", BXD)])
def test_who_takes_a_shared_instrument_over_leaves_the_other_heir_writing(
    empty: Installation, world: Given, who: str, to: str
) -> None:
    need = {"document_id": world.documents["road"], "holds": True, "effective_date": FEBRUARY}
    with empty.database.transaction("test") as transaction:
        transaction.append("item_instrument", [need | {"item_id": world.items["licence"]}])
    at(empty, FIRST)
    assert planners(empty, world, "road") == {BXD, BCA}
    hand_over(empty, world, who, "road", to)
    assert planners(empty, world, "road") == {BXD, BCA}


@pytest.mark.parametrize(("to", "writing"), [(BYT, {BYT}), (BXD, {BXD, BCA})])
def test_who_was_given_an_instrument_writes_about_it(
    empty: Installation, world: Given, to: str, writing: set[str]
) -> None:
    at(empty, FIRST)
    hand_over(empty, world, "vpcp", "licence", to)  # needed by an item of Bộ Công an alone
    assert planners(empty, world, "licence") == writing


def test_new_instruments_are_planned_by_who_answers(empty: Installation, world: Given) -> None:
    def plan(who: str, drafting: str) -> int:
        return instruments.plan(
            empty, world.people[who], [world.items["road"]], document_type="circular", title="Thông tư mới",
            drafting_agency=drafting, planned_issue_on=None,
        )  # fmt: skip

    with pytest.raises(Forbidden):
        plan(BXD, BXD)
    at(empty, MARCH)
    assert world.items["road"] in instruments.open_items(empty, world.people[BXD])["item_id"]
    assert instruments.open_items(empty, world.people[GTVT]).is_empty()
    for who, drafting in ((BCA, BCA), (BXD, GTVT)):
        with pytest.raises(Forbidden):
            plan(who, drafting)
    for who in (GTVT, "vpcp"):
        with pytest.raises(Invalid) as caught:
            plan(who, GTVT)
        assert [issue.rule for issue in caught.value.issues] == ["agency_no_more"]
    assert plan(BXD, BXD)


def test_the_workbook_of_the_successor_has_what_its_predecessors_left(
    empty: Installation, world: Given
) -> None:
    gtvt, bxd = world.people[GTVT], world.people[BXD]
    road, licence = str(world.items["road"]), str(world.items["licence"])
    draft(empty, world, GTVT, "road")
    early = downloaded(empty, gtvt)
    assert {row["item_id"] for row in early} == {road, licence}
    assert downloaded(empty, bxd) == []
    at(empty, MARCH)
    assert downloaded(empty, gtvt) == []
    assert item_updates.open_items(empty, gtvt, figures.SIMPLIFICATION) == 0
    rows = downloaded(empty, bxd)
    assert {row["item_id"] for row in rows} == {road}
    assert {row["obstacle_reason"] for row in rows} >= {"Chờ luật"}  # the draft of February came with it
    assert {row["item_id"] for row in downloaded(empty, world.people[BCA])} == {licence}
    day = {"issued_on": "03/03/2025", "in_force_on": "05/03/2025"}
    filled = [issued(row, "05/2025/TT-BXD") | day for row in rows if not row["obstacle_reason"]]
    assert filled
    _, outcome = uploaded(empty, bxd, filled, ("05-2025-TT-BXD.pdf", PDF[1]))
    assert [one.state for one in outcome.rows] == [RowState.NEW]
    assert not outcome.wrong
    sent = claims.find(empty, bxd, kind=ClaimKind.ENACTED, agency=BXD)
    assert sent["item_id"].to_list() == [world.items["road"]]
    for person in (gtvt, world.people[BYT]):  # the form of February is no way around it
        _, refused = uploaded(
            empty, person, [row | {"obstacle_reason": "Khác"} for row in early if row["obstacle_reason"]]
        )
        assert rules(refused.rows) == {"item_not_yours"}
    _, own = uploaded(empty, bxd, [issued(row) for row in early if row["item_id"] == licence])
    assert rules(own.rows) == {"item_not_yours"}


def rules(rows: Iterable[Any]) -> set[str]:
    return {issue.rule for row in rows for issue in row.issues}


def test_the_successor_sends_the_return_that_its_predecessor_owes(empty: Installation, world: Given) -> None:
    vpcp, bxd = world.people["vpcp"], world.people[BXD]
    period = periods.open_period(empty, vpcp, "2025-02")
    assert [one.agency_code for one in returns.of_answering(empty, period, GTVT)] == [GTVT]
    with pytest.raises(Forbidden):
        returns.file_return(empty, bxd, period, GTVT, ReturnKind.NIL)
    since = periods.cycle_start(empty, period)
    draft(empty, world, GTVT, "road", submit=True)
    at(empty, MARCH)
    assert returns.of_answering(empty, period, GTVT) == []
    (owed,) = returns.of_answering(empty, period, BXD)
    assert owed.agency_code == GTVT  # at the end of February it was still its own
    assert returns.activity(empty, period, GTVT, since) == 1
    assert set(digest.owed_returns(empty, empty.moment())[1]) == {BXD, QUANG_BINH}
    for who in (GTVT, BCA, BYT):
        with pytest.raises(Forbidden):
            returns.file_return(empty, world.people[who], period, GTVT, ReturnKind.NIL)
    returns.file_return(empty, bxd, period, GTVT, ReturnKind.NIL)
    told = returns.history(empty, vpcp, period, GTVT)
    assert told["actor_name"].to_list() == [bxd.full_name]


def test_the_desk_of_the_successor_has_what_is_stalled(empty: Installation, world: Given) -> None:
    at(empty, date(2026, 1, 15))  # the deadline has passed
    for who, expected in ((GTVT, set()), (BXD, {"road"}), (BCA, {"licence"}), (QUANG_TRI, {"province"})):
        found = stalled.find(empty, world.people[who], empty.moment(), who)
        assert set(found["item_id"]) == {world.items[name] for name in expected}


@pytest.mark.parametrize("kind", [ClaimKind.COMPLETED, ClaimKind.EXTENSION])
@pytest.mark.parametrize("who", [GTVT, BYT])
def test_nobody_completes_a_standing_task_of_a_group(
    empty: Installation, world: Given, who: str, kind: ClaimKind
) -> None:
    revision = world.lock(empty, "task")
    with pytest.raises(Invalid, match="item_standing"):
        claims.draft(
            empty, world.people[who], world.items["task"], kind, {"done_on": EVE}, item_revision=revision
        )
    assert writers(empty, world, "task") == set()
    rows = downloaded(empty, world.people[GTVT])[:1]
    told = [rows[0] | {"item_id": str(world.items["task"]), "key": None, "stuck_at": "Đã làm"}]
    _, outcome = uploaded(empty, world.people[GTVT], told)
    assert rules(outcome.rows) >= {"item_standing"}


def test_an_account_is_moved_and_signs_in_anew(empty: Installation, world: Given) -> None:
    at(empty, MARCH)
    password = "mật khẩu đủ dài"
    admin = accounts.add_account(
        empty, account="quantri", full_name="Quản trị", role="administrator", agency_code=None, password=password, by=None
    )  # fmt: skip
    for code, rule in (
        (GTVT, "agency_no_more"),
        ("khong-co", "agency_unknown"),
        (GROUP_CODE, "agency_unknown"),
    ):
        with pytest.raises(Invalid) as caught:
            accounts.add_account(
                empty, account="moi", full_name="Mới", role="ministry_editor", agency_code=code, password=password, by=admin
            )  # fmt: skip
        assert [issue.rule for issue in caught.value.issues] == [rule]
        with pytest.raises(Invalid):
            accounts.move(empty, "ng1", code, by=admin)
    accounts.set_password(empty, "ng1", password, by=admin)
    token = accounts.sign_in(empty, "ng1", password)  # it may still sign in and read
    before = accounts.who(empty, token)
    assert before.agency_code == GTVT
    assert claims.find(empty, before).is_empty()
    for by in (NOBODY, before):
        with pytest.raises(CatalogueError):
            accounts.move(empty, "ng1", BXD, by=by)
    with pytest.raises(NotFound):
        accounts.move(empty, "ng99", BXD, by=admin)
    accounts.move(empty, "ng1", BXD, by=admin)
    assert accounts.session_state(empty, token) == "ended"
    moved = accounts.who(empty, accounts.sign_in(empty, "ng1", password))
    assert (moved.actor_id, moved.agency_code) == (before.actor_id, BXD)
    assert draft(empty, Given(world.items, world.documents, {BXD: moved}), BXD, "road")


GROUP_CODE = "cac-bo-nganh"


def test_what_became_of_an_agency_is_told_from_its_day_on(empty: Installation) -> None:
    at(empty, EVE)
    assert answering.ended(empty, GTVT) is None
    assert answering.predecessors(empty, BXD) == ()
    at(empty, FIRST)
    gone = answering.ended(empty, GTVT)
    assert gone is not None
    assert (gone.since, gone.successor.code, [one.code for one in gone.of_fields]) == (FIRST, BXD, [BCA])
    assert [one.code for one in answering.predecessors(empty, BXD)] == [GTVT]
    assert answering.predecessors(empty, BCA) == ()  # it took over fields only
    assert answering.ended(empty, BYT) is None
