"""Decisions applied in any order keep one standing version a day; lists tell timeliness as the rule does."""

import itertools
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue import bootstrap
from catalogue.errors import Invalid
from catalogue.model.actor import Actor, Role
from catalogue.model.annex import Action, Extent, Line
from catalogue.model.publication import Basis, Draft
from catalogue.model.timeliness import Milestone, Timeliness, overall
from catalogue.services import audit, decisions, publications, versions
from catalogue.services.effects import Effect
from catalogue.services.installation import Installation
from catalogue.services.versions import NextVersion
from catalogue.settings import Settings

REVIEWER = Actor(1, "vpcp", "Người kiểm soát", Role.REVIEWER)
START = date(2024, 1, 2)
KNOWN = "2.000001"
MINISTRY, PROVINCE = "bo-tu-phap", "ubnd-quang-binh"
numbers = itertools.count(1)

letters = st.sampled_from("abcde")
names = st.sampled_from(["Cấp giấy phép", "Cấp giấy phép mới"])
lines = st.one_of(
    st.builds(Line, st.just(0), st.just(Action.NEW), letters, names),
    st.builds(Line, st.just(0), st.just(Action.AMENDED), letters, st.just("") | names),
    st.builds(Line, st.just(0), st.just(Action.ABOLISHED), letters),
    st.builds(
        Line, st.just(0), st.just(Action.ABOLISHED), letters, extent=st.just(Extent.PART), note=st.just("Mẫu số 2")
    ),
    st.builds(
        Line, st.just(0), st.just(Action.REPLACED), letters, names, replaces=st.sampled_from([(), ("a",), ("b", "c")])
    ),
)  # fmt: skip
drafts = st.builds(
    lambda issuer, signed, delay, annex: Draft(
        issuer=issuer,
        issued_on=START + timedelta(days=signed),
        in_force_on=START + timedelta(days=signed + delay),
        title="Công bố",
        signer_position="head_of_ministry" if issuer == MINISTRY else "chair_of_province",
        lines=tuple(replace(line, row=row) for row, line in enumerate(annex, start=1)),
    ),
    issuer=st.sampled_from([MINISTRY, MINISTRY, PROVINCE]),
    signed=st.integers(0, 8),
    delay=st.integers(0, 4),
    annex=st.lists(lines, min_size=1, max_size=3, unique_by=lambda line: line.code),
)
FIRST = Draft(
    issuer=MINISTRY,
    issued_on=START,
    in_force_on=START,
    title="Công bố",
    signer_position="head_of_ministry",
    lines=tuple(Line(row, Action.NEW, code, "Cấp giấy phép") for row, code in enumerate("abc", start=1)),
)


