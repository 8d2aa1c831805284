"""The demonstration dataset adds up to the published figures, row by row."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from catalogue.demo import Demonstration, generate, load
from catalogue.reference import Reference, load_reference
from catalogue.store import chain
from catalogue.store.database import Database
from catalogue.working_days import ZONE, is_working_day, next_midnight

SIMPLIFICATION, DECENTRALISATION = "don-gian-hoa-giay-to-cong-dan", "phan-cap-1015"
WORKING_DATE = date(2024, 3, 21)


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


@pytest.fixture(scope="module")
def demonstration(reference: Reference) -> Demonstration:
    return generate(reference)


@pytest.fixture(scope="module")
def database(reference: Reference, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = Database.open(tmp_path_factory.mktemp("demo") / "demo.duckdb")
    with opened.unrecorded() as transaction:
        transaction.insert(
            "programme",
            [
                {
                    "programme_code": one.code,
                    "kind": one.kind,
                    "name_vi": one.name_vi,
                    "name_en": one.name_en,
                    "done_stage": one.done_stage,
                    "stages": str(list(one.stages)).replace("'", '"'),
                    "approved_with_assignment": one.approved_with_assignment,
                }
                for one in reference.programmes
            ],
        )
    started = time.perf_counter()
    load(opened, reference)
    print(f"\ngenerated and loaded in {time.perf_counter() - started:.2f} s")  # noqa: T201
    yield opened
    opened.close()


def rows(database: Database, sql: str, **params: Any) -> list[tuple[Any, ...]]:
    return database._connection.cursor().execute(sql, params).fetchall()


def one(database: Database, sql: str, **params: Any) -> Any:
    return rows(database, sql, **params)[0][0]


def known(database: Database, day: date | None = None) -> int:
    """The last revision recorded before the next Vietnamese midnight."""
    before = next_midnight(day) if day else datetime(2030, 1, 1, tzinfo=UTC)
    return int(one(database, "select max(revision) from revision where recorded_at < $before", before=before))


def items(database: Database, programme: str, as_of: date, condition: str, known_at: date | None = None) -> int:
    sql = f"select count(*) from item_at($as_of, $known) where programme_code = $programme and in_base and {condition}"
    return int(one(database, sql, as_of=as_of, known=known(database, known_at), programme=programme))


def complete_agencies(database: Database, as_of: date) -> int:
    return len(
        rows(
            database,
            """select lead_agency from item_at($as_of, $known) where programme_code = $programme and in_base
               group by lead_agency having bool_and(done_on is not null)""",
            as_of=as_of,
            known=known(database),
            programme=SIMPLIFICATION,
        )
    )


# --- the catalogue


def test_6317_procedures_are_in_force(database: Database) -> None:
    sql = "select count(*), count(distinct procedure_code) from procedure_at($day, $known) where in_force"
    assert rows(database, sql, day=WORKING_DATE, known=known(database, WORKING_DATE)) == [(6317, 6317)]


def test_level_groups_add_up_to_6891_memberships(database: Database) -> None:
    sql = """select level_group(level, is_vertical), count(distinct procedure_code)
             from procedure_at($day, $known) join procedure_version_level using (version_id)
             where in_force group by 1"""
    groups = dict(rows(database, sql, day=WORKING_DATE, known=known(database)))
    assert groups == {"central": 3835, "local": 1328, "vertical": 1728}
    overlap = """select count(*) from (
                   select procedure_code from procedure_at($day, $known) join procedure_version_level using (version_id)
                   where in_force group by 1 having count(distinct level_group(level, is_vertical)) = 2)"""
    assert one(database, overlap, day=WORKING_DATE, known=known(database)) == 574


def test_largest_and_smallest_ministry_at_the_centre(database: Database) -> None:
    sql = """select issuing_agency, count(*) from procedure_at($day, $known) join procedure_version_level using (version_id)
             where in_force and level = 'ministry' and issuing_agency <> 'bao-hiem-xa-hoi-viet-nam' group by 1 order by 2"""
    found = rows(database, sql, day=WORKING_DATE, known=known(database))
    assert found[0] == ("uy-ban-dan-toc", 4)
    assert found[-1][0] == "bo-tai-chinh"
    assert len(found) == 22


def test_codes_are_contiguous_and_marked_as_demonstration(database: Database) -> None:
    codes = [code for (code,) in rows(database, "select procedure_code from procedure order by 1")]
    assert all(re.fullmatch(r"1\.9\d{5}", code) for code in codes)
    assert codes == [f"1.{900_000 + number}" for number in range(1, len(codes) + 1)]
    assert one(database, "select count(*) from procedure where origin <> 'demo'") == 0


def test_versions_names_and_abolished_procedures(database: Database) -> None:
    several = one(database, "select count(*) from (select 1 from procedure_version group by procedure_code having count(*) between 2 and 3)")
    total = one(database, "select count(*) from procedure")
    assert 0.2 < several / total < 0.3
    assert total - 6317 == one(database, "select count(*) from procedure_at($day, 999999) where not in_force", day=WORKING_DATE)
    assert 140 <= total - 6317 <= 170
    assert one(database, "select count(*) from procedure_version where length(name) between 300 and 600") >= 10
    assert one(database, "select max(length(name)) from procedure_version") <= 600
    names = one(database, "select count(distinct name) from procedure_at($day, 999999)", day=WORKING_DATE)
    assert 0.97 < names / total < 1
    overlapping = "select count(*) from (select 1 from procedure_version group by procedure_code, effective_date having count(*) > 1)"
    assert one(database, overlapping) == 0


def test_vertical_and_local_follow_the_field(database: Database) -> None:
    sql = """select field_code from procedure_version join procedure_version_level using (version_id)
             where level <> 'ministry' group by 1 having count(distinct is_vertical) > 1"""
    assert rows(database, sql) == []


# --- publication decisions


def test_1544_decisions_since_january_amend_replace_or_abolish(database: Database) -> None:
    sql = """select count(*), count(distinct (number, issued_on)) from document_at($day, $known) as d
             where state = 'issued' and issued_on between date '2024-01-01' and $day and exists (
               select 1 from publication_line as l where l.document_id = d.document_id and l.revision <= $known
               and l.action in ('amended', 'replaced', 'abolished'))"""
    assert rows(database, sql, day=WORKING_DATE, known=known(database, WORKING_DATE)) == [(1544, 1544)]


def test_other_decisions(database: Database) -> None:
    sql = """select count(*) filter (issued_on >= date '2024-01-01'), count(*) filter (issued_on < date '2024-01-01')
             from document_at($day, 999999) as d where document_id in (select document_id from publication_line)
             and (issued_on < date '2024-01-01' or document_id not in (select document_id from publication_line where action <> 'new'))"""
    new_only, earlier = rows(database, sql, day=WORKING_DATE)[0]
    assert 110 <= new_only <= 130
    assert earlier > 300
    issuers = one(
        database,
        """select count(distinct issuer_code) from document_at($day, 999999) where issuer_code like 'ubnd-%'
           and issued_on >= date '2024-01-01'""",
        day=WORKING_DATE,
    )
    assert issuers == 63


def test_lines_and_versions_agree(database: Database) -> None:
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
    found = {row[:4] for row in rows(database, sql, day=WORKING_DATE)}
    assert found == {
        ("new", True, True, False),
        ("amended", False, True, False),
        ("replaced", False, True, False),
        ("abolished", False, False, False),
    }


def test_decisions_are_issued_and_recorded_on_working_days(database: Database) -> None:
    sql = """select distinct d.issued_on, r.recorded_at from document_event as d join revision as r using (revision)
             where document_id in (select document_id from publication_line) and issued_on >= date '2022-01-01'"""
    for issued_on, recorded_at in rows(database, sql):
        assert is_working_day(issued_on)
        assert issued_on < recorded_at.astimezone(ZONE).date() <= issued_on + timedelta(days=21)


# --- simplification


def test_simplification_figures(database: Database) -> None:
    autumn, winter = date(2023, 10, 31), date(2024, 2, 29)
    for day in (date(2021, 12, 31), autumn, winter, WORKING_DATE):
        assert items(database, SIMPLIFICATION, day, "true") == 1086
    assert items(database, SIMPLIFICATION, autumn, "enacted_on is not null") == 437
    assert items(database, SIMPLIFICATION, autumn, "enacted_on is not null", date(2023, 11, 20)) == 437
    assert 400 <= items(database, SIMPLIFICATION, autumn, "enacted_on is not null", autumn) <= 420
    assert complete_agencies(database, autumn) == 5
    assert items(database, SIMPLIFICATION, winter, "enacted_on is not null", WORKING_DATE) == 658
    assert 600 <= items(database, SIMPLIFICATION, winter, "enacted_on is not null", winter) <= 630
    assert complete_agencies(database, winter) == 6
    assert items(database, SIMPLIFICATION, WORKING_DATE, "enacted_on is not null") == 658


def test_simplification_is_assigned_by_19_resolutions(database: Database) -> None:
    sql = """select count(distinct assigned_by), count(distinct lead_agency), count(distinct (assigned_by, lead_agency)),
             count(distinct procedure_code), count(*) from item where programme_code = $programme"""
    assert rows(database, sql, programme=SIMPLIFICATION) == [(19, 19, 19, 1086, 1086)]
    sql = """select distinct type, issuer_code, regexp_matches(number, '^1\\d\\d/NQ-CP$'), title like '%quản lý dân cư%'
             from document_at($day, 999999) where document_id in (select assigned_by from item where programme_code = $programme)"""
    assert rows(database, sql, day=WORKING_DATE, programme=SIMPLIFICATION) == [("resolution", "chinh-phu", True, True)]


def test_no_stage_takes_effect_between_march_and_the_working_date(database: Database) -> None:
    sql = """select count(*) from item_event where subject in ('enacted', 'published', 'assigned')
             and effective_date between date '2024-03-01' and date '2024-03-21'"""
    assert one(database, sql) == 0
    later = "select distinct effective_date from item_event where subject = 'enacted' and effective_date > date '2024-03-21'"
    assert {day for (day,) in rows(database, later)} == {date(2024, 4, 15), date(2024, 7, 1)}


def test_an_item_is_enacted_exactly_when_all_its_instruments_are_issued(database: Database) -> None:
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
    assert one(database, sql) == 0
    assert one(database, "select count(*) from item where item_id not in (select item_id from item_instrument)") == 0
    assert one(database, "select max(n) from (select count(*) as n from item_instrument group by item_id)") == 2
    early = """select count(*) from item_event as e join item_instrument as n using (item_id)
               join document_event as d on d.document_id = n.document_id and d.state = 'issued'
               where e.subject = 'enacted' and e.revision < d.revision"""
    assert one(database, early) == 0


def test_instruments_that_hold_back_most(database: Database) -> None:
    sql = """select count(*) from item_instrument join document_at($day, 999999) using (document_id)
             join item using (item_id)
             where programme_code = $programme and state <> 'issued' group by document_id order by 1 desc"""
    sizes = [size for (size,) in rows(database, sql, day=WORKING_DATE, programme=SIMPLIFICATION)]
    assert 4 <= sum(size >= 25 for size in sizes) <= 6
    assert max(sizes) <= 70
    assert sum(6 < size < 25 for size in sizes) == 0


def test_deadlines_on_the_working_date(database: Database) -> None:
    assert 50 <= items(database, SIMPLIFICATION, WORKING_DATE, "deadline_state = 'overdue'") <= 70
    assert 12 <= items(database, SIMPLIFICATION, WORKING_DATE, "deadline_state = 'due_soon'") <= 18
    assert items(database, SIMPLIFICATION, WORKING_DATE, "deadline_state = 'no_deadline'") == 0
    late = items(database, SIMPLIFICATION, WORKING_DATE, "deadline_state = 'done_late'")
    assert 0.1 < late / 658 < 0.35
    extended = items(database, SIMPLIFICATION, WORKING_DATE, "extensions > 0")
    assert 0.11 < extended / 1086 < 0.19
    unexplained = """select count(*) from item_event as e where subject = 'deadline' and claim_id is null
                     and exists (select 1 from item_event as b where b.item_id = e.item_id and b.subject = 'deadline'
                                 and b.event_id < e.event_id)"""
    assert one(database, unexplained) == 0


def test_published_items_are_named_by_a_decision_and_the_catalogue_shows_it(database: Database) -> None:
    published = items(database, SIMPLIFICATION, WORKING_DATE, "published_on is not null")
    assert 0.55 < published / 658 < 0.65
    sql = """select count(*) from item_event as e join item as i using (item_id)
             where e.subject = 'published' and not exists (
               select 1 from publication_line as l join procedure_version as v
                 on v.decision_id = l.document_id and v.procedure_code = l.procedure_code
               where l.document_id = e.document_id and l.procedure_code = i.procedure_code
                 and v.effective_date = e.effective_date and v.revision <= e.revision)"""
    assert one(database, sql) == 0
    abolished = """select count(*) from item_at($day, 999999) as i join item_measure using (item_id)
                   join procedure_at($day, 999999) as p on p.procedure_code = i.procedure_code
                   where measure_type = 'abolish' and published_on is not null and p.in_force"""
    assert one(database, abolished, day=WORKING_DATE) == 0


def test_the_curve_never_jumps(database: Database) -> None:
    sql = """select date_trunc('month', effective_date), count(*) from item_event join item using (item_id)
             where subject = 'enacted' and programme_code = $programme and effective_date <= date '2024-02-29' group by 1"""
    months = dict(rows(database, sql, programme=SIMPLIFICATION))
    assert len(months) >= 22
    assert max(months.values()) <= 90


# --- decentralisation


def test_decentralisation_figures(database: Database) -> None:
    summer, winter = date(2023, 6, 30), date(2024, 2, 29)
    assert items(database, DECENTRALISATION, date(2022, 8, 30), "true") == 699
    july = date(2023, 7, 31)
    assert items(database, DECENTRALISATION, summer, "enacted_on is not null", july) == 81
    assert items(database, DECENTRALISATION, summer, "enacted_on is null and current_deadline >= date '2023-06-30'", july) == 568
    assert items(database, DECENTRALISATION, summer, "deadline_state = 'overdue'", july) == 50
    assert items(database, DECENTRALISATION, summer, "deadline_state = 'overdue'") == 50
    assert items(database, DECENTRALISATION, winter, "enacted_on is not null", WORKING_DATE) == 195
    assert 172 <= items(database, DECENTRALISATION, winter, "enacted_on is not null", winter) <= 188
    assert items(database, DECENTRALISATION, WORKING_DATE, "enacted_on is not null") == 195


def test_decentralisation_by_agency(database: Database) -> None:
    sql = """select lead_agency, count(*) filter (done_on is not null), count(*) filter (deadline_state = 'overdue')
             from item_at($day, $known) where programme_code = $programme group by 1"""
    summer = {agency: (done, overdue) for agency, done, overdue in rows(
        database, sql, day=date(2023, 6, 30), known=known(database), programme=DECENTRALISATION)}
    assert len(summer) == 21
    assert summer["bo-nong-nghiep-va-phat-trien-nong-thon"][0] == 34
    assert summer["ngan-hang-nha-nuoc-viet-nam"][0] == 20
    assert summer["bo-tai-nguyen-va-moi-truong"][0] == 13
    assert (summer["bo-y-te"][1], summer["bo-xay-dung"][1]) == (28, 12)
    assert sum(overdue for _, overdue in summer.values()) == 50
    winter = rows(database, sql, day=date(2024, 2, 29), known=known(database), programme=DECENTRALISATION)
    assert sum(done > 0 for _, done, _ in winter) == 17


def test_decentralisation_has_100_fields_and_15_instruments_by_summer(database: Database) -> None:
    sql = """select count(distinct field_name), count(distinct procedure_code), count(*), count(distinct lead_agency),
             count(distinct assigned_by) from item where programme_code = $programme"""
    assert rows(database, sql, programme=DECENTRALISATION) == [(100, 699, 699, 21, 1)]
    sql = """select count(distinct e.document_id), count(distinct n.document_id) from item_event as e
             join item using (item_id) join item_instrument as n using (item_id)
             where subject = 'enacted' and programme_code = $programme and e.effective_date <= date '2023-06-30'"""
    assert rows(database, sql, programme=DECENTRALISATION) == [(15, 15)]
    forms = dict(rows(database, "select form, count(*) from decentralisation group by 1"))
    assert sum(forms.values()) == 699
    assert forms["phan_cap"] > 500


def test_the_1015_decision_and_its_agencies(database: Database, reference: Reference) -> None:
    sql = """select distinct number, issued_on, issuer_code, type from document_at($day, 999999)
             where document_id in (select assigned_by from item where programme_code = $programme)"""
    found = rows(database, sql, day=WORKING_DATE, programme=DECENTRALISATION)
    assert found == [("1015/QĐ-TTg", date(2022, 8, 30), "thu-tuong-chinh-phu", "decision")]
    leads = {code for (code,) in rows(database, "select distinct lead_agency from item where programme_code = $p", p=DECENTRALISATION)}
    assert leads == {agency.code for agency in reference.agencies if agency.in_1015}


# --- people and claims


def test_accounts(database: Database) -> None:
    accounts = {account: (role, agency) for account, role, agency in rows(database, "select account, role, agency_code from actor")}
    assert accounts["lanhdao"] == ("viewer", None)
    assert accounts["byt"] == ("ministry_editor", "bo-y-te")
    assert accounts["vpcp"] == ("reviewer", None)
    assert accounts["quantri"] == ("administrator", None)
    assert sum(role == "reviewer" for role, _ in accounts.values()) == 2
    editors = {agency for _, agency in accounts.values() if agency}
    leads = {code for (code,) in rows(database, "select distinct lead_agency from item")}
    assert leads <= editors
    assert one(database, "select count(*) from actor where not is_demo or password_hash <> '!' or not is_active") == 0


def test_confirmed_facts_come_from_confirmed_claims(database: Database) -> None:
    sql = """select count(*) from item_event as e left join claim as c using (claim_id)
             left join claim_event as a on a.claim_id = c.claim_id and a.action = 'confirm'
             where (e.subject in ('enacted', 'published') or e.claim_id is not null)
               and (c.state is distinct from 'confirmed' or a.revision is distinct from e.revision)"""
    assert one(database, sql) == 0
    issued = """select count(*) from document_event as e where state = 'issued'
                and document_id in (select document_id from item_instrument)
                and not exists (select 1 from claim as c where c.claim_id = e.claim_id and c.state = 'confirmed'
                                and c.document_id = e.document_id)"""
    assert one(database, issued) == 0


def test_the_projection_of_claims_is_their_last_event(database: Database) -> None:
    sql = """
        with last as (
            select claim_id, arg_max(action, event_id) as action, arg_max(e.content, event_id) as content,
                arg_max(e.comment, event_id) as comment, max(e.revision) as revision,
                max(r.recorded_at) filter (action = 'submit') as submitted_at
            from claim_event as e join revision as r using (revision) group by 1
        )
        select count(*) from claim as c full join last as l using (claim_id)
        where c.state is distinct from
            {'draft': 'draft', 'edit': 'draft', 'submit': 'submitted', 'return': 'returned', 'confirm': 'confirmed'}[l.action]
          or c.content is distinct from l.content or c.comment is distinct from l.comment
          or c.revision is distinct from l.revision or c.submitted_at is distinct from l.submitted_at
          or (c.decided_at is not null) is distinct from (c.state in ('returned', 'confirmed'))"""
    assert one(database, sql) == 0


def test_claims_under_way(database: Database) -> None:
    sql = "select kind, state, count(*) from claim where state <> 'confirmed' or kind = 'obstacle' group by all"
    found = {(kind, state): count for kind, state, count in rows(database, sql)}
    assert 23 <= found["enacted", "submitted"] + found["published", "submitted"] <= 27
    assert found["enacted", "draft"] == 8
    assert found["enacted", "returned"] == 8
    assert found["extension", "submitted"] == 5
    assert found["obstacle", "submitted"] == found["obstacle", "confirmed"] == 3
    sql = "select agency_code, count(*) from claim where state = 'submitted' and kind = 'enacted' group by 1"
    waiting = dict(rows(database, sql))
    assert all(waiting[agency] >= 3 for agency in ("bo-y-te", "bo-tu-phap", "bo-cong-an"))
    sql = "select min(submitted_at), max(submitted_at) from claim where state = 'submitted'"
    first, last = (when.astimezone(ZONE).date() for when in rows(database, sql)[0])
    assert date(2024, 3, 1) <= first <= last <= date(2024, 3, 20)


def test_confirming_a_waiting_claim_moves_the_figure(database: Database) -> None:
    sql = """select c.claim_id, c.content->>'number', cast(c.content->>'issued_on' as date), cast(c.content->>'in_force_on' as date),
               (select d.issuer_code from document as d where d.document_id = c.document_id),
               (select count(*) from item_instrument as n where n.document_id = c.document_id and not exists (
                  select 1 from item_instrument as o join document_at(date '2024-03-21', 999999) as x using (document_id)
                  where o.item_id = n.item_id and o.document_id <> n.document_id and x.state <> 'issued'))
             from claim as c where kind = 'enacted' and state = 'submitted'"""
    for _, number, issued_on, in_force_on, issuer, released in rows(database, sql):
        assert date(2024, 3, 1) <= in_force_on <= WORKING_DATE
        assert issued_on <= in_force_on
        assert released >= 1
        taken = "select count(*) from document_identity where upper(number_key) = upper($n) and issued_on = $d and issuer_code = $i"
        assert one(database, taken, n=number, d=issued_on, i=issuer) == 0


def test_evidence_of_submitted_and_confirmed_claims(database: Database) -> None:
    sql = """select count(*) from claim as c where kind in ('enacted', 'published', 'extension') and state in ('submitted', 'confirmed')
             and not exists (select 1 from evidence as e where e.claim_id = c.claim_id)"""
    assert one(database, sql) == 0
    orphans = "select count(*) from evidence as e left join evidence_content as c using (sha256) where c.content is null or octet_length(c.content) <> e.size_bytes"
    assert one(database, orphans) == 0
    assert one(database, "select count(*) from evidence_content where content[1:5] <> '%PDF-'::blob") == 0


def test_bo_y_te_has_every_kind_of_work(database: Database) -> None:
    sql = """select count(*) filter (deadline_state = 'overdue'), count(*) filter (deadline_state = 'due_soon'),
               count(*) filter (done_on is null and item_id not in (
                 select n.item_id from item_instrument as n join claim using (document_id) where state <> 'confirmed'))
             from item_at($day, 999999) where lead_agency = 'bo-y-te' and programme_code = $programme"""
    overdue, due_soon, unclaimed = rows(database, sql, day=WORKING_DATE, programme=SIMPLIFICATION)[0]
    assert min(overdue, due_soon, unclaimed) >= 1
    states = dict(rows(database, "select state, count(*) from claim where agency_code = 'bo-y-te' group by 1"))
    assert set(states) == {"draft", "submitted", "returned", "confirmed"}


# --- the ledger


def test_item_state_equals_the_replay(database: Database) -> None:
    replayed = database.read("items/replayed_state")
    stored = rows(database, "select * from item_state order by item_id")
    assert stored == replayed.rows()
    assert len(stored) == 1086 + 699


def test_recorded_in_office_hours_and_never_backwards(database: Database) -> None:
    instants = [at for (at,) in rows(database, "select recorded_at from revision order by revision")]
    assert instants == sorted(instants)
    local = [at.astimezone(ZONE) for at in instants]
    assert local[0].date() == date(2021, 12, 31)
    assert local[-1] <= datetime(2024, 3, 21, 17, tzinfo=ZONE)
    assert all(is_working_day(at.date()) and 8 <= at.hour < 17 for at in local)


def test_the_chain_verifies(database: Database) -> None:
    facts: dict[int, dict[str, list[str]]] = {}
    for table in chain.LEDGER:
        frame = database._connection.cursor().table(table).pl()
        for row in frame.iter_rows(named=True):
            facts.setdefault(row["revision"], {}).setdefault(table, []).append(chain.canonical(row))
    previous = chain.GENESIS
    for revision, previous_hash, digest in rows(database, "select revision, previous_hash, hash from revision order by 1"):
        assert previous_hash == previous
        assert chain.link(previous, facts[revision]) == digest
        previous = digest


def test_ids_are_unique(database: Database) -> None:
    for table, key in (("item_event", "event_id"), ("document_event", "event_id"), ("claim_event", "event_id"), ("evidence", "evidence_id"), ("procedure_version", "version_id")):
        assert one(database, f"select count(*) - count(distinct {key}) from {table}") == 0


def test_two_generations_are_identical(reference: Reference, demonstration: Demonstration) -> None:
    assert generate(reference) == demonstration


def test_stored_details_have_the_agreed_shape(database: Database) -> None:
    sql = """select json_keys(details), count(*) from procedure_version group by 1"""
    assert [sorted(keys) for keys, _ in rows(database, sql)] == [
        ["addressees", "channels", "dossier", "requirements", "results", "steps"]
    ]
