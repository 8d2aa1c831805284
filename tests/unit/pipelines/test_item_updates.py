"""The update file there and back: what it changes, what it leaves, whom it refuses, what it says of every error."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.errors import Forbidden, ImportRejected, Invalid, NotSignedIn
from catalogue.interchange.update_book import Heading, write_update_book
from catalogue.model.actor import NOBODY, Actor
from catalogue.model.claim import Action, ClaimKind, ClaimState
from catalogue.model.item_update import (
    INPUTS,
    KINDS,
    columns,
    merged,
    number_of_file,
    read_row,
    shown,
)
from catalogue.model.plan import Assignment, PlanLine
from catalogue.model.plan_table import PlanTable
from catalogue.services import accounts, claims, figures, item_updates, plan_loading, plans
from catalogue.services.installation import Installation
from catalogue.services.item_updates import Files, Outcome
from pipelines.item_updates import mended, read_sheet, update
from tests.update_files import PDF, Cells, downloaded, issued, snapshot, uploaded, waiting, written

Person = Callable[[Installation, str], Actor]
FILE = ("07-2024-TT-BYT.pdf", PDF)


@pytest.fixture
def byt(demo: Installation, person: Person) -> Actor:
    return person(demo, "byt")


@pytest.fixture
def colleague(byt: Actor, demo: Installation) -> Actor:
    """Another editor of the same ministry."""
    return accounts.add_account(
        demo, account="byt2", full_name="Lê Thị Hai", role="ministry_editor", agency_code="bo-y-te",
        password="mot mat khau dai", by=None,
    )  # fmt: skip


def drafts(demo: Installation, actor: Actor) -> int:
    return claims.find(demo, actor, state=ClaimState.DRAFT, agency="bo-y-te", size=2000).height


def revision(demo: Installation) -> int:
    return demo.moment().revision


def rules(outcome: Outcome) -> dict[int, set[str]]:
    return {
        one.row.number: {issue.rule for issue in one.issues if issue.severity == "error"}
        for one in outcome.wrong
    }


@pytest.mark.parametrize("programme", [figures.SIMPLIFICATION, figures.DECENTRALISATION])
def test_the_file_as_downloaded_changes_nothing(demo: Installation, byt: Actor, programme: str) -> None:
    before = revision(demo)
    rows = downloaded(demo, byt, programme)
    assert len(rows) >= item_updates.open_items(demo, byt, programme) > 0
    _, outcome = uploaded(demo, byt, rows)
    assert (outcome.changed, outcome.unchanged, outcome.errors, outcome.stale) == (0, len(rows), 0, 0)
    assert revision(demo) == before


def test_a_decentralisation_row_says_from_whom_to_whom(demo: Installation, byt: Actor) -> None:
    rows = downloaded(demo, byt, figures.DECENTRALISATION)
    assert all(str(row["transfer"]).count(" → ") == 1 for row in rows)
    assert {str(row["transfer"]).split(":")[0] for row in rows} <= {"Phân cấp", "Phân quyền", "Ủy quyền"}
    assert all("Bộ Y tế →" in str(row["transfer"]) for row in rows)
    assert "transfer" not in downloaded(demo, byt)[0]


def test_who_answers_for_a_dissolved_ministry_updates_its_items(demo: Installation, byt: Actor) -> None:
    """Field by field: Bộ Y tế has the social protection of a ministry that is no more."""
    later = replace(demo, fixed_working_date=date(2025, 7, 15))
    own, more = (item_updates.open_items(day, byt, figures.DECENTRALISATION) for day in (demo, later))
    assert more >= own > 0


def test_tasks_are_reported_by_the_same_file(demo: Installation, person: Person) -> None:
    """A task with a deadline can be completed, postponed or stuck; nothing of it is enacted or published."""
    office, editor = person(demo, "vpcp"), person(demo, "byt")
    task = Assignment(
        "nhiem-vu-giao", "notice", "9/TB-VPCP", date(2024, 3, 1), "van-phong-chinh-phu", "x", None, None
    )
    line = PlanLine(2, name="Báo cáo kết quả rà soát", lead="Các bộ, ngành", deadline="30/06/2024")
    batch_id = plans.stage(demo, office, task, PlanTable((line,)), file_name="x.xlsx", sha256="0" * 64)
    plan_loading.load(demo, office, plan_loading.preview(demo, office, batch_id), reason="Giao thêm")
    [row] = downloaded(demo, editor, task.programme)
    assert row["title"] == line.name
    assert "number" in row  # of the document that allows more time
    _, refused = uploaded(demo, editor, [row | {"kind": "Văn bản đã ban hành"}])
    assert rules(refused) == {row_number: {"stage_not_applicable"} for row_number in rules(refused)}
    assert refused.errors == 1
    _, outcome = uploaded(
        demo, editor, [row | {"kind": "Nhiệm vụ đã hoàn thành", "done_on": date(2024, 3, 20), "number": None}]
    )
    assert outcome.changed == 1


def test_drafts_and_returned_claims_are_filled_in(demo: Installation, byt: Actor) -> None:
    rows = downloaded(demo, byt)
    held = [row for row in rows if row["claim"] and row["kind"]]
    found = claims.find(demo, byt, agency="bo-y-te", size=2000)
    assert len(held) == found.filter(found["state"].is_in(["draft", "returned"])).height > 0
    assert any(str(row["claim"]).startswith("Bị trả lại: ") for row in held)
    assert all(row["number"] for row in held)


def test_one_file_serves_every_row_with_its_number_and_everything_is_sent(
    demo: Installation, byt: Actor
) -> None:
    rows = [issued(row) for row in waiting(downloaded(demo, byt))[:3]]
    sheet, outcome = uploaded(demo, byt, rows, FILE)
    assert (outcome.changed, outcome.errors) == (3, 0)
    assert item_updates.send(demo, byt, sheet.rows) == 3
    sent = claims.find(demo, byt, state=ClaimState.SUBMITTED, agency="bo-y-te", size=2000)
    mine = [row for row in sent.to_dicts() if "07/2024/TT-BYT" in row["content"]]
    assert [row["files"] for row in mine] == [1, 1, 1]
    before = revision(demo)
    _, again = uploaded(demo, byt, rows, FILE)
    assert (again.changed, again.unchanged, again.errors) == (0, 3, 0)
    assert revision(demo) == before


def test_one_bad_row_submits_nothing_and_loses_no_draft(demo: Installation, byt: Actor) -> None:
    rows = [issued(row) for row in waiting(downloaded(demo, byt))[:4]]
    rows[2] |= {"in_force_on": "31/02/2024"}
    before = drafts(demo, byt)
    sheet, outcome = uploaded(demo, byt, rows, FILE)
    assert drafts(demo, byt) == before + 4  # the bad row is a draft too, with what was typed
    assert rules(outcome) == {7: {"not_a_date"}}
    with pytest.raises(Invalid, match="update_not_sent"):
        item_updates.send(demo, byt, sheet.rows)
    assert drafts(demo, byt) == before + 4
    repaired = mended(sheet.rows, {7: {"in_force_on": "20/03/2024"}})
    assert not item_updates.save(demo, byt, repaired).wrong
    assert item_updates.send(demo, byt, repaired) == 4


def test_every_error_is_said_at_once(demo: Installation, byt: Actor) -> None:
    rows = waiting(downloaded(demo, byt))
    broken = [
        issued(rows[0]) | {"kind": "Không có loại này"},
        issued(rows[1]) | {"kind": None},
        issued(rows[2]) | {"issued_on": "ngày mai", "stuck_at": "không thuộc loại này"},
        issued(rows[3]) | {"issued_on": "22/03/2024", "in_force_on": None},
        issued(rows[4]) | {"item_id": "abc"},
        issued(rows[5]) | {"item_id": "987654321"},
        issued(rows[6]),
        issued(rows[6], "08/2024/TT-BYT"),
        rows[7] | {"kind": "Đã công bố"},
    ]
    _, outcome = uploaded(demo, byt, broken)
    assert rules(outcome) == {
        5: {"kind_unknown"},
        6: {"kind_missing"},
        7: {"not_a_date", "cell_of_other_kind", "evidence_missing"},
        8: {"date_in_future", "field_missing", "evidence_missing"},
        9: {"item_id_not_a_number"},
        10: {"item_unknown"},
        11: {"row_twice"},
        12: {"row_twice"},
        13: {"item_not_enacted"},
    }
    assert (outcome.changed, outcome.errors) == (2, 9)
    for one in outcome.wrong:
        for issue in one.issues:
            said = item_updates.sentence(item_updates._T, issue)
            assert said.startswith(f"Dòng {one.row.number}: ") and issue.rule not in said


def test_a_later_file_with_fewer_cells_keeps_what_was_there(demo: Installation, byt: Actor) -> None:
    rows = waiting(downloaded(demo, byt))[:3]
    uploaded(demo, byt, [issued(row) | {"note": "ghi chú đầu"} for row in rows], FILE)
    partial = rows[0] | {"kind": "Văn bản đã ban hành", "note": "ghi chú sau"}
    sheet, outcome = uploaded(demo, byt, [partial])
    assert (outcome.changed, outcome.errors) == (1, 0)  # its evidence stays with it
    item_id = sheet.rows[0].item_id
    content = claims.find(demo, byt, item_id=item_id, state=ClaimState.DRAFT)["content"][0]
    assert '"note":"ghi chú sau"' in content and '"number":"07/2024/TT-BYT"' in content
    cleared = rows[0] | {"kind": "Văn bản đã ban hành", "note": "xóa"}
    uploaded(demo, byt, [cleared])
    assert '"note":null' in claims.find(demo, byt, item_id=item_id, state=ClaimState.DRAFT)["content"][0]
    others = claims.find(demo, byt, state=ClaimState.DRAFT, agency="bo-y-te", size=2000)["content"]
    assert sum("ghi chú đầu" in content for content in others) == 2


def test_stale_rows_name_who_changed_them(demo: Installation, byt: Actor, colleague: Actor) -> None:
    rows = waiting(downloaded(demo, byt))[:3]
    uploaded(demo, colleague, [issued(rows[0], "01/2024/TT-BYT")])
    sheet, outcome = uploaded(demo, byt, [issued(row) for row in rows], FILE)
    assert (outcome.changed, outcome.stale, outcome.errors) == (2, 1, 0)
    assert rules(outcome) == {5: {"row_stale"}}
    assert "Lê Thị Hai" in item_updates.sentence(item_updates._T, outcome.wrong[0].issues[0])
    kept = claims.find(demo, byt, item_id=sheet.rows[0].item_id, state=ClaimState.DRAFT)
    assert '"number":"01/2024/TT-BYT"' in kept["content"][0]
    with pytest.raises(Invalid, match="update_not_sent"):
        item_updates.send(demo, byt, sheet.rows)
    seen = [replace(row, seen=revision(demo)) for row in sheet.rows]
    assert not item_updates.save(demo, byt, seen, Files((FILE,))).wrong


def test_who_writes_between_looking_and_saving_is_named_too(
    demo: Installation, byt: Actor, colleague: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = waiting(downloaded(demo, byt))[:2]
    real = claims.draft_many

    def overtaken(*arguments: Any, **named: Any) -> list[int]:
        monkeypatch.setattr(claims, "draft_many", real)
        uploaded(demo, colleague, [issued(rows[0], "01/2024/TT-BYT")])
        return real(*arguments, **named)

    monkeypatch.setattr(claims, "draft_many", overtaken)
    _, outcome = uploaded(demo, byt, [issued(row) for row in rows], FILE)
    assert rules(outcome) == {5: {"row_stale"}}
    assert outcome.changed == 1


def test_one_s_own_earlier_upload_is_not_stale(demo: Installation, byt: Actor) -> None:
    rows = waiting(downloaded(demo, byt))[:2]
    uploaded(demo, byt, [issued(row) for row in rows], FILE)
    _, outcome = uploaded(demo, byt, [issued(row, "07/2024/TT-BYT.") for row in rows], FILE)
    assert (outcome.changed, outcome.stale, outcome.errors) == (2, 0, 0)


def test_a_claim_that_waits_is_not_overwritten(demo: Installation, byt: Actor, person: Person) -> None:
    rows = waiting(downloaded(demo, byt))[:1]
    sheet, _ = uploaded(demo, byt, [issued(rows[0])], FILE)
    item_updates.send(demo, byt, sheet.rows)
    _, outcome = uploaded(demo, byt, [issued(rows[0], "08/2024/TT-BYT")], FILE)
    assert rules(outcome) == {5: {"claim_waits"}}
    sent = claims.find(demo, byt, item_id=sheet.rows[0].item_id, state=ClaimState.SUBMITTED).to_dicts()
    claim = next(one for one in sent if "07/2024/TT-BYT" in one["content"])
    reviewer = person(demo, "vpcp")
    chosen = claim["claim_id"]
    claims.act(demo, reviewer, chosen, Action.RETURN, revision=claim["revision"], comment="thiếu trang")
    _, outcome = uploaded(demo, byt, [issued(rows[0], "08/2024/TT-BYT")], FILE)
    assert rules(outcome) == {5: {"row_stale"}}  # the person has not seen why it was returned
    fresh = next(row for row in downloaded(demo, byt) if row["item_id"] == rows[0]["item_id"] and row["kind"])
    _, outcome = uploaded(demo, byt, [fresh | {"number": "08/2024/TT-BYT"}])
    assert (outcome.changed, outcome.errors) == (1, 0)


def test_another_agency_s_items_are_refused_whatever_the_file_says(
    demo: Installation, byt: Actor, person: Person
) -> None:
    theirs = waiting(downloaded(demo, person(demo, "btc")))[0]
    own = waiting(downloaded(demo, byt))[0]
    before = demo.database.whole("claim").height
    edited_id = issued(own) | {"item_id": theirs["item_id"]}
    whole_row = issued(theirs)
    added = {name: value for name, value in issued(theirs).items() if name != "key"}
    _, outcome = uploaded(demo, byt, [edited_id, whole_row, added, issued(own)], FILE)
    assert rules(outcome) == {row: {"item_not_yours"} for row in (5, 6, 7)}
    assert "Bộ Tài chính" in item_updates.sentence(item_updates._T, outcome.wrong[0].issues[0])
    assert demo.database.whole("claim").height == before + 1
    draft = claims.Draft(int(str(theirs["item_id"])), ClaimKind.OBSTACLE, {}, 0)
    with pytest.raises(Forbidden):
        claims.draft_many(demo, byt, [draft])


def test_an_id_changed_to_another_own_item_is_named(demo: Installation, byt: Actor) -> None:
    first, second, *_ = waiting(downloaded(demo, byt))
    _, outcome = uploaded(demo, byt, [issued(first) | {"item_id": second["item_id"]}], FILE)
    assert rules(outcome) == {5: {"item_id_changed"}}


def test_an_added_row_needs_only_the_item(demo: Installation, byt: Actor) -> None:
    row = waiting(downloaded(demo, byt))[0]
    added: Cells = {
        "item_id": row["item_id"],
        "kind": "Vướng mắc",
        "expected_on": "30/06/2024",
        "decision": "Không cắt giảm",
        "obstacle_reason": "=1+1 chờ luật",
        "stuck_at": "Bộ Tư pháp thẩm định",
    }
    sheet, outcome = uploaded(demo, byt, [row, added])
    assert (outcome.changed, outcome.errors) == (1, 0)
    assert item_updates.send(demo, byt, sheet.rows) == 1
    found = claims.find(demo, byt, item_id=sheet.rows[0].item_id, kind=ClaimKind.OBSTACLE)
    assert '"reason":"=1+1 chờ luật"' in found["content"][-1]
    _, alone = uploaded(demo, byt, [added | {"stuck_at": "khác"}])
    assert rules(alone) == {5: {"claim_waits"}}


@pytest.mark.parametrize(
    ("account", "error"), [("vpcp", Forbidden), ("lanhdao", Forbidden), ("", NotSignedIn)]
)
def test_who_may_not_report_gets_and_writes_nothing(
    demo: Installation, byt: Actor, person: Person, account: str, error: type[Exception]
) -> None:
    rows = downloaded(demo, byt)
    actor = person(demo, account) if account else NOBODY
    with pytest.raises(error):
        item_updates.download(demo, actor, figures.SIMPLIFICATION)
    with pytest.raises(error):
        uploaded(demo, actor, rows)


def test_files_are_checked_and_those_of_no_row_are_named(demo: Installation, byt: Actor) -> None:
    rows = [issued(row) for row in waiting(downloaded(demo, byt))[:2]]
    files = (("07-2024-TT-BYT.pdf", b"no pdf"), ("ban-chup.pdf", PDF))
    sheet, outcome = uploaded(demo, byt, rows, *files)
    assert [issue.rule for issue in outcome.issues] == ["file_kind"]
    assert outcome.loose_files == ("ban-chup.pdf",)
    assert rules(outcome) == {5: {"evidence_missing"}, 6: {"evidence_missing"}}
    assigned = Files(files, {"ban-chup.pdf": "07/2024/TT-BYT"})
    assert not item_updates.save(demo, byt, sheet.rows, assigned).wrong


def test_the_returned_file_can_be_mended_and_brought_back(demo: Installation, byt: Actor) -> None:
    rows = [issued(row) for row in waiting(downloaded(demo, byt))[:3]]
    rows[1] |= {"in_force_on": "hôm qua", "kind": "Văn bản đã ban hành"}
    sheet, outcome = uploaded(demo, byt, rows, FILE)
    content = item_updates.returned_book(demo, byt, sheet.rows, outcome)
    with ZipFile(BytesIO(content)) as archive:
        texts = archive.read("xl/sharedStrings.xml").decode()
    assert "hôm qua" in texts and "Ngày có hiệu lực" in texts and ">Lỗi<" in texts
    back = read_sheet(snapshot(content))
    assert [row.key_item for row in back.rows] == [row.key_item for row in sheet.rows]
    repaired = [dict(row.raw) | {"in_force_on": "20/03/2024"} for row in back.rows]
    _, again = uploaded(demo, byt, repaired)
    assert (again.changed, again.unchanged, again.errors) == (1, 2, 0)


def test_a_file_that_is_no_update_file_is_refused(demo: Installation, byt: Actor) -> None:
    with pytest.raises(ImportRejected, match="not_a_workbook"):
        update(demo, byt, snapshot(b"hello"))
    with pytest.raises(ImportRejected, match="missing_column"):
        other = write_update_book(Heading("", "", ""), [], KINDS).replace(b"", b"")
        update(demo, byt, snapshot(_without_header(other)))


def _without_header(content: bytes) -> bytes:
    output = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(output, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace("ID phương án".encode(), b"Something"))
    return output.getvalue()


def test_the_book_offers_lists_and_locks_what_is_known(demo: Installation, byt: Actor) -> None:
    content = item_updates.download(demo, byt, figures.SIMPLIFICATION)
    with ZipFile(BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        texts = archive.read("xl/sharedStrings.xml").decode()
    assert "<sheetProtection" in sheet and "password" not in sheet
    assert sheet.count("<dataValidation ") == 6  # kind, decision, four dates
    assert "'Danh sách'!$A$2:$A$" in sheet
    assert 'state="frozen"' in sheet and 'hidden="1"' in sheet
    assert "Dữ liệu trình diễn" in texts
    assert item_updates.download(demo, byt, figures.SIMPLIFICATION) == content


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("07-2024-TT-BYT.pdf", "07/2024/TT-BYT"),
        ("Thông tư số 7_2024_tt-byt (bản ký).PDF", "07/2024/TT-BYT"),
        ("107-2024-TT-BYT.pdf", None),
        ("12-NQ-CP.pdf", "12/NQ-CP"),
        ("ban-chup.pdf", None),
        ("07-2024-TT-BYT va 12-NQ-CP.pdf", "07/2024/TT-BYT"),
    ],
)
def test_a_file_finds_its_document_by_name(name: str, found: str | None) -> None:
    assert number_of_file(name, ["12/NQ-CP", "07/2024/TT-BYT", "7/2024/TT-BYT"]) == found


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=30)
WORDS = {"vuong mac": ClaimKind.OBSTACLE}


@given(
    known=st.fixed_dictionaries({name: st.none() | TEXTS for name in columns(ClaimKind.OBSTACLE).values()}),
    typed=st.dictionaries(
        st.sampled_from(sorted(columns(ClaimKind.OBSTACLE))), TEXTS | st.just("XÓA") | st.just("  ")
    ),
)
def test_blank_keeps_clear_clears_and_the_rest_is_as_typed(known: dict, typed: dict) -> None:  # type: ignore[type-arg]
    row = read_row(9, {"item_id": "1", "kind": "Vướng mắc", **typed}, WORDS)
    content = merged(ClaimKind.OBSTACLE, known, row.cells)
    for column, name in columns(ClaimKind.OBSTACLE).items():
        if column not in row.cells:
            assert content[name] == known[name]
        elif row.cells[column] is None:
            assert content[name] is None
        else:
            same = known[name] is not None and content[name] == known[name]
            assert same or content[name] == row.cells[column]


@given(
    known=st.fixed_dictionaries({name: st.none() | TEXTS for name in columns(ClaimKind.OBSTACLE).values()})
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_filled_in_comes_back_unchanged_through_excel(known: dict) -> None:  # type: ignore[type-arg]
    cells = {column: shown(name, known[name]) for column, name in columns(ClaimKind.OBSTACLE).items()}
    line: Cells = {"item_id": "1", "kind": "Vướng mắc", **cells}
    sheet = read_sheet(written([line]))
    assert merged(ClaimKind.OBSTACLE, known, sheet.rows[0].cells) == known
    assert not sheet.rows[0].issues


PARTIAL = st.dictionaries(
    st.sampled_from(["decision", "obstacle_reason", "stuck_at"]),
    st.sampled_from(["một", "hai", "XÓA", "", None]),
)


@given(files=st.lists(PARTIAL, min_size=1, max_size=4))
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_files_equals_a_naive_replay(
    demo: Installation, byt: Actor, files: list[Cells]
) -> None:
    free = waiting(downloaded(demo, byt))
    held = claims.find(demo, byt, kind=ClaimKind.OBSTACLE, agency="bo-y-te", size=2000)["item_id"].to_list()
    row = next(one for one in free if int(str(one["item_id"])) not in held)
    expected: dict[str, str] = {}
    for cells in files:
        before = revision(demo)
        known = dict(expected)
        said = {column: text for column, text in cells.items() if text}
        for column, text in said.items():
            expected.pop(column, None) if text == "XÓA" else expected.update({column: str(text)})
        _, outcome = uploaded(demo, byt, [row | {"kind": "Vướng mắc"} | cells])
        is_first = revision(demo) > before and cells is files[0]
        assert (revision(demo) > before) == (is_first or known != expected)
        assert outcome.stale == 0
    found = claims.find(demo, byt, kind=ClaimKind.OBSTACLE, item_id=int(str(row["item_id"]))).to_dicts()
    content = json.loads(found[0]["content"])
    fields = {"decision": "decision", "obstacle_reason": "reason", "stuck_at": "stuck_at"}
    assert {column: content[name] for column, name in fields.items() if content[name]} == expected


def test_every_input_column_belongs_to_a_kind() -> None:
    own = {column for kind in KINDS for column in columns(kind)}
    assert own | {"kind", "evidence"} == set(INPUTS)
