"""The demonstration catalogue and its decisions add up to the published figures."""

import re
from datetime import timedelta

from demo_ledger import WORKING_DATE, Ledger

from catalogue.working_days import ZONE, is_working_day


def test_6317_procedures_are_in_force(ledger: Ledger) -> None:
    sql = "select count(*), count(distinct procedure_code) from procedure_at($day, $known) where in_force"
    assert ledger.rows(sql, day=WORKING_DATE, known=ledger.known(WORKING_DATE)) == [(6317, 6317)]


def test_level_groups_add_up_to_6891_memberships(ledger: Ledger) -> None:
    sql = """select level_group(level, is_vertical), count(distinct procedure_code)
             from procedure_at($day, $known) join procedure_version_level using (version_id)
             where in_force group by 1"""
    groups = dict(ledger.rows(sql, day=WORKING_DATE, known=ledger.known()))
    assert groups == {"central": 3835, "local": 1328, "vertical": 1728}
    overlap = """select count(*) from (
                   select procedure_code from procedure_at($day, $known) join procedure_version_level using (version_id)
                   where in_force group by 1 having count(distinct level_group(level, is_vertical)) = 2)"""
    assert ledger.one(overlap, day=WORKING_DATE, known=ledger.known()) == 574


def test_largest_and_smallest_ministry_at_the_centre(ledger: Ledger) -> None:
    sql = """select issuing_agency, count(*) from procedure_at($day, $known) join procedure_version_level using (version_id)
             where in_force and level = 'ministry' and issuing_agency <> 'bao-hiem-xa-hoi-viet-nam' group by 1 order by 2"""
    found = ledger.rows(sql, day=WORKING_DATE, known=ledger.known())
    assert found[0] == ("uy-ban-dan-toc", 4)
    assert found[-1][0] == "bo-tai-chinh"
    assert len(found) == 22


def test_codes_are_contiguous_and_marked_as_demonstration(ledger: Ledger) -> None:
    codes = [code for (code,) in ledger.rows("select procedure_code from procedure order by 1")]
    assert all(re.fullmatch(r"1\.9\d{5}", code) for code in codes)
    assert codes == [f"1.{900_000 + number}" for number in range(1, len(codes) + 1)]
    assert ledger.one("select count(*) from procedure where origin <> 'demo'") == 0


def test_versions_names_and_abolished_procedures(ledger: Ledger) -> None:
    several = ledger.one(
        "select count(*) from (select 1 from procedure_version group by procedure_code having count(*) between 2 and 3)",
    )
    total = ledger.one("select count(*) from procedure")
    assert 0.2 < several / total < 0.3
    assert total - 6317 == ledger.one(
        "select count(*) from procedure_at($day, 999999) where not in_force", day=WORKING_DATE
    )
    assert 140 <= total - 6317 <= 170
    assert ledger.one("select count(*) from procedure_version where length(name) between 300 and 600") >= 10
    assert ledger.one("select max(length(name)) from procedure_version") <= 600
    names = ledger.one("select count(distinct name) from procedure_at($day, 999999)", day=WORKING_DATE)
    assert 0.97 < names / total < 1
    overlapping = "select count(*) from (select 1 from procedure_version group by procedure_code, effective_date having count(*) > 1)"
    assert ledger.one(overlapping) == 0


def test_vertical_and_local_follow_the_field(ledger: Ledger) -> None:
    sql = """select field_code from procedure_version join procedure_version_level using (version_id)
             where level <> 'ministry' group by 1 having count(distinct is_vertical) > 1"""
    assert ledger.rows(sql) == []


def test_1544_decisions_since_january_amend_replace_or_abolish(ledger: Ledger) -> None:
    sql = """select count(*), count(distinct (number, issued_on)) from document_at($day, $known) as d
             where state = 'issued' and issued_on between date '2024-01-01' and $day and exists (
               select 1 from publication_line as l where l.document_id = d.document_id and l.revision <= $known
               and l.action in ('amended', 'replaced', 'abolished'))"""
    assert ledger.rows(sql, day=WORKING_DATE, known=ledger.known(WORKING_DATE)) == [(1544, 1544)]


def test_other_decisions(ledger: Ledger) -> None:
    sql = """select count(*) filter (issued_on >= date '2024-01-01'), count(*) filter (issued_on < date '2024-01-01')
             from document_at($day, 999999) as d where document_id in (select document_id from publication_line)
             and (issued_on < date '2024-01-01' or document_id not in (select document_id from publication_line where action <> 'new'))"""
    new_only, earlier = ledger.rows(sql, day=WORKING_DATE)[0]
    assert 110 <= new_only <= 130
    assert earlier > 300
    issuers = ledger.one(
        """select count(distinct issuer_code) from document_at($day, 999999) where issuer_code like 'ubnd-%'
           and issued_on >= date '2024-01-01'""",
        day=WORKING_DATE,
    )
    assert issuers == 63


def test_lines_and_versions_agree(ledger: Ledger) -> None:
    sql = """
        with national as (
            select l.*, d.issued_on, row_number() over (partition by l.procedure_code order by d.issued_on) as place
            from publication_line as l join document_at($day, 999999) as d using (document_id)
            where d.issuer_code not like 'ubnd-%'
        )
        select n.action, n.place = 1 as is_first, v.in_force, v.version_id is null as is_missing, count(*)
        from national as n full join procedure_version as v
          on v.decision_id = n.document_id and v.procedure_code = n.procedure_code and v.effective_date = n.issued_on
        group by all order by 1"""
    found = {row[:4] for row in ledger.rows(sql, day=WORKING_DATE)}
    assert found == {
        ("new", True, True, False),
        ("amended", False, True, False),
        ("replaced", False, True, False),
        ("abolished", False, False, False),
    }


def test_decisions_are_issued_and_recorded_on_working_days(ledger: Ledger) -> None:
    sql = """select distinct d.issued_on, r.recorded_at from document_event as d join revision as r using (revision)
             where document_id in (select document_id from publication_line) and issued_on >= date '2022-01-01'"""
    for issued_on, recorded_at in ledger.rows(sql):
        assert is_working_day(issued_on)
        assert issued_on < recorded_at.astimezone(ZONE).date() <= issued_on + timedelta(days=21)
