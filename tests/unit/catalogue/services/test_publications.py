"""Registering publication decisions: rights, conflicts, what each action does to the catalogue, all or nothing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from catalogue.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn, StaleVersion
from catalogue.model.actor import NOBODY, Actor, Role
from catalogue.model.annex import Action, Extent, Line
from catalogue.model.publication import Basis, Cited, Draft, Superseded
from catalogue.model.timeliness import Milestone, Timeliness
from catalogue.services import audit, decisions, procedures, proposals, publications, versions
from catalogue.services.effects import EffectKind
from catalogue.services.installation import Installation
from catalogue.services.versions import NextVersion

REVIEWER = Actor(1, "vpcp", "Người kiểm soát", Role.REVIEWER)
JUSTICE = Actor(2, "btp", "Cán bộ Bộ Tư pháp", Role.MINISTRY_EDITOR, "bo-tu-phap")
FARMING = "bo-nong-nghiep-va-phat-trien-nong-thon"
BIRTH, MARRIAGE, CROPS, GONE = "1.000001", "1.000002", "2.000003", "1.000004"
SIGNED, IN_FORCE = date(2024, 5, 6), date(2024, 6, 10)
DRAFT = Draft(
    issuer="bo-tu-phap",
    number="812/QĐ-BTP",
    issued_on=SIGNED,
    title="Công bố thủ tục hành chính lĩnh vực hộ tịch",
    in_force_on=IN_FORCE,
    signer_name="Nguyễn Văn A",
    signer_position="head_of_ministry",
    bases=(Basis("03/2024/TT-BTP", date(2024, 4, 15), "bo-tu-phap", "circular", IN_FORCE),),
    lines=(Line(1, Action.AMENDED, BIRTH, levels=("communal", "provincial")),),
)


@pytest.fixture
def catalogue(empty: Installation) -> Installation:
    """Three procedures in force since 2023, one abolished."""
    write(
        empty,
        NextVersion(BIRTH, date(2023, 1, 1), record("Đăng ký khai sinh", levels=["communal"]), "test"),
        NextVersion(MARRIAGE, date(2023, 1, 1), record("Đăng ký kết hôn", steps=["Bước 1: Nộp"]), "test"),
        NextVersion(
            CROPS, date(2023, 1, 1),
            record("Cấp giấy chứng nhận vùng trồng", "Trồng trọt", "Bộ Nông nghiệp và Phát triển nông thôn"), "test",
        ),
        NextVersion(GONE, date(2023, 1, 1), record("Thủ tục cũ"), "test", in_force=False),
    )  # fmt: skip
    return empty


def record(name: str, field: str = "Hộ tịch", agency: str = "Bộ Tư pháp", **parts: Any) -> Mapping[str, Any]:
    return {"name": name, "field_name": field, "issuing_agency_text": agency, **parts}


def write(installation: Installation, *new: NextVersion) -> None:
    with installation.database.transaction("test") as transaction:
        versions.write(transaction, installation.reference, new)


def on(installation: Installation, day: date, known_at: date | None = None) -> dict[str, tuple[str, bool]]:
    moment = installation.moment(day, known_at)
    standing = versions.standing(installation.database, moment.as_of, moment.revision)
    return {code: (found.content["name"], found.in_force) for code, found in standing.items()}


def rules(issues: Any, severity: str = "error") -> set[str]:
    return {issue.rule for issue in issues if issue.severity == severity}


def head(installation: Installation) -> Any:
    return installation.database.row("revision/last")


def test_an_amendment_is_merged_over_the_version_that_stood_before(catalogue: Installation) -> None:
    document_id = publications.register(catalogue, REVIEWER, DRAFT)
    moment = catalogue.moment(IN_FORCE)
    found = procedures.get(catalogue, moment, BIRTH)
    assert found.version.levels == {"communal", "provincial"}
    assert found.version.name == "Đăng ký khai sinh"
    assert found.version.field_name == "Hộ tịch"
    assert found.version.details.decision_number == "812/QĐ-BTP"
    assert found.decision is not None
    assert (found.decision.document_id, found.decision.number) == (document_id, "812/QĐ-BTP")
    before = procedures.get(catalogue, catalogue.moment(date(2024, 6, 9)), BIRTH)
    assert before.version.levels == {"communal"}
    assert audit.check(catalogue).is_empty()


def test_the_two_clocks_of_a_version_that_a_decision_wrote(catalogue: Installation, clock: Any) -> None:
    clock.now = datetime(2026, 11, 25, 3, tzinfo=UTC)
    abolition = replace(DRAFT, lines=(Line(1, Action.ABOLISHED, BIRTH),))
    publications.register(catalogue, REVIEWER, abolition)
    assert on(catalogue, date(2024, 6, 9))[BIRTH] == ("Đăng ký khai sinh", True)
    assert on(catalogue, IN_FORCE)[BIRTH] == ("Đăng ký khai sinh", False)
    assert on(catalogue, IN_FORCE, known_at=date(2026, 11, 24))[BIRTH] == ("Đăng ký khai sinh", True)
    not_known_yet = catalogue.moment(IN_FORCE, date(2026, 11, 24))
    assert decisions.find(catalogue, not_known_yet, date(2024, 1, 1)).is_empty()
    assert decisions.find(catalogue, catalogue.moment(SIGNED), date(2024, 1, 1)).height == 1
    assert decisions.find(catalogue, catalogue.moment(date(2024, 5, 5)), date(2024, 1, 1)).is_empty()


def test_each_action_does_what_it_says(catalogue: Installation) -> None:
    lines = (
        Line(1, Action.NEW, "1.000010", "Đăng ký lại khai sinh", "Hộ tịch", ("communal",)),
        Line(2, Action.REPLACED, "1.000011", "Đăng ký hộ tịch điện tử", replaces=(BIRTH, MARRIAGE)),
        Line(3, Action.ABOLISHED, CROPS, extent=Extent.PART, note="Bỏ mẫu số 02"),
        Line(4, Action.NEW, GONE, "Thủ tục cũ được ban hành lại"),
    )
    draft = replace(DRAFT, lines=lines)
    shown = publications.preview(catalogue, REVIEWER, draft)
    assert rules(shown.issues, "warning") == {"code_of_another_agency"}
    assert [(effect.row, effect.code, effect.kind) for effect in shown.effects] == [
        (1, "1.000010", EffectKind.CREATED),
        (2, BIRTH, EffectKind.ABOLISHED),
        (2, MARRIAGE, EffectKind.ABOLISHED),
        (2, "1.000011", EffectKind.CREATED),
        (3, CROPS, EffectKind.KEPT),
        (4, GONE, EffectKind.CREATED),
    ]
    document_id = publications.register(catalogue, REVIEWER, draft, seen=shown.seen)
    standing = on(catalogue, IN_FORCE)
    assert {code: in_force for code, (_, in_force) in standing.items()} == {
        BIRTH: False, MARRIAGE: False, CROPS: True, GONE: True, "1.000010": True, "1.000011": True,
    }  # fmt: skip
    new = procedures.get(catalogue, catalogue.moment(IN_FORCE), "1.000010")
    assert (new.version.agency_name, new.version.levels) == ("Bộ Tư pháp", {"communal"})
    assert new.version.details.steps is None
    assert len(procedures.versions(catalogue, catalogue.moment(IN_FORCE), CROPS)) == 1
    annex = decisions.lines(catalogue, catalogue.moment(IN_FORCE), document_id)
    assert annex.select("action", "procedure_code", "extent", "note").row(2) == (
        "abolished", CROPS, "part", "Bỏ mẫu số 02",
    )  # fmt: skip
    assert annex["replaces"].to_list() == [[], [BIRTH, MARRIAGE], [], []]
    assert audit.check(catalogue).is_empty()


def test_replaced_under_its_own_code_and_into_one_that_stands(catalogue: Installation) -> None:
    lines = (
        Line(1, Action.REPLACED, BIRTH, "Đăng ký khai sinh trực tuyến"),
        Line(2, Action.REPLACED, MARRIAGE, replaces=(CROPS,)),
    )
    publications.register(catalogue, REVIEWER, replace(DRAFT, lines=lines))
    standing = on(catalogue, IN_FORCE)
    assert standing[BIRTH] == ("Đăng ký khai sinh trực tuyến", True)
    assert (standing[MARRIAGE], standing[CROPS][1]) == (("Đăng ký kết hôn", True), False)
    merged = procedures.get(catalogue, catalogue.moment(IN_FORCE), MARRIAGE)
    assert merged.version.details.steps == ("Bước 1: Nộp",)


def test_another_spelling_of_the_same_name_changes_nothing(catalogue: Installation) -> None:
    lines = (Line(1, Action.AMENDED, BIRTH, "ĐĂNG KÝ KHAI SINH", "hộ tịch"),)
    publications.register(catalogue, REVIEWER, replace(DRAFT, lines=lines))
    found = procedures.get(catalogue, catalogue.moment(IN_FORCE), BIRTH)
    assert (found.version.name, found.version.field_name) == ("Đăng ký khai sinh", "Hộ tịch")


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (Line(1, Action.NEW, BIRTH, "Đăng ký khai sinh"), "code_in_force"),
        (Line(1, Action.AMENDED, "1.999999"), "code_unknown"),
        (Line(1, Action.REPLACED, "1.000010", "Mới", replaces=("1.999999",)), "code_unknown"),
        (Line(1, Action.ABOLISHED, GONE), "code_not_in_force"),
        (Line(1, Action.ABOLISHED, "", "Đăng ký khai sinh"), "code_not_given"),
        (Line(1, Action.ABOLISHED, BIRTH, extent=Extent.PART), "part_not_said"),
        (Line(1, Action.NEW, "1.00010", "Mới"), "code_lost_zeros"),
        (Line(1, Action.NEW, "1.000010"), "name_not_given"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    catalogue: Installation, line: Line, rule: str
) -> None:
    before = head(catalogue)
    with pytest.raises(Invalid) as caught:
        publications.register(
            catalogue, REVIEWER, replace(DRAFT, lines=(DRAFT.lines[0], replace(line, row=2)))
        )
    assert rule in rules(caught.value.issues)
    assert {issue.row for issue in caught.value.issues if issue.rule == rule} == {2}
    assert head(catalogue) == before
    assert catalogue.database.whole("publication_line").is_empty()


def test_a_failure_half_way_leaves_nothing(catalogue: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    before = head(catalogue)

    def fail(*_: Any) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(publications.decision_records, "append_lines", fail)
    with pytest.raises(RuntimeError):
        publications.register(catalogue, REVIEWER, DRAFT)
    assert head(catalogue) == before
    assert on(catalogue, IN_FORCE)[BIRTH] == ("Đăng ký khai sinh", True)
    for table in ("document", "document_identity", "publication", "publication_line", "publication_basis"):
        assert catalogue.database.whole(table).is_empty(), table


def test_a_decision_is_registered_once(catalogue: Installation) -> None:
    publications.register(catalogue, REVIEWER, DRAFT)
    again = replace(DRAFT, number="812 /QĐ-BTP.", lines=(Line(1, Action.ABOLISHED, MARRIAGE),))
    assert "decision_registered" in rules(publications.preview(catalogue, REVIEWER, again).issues)
    with pytest.raises(Conflict, match="decision_registered_already"):
        publications.register(catalogue, REVIEWER, again)
    another_day = replace(again, issued_on=date(2024, 5, 7))
    publications.register(catalogue, REVIEWER, another_day)
    assert on(catalogue, IN_FORCE)[MARRIAGE][1] is False


def test_who_may_register_what(catalogue: Installation) -> None:
    with pytest.raises(NotSignedIn):
        publications.register(catalogue, NOBODY, DRAFT)
    with pytest.raises(Forbidden):
        publications.register(catalogue, Actor(3, "l", "Lãnh đạo", Role.VIEWER), DRAFT)
    with pytest.raises(Forbidden):
        publications.preview(catalogue, JUSTICE, replace(DRAFT, issuer="bo-y-te"))
    with pytest.raises(Forbidden):
        publications.register(catalogue, JUSTICE, replace(DRAFT, issuer=FARMING))
    publications.register(catalogue, JUSTICE, DRAFT)
    publications.register(
        catalogue,
        Actor(4, "qt", "Quản trị", Role.ADMINISTRATOR),
        replace(DRAFT, number="9/QĐ", lines=(Line(1, Action.AMENDED, MARRIAGE),)),
    )


def test_a_ministry_cannot_reach_anothers_procedure_by_its_own_decision(catalogue: Installation) -> None:
    draft = replace(DRAFT, lines=(Line(1, Action.ABOLISHED, CROPS),))
    assert "code_of_another_agency" in rules(publications.preview(catalogue, JUSTICE, draft).issues)
    with pytest.raises(Invalid):
        publications.register(catalogue, JUSTICE, draft)
    assert rules(publications.preview(catalogue, REVIEWER, draft).issues) == set()


def test_the_successor_of_an_agency_answers_for_its_procedures(catalogue: Installation) -> None:
    day = date(2025, 4, 1)
    draft = replace(
        DRAFT, issuer="bo-nong-nghiep-va-moi-truong", issued_on=day, in_force_on=day, lines=(Line(1, Action.AMENDED, CROPS),)
    )  # fmt: skip
    assert "code_of_another_agency" not in rules(
        publications.preview(catalogue, REVIEWER, draft).issues, "warning"
    )


def test_a_later_version_is_told_and_keeps_standing(catalogue: Installation) -> None:
    write(
        catalogue, NextVersion(BIRTH, date(2024, 8, 1), record("Đăng ký khai sinh lưu động"), "portal_list")
    )
    shown = publications.preview(catalogue, REVIEWER, DRAFT)
    assert "version_later" in rules(shown.issues, "warning")
    assert [effect.until for effect in shown.effects] == [date(2024, 8, 1)]
    publications.register(catalogue, REVIEWER, DRAFT)
    assert procedures.get(catalogue, catalogue.moment(date(2024, 7, 31)), BIRTH).version.levels == {
        "communal",
        "provincial",
    }
    assert on(catalogue, date(2024, 8, 1))[BIRTH][0] == "Đăng ký khai sinh lưu động"


def test_a_version_from_the_same_day_is_told_and_built_upon(catalogue: Installation) -> None:
    write(catalogue, NextVersion(BIRTH, IN_FORCE, record("Đăng ký khai sinh mới"), "portal_list"))
    assert "version_of_same_day" in rules(publications.preview(catalogue, REVIEWER, DRAFT).issues, "warning")
    publications.register(catalogue, REVIEWER, DRAFT)
    found = procedures.get(catalogue, catalogue.moment(IN_FORCE), BIRTH)
    assert (found.version.name, len(found.version.levels)) == ("Đăng ký khai sinh mới", 2)
    assert audit.check(catalogue).is_empty()


def test_what_stands_otherwise_than_previewed_is_not_overwritten(catalogue: Installation) -> None:
    shown = publications.preview(catalogue, REVIEWER, DRAFT)
    write(catalogue, NextVersion(BIRTH, date(2024, 2, 1), record("Đăng ký khai sinh khác"), "portal_list"))
    before = head(catalogue)
    with pytest.raises(StaleVersion, match="catalogue_changed_meanwhile"):
        publications.register(catalogue, REVIEWER, DRAFT, seen=shown.seen)
    assert head(catalogue) == before


PROVINCE = replace(
    DRAFT,
    issuer="ubnd-quang-binh",
    number="3218/QĐ-UBND",
    issued_on=date(2024, 11, 18),
    in_force_on=date(2024, 11, 18),
    signer_position="chair_of_province",
    bases=(),
    mirrors=(Cited("2972/QĐ-BNN-CN", date(2024, 8, 29), FARMING),),
    lines=(Line(1, Action.NEW, CROPS), Line(2, Action.ABOLISHED, BIRTH)),
)


def test_a_province_repeats_what_its_ministry_published(catalogue: Installation) -> None:
    before = on(catalogue, date(2024, 11, 18))
    shown = publications.preview(catalogue, REVIEWER, PROVINCE)
    assert rules(shown.issues) == set()
    assert rules(shown.issues, "warning") == {"no_basis", "cited_not_known", "still_in_force_nationally"}
    assert {effect.kind for effect in shown.effects} == {EffectKind.REPEATED}
    assert [(lag.days, lag.working_days) for _, lag in shown.lags] == [(81, 55)]
    document_id = publications.register(catalogue, REVIEWER, PROVINCE)
    assert on(catalogue, date(2024, 11, 18)) == before
    moment = catalogue.moment(date(2024, 12, 31))
    page = decisions.get(catalogue, moment, document_id)
    assert page.relations.select("relation", "number", "has_lines").rows() == [
        ("mirrors", "2972/QĐ-BNN-CN", False)
    ]
    cited = decisions.get(catalogue, moment, page.relations["other_id"][0])
    assert (cited.decision["number"], cited.lines.height, cited.checks) == ("2972/QĐ-BNN-CN", 0, ())
    total, quang_binh = decisions.lag(catalogue, moment, date(2024, 1, 1)).to_dicts()
    assert (total["is_total"], total["decisions"], total["median_days"]) == (True, 1, 81.0)
    assert (quang_binh["agency"], quang_binh["longest_days"], quang_binh["median_working_days"]) == (
        "ubnd-quang-binh", 81, 55.0,
    )  # fmt: skip


def test_a_provinces_own_procedure_is_its_own(catalogue: Installation) -> None:
    own = replace(
        PROVINCE, mirrors=(), lines=(Line(1, Action.NEW, "3.000001", "Xét tặng danh hiệu của tỉnh"),)
    )
    publications.register(catalogue, REVIEWER, own)
    found = procedures.get(catalogue, catalogue.moment(date(2024, 11, 18)), "3.000001")
    assert found.version.agency_name == "Ủy ban nhân dân tỉnh Quảng Bình"
    again = replace(own, number="1/QĐ-UBND", lines=(Line(1, Action.ABOLISHED, "3.000001"),))
    publications.register(catalogue, REVIEWER, again)
    assert on(catalogue, date(2024, 11, 18))["3.000001"][1] is False
    taking = replace(
        own, number="2/QĐ-UBND", lines=(Line(1, Action.REPLACED, "3.000002", "X", replaces=(CROPS,)),)
    )
    assert "code_of_another_agency" in rules(publications.preview(catalogue, REVIEWER, taking).issues)


def test_a_decision_that_was_only_cited_becomes_registered(catalogue: Installation) -> None:
    publications.register(catalogue, REVIEWER, PROVINCE)
    source = replace(
        DRAFT, issuer=FARMING, number="2972/QĐ-BNN-CN", issued_on=date(2024, 8, 29), in_force_on=date(2024, 9, 15),
        lines=(Line(1, Action.AMENDED, CROPS),),
    )  # fmt: skip
    document_id = publications.register(catalogue, REVIEWER, source)
    moment = catalogue.moment(date(2024, 12, 31))
    page = decisions.get(catalogue, moment, document_id)
    assert (page.decision["title"], page.decision["in_force_on"]) == (source.title, date(2024, 9, 15))
    assert page.relations.select("relation", "number").rows() == [("mirrored_by", "3218/QĐ-UBND")]
    assert audit.check(catalogue).is_empty()


def test_supersession_is_seen_from_both_sides(catalogue: Installation) -> None:
    first = publications.register(catalogue, REVIEWER, DRAFT)
    later = replace(
        DRAFT, number="900/QĐ-BTP", issued_on=date(2024, 7, 1), in_force_on=date(2024, 7, 1),
        supersedes=(Superseded("812/QĐ-BTP", SIGNED, "bo-tu-phap", Extent.PART, "Mục II phụ lục"),),
        lines=(Line(1, Action.AMENDED, MARRIAGE),),
    )  # fmt: skip
    publications.register(catalogue, REVIEWER, later)
    page = decisions.get(catalogue, catalogue.moment(date(2024, 7, 1)), first)
    assert page.relations.select("relation", "number", "extent", "note").rows() == [
        ("superseded_by", "900/QĐ-BTP", "part", "Mục II phụ lục")
    ]
    assert decisions.get(catalogue, catalogue.moment(SIGNED), first).relations.is_empty()


def test_days_are_recorded_later_and_corrected(catalogue: Installation, clock: Any) -> None:
    document_id = publications.register(catalogue, REVIEWER, DRAFT)

    def checks(known_at: date | None = None) -> dict[str, tuple[Timeliness, int | None]]:
        moment = catalogue.moment(date(2024, 12, 31), known_at)
        found = decisions.get(catalogue, moment, document_id).checks
        return {check.milestone: (check.state, check.days_late) for check in found}

    assert checks()[Milestone.ENTERED] == (Timeliness.UNKNOWN, None)
    publications.record_days(catalogue, JUSTICE, document_id, {Milestone.ENTERED: date(2024, 5, 17)})
    assert checks()[Milestone.ENTERED] == (Timeliness.LATE, 4)
    revision = head(catalogue)["revision"]
    clock.now = datetime(2026, 11, 22, 3, tzinfo=UTC)
    publications.record_days(catalogue, JUSTICE, document_id, {Milestone.ENTERED: date(2024, 5, 13)})
    assert checks()[Milestone.ENTERED] == (Timeliness.IN_TIME, 0)
    assert checks(date(2026, 11, 21))[Milestone.ENTERED] == (Timeliness.LATE, 4)
    assert head(catalogue)["revision"] == revision + 1
    with pytest.raises(Invalid):
        publications.record_days(catalogue, JUSTICE, document_id, {Milestone.POSTED: date(2024, 5, 3)})
    with pytest.raises(Forbidden):
        publications.record_days(
            catalogue, replace(JUSTICE, agency_code="bo-y-te"), document_id, {Milestone.POSTED: date(2024, 5, 8)}
        )  # fmt: skip
    with pytest.raises(NotFound):
        publications.record_days(catalogue, REVIEWER, 404, {Milestone.POSTED: date(2024, 5, 8)})
    assert audit.check(catalogue).is_empty()


def test_a_known_legal_document_keeps_its_recorded_day(catalogue: Installation) -> None:
    publications.register(catalogue, REVIEWER, DRAFT)
    basis = replace(DRAFT.bases[0], in_force_on=date(2024, 9, 1))
    other = replace(DRAFT, number="813/QĐ-BTP", bases=(basis,), lines=(Line(1, Action.AMENDED, MARRIAGE),))
    shown = publications.preview(catalogue, REVIEWER, other)
    assert "basis_in_force_otherwise" in rules(shown.issues, "warning")
    assert shown.checks[0].limit_on == date(2024, 5, 13)


def test_lists_filter_by_how_limits_were_kept(catalogue: Installation) -> None:
    in_time = replace(DRAFT, entered_on=date(2024, 5, 8), posted_on=date(2024, 5, 10))
    late = replace(
        DRAFT, number="813/QĐ-BTP", issued_on=date(2024, 5, 20), entered_on=date(2024, 5, 21), posted_on=date(2024, 5, 21),
        lines=(Line(1, Action.AMENDED, MARRIAGE),),
    )  # fmt: skip
    unknown = replace(DRAFT, number="814/QĐ-BTP", lines=(Line(1, Action.ABOLISHED, CROPS),))
    for draft in (in_time, late, unknown):
        publications.register(catalogue, REVIEWER, draft)
    moment, since = catalogue.moment(date(2024, 12, 31)), date(2024, 1, 1)
    for kept, number in (
        (Timeliness.IN_TIME, "812/QĐ-BTP"),
        (Timeliness.LATE, "813/QĐ-BTP"),
        (Timeliness.UNKNOWN, "814/QĐ-BTP"),
    ):
        assert decisions.find(catalogue, moment, since, kept=kept)["number"].to_list() == [number]
    frame = decisions.find(catalogue, moment, since)
    assert dict(frame.select("number", "days_late").iter_rows())["813/QĐ-BTP"] == 5
    issuer = decisions.issuers(catalogue, moment, since).row(0, named=True)
    assert [issuer[name] for name in ("decisions", "in_time", "late", "unknown")] == [3, 1, 1, 1]


def test_a_line_without_a_code_is_proposed_never_matched(catalogue: Installation) -> None:
    write(
        catalogue,
        NextVersion("1.000020", date(2023, 1, 1), record("Đăng ký khai sinh có yếu tố nước ngoài"), "test"),
        NextVersion("1.000021", date(2023, 1, 1), record("Đăng ký khai sinh", "Quốc tịch"), "test"),
    )
    lines = (
        Line(1, Action.ABOLISHED, "", "đăng kí khai sinh", "Quốc tịch"),
        Line(2, Action.AMENDED, "", "Đăng ký khai sinh yếu tố nước ngoài"),
        Line(3, Action.AMENDED, "", "Cấp phép nuôi voi"),
        Line(4, Action.NEW, "", "Đăng ký kết hôn"),
        Line(5, Action.AMENDED, BIRTH, "Đăng ký khai sinh"),
    )
    found = proposals.of_annex(catalogue, lines, IN_FORCE)
    assert list(found) == [1, 2, 3]
    assert [(one.code, one.is_same) for one in found[1]][:2] == [("1.000021", True), (BIRTH, True)]
    assert (found[2][0].code, found[2][0].is_same) == ("1.000020", False)
    assert found[3] == ()
    draft = replace(DRAFT, lines=lines[:1])
    assert "code_not_given" in rules(publications.preview(catalogue, REVIEWER, draft).issues)


def test_a_procedure_that_was_abolished_comes_back_under_its_old_name(catalogue: Installation) -> None:
    publications.register(
        catalogue, REVIEWER, replace(DRAFT, lines=(Line(1, Action.NEW, GONE, "Thủ tục cũ"),))
    )
    assert on(catalogue, IN_FORCE)[GONE] == ("Thủ tục cũ", True)
