"""People and claims of the demonstration: what is confirmed, what still waits."""

from datetime import date

from demo_ledger import SIMPLIFICATION, WORKING_DATE, Ledger

from catalogue.working_days import ZONE


def test_accounts(ledger: Ledger) -> None:
    accounts = {
        account: (role, agency)
        for account, role, agency in ledger.rows("select account, role, agency_code from actor")
    }
    assert accounts["lanhdao"] == ("viewer", None)
    assert accounts["byt"] == ("ministry_editor", "bo-y-te")
    assert accounts["vpcp"] == ("reviewer", None)
    assert accounts["quantri"] == ("administrator", None)
    assert sum(role == "reviewer" for role, _ in accounts.values()) == 2
    editors = {agency for _, agency in accounts.values() if agency}
    leads = {
        code
        for (code,) in ledger.rows(
            "select distinct lead_agency from item where programme_code <> 'nhiem-vu-giao'"
        )
    }
    assert leads <= editors
    assert (
        ledger.one("select count(*) from actor where not is_demo or password_hash <> '!' or not is_active")
        == 0
    )


def test_confirmed_facts_come_from_confirmed_claims(ledger: Ledger) -> None:
    sql = """select count(*) from item_event as e left join claim as c using (claim_id)
             left join claim_event as a on a.claim_id = c.claim_id and a.action = 'confirm'
             where (e.subject in ('enacted', 'published') or e.claim_id is not null)
               and (c.state is distinct from 'confirmed' or a.revision is distinct from e.revision)"""
    assert ledger.one(sql) == 0
    issued = """select count(*) from document_event as e where state = 'issued'
                and document_id in (select document_id from item_instrument)
                and not exists (select 1 from claim as c where c.claim_id = e.claim_id and c.state = 'confirmed'
                                and c.document_id = e.document_id)"""
    assert ledger.one(issued) == 0


def test_the_projection_of_claims_is_their_last_event(ledger: Ledger) -> None:
    sql = """
        with times as (
            select claim_id, max(r.recorded_at) filter (action = 'submit') as submitted_at
            from claim_event join revision as r using (revision) group by 1
        ),
        last as (
            select e.*, t.submitted_at from claim_event as e join times as t using (claim_id)
            qualify row_number() over (partition by claim_id order by event_id desc) = 1
        )
        select count(*) from claim as c full join last as l using (claim_id)
        where c.state is distinct from
            case l.action when 'submit' then 'submitted' when 'return' then 'returned' when 'confirm' then 'confirmed' else 'draft' end
          or c.content is distinct from l.content or c.comment is distinct from l.comment
          or c.revision is distinct from l.revision or c.submitted_at is distinct from l.submitted_at
          or (c.decided_at is not null) is distinct from (c.state in ('returned', 'confirmed'))"""
    assert ledger.one(sql) == 0


def test_claims_under_way(ledger: Ledger) -> None:
    sql = (
        "select kind, state, count(*) from claim where state <> 'confirmed' or kind = 'obstacle' group by all"
    )
    found = {(kind, state): count for kind, state, count in ledger.rows(sql)}
    assert 23 <= found["enacted", "submitted"] + found["published", "submitted"] <= 27
    assert found["enacted", "draft"] == 8
    assert found["enacted", "returned"] == 8
    assert found["extension", "submitted"] == 5
    assert found["obstacle", "submitted"] == found["obstacle", "confirmed"] == 3
    sql = "select agency_code, count(*) from claim where state = 'submitted' and kind = 'enacted' group by 1"
    waiting = dict(ledger.rows(sql))
    assert all(waiting[agency] >= 3 for agency in ("bo-y-te", "bo-tu-phap", "bo-cong-an"))
    sql = "select min(submitted_at), max(submitted_at) from claim where state = 'submitted'"
    first, last = (when.astimezone(ZONE).date() for when in ledger.rows(sql)[0])
    assert date(2024, 3, 1) <= first <= last <= date(2024, 3, 20)


def test_confirming_a_waiting_claim_moves_the_figure(ledger: Ledger) -> None:
    sql = """select c.claim_id, c.content->>'number', cast(c.content->>'issued_on' as date), cast(c.content->>'in_force_on' as date),
               (select d.issuer_code from document as d where d.document_id = c.document_id),
               (select count(*) from item_instrument as n where n.document_id = c.document_id and not exists (
                  select 1 from item_instrument as o join document_at(date '2024-03-21', 999999) as x using (document_id)
                  where o.item_id = n.item_id and o.document_id <> n.document_id and x.state <> 'issued'))
             from claim as c where kind = 'enacted' and state = 'submitted'"""
    for _, number, issued_on, in_force_on, issuer, released in ledger.rows(sql):
        assert date(2024, 3, 1) <= in_force_on <= WORKING_DATE
        assert issued_on <= in_force_on
        assert released >= 1
        taken = "select count(*) from document_identity where upper(number_key) = upper($n) and issued_on = $d and issuer_code = $i"
        assert ledger.one(taken, n=number, d=issued_on, i=issuer) == 0


def test_evidence_of_submitted_and_confirmed_claims(ledger: Ledger) -> None:
    sql = """select count(*) from claim as c where kind in ('enacted', 'published', 'extension') and state in ('submitted', 'confirmed')
             and not exists (select 1 from evidence as e where e.claim_id = c.claim_id)"""
    assert ledger.one(sql) == 0
    orphans = "select count(*) from evidence as e left join evidence_content as c using (sha256) where c.content is null or octet_length(c.content) <> e.size_bytes"
    assert ledger.one(orphans) == 0
    assert ledger.one("select count(*) from evidence_content where content[1:5] <> '%PDF-'::blob") == 0


def test_bo_y_te_has_every_kind_of_work(ledger: Ledger) -> None:
    sql = """select count(*) filter (deadline_state = 'overdue'), count(*) filter (deadline_state = 'due_soon'),
               count(*) filter (done_on is null and item_id not in (
                 select n.item_id from item_instrument as n join claim using (document_id) where state <> 'confirmed'))
             from item_at($day, 999999) where lead_agency = 'bo-y-te' and programme_code = $programme"""
    overdue, due_soon, unclaimed = ledger.rows(sql, day=WORKING_DATE, programme=SIMPLIFICATION)[0]
    assert min(overdue, due_soon, unclaimed) >= 1
    states = dict(ledger.rows("select state, count(*) from claim where agency_code = 'bo-y-te' group by 1"))
    assert set(states) == {"draft", "submitted", "returned", "confirmed"}
