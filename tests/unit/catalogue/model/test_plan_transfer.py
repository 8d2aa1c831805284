"""Columns of a decentralisation annex and of assigned tasks: who decides, who will, in what form, standing tasks."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from catalogue.model import plan, plan_table
from catalogue.model.authority import Authority, Form, Level, Transfer, authority_named
from catalogue.model.plan import Assignment, PlanLine, Surroundings
from catalogue.model.plan_transfer import Places
from catalogue.model.plan_words import Vocabulary, is_standing, title_of

AGENCIES = {"Bộ Y tế": ("byt", "ministry"), "Bộ Cũ": ("cu", "ministry"), "Bộ Tài chính": ("btc", "ministry")}


def agency_named(text: str) -> str | None:
    found = AGENCIES.get(text)
    return found[0] if found else None


PLACES = Places(
    named=lambda text: authority_named(text, AGENCIES.get),
    level_of=lambda _: Level.MINISTRY,
    ended={Level.DISTRICT: date(2024, 1, 1)},
    says=frozenset({"form", "from_place", "to_place"}),
)
DECENTRALISED = Surroundings(
    today=date(2024, 3, 21),
    agency_named=agency_named,
    agencies_on_day=frozenset({"byt", "btc"}),
    vocabulary=Vocabulary(measures={("phan", "cap"): "decentralise"}, allowed=("decentralise",)),
    group_named={"Các bộ": "cac-bo"}.get,
    groups={"cac-bo": ("byt", "btc")},
    places=PLACES,
)
TASKS = replace(DECENTRALISED, vocabulary=Vocabulary(), tracks_procedures=False, places=None)
BY = Assignment("p", "decision", "1/QĐ-TTg", date(2024, 1, 15), "thu-tuong-chinh-phu", "x", None, None)
LINE = PlanLine(
    9,
    name="Cấp giấy phép",
    lead="Bộ Y tế",
    form="Phân cấp",
    from_place="Bộ Y tế",
    to_place="UBND cấp tỉnh",
    documents="Thông tư số 1/2020/TT-BYT",
    deadline="2025",
)
MOVED = Transfer(Form.PHAN_CAP, Authority(Level.MINISTRY, "byt"), Authority(Level.PROVINCIAL))


def read(
    around: Surroundings = DECENTRALISED, **texts: Any
) -> tuple[plan.Commitment, set[tuple[str, str | None, str]]]:
    found, issues = plan.read(replace(LINE, **texts), BY, around)
    assert all(issue.row == LINE.row for issue in issues)
    return found, {(issue.rule, issue.column, issue.severity) for issue in issues}


def silent(*says: str) -> Surroundings:
    """An annex that fills these columns only."""
    return replace(DECENTRALISED, places=replace(PLACES, says=frozenset(says)))


def test_a_whole_row_says_from_whom_to_whom() -> None:
    found, issues = read()
    assert found.transfer == MOVED
    assert not issues


@pytest.mark.parametrize(
    ("texts", "issue"),
    [
        ({"form": ""}, ("plan_form_missing", "form", "error")),
        ({"form": "giao"}, ("plan_form_unknown", "form", "error")),
        ({"form": "phân cấp, ủy quyền"}, ("plan_form_unknown", "form", "error")),
        ({"from_place": ""}, ("plan_place_missing", "from_place", "error")),
        ({"from_place": "ai đó"}, ("plan_place_unknown", "from_place", "error")),
        ({"to_place": ""}, ("plan_place_missing", "to_place", "error")),
        ({"to_place": "UBND cấp tỉnh hoặc cấp huyện"}, ("plan_place_unknown", "to_place", "error")),
        ({"to_place": "UBND cấp huyện"}, ("plan_level_ended", "to_place", "error")),
        (
            {"from_place": "UBND cấp huyện", "to_place": "Cấp xã"},
            ("plan_level_ended", "from_place", "error"),
        ),
        ({"from_place": "Bộ Cũ"}, ("plan_agency_not_on_day", "from_place", "error")),
        ({"to_place": "Bộ Y tế"}, ("plan_transfer_same", "to_place", "error")),
        ({"to_place": "Bộ Tài chính"}, ("plan_transfer_upward", "to_place", "error")),
        (
            {"from_place": "UBND cấp tỉnh", "to_place": "Bộ Y tế"},
            ("plan_transfer_upward", "to_place", "error"),
        ),
        ({"lead": "Các bộ"}, ("plan_lead_is_group", "lead", "error")),
    ],
)
def test_what_is_wrong_is_said_at_its_cell(texts: Mapping[str, str], issue: tuple[str, str, str]) -> None:
    found, issues = read(DECENTRALISED, **texts)
    assert issues == {issue}
    assert found.transfer is None or issue[0] == "plan_lead_is_group"


def test_an_annex_without_forms_gives_away_by_phan_cap() -> None:
    found, issues = read(silent("from_place", "to_place"), form="")
    assert found.transfer == MOVED
    assert not issues


def test_an_annex_without_givers_means_the_lead_agency() -> None:
    found, issues = read(silent("form", "to_place"), from_place="")
    assert found.transfer == MOVED
    assert issues == {("plan_giver_assumed", "from_place", "warning")}


def test_a_ministry_that_is_not_named_is_the_lead_agency() -> None:
    found, _ = read(from_place="Bộ", to_place="Cục Quản lý Dược")
    assert found.transfer == Transfer(
        Form.PHAN_CAP,
        Authority(Level.MINISTRY, "byt"),
        Authority(Level.MINISTRY, "byt", "Cục Quản lý Dược"),
    )


def test_a_move_within_one_level_is_to_be_looked_at() -> None:
    found, issues = read(to_place="Cục Quản lý Dược, Bộ Y tế")
    assert found.transfer is not None
    assert issues == {("plan_transfer_within_level", "to_place", "warning")}


def test_an_agency_beside_may_be_authorised() -> None:
    found, issues = read(form="Ủy quyền", to_place="Bộ Tài chính")
    assert found.transfer is not None
    assert issues == {("plan_transfer_within_level", "to_place", "warning")}


def test_the_content_may_name_the_places() -> None:
    by_columns, _ = read(
        silent("form"), from_place="", to_place="", before_text="Bộ Y tế", after_text="Sở Y tế"
    )
    by_arrow, _ = read(silent("form"), from_place="", to_place="", content="Phân cấp: Bộ Y tế -> Sở Y tế")
    wanted = Transfer(
        Form.PHAN_CAP, Authority(Level.MINISTRY, "byt"), Authority(Level.PROVINCIAL, body="Sở Y tế")
    )
    assert by_columns.transfer == by_arrow.transfer == wanted


def test_other_programmes_do_not_keep_the_places() -> None:
    found, issues = read(replace(DECENTRALISED, places=None))
    assert found.transfer is None
    assert {(rule, column) for rule, column, _ in issues} == {
        ("plan_place_not_kept", "form"),
        ("plan_place_not_kept", "from_place"),
        ("plan_place_not_kept", "to_place"),
    }


def task(**texts: str) -> tuple[plan.Commitment, set[tuple[str, str | None, str]]]:
    return read(TASKS, **({"form": "", "from_place": "", "to_place": ""} | texts))


def test_a_standing_task_has_no_deadline_and_stays_one_of_its_group() -> None:
    found, issues = task(lead="Các bộ", deadline="Thường xuyên")
    assert (found.is_standing, found.deadline, found.lead, found.members) == (True, None, "cac-bo", ())
    assert not issues


def test_a_task_with_a_deadline_is_every_member_of_its_group() -> None:
    found, _ = task(lead="Các bộ", deadline="30/6/2024")
    assert (found.is_standing, found.members) == (False, ("byt", "btc"))


def test_a_periodic_task_is_not_standing_by_guess() -> None:
    for text in ("hằng năm", "định kỳ", "hàng quý"):
        found, issues = task(deadline=text)
        assert not found.is_standing
        assert issues == {("plan_task_day_not_read", "deadline", "error")}


def test_only_tasks_can_be_standing() -> None:
    found, issues = read(deadline="Thường xuyên")
    assert not found.is_standing
    assert issues == {("plan_day_not_read", "deadline", "error")}


@pytest.mark.parametrize(
    ("text", "never_ends"),
    [
        ("Thường xuyên", True),
        ("thuong xuyen", True),
        ("Thường xuyên, liên tục.", True),
        ("Nhiệm vụ thường xuyên", True),
        ("Thực hiện thường xuyên và liên tục", True),
        ("Thường xuyên, hằng năm", False),
        ("Không thường xuyên", False),
        ("31/12/2024", False),
        ("", False),
    ],
)
def test_words_of_standing_tasks(text: str, never_ends: bool) -> None:
    assert is_standing(text) is never_ends


@pytest.mark.parametrize(
    ("task", "title"),
    [
        ("Báo cáo kết quả rà soát.", "Báo cáo kết quả rà soát"),
        (f"Đẩy mạnh cải cách thể chế. {'x' * 200}", "Đẩy mạnh cải cách thể chế"),
        (f"Tiếp tục đẩy mạnh cải cách thể chế hành chính, {'rà soát ' * 40}", "Tiếp tục đẩy mạnh cải cách thể chế hành chính…"),
        (f"Thực hiện Nghị quyết số 19-2018/NQ-CP ngày 02.5.2018 của Chính phủ; {'x' * 200}", "Thực hiện Nghị quyết số 19-2018/NQ-CP ngày 02.5.2018 của Chính phủ"),
    ],
)  # fmt: skip
def test_a_long_task_has_the_title_of_its_first_clause(task: str, title: str) -> None:
    assert title_of(task) == title


def test_a_title_cuts_no_word() -> None:
    title = title_of("nghiệm " * 60)
    assert title.endswith("nghiệm…")
    assert len(title) <= 161
    assert title_of("x" * 300) == "x" * 160 + "…"


def test_headings_of_places_are_found() -> None:
    rows = {
        1: ("STT", "Tên TTHC", "Hình thức phân cấp", "Phân cấp từ", "Phân cấp cho"),
        2: (1, "Cấp giấy phép", "Ủy quyền", "Bộ Y tế", "Sở Y tế"),
    }
    table = plan_table.read_rows(rows, lambda _: False)
    assert not table.issues
    [line] = table.lines
    assert (line.form, line.from_place, line.to_place) == ("Ủy quyền", "Bộ Y tế", "Sở Y tế")


@pytest.mark.parametrize(
    ("deadline", "is_refused", "members"),
    [("", True, ()), ("thường xuyên", False, ()), ("2025", False, ("byt", "btc"))],
)
def test_a_task_of_a_group_is_due_or_standing(
    deadline: str, is_refused: bool, members: tuple[str, ...]
) -> None:
    places = dict.fromkeys(("form", "from_place", "to_place"), "")
    found, issues = read(TASKS, lead="Các bộ", deadline=deadline, **places)
    assert (("plan_group_without_deadline", "deadline", "error") in issues) is is_refused
    assert found.members == members
