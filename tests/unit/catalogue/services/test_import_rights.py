"""Who may stage, see and decide batches; the services ask, whatever a screen shows."""

from collections.abc import Callable, Iterable
from datetime import date
from hashlib import sha256
from typing import Any

import pytest

from catalogue.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn
from catalogue.model.actor import NOBODY, Actor, Role
from catalogue.model.listing import Listed
from catalogue.services import batches, imports
from catalogue.services.imports import Incoming
from catalogue.services.installation import Installation

Person = Callable[[Installation, str], Actor]
DAY = date(2024, 3, 20)
PARTS = frozenset({"name", "issuing_agency_text"})


def listed(code: str, name: str = "Cấp thẻ", agency: str = "Bộ Y tế", row: int = 2) -> Listed:
    return Listed(row, code, {"name": name, "issuing_agency_text": agency})


def incoming(*rows: Listed, parts: Iterable[str] = PARTS, **changed: Any) -> Incoming:
    content = repr(rows).encode()
    usual: dict[str, Any] = {
        "source": "interchange",
        "file_name": "a.xlsx",
        "sha256": sha256(content).hexdigest(),
        "content": content,
        "observed_on": DAY,
        "listed": rows,
        "parts": frozenset(parts),
        "rows_read": len(rows),
        "for_agencies": True,
        "headers": {"issuing_agency_text": "Cơ quan ban hành"},
    }
    return Incoming(**{**usual, **changed})


