"""The demonstration programmes add up to the published figures, on both clocks."""

from datetime import date

from demo_ledger import DECENTRALISATION, SIMPLIFICATION, WORKING_DATE, Ledger

from catalogue.reference import load_reference


def complete_agencies(ledger: Ledger, as_of: date) -> int:
    return len(
        ledger.rows(
            """select lead_agency from item_at($as_of, $known) where programme_code = $programme and in_base
               group by lead_agency having bool_and(done_on is not null)""",
            as_of=as_of,
            known=ledger.known(),
            programme=SIMPLIFICATION,
        )
    )


def test_simplification_figures(ledger: Ledger) -> None:
    autumn, winter = date(2023, 10, 31), date(2024, 2, 29)
    for day in (autumn, winter, WORKING_DATE):
        assert ledger.items(SIMPLIFICATION, day, "in_base") == 1086
    assert ledger.items(SIMPLIFICATION, date(2023, 5, 14), "in_base") == 1086 + 8
    assert ledger.items(SIMPLIFICATION, autumn, "enacted_on is not null") == 437
    assert ledger.items(SIMPLIFICATION, autumn, "enacted_on is not null", date(2023, 11, 20)) == 437
    assert 400 <= ledger.items(SIMPLIFICATION, autumn, "enacted_on is not null", autumn) <= 420
    assert complete_agencies(ledger, autumn) == 5
    assert ledger.items(SIMPLIFICATION, winter, "enacted_on is not null", WORKING_DATE) == 658
    assert 600 <= ledger.items(SIMPLIFICATION, winter, "enacted_on is not null", winter) <= 630
    assert complete_agencies(ledger, winter) == 6
    assert ledger.items(SIMPLIFICATION, WORKING_DATE, "enacted_on is not null") == 658


def test_simplification_is_assigned_by_19_resolutions(ledger: Ledger) -> None:
    sql = """select count(distinct assigned_by), count(distinct lead_agency), count(distinct (assigned_by, lead_agency)),
             count(distinct procedure_code), count(*) from item where programme_code = $programme"""
    assert ledger.rows(sql, programme=SIMPLIFICATION) == [(19, 19, 19, 1086 + 8, 1086 + 8)]
    sql = """select distinct type, issuer_code, regexp_matches(number, '^1\\d\\d/NQ-CP$'), title like '%quản lý dân cư%'
             from document_at($day, 999999) where document_id in (select assigned_by from item where programme_code = $programme)"""
    assert ledger.rows(sql, day=WORKING_DATE, programme=SIMPLIFICATION) == [
        ("resolution", "chinh-phu", True, True)
    ]


def test_eight_items_left_the_programme_in_may_2023_with_their_reasons(ledger: Ledger) -> None:
    sql = """select i.lead_agency, count(*), count(e.reason), count(distinct e.document_id)
             from item_event as e join item as i using (item_id)
             where e.subject = 'assigned' and not e.holds and e.effective_date = date '2023-05-15' group by 1 order by 1"""
    assert ledger.rows(sql) == [
        ("bo-giao-thong-van-tai", 3, 3, 1),
        ("bo-nong-nghiep-va-phat-trien-nong-thon", 3, 3, 1),
        ("bo-xay-dung", 2, 2, 1),
    ]


def test_no_stage_takes_effect_between_march_and_the_working_date(ledger: Ledger) -> None:
    sql = """select count(*) from item_event where subject in ('enacted', 'published', 'assigned')
             and effective_date between date '2024-03-01' and date '2024-03-21'"""
    assert ledger.one(sql) == 0
    later = "select distinct effective_date from item_event where subject = 'enacted' and effective_date > date '2024-03-21'"
    assert {day for (day,) in ledger.rows(later)} == {date(2024, 4, 15), date(2024, 7, 1)}


