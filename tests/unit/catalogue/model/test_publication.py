"""What keeps a publication decision from being registered, field by field and line by line."""

from dataclasses import replace
from datetime import date

import pytest

from catalogue.errors import Issue
from catalogue.model.annex import Action, Extent, Known, Line, Standing
from catalogue.model.publication import Basis, Cited, Draft, Superseded, Surroundings, has_errors, problems

SIGNED, IN_FORCE, TODAY = date(2024, 3, 4), date(2024, 4, 15), date(2024, 3, 21)
BIRTH = "1.000001"
DRAFT = Draft(
    issuer="bo-tu-phap",
    number="100/QĐ-BTP",
    issued_on=SIGNED,
    title="Công bố thủ tục hành chính",
    in_force_on=IN_FORCE,
    signer_position="head_of_ministry",
    bases=(Basis("02/2024/TT-BTP", date(2024, 2, 29), "bo-tu-phap", "circular", IN_FORCE),),
    lines=(Line(1, Action.AMENDED, BIRTH),),
)
AROUND = Surroundings(
    today=TODAY,
    standing=Standing(
        issuer="bo-tu-phap",
        issuer_kind="ministry",
        in_force_on=IN_FORCE,
        known={BIRTH: Known("Đăng ký khai sinh", True, "bo-tu-phap", date(2020, 1, 1))},
    ),
    signer_kinds=frozenset({"ministry", "ministry_level"}),
    agency_kinds={"bo-tu-phap": "ministry", "ubnd-quang-binh": "province"},
)


def found(
    draft: Draft, around: Surroundings = AROUND
) -> list[tuple[str, str | None, int | None, str | None]]:
    return [(issue.rule, issue.sheet, issue.row, issue.column) for issue in problems(draft, around)]


def test_a_whole_draft_has_no_problem() -> None:
    assert problems(DRAFT, AROUND) == ()


def test_an_empty_draft_says_what_is_missing() -> None:
    rules = found(Draft(), Surroundings(TODAY))
    missing = ["issuer", "number", "issued_on", "title", "in_force_on", "signer_position"]
    assert [column for rule, _, _, column in rules if rule == "field_missing"] == missing
    assert ("no_lines", "lines", None, None) in rules
    assert ("no_basis", "bases", None, None) in rules


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"issued_on": date(2024, 3, 22), "bases": ()}, ("signed_in_future", None, None, "issued_on")),
        ({"in_force_on": date(2024, 3, 1)}, ("in_force_before_issue", None, None, "in_force_on")),
        ({"entered_on": date(2024, 3, 1)}, ("day_before_signature", None, None, "entered_on")),
        ({"posted_on": date(2024, 4, 1)}, ("day_not_come", None, None, "posted_on")),
        ({"title": "x" * 4001}, ("text_too_long", None, None, "title")),
        ({"bases": (Basis("1/2024/TT-BTP", SIGNED),)}, ("field_missing", "bases", 1, "issuer")),
        (
            {"bases": (Basis("1/2024/NĐ-CP", date(2024, 3, 5), None, "decree", IN_FORCE),)},
            ("cited_after_decision", "bases", 1, "issued_on"),
        ),
        (
            {"bases": (Basis("1/2024/NĐ-CP", SIGNED, None, "decree", date(2024, 3, 1)),)},
            ("in_force_before_issue", "bases", 1, "in_force_on"),
        ),
        ({"bases": (DRAFT.bases[0], DRAFT.bases[0])}, ("cited_twice", "bases", 2, "number")),
        (
            {"mirrors": (Cited("1/QĐ-BYT", SIGNED, "bo-y-te"),)},
            ("mirror_of_no_province", "mirrors", None, None),
        ),
        (
            {"mirrors": (Cited("1/QĐ-UBND", SIGNED, "ubnd-quang-binh"),)},
            ("mirrored_province", "mirrors", 1, "issuer"),
        ),
        (
            {"supersedes": (Superseded("100 /QĐ-BTP", SIGNED, "bo-tu-phap"),)},
            ("cites_itself", "supersedes", 1, "number"),
        ),
        (
            {"supersedes": (Superseded("9/QĐ-BTP", SIGNED, "bo-tu-phap", Extent.PART),)},
            ("part_not_said", "supersedes", 1, "note"),
        ),
    ],
)
def test_problems_of_the_decision(
    change: dict[str, object], expected: tuple[str, str | None, int | None, str | None]
) -> None:
    assert expected in found(replace(DRAFT, **change))  # type: ignore[arg-type]


