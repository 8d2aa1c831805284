"""What the common questions cost against a plain query of the same run: ratios travel between machines, seconds do not.

Not part of the test run. `python -m pytest tests/benchmarks/bench_figures.py -s` prints the table.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from catalogue import demo as demonstration
from catalogue.model.actor import Actor
from catalogue.model.claim import Action, ClaimKind
from catalogue.services import claims, figures, items, search
from catalogue.services.installation import Installation, open_installation
from catalogue.services.items import ItemFilter
from catalogue.services.search import ProcedureFilter
from catalogue.settings import Settings
from catalogue.store.database import Database

LAPS = 15
CLAIMS = 25
PLAIN = """
select i.programme_code, count(*) filter (s.enacted_on <= date '2024-03-21' and s.left_on is null) as done, count(*) as base
from item_state as s join item as i on i.item_id = s.item_id group by i.programme_code
"""
PDF = ("van-ban.pdf", b"%PDF-1.4 ban ky")


def median(action: Callable[[], object], laps: int = LAPS) -> float:
    """The median time of one call in seconds, after one that warms up."""
    action()
    times = []
    for _ in range(laps):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def table(title: str, baseline: str, rows: dict[str, float]) -> None:
    """Milliseconds and the ratio to the baseline, one line each."""
    lines = [f"\n{title:46} {'ms':>10} {'ratio':>8}"]
    lines += [
        f"{name:46} {seconds * 1000:>10.2f} {seconds / rows[baseline]:>7.1f}x"
        for name, seconds in rows.items()
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def test_reading(demo: Installation) -> None:
    connection = demo.database._connection
    now = demo.moment()
    past = demo.moment(date(2023, 10, 31), date(2023, 11, 20))
    everything = ItemFilter()
    baseline = "plain group by over item_state"

    def cold(action: Callable[[], object]) -> float:
        """Without the kept answers, which are the same for everybody until the next revision."""

        def first_time() -> None:
            demo.database._kept.clear()
            action()

        return median(first_time)

    table(
        "reading",
        baseline,
        {
            baseline: median(lambda: connection.cursor().sql(PLAIN).pl()),
            "simplification.done, known now": cold(lambda: figures.compute(demo, "simplification.done", now)),
            "simplification.done, known on 2023-11-20": cold(
                lambda: figures.compute(demo, "simplification.done", past)
            ),
            "every measure, known now": cold(lambda: figures.compute_all(demo, now)),
            "every measure, kept": median(lambda: figures.compute_all(demo, now)),
            "stages of a programme": cold(lambda: figures.stages(demo, figures.SIMPLIFICATION, now)),
            "curve of a programme": cold(lambda: figures.curve(demo, figures.SIMPLIFICATION, now)),
            "agencies of a programme": cold(lambda: figures.by_agency(demo, figures.SIMPLIFICATION, now)),
            "one page of items": cold(lambda: items.find(demo, now, figures.SIMPLIFICATION, everything)),
            "items by words": cold(
                lambda: items.find(demo, now, figures.SIMPLIFICATION, ItemFilter(text="ho tich"))
            ),
            "one page of the catalogue": cold(lambda: search.search(demo, now)),
            "catalogue by words": cold(lambda: search.search(demo, now, ProcedureFilter(text="giay phep"))),
        },
    )


def test_who_answers(demo: Installation) -> None:
    """What it costs to count by who answers for an item, against counting by who was given it."""
    connection = demo.database._connection
    now = demo.moment()
    counted = "select lead_agency, count(*) from {} where in_base group by lead_agency"

    def asked(table_function: str, **params: object) -> Callable[[], object]:
        query = counted.format(table_function)
        given = {"as_of": now.as_of, "revision": now.revision, **params}
        return lambda: connection.cursor().sql(query, params=given).pl()

    led = "item_led_at($as_of, $revision, $organised_on)"
    baseline = "by who was given it (item_at)"
    rows = {
        baseline: median(asked("item_at($as_of, $revision)")),
        "by who answers on 2024-03-21": median(asked(led, organised_on=now.as_of)),
        "by who answers on 2025-03-01": median(asked(led, organised_on=date(2025, 3, 1))),
        "by who answers today": median(asked(led, organised_on=date.max)),
    }
    table("who answers", baseline, rows)


def test_writing(demo: Installation, person: Callable[[Installation, str], Actor]) -> None:
    """Obstacles, whose confirmation writes the claim and its story, against transactions of one raw row."""
    connection = demo.database._connection.cursor()
    connection.execute("create table raw (number bigint)").fetchall()

    def raw() -> None:
        connection.execute("begin")
        connection.execute("insert into raw values (1)")
        connection.execute("commit")

    vpcp, byt = person(demo, "vpcp"), person(demo, "byt")
    wanted = ItemFilter(agency=byt.agency_code, progress="open")
    found = items.find(demo, demo.moment(), figures.SIMPLIFICATION, wanted, size=CLAIMS)["item_id"].to_list()
    content = {"reason": "Chờ luật", "stuck_at": "Thẩm định", "decision": "Cắt giảm"}

    def submitted(item_id: int) -> tuple[int, int]:
        lock = items.get(demo, demo.moment(), item_id).state["lock_revision"]
        claim_id = claims.draft(
            demo, byt, item_id, ClaimKind.OBSTACLE, content, item_revision=lock, files=[PDF], submit=True
        )
        return claim_id, claims.get(demo, byt, claim_id)[0].revision

    start = time.perf_counter()
    waiting = [submitted(item_id) for item_id in found]
    drafting = (time.perf_counter() - start) / len(found)
    start = time.perf_counter()
    for claim_id, revision in waiting:
        claims.act(demo, vpcp, claim_id, Action.CONFIRM, revision=revision)
    confirming = (time.perf_counter() - start) / len(waiting)
    baseline = "raw transaction of one row"
    rows = {
        baseline: median(raw, 100), "read an item, draft and submit": drafting, "confirm": confirming,
    }  # fmt: skip
    table("writing", baseline, rows)
    sys.stdout.write(f"{'confirmations a second':46} {1 / confirming:>10.0f}\n")


def test_first_start(tmp_path: Path) -> None:
    start = time.perf_counter()
    chosen = Settings(data_dir=tmp_path)
    database = Database.open(chosen.database)
    installation = open_installation(chosen, database, demo=True)
    empty = time.perf_counter() - start
    start = time.perf_counter()
    demonstration.generate(installation.reference)
    generating = time.perf_counter() - start
    start = time.perf_counter()
    demonstration.load(database, installation.reference)
    loading = time.perf_counter() - start
    database.close()
    baseline = "empty installation"
    rows = {baseline: empty, "generate the demonstration": generating, "generate and load it": loading}
    table("first start", baseline, rows)
