"""The monthly cycle of the demonstration: closed periods with their returns, and what was recorded after the close."""

from datetime import date

from demo_ledger import DECENTRALISATION, SIMPLIFICATION, Ledger

NAMES = ["2023-10", "2023-11", "2023-12", "2024-01", "2024-02", "2024-03"]


def frozen(ledger: Ledger, name: str, programme: str, measure: str) -> int:
    sql = """select coalesce(sum(value), 0) from period_figure join reporting_period using (period_id)
             where name = $name and programme_code = $programme and measure = $measure"""
    return int(ledger.one(sql, name=name, programme=programme, measure=measure))


def test_periods_follow_each_other_and_all_but_the_last_are_closed(ledger: Ledger) -> None:
    sql = """select name, c.period_id is not null, p.revision < coalesce(c.revision, 999999), r.recorded_at
             from reporting_period as p left join period_closing as c using (period_id)
             left join revision as r on r.revision = c.revision order by name"""
    rows = ledger.rows(sql)
    assert [row[0] for row in rows] == NAMES
    assert [row[1] for row in rows] == [True] * 5 + [False]
    assert all(row[2] for row in rows)
    late = """select count(*) from reporting_period as p join period_closing as c using (period_id)
              join revision as r on r.revision = c.revision where r.recorded_at <= p.due_on"""
    assert ledger.one(late) == 0


def test_the_closed_figures_are_what_was_known_and_less_than_what_is_known_now(ledger: Ledger) -> None:
    for name, end, now in (("2023-10", date(2023, 10, 31), 437), ("2024-02", date(2024, 2, 29), 658)):
        closed = frozen(ledger, name, SIMPLIFICATION, "done")
        assert frozen(ledger, name, SIMPLIFICATION, "assigned") == 1086
        assert ledger.items(SIMPLIFICATION, end, "enacted_on is not null", end) <= closed < now
        assert ledger.items(SIMPLIFICATION, end, "enacted_on is not null") == now
    assert frozen(ledger, "2024-02", DECENTRALISATION, "assigned") == 699


def test_returns_are_of_every_kind(ledger: Ledger) -> None:
    sql = """select kind, sent_on > due_on, count(*) from period_return join reporting_period using (period_id) group by all"""
    found = {(kind, is_late): count for kind, is_late, count in ledger.rows(sql)}
    assert min(found["report", False], found["report", True], found["nil", False]) >= 1
    missing = """select p.name, count(distinct i.lead_agency) - count(distinct t.agency_code)
                 from reporting_period as p cross join item as i
                 left join period_return as t on t.period_id = p.period_id and t.agency_code = i.lead_agency
                 where p.name < '2024-03' and i.programme_code <> 'nhiem-vu-giao' group by 1"""
    assert dict(ledger.rows(missing)) == {
        "2023-10": 0,
        "2023-11": 1,
        "2023-12": 0,
        "2024-01": 0,
        "2024-02": 2,
    }
    assert ledger.one("select count(*) from period_return where agency_code = 'bo-y-te'") >= 5
    replaced = "select count(*) - count(distinct (period_id, agency_code)) from period_return"
    assert ledger.one(replaced) == 5


def test_reports_have_number_date_and_file(ledger: Ledger) -> None:
    sql = """select count(*) from period_return as t left join period_return_file as f using (return_id)
             where (t.kind = 'report') <> (t.number is not null and t.issued_on <= t.sent_on and f.sha256 is not null)"""
    assert ledger.one(sql) == 0


def test_nobody_says_nil_after_having_an_instrument_confirmed_in_the_month(ledger: Ledger) -> None:
    sql = """select count(*) from period_return as t join reporting_period as p using (period_id)
             join claim as c on c.agency_code = t.agency_code and c.kind = 'enacted' and c.state = 'confirmed'
             where t.kind = 'nil' and c.decided_at >= p.starts_on and c.decided_at < p.ends_on + 1"""
    assert ledger.one(sql) == 0
