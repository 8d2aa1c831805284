"""The workflow as a state machine on a real database: whoever does whatever in whatever order, the ledger stays proved."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from catalogue import bootstrap
from catalogue.errors import (
    CatalogueError,
    Conflict,
    Forbidden,
    Invalid,
    InvalidTransition,
    NotSignedIn,
    StaleVersion,
)
from catalogue.model.actor import NOBODY, Actor, Role
from catalogue.model.claim import Action, Claim, ClaimKind, ClaimState, allowed
from catalogue.model.instrument import Issuance
from catalogue.model.period import Moment
from catalogue.services import (
    audit,
    claims,
    commitments,
    documents,
    enactment,
    figures,
    instruments,
    items,
    programmes,
)
from catalogue.services.commitments import NewItem
from catalogue.services.documents import Basis
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter
from catalogue.settings import Settings
from catalogue.store.database import Database, Row, Transaction
from tests.properties.naive_ledger import FIRST_DAY, NaiveItem, NaiveLedger, Said

TODAY = date(2024, 3, 21)
ASSIGNED = FIRST_DAY
DEADLINE = date(2024, 6, 30)
BYT, BCA = "bo-y-te", "bo-cong-an"
PDF = ("van-ban.pdf", b"%PDF-1.4 ban ky")
DOCUMENTS = ("A", "B", "C", "D")
Programme = tuple[Installation, dict[str, int]]
MEASURE = {figures.SIMPLIFICATION: "simplification.done", figures.DECENTRALISATION: "decentralisation.done"}


def small_programme() -> list[NaiveItem]:
    """A serves three items of two agencies and programmes; the second item needs two documents."""
    return [
        NaiveItem(figures.SIMPLIFICATION, BYT, ("A",), DEADLINE),
        NaiveItem(figures.SIMPLIFICATION, BYT, ("A", "B"), DEADLINE),
        NaiveItem(figures.SIMPLIFICATION, BCA, ("C",), DEADLINE),
        NaiveItem(figures.DECENTRALISATION, BCA, ("A", "C"), DEADLINE),
        NaiveItem(figures.DECENTRALISATION, BYT, ("D",), DEADLINE),
    ]


def actors() -> dict[str, Actor]:
    return {
        "byt": Actor(1, "byt", "Biên tập Y tế", Role.MINISTRY_EDITOR, BYT),
        "bca": Actor(2, "bca", "Biên tập Công an", Role.MINISTRY_EDITOR, BCA),
        "vpcp": Actor(3, "vpcp", "Thẩm định", Role.REVIEWER),
        "viewer": Actor(4, "viewer", "Lãnh đạo", Role.VIEWER),
        "admin": Actor(5, "admin", "Quản trị", Role.ADMINISTRATOR),
        "nobody": NOBODY,
    }


def build(transaction: Transaction) -> dict[str, int]:
    """Write the small programme; returns document ids by letter, items come with ids 1, 2, …"""
    transaction.insert(
        "actor",
        [
            {
                "actor_id": actor.actor_id, "account": actor.account, "full_name": actor.full_name,
                "role": actor.role.value, "agency_code": actor.agency_code, "password_hash": "!",
                "is_active": True, "is_demo": False, "created_at": datetime(2024, 1, 1, tzinfo=UTC),
            }
            for actor in actors().values()
            if actor.actor_id is not None
        ],
    )  # fmt: skip
    resolution = transaction.new_id()
    document = {letter: transaction.new_id() for letter in DOCUMENTS}
    transaction.append(
        "document", [{"document_id": resolution, "type": "resolution", "title": "Nghị quyết giao", "issuer_code": "chinh-phu"}]
        + [{"document_id": one, "type": "circular", "title": f"Thông tư {letter}", "drafting_agency": BYT}
           for letter, one in document.items()],
    )  # fmt: skip
    transaction.append(
        "document_event",
        [{"event_id": transaction.new_id(), "document_id": resolution, "state": "issued", "number": "1/NQ-CP",
          "issued_on": ASSIGNED, "in_force_on": ASSIGNED, "effective_date": ASSIGNED}]
        + [{"event_id": transaction.new_id(), "document_id": one, "state": "planned", "planned_issue_on": DEADLINE,
            "effective_date": ASSIGNED} for one in document.values()],
    )  # fmt: skip
    for item_id, item in enumerate(small_programme(), start=1):
        transaction.append(
            "item", [{"item_id": item_id, "programme_code": item.programme, "assigned_by": resolution,
                      "subject": f"việc {item_id}", "title": f"Việc số {item_id}", "lead_agency": item.lead}],
        )  # fmt: skip
        transaction.append(
            "item_instrument",
            [{"item_id": item_id, "document_id": document[letter], "holds": True, "effective_date": ASSIGNED}
             for letter in item.letters],
        )  # fmt: skip
        for subject in ("assigned", "approved", "deadline"):
            fact = {
                "event_id": transaction.new_id(), "item_id": item_id, "subject": subject, "holds": True,
                "deadline": DEADLINE if subject == "deadline" else None, "effective_date": ASSIGNED,
                "document_id": resolution,
            }  # fmt: skip
            transaction.append("item_event", [fact])
    enactment.replay(transaction, range(1, len(small_programme()) + 1))
    return document


class Clock:
    """Moved by a rule; the working date follows it."""

    def __init__(self) -> None:
        self.now = datetime(2024, 3, 21, 3, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def programme(empty_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Programme:
    """An installation that holds the small programme, closed, and its documents by letter."""
    chosen = Settings(data_dir=tmp_path_factory.mktemp("programme"))
    shutil.copy(empty_template, chosen.database)
    installation = bootstrap.open_catalogue(chosen, clock=Clock())
    with installation.database.transaction("programme.load") as transaction:
        document = build(transaction)
    installation.database.close()
    return installation, document


def copied(template: Installation, folder: Path) -> Installation:
    """A copy of a closed installation, open, with a clock of its own."""
    chosen = Settings(data_dir=folder)
    shutil.copy(template.settings.database, chosen.database)
    return replace(template, settings=chosen, database=Database.open(chosen.database, clock=Clock()))


@dataclass
class Known:
    """What the test remembers of a claim."""

    kind: ClaimKind
    item: NaiveItem
    letter: str
    state: ClaimState
    files: int


_LED_TO = {
    Action.EDIT: ClaimState.DRAFT,
    Action.SUBMIT: ClaimState.SUBMITTED,
    Action.RECALL: ClaimState.DRAFT,
    Action.RETURN: ClaimState.RETURNED,
    Action.CONFIRM: ClaimState.CONFIRMED,
    Action.REFUSE: ClaimState.REFUSED,
    Action.DROP: ClaimState.DROPPED,
}
_OWN = frozenset({Action.EDIT, Action.SUBMIT, Action.RECALL, Action.DROP})
_POSSIBLE = {  # written anew, so that a slip in the model's table is seen
    ClaimState.DRAFT: {Action.EDIT, Action.SUBMIT, Action.DROP},
    ClaimState.RETURNED: {Action.EDIT, Action.SUBMIT, Action.DROP},
    ClaimState.SUBMITTED: {Action.RECALL, Action.RETURN, Action.CONFIRM, Action.REFUSE},
    ClaimState.CONFIRMED: set(),
    ClaimState.REFUSED: set(),
    ClaimState.DROPPED: set(),
}
_DECIDED = frozenset({ClaimState.CONFIRMED, ClaimState.REFUSED, ClaimState.DROPPED})

people = st.sampled_from(["own"] * 6 + ["vpcp"] * 6 + ["other", "viewer", "admin", "nobody"])
authors = st.sampled_from(["own"] * 7 + ["other", "vpcp", "viewer", "nobody"])
places = st.integers(0, 50)
mostly = st.sampled_from([True] * 7 + [False])


def _content(number: int, issued: int, lasts: int, slip: str | None, reason: str) -> dict[str, Any]:
    issued_on = TODAY - timedelta(days=issued)
    content: dict[str, Any] = {
        "number": f" {number}/2024/TT.", "issued_on": issued_on, "in_force_on": issued_on + timedelta(days=lasts),
        "new_deadline": DEADLINE + timedelta(days=lasts + 1), "reason": reason, "decision": "Vẫn cắt giảm",
        "stuck_at": "Thẩm định", "unknown": "not a field", "expected_on": DEADLINE, "done_on": issued_on,
        "explanation": reason,
    }  # fmt: skip
    match slip:
        case "early":
            content |= {"in_force_on": issued_on - timedelta(days=1), "new_deadline": DEADLINE}
        case "future":
            content |= {"issued_on": TODAY + timedelta(days=40)}
        case "missing":
            content |= {"number": "  ", "reason": None, "explanation": " "}
    return content


contents = st.builds(
    _content,
    number=st.integers(1, 9),
    issued=st.integers(0, 60),
    lasts=st.integers(0, 100),
    slip=st.sampled_from([None] * 7 + ["early", "future", "missing"]),
    reason=st.sampled_from(["Chờ luật", "Cho\u031b\u0300 lua\u0323\u0302t 'x' %_"]),
)
good = contents.filter(
    lambda content: content["number"].strip() and content["issued_on"] <= content["in_force_on"]
)


class Workflow(RuleBasedStateMachine):
    """Anyone tries anything; what the rules allow happens as they say, everything else changes nothing."""

    def __init__(self, template: Installation, document: dict[str, int]) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(prefix="workflow-"))
        self.catalogue = copied(template, self.folder)
        self.clock = self.catalogue.database.clock
        assert isinstance(self.clock, Clock)
        self.document = document
        self.actors = actors()
        self.items = small_programme()
        self.ledger = NaiveLedger(self.items)
        for item_id, item in enumerate(self.items, start=1):
            item.begin(item_id, self._revision())
        self.claims: dict[int, Known] = {}
        self.published: list[tuple[Any, int]] = []
        self.checked = (-1, self.clock.now)
        self.first = self._revision()

    def teardown(self) -> None:
        self.catalogue.database.close()
        shutil.rmtree(self.folder)

    # -- what people do

    @initialize(first=good, second=good, place=places)
    def two_claims_wait(self, first: dict[str, Any], second: dict[str, Any], place: int) -> None:
        for item, content in ((self.items[0], first), (self.items[1 + place % 4], second)):
            letter = item.letters[place % len(item.letters)]
            self._draft("own", item, ClaimKind.ENACTED, letter, content, [PDF], submit=True, fresh=True)

    @rule(
        who=authors, place=places, kind=st.sampled_from([ClaimKind.ENACTED] * 2 + list(ClaimKind)),
        letter=st.sampled_from([None] * 9 + [*DOCUMENTS]), content=contents, with_file=mostly,
        submit=mostly, fresh=mostly,
    )  # fmt: skip
    def draft(
        self, who: str, place: int, kind: ClaimKind, letter: str | None, content: dict[str, Any], with_file: bool,
        submit: bool, fresh: bool,
    ) -> None:  # fmt: skip
        item = self.items[place % len(self.items)]
        letter = letter or item.letters[place % len(item.letters)]
        self._draft(who, item, kind, letter, content, [PDF] if with_file else [], submit=submit, fresh=fresh)

    @rule(who=people, place=places, action=st.sampled_from([a for a in Action if a is not Action.EDIT]), fresh=mostly,
          comment=st.sampled_from(["Thiếu trang ký", "Thiếu trang ký", " ", None]))  # fmt: skip
    def act(self, who: str, place: int, action: Action, fresh: bool, comment: str | None) -> None:
        self._act(who, place, action, fresh=fresh, comment=comment)

    @rule(place=places)
    def the_office_confirms(self, place: int) -> None:
        self._act("vpcp", place, Action.CONFIRM, fresh=True, comment=None, wanted=ClaimState.SUBMITTED)

    @rule(
        who=authors,
        place=places,
        content=contents,
        with_file=st.booleans(),
        submit=st.booleans(),
        fresh=mostly,
    )
    def edit(
        self, who: str, place: int, content: dict[str, Any], with_file: bool, submit: bool, fresh: bool
    ) -> None:
        if not self.claims:
            return
        claim_id, known, actor = self._chosen(who, place)
        now = self._claim(claim_id)
        possible = Action.EDIT in self._allowed(now, actor) and fresh
        try:
            claims.edit(
                self.catalogue, actor, claim_id, content, revision=now.revision - (not fresh),
                files=[PDF] if with_file else [], submit=submit,
            )  # fmt: skip
        except CatalogueError as error:
            self._refused(error, possible=possible, fresh=fresh, claim=now, incomplete=submit)
        else:
            assert possible
            known.state = ClaimState.SUBMITTED if submit else ClaimState.DRAFT
            known.files += with_file

    @rule(comment=st.sampled_from([None, "Đủ minh chứng"]))
    def the_office_confirms_all_that_waits(self, comment: str | None) -> None:
        waiting = [one for one, known in self.claims.items() if known.state is ClaimState.SUBMITTED]
        if not waiting:
            return
        before = {claim_id: self._claim(claim_id) for claim_id in waiting}
        chosen = [(claim_id, claim.revision) for claim_id, claim in before.items()]
        try:
            claims.decide_many(self.catalogue, self.actors["vpcp"], chosen, Action.CONFIRM, comment=comment)
        except (Invalid, Conflict):
            assert {claim_id: self._claim(claim_id) for claim_id in waiting} == before  # all or nothing
        else:
            for claim_id in waiting:
                self.claims[claim_id].state = ClaimState.CONFIRMED
                self._expect(self.claims[claim_id], before[claim_id])

    @rule(who=people, place=places, holds=st.booleans(), ago=st.integers(-1, 70), fresh=mostly,
          reason=st.sampled_from(["Bộ, ngành đề nghị", "Bộ, ngành đề nghị", "  "]))  # fmt: skip
    def turn_base(self, who: str, place: int, holds: bool, ago: int, fresh: bool, reason: str) -> None:
        item, before = self.items[place % len(self.items)], self._revision()
        actor, day = self._actor(who, item), self.catalogue.working_date - timedelta(days=ago)
        act = commitments.readmit if holds else commitments.withdraw
        state = self._state(item)
        earliest = state["left_on"] or state["assigned_on"]
        possible = (
            actor.role is Role.REVIEWER
            and fresh
            and holds is (state["left_on"] is not None)
            and bool(reason.strip())
            and earliest <= day <= self.catalogue.working_date
        )
        try:
            act(
                self.catalogue, actor, item.item_id, revision=state["revision"] - (not fresh), on=day, reason=reason,
            )  # fmt: skip
        except CatalogueError as error:
            assert not possible, error
            assert self._revision() == before
        else:
            assert possible
            item.base.append(Said(day, self._revision(), holds))

    @rule(who=people, place=places, letter=st.sampled_from(DOCUMENTS), ago=st.integers(0, 70))
    def adjust(self, who: str, place: int, letter: str, ago: int) -> None:
        """Add a document that the item does not need, or drop one that it does."""
        item, before = self.items[place % len(self.items)], self._revision()
        actor, day = self._actor(who, item), self.catalogue.working_date - timedelta(days=ago)
        ever = date(2030, 1, 1)
        drops = letter in item.needed(ever, before)
        chosen = {("drop_documents" if drops else "add_documents"): [self.document[letter]]}
        state = self._state(item)
        said = [one.on for one in item.needs.get(letter, [])]
        possible = (
            actor.role is Role.REVIEWER
            and state["left_on"] is None
            and max([state["assigned_on"], *said]) <= day
        )
        try:
            commitments.adjust(
                self.catalogue, actor, item.item_id, revision=state["revision"], on=day, reason="Điều chỉnh", **chosen
            )  # fmt: skip
        except CatalogueError as error:
            assert not possible, error
            assert self._revision() == before
        else:
            assert possible
            item.needs.setdefault(letter, []).append(Said(day, self._revision(), not drops))

    @rule(who=people, letter=st.sampled_from(DOCUMENTS), content=good, is_taken_back=st.booleans())
    def correct(self, who: str, letter: str, content: dict[str, Any], is_taken_back: bool) -> None:
        before = self._revision()
        actor = self._actor(who, self.items[0])
        row = self.catalogue.database.row("instruments/lock", document_id=self.document[letter])
        assert row is not None
        told = Issuance(content["number"].strip(), content["issued_on"], content["in_force_on"])
        issued = self.ledger.force_day(letter, before) is not None
        try:
            if is_taken_back:
                instruments.take_back(
                    self.catalogue, actor, self.document[letter], revision=row["revision"], reason="Ghi nhầm"
                )
            else:
                instruments.correct(
                    self.catalogue, actor, self.document[letter], told, revision=row["revision"], reason="Ghi nhầm"
                )  # fmt: skip
        except CatalogueError as error:
            # the same again, or another document's number, day and issuer
            excused = not is_taken_back and isinstance(error, (Invalid, Conflict))
            assert excused or actor.role is not Role.REVIEWER or not issued, error
            assert self._revision() == before
        else:
            assert actor.role is Role.REVIEWER
            assert issued
            self.ledger.issued(letter, self._revision(), None if is_taken_back else content["in_force_on"])

    @rule(
        ago=st.integers(0, 70),
        letter=st.sampled_from(DOCUMENTS),
        reason=st.sampled_from(["Giao bổ sung", " "]),
    )
    def assign(self, ago: int, letter: str, reason: str) -> None:
        if len(self.items) > 7:
            return
        day, title = self.catalogue.working_date - timedelta(days=ago), f"Việc số {len(self.items) + 1}"
        item = NaiveItem(figures.SIMPLIFICATION, BYT, (letter,), DEADLINE)
        new = NewItem(title.lower(), title, BYT, documents=(self.document[letter],), deadline=DEADLINE)
        basis = Basis("resolution", f"{len(self.items)}/NQ-CP", day, "Nghị quyết giao bổ sung", "chinh-phu")
        before = self._revision()
        try:
            with self.catalogue.database.transaction("plan.load") as transaction:
                document_id = documents.cite(transaction, basis)
                ids = commitments.assign(
                    transaction, self.catalogue.reference, item.programme, document_id, day, [new], reason=reason
                )  # fmt: skip
        except Invalid:
            assert not reason.strip()
            assert self._revision() == before
        else:
            item.begin(ids[0], self._revision(), day)
            self.items.append(item)

    @rule(days=st.integers(0, 20))
    def time_goes_by(self, days: int) -> None:
        moment = self.catalogue.moment()
        self.published.append(
            (moment, figures.compute(self.catalogue, "simplification.done", moment).numerator)
        )
        self.clock.now += timedelta(days=days)

    def _draft(
        self, who: str, item: NaiveItem, kind: ClaimKind, letter: str, content: dict[str, Any], files: list[tuple[str, bytes]],
        *, submit: bool, fresh: bool,
    ) -> None:  # fmt: skip
        actor = self._actor(who, item)
        state = items.standings(self.catalogue, [item.item_id]).get(item.item_id)
        assert state is not None
        before = self._revision()
        possible = actor.role is Role.MINISTRY_EDITOR and actor.agency_code == item.lead
        try:
            claim_id = claims.draft(
                self.catalogue, actor, item.item_id, kind, content, item_revision=state["revision"] - (not fresh),
                document_id=self.document[letter] if kind is ClaimKind.ENACTED else None, files=files, submit=submit,
            )  # fmt: skip
        except (Forbidden, NotSignedIn):
            assert not possible
        except StaleVersion:
            assert possible
            assert not fresh
        except Invalid as error:
            assert possible
            assert error.code != "claim_incomplete" or submit
        else:
            assert possible
            assert fresh
            now, ever = self._revision(), date(2030, 1, 1)
            assert item.in_base(ever, now)
            enacted = self.ledger.is_enacted(item, ever, before)
            assert kind is not ClaimKind.ENACTED or (letter in item.needed(ever, before) and not enacted)
            assert kind not in (ClaimKind.PUBLISHED, ClaimKind.DIFFERENCE) or enacted
            assert kind is not ClaimKind.EXTENSION or not enacted
            assert kind not in (ClaimKind.APPROVED, ClaimKind.COMPLETED)  # approved already; no such stage
            self.claims[claim_id] = Known(
                kind, item, letter, ClaimState.SUBMITTED if submit else ClaimState.DRAFT, len(files)
            )
            return
        assert self._revision() == before  # a refusal writes nothing

    def _act(
        self, who: str, place: int, action: Action, *, fresh: bool, comment: str | None, wanted: ClaimState | None = None
    ) -> None:  # fmt: skip
        if not self.claims:
            return
        claim_id, known, actor = self._chosen(who, place, wanted)
        now = self._claim(claim_id)
        possible = action in self._allowed(now, actor) and fresh
        try:
            claims.act(
                self.catalogue, actor, claim_id, action, revision=now.revision - (not fresh), comment=comment
            )
        except CatalogueError as error:
            needs_more = action in (Action.SUBMIT, Action.CONFIRM) or (
                action in (Action.RETURN, Action.REFUSE) and not (comment or "").strip()
            )
            self._refused(error, possible=possible, fresh=fresh, claim=now, incomplete=needs_more)
        else:
            assert possible
            assert action not in (Action.RETURN, Action.REFUSE) or (comment or "").strip()
            known.state = _LED_TO[action]
            if action is Action.CONFIRM:
                self._expect(known, now)

    def _refused(
        self, error: CatalogueError, *, possible: bool, fresh: bool, claim: Claim, incomplete: bool
    ) -> None:
        match error:
            case Forbidden() | NotSignedIn() | InvalidTransition():
                assert not possible
            case StaleVersion():
                assert not fresh
            case Invalid() | Conflict():
                assert possible
                assert incomplete
            case _:
                raise error
        assert self._claim(claim.claim_id) == claim  # a refusal changes nothing

    def _expect(self, known: Known, claim: Claim) -> None:
        """What the confirmation must have made of the items, told without SQL."""
        content, revision = claim.content, self._revision()
        if known.kind is ClaimKind.ENACTED:
            day = date.fromisoformat(content["in_force_on"])
            if self.ledger.force_day(known.letter, revision) is None:
                self.ledger.issued(known.letter, revision, day)
            assert self.ledger.force_day(known.letter, revision) == day
        elif known.kind is ClaimKind.EXTENSION:
            issued_on, deadline = (
                date.fromisoformat(content[name]) for name in ("issued_on", "new_deadline")
            )
            known.item.deadlines.append(Said(issued_on, revision, deadline))

    # -- what must hold after each step

    @invariant()
    def claims_are_where_their_story_left_them(self) -> None:
        rows = self.catalogue.database.whole("claim").rows(named=True)
        assert {row["claim_id"]: row["state"] for row in rows} == {
            claim_id: known.state.value for claim_id, known in self.claims.items()
        }

    @invariant()
    def the_ledger_is_the_naive_replay_for_every_pair_of_clocks(self) -> None:
        """State, figure, items behind it and base changes: on several days, as known now and before."""
        if self.checked == (self._revision(), self.clock.now):
            return  # nothing was written since
        now = self._revision()
        for revision in sorted({now, (self.first + now) // 2, self.first}):
            for day in (
                ASSIGNED + timedelta(days=20),
                self.catalogue.working_date,
                TODAY + timedelta(days=60),
            ):
                moment = Moment(day, None, revision)
                for programme, measure in MEASURE.items():
                    self._compare(moment, programme, measure)

    def _compare(self, moment: Moment, programme: str, measure: str) -> None:
        day, revision = moment.as_of, moment.revision
        base, done = (ask(programme, day, revision) for ask in (self.ledger.base, self.ledger.done))
        figure = figures.compute(self.catalogue, measure, moment)
        assert (figure.numerator, figure.denominator) == (len(done), len(base))
        for progress, expected in (("done", done), ("open", base - done)):
            found = items.find(self.catalogue, moment, programme, ItemFilter(progress=progress), size=1000)
            assert set(found["item_id"]) == expected
            by_id = {item.item_id: item for item in self.items}
            for row in found.iter_rows(named=True):
                item = by_id[row["item_id"]]
                assert row["enacted_on"] == self.ledger.enacted_on(item, day, revision)
                assert row["original_deadline"] == DEADLINE
                assert row["current_deadline"] == item.current_deadline(day, revision)
                assert row["published_on"] is None or (
                    row["enacted_on"] is not None and row["published_on"] >= row["enacted_on"]
                )
        changes = programmes.base_changes(self.catalogue, programme, moment)
        assert changes["added"].sum() - changes["withdrawn"].sum() == len(base)
        assert (changes["base_after"].to_list() or [0])[-1] == len(base)
        assert all(row["reason"] or row["document_number"] for row in changes.iter_rows(named=True))

    @invariant()
    def what_was_published_is_reproduced(self) -> None:
        for moment, numerator in self.published[-1:]:
            row = self.catalogue.database.row(  # asked of the database itself: a kept answer proves nothing
                "figures/programme_share",
                programme=figures.SIMPLIFICATION,
                above="done",
                below="base",
                as_of=moment.as_of,
                revision=moment.revision,
            )
            assert row is not None
            assert row["numerator"] == numerator

    @invariant()
    def the_store_is_proved(self) -> None:
        now = (self._revision(), self.clock.now)
        if self.checked[0] != now[0]:
            found = audit.check(self.catalogue)
            assert found.is_empty(), found.rows()
        self.checked = now

    # -- small change

    def _revision(self) -> int:
        return self.catalogue.moment().revision

    def _state(self, item: NaiveItem) -> Row:
        return items.standings(self.catalogue, [item.item_id])[item.item_id]

    def _actor(self, who: str, item: NaiveItem) -> Actor:
        own, other = ("byt", "bca") if item.lead == BYT else ("bca", "byt")
        return self.actors[{"own": own, "other": other}.get(who, who)]

    def _chosen(self, who: str, place: int, wanted: ClaimState | None = None) -> tuple[int, Known, Actor]:
        pool = [one for one in self.claims if wanted in (None, self.claims[one].state)] or list(self.claims)
        claim_id = pool[place % len(pool)]
        known = self.claims[claim_id]
        return claim_id, known, self._actor(who, known.item)

    def _claim(self, claim_id: int) -> Claim:
        row = self.catalogue.database.row(
            "claims/get_many", claims=[claim_id], working_day=self.catalogue.working_date
        )
        assert row is not None
        return Claim(
            claim_id, ClaimKind(row["kind"]), row["item_id"], row["document_id"], row["agency_code"],
            row["answering_agency"], ClaimState(row["state"]), json.loads(row["content"]), row["revision"],
        )  # fmt: skip

    def _allowed(self, claim: Claim, actor: Actor) -> frozenset[Action]:
        """allowed(), checked against the rule as the issue states it."""
        may = allowed(claim, actor)
        decides = actor.role is Role.REVIEWER
        possible = set(_POSSIBLE[claim.state])
        if claim.kind is not ClaimKind.EXTENSION:
            possible.discard(Action.REFUSE)
        is_own = actor.role is Role.MINISTRY_EDITOR and actor.agency_code == claim.agency_code
        assert may == {a for a in possible if (is_own if a in _OWN else decides)}
        assert not (claim.state in _DECIDED and may)
        return may


def test_no_order_of_actions_breaks_the_ledger(programme: Programme) -> None:
    run_state_machine_as_test(
        lambda: Workflow(*programme),
        settings=settings(
            max_examples=3,
            stateful_step_count=16,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


# -- confirmations that would break the ledger: refused, or counted from the day that keeps it whole


@pytest.fixture
def catalogue(programme: Programme, tmp_path: Path) -> Iterator[Installation]:
    installation = copied(programme[0], tmp_path)
    yield installation
    installation.database.close()


def submit(catalogue: Installation, kind: ClaimKind, document_id: int | None = None, **content: Any) -> int:
    """A complete claim about item 1, submitted by its own ministry."""
    state = items.standings(catalogue, [1])[1]
    return claims.draft(
        catalogue, actors()["byt"], 1, kind, {"number": "7/2024/TT", "reason": "Chờ luật"} | content,
        item_revision=state["revision"], document_id=document_id, files=[PDF], submit=True,
    )  # fmt: skip


def confirm_all(catalogue: Installation, *claim_ids: int) -> None:
    """Confirm one after the other; a refusal is an answer, a broken ledger is not."""
    vpcp = actors()["vpcp"]
    for claim_id in claim_ids:
        try:
            revision = claims.get(catalogue, vpcp, claim_id)[0].revision
            claims.act(catalogue, vpcp, claim_id, Action.CONFIRM, revision=revision)
        except (Invalid, Conflict):
            pass
    found = audit.check(catalogue)
    assert found.is_empty(), found.rows()


def test_two_extensions_confirmed_out_of_order_keep_projection_and_replay_together(
    catalogue: Installation,
) -> None:
    later = submit(
        catalogue, ClaimKind.EXTENSION, issued_on=date(2024, 3, 20), new_deadline=date(2024, 9, 30)
    )
    earlier = submit(
        catalogue, ClaimKind.EXTENSION, number="8/2024/TT", issued_on=date(2024, 3, 1), new_deadline=date(2024, 12, 31)
    )  # fmt: skip
    confirm_all(catalogue, later, earlier)


def test_an_extension_signed_before_the_assignment_is_no_original_deadline(catalogue: Installation) -> None:
    with pytest.raises(Invalid) as caught:
        submit(
            catalogue,
            ClaimKind.EXTENSION,
            issued_on=ASSIGNED - timedelta(days=1),
            new_deadline=date(2024, 9, 30),
        )
    assert [issue.rule for issue in caught.value.issues] == ["date_too_early"]


def test_published_before_it_was_enacted_is_refused(catalogue: Installation, programme: Programme) -> None:
    enacted = submit(
        catalogue, ClaimKind.ENACTED, programme[1]["A"], issued_on=date(2024, 3, 18), in_force_on=date(2024, 3, 20)
    )  # fmt: skip
    confirm_all(catalogue, enacted)
    with pytest.raises(Invalid) as caught:
        submit(catalogue, ClaimKind.PUBLISHED, issued_on=date(2024, 3, 1))
    assert [issue.rule for issue in caught.value.issues] == ["date_too_early"]


def test_an_item_is_published_once(catalogue: Installation, programme: Programme) -> None:
    enacted = submit(
        catalogue, ClaimKind.ENACTED, programme[1]["A"], issued_on=date(2024, 2, 1), in_force_on=date(2024, 2, 1)
    )  # fmt: skip
    confirm_all(catalogue, enacted)
    later = submit(catalogue, ClaimKind.PUBLISHED, issued_on=date(2024, 3, 20))
    earlier = submit(catalogue, ClaimKind.PUBLISHED, number="8/QĐ-BYT", issued_on=date(2024, 3, 1))
    confirm_all(catalogue, later, earlier)


def test_an_instrument_signed_before_the_assignment_is_refused(
    catalogue: Installation, programme: Programme
) -> None:
    day = ASSIGNED - timedelta(days=30)
    with pytest.raises(Invalid) as caught:
        submit(catalogue, ClaimKind.ENACTED, programme[1]["A"], issued_on=day, in_force_on=day)
    assert [issue.rule for issue in caught.value.issues] == ["date_too_early"]
