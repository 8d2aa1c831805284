"""Who decides, then and now: re-mapping on each side of 2025-03-01 and 2025-07-01, and changes that people record."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import catalogue.reference
from catalogue import bootstrap
from catalogue.errors import Forbidden, Invalid, NotFound, NotSignedIn, StaleVersion
from catalogue.model.actor import NOBODY, Actor, Role
from catalogue.model.authority import Authority, Form, Level, Transfer
from catalogue.reference import load_reference
from catalogue.services import audit, commitments, documents, figures, items, transfers
from catalogue.services.commitments import NewItem
from catalogue.services.documents import Basis
from catalogue.services.installation import Installation
from catalogue.services.transfers import Standing
from catalogue.settings import Settings

REVIEWER = Actor(1, "vpcp", "Người kiểm soát", Role.REVIEWER)
EDITOR = Actor(2, "byt", "Cán bộ Bộ Y tế", Role.MINISTRY_EDITOR, "bo-y-te")
GIVEN = date(2022, 8, 30)
BEFORE_MERGER, MERGER = date(2025, 2, 28), date(2025, 3, 1)
BEFORE_ENDING, ENDING = date(2025, 6, 30), date(2025, 7, 1)
DECISION = Basis("decision", "1015/QĐ-TTg", GIVEN, "Phương án phân cấp", "thu-tuong-chinh-phu")
OF_MINISTRIES = Basis(
    "decree", "33/2025/NĐ-CP", date(2025, 2, 25), "Chức năng, nhiệm vụ của Bộ Xây dựng", "chinh-phu"
)
DECREE = Basis("decree", "131/2025/NĐ-CP", date(2025, 6, 12), "Phân định thẩm quyền", "chinh-phu")


def moving(
    to: Level | Authority, giver: Level | Authority = Level.MINISTRY, form: Form = Form.PHAN_CAP
) -> Transfer:
    sides = [one if isinstance(one, Authority) else Authority(one) for one in (giver, to)]
    return Transfer(form, *sides)


def assigned(
    installation: Installation,
    transfer: Transfer | None,
    field: str = "Dược phẩm",
    lead: str = "bo-y-te",
    code: str | None = None,
) -> int:
    new = NewItem("việc", "Cấp phép", lead, procedure_code=code, field_name=field, transfer=transfer)
    with installation.database.transaction("plan.load") as transaction:
        document_id = documents.cite(transaction, DECISION)
        (item_id,) = commitments.assign(
            transaction, installation.reference, figures.DECENTRALISATION, document_id, GIVEN, [new],
            reason="Rà soát",
        )  # fmt: skip
    return item_id


def on(installation: Installation, item_id: int, day: date) -> Standing:
    found = transfers.of_item(installation, installation.moment(day), item_id)
    assert found is not None
    return found


def change(
    installation: Installation,
    item_id: int,
    transfer: Transfer,
    day: date,
    *,
    actor: Actor = REVIEWER,
    reason: str = "Phân định lại",
    basis: Basis | None = None,
    revision: int | None = None,
) -> None:
    if revision is None:
        revision = items.get(installation, installation.moment(), item_id).state["lock_revision"]
    transfers.change(
        installation, actor, item_id, revision=revision, on=day, reason=reason, basis=basis, transfer=transfer
    )


def refused(
    installation: Installation, item_id: int, transfer: Transfer, day: date, reason: str = "Lý do"
) -> list[str]:
    with pytest.raises(Invalid) as caught:
        change(installation, item_id, transfer, day, reason=reason)
    return [issue.rule for issue in caught.value.issues] or [caught.value.code]


@pytest.mark.parametrize(
    ("giver", "field", "now"),
    [
        (Level.MINISTRY, "Môi trường", Level.PROVINCIAL),
        (Level.MINISTRY, "TÀI NGUYÊN NƯỚC", Level.PROVINCIAL),
        (Level.MINISTRY, "Dược phẩm", Level.COMMUNAL),
        (Level.PROVINCIAL, "Dược phẩm", Level.COMMUNAL),
        (Level.PROVINCIAL, "Môi trường", Level.COMMUNAL),
    ],
)
def test_a_level_that_is_no_more_is_followed_by_rule_and_the_original_is_kept(
    empty: Installation, giver: Level, field: str, now: Level
) -> None:
    first = moving(Authority(Level.DISTRICT, body="Phòng Tài nguyên và Môi trường"), giver)
    item_id = assigned(empty, first, field)
    before, after = on(empty, item_id, BEFORE_ENDING), on(empty, item_id, ENDING)
    assert (before.first, before.said, before.now) == (first, first, first)
    assert (before.is_overtaken, before.ended_on, before.rule) == (False, None, None)
    assert (after.first, after.said) == (first, first)
    assert after.now == moving(now, giver)  # the body went with its level
    assert (after.is_overtaken, after.ended_on, after.is_void) == (True, ENDING, False)
    assert after.rule is not None
    assert (after.rule.level, after.rule.to, after.rule.on, after.rule.basis) == (
        Level.DISTRICT, now, ENDING, "memory",
    )  # fmt: skip
    assert after.rule.note


@pytest.mark.parametrize("to", [Level.PROVINCIAL, Level.COMMUNAL, Level.OTHER])
def test_levels_that_go_on_are_left_alone(empty: Installation, to: Level) -> None:
    item_id = assigned(empty, moving(to), "Môi trường")
    after = on(empty, item_id, ENDING)
    assert (after.now, after.is_overtaken, after.ended_on, after.rule) == (moving(to), False, None, None)


def test_an_agency_that_merged_is_followed_by_its_heir_on_both_sides(empty: Installation) -> None:
    giver = Authority(Level.MINISTRY, "bo-giao-thong-van-tai")
    taker = Authority(Level.PROVINCIAL, "ubnd-quang-binh")
    item_id = assigned(empty, moving(taker, giver), "Đường bộ", "bo-giao-thong-van-tai")
    heir = Authority(Level.MINISTRY, "bo-xay-dung")
    for day, now, is_overtaken in (
        (BEFORE_MERGER, moving(taker, giver), False),
        (MERGER, moving(taker, heir), False),
        (BEFORE_ENDING, moving(taker, heir), False),
        (ENDING, moving(Authority(Level.PROVINCIAL, "ubnd-quang-tri"), heir), True),
    ):
        found = on(empty, item_id, day)
        assert (found.first, found.now, found.is_overtaken) == (moving(taker, giver), now, is_overtaken)
    assert on(empty, item_id, ENDING).ended_on == ENDING


def test_what_is_named_after_a_field_has_left_stays_where_it_was_named(empty: Installation) -> None:
    justice, police = (Authority(Level.MINISTRY, code) for code in ("bo-tu-phap", "bo-cong-an"))
    first = Transfer(Form.PHAN_CAP, Authority(Level.OTHER, body="Thủ tướng Chính phủ"), justice)
    item_id = assigned(empty, first, "Lý lịch tư pháp", "bo-tu-phap")
    assert on(empty, item_id, BEFORE_MERGER).now.taker == justice
    assert on(empty, item_id, MERGER).now.taker == police
    change(empty, item_id, first, date(2025, 4, 1), reason="Bộ Tư pháp tiếp tục quyết định")
    assert on(empty, item_id, date(2025, 3, 31)).now.taker == police
    assert on(empty, item_id, date(2025, 4, 1)).now.taker == justice


def test_a_change_holds_from_its_day_and_overrides_the_rule(empty: Installation) -> None:
    item_id = assigned(empty, moving(Level.DISTRICT))
    known_before, day = empty.moment(date(2025, 8, 1)), date(2025, 7, 20)
    change(empty, item_id, moving(Level.PROVINCIAL), day, basis=DECREE)
    eve, after = on(empty, item_id, date(2025, 7, 19)), on(empty, item_id, day)
    assert (eve.now, eve.change) == (moving(Level.COMMUNAL), None)
    assert (after.first, after.now, after.rule) == (moving(Level.DISTRICT), moving(Level.PROVINCIAL), None)
    assert (after.is_overtaken, after.ended_on) == (True, ENDING)
    assert after.change is not None
    assert (after.change.on, after.change.reason, after.change.number) == (
        day,
        "Phân định lại",
        "131/2025/NĐ-CP",
    )
    unseen = transfers.of_item(empty, known_before, item_id)  # it was recorded later
    assert unseen is not None
    assert (unseen.now, unseen.change) == (moving(Level.COMMUNAL), None)
    assert audit.check(empty).is_empty()


def test_a_change_made_before_the_ending_is_followed_by_the_rule_in_its_turn(empty: Installation) -> None:
    item_id = assigned(empty, moving(Level.PROVINCIAL), "Môi trường")
    change(empty, item_id, moving(Level.DISTRICT), date(2025, 1, 1))
    assert on(empty, item_id, date(2024, 12, 31)).now == moving(Level.PROVINCIAL)
    assert on(empty, item_id, BEFORE_ENDING).now == moving(Level.DISTRICT)
    after = on(empty, item_id, ENDING)
    assert (after.first, after.said, after.now) == (
        moving(Level.PROVINCIAL), moving(Level.DISTRICT), moving(Level.PROVINCIAL),
    )  # fmt: skip
    assert after.rule is not None


def test_what_the_rule_says_is_confirmed_by_a_change(empty: Installation) -> None:
    item_id = assigned(empty, moving(Level.DISTRICT))
    change(empty, item_id, moving(Level.COMMUNAL), ENDING, basis=DECREE)
    after = on(empty, item_id, ENDING)
    assert (after.now, after.rule) == (moving(Level.COMMUNAL), None)
    assert after.change is not None
    assert refused(empty, item_id, moving(Level.COMMUNAL), ENDING) == ["nothing_changed"]


@pytest.mark.parametrize(
    ("field", "before", "heir", "day"),
    [
        ("Đường bộ", "bo-giao-thong-van-tai", "bo-xay-dung", MERGER),
        ("Lý lịch tư pháp", "bo-tu-phap", "bo-cong-an", MERGER),
    ],
)
def test_what_the_succession_says_is_confirmed_by_a_change(
    empty: Installation, field: str, before: str, heir: str, day: date
) -> None:
    item_id = assigned(empty, moving(Level.PROVINCIAL, Authority(Level.MINISTRY, before)), field, before)
    inherited = moving(Level.PROVINCIAL, Authority(Level.MINISTRY, heir))
    assert on(empty, item_id, day).now == inherited
    change(empty, item_id, inherited, day, basis=OF_MINISTRIES)
    after = on(empty, item_id, day)
    assert (after.said, after.now) == (inherited, inherited)
    assert after.change is not None and after.change.number == OF_MINISTRIES.number
    assert refused(empty, item_id, inherited, day) == ["nothing_changed"]
    assert audit.check(empty).is_empty()


def test_changes_that_cannot_be_say_why(empty: Installation) -> None:
    item_id = assigned(empty, moving(Level.DISTRICT))
    down = moving(Level.PROVINCIAL)
    assert refused(empty, item_id, moving(Level.DISTRICT), BEFORE_ENDING) == ["nothing_changed"]
    assert refused(empty, item_id, moving(Level.DISTRICT, form=Form.UY_QUYEN), ENDING) == ["level_ended"]
    assert refused(empty, item_id, moving(Level.COMMUNAL, Level.DISTRICT), ENDING) == ["level_ended"]
    assert refused(empty, item_id, moving(Level.PROVINCIAL, Level.PROVINCIAL), ENDING) == [
        "transfer_not_downward"
    ]
    assert refused(empty, item_id, moving(Level.MINISTRY, Level.COMMUNAL), ENDING) == [
        "transfer_not_downward"
    ]
    gone = Authority(Level.MINISTRY, "bo-giao-thong-van-tai")
    assert refused(empty, item_id, moving(Level.COMMUNAL, gone), MERGER) == ["agency_not_there"]
    unknown = Authority(Level.PROVINCIAL, "khong-co")
    assert refused(empty, item_id, moving(unknown), ENDING) == ["agency_not_there"]
    assert refused(empty, item_id, down, empty.working_date.replace(year=2027)) == ["date_in_future"]
    assert refused(empty, item_id, down, date(2022, 8, 29)) == ["date_too_early"]
    assert refused(empty, item_id, down, ENDING, reason=" ") == ["reason_missing"]
    change(empty, item_id, down, date(2025, 9, 1))
    assert refused(empty, item_id, moving(Level.COMMUNAL), date(2025, 8, 31)) == ["date_too_early"]
    change(
        empty, item_id, moving(gone.level, Level.OTHER), date(2025, 9, 1)
    )  # outside the levels: either side
    assert audit.check(empty).is_empty()


def test_within_one_level_a_named_body_or_agency_of_it_decides(empty: Installation) -> None:
    item_id = assigned(empty, moving(Level.COMMUNAL))
    department = Authority(Level.PROVINCIAL, body=" Sở  Y tế ")
    for form in Form:
        change(empty, item_id, moving(department, Level.PROVINCIAL, form), ENDING)
        assert on(empty, item_id, ENDING).now.taker.body == "Sở Y tế"
        assert not on(empty, item_id, ENDING).is_void
        nobody = moving(Level.PROVINCIAL, Level.PROVINCIAL, form)
        assert refused(empty, item_id, nobody, ENDING) == ["transfer_not_downward"]
    ministry, other = (Authority(Level.MINISTRY, code) for code in ("bo-y-te", "bo-tai-chinh"))
    assert refused(empty, item_id, moving(other, ministry), ENDING) == ["transfer_not_downward"]
    change(empty, item_id, moving(other, ministry, Form.UY_QUYEN), ENDING)
    change(empty, item_id, moving(ministry), ENDING)
    assert audit.check(empty).is_empty()


def test_a_decision_is_not_given_back_to_the_centre(empty: Installation) -> None:
    item_id = assigned(empty, moving(Level.COMMUNAL))
    for above in (
        Authority(Level.OTHER, body="Chính phủ"),
        Authority(Level.OTHER, "ngan-hang-chinh-sach-xa-hoi"),
    ):
        up = moving(above, Level.PROVINCIAL)
        assert refused(empty, item_id, up, ENDING) == ["transfer_not_downward"]


def test_only_the_office_changes_an_assignment_and_only_what_it_has_read(empty: Installation) -> None:
    item_id = assigned(empty, moving(Level.DISTRICT))
    revision = items.get(empty, empty.moment(), item_id).state["lock_revision"]
    for actor, refusal in ((NOBODY, NotSignedIn), (EDITOR, Forbidden)):
        with pytest.raises(refusal):
            change(empty, item_id, moving(Level.PROVINCIAL), ENDING, actor=actor)
    change(empty, item_id, moving(Level.PROVINCIAL), ENDING, revision=revision)
    with pytest.raises(StaleVersion):
        change(empty, item_id, moving(Level.COMMUNAL), ENDING, revision=revision)
    with pytest.raises(NotFound):
        change(empty, 999, moving(Level.COMMUNAL), ENDING, revision=1)


def test_an_item_that_moves_no_decision_or_was_withdrawn_is_refused(empty: Installation) -> None:
    plain = assigned(empty, None)
    assert transfers.of_item(empty, empty.moment(), plain) is None
    assert refused(empty, plain, moving(Level.PROVINCIAL), ENDING) == ["item_moves_no_decision"]
    state = items.get(empty, empty.moment(), plain).state
    commitments.withdraw(
        empty, REVIEWER, plain, revision=state["lock_revision"], on=ENDING, reason="Bãi bỏ thủ tục"
    )
    assert refused(empty, plain, moving(Level.PROVINCIAL), ENDING) == ["item_withdrawn"]


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (moving(Level.PROVINCIAL, Level.COMMUNAL), "transfer from a lower level to a higher one"),
        (moving(Level.PROVINCIAL, Level.PROVINCIAL), "transfer from a lower level to a higher one"),
        ({"to_level": "cap-tinh"}, "transfer with an unknown level"),
    ],
)
def test_the_check_finds_a_change_that_cannot_be(
    empty: Installation, wrong: Transfer | dict[str, str], problem: str
) -> None:
    item_id = assigned(empty, moving(Level.DISTRICT))
    columns = commitments.transfer_columns(wrong if isinstance(wrong, Transfer) else moving(Level.COMMUNAL))
    columns |= wrong if isinstance(wrong, dict) else {}
    with empty.database.transaction("item.transfer") as transaction:
        fact = {
            "change_id": transaction.new_id(),
            "item_id": item_id,
            "effective_date": ENDING,
            "reason": "Sai",
        }
        transaction.append("transfer_change", [fact | columns])
    assert audit.check(empty)["problem"].to_list() == [problem]


@pytest.mark.parametrize(
    ("transfer", "is_wrong"),
    [
        (moving(Authority(Level.PROVINCIAL, body="Sở Y tế"), Level.PROVINCIAL), False),
        (moving(Level.MINISTRY, Authority(Level.OTHER, body="Thủ tướng Chính phủ")), False),
        (moving(Level.OTHER), False),
        (moving(Authority(Level.OTHER, body="Chính phủ")), True),
        (moving(Level.MINISTRY, Level.PROVINCIAL), True),
    ],
)
def test_the_check_reads_first_assignments_too(
    empty: Installation, transfer: Transfer, is_wrong: bool
) -> None:
    item_id = assigned(empty, transfer)
    problem = ("transfers", "transfer from a lower level to a higher one", str(item_id))
    assert audit.check(empty).select("check", "problem", "id").rows() == [problem] * is_wrong


@pytest.fixture
def with_rules(
    empty_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str, str], Installation]]:
    """An installation whose reference data a person has edited."""
    opened: list[Installation] = []

    def edit(old: str, new: str) -> Installation:
        folder, data = tmp_path / "reference", tmp_path / "edited"
        shutil.copytree(Path(catalogue.reference.__file__).parent, folder)
        text = (folder / "succession.yml").read_text(encoding="utf-8")
        assert old in text
        (folder / "succession.yml").write_text(text.replace(old, new), encoding="utf-8")
        monkeypatch.setattr("catalogue.services.installation.load_reference", lambda: load_reference(folder))
        settings = Settings(data_dir=data)
        data.mkdir()
        shutil.copy(empty_template, settings.database)
        opened.append(bootstrap.open_catalogue(settings, clock=lambda: datetime(2026, 11, 20, 3, tzinfo=UTC)))
        return opened[-1]

    yield edit
    for installation in opened:
        installation.database.close()


def test_a_rule_that_gives_the_decision_back_leaves_nothing_to_transfer(
    with_rules: Callable[[str, str], Installation],
) -> None:
    rules = with_rules(
        "      - to: communal\n        from_level: provincial",
        "      - to: provincial\n        from_level: provincial",
    )
    item_id = assigned(rules, moving(Level.DISTRICT, Level.PROVINCIAL))
    assert not on(rules, item_id, BEFORE_ENDING).is_void
    assert on(rules, item_id, ENDING).is_void
