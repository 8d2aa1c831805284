"""The tasks of the conclusions notice: as many as it has dashes, in its words, all standing, with nothing invented."""

import re
from datetime import date
from pathlib import Path

import pytest
from demo_ledger import WORKING_DATE, Ledger

from catalogue.demo import directives
from catalogue.model.plan import task_subject
from catalogue.text import clean

PROGRAMME = directives.PROGRAMME
_SEEDS = Path(__file__).parents[4] / ".." / "shared" / "seeds"
_TASKS = """select i.lead_agency, i.title, t.task, t.is_standing, i.subject from item as i join directive as t using (item_id)
            where i.programme_code = $programme order by i.item_id"""


@pytest.fixture
def notice() -> str:
    found = sorted(_SEEDS.glob("004_*.txt"))
    if not found:
        pytest.skip("the source is not on this machine")
    return found[0].read_text(encoding="utf-8")


def sections(notice: str) -> dict[str, str]:
    """The two sections that assign tasks, by whom they are for."""
    told = notice[notice.index("\nII. NHIỆM VỤ") :]
    everybody, rest = told.split("\n1. Các bộ, ngành, địa phương\n")[1].split("\n2. Bộ Nội vụ\n")
    return {
        "cac-bo-nganh-dia-phuong": everybody,
        "bo-noi-vu": rest[: rest.index("\nVăn phòng Chính phủ thông báo để")],
    }


def test_there_are_as_many_tasks_as_the_notice_has_dashes(ledger: Ledger, notice: str) -> None:
    leads = [row[0] for row in ledger.rows(_TASKS, programme=PROGRAMME)]
    for lead, text in sections(notice).items():
        assert leads.count(lead) == len(re.findall(r"^- ", text, re.MULTILINE))


def test_every_task_is_in_the_words_of_the_notice_and_begins_with_its_title(
    ledger: Ledger, notice: str
) -> None:
    by_lead: dict[str, list[str]] = {}
    for lead, title, task, _, subject in ledger.rows(_TASKS, programme=PROGRAMME):
        assert task.startswith(title)
        assert subject == task_subject(task, lead)
        by_lead.setdefault(lead, []).append(task)
    for lead, text in sections(notice).items():
        dashes = [clean(one) for one in re.split(r"^- ", text, flags=re.MULTILINE) if one.strip()]
        assert [clean(task) for task in by_lead[lead]] == dashes


def test_seven_tasks_for_everybody_and_three_for_home_affairs_all_standing(ledger: Ledger) -> None:
    rows = ledger.rows(_TASKS, programme=PROGRAMME)
    assert [row[0] for row in rows] == ["cac-bo-nganh-dia-phuong"] * 7 + ["bo-noi-vu"] * 3
    assert all(row[3] for row in rows)
    assert ledger.items(PROGRAMME, WORKING_DATE, "deadline_state = 'standing'") == 10
    assert ledger.items(PROGRAMME, WORKING_DATE, "(done_on is not null or current_deadline is not null)") == 0
    assert ledger.items(PROGRAMME, date(2018, 5, 1), "true") == 0
    assert ledger.items(PROGRAMME, date(2018, 5, 2), "assigned_on = date '2018-05-02'") == 10


def test_what_the_copy_does_not_print_is_not_recorded(ledger: Ledger) -> None:
    sql = """select d.type, d.state, d.number, d.issued_on, d.in_force_on, d.issuer_code
             from document_at($day, $known) as d where d.document_id in (select assigned_by from item
             where programme_code = $programme)"""
    told = ledger.rows(sql, day=WORKING_DATE, known=ledger.known(), programme=PROGRAMME)
    assert told == [("notice", "issued", None, None, None, "van-phong-chinh-phu")]
    identities = """select count(*) from document_identity where document_id in (select assigned_by from item
                    where programme_code = $programme)"""
    assert ledger.one(identities, programme=PROGRAMME) == 0
    reasons = """select distinct reason from document_event where document_id in (select assigned_by from item
                 where programme_code = $programme)"""
    assert "suy ra" in ledger.one(reasons, programme=PROGRAMME)
    helping = "select a.agency_code, i.lead_agency from item_agency as a join item as i using (item_id) where i.programme_code = $programme"
    assert ledger.rows(helping, programme=PROGRAMME) == [("van-phong-chinh-phu", "bo-noi-vu")]
