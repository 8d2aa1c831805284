"""The cost sheets of the demonstration: unevenly spread, marked as invented, and adding up to a plausible saving."""

import pytest
from demo_ledger import SIMPLIFICATION, WORKING_DATE, Ledger

from catalogue.demo.cost_figures import MARK
from catalogue.demo.costs import COVERED
from catalogue.model.cost import Reading
from catalogue.model.cost_sheet import faults
from catalogue.services import cost_savings, cost_sheets
from catalogue.services.cost_savings import State
from catalogue.services.installation import Installation
from catalogue.working_days import ZONE

pytestmark = pytest.mark.reads_only


def test_nearly_half_of_the_programme_is_covered_by_some_ministries_whole_by_others_not(
    demo: Installation,
) -> None:
    frame = cost_savings.find(demo, demo.moment(), SIMPLIFICATION)
    shares = {}
    for (agency,), own in frame.group_by("agency_code"):
        shares[agency] = (own["state"] != State.NO_SHEET).sum() / own.height
    whole = (frame["state"] != State.NO_SHEET).sum() / frame.height
    assert 0.42 < whole < 0.5
    assert {agency for agency, share in shares.items() if share} == COVERED.keys()
    assert len(shares) - len(COVERED) >= 4
    assert sum(share > 0.85 for share in shares.values()) >= 3


def test_every_state_that_a_procedure_of_the_programme_can_be_in_is_there(demo: Installation) -> None:
    states = cost_savings.find(demo, demo.moment(), SIMPLIFICATION)["state"]
    assert set(states) == {State.NO_SHEET, State.NOT_DONE, State.NOT_SHOWN, State.OPEN, State.COSTED}


def test_the_saving_is_owed_to_reform_while_wages_and_cases_moved_too(demo: Installation) -> None:
    frame = cost_savings.find(demo, demo.moment(), SIMPLIFICATION)
    total = cost_savings.total(frame)
    change = total.change
    assert change.reform < 0 < change.wage
    assert change.volume != 0
    assert change.reform + change.wage + change.volume == change.after - change.before
    assert 0.3 < change.saved / change.before < 0.45
    costed, done = total.coverage
    assert 100 < costed < done == 658
    dearer = frame.filter(frame["after_vnd"] > frame["before_vnd"])
    assert 0 < dearer.height < costed / 10


def test_the_other_readings_close_as_well(demo: Installation) -> None:
    sums = []
    for reading in Reading:
        frame = cost_savings.find(demo, demo.moment(), SIMPLIFICATION, reading=reading)
        change = cost_savings.total(frame).change
        assert change.reform + change.wage + change.volume == change.after - change.before
        sums.append(change.before)
    assert sums == sorted(set(sums))


def test_about_a_third_of_what_is_done_and_covered_has_a_later_sheet_of_its_own(demo: Installation) -> None:
    own = done = 0
    for one in cost_savings.of_items(demo, demo.moment(), SIMPLIFICATION):
        if one.row["done_on"] and one.before:
            done += 1
            own += one.after is not None and one.after.is_own
            if one.after and one.after.is_own:
                assert one.after.recorded.income_year == 2023
    assert 0.28 < own / done < 0.38


def test_a_few_procedures_that_no_item_touches_have_a_sheet(ledger: Ledger) -> None:
    sql = """select count(*), count(*) filter (procedure_code in (select procedure_code from cost_sheet_at($known)))
             from procedure_at($day, $known) where in_force and procedure_code not in
                 (select procedure_code from item where procedure_code is not null)"""
    ((free, costed),) = ledger.rows(sql, day=WORKING_DATE, known=ledger.known())
    assert 0.04 < costed / free < 0.06


def test_every_sheet_could_have_been_entered_and_every_source_is_marked_as_invented(
    demo: Installation, ledger: Ledger
) -> None:
    ids = [one for (one,) in ledger.rows("select sheet_id from cost_sheet where not is_withdrawn")]
    sheets = cost_sheets.load(demo.database, ids)
    assert len(sheets) == len(ids) > 700
    for one in sheets.values():
        assert faults(one.draft) == ()
        assert one.income_vnd == demo.reference.hourly_income(one.made_on).value_vnd  # type: ignore[union-attr]
        collected = [
            figure
            for figures in (one.draft.whole, *(line.figures for line in one.draft.lines))
            for some in figures.values()
            for figure in some
        ]
        assert all(figure.source.endswith(MARK) and figure.method for figure in collected)


def test_sheets_are_recorded_after_their_version_and_before_the_working_date(ledger: Ledger) -> None:
    sql = """select s.made_on, r.recorded_at, w.recorded_at, s.income_year, a.role, a.agency_code, v.issuing_agency
             from cost_sheet as s join revision as r using (revision) join procedure_version as v using (version_id)
             join revision as w on w.revision = v.revision join actor as a on a.actor_id = s.actor_id"""
    for made_on, recorded_at, of_version, year, role, agency, issuer in ledger.rows(sql):
        day = recorded_at.astimezone(ZONE).date()
        assert of_version < recorded_at
        assert made_on == day < WORKING_DATE
        assert year == day.year - 1
        assert role == "reviewer" or (role, agency) == ("ministry_editor", issuer)


def test_some_sheets_took_the_place_of_others_one_was_withdrawn_and_many_were_read_from_workbooks(
    demo: Installation, ledger: Ledger
) -> None:
    again = """select count(*) from cost_sheet as s where not is_withdrawn and length(reason) >= 10 and exists (
                 select 1 from cost_sheet as b where b.version_id = s.version_id and b.sheet_id < s.sheet_id)"""
    assert (
        ledger.one(again) == ledger.one("select count(*) from cost_sheet where reason is not null") - 1 >= 2
    )
    ((code, version_id),) = ledger.rows(
        "select procedure_code, version_id from cost_sheet where is_withdrawn"
    )
    assert cost_sheets.standing(demo, demo.moment(), version_id) is None
    assert cost_sheets.history(demo, demo.moment(), code)["is_withdrawn"].to_list() == [True, False]
    books = "select count(distinct file_name), count(distinct sha256), count(*) from cost_sheet where file_name is not null"
    ((names, hashes, sheets),) = ledger.rows(books)
    assert 1 < names == hashes < sheets < ledger.one("select count(*) from cost_sheet")


def test_lines_and_figures_hang_together(ledger: Ledger) -> None:
    assert ledger.database.read("check/costs").is_empty()
