"""Every measure at any as_of and known_at on a ledger of ten million events, against two baselines of the same run.

Not part of the test run. `python -m pytest tests/benchmarks/bench_ledger.py -s` prints the table; it takes some minutes and
2 GB of disk. `CATALOGUE_BENCH_ITEMS` makes it smaller (ten events an item).
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date

import pytest

from catalogue.model.period import Moment
from catalogue.services import enactment, figures
from catalogue.services.installation import Installation, open_installation
from catalogue.settings import Settings
from catalogue.store.database import Database

ITEMS = int(os.environ.get("CATALOGUE_BENCH_ITEMS", "1000000"))
AT_ONCE = 50_000
LAPS = 7
DAYS = 2200

# One item a row: who leads it, which document assigned it, since when.
ITEM = f"""
insert into item by name
select n + 1 as item_id, p.programme_code, 1 + n % 19 as assigned_by, 'm' || n as subject, 'Thủ tục ' || n as title,
    f.name as field_name, a.agency_code as lead_agency, 1 as revision
from range({ITEMS}) as r(n)
join (select programme_code, row_number() over (order by programme_code) - 1 as place from programme) as p on p.place = n % 3
join (select agency_code, row_number() over (order by agency_code) - 1 as place, count(*) over () as many from agency
    where kind in ('ministry', 'ministry_level') and valid_from is null) as a on a.place = (n // 3) % a.many
join (select name, row_number() over (order by name) - 1 as place, count(*) over () as many from field) as f
    on f.place = (n // 7) % f.many
"""
# Ten events an item: assigned, approved and given a deadline at once; two extensions; enacted, published; the instrument
# turns out not to have done it (the same day, recorded later), then it does; published again. Recorded up to 60 days late.
EVENT = f"""
insert into item_event by name
with shape(k, subject, holds, after, deadline_after, late) as (values
    (0, 'assigned', true, 0, null, 0), (1, 'approved', true, 0, null, 0), (2, 'deadline', true, 0, 300, 0),
    (3, 'deadline', true, 250, 450, 5), (4, 'deadline', true, 440, 600, 9), (5, 'enacted', true, 500, null, 12),
    (6, 'published', true, 520, null, 20), (7, 'enacted', false, 500, null, 60), (8, 'enacted', true, 580, null, 7),
    (9, 'published', true, 590, null, 15)),
told as (
    select i.item_id, s.*, hash(i.item_id) % {DAYS - 700} + s.after + hash(i.item_id * 31 + s.k) % 30 as day
    from item as i cross join shape as s
    where i.item_id > $above and i.item_id <= $up_to
)
select item_id * 16 + k as event_id, item_id, subject, holds,
    date '2019-01-01' + cast(day as integer) as effective_date,
    case when deadline_after is not null then date '2019-01-01' + cast(day - after + deadline_after as integer) end as deadline,
    case when k = 7 then 'không đạt' end as reason,
    cast((day + late) * 600 + hash(item_id) % 600 + 2 as bigint) as revision
from told
where (k < 3 or hash(item_id * 7 + k) % 10 < 9)
"""
PLAIN = """
select programme_code, count(*) filter (enacted_on <= $as_of) as done, count(*) as base
from item_state as s join item as i on i.item_id = s.item_id
where assigned_on <= $as_of group by programme_code
"""
REPLAY = """
with now_said as (
    select item_id, subject, arg_max(holds, row(effective_date, event_id)) as holds
    from item_event
    where effective_date <= $as_of and revision <= $revision
    group by item_id, subject
)
select i.programme_code, count(*) filter (e.holds) as done, count(*) as base
from now_said as b
join item as i on i.item_id = b.item_id
left join now_said as e on e.item_id = b.item_id and e.subject = 'enacted'
where b.subject = 'assigned' and b.holds
group by i.programme_code
"""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation with three programmes and ten events an item, its projections made by the product's own code."""
    folder = tmp_path_factory.mktemp("ledger")
    settings = Settings(data_dir=folder)
    installation = open_installation(settings, Database.open(settings.database), demo=False)
    connection = installation.database._connection
    start = time.perf_counter()
    connection.execute(ITEM).fetchall()
    for above in range(0, ITEMS, AT_ONCE):
        connection.execute(EVENT, {"above": above, "up_to": above + AT_ONCE}).fetchall()
    made = time.perf_counter() - start
    start = time.perf_counter()
    with installation.database.unrecorded(changes_answers=True) as transaction:
        enactment.replay(transaction, range(1, ITEMS + 1))
    connection.execute("checkpoint").fetchall()
    events = count(installation, "item_event")
    sys.stdout.write(
        f"\n{events:,} events of {ITEMS:,} items made in {made:.0f} s, replayed into "
        f"{count(installation, 'item_period'):,} periods in {time.perf_counter() - start:.0f} s\n"
    )
    return installation


def count(installation: Installation, table: str) -> int:
    row = installation.database._connection.cursor().execute(f"select count(*) from {table}").fetchone()
    assert row is not None
    return int(row[0])


def milliseconds(action: Callable[[], object]) -> tuple[float, float]:
    """Median and worst of some calls after one that warms up."""
    action()
    times = []
    for _ in range(LAPS):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), max(times)


def test_every_measure_at_any_moment(ledger: Installation) -> None:
    connection = ledger.database._connection
    latest = (DAYS + 100) * 600
    moments = {
        "now": Moment(date(2025, 6, 30), None, latest),
        "2021 as known now": Moment(date(2021, 12, 31), None, latest),
        "2021 as known then": Moment(date(2021, 12, 31), None, 1095 * 600),
        "2023 as known in 2022": Moment(date(2023, 6, 30), None, 1400 * 600),
    }
    for name, moment in moments.items():
        clocks = {"as_of": moment.as_of}

        def plain(clocks: dict[str, object] = clocks) -> object:
            return connection.cursor().execute(PLAIN, clocks).fetchall()

        def replay(moment: Moment = moment) -> object:
            both = {"as_of": moment.as_of, "revision": moment.revision}
            return connection.cursor().execute(REPLAY, both).fetchall()

        baseline, naive = milliseconds(plain)[0], milliseconds(replay)[0]
        sys.stdout.write(f"\n{name:52} {'median':>8} {'worst':>8} {'group by':>9} {'replay':>8}\n")
        rows = {"plain group by over the projection": (baseline, baseline), "naive replay": (naive, naive)}
        for measure in figures.MEASURES:

            def asked(measure: str = measure.measure, moment: Moment = moment) -> object:
                ledger.database._kept.clear()
                return figures.compute(ledger, measure, moment)

            rows[measure.measure] = milliseconds(asked)
        for label, (median, worst) in rows.items():
            sys.stdout.write(
                f"{label:52} {median:>8.1f} {worst:>8.1f} {median / baseline:>8.1f}x {median / naive:>7.3f}x\n"
            )


def test_the_answers_are_those_of_the_replay(ledger: Installation) -> None:
    """Speed is worth nothing when the number is another one."""
    connection = ledger.database._connection
    for as_of, revision in ((date(2025, 6, 30), 10**9), (date(2021, 12, 31), 1095 * 600)):
        clocks = {"as_of": as_of, "revision": revision}
        rows = connection.cursor().execute(REPLAY, clocks).fetchall()
        found = {code: (done, base) for code, done, base in rows}
        figure = figures.compute(ledger, "simplification.done", Moment(as_of, None, revision))
        assert (figure.numerator, figure.denominator) == found[figures.SIMPLIFICATION]
