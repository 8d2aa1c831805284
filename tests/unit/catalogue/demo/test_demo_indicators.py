"""Invented scores: marked, adding up, and with every state that a screen has to show."""

from demo_ledger import Ledger


def test_every_score_is_marked_as_invented(ledger: Ledger) -> None:
    assert ledger.rows("select distinct basis, source from indicator_value") == [("invented", "demo")]


def test_components_add_up_to_their_total(ledger: Ledger) -> None:
    assert ledger.database.read("check/indicators").is_empty()
    assert ledger.one("select count(distinct period_end) from indicator_value") == 9
    assert str(ledger.one("select max(period_end) from indicator_value")) == "2024-02-29"


def test_the_last_month_shows_every_state(ledger: Ledger) -> None:
    sql = """select count(*) filter (state = 'value' and out_of is null), count(*) filter (out_of is not null),
                count(*) filter (state = 'not_applicable'), count(*) filter (state = 'missing')
             from indicator_value where component is null and period_end = '2024-02-29'"""
    assert ledger.rows(sql) == [(59, 1, 1, 1)]
    assert ledger.one("select count(*) from indicator_value where value = 0 and component is not null") > 0


def test_a_correction_is_recorded_later_and_whole(ledger: Ledger) -> None:
    sql = """select count(*), count(distinct revision) from indicator_value
             where agency_code = 'ubnd-quang-binh' and period_end = '2023-12-31'"""
    assert ledger.rows(sql) == [(14, 2)]