def test_an_item_is_enacted_exactly_when_all_its_instruments_are_issued(ledger: Ledger) -> None:
    sql = """
        with latest as (
            select document_id, arg_max(state, row(effective_date, event_id)) as state,
                arg_max(in_force_on, row(effective_date, event_id)) as in_force_on, max(revision) as revision
            from document_event group by 1
        ),
        computed as (
            select item_id, case when bool_and(state = 'issued' and in_force_on is not null) then max(in_force_on) end as due
            from item_instrument join latest using (document_id) group by 1
        ),
        recorded as (select item_id, effective_date, revision from item_event where subject = 'enacted')
        select count(*) from computed left join recorded using (item_id) where due is distinct from effective_date"""
    assert ledger.one(sql) == 0
    assert (
        ledger.one(
            """select count(*) from item where item_id not in (select item_id from item_instrument)
               and item_id not in (select item_id from directive)"""
        )
        == 8
    )
    assert ledger.one("select max(n) from (select count(*) as n from item_instrument group by item_id)") == 2
    early = """select count(*) from item_event as e join item_instrument as n using (item_id)
               join document_event as d on d.document_id = n.document_id and d.state = 'issued'
               where e.subject = 'enacted' and e.revision < d.revision"""
    assert ledger.one(early) == 0


def test_instruments_that_hold_back_most(ledger: Ledger) -> None:
    sql = """select count(*) from item_instrument join document_at($day, 999999) using (document_id)
             join item using (item_id)
             where programme_code = $programme and state <> 'issued' group by document_id order by 1 desc"""
    sizes = [size for (size,) in ledger.rows(sql, day=WORKING_DATE, programme=SIMPLIFICATION)]
    assert 4 <= sum(size >= 25 for size in sizes) <= 6
    assert max(sizes) <= 70
    assert sum(6 < size < 25 for size in sizes) == 0


def test_deadlines_on_the_working_date(ledger: Ledger) -> None:
    assert 50 <= ledger.items(SIMPLIFICATION, WORKING_DATE, "deadline_state = 'overdue'") <= 70
    assert 12 <= ledger.items(SIMPLIFICATION, WORKING_DATE, "deadline_state = 'due_soon'") <= 18
    assert ledger.items(SIMPLIFICATION, WORKING_DATE, "deadline_state = 'no_deadline'") == 0
    late = ledger.items(SIMPLIFICATION, WORKING_DATE, "deadline_state = 'done_late'")
    assert 0.1 < late / 658 < 0.35
    extended = ledger.items(SIMPLIFICATION, WORKING_DATE, "extensions > 0")
    assert 0.11 < extended / 1086 < 0.19
    unexplained = """select count(*) from item_event as e where subject = 'deadline' and claim_id is null
                     and exists (select 1 from item_event as b where b.item_id = e.item_id and b.subject = 'deadline'
                                 and b.event_id < e.event_id)"""
    assert ledger.one(unexplained) == 0


def test_published_items_are_named_by_a_decision_and_the_catalogue_shows_it(ledger: Ledger) -> None:
    published = ledger.items(SIMPLIFICATION, WORKING_DATE, "published_on is not null")
    assert 0.55 < published / 658 < 0.65
    sql = """select count(*) from item_event as e join item as i using (item_id)
             where e.subject = 'published' and not exists (
               select 1 from publication_line as l join procedure_version as v
                 on v.decision_id = l.document_id and v.procedure_code = l.procedure_code
               where l.document_id = e.document_id and l.procedure_code = i.procedure_code
                 and v.effective_date = e.effective_date and v.revision <= e.revision)"""
    assert ledger.one(sql) == 0
    abolished = """select count(*) from item_at($day, 999999) as i join item_measure using (item_id)
                   join procedure_at($day, 999999) as p on p.procedure_code = i.procedure_code
                   where measure_type = 'abolish' and published_on is not null and p.in_force"""
    assert ledger.one(abolished, day=WORKING_DATE) == 0


def test_the_curve_never_jumps(ledger: Ledger) -> None:
    sql = """select date_trunc('month', effective_date), count(*) from item_event join item using (item_id)
             where item_event.subject = 'enacted' and programme_code = $programme and effective_date <= date '2024-02-29' group by 1"""
    months = dict(ledger.rows(sql, programme=SIMPLIFICATION))
    assert len(months) >= 22
    assert max(months.values()) <= 90


