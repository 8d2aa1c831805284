"""Beside their annexes, the demonstration's decisions say enough to show timeliness and lag, and nothing impossible."""

from demo_ledger import WORKING_DATE, Ledger

from catalogue.working_days import is_working_day


def test_timeliness_has_all_three_answers(ledger: Ledger) -> None:
    sql = """select t.timeliness, d.issuer_code like 'ubnd-%', count(*) from publication_timeliness_at($day, $known) as t
             join document_at($day, $known) as d using (document_id) where d.issued_on >= date '2024-01-01' group by all"""
    found = {row[:2]: row[2] for row in ledger.rows(sql, day=WORKING_DATE, known=ledger.known())}
    assert len(found) == 6
    assert min(found.values()) > 25
    assert sum(found.values()) == 1544 + ledger.one(
        """select count(*) from document_at($day, $known) as d where d.issued_on >= date '2024-01-01' and exists (
             select 1 from publication_line as l where l.document_id = d.document_id
             having bool_and(action = 'new'))""",
        day=WORKING_DATE,
        known=ledger.known(),
    )


def test_most_provinces_say_whom_they_follow(ledger: Ledger) -> None:
    sql = """select p.issued_on - s.issued_on, s.issuer_code from publication_mirror as m
             join document_at($day, $known) as p using (document_id)
             join document_at($day, $known) as s on s.document_id = m.mirrored_id
             where p.issuer_code like 'ubnd-%'"""
    rows = ledger.rows(sql, day=WORKING_DATE, known=ledger.known())
    assert len(rows) == ledger.one("select count(*) from publication_mirror")
    assert all(8 <= days <= 120 and not issuer.startswith("ubnd-") for days, issuer in rows)
    provincial = ledger.one("select count(*) from document where issuer_code like 'ubnd-%'")
    assert 0.8 < len(rows) / provincial < 0.9


def test_days_are_working_days_recorded_when_they_came(ledger: Ledger) -> None:
    sql = """select y.happened_on, d.issued_on, r.recorded_at::date from publication_day as y
             join document_at($day, $known) as d using (document_id) join revision as r on r.revision = y.revision"""
    rows = ledger.rows(sql, day=WORKING_DATE, known=ledger.known())
    assert len(rows) > 2500
    for happened_on, issued_on, recorded_on in rows:
        assert is_working_day(happened_on)
        assert issued_on < happened_on == recorded_on <= WORKING_DATE


def test_what_decisions_name_is_there(ledger: Ledger) -> None:
    assert ledger.database.read("check/publications").is_empty()
    assert ledger.one("select count(*) from publication_supersession") > 20
    assert ledger.one("select count(distinct document_id) from publication_basis") > 1000
