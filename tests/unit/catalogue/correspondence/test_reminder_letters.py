"""Reminder letters: who is late, what each letter says, all of them in one file; rights and hostile texts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document

from catalogue.correspondence import letters
from catalogue.errors import Forbidden, Invalid, NotSignedIn
from catalogue.model.actor import Actor
from catalogue.model.claim import ClaimKind, ClaimState
from catalogue.model.reminder import Reminder
from catalogue.services import claims, figures, items, reminders
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter
from catalogue.working_days import civil_day

pytestmark = pytest.mark.reads_only

Person = Callable[[Installation, str], Actor]


@pytest.fixture
def reviewer(demo: Installation, person: Person) -> Actor:
    return person(demo, "vpcp")


@pytest.fixture
def late(demo: Installation, reviewer: Actor) -> list[Reminder]:
    return reminders.late_agencies(demo, reviewer, demo.moment())


def written(demo: Installation, actor: Actor, one: Reminder, **changes: str) -> Any:
    wording = reminders.reworded(demo.reference.reminder, changes)
    places = reminders.places(demo, demo.moment())
    return Document(BytesIO(letters.write(demo, actor, one, wording, places, demo.moment().as_of)))


def text_of(word: Any) -> str:
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def test_the_overdue_items_of_the_letters_are_those_of_the_lists(
    demo: Installation, late: list[Reminder]
) -> None:
    moment = demo.moment()
    for state, count in (("overdue", "overdue"), ("due_soon", "due_soon")):
        listed: dict[str, int] = {}
        for programme in figures.PROGRAMMES.values():
            found = items.find(demo, moment, programme, ItemFilter(deadline_state=state), size=100_000)
            for row in found.iter_rows(named=True):
                listed[row["lead_agency"]] = listed.get(row["lead_agency"], 0) + 1
        told = {one.agency_code: getattr(one, count) for one in late if getattr(one, count)}
        assert told == {code: number for code, number in listed.items() if code in told}
        if state == "overdue":
            assert told == listed
    assert sum(one.overdue for one in late) > 20


def test_returned_claims_are_told_after_some_days_only(
    demo: Installation, reviewer: Actor, late: list[Reminder]
) -> None:
    found = claims.find(demo, reviewer, state=ClaimState.RETURNED, size=1000)
    moment = demo.moment()
    limit = moment.as_of - timedelta(days=demo.reference.reminder.returned_days)
    old = {row["claim_id"] for row in found.iter_rows(named=True) if civil_day(row["decided_at"]) <= limit}
    assert {claim.claim_id for one in late for claim in one.returned} == old
    everything = reminders.every_agency(demo, moment, returned_for=0)
    assert len([claim for one in everything for claim in one.returned]) == found.height > len(old) - 1


@pytest.mark.writes
def test_an_answer_to_the_four_questions_is_heard_for_a_while(
    demo: Installation, person: Person, late: list[Reminder]
) -> None:
    before = next(one for one in late if one.agency_code == "bo-y-te")
    item = next(item for item in before.items if item.is_unanswered)
    editor = person(demo, "byt")
    values = {
        "expected_on": date(2024, 9, 30), "decision": "cut", "reason": "Chờ nghị định", "stuck_at": "Bộ Tư pháp",
    }  # fmt: skip
    lock = items.get(demo, demo.moment(), item.item_id).state["lock_revision"]
    claims.draft(demo, editor, item.item_id, ClaimKind.OBSTACLE, values, item_revision=lock, submit=True)

    def is_unanswered(day: date) -> bool:
        found = reminders.every_agency(demo, replace(demo.moment(), as_of=day))
        asked = next(one for one in found if one.agency_code == "bo-y-te").items
        return next(one.is_unanswered for one in asked if one.item_id == item.item_id)

    assert not is_unanswered(demo.working_date)
    assert is_unanswered(demo.working_date - timedelta(days=1))
    assert not is_unanswered(demo.today + timedelta(days=92))
    assert is_unanswered(demo.today + timedelta(days=93))


def test_a_merged_agency_is_asked_through_its_successor(demo: Installation) -> None:
    moment = replace(demo.moment(), as_of=date(2025, 7, 2))
    codes = {one.agency_code for one in reminders.every_agency(demo, moment)}
    assert codes <= {agency.code for agency in demo.reference.agencies_on(moment.as_of)}
    assert "bo-xay-dung" in codes
    assert "bo-giao-thong-van-tai" not in codes


def test_a_letter_says_what_the_agency_is_late_with(
    demo: Installation, reviewer: Actor, late: list[Reminder]
) -> None:
    one = next(one for one in late if one.agency_code == "bo-y-te")
    word = written(demo, reviewer, one)
    text = text_of(word)
    assert "Kính gửi: Bộ Y tế" in text
    assert "Số: …/VPCP-KSTT" in text
    assert f"Có {one.overdue} phương án, nhiệm vụ đã quá thời hạn" in text
    assert "trước ngày 01/04/2024" in text
    assert "TL. BỘ TRƯỞNG, CHỦ NHIỆM" in text
    assert "Dữ liệu trình diễn" in text
    annex = word.tables[2]
    listed = [row.cells[0].text for row in annex.rows if row.cells[0].text.isdigit()]
    assert listed == [str(number) for number in range(1, len(one.items) + 1)]
    assert sum("Quá hạn" in row.cells[3].text for row in annex.rows) == one.overdue


def test_what_the_agency_does_not_owe_is_not_said(
    demo: Installation, reviewer: Actor, late: list[Reminder]
) -> None:
    one = replace(late[0], items=late[0].items[:1], returned=(), missing_period=None)
    text = text_of(written(demo, reviewer, one))
    assert "bị trả lại" not in text
    assert "không phát sinh" not in text
    owing = replace(one, items=(), missing_period="2024-02")
    text = text_of(written(demo, reviewer, owing))
    assert "quá thời hạn" not in text
    assert "Chưa gửi báo cáo" in text


def test_all_letters_come_in_one_file(demo: Installation, reviewer: Actor, late: list[Reminder]) -> None:
    told: list[tuple[int, int]] = []
    wording, places = demo.reference.reminder, reminders.places(demo, demo.moment())
    content = letters.write_all(
        demo,
        reviewer,
        late,
        wording,
        places,
        demo.moment().as_of,
        lambda done, total: told.append((done, total)),
    )
    with ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        assert names == [letters.file_name(one, demo.moment().as_of) for one in late]
        for name, one in zip(names, late, strict=True):
            word = Document(BytesIO(archive.read(name)))
            assert f"Kính gửi: {one.agency_name}" in [paragraph.text for paragraph in word.paragraphs]
    assert told == [(number, len(late)) for number in range(1, len(late) + 1)]


@pytest.mark.parametrize(
    ("account", "refusal"), [("", NotSignedIn), ("byt", Forbidden), ("lanhdao", Forbidden)]
)
def test_only_the_office_writes_letters(
    demo: Installation, person: Person, late: list[Reminder], account: str, refusal: type[Exception]
) -> None:
    actor = person(demo, account)
    with pytest.raises(refusal):
        reminders.late_agencies(demo, actor, demo.moment())
    places = reminders.places(demo, demo.moment())
    with pytest.raises(refusal):
        letters.write_all(demo, actor, late, demo.reference.reminder, places, demo.moment().as_of)
    with pytest.raises(refusal):
        letters.write(demo, actor, late[0], demo.reference.reminder, places, demo.moment().as_of)


def test_the_wording_can_be_changed_before(demo: Installation, reviewer: Actor, late: list[Reminder]) -> None:
    text = text_of(written(demo, reviewer, late[0], opening="Kính mong {agency}\n\nxem xét.", closing=""))
    assert f"Kính mong {late[0].agency_name}" in text
    assert "xem xét." in text
    assert "Trân trọng" not in text


def test_a_wording_that_cannot_be_filled_names_every_part(demo: Installation) -> None:
    changes = {"opening": "{ai}", "closing": "{day.year}", "request": "x" * 4001, "about": " "}
    with pytest.raises(Invalid) as caught:
        reminders.reworded(demo.reference.reminder, changes)
    found = {(issue.column, issue.rule) for issue in caught.value.issues}
    assert found == {
        ("opening", "wording_place"),
        ("closing", "wording_place"),
        ("request", "wording_long"),
        ("about", "field_missing"),
    }


def test_hostile_names_do_no_harm(demo: Installation, reviewer: Actor, late: list[Reminder]) -> None:
    name = "=cmd|' /C calc'!A0 {day} {0.__class__}\x00\x0b </w:t>" + "Ự" * 4000
    item = replace(late[0].items[0], title=name, documents=name, procedure_code=None)
    one = replace(late[0], agency_name=name, items=(item,))
    word = written(demo, reviewer, one)
    text = text_of(word)
    assert "=cmd|' /C calc'!A0 {day} {0.__class__} </w:t>" in text
    assert "\x00" not in text