def test_the_signer_must_be_competent() -> None:
    def signed(kind: str, kinds: set[str], *, assigned: bool = False) -> list[Issue]:
        around = replace(
            AROUND,
            standing=replace(AROUND.standing, issuer_kind=kind),
            signer_kinds=frozenset(kinds),
            needs_assignment=assigned,
        )
        return [issue for issue in problems(DRAFT, around) if issue.column == "signer_position"]

    assert signed("ministry", {"ministry"}) == []
    assert [issue.rule for issue in signed("province", {"ministry"})] == ["signer_not_competent"]
    assert [issue.rule for issue in signed("ministry", set())] == ["signer_not_competent"]
    [warning] = signed("other", {"other"}, assigned=True)
    assert (warning.rule, warning.severity) == ("signer_needs_assignment", "warning")


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (Line(3), "action_missing"),
        (Line(3, Action.AMENDED, "", "Đăng ký kết hôn"), "code_not_given"),
        (Line(3, Action.NEW, "", "Đăng ký kết hôn"), "new_code_not_given"),
        (Line(3, Action.AMENDED, "1.000099"), "code_unknown"),
        (Line(3, Action.NEW, BIRTH, "Đăng ký khai sinh"), "code_in_force"),
        (Line(3, Action.NEW, "1.000099"), "name_not_given"),
        (Line(3, Action.NEW, "1.00099", "Mới"), "code_lost_zeros"),
        (Line(3, Action.NEW, "TTHC-99", "Mới"), "code_unusual"),
        (Line(3, Action.NEW, "1.000099", "Mới", extent=Extent.PART), "extent_not_allowed"),
        (Line(3, Action.ABOLISHED, BIRTH, extent=Extent.PART), "part_not_said"),
        (Line(3, Action.AMENDED, BIRTH, replaces=("1.000002",)), "replaces_nothing"),
        (Line(3, Action.REPLACED, "1.000099", "Mới", replaces=("1.000098",)), "code_unknown"),
        (Line(3, Action.REPLACED, "1.000099", "Mới", replaces=("1.000099",)), "code_twice"),
        (Line(3, Action.ABOLISHED, BIRTH, "Cấp giấy phép xây dựng nhà ở"), "name_differs"),
        (Line(3, Action.ABOLISHED, BIRTH, note="x" * 4001), "text_too_long"),
    ],
)
def test_problems_of_a_line_name_its_row(line: Line, rule: str) -> None:
    issues = problems(replace(DRAFT, lines=(line,)), AROUND)
    assert (rule, "lines", 3) in {(issue.rule, issue.sheet, issue.row) for issue in issues}


def test_a_code_stands_in_one_line_only() -> None:
    lines = (
        Line(1, Action.AMENDED, BIRTH),
        Line(4, Action.REPLACED, "1.000010", "Mới", replaces=(BIRTH,)),
    )
    twice = [issue for issue in problems(replace(DRAFT, lines=lines), AROUND) if issue.rule == "code_twice"]
    assert [(issue.row, issue.value) for issue in twice] == [(4, BIRTH)]


def test_errors_keep_out_and_warnings_do_not() -> None:
    assert has_errors([Issue("a", "warning"), Issue("b")])
    assert not has_errors(problems(replace(DRAFT, bases=()), AROUND))
    assert problems(replace(DRAFT, bases=()), AROUND)