@pytest.mark.parametrize(("account", "refusal"), [("", NotSignedIn), ("lanhdao", Forbidden)])
def test_staging_needs_the_right(
    demo: Installation, person: Person, account: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        imports.stage(demo, incoming(listed("1.990001")), by=person(demo, account))
    assert batches.find(demo).is_empty()


def test_an_editor_stages_only_sources_made_for_agencies(demo: Installation, person: Person) -> None:
    byt = person(demo, "byt")
    with pytest.raises(Forbidden) as refused:
        imports.stage(demo, incoming(listed("1.990001"), for_agencies=False, source="portal_list"), by=byt)
    assert refused.value.code == "source_not_for_agencies"
    assert imports.stage(demo, incoming(listed("1.990001")), by=byt).rows_new == 1


def test_rows_of_another_agency_are_refused_row_by_row(demo: Installation, person: Person) -> None:
    report = imports.stage(
        demo,
        incoming(listed("1.990001"), listed("1.990002", agency="Bộ Công an", row=3)),
        by=person(demo, "byt"),
    )
    assert (report.rows_new, report.rows_rejected) == (1, 1)
    (issue,) = [one for one in report.issues if one.rule == "agency_not_yours"]
    assert (issue.severity, issue.row, issue.column, issue.value) == (
        "error", 3, "Cơ quan ban hành", "Bộ Công an",
    )  # fmt: skip


@pytest.mark.parametrize("parts", [PARTS, frozenset({"name"})])
def test_a_procedure_of_another_agency_cannot_be_taken_over(
    demo: Installation, person: Person, parts: frozenset[str]
) -> None:
    first = imports.stage(
        demo, incoming(listed("1.990001", agency="Bộ Công an"), observed_on=date(2024, 3, 1))
    )
    imports.accept(demo, first.batch_id)
    report = imports.stage(demo, incoming(listed("1.990001", "Khác"), parts=parts), by=person(demo, "byt"))
    assert (report.rows_changed, report.rows_rejected) == (0, 1)
    assert {one.rule for one in report.issues if one.severity == "error"} == {"agency_not_yours"}


def test_the_office_stages_for_every_agency(demo: Installation, person: Person) -> None:
    rows = (listed("1.990001"), listed("1.990002", agency="Bộ Công an", row=3))
    assert imports.stage(demo, incoming(*rows), by=person(demo, "vpcp")).rows_new == 2


@pytest.mark.parametrize(
    ("account", "refusal"), [("", NotSignedIn), ("lanhdao", Forbidden), ("byt", Forbidden)]
)
def test_accepting_needs_the_right(
    demo: Installation, person: Person, account: str, refusal: type[Exception]
) -> None:
    number = imports.stage(demo, incoming(listed("1.990001")), by=person(demo, "byt")).batch_id
    with pytest.raises(refusal):
        imports.accept(demo, number, by=person(demo, account))
    assert batches.report(demo, number).state == "staged"
    imports.accept(demo, number, by=person(demo, "vpcp"))
    row = batches.find(demo).row(0, named=True)
    assert (row["state"], row["staged_by_name"], row["decided_by_name"]) == (
        "accepted", person(demo, "byt").full_name, person(demo, "vpcp").full_name,
    )  # fmt: skip


def test_rejecting_is_for_the_office_and_taking_back_for_whoever_staged(
    demo: Installation, person: Person
) -> None:
    byt, btc, vpcp = (person(demo, account) for account in ("byt", "btc", "vpcp"))
    number = imports.stage(demo, incoming(listed("1.990001")), by=byt).batch_id
    for other, refusal in ((btc, Forbidden), (person(demo, "lanhdao"), Forbidden), (NOBODY, NotSignedIn)):
        with pytest.raises(refusal):
            imports.reject(demo, number, "x", by=other)
    with pytest.raises(Invalid):
        imports.reject(demo, number, "  ", by=byt)
    assert imports.reject(demo, number, " nhầm tệp ", by=byt).comment == "nhầm tệp"
    with pytest.raises(Conflict):
        imports.reject(demo, number, "x", by=vpcp)
    with pytest.raises(Conflict):
        imports.accept(demo, number, by=vpcp)
    others = imports.stage(demo, incoming(listed("1.990002")), by=btc).batch_id
    with pytest.raises(Forbidden):
        imports.reject(demo, others, "x", by=byt)
    assert imports.reject(demo, others, "sai mẫu", by=vpcp).state == "rejected"


def test_an_editor_sees_what_its_agency_staged_and_nothing_else(demo: Installation, person: Person) -> None:
    byt, btc, vpcp = (person(demo, account) for account in ("byt", "btc", "vpcp"))
    own = imports.stage(demo, incoming(listed("1.990001")), by=byt).batch_id
    others = imports.stage(demo, incoming(listed("1.990002")), by=btc).batch_id
    machine = imports.stage(demo, incoming(listed("1.990003"))).batch_id
    assert batches.find(demo, by=byt)["batch_id"].to_list() == [own]
    assert batches.find(demo, by=vpcp)["batch_id"].to_list() == [machine, others, own]
    assert batches.report(demo, own, by=byt).rows_new == 1
    assert batches.file_of(demo, own, by=byt)
    for hidden in (others, machine):
        for ask in (batches.report, batches.preview, batches.file_of):
            with pytest.raises(Forbidden):
                ask(demo, hidden, by=byt)
            ask(demo, hidden, by=vpcp)


@pytest.mark.parametrize(("account", "refusal"), [("", NotSignedIn), ("lanhdao", Forbidden)])
def test_who_may_not_import_sees_no_batch(
    demo: Installation, person: Person, account: str, refusal: type[Exception]
) -> None:
    actor = person(demo, account)
    number = imports.stage(demo, incoming(listed("1.990001")), by=person(demo, "vpcp")).batch_id
    for ask in (batches.report, batches.preview, batches.file_of):
        with pytest.raises(refusal):
            ask(demo, number, by=actor)
    with pytest.raises(refusal):
        batches.find(demo, by=actor)


def test_a_batch_that_is_not_there_is_not_found(demo: Installation, person: Person) -> None:
    vpcp = person(demo, "vpcp")
    for act in (
        lambda: batches.report(demo, 9, by=vpcp),
        lambda: imports.accept(demo, 9, by=vpcp),
        lambda: imports.reject(demo, 9, "x", by=vpcp),
    ):
        with pytest.raises(NotFound):
            act()


def test_nobody_replaces_what_another_person_staged(demo: Installation, person: Person) -> None:
    same = incoming(listed("1.990001"))
    first = imports.stage(demo, same, by=person(demo, "byt"))
    imports.stage(demo, same, by=person(demo, "vpcp"))
    assert batches.report(demo, first.batch_id).state == "staged"
    second = imports.stage(demo, same, by=person(demo, "byt"))
    assert batches.report(demo, first.batch_id).state == "replaced"
    assert batches.report(demo, second.batch_id).state == "staged"


TRANSPORT = "Bộ Giao thông vận tải"
DRIVING, RELIGION = "Sát hạch, cấp giấy phép lái xe", "Tín ngưỡng, tôn giáo"


@pytest.mark.parametrize(
    ("agency", "field", "of_old", "of_new"),
    [
        (TRANSPORT, "Đường bộ", "bo-giao-thong-van-tai", "bo-xay-dung"),
        (TRANSPORT, DRIVING, "bo-giao-thong-van-tai", "bo-cong-an"),
        ("Bộ Nội vụ", RELIGION, "bo-noi-vu", "bo-dan-toc-va-ton-giao"),
        ("Bộ Nội vụ", "Hội", "bo-noi-vu", "bo-noi-vu"),
    ],
)
def test_a_record_is_written_by_whoever_answers_for_it_on_the_day(
    empty: Installation, agency: str, field: str, of_old: str, of_new: str
) -> None:
    parts = frozenset({"name", "issuing_agency_text", "field_name"})

    def row(name: str, said: str) -> Listed:
        return Listed(2, "1.990001", {"name": name, "issuing_agency_text": said, "field_name": field})

    first = imports.stage(empty, incoming(row("Cấp", agency), parts=parts, observed_on=date(2024, 5, 1)))
    imports.accept(empty, first.batch_id)
    names = {one.code: one.name for one in empty.reference.agencies}
    there = {one.code for one in empty.reference.agencies_on(empty.working_date)}
    editors = {of_old, of_new, "bo-xay-dung", "bo-cong-an", "bo-y-te"} & there
    for day, answering in ((date(2025, 2, 28), of_old), (date(2025, 3, 1), of_new)):
        for place, code in enumerate(sorted(editors), start=20):
            by = Actor(place, code, code, Role.MINISTRY_EDITOR, code)
            for said in (agency, names[code]):  # as it was published, or in the editor's own name
                report = imports.stage(
                    empty, incoming(row("Cấp lại", said), parts=parts, observed_on=day), by=by
                )
                assert report.rows_changed == (code == answering), (day, code, said)


def test_a_new_procedure_in_the_name_of_an_agency_that_is_no_more_is_its_heirs(empty: Installation) -> None:
    day = date(2025, 3, 15)
    for code, counted in (("bo-xay-dung", 1), ("bo-cong-an", 0)):
        by = Actor(30, code, code, Role.MINISTRY_EDITOR, code)
        report = imports.stage(empty, incoming(listed("1.990009", agency=TRANSPORT), observed_on=day), by=by)
        assert report.rows_new == counted, code