def test_decentralisation_figures(ledger: Ledger) -> None:
    summer, winter = date(2023, 6, 30), date(2024, 2, 29)
    assert ledger.items(DECENTRALISATION, date(2022, 8, 30), "true") == 699
    july = date(2023, 7, 31)
    assert ledger.items(DECENTRALISATION, summer, "enacted_on is not null", july) == 81
    assert (
        ledger.items(
            DECENTRALISATION,
            summer,
            "enacted_on is null and current_deadline >= date '2023-06-30'",
            july,
        )
        == 568
    )
    assert ledger.items(DECENTRALISATION, summer, "deadline_state = 'overdue'", july) == 50
    assert ledger.items(DECENTRALISATION, summer, "deadline_state = 'overdue'") == 50
    assert ledger.items(DECENTRALISATION, winter, "enacted_on is not null", WORKING_DATE) == 195
    assert 172 <= ledger.items(DECENTRALISATION, winter, "enacted_on is not null", winter) <= 188
    assert ledger.items(DECENTRALISATION, WORKING_DATE, "enacted_on is not null") == 195


def test_decentralisation_by_agency(ledger: Ledger) -> None:
    sql = """select lead_agency, count(*) filter (done_on is not null), count(*) filter (deadline_state = 'overdue')
             from item_at($day, $known) where programme_code = $programme group by 1"""
    summer = {
        agency: (done, overdue)
        for agency, done, overdue in ledger.rows(
            sql, day=date(2023, 6, 30), known=ledger.known(), programme=DECENTRALISATION
        )
    }
    assert len(summer) == 21
    assert summer["bo-nong-nghiep-va-phat-trien-nong-thon"][0] == 34
    assert summer["ngan-hang-nha-nuoc-viet-nam"][0] == 20
    assert summer["bo-tai-nguyen-va-moi-truong"][0] == 13
    assert (summer["bo-y-te"][1], summer["bo-xay-dung"][1]) == (28, 12)
    assert sum(overdue for _, overdue in summer.values()) == 50
    winter = ledger.rows(sql, day=date(2024, 2, 29), known=ledger.known(), programme=DECENTRALISATION)
    assert sum(done > 0 for _, done, _ in winter) == 17


def test_decentralisation_has_100_fields_and_15_instruments_by_summer(ledger: Ledger) -> None:
    sql = """select count(distinct field_name), count(distinct procedure_code), count(*), count(distinct lead_agency),
             count(distinct assigned_by) from item where programme_code = $programme"""
    assert ledger.rows(sql, programme=DECENTRALISATION) == [(100, 699, 699, 21, 1)]
    sql = """select count(distinct e.document_id), count(distinct n.document_id) from item_event as e
             join item using (item_id) join item_instrument as n using (item_id)
             where e.subject = 'enacted' and programme_code = $programme and e.effective_date <= date '2023-06-30'"""
    assert ledger.rows(sql, programme=DECENTRALISATION) == [(15, 15)]
    forms = dict(ledger.rows("select form, count(*) from decentralisation group by 1"))
    assert sum(forms.values()) == 699
    assert forms["phan_cap"] > 500


def test_the_1015_decision_and_its_agencies(ledger: Ledger) -> None:
    sql = """select distinct number, issued_on, issuer_code, type from document_at($day, 999999)
             where document_id in (select assigned_by from item where programme_code = $programme)"""
    found = ledger.rows(sql, day=WORKING_DATE, programme=DECENTRALISATION)
    assert found == [("1015/QĐ-TTg", date(2022, 8, 30), "thu-tuong-chinh-phu", "decision")]
    leads = {
        code
        for (code,) in ledger.rows(
            "select distinct lead_agency from item where programme_code = $p", p=DECENTRALISATION
        )
    }
    assert leads == {agency.code for agency in load_reference().agencies if agency.in_1015}