@pytest.fixture(scope="module")
def ledger(empty_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One database for the module: every example has codes and numbers of its own."""
    chosen = Settings(data_dir=tmp_path_factory.mktemp("publications"))
    shutil.copy(empty_template, chosen.database)
    installation = bootstrap.open_catalogue(chosen)
    with installation.database.transaction("test") as transaction:
        known = NextVersion(KNOWN, date(2010, 1, 1), {"name": "Đăng ký khai sinh"}, "test")
        versions.write(transaction, installation.reference, [known])
    yield installation
    installation.database.close()


def own(draft: Draft, example: int) -> Draft:
    """The draft with codes and a number that no other example uses."""

    def code(letter: str) -> str:
        return f"1.{example:05d}{'abcde'.index(letter)}"

    return replace(
        draft,
        number=f"{next(numbers)}/QĐ",
        lines=tuple(
            replace(line, code=code(line.code), replaces=tuple(map(code, line.replaces)))
            for line in draft.lines
        ),
    )


@settings(max_examples=8, deadline=None)
@given(history=st.lists(drafts, min_size=2, max_size=8))
def test_any_order_keeps_one_standing_version_a_day(ledger: Installation, history: Sequence[Draft]) -> None:
    example = next(numbers)
    written: list[Effect] = []
    for draft in (own(draft, example) for draft in (FIRST, *history)):
        shown = publications.preview(ledger, REVIEWER, draft)
        before = ledger.database.row("revision/last")
        try:
            publications.register(ledger, REVIEWER, draft, seen=shown.seen)
        except Invalid as error:
            assert not shown.can_be_registered
            assert error.issues == shown.issues
            assert ledger.database.row("revision/last") == before
        else:
            assert shown.can_be_registered
            written += [effect for effect in shown.effects if effect.version is not None]
    assert written
    for day in (START + timedelta(days=offset) for offset in range(-1, 14)):
        moment = ledger.moment(day)
        expected: dict[str, tuple[str, bool]] = {}
        for effect in sorted(written, key=lambda one: one.version.effective_date):  # type: ignore[union-attr]
            if effect.version and effect.version.effective_date <= day:
                expected[effect.code] = (effect.version.content["name"], effect.version.in_force)
        codes = [effect.code for effect in written]
        standing = versions.standing(ledger.database, day, moment.revision, codes)
        assert {code: (found.content["name"], found.in_force) for code, found in standing.items()} == expected
        frame = ledger.database.read("publications/names", as_of=day, revision=moment.revision)
        assert frame["procedure_code"].is_unique().all()


milestones = st.tuples(
    st.sampled_from([MINISTRY, PROVINCE, "bao-hiem-xa-hoi-viet-nam"]),
    st.dates(date(2010, 1, 1), date(2026, 6, 30)),
    st.lists(st.integers(-60, 60), max_size=2),
    st.none() | st.integers(0, 30),
    st.none() | st.integers(0, 30),
)


@settings(max_examples=7, deadline=None)
@given(found=st.lists(milestones, min_size=1, max_size=6))
def test_the_list_says_what_the_rule_says(
    ledger: Installation, found: Sequence[tuple[str, date, list[int], int | None, int | None]]
) -> None:
    ids = [record(ledger, *one) for one in found]
    moment = ledger.moment(date(2026, 12, 31))
    frame = decisions.find(ledger, moment, date(2010, 1, 1), action=None, size=10**6)
    rows = {row["document_id"]: row for row in frame.iter_rows(named=True)}
    for document_id in ids:
        state, late = overall(decisions.get(ledger, moment, document_id).checks)
        assert (rows[document_id]["timeliness"], rows[document_id]["days_late"]) == (state, late or None)
    issuers = decisions.issuers(ledger, moment, date(2010, 1, 1), action=None)
    for kept in Timeliness:
        listed = decisions.find(ledger, moment, date(2010, 1, 1), action=None, kept=kept)
        assert issuers[kept.value].sum() == (listed["total"][0] if listed.height else 0)


def record(
    ledger: Installation,
    issuer: str,
    signed_on: date,
    bases: list[int],
    entered: int | None,
    posted: int | None,
) -> int:
    """A decision with its milestones, as facts."""
    draft = Draft(
        issuer=issuer,
        number=f"{next(numbers)}/QĐ",
        issued_on=signed_on,
        in_force_on=signed_on,
        title="Công bố",
        lines=(Line(1, Action.AMENDED, KNOWN),),
        bases=tuple(
            Basis(f"{next(numbers)}/TT", signed_on - timedelta(days=90), MINISTRY, "circular", signed_on + timedelta(days=after))
            for after in bases
        ),
        entered_on=None if entered is None else signed_on + timedelta(days=entered),
        posted_on=None if posted is None else signed_on + timedelta(days=posted),
    )  # fmt: skip
    with ledger.database.transaction("facts") as transaction:
        document_id = publications.decision_records.append(transaction, draft, was_known=False)
        publications.decision_records.append_lines(transaction, document_id, draft.lines)
    return document_id


def test_a_day_recorded_for_later_is_not_known_yet(ledger: Installation) -> None:
    document_id = record(ledger, MINISTRY, date(2024, 5, 6), [], 4, None)

    def entered(day: date) -> date | None:
        checks = decisions.get(ledger, ledger.moment(day), document_id).checks
        return next(check.actual_on for check in checks if check.milestone is Milestone.ENTERED)

    assert (entered(date(2024, 5, 9)), entered(date(2024, 5, 10))) == (None, date(2024, 5, 10))
    frame = decisions.find(ledger, ledger.moment(date(2024, 5, 9)), date(2024, 5, 6), action=None)
    assert frame.filter(frame["document_id"] == document_id)["timeliness"].to_list() == ["unknown"]


def test_the_ledger_of_all_examples_holds(ledger: Installation) -> None:
    assert audit.check(ledger).is_empty()
